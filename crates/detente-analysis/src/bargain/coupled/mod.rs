#![doc = include_str!("coupled.md")]

mod branch;
mod compile;
mod directions;
mod goals;
mod layers;
mod leaf;
mod node;
mod paths;
mod relax;
mod residual;
mod search;
mod ties;
mod zones;

use std::collections::BTreeMap;
use std::sync::Arc;

use num_bigint::BigUint;

use super::frontier::{Frontier, Point, Ties};
use super::listing::Search;
use super::space::DealSpace;
use crate::budget::{Budget, Outcome, Stop};

use compile::{Compiled, Problem, compile};
use search::Meter;
use ties::Listing;

/// Worths and how many packages are worth just that.
type Counted = BTreeMap<Vec<i128>, BigUint>;

/// The Pareto frontier of all packages for some voices, given as places in [`DealSpace::voices`]: exact, also for
/// utilities with terms and for spaces with rules.
///
/// When the budget ends, the points found so far are returned, if any: some package is worth each of them or more,
/// but others may better them, and the numbers of packages are what was counted so far, one at least.
pub fn frontier(space: &DealSpace, voices: &[usize], budget: &Budget) -> Outcome<Frontier> {
    let mut meter = Meter { budget, steps: 0 };
    let (found, stop, blocks) = match compile(space, voices) {
        // Nobody tells packages apart; they are only counted.
        Compiled::Blocks(problem) if !voices.is_empty() => {
            let (found, stop) = solve(&problem, &mut meter);
            (found, stop, Some(problem))
        }
        Compiled::Empty => (Counted::new(), None, None),
        Compiled::Blocks(_) | Compiled::TooMany => {
            let (found, stop) = layers::solve(space, voices, budget);
            (found, stop, None)
        }
    };
    let points = found.into_iter().rev();
    let points: Vec<Point> = points
        .map(|(worth, packages)| Point { worth, packages })
        .collect();
    let ties: Arc<dyn Ties> = match blocks {
        Some(problem) => Arc::new(Listing::new(problem, &points)),
        None => Arc::new(Search::new(space, voices)),
    };
    let found = Frontier::new(voices.to_vec(), points).with_ties(ties);
    match stop {
        None => Outcome::Complete(found),
        Some(stop) => Outcome::Stopped(found, stop),
    }
}

/// What the best package is worth to one voice, without counting the packages that are worth as much; `None` when
/// no package is permitted.
pub(super) fn best(space: &DealSpace, voice: usize, budget: &Budget) -> Result<Option<i128>, Stop> {
    let problem = match compile(space, &[voice]) {
        Compiled::Empty => return Ok(None),
        Compiled::Blocks(problem) => problem,
        Compiled::TooMany => {
            let found = frontier(space, &[voice], budget).complete()?;
            return Ok(found.points.first().map(|best| best.worth[0]));
        }
    };
    let mut meter = Meter { budget, steps: 0 };
    let mut total = problem.base[0];
    for (issues, blocks) in problem.components() {
        match directions::best(&problem.part(&issues, &blocks), &mut meter)? {
            Some(best) => total += best,
            None => return Ok(None),
        }
    }
    Ok(Some(total))
}

/// Solves each group of connected issues alone and puts the results together.
fn solve(problem: &Problem, meter: &mut Meter) -> (Counted, Option<Stop>) {
    let mut total = Counted::from([(problem.base.clone(), BigUint::from(1_u32))]);
    let mut stopped = None;
    for (issues, blocks) in problem.components() {
        let part = problem.part(&issues, &blocks);
        let found = if blocks.is_empty() {
            levels(&part)
        } else {
            let (found, stop) = directions::solve(&part, meter);
            stopped = stopped.or(stop);
            found
        };
        let sums = (total.len() as u64).saturating_mul(found.len() as u64);
        if sums > meter.budget.max_steps {
            let limit = meter.budget.max_steps;
            let what = "sums of parts of the packages";
            return (Counted::new(), Some(Stop::Limit { what, limit }));
        }
        if meter.budget.is_cancelled() {
            return (Counted::new(), Some(Stop::Cancelled));
        }
        total = combine(&total, &found);
    }
    (total, stopped)
}

/// The classes of a lone issue that no other betters.
fn levels(part: &Problem) -> Counted {
    let mut found = Counted::new();
    for issue in &part.issues {
        for (worth, levels) in issue.worth.iter().zip(&issue.levels) {
            *found.entry(worth.clone()).or_default() += *levels;
        }
    }
    unbettered(found)
}

/// All sums of a worth here and a worth there that no other sum betters.
fn combine(here: &Counted, there: &Counted) -> Counted {
    let mut sums = Counted::new();
    for (a, packages) in here {
        for (b, times) in there {
            let sum = a.iter().zip(b).map(|(a, b)| a + b).collect();
            *sums.entry(sum).or_default() += packages * times;
        }
    }
    unbettered(sums)
}

/// What no other worth betters.
fn unbettered(sums: Counted) -> Counted {
    let mut kept: Vec<(Vec<i128>, BigUint)> = Vec::new();
    for (sum, packages) in sums.into_iter().rev() {
        // With one or two voices the last one kept is the only one that can better it.
        let near = if sum.len() <= 2 {
            kept.len().saturating_sub(1)
        } else {
            0
        };
        if !kept[near..].iter().any(|(k, _)| zones::at_least(k, &sum)) {
            kept.push((sum, packages));
        }
    }
    kept.into_iter().collect()
}
