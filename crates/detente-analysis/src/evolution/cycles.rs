//! Whether steps may run in a circle.

use std::collections::VecDeque;

use super::ActorStep;
use super::steps::Steps;
use crate::status_quo::Evolution;
use crate::{Budget, StateId, StateSet, Stop};

/// After how many situations to look whether the user asked to stop.
const CHECK_EVERY: u32 = 1 << 14;

/// No component.
const NONE: u32 = u32::MAX;

/// Steps that lead back to where they began, and may be taken again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// One such circle, as few steps as lead back to its first situation; that is the nearest to the
    /// start that lies on a circle.
    pub steps: Vec<ActorStep>,
    /// All states through which some circle that can be reached from the start passes.
    pub states: StateSet,
}

/// A situation other than the start: who moved last, and the state.
type Situation = (usize, StateId);

/// The legal steps out of a situation, one after the other.
struct Cursor {
    actor: usize,
    step: usize,
}

impl Cursor {
    const START: Self = Self { actor: 0, step: 0 };

    fn next(&mut self, steps: &Steps<'_>, (last, state): Situation) -> Option<Situation> {
        while self.actor < steps.actors.len() {
            if self.actor != last
                && let Some(&to) = steps.from(self.actor, state).get(self.step)
            {
                self.step += 1;
                return Some((self.actor, to));
            }
            self.actor += 1;
            self.step = 0;
        }
        None
    }
}

/// Looks for circles among the situations that are reached.
pub(super) fn find(
    evolution: &Evolution,
    steps: &Steps<'_>,
    budget: &Budget,
) -> Result<Option<Cycle>, Stop> {
    let states = steps.states();
    let reached: Vec<Situation> = evolution
        .tree()
        .arrivals()
        .map(|(actor, state, _)| (actor, state))
        .collect();
    let key = |(actor, state): Situation| actor * states + state.index();
    let (component, sizes) = components(steps, &reached, budget)?;
    let of = |situation: Situation| component.get(key(situation)).copied().unwrap_or(NONE);
    let on_circle = |situation: &Situation| {
        let size = sizes.get(of(*situation) as usize);
        size.is_some_and(|n| *n > 1)
    };
    let mut through = StateSet::empty(states);
    for (_, state) in reached.iter().copied().filter(on_circle) {
        through.insert(state);
    }
    let Some(&first) = reached.iter().find(|s| on_circle(s)) else {
        return Ok(None);
    };
    // Breadth first within the component, back to where it begins.
    let mut before: Vec<Option<Situation>> = vec![None; component.len()];
    let mut queue = VecDeque::from([first]);
    while let Some(situation) = queue.pop_front() {
        let mut cursor = Cursor::START;
        while let Some(next) = cursor.next(steps, situation) {
            if of(next) != of(first) {
                continue;
            }
            let Some(slot @ None) = before.get_mut(key(next)) else {
                continue;
            };
            *slot = Some(situation);
            queue.push_back(next);
            if next == first {
                queue.clear();
                break;
            }
        }
    }
    let mut back = Vec::new();
    let mut at = first;
    while let Some(Some(earlier)) = before.get(key(at)).copied() {
        back.push(ActorStep {
            actor: at.0,
            from: earlier.1,
            to: at.1,
        });
        at = earlier;
        if at == first {
            break;
        }
    }
    back.reverse();
    Ok(Some(Cycle {
        steps: back,
        states: through,
    }))
}

/// The strongly connected component of each situation that is reached, by Tarjan's algorithm without
/// recursion, and how many situations each has.
fn components(
    steps: &Steps<'_>,
    reached: &[Situation],
    budget: &Budget,
) -> Result<(Vec<u32>, Vec<u32>), Stop> {
    let states = steps.states();
    let limit = u64::from(NONE - 1);
    let nodes = states
        .checked_mul(steps.actors.len())
        .filter(|n| *n as u64 <= limit)
        .ok_or(Stop::Limit {
            what: "pairs of a state and a last mover",
            limit,
        })?;
    let key = |(actor, state): Situation| actor * states + state.index();
    let mut component = vec![NONE; nodes];
    let mut index = vec![0_u32; nodes];
    let mut low = vec![0_u32; nodes];
    let mut sizes = Vec::new();
    let mut stack: Vec<usize> = Vec::new();
    let mut frames: Vec<(Situation, Cursor)> = Vec::new();
    let mut visited = 0_u32;
    for &root in reached {
        if index[key(root)] != 0 {
            continue;
        }
        let mut entered = Some(root);
        loop {
            if let Some(situation) = entered.take() {
                visited += 1;
                if visited.is_multiple_of(CHECK_EVERY) && budget.is_cancelled() {
                    return Err(Stop::Cancelled);
                }
                index[key(situation)] = visited;
                low[key(situation)] = visited;
                stack.push(key(situation));
                frames.push((situation, Cursor::START));
            }
            let Some((situation, cursor)) = frames.last_mut() else {
                break;
            };
            let node = key(*situation);
            if let Some(next) = cursor.next(steps, *situation) {
                let to = key(next);
                if index[to] == 0 {
                    entered = Some(next);
                } else if component[to] == NONE {
                    low[node] = low[node].min(index[to]);
                }
                continue;
            }
            frames.pop();
            if let Some((parent, _)) = frames.last() {
                let parent = key(*parent);
                low[parent] = low[parent].min(low[node]);
            }
            if low[node] == index[node] {
                let mut size = 0;
                while let Some(member) = stack.pop() {
                    component[member] = sizes.len() as u32;
                    size += 1;
                    if member == node {
                        break;
                    }
                }
                sizes.push(size);
            }
        }
    }
    Ok((component, sizes))
}
