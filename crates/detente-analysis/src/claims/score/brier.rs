//! The Brier score; its page is `brier.md`.

use super::ONE;

/// The single form, from 0 (best) to 1: the square of the probability missing from what came.
///
/// `probability` is in millionths. The square is computed in whole numbers and rounded once.
/// Source: Brier (1950), for two outcomes, halved.
pub fn single(probability: u32, came: bool) -> f64 {
    let missing = if came {
        u64::from(ONE.saturating_sub(probability))
    } else {
        u64::from(probability)
    };
    (missing * missing) as f64 / 1e12
}

/// The form summed over outcomes, from 0 (best) to 2: the squares of the distances between the probability of each
/// outcome and 1 for the outcome that came, 0 for the others.
///
/// `probabilities` are in millionths, `came` is the place of what came among them. For two outcomes it is twice
/// [`single`]. Source: Brier (1950).
pub fn sum(probabilities: &[u32], came: usize) -> f64 {
    let squares = probabilities.iter().enumerate().map(|(place, p)| {
        let target = if place == came { ONE } else { 0 };
        let distance = u64::from(p.abs_diff(target));
        distance * distance
    });
    squares.sum::<u64>() as f64 / 1e12
}
