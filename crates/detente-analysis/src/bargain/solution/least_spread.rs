//! The least spread of normalised gains.

use super::{Measured, Number, Solution, SolutionInfo, shares, spread};

pub(super) const INFO: SolutionInfo = SolutionInfo {
    solution: Solution::LeastSpread,
    id: "least-spread",
    name: "Least spread of shares",
    summary: "the least difference between the shares that gains are of the largest from any package",
    source: "what the tool NegMAS calls Kalai-Smorodinsky",
    least: true,
    page: include_str!("least_spread.md"),
};

/// The largest minus the smallest share that a gain is of the largest gain from any package.
pub(super) fn score<T: Number>(of: &Measured<T>) -> Option<T> {
    let shares: Vec<T> = shares(&of.gain, of.overall).collect();
    spread(shares.iter().cloned())
}
