#![doc = include_str!("nash.md")]

use detente_model::PartyId;

use super::kernel::leaves_by;
use super::verdict::ImprovementFate;
use crate::relation::{self, Simple};
use crate::{Conflict, StateId, StateSet};

/// The page that explains the concept.
pub(crate) const PAGE: &str = include_str!("nash.md");

/// The states from which the party has no improvement.
pub(super) fn stable_states(conflict: &Conflict<'_>, party: PartyId) -> StateSet {
    let mut stable = StateSet::empty(conflict.graph().states());
    for state in conflict.graph().state_ids() {
        if leaves_by(conflict, party, state).next().is_none() {
            stable.insert(state);
        }
    }
    stable
}

/// Every improvement; nothing stops any of them.
pub(super) fn fates(
    conflict: &Conflict<'_>,
    party: PartyId,
    state: StateId,
) -> Vec<ImprovementFate> {
    relation::kernel::open(conflict.graph(), &Simple::new(conflict), party, state)
}
