//! The largest smallest share of what each could gain at best.

use super::{Measured, Number, Solution, SolutionInfo, shares, smallest};

pub(super) const INFO: SolutionInfo = SolutionInfo {
    solution: Solution::KalaiSmorodinsky,
    id: "kalai-smorodinsky",
    name: "Kalai-Smorodinsky",
    summary: "the largest smallest share of the ideal gain, ideals among rational packages",
    source: "Kalai and Smorodinsky (1975), Other solutions to Nash's bargaining problem",
    least: false,
    page: include_str!("kalai_smorodinsky.md"),
};

/// The smallest share that a gain is of the largest gain from any rational package.
pub(super) fn score<T: Number>(of: &Measured<T>) -> Option<T> {
    smallest(shares(&of.gain, of.ideal))
}
