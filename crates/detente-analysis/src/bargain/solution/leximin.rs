//! The largest smallest gain, then the largest second smallest, and so on.

use num_rational::BigRational;

use super::{Solution, SolutionInfo};

pub(super) const INFO: SolutionInfo = SolutionInfo {
    solution: Solution::Leximin,
    id: "leximin",
    name: "Leximin",
    summary: "the largest smallest gain, then the largest second smallest, and so on",
    source: "Imai (1983), Individual monotonicity and lexicographic maxmin solution",
    least: false,
    page: include_str!("leximin.md"),
};

/// Keeps of points with the same smallest gain those that are best by the next smallest, and so on.
pub(super) fn refine(points: &mut Vec<usize>, gains: impl Fn(usize) -> Vec<BigRational>) {
    let ascending = |point: usize| {
        let mut gains = gains(point);
        gains.sort();
        gains
    };
    let sorted: Vec<Vec<BigRational>> = points.iter().map(|p| ascending(*p)).collect();
    let Some(best) = sorted.iter().max() else {
        return;
    };
    let mut keep = sorted.iter().map(|gains| gains == best);
    points.retain(|_| keep.next().unwrap_or(false));
}
