//! Ranks as small numbers, thirty-two states at a time.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use super::arena::Holding;
use super::wide;

/// States that are worked on together: the columns of a tile, the states of a chunk.
pub(crate) const LANES: usize = 32;

/// The low bits of a code that vary within a chunk.
pub(crate) const LANE_BITS: u32 = 5;

/// One value for each of thirty-two states.
pub(crate) type Lanes<T> = [T; LANES];

/// A number that ranks a state: larger is better, 0 marks a state that is not feasible.
pub(crate) trait Rank:
    Copy + Ord + Default + Send + Sync + fmt::Debug + bytemuck::Pod + 'static
{
    /// Better than every rank; marks what is not feasible while a least value is sought.
    const TOP: Self;

    /// Worse than every other rank of a feasible state.
    const ONE: Self;

    /// Words that hold one chunk.
    const CHUNK_WORDS: usize;

    /// The number itself.
    fn number(self) -> u32;

    /// All bits set where the flag is.
    fn mask(flag: bool) -> Self;

    /// Bits of either.
    fn or(self, other: Self) -> Self;

    /// Bits that differ.
    fn not(self) -> Self;

    /// Spreads values along improvements with wider registers; says whether that was possible.
    fn spread_wide(
        holding: &Holding,
        ranks: &[Lanes<Self>],
        values: &mut [Vec<Lanes<Self>>],
    ) -> bool;

    /// For each chunk of the ranks, which of its states have a rank at the level or above. Levels are
    /// whole chunks and repeat.
    fn at_least(ranks: &[Self], levels: &[Self], bits: &mut [u32]);

    /// Whether two chunks are the same.
    fn same(a: &Lanes<Self>, b: &Lanes<Self>) -> bool;

    /// Reads a chunk out of its words.
    fn read(words: &[AtomicU64]) -> Lanes<Self>;

    /// Writes a chunk into its words.
    fn write(words: &[AtomicU64], lanes: &Lanes<Self>);
}

macro_rules! rank {
    ($type:ty, $words:expr, $wide:path, $at_least:path) => {
        impl Rank for $type {
            const TOP: Self = Self::MAX;
            const ONE: Self = 1;
            const CHUNK_WORDS: usize = $words;

            #[inline(always)]
            fn number(self) -> u32 {
                u32::from(self)
            }

            #[inline(always)]
            fn mask(flag: bool) -> Self {
                if flag { Self::MAX } else { 0 }
            }

            #[inline(always)]
            fn or(self, other: Self) -> Self {
                self | other
            }

            #[inline(always)]
            fn not(self) -> Self {
                !self
            }

            fn spread_wide(
                holding: &Holding,
                ranks: &[Lanes<Self>],
                values: &mut [Vec<Lanes<Self>>],
            ) -> bool {
                $wide(holding, ranks, values)
            }

            #[inline(always)]
            fn at_least(ranks: &[Self], levels: &[Self], bits: &mut [u32]) {
                if $at_least(ranks, levels, bits) {
                    return;
                }
                let levels = levels.chunks_exact(LANES).cycle();
                let both = ranks.chunks_exact(LANES).zip(levels);
                for (bits, (ranks, levels)) in bits.iter_mut().zip(both) {
                    let flags = ranks.iter().zip(levels).map(|(r, l)| u32::from(r >= l));
                    *bits = (0..).zip(flags).fold(0, |bits, (i, flag)| bits | flag << i);
                }
            }

            #[inline(always)]
            fn same(a: &Lanes<Self>, b: &Lanes<Self>) -> bool {
                let a: [u64; $words] = bytemuck::must_cast(*a);
                let b: [u64; $words] = bytemuck::must_cast(*b);
                a.iter().zip(b).fold(0, |all, (a, b)| all | (a ^ b)) == 0
            }

            #[inline(always)]
            fn read(words: &[AtomicU64]) -> Lanes<Self> {
                let mut out = [0_u64; $words];
                for (o, w) in out.iter_mut().zip(words) {
                    *o = w.load(Ordering::Relaxed);
                }
                bytemuck::must_cast(out)
            }

            #[inline(always)]
            fn write(words: &[AtomicU64], lanes: &Lanes<Self>) {
                let raw: [u64; $words] = bytemuck::must_cast(*lanes);
                for (w, r) in words.iter().zip(raw) {
                    w.store(r, Ordering::Relaxed);
                }
            }
        }
    };
}

