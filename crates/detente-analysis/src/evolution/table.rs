//! The status-quo table: what is reached by how many steps, and who took the last one.

use super::steps::Steps;
use crate::{Budget, StateId, StateSet, Stop};

/// How many states the rows of one table list together, at most: those that are reached by exactly so
/// many steps and those by at most so many.
pub const MOST_CELLS: usize = 2_000_000;

/// The status-quo table of one way, after K. W. Li, D. M. Kilgour and K. W. Hipel, "Status quo analysis
/// in the graph model for conflict resolution" (2005): for every number of steps `k` and every actor the
/// states in which a legal sequence of `k` steps from the start can end with a step of that actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The rows for `k` = 1, 2, ... until nothing new is reached; none when there is no step at all. For
    /// `k` = 0 there is the start alone, and nobody has moved.
    pub rows: Vec<Row>,
    /// Whether these are all rows; otherwise the next one would have gone beyond [`MOST_CELLS`].
    pub complete: bool,
}

/// What is reached by one number of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// For each actor the states in which a legal sequence of exactly so many steps ends with a step of
    /// the actor, ascending.
    pub exactly: Vec<Vec<StateId>>,
    /// Those among them in which no shorter sequence ends with a step of the actor, ascending.
    pub new: Vec<Vec<StateId>>,
}

impl Table {
    /// For each actor the states in which a legal sequence of at least one and at most `steps` steps
    /// ends with a step of the actor, ascending.
    pub fn at_most(&self, steps: usize) -> Vec<Vec<StateId>> {
        let actors = self.rows.first().map_or(0, |row| row.new.len());
        let mut union: Vec<Vec<StateId>> = vec![Vec::new(); actors];
        for row in self.rows.iter().take(steps) {
            for (all, new) in union.iter_mut().zip(&row.new) {
                all.extend_from_slice(new);
            }
        }
        for all in &mut union {
            all.sort_unstable();
        }
        union
    }
}

/// Makes the table of one way.
pub(super) fn make(start: StateId, steps: &Steps<'_>, budget: &Budget) -> Result<Table, Stop> {
    let (states, actors) = (steps.states(), steps.actors.len());
    let mut table = Table {
        rows: Vec::new(),
        complete: true,
    };
    if start.index() >= states {
        return Ok(table);
    }
    let mut seen = vec![StateSet::empty(states); actors];
    let mut cells = 0_usize;
    loop {
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let mut next = vec![StateSet::empty(states); actors];
        for (actor, set) in next.iter_mut().enumerate() {
            let mut visit = |from: StateId| {
                for &to in steps.from(actor, from) {
                    set.insert(to);
                }
            };
            match table.rows.last() {
                None => visit(start),
                Some(row) => {
                    let mut sources = StateSet::empty(states);
                    for (last, list) in row.exactly.iter().enumerate() {
                        if last != actor {
                            for &state in list.iter().filter(|s| sources.insert(**s)) {
                                visit(state);
                            }
                        }
                    }
                }
            }
        }
        let new: Vec<Vec<StateId>> = next
            .iter()
            .zip(&mut seen)
            .map(|(set, seen)| set.iter().filter(|s| seen.insert(*s)).collect())
            .collect();
        if new.iter().all(Vec::is_empty) {
            return Ok(table);
        }
        let sets = next.iter().chain(&seen);
        cells = cells.saturating_add(sets.map(StateSet::len).sum());
        if cells > MOST_CELLS {
            table.complete = false;
            return Ok(table);
        }
        table.rows.push(Row {
            exactly: next.iter().map(|set| set.iter().collect()).collect(),
            new,
        });
    }
}
