//! The packages that nobody can better without somebody losing.

use std::fmt::Debug;
use std::sync::Arc;

use num_bigint::BigUint;

use super::additive;
use super::space::{Deal, DealSpace};
use crate::budget::{Budget, Outcome};

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
    pub(super) fn new(voices: Vec<usize>, points: Vec<Point>) -> Self {
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

/// The Pareto frontier of all packages for some voices, given as places in [`DealSpace::voices`].
///
/// Without voices, all packages are worth the same, and the only point counts those that the rules permit. When
/// the search is stopped there are no points.
pub fn frontier(space: &DealSpace, voices: &[usize], budget: &Budget) -> Outcome<Frontier> {
    additive::frontier(space, voices, budget)
}
