//! The least value over everything that can be reached, for all states at once.
//!
//! Under the rule of legal sequences the pairs of a state and a last mover form a graph. It is
//! condensed into its strongly connected components once; then any number of values are passed
//! through the condensation, each in one sweep. To keep the graph small, every pair has two nodes:
//! *arrival* (a mover has just reached the state) and *departure* (a mover is about to leave it), so
//! that every move is one edge, whoever moved before it. With `m` movers, `n` states and `e` moves that
//! makes `2 m n` nodes and `e + m (m - 1) n` edges.

use super::{Reach, SequenceRule};
use crate::graph::Moves;
use crate::{Budget, StateId, Stop};

/// No value, no state, no component.
const NONE: u32 = u32::MAX;

/// After how many nodes to look whether the user asked to stop.
const CHECK_EVERY: u32 = 1 << 16;

/// The least value of a set of states, where it is, and the least value elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lowest {
    value: u32,
    state: u32,
    elsewhere: u32,
}

impl Lowest {
    const EMPTY: Self = Self {
        value: NONE,
        state: NONE,
        elsewhere: NONE,
    };

    fn at(state: StateId, value: u32) -> Self {
        Self {
            value,
            state: state.0,
            elsewhere: NONE,
        }
    }

    /// The union of two sets.
    fn join(self, other: Self) -> Self {
        let (low, high) = if self.value <= other.value {
            (self, other)
        } else {
            (other, self)
        };
        let of_high = if low.state == high.state {
            high.elsewhere
        } else {
            high.value
        };
        Self {
            elsewhere: low.elsewhere.min(of_high),
            ..low
        }
    }

    /// The least value, `None` for the empty set.
    pub(crate) fn value(&self) -> Option<u32> {
        (self.value != NONE).then_some(self.value)
    }

    /// The least value at any state but the given one.
    pub(crate) fn value_except(&self, state: StateId) -> Option<u32> {
        let value = if self.state == state.0 {
            self.elsewhere
        } else {
            self.value
        };
        (value != NONE).then_some(value)
    }
}

/// The graph of what some parties can reach, prepared for passing values through it.
pub(crate) struct LowestReachable {
    states: usize,
    moves: Vec<Moves>,
    form: Form,
}

enum Form {
    Legal(Condensation),
    EachOnce,
}

impl LowestReachable {
    /// Collects the steps of the movers and condenses their graph.
    pub(crate) fn new(reach: &Reach<'_>, budget: &Budget) -> Result<Self, Stop> {
        let states = reach.conflict().graph().states();
        let mut moves = Vec::with_capacity(reach.movers().len());
        for &mover in reach.movers() {
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            moves.push(Moves::from_lists(reach.conflict().graph().state_ids().map(
                |s| {
                    let mut list = Vec::new();
                    reach.steps_of(mover, s, &mut list);
                    list
                },
            )));
        }
        // Who has no step at all changes nothing.
        moves.retain(|m| !m.is_empty());
        let form = match reach.sequences() {
            SequenceRule::Legal => Form::Legal(Condensation::new(states, &moves, budget)?),
            SequenceRule::EachOnce => Form::EachOnce,
        };
        Ok(Self {
            states,
            moves,
            form,
        })
    }

    /// For every state, the least of `values` over what can be reached from it by one or more steps.
    pub(crate) fn of(&self, values: &[u32], budget: &Budget) -> Result<Vec<Lowest>, Stop> {
        match &self.form {
            Form::Legal(condensation) => {
                condensation.pass(self.states, &self.moves, values, budget)
            }
            Form::EachOnce => self.each_once(values, budget),
        }
    }

    /// Goes through the sets of those who have moved, larger sets first.
    fn each_once(&self, values: &[u32], budget: &Budget) -> Result<Vec<Lowest>, Stop> {
        let movers = self.moves.len();
        let entries = sets_of_movers(movers, self.states, budget)?;
        let mut table = vec![Lowest::EMPTY; entries];
        for set in (0..1usize << movers).rev() {
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            for state in (0..self.states as u32).map(StateId) {
                let mut lowest = Lowest::EMPTY;
                for (k, moves) in self.moves.iter().enumerate() {
                    if set >> k & 1 == 1 {
                        continue;
                    }
                    for &to in moves.from(state) {
                        let after = table.get((set | 1 << k) * self.states + to.index());
                        lowest = lowest
                            .join(Lowest::at(to, value_at(values, to)))
                            .join(after.copied().unwrap_or(Lowest::EMPTY));
                    }
                }
                if let Some(entry) = table.get_mut(set * self.states + state.index()) {
                    *entry = lowest;
                }
            }
        }
        table.truncate(self.states);
        Ok(table)
    }
}

/// How many pairs of a state and a set of movers there are, if the budget allows that many.
pub(crate) fn sets_of_movers(movers: usize, states: usize, budget: &Budget) -> Result<usize, Stop> {
    u32::try_from(movers)
        .ok()
        .and_then(|m| 1usize.checked_shl(m))
        .and_then(|sets| sets.checked_mul(states.max(1)))
        .filter(|n| *n as u64 <= budget.max_moves)
        .ok_or(Stop::Limit {
            what: "states and sets of movers",
            limit: budget.max_moves,
        })
}

