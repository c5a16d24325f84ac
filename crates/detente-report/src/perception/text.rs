//! What parties perceive as a person reads it in a terminal.

use detente_analysis::hypergame::{Corrected, EmptySanction, Standing, Surprise, Unwilling};
use detente_analysis::model::PartyId;
use detente_analysis::{StateId, StateSet};

use super::finding::{Perception, Viewer};
use super::parts::{brief, departure, name, names};
use super::{Found, Semantics};
use crate::breakthrough::judgement_in_words;
use crate::style::{Look, Page};
use crate::words;

/// With more rows than this, the sides are compared by class.
const ROWS: usize = 24;

/// How many items of each kind are told; more are counted.
const SHOWN: usize = 12;

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

struct Report<'a, 'm> {
    found: &'a Found<'a, 'm>,
    finding: &'a Perception,
    page: Page,
}

impl Report<'_, '_> {
    fn head(&mut self) {
        let truth = self.found.hypergame.truth();
        let mut title = truth.model.display_title().to_owned();
        if !self.found.variants.is_empty() {
            title.push_str(&format!(" [{}]", self.found.variants.join(" + ")));
        }
        self.page.heading(&title);
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
            header[0] = "class".to_owned();
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
        for standing in standings.iter().take(SHOWN) {
            let text = self.standing(standing);
            self.page.hanging("  - ", "    ", &text);
        }
        if standings.len() > SHOWN {
            self.page.more(standings.len() - SHOWN);
        }
        self.concepts();
    }

    /// Which states hold: `2 states hold: 1 (No deal) and 4 (Small deal)`.
    fn list(&self, states: &StateSet) -> String {
        if states.is_empty() {
            return "no state holds".to_owned();
        }
        let count = words::count(states.len(), "state");
        let hold = if states.len() == 1 { "holds" } else { "hold" };
        format!("{count} {hold}: {}", self.briefs(states))
    }

