//! A conflict that is too large to list: how many states of each outcome hold, and what the states
//! that hold are like.
//!
//! A [`Study`](crate::study::Study) answers everything about every state of a conflict; a survey
//! answers what remains readable when there are millions of states, or more than could ever be
//! listed: exact counts by concept, party and outcome class, the equilibria that matter first, and
//! what all of them have in common. Which engine computes it is chosen by [`choice`].

pub mod choice;
mod classes;
mod explicit;
pub mod find;
mod streamed;
mod symbolic;

use detente_model::model::{Assignment, Model};
use detente_model::{OptionId, PartyId};
use num_bigint::BigUint;

pub use choice::{Choice, Engine, Prospect, choose};

use crate::{Budget, Concept, Outcome, Stop};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The concepts to judge by.
    pub concepts: Vec<Concept>,
    /// The concept whose equilibria are portrayed; computed even if it is not among `concepts`.
    pub main: Concept,
    /// How many equilibria are shown.
    pub shown: usize,
    /// The status quo, to which the nearest equilibrium is sought.
    pub status_quo: Option<Assignment>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// The engine that found it.
    pub engine: Engine,
    /// How many states are feasible.
    pub feasible: BigUint,
    /// How many states each outcome class counts, a state under its first class, in the order of the
    /// model; last those of no class.
    pub classes: Vec<BigUint>,
    /// One summary per concept that was computed, in the order asked for.
    pub summaries: Vec<Summary>,
    /// The concepts that were not computed, and why.
    pub unanswered: Vec<(Concept, String)>,
    /// What the equilibria of the main concept are like, or of the first concept that was computed when
    /// the main one was not; `None` when no equilibria are known.
    pub portrait: Option<Portrait>,
}

/// How many states hold under one concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The concept.
    pub concept: Concept,
    /// How many states are stable for each party.
    pub stable: Vec<BigUint>,
    /// How many are stable for all.
    pub equilibria: BigUint,
    /// Of these, how many each class counts; as in [`Survey::classes`].
    pub by_class: Vec<BigUint>,
}

/// What the equilibria of a concept are like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portrait {
    /// The concept.
    pub concept: Concept,
    /// The first of them, by ascending number of the state.
    pub first: Vec<Shown>,
    /// Options that have the same level in all of them.
    pub fixed: Vec<(OptionId, u16)>,
    /// The one that differs from the status quo in the fewest options, the first such by number, and
    /// in how many.
    pub nearest: Option<(usize, Shown)>,
    /// For each party the one that it likes best, the first such by number.
    pub best: Vec<Shown>,
    /// For each party the one that it likes least, the first such by number.
    pub worst: Vec<Shown>,
}

/// An equilibrium that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The level of every option.
    pub state: Assignment,
    /// For each party by how many rank steps the state holds, see
    /// [`MarginTable`](crate::engine::MarginTable): 0 when one step less breaks it, `None`
    /// when the party cannot leave it. Empty when margins were not computed.
    pub margins: Vec<Option<i64>>,
}

impl Survey {
    /// The summary of a concept.
    pub fn summary(&self, concept: Concept) -> Option<&Summary> {
        self.summaries.iter().find(|s| s.concept == concept)
    }
}

/// Why there is no survey.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SurveyError {
    /// The engine cannot take the model.
    #[error("the {} engine cannot take this model: {reason}", engine.name())]
    Unsuitable {
        /// The engine.
        engine: Engine,
        /// What does not fit.
        reason: String,
    },
    /// The rules exclude every state.
    #[error("the rules leave no feasible state")]
    NoFeasibleState,
    /// The budget ended before anything was found.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

/// Surveys a model by the given engine, which must not be [`Engine::Graph`]: that one lists the states,
/// see [`study`](crate::study::study()). When the budget ends first, what was finished is returned with
/// the reason.
pub fn survey(
    model: &Model,
    request: &Request,
    engine: Engine,
    budget: &Budget,
) -> Result<Outcome<Survey>, SurveyError> {
    match engine {
        Engine::Explicit => explicit::survey(model, request, budget),
        Engine::ClosedForm => streamed::survey(model, request, budget),
        Engine::Symbolic => symbolic::survey(model, request, budget),
        Engine::Graph => Err(SurveyError::Unsuitable {
            engine,
            reason: "it lists the states, and a survey is of states that are not listed".to_owned(),
        }),
    }
}

/// The concepts asked for, each once, the main one among them.
fn concepts(request: &Request) -> Vec<Concept> {
    let mut all = Vec::new();
    for concept in request.concepts.iter().chain([&request.main]) {
        if !all.contains(concept) {
            all.push(*concept);
        }
    }
    all
}

/// In how many options two states differ.
fn distance(a: &Assignment, b: &Assignment) -> usize {
    a.iter().zip(b).filter(|(a, b)| a != b).count()
}

/// The parties of a model.
fn parties(model: &Model) -> Vec<PartyId> {
    model.party_ids().collect()
}
