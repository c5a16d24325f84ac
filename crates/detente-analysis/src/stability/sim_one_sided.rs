#![doc = include_str!("sim_one_sided.md")]

use detente_model::PartyId;

use super::simultaneous::{self, Combinations, others_at};
use super::verdict::ImprovementFate;
use crate::concept::Settings;
use crate::{Budget, Conflict, StateId, StateSet, Stop};

/// The page that explains the concept.
pub(crate) const PAGE: &str = include_str!("sim_one_sided.md");

/// For each party, the states at which each of its improvements is blocked by improvements of some
/// of the others.
pub(super) fn stable_states(
    conflict: &Conflict<'_>,
    settings: &Settings,
    budget: &Budget,
) -> Result<Vec<StateSet>, Stop> {
    simultaneous::stable_states(conflict, settings, true, budget, |_, _| true)
}

/// What becomes of every improvement of a party from a state.
pub(super) fn fates(
    conflict: &Conflict<'_>,
    party: PartyId,
    state: StateId,
    settings: &Settings,
    budget: &Budget,
) -> Result<Vec<ImprovementFate>, Stop> {
    let others = others_at(conflict, party, state, &|_, _| true);
    match Combinations::new(conflict, settings, true, budget) {
        Some(mut combinations) => combinations.fates(party, state, &others),
        None => Ok(Vec::new()),
    }
}
