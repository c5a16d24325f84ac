//! Why a state of a conflict that is too large to list is stable or not.

use detente_analysis::Concept;
use detente_analysis::model::model::Assignment;
use detente_analysis::model::{Model, PartyId};
use detente_analysis::survey::Shown;
use detente_analysis::symbolic::{Answer, Why};
use schemars::JsonSchema;
use serde::Serialize;

use crate::build;
use crate::style::{Look, Page};
use crate::survey::{Equilibrium as State, described, equilibrium, grouped};
use crate::words::{self, Tense};

/// The verdicts on one state, each with what proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reasons {
    /// What this is: `detente-reasons/1`.
    pub format: String,
    /// The state.
    pub state: State,
    /// The verdicts, one per party asked for.
    pub verdicts: Vec<Reason>,
}

/// The verdict of one party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reason {
    /// The party.
    pub party: String,
    /// The concept.
    pub concept: String,
    /// Whether the state is stable for it.
    pub stable: bool,
    /// Its best improvement, of a stable state; of an unstable one its best improvement that nothing
    /// deters. `null` when it has none.
    pub improvement: Option<State>,
    /// How the others answer it, the last step ending no better for the party than where it started.
    /// Empty when they do not.
    pub answer: Vec<Step>,
    /// How many improvements nothing deters, as a decimal number.
    pub open: String,
}

/// One step of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Step {
    /// Who moves.
    pub party: String,
    /// Where to.
    pub to: State,
}

fn shown(model: &Model, state: &Assignment) -> State {
    let shown = Shown {
        state: state.clone(),
        margins: Vec::new(),
    };
    equilibrium(model, &shown)
}

/// The serialisable form of the verdicts on a state.
pub fn finding(model: &Model, state: &Assignment, found: &[(PartyId, Concept, Why)]) -> Reasons {
    let reason = |(party, concept, why): &(PartyId, Concept, Why)| {
        let (improvement, answer, open) = match why {
            Why::NoImprovement => (None, &[][..], "0".to_owned()),
            Why::Answered {
                improvement,
                answer,
            } => (Some(improvement), &answer[..], "0".to_owned()),
            Why::Unanswered {
                improvement,
                others,
            } => (Some(improvement), &[][..], others.to_string()),
        };
        let step = |answer: &Answer| Step {
            party: model.party(answer.party).name.clone(),
            to: shown(model, &answer.to),
        };
        Reason {
            party: model.party(*party).name.clone(),
            concept: build::name_of(model, *concept),
            stable: why.is_stable(),
            improvement: improvement.map(|s| shown(model, s)),
            answer: answer.iter().map(step).collect(),
            open,
        }
    };
    Reasons {
        format: "detente-reasons/1".to_owned(),
        state: shown(model, state),
        verdicts: found.iter().map(reason).collect(),
    }
}

/// The verdicts on a state as a person reads them in a terminal.
pub fn text(
    model: &Model,
    state: &Assignment,
    found: &[(PartyId, Concept, Why)],
    look: Look,
) -> String {
    let mut page = Page::new(look);
    page.heading(&format!("State {}", described(model, state)));
    for (party, concept, why) in found {
        let name = &model.party(*party).name;
        let info = concept.info();
        let mut by = info.name.to_owned();
        if *concept != Concept::Nash {
            by = by.to_lowercase();
        }
        let gain = |to: &Assignment| {
            let deed = words::change(model, *party, state, to, Tense::Gerund);
            format!("{name} would gain by {deed}")
        };
        page.gap();
        match why {
            Why::NoImprovement => page.paragraph(&format!(
                "{name}: stable under {by}: none of its moves would improve its lot."
            )),
            Why::Answered {
                improvement,
                answer,
            } => {
                page.paragraph(&format!(
                    "{name}: stable under {by}: each of its improvements would be answered. The best \
                     of them:"
                ));
                let mut at = improvement.clone();
                let mut steps = Vec::new();
                for step in answer {
                    let deed = words::change(model, step.party, &at, &step.to, Tense::Infinitive);
                    steps.push(format!(
                        "{} would then {deed}",
                        model.party(step.party).name
                    ));
                    at.clone_from(&step.to);
                }
                let line = format!(
                    "{}, but {}, and what follows ({}) is no better for {name} than what it left.",
                    gain(improvement),
                    steps.join(", and "),
                    described(model, &at)
                );
                page.hanging("  - ", "    ", &line);
            }
            Why::Unanswered {
                improvement,
                others,
            } => {
                let many = grouped(&others.to_string());
                let what = if many == "1" {
                    "one of its improvements".to_owned()
                } else {
                    format!("{many} of its improvements. The best of them")
                };
                page.paragraph(&format!(
                    "{name}: not stable under {by}: nothing deters {what}:"
                ));
                let line = format!("{}, and nothing would deter it.", gain(improvement));
                page.hanging("  - ", "    ", &line);
            }
        }
    }
    page.finish()
}
