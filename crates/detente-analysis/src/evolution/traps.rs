//! Where a target is lost for good, and by which step.

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
    /// The states that are reached from the start in a way after which the target can no longer be
    /// reached, ascending.
    pub traps: Vec<Trap>,
    /// The steps that lose it: before each the target could still be reached, after it no longer.
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
    /// Whether the target is lost there however the state was reached. Otherwise it is lost only after
    /// certain last movers, because nobody may move twice in succession; that does not happen where
    /// two moves of a party in a row are one move.
    pub always: bool,
    /// Whether no moves at all lead from it to the target, wanted or not, whoever moves first.
    pub irreversible: bool,
    /// On a shortest way into it, the step by which the target was lost: the point of no return.
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
    // For each node of the tree, the step by which the target was lost on the way to it.
    let mut lost_by: Vec<Option<ActorStep>> = vec![None];
    let mut at: Vec<StateId> = vec![start];
    let mut order: Vec<StateId> = vec![start];
    let mut first_of: Vec<Option<ActorStep>> = vec![None; states];
    let mut kept = StateSet::empty(states);
    let mut ordered = StateSet::empty(states);
    let mut arrived: Vec<StateSet> = vec![StateSet::empty(states); steps.actors.len()];
    kept.insert(start);
    ordered.insert(start);
    for (actor, state, parent) in evolution.tree().arrivals() {
        let before = lost_by.get(parent).copied().flatten();
        let lost = if before.is_some() {
            before
        } else if open.from(state, Some(actor)) {
            None
        } else {
            at.get(parent).map(|&from| ActorStep {
                actor,
                from,
                to: state,
            })
        };
        match (lost, first_of.get_mut(state.index())) {
            (Some(_), Some(first @ None)) => *first = lost,
            (None, _) => {
                kept.insert(state);
            }
            _ => {}
        }
        if ordered.insert(state) {
            order.push(state);
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
            always: !kept.contains(state),
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
        for (actor, count) in found.crossings_by_actor.iter_mut().enumerate() {
            let reached_open = from == start && open.from(from, None)
                || arrived.iter().enumerate().any(|(last, set)| {
                    last != actor && set.contains(from) && open.from(from, Some(last))
                });
            if !reached_open {
                continue;
            }
            for &to in steps.from(actor, from) {
                if !open.from(to, Some(actor)) {
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
