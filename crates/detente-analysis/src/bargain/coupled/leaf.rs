//! Where all blocks are decided, only the classes of each issue remain to be chosen, one by one.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::compile::{Effect, Problem};
use super::node::{Node, Status};
use super::relax::{Bench, Direction};
use super::search::{Goal, Packages};
use super::unbettered;

/// What the package of the best classes is worth, and its classes; `None` when it is forbidden.
pub(super) fn rounded(
    problem: &Problem,
    node: &Node,
    bench: &Bench,
) -> Option<(Vec<i128>, Vec<usize>)> {
    let mut chosen = Vec::with_capacity(problem.issues.len());
    for (issue, best) in problem.issues.iter().zip(&bench.best) {
        let class = open(&node.domain, issue.word, issue.words)
            .find(|class| bench.full[issue.first + class] >= *best)?;
        chosen.push(class);
    }
    worth(problem, &chosen).map(|worth| (worth, chosen))
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
    let mut columns: Vec<BTreeMap<&[i128], (u64, usize)>> = Vec::new();
    for issue in &problem.issues {
        let mut column = BTreeMap::new();
        for class in open(&node.domain, issue.word, issue.words) {
            let column = column.entry(issue.worth[class].as_slice());
            column.or_insert((0, class)).0 += issue.levels[class];
        }
        columns.push(column);
    }
    // What the issues from each on add at most in the direction.
    let mut rest = vec![0.0; columns.len() + 1];
    for (place, column) in columns.iter().enumerate().rev() {
        let values = column.keys().map(|w| direction.value(w));
        rest[place] = rest[place + 1] + values.fold(f64::NEG_INFINITY, f64::max);
    }
    // How many packages of classes so far are worth so much, and the classes of one of them.
    let mut sums: Sums = BTreeMap::from([(start, (BigUint::from(1_u32), Vec::new()))]);
    for (place, column) in columns.iter().enumerate() {
        let mut next = Sums::new();
        for (sum, (packages, classes)) in &sums {
            for (units, (levels, class)) in column {
                let total: Vec<i128> = sum.iter().zip(*units).map(|(a, b)| a + b).collect();
                if direction.value(&total) + rest[place + 1] >= least {
                    let first = || {
                        let longer = classes.iter().chain([class]).copied();
                        (BigUint::ZERO, longer.collect())
                    };
                    next.entry(total).or_insert_with(first).0 += packages * *levels;
                }
            }
        }
        sums = if every { next } else { unbettered(next) };
    }
    for (sum, (packages, classes)) in &sums {
        if every {
            goal.offer(sum, Packages::Number(packages));
        } else if let Some(worth) = worth(problem, classes) {
            // What blocks pay that need not be looked at is not in the sum.
            goal.offer(&worth, Packages::One(classes));
        }
    }
}

/// Worths, with how many packages and the classes of one of them.
type Sums = BTreeMap<Vec<i128>, (BigUint, Vec<usize>)>;
