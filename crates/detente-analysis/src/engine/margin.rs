//! How far states are from being unstable.

use detente_model::PartyId;

use super::arena::Holding;
use super::rank::{LANES, Lanes, Rank};
use crate::{Concept, StateId};

/// For one concept, how far each state is from being unstable for each party.
///
/// The margin of a state is the party's rank of it minus the largest
/// `min(rank(s1), sigma(s1))` over the party's moves `s1` from it, where `sigma(s1)` is the level to which
/// the opponents can bring the party after `s1` under the concept (no limit under Nash stability).
/// It is counted in steps of the party's ranking over the feasible states, ties being one step. The
/// state is stable exactly when the margin is 0 or more; a margin of 0 breaks as soon as one state
/// moves up by a step. `None`: the party cannot leave the state, which therefore never breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarginTable {
    /// The concept.
    pub concept: Concept,
    margins: Vec<Vec<Option<i64>>>,
}

impl MarginTable {
    pub(crate) fn new(concept: Concept, margins: Vec<Vec<Option<i64>>>) -> Self {
        Self { concept, margins }
    }

    /// The margin of a state for a party; `None` when the party cannot leave it, or when there is no
    /// such party or state.
    pub fn margin(&self, party: PartyId, state: StateId) -> Option<i64> {
        *self.margins.get(party.index())?.get(state.index())?
    }

    /// The margins of all states for a party, ascending by state; `None` when there is no such party.
    pub fn of(&self, party: PartyId) -> Option<&[Option<i64>]> {
        self.margins.get(party.index()).map(Vec::as_slice)
    }
}

/// Replaces every row by the largest value over the rows that the party can move to, without the row
/// itself; 0 where there is none. `second` is scratch room.
pub(crate) fn best_elsewhere<T: Rank>(
    holding: &Holding,
    rows: &mut [Lanes<T>],
    second: &mut Vec<Lanes<T>>,
) {
    // The largest and the second largest value, equal ones counted, over the row and its moves.
    let own = rows.to_vec();
    second.clear();
    second.resize(rows.len(), [T::default(); LANES]);
    for bit in 0..holding.bits as usize {
        let one = 1_u64 << bit;
        let blocks = rows
            .chunks_exact_mut(2 << bit)
            .zip(second.chunks_exact_mut(2 << bit));
        for (top, second) in blocks {
            let (top_clear, top_set) = top.split_at_mut(1 << bit);
            let (second_clear, second_set) = second.split_at_mut(1 << bit);
            if holding.only_off & one != 0 {
                join(top_set, second_set, top_clear, second_clear);
            } else {
                join(top_clear, second_clear, top_set, second_set);
                if holding.only_on & one == 0 {
                    top_set.copy_from_slice(top_clear);
                    second_set.copy_from_slice(second_clear);
                }
            }
        }
    }
    for ((row, second), own) in rows.iter_mut().zip(second).zip(&own) {
        for ((top, second), own) in row.iter_mut().zip(second).zip(own) {
            if top == own {
                *top = *second;
            }
        }
    }
}

/// Joins the largest two values of disjoint sets of rows.
fn join<T: Rank>(
    top: &mut [Lanes<T>],
    second: &mut [Lanes<T>],
    other_top: &[Lanes<T>],
    other_second: &[Lanes<T>],
) {
    let mine = top.iter_mut().zip(second);
    for ((top, second), (ot, os)) in mine.zip(other_top.iter().zip(other_second)) {
        for lane in 0..LANES {
            let between = top[lane].min(ot[lane]);
            second[lane] = second[lane].max(os[lane]).max(between);
            top[lane] = top[lane].max(ot[lane]);
        }
    }
}
