//! The least spread of utilities.

use super::{Measured, Number, Solution, SolutionInfo, spread};

pub(super) const INFO: SolutionInfo = SolutionInfo {
    solution: Solution::LeastSpreadRaw,
    id: "least-spread-raw",
    name: "Least spread of utilities",
    summary: "the least difference between utilities as they are",
    source: "what the tool GENIUS calls Kalai-Smorodinsky",
    least: true,
    page: include_str!("least_spread_raw.md"),
};

/// The largest minus the smallest utility.
pub(super) fn score<T: Number>(of: &Measured<T>) -> Option<T> {
    spread(of.utility.iter().cloned())
}
