//! What parties perceive as a person reads it in a terminal.

use detente_analysis::hypergame::Standing;
use detente_analysis::{StateId, StateSet};

use super::finding::{Perception, UnknownReading, Viewer};
use super::parts::{brief, id, name, names};
use super::{Found, Semantics};
use crate::breakthrough::judgement_in_words;
use crate::style::{Look, Page};
use crate::words;

/// With more rows than this, the sides are compared by class.
const ROWS: usize = 24;

/// How many items of each kind are told; more are counted.
pub(super) const SHOWN: usize = 12;

/// The report of a perception.
pub fn text(found: &Found<'_, '_>, finding: &Perception, look: Look) -> String {
    let mut report = Report {
        found,
        finding,
        page: Page::new(look),
    };
    report.head();
    report.sides();
    report.outcome();
    report.beliefs();
    report.surprises();
    report.sanctions();
    report.corrections();
    report.wishes();
    report.remarks();
    report.page.finish()
}

pub(super) struct Report<'a, 'm> {
    pub(super) found: &'a Found<'a, 'm>,
    pub(super) finding: &'a Perception,
    pub(super) page: Page,
}

impl Report<'_, '_> {
    fn head(&mut self) {
        let truth = self.found.hypergame.truth();
        self.page
            .heading(&words::title(truth.model, self.found.variants));
        let judgement = self
            .found
            .judged
            .judgements
            .first()
            .map_or(&[][..], Vec::as_slice);
        let by = judgement_in_words(truth, judgement);
        let mistaken: Vec<&Viewer> = self.finding.parties.iter().filter(|v| v.mistaken).collect();
        let who = if mistaken.is_empty() {
            "every party sees the conflict as it is".to_owned()
        } else {
            let names: Vec<&str> = mistaken.iter().map(|v| v.name.as_str()).collect();
            let sees = if names.len() == 1 { "sees" } else { "see" };
            format!("{} {sees} it otherwise than it is", words::list(&names))
        };
        let states = words::count(truth.space.len(), "feasible state");
        self.page
            .paragraph(&format!("{states}, judged by {by}; {who}."));
    }

    /// The states that matter to somebody, or their classes: what holds in truth, what each expects, and
    /// what holds.
    fn sides(&mut self) {
        let (found, hypergame) = (self.found, self.found.hypergame);
        self.page.heading("What holds in whose eyes");
        self.page.gap();
        let mut header = vec![String::new(), "truth".to_owned()];
        header.extend(names(hypergame, hypergame.party_ids()));
        header.push(match found.semantics {
            Semantics::Hypergame => "hypergame".to_owned(),
            Semantics::MovesDeleted => "moves deleted".to_owned(),
        });
        let rows = self.states();
        let rows: Vec<Vec<String>> = if rows.len() <= ROWS {
            rows.into_iter().map(|s| self.row(s)).collect()
        } else {
            "class".clone_into(&mut header[0]);
            self.classes()
        };
        let right = vec![false; header.len()];
        self.page.table(&header, &rows, &right);
        self.page.gap();
        if header[0].is_empty() {
            self.page
                .paragraph("* is the status quo. A party's column says what it expects to hold.");
        } else {
            self.page
                .paragraph("Numbers are of states that hold, or are expected to.");
        }
    }

    /// The states that somebody expects to hold, or that do hold, and the status quo.
    fn states(&self) -> Vec<StateId> {
        let (found, hypergame) = (self.found, self.found.hypergame);
        let mut all = StateSet::empty(hypergame.universe.len());
        let judged = found.judged;
        let sets = judged.expected.iter().chain(judged.equilibria.first());
        let sets = sets.chain([self.holding()]);
        for state in sets
            .flat_map(StateSet::iter)
            .chain(hypergame.truth().status_quo)
        {
            all.insert(state);
        }
        all.iter().collect()
    }

    /// What holds by the rule that was asked for.
    fn holding(&self) -> &StateSet {
        match self.found.semantics {
            Semantics::Hypergame => &self.found.judged.hypergame,
            Semantics::MovesDeleted => self.found.deleted,
        }
    }

    fn row(&self, state: StateId) -> Vec<String> {
        let (judged, hypergame) = (self.found.judged, self.found.hypergame);
        let holds = |set: &StateSet| if set.contains(state) { "holds" } else { "-" }.to_owned();
        let mark = if hypergame.truth().status_quo == Some(state) {
            "* "
        } else {
            ""
        };
        let real = hypergame.universe.is_real(state);
        let mut row = vec![format!("{mark}{}", brief(hypergame, state))];
        row.push(if real {
            holds(&judged.equilibria[0])
        } else {
            "not real".to_owned()
        });
        for party in hypergame.party_ids() {
            let game = hypergame.sights.seen_by(party);
            let sees = hypergame.universe.inward(game, state).is_some();
            row.push(if sees {
                holds(&judged.expected[party.index()])
            } else {
                "unseen".to_owned()
            });
        }
        row.push(holds(self.holding()));
        row
    }

