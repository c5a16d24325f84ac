#![doc = include_str!("stackelberg.md")]

use detente_model::PartyId;

use super::{limited_move, nash};
use crate::{Budget, Conflict, StateSet, Stop};

/// The page that explains the concept.
pub(crate) const PAGE: &str = include_str!("stackelberg.md");

/// How many moves the leader looks ahead.
pub(super) const LEADER_HORIZON: u32 = 2;

/// For the leader the states that it expects not to leave, for everybody else the Nash-stable ones.
pub(super) fn stable_states(
    conflict: &Conflict<'_>,
    leader: PartyId,
    budget: &Budget,
) -> Result<Vec<StateSet>, Stop> {
    let ahead = limited_move::stable_states(conflict, LEADER_HORIZON, budget)?;
    Ok(conflict
        .graph()
        .party_ids()
        .zip(ahead)
        .map(|(p, ahead)| {
            if p == leader {
                ahead
            } else {
                nash::stable_states(conflict, p)
            }
        })
        .collect())
}
