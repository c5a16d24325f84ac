//! Where a target is lost for good, and by which step.
//!
//! Whether a target can still be reached is judged state by state, as if nobody had moved before: what is
//! lost is lost whoever takes the next step. Where two moves of a party in a row are one move, as in most
//! option forms, nothing is regained once it is lost.

use super::ActorStep;
use super::open::Open;
use super::steps::Steps;
use crate::status_quo::Evolution;
use crate::{Budget, StateId, StateSet, Stop};

/// How many steps that lose the target are listed for one target and way, at most; all are counted.
pub const MOST_CROSSINGS: usize = 1000;

/// After how many states to look whether the user asked to stop.
const CHECK_EVERY: usize = 1 << 12;

/// Where a target is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traps {
    /// The states that are reached from the start, and from which no legal sequence leads to the target,
    /// ascending.
    pub traps: Vec<Trap>,
    /// The steps that lose it: from the state before, the target can be reached, from the state after, no
    /// longer; the mover is in turn after some legal sequence from the start.
    /// Those from the nearest states first, [`MOST_CROSSINGS`] of them at most.
    pub crossings: Vec<ActorStep>,
    /// How many such steps each actor has; listed or not.
    pub crossings_by_actor: Vec<usize>,
}

impl Traps {
    /// How many steps lose the target, listed or not.
    pub fn all_crossings(&self) -> usize {
        self.crossings_by_actor.iter().sum()
    }
}

/// A state from which the target can no longer be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trap {
    /// The state.
    pub state: StateId,
    /// Whether no moves at all lead from it to the target, wanted or not, whoever moves first.
    pub irreversible: bool,
    /// The point of no return: on a shortest way from the start to it, the step after the last state
    /// from which the target could be reached.
    pub entry: ActorStep,
}

/// Finds the traps of one target. The target must be reachable from the start.
pub(super) fn find(
    evolution: &Evolution,
    steps: &Steps<'_>,
    open: &Open,
    free: &Open,
    budget: &Budget,
) -> Result<Traps, Stop> {
    let states = steps.states();
    let start = evolution.start();
    // For each node of the tree from which it is lost, the step by which it was lost on the way there.
    let mut lost_by: Vec<Option<ActorStep>> = vec![None];
    let mut at: Vec<StateId> = vec![start];
    let mut order: Vec<StateId> = vec![start];
    let mut first_of: Vec<Option<ActorStep>> = vec![None; states];
    let mut ordered = StateSet::empty(states);
    let mut arrived: Vec<StateSet> = vec![StateSet::empty(states); steps.actors.len()];
    ordered.insert(start);
    for (actor, state, parent) in evolution.tree().arrivals() {
        let before = at.get(parent).copied().unwrap_or(start);
        let lost = if open.from(state, None) {
            None
        } else if open.from(before, None) {
            let from = before;
            Some(ActorStep {
                actor,
                from,
                to: state,
            })
        } else {
            lost_by.get(parent).copied().flatten()
        };
        if ordered.insert(state) {
            order.push(state);
            if let Some(first) = first_of.get_mut(state.index()) {
                *first = lost;
            }
        }
        if let Some(set) = arrived.get_mut(actor) {
            set.insert(state);
        }
        lost_by.push(lost);
        at.push(state);
    }
    let traps = (0..states as u32).map(StateId).zip(&first_of);
    let traps = traps.filter_map(|(state, entry)| {
        Some(Trap {
            state,
            irreversible: !free.from(state, None),
            entry: (*entry)?,
        })
    });
    let mut found = Traps {
        traps: traps.collect(),
        crossings: Vec::new(),
        crossings_by_actor: vec![0; steps.actors.len()],
    };
    for (done, from) in order.into_iter().enumerate() {
        if done % CHECK_EVERY == 0 && budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        if !open.from(from, None) {
            continue;
        }
        for (actor, count) in found.crossings_by_actor.iter_mut().enumerate() {
            let in_turn = from == start
                || (0..)
                    .zip(&arrived)
                    .any(|(last, set)| last != actor && set.contains(from));
            if !in_turn {
                continue;
            }
            for &to in steps.from(actor, from) {
                if !open.from(to, None) {
                    *count += 1;
                    if found.crossings.len() < MOST_CROSSINGS {
                        found.crossings.push(ActorStep { actor, from, to });
                    }
                }
            }
        }
    }
    Ok(found)
}
