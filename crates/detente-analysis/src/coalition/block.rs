//! Which coalitions can block an outcome.

use detente_model::PartyId;

use super::CoalitionConcept;
use super::STEPS;
use super::judge::CoalitionJudge;
use super::verdict::{CoalitionVerdict, CoalitionWitness};
use crate::meter::Meter;
use crate::{Budget, StateId, StateSet, Stop};

/// Who can lead away from the states of an outcome, and is not deterred from it.
///
/// A coalition *blocks* a state of the outcome when it has an improvement from there to a state
/// outside the outcome that is unanswered under the concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocking {
    /// The concept that says what is an answer.
    pub concept: CoalitionConcept,
    /// The states of the outcome, ascending, each with who blocks it.
    pub states: Vec<BlockedState>,
    /// The coalitions that block every state of the outcome and of which no smaller coalition within
    /// them does, smaller ones first. Empty for an outcome without states.
    pub whole: Vec<Vec<PartyId>>,
}

/// Who can lead away from one state of an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockedState {
    /// The state.
    pub state: StateId,
    /// The coalitions that block it and of which no smaller coalition within them does, smaller ones
    /// first. Each verdict lists only the improvements that lead out of the outcome.
    pub by: Vec<CoalitionVerdict>,
    /// The coalitions that would gladly leave the outcome, and that an answer to each such improvement
    /// deters. Each verdict lists only the improvements that lead out of the outcome.
    pub deterred: Vec<CoalitionVerdict>,
}

impl BlockedState {
    /// Whether anybody blocks it.
    pub fn is_blocked(&self) -> bool {
        !self.by.is_empty()
    }
}

/// Keeps the coalitions that contain none of the others.
pub(super) fn minimal(coalitions: &[Vec<PartyId>]) -> Vec<Vec<PartyId>> {
    let within =
        |a: &[PartyId], b: &[PartyId]| a.len() < b.len() && a.iter().all(|p| b.contains(p));
    coalitions
        .iter()
        .filter(|c| !coalitions.iter().any(|other| within(other, c)))
        .cloned()
        .collect()
}

/// Finds who blocks the states of an outcome. Under [`super::Semantics::Merged`] with a partition
/// only its parts are asked.
///
/// # Errors
///
/// Stops when the budget is cancelled or used up.
pub fn blocking(
    judge: &CoalitionJudge<'_>,
    outcome: &StateSet,
    concept: CoalitionConcept,
    budget: &Budget,
) -> Result<Blocking, Stop> {
    let mut states: Vec<BlockedState> = outcome
        .iter()
        .filter(|s| s.index() < judge.states())
        .map(|state| BlockedState {
            state,
            by: Vec::new(),
            deterred: Vec::new(),
        })
        .collect();
    let mut whole = Vec::new();
    let total = judge.coalitions().len();
    let mut meter = Meter::new(budget, STEPS);
    for coalition in 0..total {
        budget.report("coalitions", coalition as u64, total as u64);
        meter.check()?;
        meter.add(states.len() as u64)?;
        let Some(witness) = CoalitionWitness::new(judge, coalition, concept, budget)? else {
            continue;
        };
        let mut every = !states.is_empty();
        for place in &mut states {
            let leaves = |to: &StateId| !outcome.contains(*to);
            if !judge
                .improvements(coalition)
                .from(place.state)
                .iter()
                .any(leaves)
            {
                every = false;
                continue;
            }
            let mut verdict = witness.judge_state(place.state, &mut meter)?;
            verdict.improvements.retain(|i| leaves(&i.to));
            verdict.stable = verdict.improvements.iter().all(|i| !i.is_open());
            if verdict.stable {
                every = false;
                place.deterred.push(verdict);
            } else {
                place.by.push(verdict);
            }
        }
        if every {
            whole.push(judge.coalitions()[coalition].clone());
        }
    }
    for place in &mut states {
        let all: Vec<Vec<PartyId>> = place.by.iter().map(|v| v.members.clone()).collect();
        let least = minimal(&all);
        place.by.retain(|v| least.contains(&v.members));
    }
    Ok(Blocking {
        concept,
        states,
        whole: minimal(&whole),
    })
}
