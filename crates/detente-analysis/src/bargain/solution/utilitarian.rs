//! The largest sum of gains.

use super::{Measured, Number, Solution, SolutionInfo};

pub(super) const INFO: SolutionInfo = SolutionInfo {
    solution: Solution::Utilitarian,
    id: "utilitarian",
    name: "Utilitarian",
    summary: "the largest sum of gains",
    source: "Thomson (1981), Nash's bargaining solution and utilitarian choice rules",
    least: false,
    page: include_str!("utilitarian.md"),
};

/// The sum of all gains.
pub(super) fn score<T: Number>(of: &Measured<T>) -> T {
    of.gain
        .iter()
        .fold(T::zero(), |sum, gain| sum + gain.clone())
}
