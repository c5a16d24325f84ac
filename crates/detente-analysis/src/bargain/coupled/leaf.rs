//! Where all blocks are decided, only the classes of each issue remain to be chosen, one by one.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::compile::{Effect, Problem};
use super::node::{Node, Status};
use super::relax::{Bench, Direction};
use super::search::Goal;
use crate::bargain::space::at_least;

/// What the package of the best classes is worth; `None` when it is forbidden.
pub(super) fn rounded(problem: &Problem, node: &Node, bench: &Bench) -> Option<Vec<i128>> {
    let mut chosen = Vec::with_capacity(problem.issues.len());
    for (issue, best) in problem.issues.iter().zip(&bench.best) {
        let class = open(&node.domain, issue.word, issue.words)
            .find(|class| bench.full[issue.first + class] >= *best)?;
        chosen.push(class);
    }
    worth(problem, &chosen)
}

/// What a package is worth, given the class of every issue; `None` when it is forbidden.
pub(super) fn worth(problem: &Problem, chosen: &[usize]) -> Option<Vec<i128>> {
    let mut total = problem.base.clone();
    for (issue, class) in problem.issues.iter().zip(chosen) {
        for (sum, units) in total.iter_mut().zip(&issue.worth[*class]) {
            *sum += units;
        }
    }
    for block in &problem.blocks {
        let holds = block.sides.iter().all(|side| {
            let class = chosen[side.issue];
            problem.masks[side.mask + class / 64] >> (class % 64) & 1 == 1
        });
        match block.effect {
            Effect::Pays(voice, units) if holds => total[voice] += units,
            Effect::Forbids if holds => return None,
            _ => {}
        }
    }
    Some(total)
}

/// The open classes of an issue.
fn open(domain: &[u64], word: usize, words: usize) -> impl Iterator<Item = usize> {
    (0..words * 64).filter(move |class| domain[word + class / 64] >> (class % 64) & 1 == 1)
}

/// Offers what the packages of a node are worth whose blocks are all decided.
pub(super) fn offer(
    problem: &Problem,
    direction: &Direction,
    node: &Node,
    least: f64,
    goal: &mut dyn Goal,
) {
    let every = goal.every();
    let mut start = problem.base.clone();
    for (block, status) in problem.blocks.iter().zip(&node.status) {
        if let Effect::Pays(voice, units) = block.effect {
            match status {
                Status::Holds => start[voice] += units,
                Status::Waived => start[voice] += units.min(0),
                Status::Open | Status::Dead | Status::Barred => {}
            }
        }
    }
    let mut columns: Vec<BTreeMap<&[i128], u64>> = Vec::new();
    for issue in &problem.issues {
        let mut column = BTreeMap::new();
        for class in open(&node.domain, issue.word, issue.words) {
            *column.entry(issue.worth[class].as_slice()).or_insert(0) += issue.levels[class];
        }
        columns.push(column);
    }
    // What the issues from each on add at most in the direction.
    let mut rest = vec![0.0; columns.len() + 1];
    for (place, column) in columns.iter().enumerate().rev() {
        let values = column.keys().map(|w| direction.value(w));
        rest[place] = rest[place + 1] + values.fold(f64::NEG_INFINITY, f64::max);
    }
    let mut sums: BTreeMap<Vec<i128>, BigUint> = BTreeMap::from([(start, BigUint::from(1_u32))]);
    for (place, column) in columns.iter().enumerate() {
        let mut next: BTreeMap<Vec<i128>, BigUint> = BTreeMap::new();
        for (sum, packages) in &sums {
            for (units, levels) in column {
                let total: Vec<i128> = sum.iter().zip(*units).map(|(a, b)| a + b).collect();
                if direction.value(&total) + rest[place + 1] >= least {
                    *next.entry(total).or_default() += packages * *levels;
                }
            }
        }
        sums = if every { next } else { undominated(next) };
    }
    for (worth, packages) in &sums {
        goal.offer(worth, every.then_some(packages));
    }
}

/// The sums that no other betters.
fn undominated(sums: BTreeMap<Vec<i128>, BigUint>) -> BTreeMap<Vec<i128>, BigUint> {
    let mut kept: Vec<(Vec<i128>, BigUint)> = Vec::new();
    for (sum, packages) in sums.into_iter().rev() {
        if !kept.iter().any(|(k, _)| at_least(k, &sum)) {
            kept.push((sum, packages));
        }
    }
    kept.into_iter().collect()
}
