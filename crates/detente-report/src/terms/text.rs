//! Terms as a person reads about them in a terminal.

use std::collections::BTreeSet;

use detente_analysis::StateId;
use detente_analysis::terms::Pair;

use super::finding::{Equilibria, SeenFinding, TermFinding, Terms};
use super::islands::{self, in_brackets};
use super::{Found, finding};
use crate::style::{Look, Page};
use crate::words;

/// How many states are listed by number before the rest are counted.
const SHOWN_STATES: usize = 8;

/// How many states are described under the tables.
const DESCRIBED_STATES: usize = 16;

/// The report on terms.
pub fn text(found: &Found<'_, '_>, look: Look) -> String {
    let finding = finding(found);
    let mut report = Report {
        found,
        finding: &finding,
        page: Page::new(look),
        shown: BTreeSet::new(),
    };
    report.head();
    for (term, about) in finding.terms.iter().zip(&found.terms.terms) {
        report.term(term, &about.pairs);
    }
    if !finding.terms.is_empty() {
        report.eyes();
        report.described();
    }
    if let Some(islands) = &finding.islands {
        islands::add(&mut report.page, found.game, islands);
    }
    report.page.finish()
}

struct Report<'a, 'm> {
    found: &'a Found<'a, 'm>,
    finding: &'a Terms,
    page: Page,
    /// The numbers of states that were mentioned.
    shown: BTreeSet<u32>,
}

/// Whose reading, in a sentence.
fn who(reader: Option<&String>) -> String {
    reader.map_or_else(|| "the analyst".to_owned(), Clone::clone)
}

