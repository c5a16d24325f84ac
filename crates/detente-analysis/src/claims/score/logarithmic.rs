//! The logarithmic score; its page is `logarithmic.md`.

use super::{ONE, number};

/// Probabilities are moved to at least this much, in millionths, before their logarithm is taken.
pub const CLIP: u32 = 1_000;

/// The natural logarithm of the probability that was given to what came, at most 0 (best).
///
/// `probability` is that of what came, in millionths. It is clipped to [`CLIP`] and 1 - [`CLIP`], so that one
/// forecast of 0 that fails does not make every mean infinite. Source: Good (1952).
pub fn score(probability: u32) -> f64 {
    number(probability.clamp(CLIP, ONE - CLIP)).ln()
}

/// Whether [`score`] moves the probability.
pub fn is_clipped(probability: u32) -> bool {
    !(CLIP..=ONE - CLIP).contains(&probability)
}
