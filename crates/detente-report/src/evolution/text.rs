//! An evolution as a person reads it in a terminal.

use detente_analysis::evolution::{Course, Cycle, RouteLeg, Way};
use detente_analysis::{StateSet, Stop};

use super::build::{aim_name, whole};
use super::{Found, tables};
use crate::build::concept_name;
use crate::style::{Look, Page};
use crate::text::concept_in_text;
use crate::words;

/// How many states of rest are described; more are listed by number.
const SHOWN_ENDS: usize = 4;

/// How many states are listed by number before the rest are counted.
const SHOWN_STATES: usize = 12;

/// The report of an evolution.
pub fn text(found: &Found<'_, '_>, look: Look) -> String {
    let mut report = Report {
        found,
        page: Page::new(look),
    };
    report.head();
    if !found.aims.is_empty() && !found.courses.courses.is_empty() {
        report.overview();
        for place in 0..found.aims.len() {
            report.target(place);
        }
    }
    report.where_it_ends();
    for course in &found.courses.courses {
        if let Some(table) = &course.table {
            tables::add(&mut report.page, found, course, table);
        }
    }
    report.remarks();
    report.page.finish()
}

pub(super) struct Report<'a, 'm> {
    pub(super) found: &'a Found<'a, 'm>,
    pub(super) page: Page,
}

impl Report<'_, '_> {
    fn head(&mut self) {
        let found = self.found;
        let game = found.game;
        self.page.heading(&words::title(game.model, found.variants));
        let start = words::state(game, found.request.start);
        let status_quo = if game.status_quo == Some(found.request.start) {
            ", the status quo"
        } else {
            ""
        };
        self.page.paragraph(&format!("From {start}{status_quo}."));
        self.page.gap();
        let count = words::count(found.equilibria.len(), "state");
        let hold = if found.equilibria.len() == 1 {
            "holds"
        } else {
            "hold"
        };
        let about = format!("{count} of {} {hold} {}.", game.space.len(), self.judged());
        self.page.paragraph(&about);
    }

    /// By which concept: `under sequential stability (seq)`, or each party's own.
    fn judged(&self) -> String {
        let found = self.found;
        match found.concepts {
            [first, rest @ ..] if rest.iter().all(|c| c == first) => format!(
                "under {} ({})",
                concept_in_text(*first),
                concept_name(found.game, *first)
            ),
            concepts => {
                let own = found.game.model.parties.iter().zip(concepts);
                let own: Vec<String> = own
                    .map(|(p, c)| format!("{} by {}", p.name, concept_name(found.game, *c)))
                    .collect();
                format!("when each party judges in its own way ({})", own.join(", "))
            }
        }
    }

    fn overview(&mut self) {
        let found = self.found;
        self.page
            .heading("In how many steps each target is reached");
        self.page.gap();
        let mut header = vec!["target".to_owned(), "states".to_owned()];
        let followed = |way| found.courses.of(way);
        for (way, title) in [
            (Way::Improvements, "improvements"),
            (Way::Joint, "joint steps"),
            (Way::Moves, "any moves"),
        ] {
            if followed(way).is_some() {
                header.push(title.to_owned());
            }
        }
        let mut rows = Vec::new();
        for (place, aim) in found.aims.iter().enumerate() {
            let target = &found.request.targets[place];
            let mut row = vec![aim_name(found, *aim), target.len().to_string()];
            for way in [Way::Improvements, Way::Joint, Way::Moves] {
                if let Some(course) = followed(way) {
                    row.push(cell(course, target));
                }
            }
            rows.push(row);
        }
        let right = [false, true, false, false, false];
        self.page.table(&header, &rows, &right[..header.len()]);
    }

