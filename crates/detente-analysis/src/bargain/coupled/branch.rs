//! Which block is decided next.

use super::compile::{Problem, Side};
use super::node::{Node, Status};
use super::relax::{Bench, Direction, extremes, open_value};

/// What to do with a node.
pub(super) enum Choice {
    /// There is nothing in it.
    Nothing,
    /// These follow.
    Forced(Vec<Change>),
    /// All blocks are decided.
    Leaf,
    /// Two parts, the more promising first.
    Branch(Change, Change),
}

/// A decision.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change {
    /// Only packages in the block.
    Enter(usize),
    /// The block's status.
    Set(usize, Status),
    /// Only classes in the side's set, or only those outside.
    Split(Side, bool),
}

impl Change {
    /// Takes the decision.
    pub fn apply(self, problem: &Problem, node: &mut Node) {
        match self {
            Self::Enter(block) => node.enter(problem, block),
            Self::Set(block, status) => node.status[block] = status,
            Self::Split(side, within) => node.restrict(problem, side, within),
        }
    }
}

/// What two decisions on a block lower the bound by, at least.
struct Drops {
    first: (Change, f64),
    second: (Change, f64),
}

/// Chooses the block whose decision lowers the bound most on both sides. `best` is the bound, `least` what is
/// asked for; with `every` packages are told apart by each block.
pub(super) fn choose(
    problem: &Problem,
    direction: &Direction,
    node: &Node,
    bench: &Bench,
    best: f64,
    least: f64,
    every: bool,
) -> Choice {
    let slack = best - least;
    let tiny = direction.large * 1e-5;
    let mut forced = Vec::new();
    let mut chosen: Option<(f64, Drops)> = None;
    for (number, status) in node.status.iter().enumerate() {
        let value = open_value(direction, *status, number);
        let drops = match status {
            Status::Barred => split(problem, node, bench, number),
            Status::Open if value > 0.0 => pays(problem, node, bench, number, every),
            Status::Open if value < 0.0 => costs(problem, node, bench, number, -value, every),
            Status::Open if every => costs(problem, node, bench, number, 0.0, every),
            _ => continue,
        };
        match (drops.first.1 > slack, drops.second.1 > slack) {
            (true, true) => return Choice::Nothing,
            (true, false) => forced.push(drops.second.0),
            (false, true) => forced.push(drops.first.0),
            (false, false) => {}
        }
        let score = (drops.first.1 + tiny) * (drops.second.1 + tiny);
        if chosen.as_ref().is_none_or(|(s, _)| score > *s) {
            chosen = Some((score, drops));
        }
    }
    if !forced.is_empty() {
        return Choice::Forced(forced);
    }
    match chosen {
        None => Choice::Leaf,
        Some((_, drops)) if drops.first.1 <= drops.second.1 => {
            Choice::Branch(drops.first.0, drops.second.0)
        }
        Some((_, drops)) => Choice::Branch(drops.second.0, drops.first.0),
    }
}

/// A block that pays: enter it, or do without.
fn pays(problem: &Problem, node: &Node, bench: &Bench, number: usize, every: bool) -> Drops {
    let block = &problem.blocks[number];
    let (mut enter, mut leave) = (0.0, 0.0);
    for (side, share) in block.sides.iter().zip(&node.shares[0][block.first..]) {
        let (inside, outside) = extremes(problem, &node.domain, &bench.full, side.issue, side.mask);
        let best = bench.best[side.issue];
        enter += best - inside;
        if outside > f64::NEG_INFINITY {
            leave += best - outside.max(inside - share);
        }
    }
    let without = if every {
        Status::Barred
    } else {
        Status::Waived
    };
    Drops {
        first: (Change::Enter(number), enter),
        second: (Change::Set(number, without), leave),
    }
}

/// A block that costs: pay, or stay out.
fn costs(
    problem: &Problem,
    node: &Node,
    bench: &Bench,
    number: usize,
    cost: f64,
    every: bool,
) -> Drops {
    let block = &problem.blocks[number];
    let share = if cost > 0.0 {
        node.shares[0][block.first]
    } else {
        0.0
    };
    let (mut pay, mut stay, mut entered) = (cost - share, f64::INFINITY, 0.0);
    for side in &block.sides {
        let (inside, outside) = extremes(problem, &node.domain, &bench.full, side.issue, side.mask);
        let best = bench.best[side.issue];
        pay += best - inside.max(outside - share);
        entered += best - inside;
        stay = stay.min(best - outside);
    }
    let pays = if every {
        (Change::Enter(number), entered + cost - share)
    } else {
        (Change::Set(number, Status::Waived), pay)
    };
    Drops {
        first: pays,
        second: (Change::Set(number, Status::Barred), stay),
    }
}

/// A block that is left out: outside of it on the side where that is cheapest, or inside there.
fn split(problem: &Problem, node: &Node, bench: &Bench, number: usize) -> Drops {
    let block = &problem.blocks[number];
    let mut chosen = (block.sides[0], f64::INFINITY, 0.0);
    for side in &block.sides {
        let (inside, outside) = extremes(problem, &node.domain, &bench.full, side.issue, side.mask);
        let best = bench.best[side.issue];
        if best - outside < chosen.1 {
            chosen = (*side, best - outside, best - inside);
        }
    }
    Drops {
        first: (Change::Split(chosen.0, false), chosen.1),
        second: (Change::Split(chosen.0, true), chosen.2),
    }
}
