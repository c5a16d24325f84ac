//! What examiners say of one negotiation, and where they differ.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use detente_analysis::{Budget, Concept};

use crate::case::Case;
use crate::checks::{Check, Given, Held};
use crate::examiner::{Examiner, Subject, ask};
use crate::verdicts::{Bits, Verdicts};

/// Something that must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Examiners differ on a verdict. One finding for each concept: the first party and state on
    /// which they differ.
    Verdict {
        /// The concept.
        concept: Concept,
        /// The party, numbered from 0.
        party: usize,
        /// The state: the level of every option, or in the graph form its number from 0.
        state: Vec<u16>,
        /// Who says that the state is stable.
        stable: Vec<&'static str>,
        /// Who says that it is not.
        unstable: Vec<&'static str>,
        /// Who differs from the first examiner.
        dissenters: Vec<&'static str>,
    },
    /// An examiner sees other states or parties than the first.
    States {
        /// The examiner.
        examiner: &'static str,
        /// How many states the first examiner sees, and how many this one.
        seen: (usize, usize),
    },
    /// An examiner said that it could judge and failed.
    Failed {
        /// The examiner.
        examiner: &'static str,
        /// Why.
        why: String,
    },
    /// Something that must always hold does not.
    Check {
        /// The check.
        check: &'static str,
        /// What does not hold.
        what: String,
    },
    /// The parser or the resolution refuses the text of a drawn document, which has no error, or reads
    /// something else in it.
    Refused {
        /// What is wrong.
        why: String,
    },
}

impl Finding {
    /// Whether the other finding is about the same thing: what must persist while a negotiation is
    /// made smaller.
    pub fn resembles(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Verdict {
                    concept: a,
                    dissenters: x,
                    ..
                },
                Self::Verdict {
                    concept: b,
                    dissenters: y,
                    ..
                },
            ) => a == b && x.iter().any(|name| y.contains(name)),
            (
                Self::Failed {
                    examiner: a,
                    why: x,
                },
                Self::Failed {
                    examiner: b,
                    why: y,
                },
            ) => a == b && x == y,
            (Self::States { examiner: a, .. }, Self::States { examiner: b, .. })
            | (Self::Check { check: a, .. }, Self::Check { check: b, .. }) => a == b,
            (Self::Refused { why: a }, Self::Refused { why: b }) => a == b,
            _ => false,
        }
    }

    /// The finding in words, with parties by name and states as they are written in the file.
    pub fn describe(&self, case: &Case) -> String {
        match self {
            Self::Verdict {
                concept,
                party,
                state,
                stable,
                unstable,
                ..
            } => {
                let name = case.model.parties.get(*party).map_or("?", |p| &p.name);
                format!(
                    "{concept} for {name} at {}: stable says {}; not stable says {}",
                    written(case, state),
                    stable.join(", "),
                    unstable.join(", ")
                )
            }
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Verdict {
                concept,
                party,
                state,
                stable,
                unstable,
                ..
            } => write!(
                f,
                "{concept} for party {party} at {state:?}: stable says {}; not stable says {}",
                stable.join(", "),
                unstable.join(", ")
            ),
            Self::States {
                examiner,
                seen: (first, this),
            } => write!(
                f,
                "{examiner} sees {this} states, the first examiner {first} or others"
            ),
            Self::Failed { examiner, why } => write!(f, "{examiner} failed: {why}"),
            Self::Check { check, what } => write!(f, "{check}: {what}"),
            Self::Refused { why } => write!(f, "the text of the drawn document: {why}"),
        }
    }
}

/// A state as it is written: what is set, or its name in the graph form.
fn written(case: &Case, state: &[u16]) -> String {
    let model = &case.model;
    if let (detente_model::model::Form::Graph, [node]) = (model.form, state) {
        let name = model
            .states
            .get(usize::from(*node))
            .map_or("?", |s| &s.name);
        return format!("state {name}");
    }
    let set: Vec<String> = model
        .option_ids()
        .zip(state)
        .filter(|(_, level)| **level > 0)
        .map(|(o, level)| {
            let name = model.qualified(o);
            match model.option(o).levels.get(usize::from(*level)) {
                Some(level) => format!("{name} is {level}"),
                None => name,
            }
        })
        .collect();
    if set.is_empty() {
        "{ }".to_owned()
    } else {
        format!("{{ {} }}", set.join(", "))
    }
}

/// The outcome of one examination.
#[derive(Debug, Clone, Default)]
pub struct Examination {
    /// How many states the first examiner sees.
    pub states: usize,
    /// For each examiner that was asked, in the order of the list: its place in the list, and how
    /// many verdicts it gave.
    pub asked: Vec<(usize, u64)>,
    /// How many verdicts were compared with a verdict of another examiner.
    pub compared: u64,
    /// For each check, in the order of the list, how much it compared.
    pub checked: Vec<u64>,
    /// What must not be.
    pub findings: Vec<Finding>,
}

/// Who examines, and what must hold besides.
pub struct Panel {
    /// The examiners; the first that applies is the measure of the others.
    pub examiners: Vec<Box<dyn Examiner>>,
    /// What must hold whatever the examiners say.
    pub checks: Vec<Check>,
    /// What an examiner may use for one model. A budget that is cancelled makes examiners fail, which
    /// is a finding: [`crate::run()`] is cancelled by a budget of its own, between models.
    pub budget: Budget,
}