    /// One row per class that somebody expects or that holds.
    fn classes(&self) -> Vec<Vec<String>> {
        let (judged, hypergame) = (self.found.judged, self.found.hypergame);
        let class_of = |state: StateId| {
            let (game, there) = hypergame.universe.home(state)?;
            hypergame.games[game].headline(there)
        };
        let classes = &hypergame.truth().model.classes;
        let places = (0..classes.len()).map(Some).chain([None]);
        let mut rows = Vec::new();
        for class in places {
            let count = |set: &StateSet| set.iter().filter(|s| class_of(*s) == class).count();
            let mut counts = vec![count(&judged.equilibria[0])];
            counts.extend(judged.expected.iter().map(count));
            counts.push(count(self.holding()));
            if counts.iter().all(|n| *n == 0) {
                continue;
            }
            let mut row = vec![class.map_or("no class".to_owned(), |c| classes[c].name.clone())];
            row.extend(counts.iter().map(|n| match n {
                0 => "-".to_owned(),
                n => n.to_string(),
            }));
            rows.push(row);
        }
        rows
    }

    fn outcome(&mut self) {
        let (found, hypergame) = (self.found, self.found.hypergame);
        self.page.gap();
        if found.semantics == Semantics::MovesDeleted {
            let held = self.list(found.deleted);
            self.page.paragraph(&format!(
                "Without the moves of parties into and out of states that they do not see, {held}. \
                 What parties believe of each other plays no part in this."
            ));
            return;
        }
        let held = self.list(&found.judged.hypergame);
        self.page
            .paragraph(&format!("When each party judges in its own game, {held}."));
        let standings = found.judged.standings(hypergame);
        let mut told: Vec<&Standing> = Vec::new();
        for standing in &standings {
            let alike = |s: &&Standing| {
                s.expected_by == standing.expected_by && s.stealthy == standing.stealthy
            };
            if told.iter().any(alike) {
                continue;
            }
            told.push(standing);
            let states: Vec<&Standing> = standings.iter().filter(|s| alike(s)).collect();
            let text = self.standing(standing, &states);
            self.page.hanging("  - ", "    ", &text);
        }
        self.concepts();
    }

    /// Which states hold: `2 states hold: 1 (No deal) and 4 (Small deal)`.
    pub(super) fn list(&self, states: &StateSet) -> String {
        if states.is_empty() {
            return "no state holds".to_owned();
        }
        let count = words::count(states.len(), "state");
        let hold = if states.len() == 1 { "holds" } else { "hold" };
        format!("{count} {hold}: {}", self.briefs(states))
    }

    pub(super) fn briefs(&self, states: &StateSet) -> String {
        let hypergame = self.found.hypergame;
        let shown: Vec<String> = states
            .iter()
            .take(SHOWN)
            .map(|s| brief(hypergame, s))
            .collect();
        match states.len() {
            n if n > SHOWN => format!("{} and {} more", shown.join(", "), n - SHOWN),
            _ => words::list(&shown),
        }
    }

    /// How states that stand alike stand.
    fn standing(&self, standing: &Standing, states: &[&Standing]) -> String {
        let hypergame = self.found.hypergame;
        let shown: Vec<String> = states
            .iter()
            .take(SHOWN)
            .map(|s| id(hypergame, s.state).to_string())
            .collect();
        let who = match states.len() {
            n if n > SHOWN => format!("{} and {} more", shown.join(", "), n - SHOWN),
            _ => words::list(&shown),
        };
        let (is, it, there) = if states.len() == 1 {
            ("is", "it", "It is")
        } else {
            ("are", "them", "They are")
        };
        let mut text = if standing.steady {
            format!("{who} {is} steady: every party expects {it} to hold.")
        } else if standing.expected_by.is_empty() {
            format!("{who} {is} unsteady: nobody expects {it} to hold.")
        } else {
            let by = names(hypergame, standing.expected_by.iter().copied());
            let expects = if by.len() == 1 { "expects" } else { "expect" };
            let by = words::list(&by);
            format!("{who} {is} unsteady: only {by} {expects} {it} to hold.")
        };
        if standing.stealthy {
            text.push_str(&format!(
                " {there} stealthy: nothing that happens there shows who is mistaken."
            ));
        }
        text
    }

