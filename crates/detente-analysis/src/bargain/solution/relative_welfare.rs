//! The largest sum of normalised gains.

use super::{Measured, Number, Solution, SolutionInfo, shares};

pub(super) const INFO: SolutionInfo = SolutionInfo {
    solution: Solution::RelativeWelfare,
    id: "relative-welfare",
    name: "Relative welfare",
    summary: "the largest sum of gains, each as a share of the largest from any package",
    source: "Dhillon and Mertens (1999), Relative utilitarianism; measured from no agreement",
    least: false,
    page: include_str!("relative_welfare.md"),
};

/// The sum of the shares that gains are of the largest gain from any package.
pub(super) fn score<T: Number>(of: &Measured<T>) -> Option<T> {
    shares(&of.gain, of.overall).reduce(|sum, share| sum + share)
}