impl Default for Panel {
    /// All examiners and all checks.
    fn default() -> Self {
        Self {
            examiners: crate::examiners::all(),
            checks: crate::checks::ALL.to_vec(),
            budget: Budget::default(),
        }
    }
}

impl Panel {
    /// Examines a negotiation. `number` is what samples are drawn by; a thorough examination draws
    /// no samples but takes everything.
    pub fn examine(&self, case: &Case, number: u64, thorough: bool) -> Examination {
        let mut subject = Subject::new(&case.model, number).within(&self.budget);
        if thorough {
            subject = subject.thorough();
        }
        let mut out = Examination::default();
        let mut given: Vec<(&'static str, Verdicts)> = Vec::new();
        for (place, examiner) in self.examiners.iter().enumerate() {
            if !examiner.applicable(&subject) {
                continue;
            }
            match ask(examiner.as_ref(), &subject) {
                Ok(verdicts) => {
                    out.asked.push((place, verdicts.count()));
                    given.push((examiner.name(), verdicts));
                }
                Err(why) => out.findings.push(Finding::Failed {
                    examiner: examiner.name(),
                    why,
                }),
            }
        }
        out.states = given.first().map_or(0, |(_, v)| v.states.len());
        let given = aligned(given, &mut out.findings);
        compare(&given, &mut out);
        for check in &self.checks {
            if !thorough && number % check.every.max(1) != check.rest {
                out.checked.push(0);
                continue;
            }
            match made(check, case, &subject, &given) {
                Ok(compared) => out.checked.push(compared),
                Err(what) => {
                    out.checked.push(0);
                    out.findings.push(Finding::Check {
                        check: check.name,
                        what,
                    });
                }
            }
        }
        out
    }
}

/// Makes a check; a panic is what does not hold.
fn made(check: &Check, case: &Case, subject: &Subject<'_>, given: &Given) -> Held {
    catch_unwind(AssertUnwindSafe(|| (check.run)(case, subject, given)))
        .unwrap_or_else(|_| Err("it panicked".to_owned()))
}

/// All verdicts with the states in the order of the first examiner; who sees other states is left out
/// and reported.
fn aligned(
    given: Vec<(&'static str, Verdicts)>,
    findings: &mut Vec<Finding>,
) -> Vec<(&'static str, Verdicts)> {
    let mut all: Vec<(&'static str, Verdicts)> = Vec::with_capacity(given.len());
    for (examiner, verdicts) in given {
        let Some((_, first)) = all.first() else {
            all.push((examiner, verdicts));
            continue;
        };
        let seen = (first.states.len(), verdicts.states.len());
        let same_parties = first.parties == verdicts.parties;
        match verdicts.in_order(&first.states).filter(|_| same_parties) {
            Some(verdicts) => all.push((examiner, verdicts)),
            None => findings.push(Finding::States { examiner, seen }),
        }
    }
    all
}

/// Finds, for every concept, the first party and state on which two examiners differ.
fn compare(given: &[(&'static str, Verdicts)], out: &mut Examination) {
    let mut concepts: Vec<Concept> = Vec::new();
    for table in given.iter().flat_map(|(_, v)| &v.tables) {
        if !concepts.contains(&table.concept) {
            concepts.push(table.concept);
        }
    }
    for concept in concepts {
        let tables: Vec<_> = given
            .iter()
            .filter_map(|(name, v)| Some((*name, v.table(concept)?)))
            .collect();
        let mut first: Option<(usize, usize)> = None;
        for (k, (_, a)) in tables.iter().enumerate() {
            for (_, b) in tables.iter().skip(k + 1) {
                for (party, (in_a, in_b)) in a.judged.iter().zip(&b.judged).enumerate() {
                    let both = in_a.and(in_b);
                    if k == 0 {
                        out.compared += both.len() as u64;
                    }
                    let differ = differing(a.stable.get(party), b.stable.get(party), &both);
                    if let Some(state) = differ {
                        let cell = (party, state);
                        first = Some(first.map_or(cell, |known| known.min(cell)));
                    }
                }
            }
        }
        let Some((party, state)) = first else {
            continue;
        };
        let (mut stable, mut unstable) = (Vec::new(), Vec::new());
        for (name, table) in &tables {
            match table.verdict(party, state) {
                Some(true) => stable.push(*name),
                Some(false) => unstable.push(*name),
                None => {}
            }
        }
        let measure = tables.iter().find_map(|(_, t)| t.verdict(party, state));
        let dissenters = match measure {
            Some(true) => unstable.clone(),
            _ => stable.clone(),
        };
        out.findings.push(Finding::Verdict {
            concept,
            party,
            state: given
                .first()
                .and_then(|(_, v)| v.states.get(state).cloned())
                .unwrap_or_default(),
            stable,
            unstable,
            dissenters,
        });
    }
}

fn differing(a: Option<&Bits>, b: Option<&Bits>, within: &Bits) -> Option<usize> {
    let (a, b) = (a?, b?);
    let more = a.first_outside(b, within);
    let less = b.first_outside(a, within);
    more.into_iter().chain(less).min()
}
