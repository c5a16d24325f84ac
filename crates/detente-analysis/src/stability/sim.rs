#![doc = include_str!("sim.md")]

use detente_model::PartyId;

use super::simultaneous::{Combinations, others_at};
use super::verdict::{Fate, ImprovementFate};
use super::{kernel, seq, simultaneous};
use crate::concept::Settings;
use crate::reach::StepRule;
use crate::{Budget, Conflict, StateId, StateSet, Stop};

/// The page that explains the concept.
pub(crate) const PAGE: &str = include_str!("sim.md");

/// For each party, the states at which each of its improvements is blocked by improvements of all
/// others that are sequentially unstable.
pub(super) fn stable_states(
    conflict: &Conflict<'_>,
    settings: &Settings,
    budget: &Budget,
) -> Result<Vec<StateSet>, Stop> {
    let tables = super::sanction_tables(
        conflict,
        StepRule::Improvements,
        &[seq::RULE],
        settings,
        budget,
    )?;
    let unstable = |party: PartyId, state: StateId| {
        let set = tables.first().and_then(|sets| sets.get(party.index()));
        set.is_some_and(|set| !set.contains(state))
    };
    simultaneous::stable_states(conflict, settings, false, budget, unstable)
}

/// What becomes of every improvement of a party from a state.
pub(super) fn fates(
    conflict: &Conflict<'_>,
    party: PartyId,
    state: StateId,
    settings: &Settings,
    budget: &Budget,
) -> Result<Vec<ImprovementFate>, Stop> {
    let unstable = |party: PartyId, state: StateId| {
        kernel::fates(conflict, party, state, seq::RULE, settings)
            .iter()
            .any(|fate| matches!(fate.fate, Fate::Open { .. }))
    };
    let others = others_at(conflict, party, state, &unstable);
    match Combinations::new(conflict, settings, false, budget) {
        Some(mut combinations) => combinations.fates(party, state, &others),
        None => Ok(Vec::new()),
    }
}
