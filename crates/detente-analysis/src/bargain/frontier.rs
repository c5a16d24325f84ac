//! The packages that nobody can better without somebody losing.

use std::fmt::Debug;
use std::sync::Arc;

use num_bigint::BigUint;

use super::space::{Deal, DealSpace};
use super::{additive, coupled};
use crate::budget::{Budget, Outcome, Stop};

/// All worths of the Pareto-efficient packages to some voices.
#[derive(Debug, Clone)]
pub struct Frontier {
    /// The voices, as places in [`DealSpace::voices`].
    pub voices: Vec<usize>,
    /// The different worths, best for the first voice first, then for the second, and so on.
    pub points: Vec<Point>,
    ties: Option<Arc<dyn Ties>>,
}

/// What Pareto-efficient packages are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// To each voice of the frontier, in its units.
    pub worth: Vec<i128>,
    /// How many packages are worth just that.
    pub packages: BigUint,
}

/// Lists the packages of efficient worths.
pub(super) trait Ties: Debug + Send + Sync {
    /// The packages that are worth just this to the voices of the frontier, in lexicographic order, `limit` at
    /// most; none when nothing efficient is worth this.
    fn packages(&self, worth: &[i128], limit: usize) -> Vec<Deal>;
}

impl PartialEq for Frontier {
    /// Frontiers are equal when they have the same voices and the same points.
    fn eq(&self, other: &Self) -> bool {
        self.voices == other.voices && self.points == other.points
    }
}

impl Eq for Frontier {}

impl Frontier {
    /// A frontier whose packages cannot be listed.
    pub fn new(voices: Vec<usize>, points: Vec<Point>) -> Self {
        Self {
            voices,
            points,
            ties: None,
        }
    }

    /// The same, with what lists its packages.
    pub(super) fn with_ties(mut self, ties: Arc<dyn Ties>) -> Self {
        self.ties = Some(ties);
        self
    }

    /// The packages of a point, given as a place in [`Frontier::points`], in lexicographic order, `limit` at most.
    pub fn packages(&self, point: usize, limit: usize) -> Vec<Deal> {
        match (&self.ties, self.points.get(point)) {
            (Some(ties), Some(point)) => ties.packages(&point.worth, limit),
            _ => Vec::new(),
        }
    }

    /// The place of the point that is worth just this, if there is one.
    pub fn find(&self, worth: &[i128]) -> Option<usize> {
        self.points.binary_search_by(|p| worth.cmp(&p.worth)).ok()
    }
}

/// How many steps the search by issues, and then the search by blocks, may take at first where terms couple
/// issues. Which of them is fast is not known beforehand, and what one does at once may take the other ages.
const TRIALS: [(u64, u64); 3] = [(1 << 20, 1 << 16), (1 << 24, 1 << 22), (1 << 26, u64::MAX)];

/// The Pareto frontier of all packages for some voices, given as places in [`DealSpace::voices`].
///
/// Two engines, both exact. Issue by issue, choices are dropped that others better and that leave the same open; that
/// is fast unless what issues leave open for each other is manifold. By blocks of packages ([`coupled`]), bounds
/// leave out what nothing efficient can be in. The first is taken; where it takes too many steps, and utilities
/// have terms over several issues, the second; then each again with more steps.
///
/// Without voices, all packages are worth the same, and the only point counts those that the rules permit. When
/// the search is stopped, what points there are need not be efficient.
pub fn frontier(space: &DealSpace, voices: &[usize], budget: &Budget) -> Outcome<Frontier> {
    alternately(
        space,
        voices,
        budget,
        |budget| additive::frontier(space, voices, budget),
        |budget| coupled::frontier(space, voices, budget),
    )
}

/// What the best permitted package is worth to a voice; `None` when none is permitted.
pub(super) fn best(space: &DealSpace, voice: usize, budget: &Budget) -> Result<Option<i128>, Stop> {
    let outcome = |found: Result<Option<i128>, Stop>| match found {
        Ok(best) => Outcome::Complete(best),
        Err(stop) => Outcome::Stopped(None, stop),
    };
    let by_issues = |budget: &Budget| {
        let found = additive::frontier(space, &[voice], budget).complete();
        outcome(found.map(|f| f.points.first().map(|best| best.worth[0])))
    };
    let by_blocks = |budget: &Budget| outcome(coupled::best(space, voice, budget));
    alternately(space, &[voice], budget, by_issues, by_blocks).complete()
}

/// Tries one engine and then the other, with few steps first, where utilities have terms over several issues; the
/// first alone where they do not.
fn alternately<T>(
    space: &DealSpace,
    voices: &[usize],
    budget: &Budget,
    by_issues: impl Fn(&Budget) -> Outcome<T>,
    by_blocks: impl Fn(&Budget) -> Outcome<T>,
) -> Outcome<T> {
    let coupling = |voice: &usize| {
        let mut terms = space.voices[*voice].worth.terms.iter();
        terms.any(|(_, test)| test.issues().len() > 1)
    };
    if !voices.iter().any(coupling) {
        return by_issues(budget);
    }
    let mut last = None;
    for (work, steps) in TRIALS {
        if budget.max_work <= work {
            return by_issues(budget);
        }
        let mut first = budget.clone();
        first.max_work = work;
        let mut second = budget.clone();
        second.max_steps = budget.max_steps.min(steps);
        match by_issues(&first) {
            Outcome::Stopped(_, Stop::Limit { .. }) => {}
            found => return found,
        }
        match by_blocks(&second) {
            found @ Outcome::Stopped(_, Stop::Limit { .. }) => last = Some(found),
            found => return found,
        }
    }
    last.unwrap_or_else(|| by_issues(budget))
}
