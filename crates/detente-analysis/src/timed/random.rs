//! Random numbers of one replicate.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A number from 0 up to and without `bound`, from 64 random bits; all equally likely up to a difference of
/// `bound` in 2^64.
pub(super) fn below(bits: u64, bound: u64) -> u64 {
    ((u128::from(bits) * u128::from(bound)) >> 64) as u64
}

/// The source of random numbers of all replicates: each has a stream of its own (`ChaCha8`), which depends on the
/// seed and on the number of the replicate alone.
#[derive(Debug, Clone)]
pub(super) struct Streams {
    start: ChaCha8Rng,
}

impl Streams {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            start: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// The random numbers of one replicate, from the first on.
    pub(super) fn of(&self, replicate: u64) -> ChaCha8Rng {
        let mut random = self.start.clone();
        random.set_stream(replicate);
        random.set_word_pos(0);
        random
    }
}

/// A number from 0 up to and without 1, of 53 random bits.
pub(super) fn fraction(random: &mut ChaCha8Rng) -> f64 {
    const UNIT: f64 = 1.0 / (1_u64 << 53) as f64;
    (random.next_u64() >> 11) as f64 * UNIT
}

/// The whole part of a number from 0 on.
#[expect(
    clippy::cast_sign_loss,
    reason = "times and shares are never negative, and what is too large becomes the largest number"
)]
pub(super) fn whole(value: f64) -> u64 {
    value as u64
}

/// A time until something happens that happens once in a unit of time on average (exponential law).
pub(super) fn waiting(random: &mut ChaCha8Rng) -> f64 {
    // 1 minus a number below 1 is never 0.
    -(1.0 - fraction(random)).ln()
}

/// One of so many, all equally likely.
pub(super) fn pick(random: &mut ChaCha8Rng, count: usize) -> usize {
    if count <= 1 {
        return 0;
    }
    below(random.next_u64(), count as u64) as usize
}
