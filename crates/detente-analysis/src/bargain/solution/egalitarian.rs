//! The largest smallest gain.

use super::{Measured, Number, Solution, SolutionInfo, smallest};

pub(super) const INFO: SolutionInfo = SolutionInfo {
    solution: Solution::Egalitarian,
    id: "egalitarian",
    name: "Egalitarian",
    summary: "the largest smallest gain",
    source: "Kalai (1977), Proportional solutions to bargaining situations",
    least: false,
    page: include_str!("egalitarian.md"),
};

/// The smallest gain.
pub(super) fn score<T: Number>(of: &Measured<T>) -> Option<T> {
    smallest(of.gain.iter().cloned())
}
