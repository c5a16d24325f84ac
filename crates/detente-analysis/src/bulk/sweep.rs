//! What the opponents can bring a party to by improvements.

use detente_model::PartyId;

use super::lanes::Lanes;
use super::plan::Opponent;
use super::{Batch, Plan, Row};
use crate::StateId;

/// The search for the least values to which the opponents can bring a party by improvements.
pub(super) struct Sweep<'a, L, const V: usize> {
    pub(super) lanes: L,
    pub(super) plan: &'a Plan,
    pub(super) opponents: &'a [Opponent],
    /// Table after table, the values of each state.
    pub(super) values: &'a mut [[Row; V]],
    pub(super) lowered: &'a mut [bool],
}

impl<L: Lanes, const V: usize> Sweep<'_, L, V> {
    /// Goes through the improvements of one opponent after the other until nothing changes.
    #[inline(always)]
    pub(super) fn all(&mut self, batch: &Batch, tables: usize) {
        let states = self.plan.states();
        for opponent in self.opponents {
            let sets = self.plan.sides[opponent.party].own.len();
            self.lowered[opponent.party * states..][..sets].fill(true);
        }
        let mut quiet = 0;
        for opponent in self.opponents.iter().cycle() {
            if quiet >= self.opponents.len() {
                break;
            }
            let ranks = batch.rows(PartyId(opponent.party as u16));
            let changed = if tables == 1 {
                self.through(*opponent, ranks, 1)
            } else {
                self.through(*opponent, ranks, tables)
            };
            // Going through the same party again would change nothing.
            quiet = if changed { 1 } else { quiet + 1 };
        }
    }

    /// Lowers the values of each state to the least that one improvement of an opponent leads to, and says
    /// whether that changed anything.
    ///
    /// What a move leads to is read from the opponent's table, and lowers all tables in which the opponent
    /// may move next. In the common table two moves in a row are one move, so that it does not matter
    /// whether a state that a move leads to was lowered before or comes later. A state is passed over if
    /// no value on which it depends was lowered by another party since it was last looked at.
    #[inline(always)]
    fn through(&mut self, opponent: Opponent, ranks: &[Row], tables: usize) -> bool {
        let lanes = self.lanes;
        let states = ranks.len();
        let own = &self.plan.sides[opponent.party].own;
        let moves = &self.plan.moves[opponent.party];
        let top = lanes.load(&Row::splat(u16::MAX));
        let mut changed = false;
        for set in 0..own.len() {
            if !std::mem::take(&mut self.lowered[opponent.party * states + set]) {
                continue;
            }
            for &state in own.users.of(set) {
                let mine = lanes.load(&ranks[state as usize]);
                let mut least = [top; V];
                let table = &self.values[opponent.table * states..][..states];
                for to in moves.from(StateId(state)) {
                    let not_better = lanes.at_most(lanes.load(&ranks[to.index()]), mine);
                    let there = &table[to.index()];
                    for v in 0..V {
                        let value = lanes.or(lanes.load(&there[v]), not_better);
                        least[v] = lanes.min(least[v], value);
                    }
                }
                let mut changes = lanes.xor(mine, mine);
                for table in 0..tables {
                    if table > 0 && table == opponent.table {
                        continue;
                    }
                    let here = &mut self.values[table * states + state as usize];
                    for v in 0..V {
                        let before = lanes.load(&here[v]);
                        let now = lanes.min(before, least[v]);
                        changes = lanes.or(changes, lanes.xor(before, now));
                        here[v] = lanes.store(now);
                    }
                }
                if lanes.any(changes) {
                    changed = true;
                    self.tell(opponent, state as usize);
                }
            }
        }
        changed
    }

    /// Notes for the other opponents that the values of a state were lowered.
    #[inline(always)]
    fn tell(&mut self, by: Opponent, state: usize) {
        let states = self.plan.states();
        for other in self.opponents {
            if other.party != by.party {
                for set in self.plan.sides[other.party].own.holders.of(state) {
                    self.lowered[other.party * states + *set as usize] = true;
                }
            }
        }
    }
}
