//! The largest smallest share of what each could gain if nobody else counted.

use super::{Measured, Number, Solution, SolutionInfo, shares, smallest};

pub(super) const INFO: SolutionInfo = SolutionInfo {
    solution: Solution::KalaiSmorodinskyOverall,
    id: "kalai-smorodinsky-overall",
    name: "Kalai-Smorodinsky, overall ideals",
    summary: "the largest smallest share of the ideal gain, ideals among all packages",
    source: "Kalai and Smorodinsky (1975), with the ideals that negotiation tools use",
    least: false,
    page: include_str!("kalai_smorodinsky_overall.md"),
};

/// The smallest share that a gain is of the largest gain from any package.
pub(super) fn score<T: Number>(of: &Measured<T>) -> Option<T> {
    smallest(shares(&of.gain, of.overall))
}
