//! Breadth-first search over states and last movers.

use std::collections::HashSet;

use super::SequenceRule;
use crate::StateId;

/// No mover, no parent.
const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Node {
    state: StateId,
    mover: u32,
    parent: u32,
}

/// What a search saw, in the order in which it saw it. The first node is the start.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// The states reached by one or more steps, with repetitions, nearest first.
    pub(crate) fn reached(&self) -> impl Iterator<Item = StateId> + '_ {
        self.nodes.iter().skip(1).map(|n| n.state)
    }

    /// For every state, the first node at which it was reached.
    pub(crate) fn firsts(&self, states: usize) -> Vec<Option<u32>> {
        let mut firsts = vec![None; states];
        for (i, node) in self.nodes.iter().enumerate().skip(1) {
            if let Some(first @ None) = firsts.get_mut(node.state.index()) {
                *first = Some(i as u32);
            }
        }
        firsts
    }

    /// All steps of the tree: mover, state left, state reached.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (usize, StateId, StateId)> + '_ {
        self.nodes.iter().filter_map(|n| {
            let parent = self.nodes.get(n.parent as usize)?;
            Some((n.mover as usize, parent.state, n.state))
        })
    }

    /// The nodes after the start, nearest first: mover, state reached, and the node before. Node `i`
    /// of the tree is the one at place `i - 1` here.
    pub(crate) fn arrivals(&self) -> impl Iterator<Item = (usize, StateId, usize)> + '_ {
        let after_start = self.nodes.iter().skip(1);
        after_start.map(|n| (n.mover as usize, n.state, n.parent as usize))
    }

    /// The steps from the start to a node: mover, state left, state reached.
    pub(crate) fn path(&self, node: usize) -> Vec<(usize, StateId, StateId)> {
        let mut steps = Vec::new();
        let mut at = self.nodes.get(node);
        while let Some(n) = at {
            let parent = self.nodes.get(n.parent as usize);
            if let Some(p) = parent {
                steps.push((n.mover as usize, p.state, n.state));
            }
            at = parent;
        }
        steps.reverse();
        steps
    }
}

/// Which nodes were seen already.
enum Seen {
    /// One bit per mover and state.
    LastMover(Vec<u64>),
    /// Who has moved before, and the state.
    Moved(HashSet<(Vec<u64>, StateId)>),
}

/// Searches breadth first, movers and targets in ascending order, until a state reached by at least
/// one step satisfies `goal`. `steps` appends what one mover can do at a state. Returns the tree and
/// the node that satisfies the goal.
pub(crate) fn explore(
    states: usize,
    movers: usize,
    start: StateId,
    rule: SequenceRule,
    steps: &mut dyn FnMut(usize, StateId, &mut Vec<StateId>),
    goal: &mut dyn FnMut(StateId) -> bool,
) -> (Tree, Option<usize>) {
    let mut tree = Tree {
        nodes: vec![Node {
            state: start,
            mover: NONE,
            parent: NONE,
        }],
    };
    if start.index() >= states {
        return (tree, None);
    }
    let mut seen = match rule {
        SequenceRule::Legal => Seen::LastMover(vec![0; (states * movers).div_ceil(64)]),
        SequenceRule::EachOnce => Seen::Moved(HashSet::new()),
    };
    // Who has moved before each node, only when each may move once.
    let mut moved = vec![vec![0u64; movers.div_ceil(64)]];
    let mut targets = Vec::new();
    let mut next = 0;
    while let Some(&node) = tree.nodes.get(next) {
        for mover in 0..movers {
            let mut now_moved = Vec::new();
            match &seen {
                Seen::LastMover(_) if node.mover == mover as u32 => continue,
                Seen::LastMover(_) => {}
                Seen::Moved(_) => {
                    now_moved = moved.get(next).cloned().unwrap_or_default();
                    let bit = 1u64 << (mover % 64);
                    match now_moved.get_mut(mover / 64) {
                        Some(word) if *word & bit == 0 => *word |= bit,
                        _ => continue,
                    }
                }
            }
            targets.clear();
            steps(mover, node.state, &mut targets);
            for &state in &targets {
                let new = match &mut seen {
                    Seen::LastMover(bits) => {
                        let key = mover * states + state.index();
                        bits.get_mut(key / 64).is_some_and(|word| {
                            let new = *word >> (key % 64) & 1 == 0;
                            *word |= 1 << (key % 64);
                            new
                        })
                    }
                    Seen::Moved(set) => set.insert((now_moved.clone(), state)),
                };
                if !new {
                    continue;
                }
                tree.nodes.push(Node {
                    state,
                    mover: mover as u32,
                    parent: next as u32,
                });
                if matches!(seen, Seen::Moved(_)) {
                    moved.push(now_moved.clone());
                }
                if goal(state) {
                    let found = tree.nodes.len() - 1;
                    return (tree, Some(found));
                }
            }
        }
        next += 1;
    }
    (tree, None)
}
