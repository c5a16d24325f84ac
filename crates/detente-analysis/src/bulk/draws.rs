//! Random numbers by number of the sample.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::{LANES, Row};

/// A source of random numbers for all samples. Block `b` holds the samples from `b * LANES` to
/// `b * LANES + LANES - 1`, one per lane, and has random numbers of its own, which depend on the seed and
/// on `b` alone (`ChaCha8`, the block number as its stream). So a sample gets the same numbers however a
/// range of samples is divided among threads and machines, and in whatever order it is gone through.
#[derive(Debug, Clone)]
pub struct Stream {
    start: ChaCha8Rng,
}

impl Stream {
    /// The source with the given seed. Different seeds give unrelated numbers.
    pub fn new(seed: u64) -> Self {
        Self {
            start: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// The random numbers of one block, from the first on.
    pub fn block(&self, block: u64) -> Draws {
        let mut random = self.start.clone();
        random.set_stream(block);
        random.set_word_pos(0);
        Draws { random }
    }
}

/// The random numbers of the [`LANES`] samples of one block, row after row. What a lane gets depends on
/// which rows were asked for before, and not on what is done with them.
#[derive(Debug, Clone)]
pub struct Draws {
    random: ChaCha8Rng,
}

impl Draws {
    /// The next row: for each lane a number from 0 to 65,535, all equally likely and independent.
    pub fn row(&mut self) -> Row {
        let mut bytes = [0_u8; 2 * LANES];
        self.random.fill_bytes(&mut bytes);
        let (pairs, _) = bytes.as_chunks::<2>();
        let mut row = Row::default();
        for (number, pair) in row.0.iter_mut().zip(pairs) {
            *number = u16::from_le_bytes(*pair);
        }
        row
    }

    /// The next number of 64 bits of each lane.
    pub fn numbers(&mut self) -> [u64; LANES] {
        let mut numbers = [0; LANES];
        for number in &mut numbers {
            *number = self.random.next_u64();
        }
        numbers
    }

    /// For each lane a number from 0 up to and without `bound`, all equally likely up to a difference of
    /// `bound` in 2^64; 0 when `bound` is 0.
    pub fn below(&mut self, bound: u32) -> [u32; LANES] {
        self.numbers()
            .map(|number| ((u128::from(number) * u128::from(bound)) >> 64) as u32)
    }

    /// For each lane a number from 0 up to and without 1, of 53 random bits.
    pub fn fractions(&mut self) -> [f64; LANES] {
        let unit = 1.0 / (1_u64 << 53) as f64;
        self.numbers().map(|number| (number >> 11) as f64 * unit)
    }
}