    fn concepts(&mut self) {
        if self.found.by_concept.is_empty() {
            return;
        }
        let parts: Vec<String> = self
            .finding
            .by_concept
            .iter()
            .map(|(concept, by)| match by.hypergame.len() {
                0 => format!("{concept} none"),
                n if n > SHOWN => format!("{concept} {n} states"),
                _ => {
                    let ids: Vec<String> = by.hypergame.iter().map(u32::to_string).collect();
                    format!("{concept} {}", words::list(&ids))
                }
            })
            .collect();
        let text = format!("In the hypergame by each concept: {}.", parts.join("; "));
        self.page.gap();
        self.page.paragraph(&text);
    }

    /// What each party wrongly believes.
    fn beliefs(&mut self) {
        let wrong: Vec<&Viewer> = self
            .finding
            .parties
            .iter()
            .filter(|v| v.mistaken || !v.minded.is_empty())
            .collect();
        if wrong.is_empty() {
            return;
        }
        self.page.heading("What each side takes for true");
        for viewer in wrong {
            self.page.gap();
            let text = viewed(viewer);
            self.page.paragraph(&text);
            for correction in &self.finding.corrections {
                if correction.eyes.first() != Some(&viewer.name) {
                    continue;
                }
                let belief = match (&correction.belief, &correction.reading) {
                    (Some(belief), _) => belief.clone(),
                    (None, Some(reading)) => misread(reading),
                    (None, None) => continue,
                };
                let whose = match correction.eyes.as_slice() {
                    [_, others @ ..] if !others.is_empty() => {
                        format!("{} is thought to see: ", others.join(", thinking of "))
                    }
                    _ => String::new(),
                };
                self.page
                    .hanging("  - ", "    ", &format!("{whose}{belief}"));
            }
        }
    }

    fn remarks(&mut self) {
        let mut remarks = Vec::new();
        if let Some(stop) = self.found.stop {
            remarks.push(format!("INCOMPLETE: {stop}."));
        }
        for (party, _, left_out) in &self.found.findings.examined {
            if *left_out > 0 {
                remarks.push(format!(
                    "{} more states that {} expects to hold were not examined for surprises.",
                    left_out,
                    name(self.found.hypergame, *party)
                ));
            }
        }
        if let Some(refused) = &self.finding.wishes_refused {
            remarks.push(format!(
                "What would have to be true was not sought: {refused}."
            ));
        }
        if self.found.findings.wishes.left_out > 0 {
            remarks.push(format!(
                "For {} more expectations it was not sought what would have to be true.",
                self.found.findings.wishes.left_out
            ));
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
}

/// What a party that does not know a reading hears.
fn misread(reading: &UnknownReading) -> String {
    let UnknownReading {
        term,
        by,
        meant,
        heard,
        unclear,
    } = reading;
    let told = if *unclear {
        format!(" (whether {by} has said so is unclear)")
    } else {
        String::new()
    };
    format!("reads `{term}` as itself does: {heard}; though {by} means: {meant}{told}")
}

/// How the game of a party differs from the true one, in a sentence or two.
fn viewed(viewer: &Viewer) -> String {
    let mut parts = Vec::new();
    let far: Vec<String> = viewer
        .distances
        .iter()
        .filter(|(_, d)| d.opposite + d.tied_in_one > 0)
        .map(|(party, d)| {
            let own = if *party == viewer.name {
                "it"
            } else {
                party.as_str()
            };
            let mut pairs = Vec::new();
            if d.opposite > 0 {
                pairs.push(format!(
                    "{} of states in the wrong order",
                    words::count(d.opposite as usize, "pair")
                ));
            }
            if d.tied_in_one > 0 {
                pairs.push(format!(
                    "{} tied on one side only",
                    words::count(d.tied_in_one as usize, "pair")
                ));
            }
            format!("{} in what {own} wants", pairs.join(" and "))
        })
        .collect();
    parts.extend(far);
    if viewer.unseen_count > 0 {
        parts.push(format!(
            "{} unseen",
            words::count(viewer.unseen_count, "state")
        ));
    }
    if viewer.unreal_count > 0 {
        parts.push(format!(
            "{} that cannot be",
            words::count(viewer.unreal_count, "state")
        ));
    }
    if !viewer.hidden.is_empty() {
        parts.push(format!("{} not thought of", words::list(&viewer.hidden)));
    }
    if !viewer.invented.is_empty() {
        parts.push(format!("{} believed in", words::list(&viewer.invented)));
    }
    let minded = if viewer.minded.is_empty() {
        String::new()
    } else {
        format!(
            " It has a picture of what {} see.",
            words::list(&viewer.minded)
        )
    };
    if parts.is_empty() {
        return format!(
            "{} sees the same states and preferences.{minded}",
            viewer.name
        );
    }
    format!("{}: {}.{minded}", viewer.name, parts.join("; "))
}
