//! Sets of codes.

use std::sync::atomic::{AtomicU32, Ordering};

use super::rank::{LANES, Lanes, Rank};

/// A set of codes of an arena, as one bit per code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSet {
    words: Vec<u64>,
}

impl CodeSet {
    /// The number of codes in the set.
    pub fn count(&self) -> u64 {
        self.words.iter().map(|w| u64::from(w.count_ones())).sum()
    }

    /// Whether a code is in the set.
    pub fn contains(&self, code: u64) -> bool {
        let word = usize::try_from(code / 64)
            .ok()
            .and_then(|w| self.words.get(w));
        word.is_some_and(|w| w >> (code % 64) & 1 == 1)
    }

    /// The codes of the set, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        (0_u64..).zip(&self.words).flat_map(|(at, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    at * 64 + u64::from(bit)
                })
            })
        })
    }

    /// The bits, 64 codes a word, the lowest code in the lowest bit.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// The codes that are in every one of the sets, all of the same arena; `None` of no sets.
    pub(crate) fn common(sets: &[Self]) -> Option<Self> {
        let (first, rest) = sets.split_first()?;
        let mut all = first.clone();
        for set in rest {
            for (a, b) in all.words.iter_mut().zip(&set.words) {
                *a &= b;
            }
        }
        Some(all)
    }

    pub(crate) fn from_words(words: Vec<u64>) -> Self {
        Self { words }
    }
}

/// A set of codes that several threads fill, each its own chunks.
pub(crate) struct Marks {
    halves: Vec<AtomicU32>,
}

impl Marks {
    pub(crate) fn new(chunks: usize) -> Self {
        Self {
            halves: std::iter::repeat_with(AtomicU32::default)
                .take(chunks)
                .collect(),
        }
    }

    /// Says which states of a chunk are in the set: those whose flag is not 0.
    #[inline(always)]
    pub(crate) fn store<T: Rank>(&self, chunk: usize, flags: &Lanes<T>) {
        self.halves[chunk].store(pack(flags), Ordering::Relaxed);
    }

    /// The same, one bit per state.
    #[inline(always)]
    pub(crate) fn store_bits(&self, chunk: usize, bits: u32) {
        self.halves[chunk].store(bits, Ordering::Relaxed);
    }

    /// The set.
    pub(crate) fn finish(self) -> CodeSet {
        let pair = |pair: &[AtomicU32]| {
            let half = |i: usize| {
                pair.get(i)
                    .map_or(0, |h| u64::from(h.load(Ordering::Relaxed)))
            };
            half(1) << 32 | half(0)
        };
        CodeSet {
            words: self.halves.chunks(2).map(pair).collect(),
        }
    }
}

/// One bit for each lane that is not 0.
#[inline(always)]
fn pack<T: Rank>(flags: &Lanes<T>) -> u32 {
    let mut bytes = [0_u8; LANES];
    for (byte, flag) in bytes.iter_mut().zip(flags) {
        *byte = u8::from(*flag != T::default());
    }
    let mut packed = 0;
    for (i, eight) in bytes.chunks_exact(8).enumerate() {
        let mut array = [0; 8];
        array.copy_from_slice(eight);
        // Every byte is 0 or 1; the product gathers them in its highest byte.
        let gathered = u64::from_le_bytes(array).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        packed |= (gathered as u32) << (8 * i);
    }
    packed
}
