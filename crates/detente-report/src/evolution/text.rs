//! An evolution as a person reads it in a terminal.

use std::collections::BTreeMap;

use detente_analysis::evolution::{
    ActorStep, Course, Cycle, Obstacle, TargetCourse, Traps, Unwanted, Way,
};
use detente_analysis::model::PartyId;
use detente_analysis::status_quo::Leg;
use detente_analysis::{StateId, StateSet};

use super::build::{aim_name, whole};
use super::{Found, tables};
use crate::build::concept_name;
use crate::style::{Look, Page};
use crate::text::concept_in_text;
use crate::words::{self, Tense};

/// How many kinds of steps that lose a target are listed before the rest are counted.
const SHOWN_LOSSES: usize = 4;

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

struct Report<'a, 'm> {
    found: &'a Found<'a, 'm>,
    page: Page,
}

/// `By improvements`, as the beginning of a sentence.
fn by(way: Way) -> &'static str {
    match way {
        Way::Moves => "By any moves",
        Way::Improvements => "By improvements",
        Way::Joint => "With joint steps",
    }
}

impl Report<'_, '_> {
    fn head(&mut self) {
        let found = self.found;
        let game = found.game;
        let mut title = game.model.display_title().to_owned();
        if !found.variants.is_empty() {
            title.push_str(&format!(" [{}]", found.variants.join(" + ")));
        }
        self.page.heading(&title);
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

    fn target(&mut self, place: usize) {
        let found = self.found;
        let name = aim_name(found, found.aims[place]);
        let target = &found.request.targets[place];
        let heading = match target.len() {
            _ if matches!(found.aims[place], super::Aim::State(_)) => name,
            0 => format!("{name}: no state"),
            _ => format!("{name}: {}", self.numbers(target)),
        };
        self.page.heading(&heading);
        if target.is_empty() {
            self.page.gap();
            self.page.paragraph("There is nothing to reach.");
            return;
        }
        let mut told: Vec<(Way, Vec<Leg>)> = Vec::new();
        let mut blocked: Option<&Obstacle> = None;
        for way in [Way::Improvements, Way::Joint, Way::Moves] {
            let Some(course) = found.courses.of(way) else {
                continue;
            };
            let of = &course.targets[place];
            self.page.gap();
            if let Some(state) = of.nearest {
                self.reached(course, state, &mut told);
            } else {
                self.not_reached(course, of, blocked);
                blocked = of.obstacle.as_ref().or(blocked);
            }
        }
        for way in [Way::Improvements, Way::Joint, Way::Moves] {
            let Some(course) = found.courses.of(way) else {
                continue;
            };
            if let Some(traps) = &course.targets[place].traps {
                self.losses(course, traps);
            }
        }
    }

    fn reached(&mut self, course: &Course, state: StateId, told: &mut Vec<(Way, Vec<Leg>)>) {
        let game = self.found.game;
        let Some(legs) = course.legs_to(&game.conflict(), state) else {
            return;
        };
        let by = by(course.way);
        if legs.is_empty() {
            let already = format!("{by}: it is there from the start.");
            self.page.hanging("  ", "  ", &already);
            return;
        }
        let must = course.must_move(state).unwrap_or_default();
        let needs = match must.as_slice() {
            [] => "nobody is needed for it".to_owned(),
            needed => format!("needs {}", words::parties(game, needed)),
        };
        let steps = words::count(legs.len(), "step");
        let to = words::state(game, state);
        let same = told.iter().find(|(_, known)| *known == legs);
        if let Some((way, _)) = same {
            let way = match way {
                Way::Improvements => "as by improvements",
                Way::Joint => "as with joint steps",
                Way::Moves => "as by any moves",
            };
            let text = format!("{by}, {steps} to {}: {way}; {needs}.", game.id(state));
            self.page.hanging("  ", "  ", &text);
            return;
        }
        let text = format!("{by}, {steps} to {to}; {needs}:");
        self.page.hanging("  ", "  ", &text);
        for leg in &legs {
            self.leg(leg, None);
        }
        told.push((course.way, legs));
    }

    /// A step on a line of its own: who does what, and what comes of it.
    fn leg(&mut self, leg: &Leg, unwanted: Option<Unwanted>) {
        let game = self.found.game;
        let class = words::headline(game, leg.to).map_or(String::new(), |h| format!("; {h}"));
        let deed = self.deed(leg);
        let why = match unwanted {
            None => String::new(),
            Some(why) => format!(" ({})", unwanted_words(why)),
        };
        let first = format!("    {:>3} -> {:<4}", game.id(leg.from), game.id(leg.to));
        self.page
            .hanging(&first, "               ", &format!("{deed}{why}{class}"));
    }

    fn deed(&self, leg: &Leg) -> String {
        let game = self.found.game;
        let one = |party: PartyId, from, to| {
            let deed = words::deed(game, party, from, to, Tense::Present);
            format!("{} {deed}", words::party(game, party))
        };
        match leg.movers.as_slice() {
            [party] => one(*party, leg.from, leg.to),
            members => {
                let moves: Vec<String> = leg
                    .moves
                    .iter()
                    .map(|m| one(m.party, m.from, m.to))
                    .collect();
                let members = words::parties(game, members);
                format!("{members} together: {}", words::list(&moves))
            }
        }
    }

    fn not_reached(&mut self, course: &Course, of: &TargetCourse, before: Option<&Obstacle>) {
        let game = self.found.game;
        let by = by(course.way);
        let reached = words::count(course.reached.len(), "state");
        let Some(obstacle) = &of.obstacle else {
            let text = format!("{by}: not reached; no moves lead out of {reached}.");
            self.page.hanging("  ", "  ", &text);
            return;
        };
        let all: usize = obstacle.leaving.iter().sum();
        let mut text = format!(
            "{by}: not reached. {} {reached} ({})",
            match course.way {
                Way::Joint => "Joint steps lead to",
                _ => "Improvements lead to",
            },
            self.numbers(&course.reached)
        );
        if all == 0 {
            text.push_str(", and no move leaves them.");
        } else {
            let each: Vec<String> = game
                .model
                .party_ids()
                .zip(&obstacle.leaving)
                .filter(|(_, n)| **n > 0)
                .map(|(p, n)| format!("{} {n}", words::party(game, p)))
                .collect();
            let moves = if all == 1 {
                "move leaves"
            } else {
                "moves leave"
            };
            text.push_str(&format!(
                "; {all} {moves} them ({}), and nobody would make {} in its turn.",
                each.join(", "),
                if all == 1 { "it" } else { "any" }
            ));
        }
        self.page.hanging("  ", "  ", &text);
        let Some(route) = &obstacle.route else {
            let text = "No moves at all lead there.";
            self.page.hanging("  ", "  ", text);
            self.objections(course, obstacle);
            return;
        };
        let unwanted = route.iter().filter(|l| l.unwanted.is_some()).count();
        if before.is_some_and(|b| b.route.as_ref() == Some(route)) {
            let step = if unwanted == 1 { "step" } else { "steps" };
            let text = format!("The same unwanted {step} would open the way.");
            self.page.hanging("  ", "  ", &text);
        } else {
            let text = match (unwanted, obstacle.all_openings) {
                (1, 1) => "One unwanted step would open the way:".to_owned(),
                (1, n) => format!("One unwanted step would open the way, such as ({n} would do):"),
                (n, _) => format!("At least {n} unwanted steps stand between:"),
            };
            self.page.hanging("  ", "  ", &text);
            for leg in route {
                self.leg(&whole(self.found, course, leg), leg.unwanted);
            }
        }
        self.objections(course, obstacle);
    }

    fn objections(&mut self, course: &Course, obstacle: &Obstacle) {
        let game = self.found.game;
        // A coalition says nothing new when the same members, or fewer, object to a smaller one.
        let mut told: Vec<&[PartyId]> = Vec::new();
        for objection in &obstacle.objections {
            let fewer = |known: &&[PartyId]| known.iter().all(|p| objection.against.contains(p));
            if told.iter().any(fewer) {
                continue;
            }
            told.push(&objection.against);
            let text = format!(
                "{} could go together from {} to {}, but {} would not gain.",
                words::parties(game, &course.actors[objection.actor]),
                words::state(game, objection.from),
                words::state(game, objection.to),
                words::parties(game, &objection.against)
            );
            self.page.hanging("  ", "  ", &text);
        }
    }

    /// In which states a target is lost, and by which steps.
    fn losses(&mut self, course: &Course, traps: &Traps) {
        let game = self.found.game;
        if traps.traps.is_empty() {
            return;
        }
        let lost = traps.traps.len();
        let of = words::count(course.reached.len(), "state");
        let by = match course.way {
            Way::Moves => "whatever is done",
            Way::Improvements => "by improvements",
            Way::Joint => "even with joint steps",
        };
        let forever = traps.traps.iter().filter(|t| t.irreversible).count();
        let mut text = format!("Lost {by} in {lost} of the {of} reached in this way");
        if course.way != Way::Moves && forever > 0 {
            let of_them = if forever == lost {
                "no moves at all lead back".to_owned()
            } else {
                format!("from {forever} of them no moves at all lead back")
            };
            text.push_str(&format!("; {of_them}"));
        }
        text.push_str(". The points of no return:");
        self.page.gap();
        self.page.hanging("  ", "  ", &text);
        let kinds = kinds(self.found, course, traps);
        for (step, count) in kinds.iter().take(SHOWN_LOSSES) {
            let movers = &course.actors[step.actor];
            let from = self.short(step.from);
            let more = match count - 1 {
                0 => String::new(),
                n => format!(" (and {n} more such)"),
            };
            let deed = match movers.as_slice() {
                [party] => {
                    let deed = words::deed(game, *party, step.from, step.to, Tense::Present);
                    format!("{} {deed}", words::party(game, *party))
                }
                members => format!("{} go together", words::parties(game, members)),
            };
            let text = format!("from {from} {deed}; {}{more}", self.short_class(step.to));
            let first = format!("    {:>3} -> {:<4}", game.id(step.from), game.id(step.to));
            self.page.hanging(&first, "               ", &text);
        }
        if kinds.len() > SHOWN_LOSSES || traps.all_crossings() > traps.crossings.len() {
            let text = format!(
                "These are some of {}; --format json has {}.",
                words::count(traps.all_crossings(), "such step"),
                if traps.all_crossings() > traps.crossings.len() {
                    "more"
                } else {
                    "them"
                }
            );
            self.page.hanging("    ", "    ", &text);
        }
    }

    fn short(&self, state: StateId) -> String {
        words::headline(self.found.game, state)
            .unwrap_or_else(|| words::state(self.found.game, state))
    }

    fn short_class(&self, state: StateId) -> String {
        words::headline(self.found.game, state).unwrap_or_else(|| "lost".to_owned())
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
                let text = "Joint steps change nothing: no coalition gains from any state reached.";
                let text = if course.actors.len() > found.game.graph.parties() {
                    text
                } else {
                    "There is no coalition whose joint steps could be followed."
                };
                self.page.paragraph(text);
                continue;
            }
            let ends = match course.ends.len() {
                0 => "in no state reached: in each somebody would move on".to_owned(),
                n => {
                    let rest: Vec<String> = course
                        .ends
                        .iter()
                        .take(SHOWN_LOSSES)
                        .map(|s| words::state(found.game, s))
                        .collect();
                    let rest = if n > SHOWN_LOSSES {
                        self.numbers(&course.ends)
                    } else {
                        words::list(&rest)
                    };
                    format!(
                        "in {n} of the {} states reached: {rest}",
                        course.reached.len()
                    )
                }
            };
            let what = match way {
                Way::Joint => "With joint steps it ends",
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
            let leg = detente_analysis::evolution::RouteLeg {
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
                 --coalition."
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

    fn numbers(&self, states: &StateSet) -> String {
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

/// The steps that lose a target, one for each mover and kind of outcome before and after (for any moves,
/// one for each mover), with how many there are of it; those from the nearest states first. A coalition is
/// left out where some of its members can take the same step.
fn kinds(found: &Found<'_, '_>, course: &Course, traps: &Traps) -> Vec<(ActorStep, usize)> {
    let game = found.game;
    let headline = |state| match course.way {
        Way::Moves => None,
        Way::Improvements | Way::Joint => game.headline(state),
    };
    let mut kinds: Vec<(ActorStep, usize)> = Vec::new();
    let mut places: BTreeMap<(usize, Option<usize>, Option<usize>), usize> = BTreeMap::new();
    let mut taken: BTreeMap<(StateId, StateId), Vec<usize>> = BTreeMap::new();
    for step in &traps.crossings {
        let known = taken.entry((step.from, step.to)).or_default();
        let members = &course.actors[step.actor];
        let within = |a: &usize| course.actors[*a].iter().all(|p| members.contains(p));
        if known.iter().any(within) {
            continue;
        }
        known.push(step.actor);
        let kind = (step.actor, headline(step.from), headline(step.to));
        let place = *places.entry(kind).or_insert(kinds.len());
        match kinds.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => kinds.push((*step, 1)),
        }
    }
    kinds
}

fn unwanted_words(unwanted: Unwanted) -> String {
    match unwanted {
        Unwanted::Worse(1) => "a loss of 1 step of its ranking".to_owned(),
        Unwanted::Worse(n) => format!("a loss of {n} steps of its ranking"),
        Unwanted::Tie => "neither gain nor loss".to_owned(),
        Unwanted::OutOfTurn => "out of turn".to_owned(),
    }
}