    fn where_it_ends(&mut self) {
        let found = self.found;
        let followed = |way| found.courses.of(way);
        if followed(Way::Improvements).is_none() {
            return;
        }
        self.page.heading("Where it comes to rest");
        let mut before: Option<&Course> = None;
        for way in [Way::Improvements, Way::Joint] {
            let Some(course) = followed(way) else {
                continue;
            };
            self.page.gap();
            if before.is_some_and(|b| {
                b.reached == course.reached && b.ends == course.ends && b.cycle == course.cycle
            }) {
                let text = if course.actors.len() > found.game.graph.parties() {
                    "Joint steps lead no further."
                } else {
                    "There is no coalition whose joint steps could be followed."
                };
                self.page.paragraph(text);
                continue;
            }
            let ends = match course.ends.len() {
                0 => "in no state reached: in each somebody would move on".to_owned(),
                1 if course.reached.len() == 1 => "where they begin".to_owned(),
                n => {
                    let rest: Vec<String> = course
                        .ends
                        .iter()
                        .take(SHOWN_ENDS)
                        .map(|s| words::state(found.game, s))
                        .collect();
                    let rest = if n > SHOWN_ENDS {
                        self.numbers(&course.ends)
                    } else {
                        words::list(&rest)
                    };
                    let of = words::count(course.reached.len(), "state");
                    format!("in {n} of the {of} reached: {rest}")
                }
            };
            let what = match way {
                Way::Joint => "Joint steps end",
                _ => "Improvements of one party at a time end",
            };
            self.page.paragraph(&format!("{what} {ends}."));
            match &course.cycle {
                None => self.page.paragraph("Steps cannot run in a circle."),
                Some(cycle) => self.cycle(course, cycle),
            }
            before = Some(course);
        }
    }

    fn cycle(&mut self, course: &Course, cycle: &Cycle) {
        let through = words::count(cycle.states.len(), "state");
        self.page.paragraph(&format!(
            "Steps may run in a circle, through {through} in all. One such circle:"
        ));
        for step in &cycle.steps {
            let leg = RouteLeg {
                step: *step,
                unwanted: None,
            };
            self.leg(&whole(self.found, course, &leg), None);
        }
    }

    fn remarks(&mut self) {
        let found = self.found;
        let mut remarks = Vec::new();
        if let Some(stop) = found.stop {
            remarks.push(format!("INCOMPLETE: {stop}."));
        }
        if let Some(stop) = &found.courses.joint_skipped {
            remarks.push(format!(
                "Joint steps were not followed: {stop}. Name the coalitions that matter with \
                 --coalition, or raise {}.",
                match stop {
                    Stop::Limit {
                        what: "joint improvements",
                        ..
                    } => "--max-moves",
                    _ => "--max-work",
                }
            ));
        }
        if !found.all_coalitions {
            remarks.push(
                "Joint steps are those of pairs and of everybody together: there are too many \
                 coalitions."
                    .to_owned(),
            );
        }
        if found.equilibria.is_empty() && found.aims.is_empty() {
            remarks.push(
                "There is nothing to reach: no state holds. Name a target with --to.".to_owned(),
            );
        }
        if remarks.is_empty() {
            return;
        }
        self.page.heading("Remarks");
        self.page.gap();
        for remark in remarks {
            self.page.hanging("  - ", "    ", &remark);
        }
    }

    pub(super) fn numbers(&self, states: &StateSet) -> String {
        let shown = states.iter().take(SHOWN_STATES);
        let list: Vec<String> = shown.map(|s| self.found.game.id(s).to_string()).collect();
        match states.len() {
            n if n > SHOWN_STATES => {
                format!("{} and {} more", list.join(", "), n - SHOWN_STATES)
            }
            _ => words::list(&list),
        }
    }
}

/// In how many steps a target is reached in a way, and how many of its states.
fn cell(course: &Course, target: &StateSet) -> String {
    let reached: Vec<usize> = target.iter().filter_map(|s| course.distance(s)).collect();
    let Some(least) = reached.iter().min() else {
        return "not".to_owned();
    };
    if reached.len() == target.len() {
        least.to_string()
    } else {
        format!("{least} ({} of {})", reached.len(), target.len())
    }
}