fn value_at(values: &[u32], state: StateId) -> u32 {
    values.get(state.index()).copied().unwrap_or(NONE)
}

/// The strongly connected components of the arrivals and departures. With `m` movers, arrival of
/// mover `k` at state `s` is node `k * states + s`, its departure from there is node
/// `(m + k) * states + s`.
struct Condensation {
    /// The component of each node; a component's number is larger than those that it leads to.
    component: Vec<u32>,
    /// The nodes, component after component.
    order: Vec<u32>,
}

/// Where the search stands at one node: the node, its block and state, and its next edge.
struct Frame {
    node: u32,
    block: u32,
    state: StateId,
    edge: u32,
}

/// The next node that an edge leads to, with its block and state.
fn edge_target(states: usize, moves: &[Moves], frame: &Frame) -> Option<(usize, u32, StateId)> {
    let movers = moves.len();
    let (block, edge) = (frame.block as usize, frame.edge as usize);
    if let Some(k) = block.checked_sub(movers) {
        let to = *moves.get(k)?.from(frame.state).get(edge)?;
        return Some((k * states + to.index(), k as u32, to));
    }
    let k = if edge < block { edge } else { edge + 1 };
    (k < movers).then(|| {
        (
            (movers + k) * states + frame.state.index(),
            (movers + k) as u32,
            frame.state,
        )
    })
}

impl Condensation {
    /// Tarjan's algorithm without recursion.
    fn new(states: usize, moves: &[Moves], budget: &Budget) -> Result<Self, Stop> {
        let limit = u64::from(u32::MAX - 1);
        let nodes = (2 * moves.len())
            .checked_mul(states)
            .filter(|n| *n as u64 <= limit)
            .ok_or(Stop::Limit {
                what: "pairs of a state and a party",
                limit,
            })?;
        let mut component = vec![NONE; nodes];
        let mut order = Vec::with_capacity(nodes);
        let mut index = vec![0u32; nodes];
        let mut low = vec![0u32; nodes];
        let mut stack: Vec<u32> = Vec::new();
        let mut frames: Vec<Frame> = Vec::new();
        let (mut visited, mut components) = (0u32, 0u32);
        for root in 0..nodes {
            if index[root] != 0 {
                continue;
            }
            let enter = |frames: &mut Vec<Frame>, node: usize, block: u32, state: StateId| {
                frames.push(Frame {
                    node: node as u32,
                    block,
                    state,
                    edge: 0,
                });
            };
            enter(
                &mut frames,
                root,
                (root / states) as u32,
                StateId((root % states) as u32),
            );
            visited += 1;
            index[root] = visited;
            low[root] = visited;
            stack.push(root as u32);
            while let Some(frame) = frames.last_mut() {
                let node = frame.node as usize;
                if let Some((to, block, state)) = edge_target(states, moves, frame) {
                    frame.edge += 1;
                    if index[to] == 0 {
                        visited += 1;
                        if visited.is_multiple_of(CHECK_EVERY) && budget.is_cancelled() {
                            return Err(Stop::Cancelled);
                        }
                        index[to] = visited;
                        low[to] = visited;
                        stack.push(to as u32);
                        enter(&mut frames, to, block, state);
                    } else if component[to] == NONE {
                        low[node] = low[node].min(index[to]);
                    }
                    continue;
                }
                frames.pop();
                if let Some(parent) = frames.last() {
                    let parent = parent.node as usize;
                    low[parent] = low[parent].min(low[node]);
                }
                if low[node] == index[node] {
                    while let Some(member) = stack.pop() {
                        component[member as usize] = components;
                        order.push(member);
                        if member as usize == node {
                            break;
                        }
                    }
                    components += 1;
                }
            }
        }
        Ok(Self { component, order })
    }

    /// Passes one value per state through the components, those that lead nowhere first.
    fn pass(
        &self,
        states: usize,
        moves: &[Moves],
        values: &[u32],
        budget: &Budget,
    ) -> Result<Vec<Lowest>, Stop> {
        let movers = moves.len();
        let components = self
            .order
            .last()
            .map_or(0, |&n| self.component[n as usize] as usize + 1);
        let mut lowest = vec![Lowest::EMPTY; components];
        for (done, &node) in (0u32..).zip(&self.order) {
            if done.is_multiple_of(CHECK_EVERY) && budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            let component = self.component[node as usize] as usize;
            let block = node / states as u32;
            let state = StateId(node % states as u32);
            let mut here = lowest[component];
            if (block as usize) < movers {
                here = here.join(Lowest::at(state, value_at(values, state)));
            }
            let mut frame = Frame {
                node,
                block,
                state,
                edge: 0,
            };
            while let Some((to, ..)) = edge_target(states, moves, &frame) {
                here = here.join(lowest[self.component[to] as usize]);
                frame.edge += 1;
            }
            lowest[component] = here;
        }
        Ok((0..states)
            .map(|state| {
                (movers..2 * movers).fold(Lowest::EMPTY, |sum, departure| {
                    sum.join(lowest[self.component[departure * states + state] as usize])
                })
            })
            .collect())
    }
}
