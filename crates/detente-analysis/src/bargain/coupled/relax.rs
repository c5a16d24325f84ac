//! The most that packages can be worth in one direction: each block's worth is split between its issues, so that
//! issue by issue the best class can be taken.
//!
//! A block pays when all of its sides hold, hence no more than any split of its worth pays for the sides that do.
//! Every split gives a bound; better ones are found side by side, by giving each block the split that is
//! best while all others stay (block coordinate descent on the dual of the linear relaxation; A. Globerson,
//! T. Jaakkola, "Fixing max-product", NIPS 2007). Numbers are floats; what they decide is only which packages
//! need not be looked at, with a margin for rounding, and never what a package is worth.

use super::compile::{Effect, Problem};
use super::node::{Node, Status};

/// A direction: how much one unit counts for each voice.
#[derive(Debug, Clone)]
pub(super) struct Direction {
    /// The weights, none negative.
    pub weights: Vec<f64>,
    /// The value of each class.
    pub classes: Vec<f64>,
    /// The value of each block; nothing for those that forbid.
    pub blocks: Vec<f64>,
    /// The value of every package's base.
    pub base: f64,
    /// More than all roundings together.
    pub margin: f64,
    /// More than what all packages differ by.
    pub large: f64,
}

impl Direction {
    /// The values of everything in this direction.
    pub fn new(problem: &Problem, weights: &[f64]) -> Self {
        let value = |worth: &[i128]| -> f64 {
            let parts = worth.iter().zip(weights);
            parts.map(|(units, weight)| *units as f64 * weight).sum()
        };
        let mut classes = Vec::with_capacity(problem.classes);
        let mut scale = 1.0;
        for issue in &problem.issues {
            let values: Vec<f64> = issue.worth.iter().map(|w| value(w)).collect();
            scale += values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
            classes.extend(values);
        }
        let blocks: Vec<f64> = problem
            .blocks
            .iter()
            .map(|b| match b.effect {
                Effect::Pays(voice, units) => units as f64 * weights[voice],
                Effect::Forbids => 0.0,
            })
            .collect();
        scale += blocks.iter().map(|v| v.abs()).sum::<f64>();
        let base = value(&problem.base);
        scale += base.abs();
        let additions = (problem.sides + problem.issues.len() + 64) as f64;
        Self {
            weights: weights.to_vec(),
            classes,
            blocks,
            base,
            margin: additions * 256.0 * f64::EPSILON * scale,
            large: scale,
        }
    }

    /// The value of a worth.
    pub fn value(&self, worth: &[i128]) -> f64 {
        let parts = worth.iter().zip(&self.weights);
        parts.map(|(units, weight)| *units as f64 * weight).sum()
    }
}

/// Numbers of a bound that are kept to spare allocations.
#[derive(Debug, Clone, Default)]
pub(super) struct Bench {
    /// For each class what it is worth with all shares.
    pub full: Vec<f64>,
    /// For each issue the best of that.
    pub best: Vec<f64>,
}

/// The best inside and outside a side's set, among the classes still open.
#[inline]
pub(super) fn extremes(
    problem: &Problem,
    domain: &[u64],
    full: &[f64],
    issue: usize,
    mask: usize,
) -> (f64, f64) {
    let issue = &problem.issues[issue];
    let (mut inside, mut outside) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for word in 0..issue.words {
        let set = problem.masks[mask + word];
        let mut open = domain[issue.word + word];
        while open != 0 {
            let bit = open.trailing_zeros() as usize;
            let value = full[issue.first + word * 64 + bit];
            if set >> bit & 1 == 1 {
                inside = inside.max(value);
            } else {
                outside = outside.max(value);
            }
            open &= open - 1;
        }
    }
    (inside, outside)
}

/// Adds to what the open classes inside (or outside) a side's set are worth.
#[inline]
fn shift(
    problem: &Problem,
    domain: &[u64],
    full: &mut [f64],
    (issue, mask): (usize, usize),
    within: bool,
    by: f64,
) {
    let issue = &problem.issues[issue];
    for word in 0..issue.words {
        let set = problem.masks[mask + word];
        let mut open = domain[issue.word + word] & if within { set } else { !set };
        while open != 0 {
            let bit = open.trailing_zeros() as usize;
            full[issue.first + word * 64 + bit] += by;
            open &= open - 1;
        }
    }
}

/// The value of a block in a direction while it is open: what it pays, or costs.
pub(super) fn open_value(direction: &Direction, status: Status, block: usize) -> f64 {
    match status {
        Status::Open => direction.blocks[block],
        Status::Barred => -direction.large,
        Status::Holds | Status::Dead | Status::Waived => 0.0,
    }
}

