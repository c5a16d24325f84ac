//! One verdict with its witness.

use detente_model::PartyId;

use super::error::ConceptError;
use super::verdict::{Fate, Verdict};
use super::{kernel, limited_move, nash, non_myopic, sim, sim_one_sided, stackelberg};
use crate::concept::{Concept, Settings};
use crate::reach::{Reach, StepRule};
use crate::{Budget, Conflict, StateId};

/// Says whether a state is stable for a party under a concept, and why.
///
/// The answer is the same as in the table of [`analyze`](super::analyze()), found by a search of its
/// own. Of several witnesses it is a shortest one, and among those the first by party and state.
///
/// # Errors
///
/// Refuses a concept that does not apply and parties and states that do not exist, and stops when
/// the budget is used up.
pub fn explain(
    conflict: &Conflict<'_>,
    concept: Concept,
    settings: &Settings,
    party: PartyId,
    state: StateId,
    budget: &Budget,
) -> Result<Verdict, ConceptError> {
    concept.check(conflict)?;
    ConceptError::check_place(conflict.graph(), party, state)?;
    Reach::opponents(conflict, party, StepRule::Moves)
        .with_sequences(settings.sequences)
        .fits(budget)?;
    let ahead = match concept {
        Concept::LimitedMove(horizon) => Some(u64::from(horizon)),
        Concept::NonMyopic => Some(non_myopic::deciding_horizon(
            conflict, party, state, budget,
        )?),
        Concept::Stackelberg(leader) if leader == party => {
            Some(u64::from(stackelberg::LEADER_HORIZON))
        }
        _ => None,
    };
    if let Some(horizon) = ahead {
        let (improvements, anticipation) =
            limited_move::looking_ahead(conflict, party, state, horizon, budget)?;
        let stable = anticipation.end == state;
        let anticipation = Some(anticipation);
        return Ok(Verdict {
            party,
            state,
            concept,
            stable,
            improvements,
            anticipation,
        });
    }
    let improvements = match (kernel::rule(concept), concept) {
        (Some(rule), _) => kernel::fates(conflict, party, state, rule, settings),
        (None, Concept::Sim) => sim::fates(conflict, party, state, settings, budget)?,
        (None, Concept::SimOneSided) => {
            sim_one_sided::fates(conflict, party, state, settings, budget)?
        }
        (None, _) => nash::fates(conflict, party, state),
    };
    let stable = improvements
        .iter()
        .all(|i| matches!(i.fate, Fate::Sanctioned { .. }));
    Ok(Verdict {
        party,
        state,
        concept,
        stable,
        improvements,
        anticipation: None,
    })
}
