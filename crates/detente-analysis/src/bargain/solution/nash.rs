//! The largest product of gains.

use super::{Measured, Number, Solution, SolutionInfo};

pub(super) const INFO: SolutionInfo = SolutionInfo {
    solution: Solution::Nash,
    id: "nash",
    name: "Nash product",
    summary: "the largest product of gains over no agreement",
    source: "Nash (1950), The bargaining problem",
    least: false,
    page: include_str!("nash.md"),
};

/// The product of all gains.
pub(super) fn score<T: Number>(of: &Measured<T>) -> T {
    of.gain
        .iter()
        .fold(T::one(), |product, gain| product * gain.clone())
}
