//! The ranked probability score; its page is `ranked.md`.

use super::ONE;

/// The ranked probability score in both its forms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// The sum over all outcomes but the last of the squared distances of cumulated probabilities; from 0 (best)
    /// to one less than the number of outcomes.
    pub sum: f64,
    /// The same divided by one less than the number of outcomes; from 0 (best) to 1.
    pub normalised: f64,
}

/// Scores a forecast of ordered outcomes. `probabilities` are in millionths, `came` is the place of what came.
/// A single outcome scores 0. Sources: Epstein (1969), Murphy (1971).
pub fn score(probabilities: &[u32], came: usize) -> Ranked {
    let steps = probabilities.len().saturating_sub(1);
    let mut cumulated = 0_u32;
    let mut squares = 0_u64;
    for (place, probability) in probabilities.iter().enumerate().take(steps) {
        cumulated = cumulated.saturating_add(*probability);
        let target = if place >= came { ONE } else { 0 };
        let distance = u64::from(cumulated.abs_diff(target));
        squares = squares.saturating_add(distance * distance);
    }
    let sum = squares as f64 / 1e12;
    Ranked {
        sum,
        normalised: sum / steps.max(1) as f64,
    }
}
