//! Ways with as few unwanted steps as can be.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::ActorStep;
use super::obstacle::{RouteLeg, unwanted};
use super::steps::Steps;
use crate::{Budget, Conflict, StateId, StateSet, Stop};

/// After how many situations to look whether the user asked to stop.
const CHECK_EVERY: usize = 1 << 14;

/// Not reached, no parent.
const NONE: u32 = u32::MAX;

/// The legal sequences with the fewest unwanted steps to every situation. Those among them with equally
/// many are the shortest.
pub(super) struct Routes {
    states: usize,
    /// For every situation the unwanted steps and the steps to it; [`NONE`] where it is not reached. The
    /// last entry is the start, where nobody has moved.
    cost: Vec<(u32, u32)>,
    parent: Vec<u32>,
}

impl Routes {
    /// Searches from the start, the cheapest situations first.
    pub(super) fn new(
        conflict: &Conflict<'_>,
        start: StateId,
        steps: &Steps<'_>,
        budget: &Budget,
    ) -> Result<Self, Stop> {
        let (graph, states) = (conflict.graph(), steps.states());
        let limit = u64::from(NONE - 1);
        let root = states
            .checked_mul(steps.actors.len())
            .filter(|n| (*n as u64) < limit)
            .ok_or(Stop::Limit {
                what: "pairs of a state and a last mover",
                limit,
            })?;
        let mut cost = vec![(NONE, NONE); root + 1];
        let mut parent = vec![NONE; root + 1];
        let mut heap = BinaryHeap::new();
        if start.index() < states {
            cost[root] = (0, 0);
            heap.push(Reverse(((0_u32, 0_u32), root as u32)));
        }
        let mut done = 0;
        while let Some(Reverse((at, node))) = heap.pop() {
            if cost[node as usize] != at {
                continue;
            }
            done += 1;
            if done % CHECK_EVERY == 0 && budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            let (last, state) = if node as usize == root {
                (usize::MAX, start)
            } else {
                let place = node as usize;
                (place / states, StateId((place % states) as u32))
            };
            let mut offer = |actor: usize, to: StateId, unwanted: u32| {
                let key = actor * states + to.index();
                let offered = (at.0 + unwanted, at.1 + 1);
                if offered < cost[key] {
                    cost[key] = offered;
                    parent[key] = node;
                    heap.push(Reverse((offered, key as u32)));
                }
            };
            for actor in (0..steps.actors.len()).filter(|a| *a != last) {
                for &to in steps.from(actor, state) {
                    offer(actor, to, 0);
                }
            }
            for party in graph.party_ids().filter(|p| p.index() != last) {
                for &to in graph.moves(party).from(state) {
                    if !conflict.improves(party, state, to) {
                        offer(party.index(), to, 1);
                    }
                }
            }
        }
        Ok(Self {
            states,
            cost,
            parent,
        })
    }

    /// The best route to a target.
    pub(super) fn to(
        &self,
        conflict: &Conflict<'_>,
        steps: &Steps<'_>,
        start: StateId,
        target: &StateSet,
    ) -> Option<Vec<RouteLeg>> {
        let key = |actor: usize, state: StateId| actor * self.states + state.index();
        let ends = target.iter().flat_map(|state| {
            let actors = 0..steps.actors.len();
            actors.map(move |a| (state, a))
        });
        let (_, state, actor) = ends
            .filter_map(|(s, a)| Some((*self.cost.get(key(a, s))?, s, a)))
            .filter(|(cost, ..)| cost.0 != NONE)
            .min()?;
        let root = self.cost.len() - 1;
        let mut legs = Vec::new();
        let mut node = key(actor, state);
        while node != root {
            let (actor, to) = (node / self.states, StateId((node % self.states) as u32));
            let before = *self.parent.get(node)? as usize;
            let from = if before == root {
                start
            } else {
                StateId((before % self.states) as u32)
            };
            let unwanted = match steps.actors.get(actor)?.as_slice() {
                [party] => unwanted(conflict, *party, from, to),
                _ => None,
            };
            legs.push(RouteLeg {
                step: ActorStep { actor, from, to },
                unwanted,
            });
            node = before;
        }
        legs.reverse();
        Some(legs)
    }
}
