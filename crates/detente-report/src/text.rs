//! The report of an analysis as a person reads it in a terminal.

use detente_analysis::model::PartyId;
use detente_analysis::model::model::Form;
use detente_analysis::stability::Verdict;
use detente_analysis::study::{Study, open_improvements};
use detente_analysis::{Concept, Game, StateId, Stop};

use crate::build::{concept_name, refusal};
use crate::finding::Analysis;
use crate::firmness;
use crate::style::{Look, Page};
use crate::words::{self, Tense};

/// How many equilibria the text lists before it counts the rest.
const SHOWN: usize = 12;

/// How many joint improvements the text lists before it counts the rest.
const SHOWN_TOGETHER: usize = 6;

/// The report of a study; `finding` is its serialisable form.
pub fn analysis(
    study: &Study<'_, '_>,
    finding: &Analysis,
    stopped: Option<&Stop>,
    look: Look,
) -> String {
    let mut report = Report {
        study,
        game: study.game,
        finding,
        page: Page::new(look),
    };
    report.title();
    report.summary();
    report.classes();
    report.equilibria();
    report.hangs_on();
    report.together();
    report.obstacles();
    report.remarks(stopped);
    report.page.finish()
}

struct Report<'a, 'g, 'm> {
    study: &'a Study<'g, 'm>,
    game: &'g Game<'m>,
    finding: &'a Analysis,
    page: Page,
}

