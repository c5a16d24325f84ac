//! What follows from beliefs, as a person reads it: surprises, empty sanctions, corrections, and what would
//! have to be true.

use detente_analysis::hypergame::{Corrected, EmptySanction, Surprise, Unwilling};
use detente_analysis::inverse::Change;
use detente_analysis::model::PartyId;
use detente_analysis::{StateId, StateSet};

use super::parts::{brief, departure, name};
use super::text::{Report, SHOWN};
use crate::words;

impl Report<'_, '_> {
    pub(super) fn surprises(&mut self) {
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

    pub(super) fn sanctions(&mut self) {
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

    pub(super) fn corrections(&mut self) {
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
            let what = match (&correction.belief, correction.reading) {
                (Some(belief), _) => format!("{eyes}, without `{belief}`"),
                (None, Some(reading)) => {
                    let hypergame = found.hypergame;
                    let term = hypergame.truth().model.terms.get(reading.term);
                    let term = term.map_or("", |t| t.name.as_str());
                    format!(
                        "{eyes}, told how {} reads `{term}`",
                        name(hypergame, reading.by)
                    )
                }
                (None, None) => format!("{eyes}, with its whole view corrected"),
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
        let text = match (idle, telling.is_empty()) {
            (0, _) => None,
            (1, true) => Some("The one correction changes nothing.".to_owned()),
            (1, false) => Some("The other one changes nothing by itself.".to_owned()),
            (n, true) => Some(format!("Each of the {n} changes nothing by itself.")),
            (n, false) => Some(format!("Each of the other {n} changes nothing by itself.")),
        };
        if let Some(text) = text {
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
        if lost.is_empty() && gained.is_empty() {
            parts.push("the same states hold".to_owned());
        }
        if !gained.is_empty() {
            parts.push(format!("{} would hold too", self.briefs(&gained)));
        }
        if !lost.is_empty() {
            parts.push(format!("{} would not hold", self.briefs(&lost)));
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

    pub(super) fn wishes(&mut self) {
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
            let mut changes = told.plans.iter().flat_map(|(plan, _)| &plan.changes);
            let edits = changes.any(|c| matches!(c, Change::Statements { .. }));
            let unit = if edits { "change" } else { "swap" };
            let price = words::count(first.price as usize, unit);
            let text = format!(
                "{} expects {what}. It would hold after {price}:",
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
}

/// The states of the first set that are not in the second.
fn minus(all: &StateSet, without: &StateSet) -> StateSet {
    let mut out = StateSet::empty(all.states());
    for state in all.iter().filter(|s| !without.contains(*s)) {
        out.insert(state);
    }
    out
}
