//! From which situations a target can still be reached.

use crate::graph::Moves;
use crate::{Budget, StateId, StateSet, Stop};

/// After how many situations to look whether the user asked to stop.
const CHECK_EVERY: usize = 1 << 14;

/// Whose next steps lead from a state towards the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doors {
    /// Nobody's.
    None,
    /// Those of one actor alone.
    One(u32),
    /// Those of several actors.
    More,
}

/// From which situations a target can be reached by legal sequences. A target counts as reached in the
/// states that belong to it.
pub(super) struct Open {
    target: StateSet,
    doors: Vec<Doors>,
}

impl Open {
    /// Goes back from the target, every step once. `backwards` are the steps of each actor backwards.
    pub(super) fn new(
        backwards: &[Moves],
        target: &StateSet,
        budget: &Budget,
    ) -> Result<Self, Stop> {
        let actors = backwards.len() as u32;
        let mut doors = vec![Doors::None; target.states()];
        // Arrivals, by an actor at a state, from which the target is reached: each is listed once.
        let mut arrivals: Vec<(StateId, u32)> = target
            .iter()
            .flat_map(|t| (0..actors).map(move |a| (t, a)))
            .collect();
        let mut done = 0;
        while let Some((to, actor)) = arrivals.pop() {
            done += 1;
            if done % CHECK_EVERY == 0 && budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            let Some(moves) = backwards.get(actor as usize) else {
                continue;
            };
            for &from in moves.from(to) {
                let Some(door) = doors.get_mut(from.index()) else {
                    continue;
                };
                let counted = target.contains(from);
                match *door {
                    Doors::None => {
                        *door = Doors::One(actor);
                        if !counted {
                            let others = (0..actors).filter(|a| *a != actor);
                            arrivals.extend(others.map(|a| (from, a)));
                        }
                    }
                    Doors::One(first) if first != actor => {
                        *door = Doors::More;
                        if !counted {
                            arrivals.push((from, first));
                        }
                    }
                    Doors::One(_) | Doors::More => {}
                }
            }
        }
        Ok(Self {
            target: target.clone(),
            doors,
        })
    }

    /// Whether the target can be reached from a state when `last` moved last; `None` when nobody did.
    pub(super) fn from(&self, state: StateId, last: Option<usize>) -> bool {
        self.target.contains(state)
            || match self.doors.get(state.index()) {
                None | Some(Doors::None) => false,
                Some(Doors::One(door)) => last != Some(*door as usize),
                Some(Doors::More) => true,
            }
    }
}
