#![doc = include_str!("non_myopic.md")]

use detente_model::PartyId;

use super::horizon::{Ends, Sides};
use super::limited_move::unmoved;
use crate::equilibrium::Horizon;
use crate::{Budget, Conflict, StateId, StateSet, Stop};

/// The page that explains the concept.
pub(crate) const PAGE: &str = include_str!("non_myopic.md");

/// For each party, the states at which it expects to stay at every horizon of the cycle.
pub(super) fn stable_states(
    conflict: &Conflict<'_>,
    budget: &Budget,
) -> Result<(Vec<StateSet>, Horizon), Stop> {
    let sides = Sides::new(conflict);
    let (horizon, mut ends) = settle(&sides, budget)?;
    let states = conflict.graph().states();
    let mut stable = vec![StateSet::all(states); conflict.graph().parties()];
    for _ in 0..horizon.cycle {
        for (party, set) in conflict.graph().party_ids().zip(&mut stable) {
            set.intersect(&unmoved(conflict, &sides, party, &ends));
        }
        ends = sides.further(&ends, budget)?;
    }
    Ok((stable, horizon))
}

/// The horizon that decides about a party and a state: the first in the cycle at which the party
/// expects to leave, else the first of the cycle.
pub(super) fn deciding_horizon(
    conflict: &Conflict<'_>,
    party: PartyId,
    state: StateId,
    budget: &Budget,
) -> Result<u64, Stop> {
    let sides = Sides::new(conflict);
    let (horizon, mut ends) = settle(&sides, budget)?;
    let Some(side) = sides.side_of(party) else {
        return Ok(horizon.settles);
    };
    for h in horizon.settles..horizon.settles + horizon.cycle {
        let end = ends.get(side).and_then(|ends| ends.get(state.index()));
        if end.is_some_and(|end| *end != state) {
            return Ok(h);
        }
        ends = sides.further(&ends, budget)?;
    }
    Ok(horizon.settles)
}

/// Finds from which horizon on the expectations repeat, and the expectations there. Only two of them
/// are kept at a time (Brent's algorithm).
fn settle(sides: &Sides<'_>, budget: &Budget) -> Result<(Horizon, Ends), Stop> {
    let limit = sides.horizons(budget);
    let mut looked = 0;
    let mut further = |ends: &Ends| {
        looked += 1;
        if looked > limit {
            return Err(Stop::Limit {
                what: "moves looked ahead",
                limit,
            });
        }
        sides.further(ends, budget)
    };
    let first = further(&sides.start())?;
    let (mut power, mut cycle) = (1u64, 1u64);
    let mut slow = first.clone();
    let mut fast = further(&first)?;
    while slow != fast {
        if power == cycle {
            slow.clone_from(&fast);
            power *= 2;
            cycle = 0;
        }
        fast = further(&fast)?;
        cycle += 1;
    }
    let (mut slow, mut fast) = (first.clone(), first);
    for _ in 0..cycle {
        fast = further(&fast)?;
    }
    let mut settles = 1;
    while slow != fast {
        slow = further(&slow)?;
        fast = further(&fast)?;
        settles += 1;
    }
    Ok((Horizon { settles, cycle }, slow))
}