    fn briefs(&self, states: &StateSet) -> String {
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

    fn standing(&self, standing: &Standing) -> String {
        let hypergame = self.found.hypergame;
        let state = brief(hypergame, standing.state);
        let mut text = if standing.steady {
            format!("{state} is steady: every party expects it to hold.")
        } else if standing.expected_by.is_empty() {
            format!("{state} is unsteady: nobody expects it to hold.")
        } else {
            let by = names(hypergame, standing.expected_by.iter().copied());
            let only = if by.len() == 1 { "expects" } else { "expect" };
            format!(
                "{state} is unsteady: only {} {only} it to hold.",
                words::list(&by)
            )
        };
        if standing.stealthy {
            text.push_str(" It is stealthy: nothing that happens there shows who is mistaken.");
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
                let inner = correction.eyes.first() == Some(&viewer.name);
                let Some(belief) = correction.belief.as_ref().filter(|_| inner) else {
                    continue;
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

    fn surprises(&mut self) {
        let surprises = &self.found.findings.surprises;
        if !self
            .finding
            .parties
            .iter()
            .any(|v| v.mistaken || !v.minded.is_empty())
        {
            return;
        }
        self.page.heading("Surprises");
        self.page.gap();
        if surprises.is_empty() {
            self.page.paragraph(
                "None where a party expects the outcome to hold, nor at the status quo: everybody \
                 does there what the others expect.",
            );
            return;
        }
        for surprise in surprises.iter().take(SHOWN) {
            let text = self.surprise(surprise);
            self.page.hanging("  - ", "    ", &text);
        }
        if surprises.len() > SHOWN {
            self.page.more(surprises.len() - SHOWN);
        }
    }

    fn surprise(&self, surprise: &Surprise) -> String {
        let hypergame = self.found.hypergame;
        let (viewer, by) = (
            name(hypergame, surprise.viewer),
            name(hypergame, surprise.by),
        );
        let at = brief(hypergame, surprise.at);
        let thought = hypergame.sights.thought_of(surprise.viewer, surprise.by);
        let own = hypergame.sights.seen_by(surprise.by);
        let expected = if surprise.expected.is_empty() {
            "to stay".to_owned()
        } else {
            let moves = self.deeds(thought, surprise.by, surprise.at, &surprise.expected);
            format!("to move ({moves})")
        };
        let happens = match surprise.happens.as_deref() {
            None => format!("{by} does not think of this state"),
            Some([]) => format!("{by} stays"),
            Some(moves) => self.moves(own, surprise.by, surprise.at, moves),
        };
        format!("At {at}, {viewer} expects {by} {expected}. But {happens}.")
    }

    /// `DPRK withdraws declare, to 4 (Small deal)`.
    fn moves(&self, game: usize, mover: PartyId, from: StateId, to: &[StateId]) -> String {
        let deeds = self.deeds(game, mover, from, to);
        format!("{} {deeds}", name(self.found.hypergame, mover))
    }

    /// `withdraws declare, to 4 (Small deal)`; of several moves the first two.
    fn deeds(&self, game: usize, mover: PartyId, from: StateId, to: &[StateId]) -> String {
        let hypergame = self.found.hypergame;
        let one = |to: &StateId| {
            let says = departure(hypergame, game, mover, from, *to).says;
            format!("{says}, to {}", brief(hypergame, *to))
        };
        let shown: Vec<String> = to.iter().take(2).map(one).collect();
        let more = match to.len() {
            n if n > 2 => format!(" (and {} more such)", n - 2),
            _ => String::new(),
        };
        format!("{}{more}", shown.join(", or "))
    }

    fn sanctions(&mut self) {
        let empty = &self.found.findings.empty;
        if empty.is_empty() {
            return;
        }
        self.page.heading("Sanctions that nobody would carry out");
        self.page.gap();
        for sanction in empty.iter().take(SHOWN) {
            let text = self.sanction(sanction);
            self.page.hanging("  - ", "    ", &text);
        }
        if empty.len() > SHOWN {
            self.page.more(empty.len() - SHOWN);
        }
    }

    fn sanction(&self, empty: &EmptySanction) -> String {
        let hypergame = self.found.hypergame;
        let viewer = name(hypergame, empty.viewer);
        let game = hypergame.sights.seen_by(empty.viewer);
        let at = brief(hypergame, empty.at);
        let own = self.moves(game, empty.viewer, empty.at, &[empty.improvement]);
        let steps: Vec<String> = empty
            .steps
            .iter()
            .map(|s| self.moves(game, s.party, s.from, &[s.to]))
            .collect();
        let why = match empty.unwilling {
            Some((place, why)) => {
                let mover = empty.steps.get(place);
                let who = mover.map_or(String::new(), |s| name(hypergame, s.party));
                match why {
                    Unwilling::Unseen => format!("But {who} does not think of such a move"),
                    Unwilling::NoMove => format!("But {who} has no such move"),
                    Unwilling::NoGain => format!("But {who} would gain nothing by it"),
                }
            }
            None => format!("In truth nothing stops {viewer}"),
        };
        format!(
            "At {at}, {viewer} would gain ({own}), and fears the answer: {}. {why}.",
            steps.join(", then ")
        )
    }

    fn corrections(&mut self) {
        let found = self.found;
        let all = &found.findings.corrections.all;
        if all.is_empty() {
            return;
        }
        self.page.heading("If one belief were corrected");
        self.page.gap();
        let now = found.now();
        let idle = all
            .iter()
            .filter(|c| c.result.as_ref() == Some(&now))
            .count();
        let telling = all.iter().filter(|c| c.result.as_ref() != Some(&now));
        let telling: Vec<_> = telling.collect();
        for correction in telling.iter().take(SHOWN) {
            let eyes = correction.path.join(", thinking of ");
            let what = match &correction.belief {
                Some(belief) => format!("{eyes}, without `{belief}`"),
                None => format!("{eyes}, with its whole view corrected"),
            };
            let follows = match &correction.result {
                None => "what is left of the view makes no sense by itself".to_owned(),
                Some(result) => self.differences(&now, result),
            };
            self.page
                .hanging("  - ", "    ", &format!("{what}: {follows}."));
        }
        if telling.len() > SHOWN {
            self.page.more(telling.len() - SHOWN);
        }
        if idle > 0 {
            let each = if telling.is_empty() {
                "Each of the"
            } else {
                "Each of the other"
            };
            let text = if idle == 1 && telling.is_empty() {
                "The one correction changes nothing.".to_owned()
            } else {
                format!("{each} {idle} changes nothing by itself.")
            };
            self.page.paragraph(&text);
        }
        let truth = self.list(&found.judged.equilibria[0]);
        self.page.gap_once();
        self.page
            .paragraph(&format!("With everything corrected, {truth}."));
    }

    /// What a correction changes.
    fn differences(&self, now: &Corrected, then: &Corrected) -> String {
        let mut parts = Vec::new();
        let (lost, gained) = (
            minus(&now.hypergame, &then.hypergame),
            minus(&then.hypergame, &now.hypergame),
        );
        match (lost.is_empty(), gained.is_empty()) {
            (true, true) => parts.push("the same states hold".to_owned()),
            _ => {
                if !gained.is_empty() {
                    parts.push(format!("{} would hold too", self.briefs(&gained)));
                }
                if !lost.is_empty() {
                    parts.push(format!("{} would not hold", self.briefs(&lost)));
                }
            }
        }
        for (party, (before, after)) in self
            .found
            .hypergame
            .party_ids()
            .zip(now.expected.iter().zip(&then.expected))
        {
            let who = name(self.found.hypergame, party);
            let (lost, gained) = (minus(before, after), minus(after, before));
            if !lost.is_empty() {
                parts.push(format!(
                    "{who} would no longer expect {}",
                    self.briefs(&lost)
                ));
            }
            if !gained.is_empty() {
                parts.push(format!("{who} would expect {}", self.briefs(&gained)));
            }
        }
        parts.join("; ")
    }

    fn wishes(&mut self) {
        let wishes = &self.finding.wishes;
        if wishes.is_empty() {
            return;
        }
        self.page.heading("What would have to be true");
        for (wish, told) in wishes
            .iter()
            .zip(&self.found.findings.wishes.all)
            .take(SHOWN)
        {
            self.page.gap();
            let mut states = StateSet::empty(self.found.hypergame.universe.len());
            for state in &told.states {
                states.insert(*state);
            }
            let what = self.briefs(&states);
            let Some(first) = wish.plans.first() else {
                let text = format!(
                    "{} expects {what}; no change of preferences found.",
                    wish.viewer
                );
                self.page.paragraph(&text);
                continue;
            };
            let swaps = words::count(first.swaps as usize, "swap");
            let text = format!(
                "{} expects {what}. It would hold after {swaps}:",
                wish.viewer
            );
            self.page.paragraph(&text);
            for plan in &wish.plans {
                let likeness = match plan.likeness.as_str() {
                    "same" => format!("that is exactly what {} believes", wish.viewer),
                    "part" => format!("{} believes this, and more", wish.viewer),
                    _ => format!("{} believes something else", wish.viewer),
                };
                let says = plan.says.join("; ");
                self.page
                    .hanging("  - ", "    ", &format!("{says}: {likeness}."));
            }
            if !wish.all {
                self.page
                    .paragraph("  There may be other changes of the same size.");
            }
        }
        if wishes.len() > SHOWN {
            self.page.more(wishes.len() - SHOWN);
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

/// The states of the first set that are not in the second.
fn minus(all: &StateSet, without: &StateSet) -> StateSet {
    let mut out = StateSet::empty(all.states());
    for state in all.iter().filter(|s| !without.contains(*s)) {
        out.insert(state);
    }
    out
}