/// `1st`, `2nd`, `3rd`, `11th`.
fn ordinal(place: usize) -> String {
    let ending = match (place % 100, place % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}

impl Report<'_, '_> {
    fn head(&mut self) {
        let game = self.found.game;
        self.page
            .heading(&words::title(game.model, self.found.variants));
        if game.model.terms.is_empty() {
            self.page.paragraph("The negotiation declares no terms.");
        }
    }

    fn term(&mut self, term: &TermFinding, pairs: &[Pair]) {
        let title = term.title.as_ref().map(|t| format!(": {t}"));
        let heading = format!("The term {}{}", term.name, title.unwrap_or_default());
        self.page.heading(&heading);
        for stated in &term.stated {
            let quote = detente_model::syntax::quote(&stated.quote);
            let source = stated.title.as_ref().unwrap_or(&stated.source);
            self.page.hanging("", "  ", &format!("{quote} ({source})"));
        }
        self.page.gap();
        let feasible = self.finding.feasible;
        let rows: Vec<Vec<String>> = term
            .readings
            .iter()
            .map(|r| {
                vec![
                    who(r.reader.as_ref()),
                    format!("{}{}", r.text, in_brackets(&r.cites)),
                    r.states.to_string(),
                ]
            })
            .collect();
        if rows.is_empty() {
            self.page.paragraph("It has no reading yet.");
            return;
        }
        let header = ["reader", "takes it to mean", "states"].map(str::to_owned);
        self.page.table(&header, &rows, &[false, false, true]);
        self.splits(term, feasible);
        self.pairs(term, pairs);
        self.uses(term);
        self.toggles(term);
    }

    fn splits(&mut self, term: &TermFinding, feasible: usize) {
        self.page.gap();
        if term.readings.len() < 2 {
            self.page
                .paragraph("There is one reading, and so nothing to part on.");
            return;
        }
        if term.parted == 0 {
            let text = format!("The readings part on none of the {feasible} feasible states.");
            self.page.paragraph(&text);
            return;
        }
        let text = format!(
            "The readings part on {} of the {feasible} feasible states:",
            term.parted
        );
        self.page.paragraph(&text);
        self.page.gap();
        let mut rows = Vec::new();
        for split in &term.splits {
            let names: Vec<String> = split.holding.iter().map(|r| who(r.as_ref())).collect();
            let mark = if split.parted { "* " } else { "" };
            let holding = if names.is_empty() {
                "nobody".to_owned()
            } else {
                format!("{mark}{}", words::list(&names))
            };
            let class = |(name, count): (&String, &usize)| {
                let name = if name.is_empty() { "no class" } else { name };
                format!("{name} {count}")
            };
            let classes: Vec<String> = split.classes.iter().map(class).collect();
            let numbers = self.numbers(&split.states, split.parted);
            rows.push(vec![
                holding,
                split.count.to_string(),
                numbers,
                classes.join(", "),
            ]);
        }
        let header = ["it holds for", "states", "which", "by class"].map(str::to_owned);
        let right = [false, true, false, false];
        self.page.table(&header, &rows, &right);
        self.page.paragraph("* the readings part here");
    }

    /// State numbers; they are described later if `describe`.
    fn numbers(&mut self, states: &[u32], describe: bool) -> String {
        if states.is_empty() {
            return "none".to_owned();
        }
        let shown: Vec<String> = states
            .iter()
            .take(SHOWN_STATES)
            .map(u32::to_string)
            .collect();
        if describe {
            self.shown.extend(states.iter().take(SHOWN_STATES));
        }
        if states.len() > SHOWN_STATES {
            let more = states.len() - SHOWN_STATES;
            return format!("{} and {more} more", shown.join(", "));
        }
        shown.join(", ")
    }

    fn pairs(&mut self, term: &TermFinding, pairs: &[Pair]) {
        for (pair, about) in term.pairs.iter().zip(pairs) {
            let (a, b) = (who(pair.first.as_ref()), who(pair.second.as_ref()));
            let at = |state: Option<StateId>| {
                state.map_or_else(String::new, |s| self.found.game.id(s).to_string())
            };
            let (both, first, second) =
                (at(about.both), at(about.only_first), at(about.only_second));
            let text = match pair.relation.as_str() {
                "equivalent" => format!("{a} and {b}: the two readings hold in the same states."),
                "disjoint" => {
                    let one = |name: &str, state: &str| {
                        if state.is_empty() {
                            format!("that of {name} holds in none")
                        } else {
                            format!("that of {name} holds in {state}")
                        }
                    };
                    format!(
                        "{a} and {b}: no state satisfies both readings; {}, {}.",
                        one(&a, &first),
                        one(&b, &second)
                    )
                }
                "implies" => format!(
                    "{a} and {b}: where the reading of {a} holds, that of {b} does too, but not the \
                     other way round: {second} satisfies only that of {b}."
                ),
                "implied_by" => format!(
                    "{a} and {b}: where the reading of {b} holds, that of {a} does too, but not the \
                     other way round: {first} satisfies only that of {a}."
                ),
                _ => format!(
                    "{a} and {b}: the readings overlap; {both} satisfies both, {first} only that of \
                     {a}, {second} only that of {b}."
                ),
            };
            self.page.gap_once();
            self.page.hanging("", "  ", &text);
            let states = [pair.both, pair.only_first, pair.only_second];
            self.shown.extend(states.into_iter().flatten());
        }
    }

    fn uses(&mut self, term: &TermFinding) {
        self.page.gap_once();
        if term.uses.is_empty() {
            self.page.paragraph("Nothing uses the term.");
            return;
        }
        self.page.paragraph("What turns on it:");
        for used in &term.uses {
            let through = if used.directly {
                ""
            } else {
                " (through others)"
            };
            let text = match (&used.party, used.what.as_str()) {
                (Some(party), _) => {
                    format!("{party}, {}: {}{through}", ordinal(used.place), used.text)
                }
                (None, "no_move") => format!("no move, {}{through}", used.text),
                (None, what) => format!("{what} {}{through}", used.text),
            };
            self.page.hanging("  - ", "    ", &text);
        }
    }

    fn toggles(&mut self, term: &TermFinding) {
        if term.toggles.is_empty() {
            return;
        }
        self.page.gap_once();
        self.page.paragraph("Who knows whose reading:");
        for toggle in &term.toggles {
            let said = term.communicated.iter();
            let mut said = said.filter(|c| c.by == toggle.by && c.to == toggle.to);
            let cites = said
                .next()
                .map_or_else(String::new, |c| in_brackets(&c.cites));
            let (by, to) = (&toggle.by, &toggle.to);
            let known = match toggle.said.as_str() {
                "yes" => format!("{to} knows how {by} reads it{cites}."),
                "no" => format!("{to} does not know how {by} reads it{cites}."),
                _ => format!("Whether {to} knows how {by} reads it is unclear{cites}."),
            };
            let mut text = known;
            if toggle.matters {
                let without = self.listed(&toggle.without);
                let with = self.listed(&toggle.with);
                if without == with {
                    text.push_str(&format!(
                        " Its picture of {by} hangs on it, but the same states hold in its eyes \
                         either way: {with}."
                    ));
                } else {
                    text.push_str(&format!(
                        " In its eyes these hold when it does not know it: {without}; when it does: \
                         {with}."
                    ));
                }
            } else {
                text.push_str(&format!(" Its picture of {by} does not hang on it."));
            }
            self.page.hanging("  - ", "    ", &text);
        }
        let told = &term.told;
        let agree = told.values().all(|s| s.mistaken_about.is_empty());
        let text = if agree {
            "Once all readings of it are known to all, everybody sees the same game.".to_owned()
        } else {
            let mistaken = told.iter().filter(|(_, s)| !s.mistaken_about.is_empty());
            let names: Vec<&String> = mistaken.map(|(name, _)| name).collect();
            format!(
                "Even once all readings of it are known to all, {} would be mistaken, because of \
                 other terms.",
                words::list(&names)
            )
        };
        self.page.paragraph(&text);
    }

    /// Equilibria by concept in a sentence: `nash 1 | seq 1, 10`.
    fn listed(&mut self, equilibria: &Equilibria) -> String {
        let mut parts = Vec::new();
        for (concept, states) in equilibria {
            let text = match states {
                Some(states) => self.numbers(states, true),
                None => "not judged".to_owned(),
            };
            parts.push(format!("{concept} {text}"));
        }
        parts.join(" | ")
    }

    fn eyes(&mut self) {
        self.page
            .heading("Equilibria, as the file says who knows what");
        self.page.gap();
        let mut header = vec!["in the eyes of".to_owned()];
        header.extend(self.finding.common.keys().cloned());
        header.push("mistaken about".to_owned());
        let mut rows = Vec::new();
        for (party, seen) in &self.finding.eyes {
            rows.push(self.row(party, seen));
        }
        let common = SeenFinding {
            equilibria: self.finding.common.clone(),
            mistaken_about: Vec::new(),
        };
        rows.push(self.row("who knows all", &common));
        let right = vec![false; header.len()];
        self.page.table(&header, &rows, &right);
        let unclear = self.finding.terms.iter().flat_map(|t| &t.communicated);
        if unclear.clone().any(|c| c.known == "unclear") {
            self.page.gap();
            self.page
                .paragraph("What is unclear counts here as not known.");
        }
    }

    fn row(&mut self, who: &str, seen: &SeenFinding) -> Vec<String> {
        let mut row = vec![who.to_owned()];
        for states in seen.equilibria.values() {
            row.push(match states {
                Some(states) => self.numbers(states, true),
                None => "not judged".to_owned(),
            });
        }
        row.push(if seen.mistaken_about.is_empty() {
            "nobody".to_owned()
        } else {
            words::list(&seen.mistaken_about)
        });
        row
    }

    /// What the states are that were mentioned by number.
    fn described(&mut self) {
        if self.shown.is_empty() {
            return;
        }
        self.page.heading("The states");
        self.page.gap();
        let game = self.found.game;
        let states: Vec<StateId> = self.shown.iter().filter_map(|id| game.by_id(*id)).collect();
        let wide = states.iter().map(|s| game.id(*s).to_string().len()).max();
        for state in states.iter().take(DESCRIBED_STATES) {
            let number = format!("{:>1$}  ", game.id(*state), wide.unwrap_or(1) + 2);
            let others = " ".repeat(number.len());
            self.page
                .hanging(&number, &others, &words::content(game, *state));
        }
        if states.len() > DESCRIBED_STATES {
            self.page.more(states.len() - DESCRIBED_STATES);
        }
    }
}
