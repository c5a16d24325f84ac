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
use super::space::{DealSpace, at_least};
use crate::budget::{Budget, Outcome, Stop};

use compile::{Compiled, Problem, compile};
use search::Meter;
use ties::Listing;

/// Worths and how many packages are worth just that.
type Counted = BTreeMap<Vec<i128>, BigUint>;

/// Worths and the packages that are worth just that.
type Found = BTreeMap<Vec<i128>, Tie>;

/// Packages of the same worth.
#[derive(Debug, Clone, Default)]
struct Tie {
    /// How many there are.
    packages: BigUint,
    /// One of them: issues and the class of each.
    example: Vec<(usize, usize)>,
}

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
            let mut examples = BTreeMap::new();
            let mut counted = Counted::new();
            for (worth, mut tie) in found {
                tie.example.sort_unstable();
                let classes = tie.example.into_iter().map(|(_, class)| class);
                examples.insert(worth.clone(), classes.collect());
                counted.insert(worth, tie.packages);
            }
            (counted, stop, Some((problem, examples)))
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
        Some((problem, examples)) => Arc::new(Listing::new(problem, examples)),
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
fn solve(problem: &Problem, meter: &mut Meter) -> (Found, Option<Stop>) {
    let nothing = Tie {
        packages: BigUint::from(1_u32),
        example: Vec::new(),
    };
    let mut total = Found::from([(problem.base.clone(), nothing)]);
    let mut stopped = None;
    for (issues, blocks) in problem.components() {
        let part = problem.part(&issues, &blocks);
        let mut found = if blocks.is_empty() {
            levels(&part)
        } else {
            let (found, stop) = directions::solve(&part, meter);
            stopped = stopped.or(stop);
            found
        };
        for tie in found.values_mut() {
            for (issue, _) in &mut tie.example {
                *issue = issues[*issue];
            }
        }
        let sums = (total.len() as u64).saturating_mul(found.len() as u64);
        if sums > meter.budget.max_steps {
            let limit = meter.budget.max_steps;
            let what = "sums of parts of the packages";
            return (Found::new(), Some(Stop::Limit { what, limit }));
        }
        if meter.budget.is_cancelled() {
            return (Found::new(), Some(Stop::Cancelled));
        }
        total = combine(&total, &found);
    }
    (total, stopped)
}

/// The classes of a lone issue that no other betters.
fn levels(part: &Problem) -> Found {
    let mut found = Found::new();
    for (place, issue) in part.issues.iter().enumerate() {
        for (class, (worth, levels)) in issue.worth.iter().zip(&issue.levels).enumerate() {
            let tie = found.entry(worth.clone()).or_default();
            tie.packages += *levels;
            tie.example = vec![(place, class)];
        }
    }
    unbettered(found)
}

/// All sums of a worth here and a worth there that no other sum betters.
fn combine(here: &Found, there: &Found) -> Found {
    let mut sums = Found::new();
    for (a, tie) in here {
        for (b, other) in there {
            let sum: Vec<i128> = a.iter().zip(b).map(|(a, b)| a + b).collect();
            let both = sums.entry(sum).or_default();
            both.packages += &tie.packages * &other.packages;
            if both.example.is_empty() {
                let example = tie.example.iter().chain(&other.example);
                both.example = example.copied().collect();
            }
        }
    }
    unbettered(sums)
}

/// What no other worth betters.
fn unbettered<T>(sums: BTreeMap<Vec<i128>, T>) -> BTreeMap<Vec<i128>, T> {
    let mut kept: Vec<(Vec<i128>, T)> = Vec::new();
    for (sum, packages) in sums.into_iter().rev() {
        // With one or two voices the last one kept is the only one that can better it.
        let near = if sum.len() <= 2 {
            kept.len().saturating_sub(1)
        } else {
            0
        };
        if !kept[near..].iter().any(|(k, _)| at_least(k, &sum)) {
            kept.push((sum, packages));
        }
    }
    kept.into_iter().collect()
}