impl Report<'_, '_, '_> {
    fn title(&mut self) {
        let model = self.game.model;
        self.page
            .heading(&words::title(model, &self.finding.variants));
        let mut facts = Vec::new();
        if let Some(date) = model.as_of {
            facts.push(format!("as of {date}"));
        }
        facts.push(words::party_count(model.parties.len()));
        if model.form == Form::Options {
            facts.push(words::count(model.options.len(), "option"));
            let raw = self
                .finding
                .size
                .raw
                .as_deref()
                .unwrap_or("more than 2^128");
            facts.push(format!("{raw} combinations"));
            facts.push(format!(
                "{} feasible",
                words::count(self.game.space.len(), "state")
            ));
        } else {
            facts.push(words::count(self.game.space.len(), "state"));
        }
        self.page.paragraph(&facts.join(", "));
    }

    /// By which concept: `sequential stability (seq)`, or each party's own.
    fn by(&self) -> String {
        if let Some(assignment) = &self.study.request.assignment {
            let own: Vec<String> = self
                .game
                .model
                .parties
                .iter()
                .zip(assignment)
                .map(|(p, c)| format!("{} by {}", p.name, concept_name(self.game, *c)))
                .collect();
            return format!("when each party judges in its own way ({})", own.join(", "));
        }
        let main = self.study.request.main;
        format!(
            "under {} ({})",
            lower(main.info().name),
            concept_name(self.game, main)
        )
    }

    fn summary(&mut self) {
        let game = self.game;
        self.page.gap();
        let equilibria = self.study.equilibria();
        let refused = self
            .study
            .refused
            .iter()
            .find(|r| r.concept == self.study.request.main);
        if let Some(refused) = refused {
            let name = concept_name(game, refused.concept);
            self.page
                .paragraph(&format!("`{name}` {}.", refusal(game, refused)));
            return;
        }
        let mut text = match equilibria.len() {
            0 => format!("No state would hold {}.", self.by()),
            n => {
                let total = game.space.len();
                format!(
                    "{n} of {} would hold {}",
                    words::count(total, "state"),
                    self.by()
                )
            }
        };
        if !equilibria.is_empty() {
            let groups = self.grouped(&equilibria);
            if game.model.classes.is_empty() {
                text.push('.');
            } else {
                let groups: Vec<String> = groups
                    .iter()
                    .map(|(name, n)| format!("{name} ({n})"))
                    .collect();
                text.push_str(&format!(": {}.", words::list(&groups)));
            }
        }
        if let (Some(evolution), Some(start)) = (&self.study.evolution, game.status_quo) {
            if equilibria.contains(&start) {
                text.push_str(" The status quo is one of them.");
            } else if !equilibria.is_empty() {
                let near: Vec<StateId> = equilibria
                    .iter()
                    .copied()
                    .filter(|s| evolution.improvements.distance(*s).is_some())
                    .collect();
                text.push_str(&match near.as_slice() {
                    [] => " Improvements of one party at a time lead from the status quo to none \
                           of them."
                        .to_owned(),
                    [one] => format!(
                        " Improvements of one party at a time lead from the status quo to {} only.",
                        words::state(game, *one)
                    ),
                    many if many.len() == equilibria.len() => {
                        " Improvements of one party at a time lead from the status quo to each of \
                         them."
                            .to_owned()
                    }
                    many => {
                        let ids: Vec<String> = many
                            .iter()
                            .take(8)
                            .map(|s| game.id(*s).to_string())
                            .collect();
                        let more = if many.len() > 8 { ", ..." } else { "" };
                        format!(
                            " Improvements of one party at a time lead from the status quo to {} \
                             of them ({}{more}).",
                            many.len(),
                            ids.join(", ")
                        )
                    }
                });
            }
        } else if game.status_quo.is_none() {
            text.push_str(
                " The file states no status quo, so nothing is said of what can be reached.",
            );
        }
        self.page.paragraph(&text);
    }

    /// The classes of some states in order, with counts.
    fn grouped(&self, states: &[StateId]) -> Vec<(String, usize)> {
        let model = self.game.model;
        let mut counts = vec![0; model.classes.len() + 1];
        for state in states {
            counts[self.game.headline(*state).unwrap_or(model.classes.len())] += 1;
        }
        let name = |i: usize| {
            model
                .classes
                .get(i)
                .map_or_else(|| "of no class".to_owned(), |c| c.name.clone())
        };
        (0..counts.len())
            .filter(|i| counts[*i] > 0)
            .map(|i| (name(i), counts[i]))
            .collect()
    }

    fn classes(&mut self) {
        if self.game.model.classes.is_empty() {
            self.concept_table();
            return;
        }
        let shown: Vec<&String> = self.shown_concepts();
        let mut header = vec!["outcome".to_owned(), "states".to_owned()];
        header.extend(shown.iter().map(|c| (*c).clone()));
        let reach = self.study.evolution.is_some();
        if reach {
            header.push("from the status quo".to_owned());
        }
        let mut rows = Vec::new();
        for class in &self.finding.classes {
            let name = class
                .name
                .clone()
                .unwrap_or_else(|| "(of no class)".to_owned());
            let mut row = vec![name, class.states.len().to_string()];
            row.extend(shown.iter().map(|concept| {
                match class.equilibria.get(*concept).map_or(0, Vec::len) {
                    0 => "-".to_owned(),
                    n => n.to_string(),
                }
            }));
            if reach {
                row.push(self.class_reach(&class.states));
            }
            rows.push(row);
        }
        let mut right = vec![false];
        right.extend(vec![true; shown.len() + 1]);
        right.push(false);
        right.truncate(header.len());
        self.page
            .heading("How many states of each outcome would hold");
        self.page.gap();
        self.page.table(&header, &rows, &right);
    }

    fn concept_table(&mut self) {
        let rows: Vec<Vec<String>> = self
            .study
            .tables
            .iter()
            .map(|t| {
                let equilibria: Vec<StateId> = t.equilibria().iter().collect();
                let first: Vec<String> = equilibria
                    .iter()
                    .take(24)
                    .map(|s| self.game.id(*s).to_string())
                    .collect();
                let more = if equilibria.len() > 24 { ", ..." } else { "" };
                let states = if first.is_empty() {
                    "none".to_owned()
                } else {
                    first.join(", ") + more
                };
                vec![
                    concept_name(self.game, t.concept),
                    equilibria.len().to_string(),
                    states,
                ]
            })
            .collect();
        self.page.heading("Which states would hold");
        self.page.gap();
        let header = ["concept", "count", "states"].map(str::to_owned);
        self.page.table(&header, &rows, &[false, true, false]);
    }

    fn shown_concepts(&self) -> Vec<&String> {
        // What fits beside the class names in 80 columns; all of them are in the other formats.
        const USUAL: [&str; 5] = ["nash", "sseq", "seq", "smr", "gmr"];
        let all: Vec<&String> = self.finding.equilibria.keys().collect();
        let main = &self.finding.settings.main;
        if all.len() <= 6 {
            return all;
        }
        all.into_iter()
            .filter(|c| USUAL.contains(&c.as_str()) || *c == main)
            .collect()
    }

    /// The easiest way in which any state of the list is reached.
    fn class_reach(&self, states: &[u32]) -> String {
        let mut best = 3;
        for state in states.iter().filter_map(|id| self.game.by_id(*id)) {
            best = best.min(self.reach_level(state));
        }
        let followed = self
            .study
            .evolution
            .as_ref()
            .is_some_and(|e| e.joint.is_some());
        let by_moves = if followed {
            "by moves only"
        } else {
            "by moves"
        };
        ["by improvements", "by joint steps", by_moves, "not at all"][best].to_owned()
    }

    fn reach_level(&self, state: StateId) -> usize {
        let evolution = self.study.evolution.as_ref();
        evolution.map_or(3, |e| words::reach_level(e, state))
    }

    fn equilibria(&mut self) {
        let game = self.game;
        let mut equilibria = self.study.equilibria();
        if equilibria.is_empty() {
            return;
        }
        // Those that are reached most easily first.
        equilibria.sort_by_key(|s| (self.reach_level(*s), *s));
        self.page.heading(&format!("The equilibria, {}", self.by()));
        if self.study.robustness.iter().any(firmness::is_defined) {
            self.page.gap();
            self.page.paragraph(firmness::ABOUT_SPARE);
        }
        for state in equilibria.iter().take(SHOWN) {
            self.page.gap();
            self.page.hanging(
                &format!("{:>4}  ", game.id(*state)),
                "      ",
                &words::content(game, *state),
            );
            let mut text = self.other_concepts(*state);
            if let Some(way) = self.way(*state) {
                text = format!("{way} {text}");
            }
            self.page.hanging("      ", "      ", text.trim());
            let firm = self.study.robustness.iter().find(|r| r.state == *state);
            if let Some(line) = firm.and_then(|r| firmness::spare(game, r)) {
                self.page.hanging("      ", "      ", &line);
            }
        }
        if equilibria.len() > SHOWN {
            self.page.gap();
            let rest: Vec<String> = equilibria[SHOWN..]
                .iter()
                .take(60)
                .map(|s| game.id(*s).to_string())
                .collect();
            let more = if equilibria.len() - SHOWN > 60 {
                ", ..."
            } else {
                ""
            };
            self.page.paragraph(&format!(
                "And {} more: {}{more}.",
                equilibria.len() - SHOWN,
                rest.join(", ")
            ));
        }
    }

    /// What breaks the firmest equilibrium of each class, so that none of them is left.
    fn hangs_on(&mut self) {
        let game = self.game;
        let firm = &self.study.robustness;
        if !firm.iter().any(firmness::is_defined) {
            return;
        }
        self.page.heading("What it hangs on");
        self.page.gap();
        let classes = (0..game.model.classes.len()).map(Some).chain([None]);
        let mut shown = 0;
        for class in classes {
            let of_class = |s: StateId| game.headline(s) == class;
            let Some((firmest, weakest)) = firmness::extremes(firm, of_class) else {
                continue;
            };
            shown += 1;
            if shown > SHOWN_TOGETHER {
                continue;
            }
            let number = firm.iter().filter(|r| of_class(r.state)).count();
            let start = class.map_or(String::new(), |c| {
                format!("{}: ", game.model.classes[c].name)
            });
            let which = match number {
                1 => " holds".to_owned(),
                _ if firmest.robustness() == weakest.robustness() => {
                    format!(", like {}, holds", words::count(number - 1, "other"))
                }
                _ => format!(", the firmest of {number}, holds"),
            };
            let text = format!(
                "{start}{}{which} {}.",
                game.id(firmest.state),
                firmness::until(game, firmest)
            );
            self.page.hanging("  ", "    ", &text);
        }
        self.page.gap();
        let more = match shown.saturating_sub(SHOWN_TOGETHER) {
            0 => String::new(),
            1 => "1 more class is left out. ".to_owned(),
            n => format!("{n} more classes are left out. "),
        };
        self.page.paragraph(&format!(
            "{more}`detente sensitivity` changes every assumption in turn."
        ));
    }

    fn other_concepts(&self, state: StateId) -> String {
        let main = self.study.request.main;
        let (mut holds, mut fails) = (Vec::new(), Vec::new());
        for table in &self.study.tables {
            if table.concept == main && self.study.mixed.is_none() {
                continue;
            }
            let name = concept_name(self.game, table.concept);
            if table.is_equilibrium(state) {
                holds.push(name);
            } else {
                fails.push(name);
            }
        }
        match (holds.is_empty(), fails.is_empty()) {
            (true, true) => String::new(),
            (false, true) => "Holds under every concept computed.".to_owned(),
            (true, false) => "Holds under no other concept computed.".to_owned(),
            (false, false) => {
                format!(
                    "Also under {}; not under {}.",
                    words::list(&holds),
                    words::list(&fails)
                )
            }
        }
    }

    /// How a state is reached from the status quo, in a sentence.
    fn way(&self, state: StateId) -> Option<String> {
        words::way(self.game, self.study.evolution.as_ref()?, state)
    }

    fn together(&mut self) {
        let game = self.game;
        let mut said: Vec<(u8, String)> = Vec::new();
        for joint in &self.study.joint {
            let near = u8::from(self.reach_level(joint.from) > 0);
            let mut known: Vec<StateId> = Vec::new();
            for coalition in &joint.coalitions {
                let best: Vec<_> = coalition
                    .improvements
                    .iter()
                    .filter(|i| i.best && !known.contains(&i.improvement.to))
                    .collect();
                known.extend(coalition.improvements.iter().map(|i| i.improvement.to));
                if best.is_empty() {
                    continue;
                }
                let targets: Vec<String> = best
                    .iter()
                    .take(3)
                    .map(|i| {
                        let holds = if i.equilibrium == Some(true) {
                            ", which would hold"
                        } else {
                            ""
                        };
                        format!("{}{holds}", words::state(game, i.improvement.to))
                    })
                    .collect();
                let more = match best.len() {
                    n if n > 3 => format!(", or to {} more", n - 3),
                    _ => String::new(),
                };
                let both = if coalition.members.len() == 2 {
                    "both"
                } else {
                    "all"
                };
                said.push((
                    near,
                    format!(
                        "From {} ({}), {} would {both} gain by going together to {}{more}.",
                        game.id(joint.from),
                        words::headline(game, joint.from)
                            .unwrap_or_else(|| words::content(game, joint.from)),
                        words::parties(game, &coalition.members),
                        targets.join(", or to ")
                    ),
                ));
            }
        }
        if self.study.joint.is_empty() && self.study.equilibria().is_empty() {
            return;
        }
        self.page.heading("What no party can do alone");
        if said.is_empty() {
            self.page.gap();
            self.page.paragraph(
                "No coalition has a joint improvement out of the status quo or out of any equilibrium.",
            );
            return;
        }
        said.sort_by_key(|(near, _)| *near);
        for (_, text) in said.iter().take(SHOWN_TOGETHER) {
            self.page.gap();
            self.page.hanging("  ", "  ", text);
        }
        if said.len() > SHOWN_TOGETHER {
            self.page.gap();
            self.page.more(said.len() - SHOWN_TOGETHER);
        }
    }

    fn obstacles(&mut self) {
        let game = self.game;
        if self.study.obstacles.is_empty() {
            return;
        }
        self.page.heading("What does not hold, and why");
        for obstacle in &self.study.obstacles {
            let name = &game.model.classes[obstacle.class].name;
            let mut text = format!("{name}: even {}", words::state(game, obstacle.state));
            let reasons: Vec<String> = obstacle
                .verdicts
                .iter()
                .filter_map(|v| undoing(game, v))
                .collect();
            match reasons.as_slice() {
                [] => text.push_str(" does not hold."),
                reasons => text.push_str(&format!(" does not hold: {}.", reasons.join("; "))),
            }
            self.page.gap();
            self.page.hanging("  ", "  ", &text);
        }
    }

    fn remarks(&mut self, stopped: Option<&Stop>) {
        let game = self.game;
        let mut remarks: Vec<String> = Vec::new();
        if let Some(stop) = stopped {
            remarks.push(format!("INCOMPLETE: {stop}."));
        }
        for refused in &self.study.refused {
            if refused.concept != self.study.request.main {
                let name = concept_name(game, refused.concept);
                remarks.push(format!("`{name}` {}.", refusal(game, refused)));
            }
        }
        remarks.extend(self.finding.notes.iter().cloned());
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

/// The simplest improvement that undoes a state for a party, as a clause.
fn undoing(game: &Game<'_>, verdict: &Verdict) -> Option<String> {
    let changes = |t: &StateId| {
        let differs = |o| game.space.level(*t, o) != game.space.level(verdict.state, o);
        game.model.option_ids().filter(|o| differs(*o)).count()
    };
    let party: PartyId = verdict.party;
    let name = words::party(game, party);
    let to = open_improvements(verdict).min_by_key(|t| (changes(t), *t));
    if let Some(to) = to {
        return Some(format!(
            "{name} would gain by {} ({} -> {}), and nothing would deter it",
            words::deed(game, party, verdict.state, to, Tense::Gerund),
            game.id(verdict.state),
            game.id(to)
        ));
    }
    let ahead = verdict.anticipation.as_ref()?;
    Some(format!(
        "{name}, looking {} moves ahead, expects to end in {}",
        ahead.horizon,
        game.id(ahead.end)
    ))
}

/// A name in running text: lower case unless it is a proper name such as Nash.
fn lower(name: &str) -> String {
    const PROPER: [&str; 2] = ["Nash", "Stackelberg"];
    if PROPER.iter().any(|p| name.starts_with(p)) {
        name.to_owned()
    } else {
        name.to_lowercase()
    }
}

/// The concept's name as it stands in running text.
pub fn concept_in_text(concept: Concept) -> String {
    lower(concept.info().name)
}
