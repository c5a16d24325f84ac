//! Looking a number of moves ahead, with at most two parties that can move.
//!
//! `G(0, i, s) = s`. `G(h, i, s)` is where party `i`, to move at `s`, expects play to end when both
//! sides look `h` moves ahead: `i` considers where `G(h - 1, j, .)` leads from each of its moves,
//! takes the best, and moves only when that is better for it than `s`.

use detente_model::PartyId;

use super::movers;
use crate::graph::Moves;
use crate::reach::Step;
use crate::{Budget, Conflict, Ranking, StateId, Stop};

/// A party that can move.
struct Side<'a> {
    party: PartyId,
    moves: &'a Moves,
    ranking: &'a Ranking,
}

/// For each side, where it expects play to end from each state at which it is to move.
pub(super) type Ends = [Vec<StateId>; 2];

/// The two sides of a conflict.
pub(super) struct Sides<'a> {
    both: Vec<Side<'a>>,
    states: usize,
    work_per_horizon: u64,
}

impl<'a> Sides<'a> {
    /// The parties that can move; those after the second are left out.
    pub(super) fn new(conflict: &Conflict<'a>) -> Self {
        let both: Vec<_> = movers(conflict.graph())
            .into_iter()
            .take(2)
            .map(|party| Side {
                party,
                moves: conflict.graph().moves(party),
                ranking: conflict.ranking(party),
            })
            .collect();
        let states = conflict.graph().states();
        let work_per_horizon = (conflict.graph().total_moves() + 2 * states).max(1) as u64;
        Self {
            both,
            states,
            work_per_horizon,
        }
    }

    /// Which side a party is, `None` when it cannot move.
    pub(super) fn side_of(&self, party: PartyId) -> Option<usize> {
        self.both.iter().position(|side| side.party == party)
    }

    /// Where everybody expects to end without looking ahead: where it is.
    pub(super) fn start(&self) -> Ends {
        let here: Vec<StateId> = (0..self.states as u32).map(StateId).collect();
        [here.clone(), here]
    }

    /// How many horizons the budget allows.
    pub(super) fn horizons(&self, budget: &Budget) -> u64 {
        budget.max_steps / self.work_per_horizon
    }

    /// Looks one move further ahead.
    pub(super) fn further(&self, ends: &Ends, budget: &Budget) -> Result<Ends, Stop> {
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let mut next = self.start();
        for (side, after) in next.iter_mut().enumerate() {
            for end in after.iter_mut() {
                if let Some((_, expected)) = self.choice(side, *end, ends) {
                    *end = expected;
                }
            }
        }
        Ok(next)
    }

    /// Where the side moves from a state and where that is expected to end, when the other side
    /// expects `ends`; `None` when it stays. Of several moves with the same end, the lowest.
    fn choice(&self, side: usize, from: StateId, ends: &Ends) -> Option<(StateId, StateId)> {
        let Side { moves, ranking, .. } = self.both.get(side)?;
        let other = ends.get(1 - side)?;
        let (to, end) = moves
            .from(from)
            .iter()
            .rev()
            .filter_map(|&to| Some((to, *other.get(to.index())?)))
            .max_by_key(|(_, end)| ranking.rank(*end))?;
        ranking.prefers(end, from).then_some((to, end))
    }

    /// The expectations for the horizons 0 to `horizon`.
    pub(super) fn up_to(&self, horizon: u64, budget: &Budget) -> Result<Vec<Ends>, Stop> {
        let limit = (budget.max_moves / self.states.max(1) as u64).min(self.horizons(budget));
        if horizon > limit {
            return Err(Stop::Limit {
                what: "moves looked ahead",
                limit,
            });
        }
        let mut all = vec![self.start()];
        for _ in 0..horizon {
            if let Some(last) = all.last() {
                let next = self.further(last, budget)?;
                all.push(next);
            }
        }
        Ok(all)
    }

    /// The moves that are expected when the side is to move at a state and everybody looks
    /// `all.len() - 1` moves ahead, and where they end.
    pub(super) fn play(&self, side: usize, from: StateId, all: &[Ends]) -> (Vec<Step>, StateId) {
        let (mut side, mut at) = (side, from);
        let mut steps = Vec::new();
        // The longest horizon is the one being judged: the first choice looks at the one before it.
        for ends in all.iter().rev().skip(1) {
            let Some((to, _)) = self.choice(side, at, ends) else {
                break;
            };
            if let Some(Side { party, .. }) = self.both.get(side) {
                steps.push(Step {
                    party: *party,
                    from: at,
                    to,
                });
            }
            at = to;
            side = 1 - side;
        }
        (steps, at)
    }
}