rank!(u16, 8, wide::spread, wide::at_least);
rank!(u32, 16, wide::none, wide::none_at_least);

/// One value per state that several threads may write, each its own chunks.
pub(crate) struct Field<T> {
    words: Vec<AtomicU64>,
    kind: std::marker::PhantomData<T>,
}

impl<T: Rank> Field<T> {
    pub(crate) fn new(chunks: usize) -> Self {
        let words = chunks * T::CHUNK_WORDS;
        Self {
            words: std::iter::repeat_with(AtomicU64::default)
                .take(words)
                .collect(),
            kind: std::marker::PhantomData,
        }
    }

    #[inline(always)]
    fn of(&self, chunk: usize) -> &[AtomicU64] {
        let at = chunk * T::CHUNK_WORDS;
        &self.words[at..at + T::CHUNK_WORDS]
    }

    #[inline(always)]
    pub(crate) fn store(&self, chunk: usize, lanes: &Lanes<T>) {
        T::write(self.of(chunk), lanes);
    }
}

/// Something that has one value per state.
pub(crate) trait Source<T>: Sync {
    /// The values of a chunk.
    fn chunk(&self, chunk: usize) -> Lanes<T>;
}

impl<T: Rank> Source<T> for Field<T> {
    #[inline(always)]
    fn chunk(&self, chunk: usize) -> Lanes<T> {
        T::read(self.of(chunk))
    }
}

impl<T: Rank> Source<T> for [T] {
    #[inline(always)]
    fn chunk(&self, chunk: usize) -> Lanes<T> {
        let at = chunk * LANES;
        let mut out = [T::default(); LANES];
        out.copy_from_slice(&self[at..at + LANES]);
        out
    }
}

/// The ranks of one party over all codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ranks {
    U16(Vec<u16>),
    U32(Vec<u32>),
}

impl Ranks {
    /// The number of a state, 0 when it is not feasible.
    pub(crate) fn number(&self, code: usize) -> u32 {
        match self {
            Self::U16(ranks) => ranks.get(code).copied().unwrap_or(0).number(),
            Self::U32(ranks) => ranks.get(code).copied().unwrap_or(0),
        }
    }

    /// Makes all rankings equally wide.
    pub(crate) fn unify(all: &mut [Self]) {
        if all.iter().all(|ranks| matches!(ranks, Self::U16(_))) {
            return;
        }
        for ranks in all {
            if let Self::U16(narrow) = ranks {
                *ranks = Self::U32(narrow.iter().copied().map(u32::from).collect());
            }
        }
    }

    /// The ranks, if they are narrow.
    pub(crate) fn narrow(&self) -> Option<&[u16]> {
        match self {
            Self::U16(ranks) => Some(ranks),
            Self::U32(_) => None,
        }
    }

    /// The ranks, if they are wide.
    pub(crate) fn wide(&self) -> Option<&[u32]> {
        match self {
            Self::U32(ranks) => Some(ranks),
            Self::U16(_) => None,
        }
    }

    /// Bytes per state.
    pub(crate) fn width(&self) -> u64 {
        match self {
            Self::U16(_) => 2,
            Self::U32(_) => 4,
        }
    }

    /// Ranks from any key per state, larger is better, `None` where it is not feasible.
    pub(crate) fn from_keys<K: Ord + Copy>(keys: &[Option<K>], length: usize) -> Self {
        let mut sorted: Vec<K> = keys.iter().flatten().copied().collect();
        sorted.sort_unstable();
        sorted.dedup();
        let number = |key: &Option<K>| {
            let place = key.as_ref().map(|k| sorted.partition_point(|s| s < k) + 1);
            place.unwrap_or(0)
        };
        if sorted.len() < usize::from(u16::MAX) {
            let mut ranks: Vec<u16> = keys.iter().map(|k| number(k) as u16).collect();
            ranks.resize(length, 0);
            Self::U16(ranks)
        } else {
            let mut ranks: Vec<u32> = keys.iter().map(|k| number(k) as u32).collect();
            ranks.resize(length, 0);
            Self::U32(ranks)
        }
    }
}