/// The bound of a node in a direction, after at most so many rounds of improvement, or fewer when it falls below
/// `enough`. The shares are improved in place; the bench holds what classes are worth with them.
pub(super) fn bound(
    problem: &Problem,
    direction: &Direction,
    node: &Node,
    shares: &mut [f64],
    bench: &mut Bench,
    rounds: usize,
    enough: f64,
) -> f64 {
    bench.full.clear();
    bench.full.extend_from_slice(&direction.classes);
    let mut fixed = direction.base;
    for (number, block) in problem.blocks.iter().enumerate() {
        fixed += node.settled(direction, number);
        let value = open_value(direction, node.status[number], number);
        let shares = &mut shares[block.first..block.first + block.sides.len()];
        if value > 0.0 {
            normalise(problem, node, &block.sides, shares, value);
            for (side, share) in block.sides.iter().zip(shares) {
                let place = (side.issue, side.mask);
                shift(problem, &node.domain, &mut bench.full, place, true, *share);
            }
        } else if value < 0.0 {
            let share = shares[0].clamp(0.0, -value);
            shares[0] = share;
            fixed -= share;
            for side in &block.sides {
                let place = (side.issue, side.mask);
                shift(problem, &node.domain, &mut bench.full, place, false, share);
            }
        }
    }
    let mut total = sum(problem, node, fixed, bench);
    for _ in 0..rounds {
        if total < enough {
            break;
        }
        for (number, block) in problem.blocks.iter().enumerate() {
            let value = open_value(direction, node.status[number], number);
            let shares = &mut shares[block.first..block.first + block.sides.len()];
            if value > 0.0 {
                split(problem, node, &block.sides, shares, value, &mut bench.full);
            } else if value < 0.0 {
                fixed -= lean(problem, node, &block.sides, shares, -value, &mut bench.full);
            }
        }
        let before = total;
        total = sum(problem, node, fixed, bench);
        if before - total < direction.large * 1e-6 {
            break;
        }
    }
    total
}

/// What is fixed and the best class of every issue.
fn sum(problem: &Problem, node: &Node, fixed: f64, bench: &mut Bench) -> f64 {
    bench.best.clear();
    for issue in &problem.issues {
        let mut best = f64::NEG_INFINITY;
        for word in 0..issue.words {
            let mut open = node.domain[issue.word + word];
            while open != 0 {
                let bit = open.trailing_zeros() as usize;
                best = best.max(bench.full[issue.first + word * 64 + bit]);
                open &= open - 1;
            }
        }
        bench.best.push(best);
    }
    fixed + bench.best.iter().sum::<f64>()
}

/// Makes the shares of the undecided sides sum to the block's value.
fn normalise(
    problem: &Problem,
    node: &Node,
    sides: &[super::compile::Side],
    shares: &mut [f64],
    value: f64,
) {
    let (mut total, mut open) = (0.0, 0_u32);
    for (side, share) in sides.iter().zip(shares.iter_mut()) {
        if node.decided(problem, *side) {
            *share = 0.0;
        } else {
            total += *share;
            open += 1;
        }
    }
    if (total - value).abs() <= value * 1e-12 {
        return;
    }
    for (side, share) in sides.iter().zip(shares.iter_mut()) {
        if node.decided(problem, *side) {
            continue;
        }
        *share = if total > value * 1e-3 {
            *share * (value / total)
        } else {
            value / f64::from(open)
        };
    }
}

/// The best split of a block that pays, while all others stay.
fn split(
    problem: &Problem,
    node: &Node,
    sides: &[super::compile::Side],
    shares: &mut [f64],
    value: f64,
    full: &mut [f64],
) {
    let mut free = 0.0;
    let mut open = 0_u32;
    let mut gaps = [0.0_f64; 16];
    let mut more = Vec::new();
    let gaps: &mut [f64] = if sides.len() <= 16 {
        &mut gaps
    } else {
        more.resize(sides.len(), 0.0);
        &mut more
    };
    for (place, side) in sides.iter().enumerate() {
        let (inside, outside) = extremes(problem, &node.domain, full, side.issue, side.mask);
        gaps[place] = if outside == f64::NEG_INFINITY {
            f64::NAN
        } else {
            open += 1;
            (outside - (inside - shares[place])).max(0.0)
        };
        if !gaps[place].is_nan() {
            free += gaps[place];
        }
    }
    for (place, side) in sides.iter().enumerate() {
        if gaps[place].is_nan() {
            continue;
        }
        let share = if free > value {
            value * (gaps[place] / free)
        } else {
            gaps[place] + (value - free) / f64::from(open)
        };
        let by = share - shares[place];
        if by != 0.0 {
            shares[place] = share;
            shift(
                problem,
                &node.domain,
                full,
                (side.issue, side.mask),
                true,
                by,
            );
        }
    }
}

/// The best share of a block that costs, while all others stay; how much more of it is fixed now.
fn lean(
    problem: &Problem,
    node: &Node,
    sides: &[super::compile::Side],
    shares: &mut [f64],
    cost: f64,
    full: &mut [f64],
) -> f64 {
    let now = shares[0];
    let (mut first, mut second) = (f64::INFINITY, f64::INFINITY);
    for side in sides {
        let (inside, outside) = extremes(problem, &node.domain, full, side.issue, side.mask);
        if outside == f64::NEG_INFINITY {
            continue;
        }
        let gap = (inside - (outside - now)).max(0.0);
        if gap < first {
            second = first;
            first = gap;
        } else if gap < second {
            second = gap;
        }
    }
    let share = if second.is_finite() {
        f64::midpoint(first.min(cost), second.min(cost))
    } else {
        cost
    };
    let by = share - now;
    if by != 0.0 {
        shares[0] = share;
        for side in sides {
            shift(
                problem,
                &node.domain,
                full,
                (side.issue, side.mask),
                false,
                by,
            );
        }
    }
    by
}
