//! Passes over one party's ranks in the order in which they stand in memory.
//!
//! For a party whose options all change both ways a coset is a whole column, and one value judges all of
//! it. Then nothing has to be put together row by row: runs of neighbouring states are joined and
//! compared where they are. The loops go over slices, which the compiler turns into vector instructions.

use std::ops::Range;

use super::arena::Holding;
use super::rank::{LANE_BITS, LANES, Rank};

/// For each own pattern of a party the least rank that it has in any state, as far as seen.
pub(crate) struct Guaranteed<T> {
    /// One value per pattern, or, where patterns change within a chunk, one per code up to the
    /// party's last bit.
    least: Vec<T>,
    first: u32,
    patterns: usize,
}

impl<T: Rank> Guaranteed<T> {
    pub(crate) fn new(holding: &Holding) -> Self {
        let length = if holding.first < LANE_BITS {
            1 << (holding.first + holding.bits).max(LANE_BITS)
        } else {
            holding.patterns()
        };
        Self {
            least: vec![T::TOP; length],
            first: holding.first,
            patterns: holding.patterns(),
        }
    }

    /// Takes the ranks of the codes from `from` on into account. They are whole chunks.
    pub(crate) fn add(&mut self, from: usize, ranks: &[T]) {
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || self.add_inline(from, ranks),
        );
    }

    #[inline(always)]
    fn add_inline(&mut self, from: usize, ranks: &[T]) {
        let low = self.first < LANE_BITS;
        let run = if low {
            self.least.len()
        } else {
            1 << self.first
        };
        let mut from = from;
        let mut rest = ranks;
        while !rest.is_empty() {
            let within = from & (run - 1);
            let (part, more) = rest.split_at((run - within).min(rest.len()));
            if low {
                lower(&mut self.least[within..][..part.len()], part);
            } else {
                let place = from >> self.first & (self.patterns - 1);
                self.least[place] = self.least[place].min(least(part));
            }
            from += part.len();
            rest = more;
        }
    }

    /// Both together.
    pub(crate) fn join(mut self, other: &Self) -> Self {
        lower(&mut self.least, &other.least);
        self
    }

    /// The largest of the least ranks: what the party is sure of when it chooses first.
    pub(crate) fn maximin(&self) -> T {
        if self.first >= LANE_BITS {
            return self.least.iter().copied().max().unwrap_or_default();
        }
        let mut least = vec![T::TOP; self.patterns];
        for (code, value) in self.least.iter().enumerate() {
            let place = code >> self.first & (self.patterns - 1);
            least[place] = least[place].min(*value);
        }
        least.into_iter().max().unwrap_or_default()
    }
}

#[inline(always)]
fn least<T: Rank>(values: &[T]) -> T {
    values.iter().fold(T::TOP, |a, b| a.min(*b))
}

#[inline(always)]
fn largest<T: Rank>(values: &[T]) -> T {
    values.iter().fold(T::ONE, |a, b| a.max(*b))
}

#[inline(always)]
fn lower<T: Rank>(to: &mut [T], by: &[T]) {
    for (a, b) in to.iter_mut().zip(by) {
        *a = (*a).min(*b);
    }
}

#[inline(always)]
fn raise<T: Rank>(to: &mut [T], by: &[T]) {
    for (a, b) in to.iter_mut().zip(by) {
        *a = (*a).max(*b);
    }
}

/// States of one run at most: a page of narrow ranks.
const RUN: usize = 1 << 11;

/// Calls `visit` with the number of each chunk of the ranks and which of its states have a rank at the
/// level or above. Levels are above 0, whole chunks, at most a run, and repeat.
#[inline(always)]
pub(crate) fn at_least<T: Rank>(ranks: &[T], levels: &[T], mut visit: impl FnMut(usize, u32)) {
    let mut bits = [0_u32; RUN / LANES];
    for (part, ranks) in ranks.chunks(RUN).enumerate() {
        let bits = &mut bits[..ranks.len() / LANES];
        T::at_least(ranks, levels, bits);
        for (at, bits) in bits.iter().enumerate() {
            visit(part * RUN / LANES + at, *bits);
        }
    }
}

/// The columns of a party whose options all change both ways, a set of neighbouring ones at a time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns {
    first: usize,
    own: usize,
    /// Neighbouring columns that are worked on together, or, where rows do not stand in whole chunks,
    /// all states of the set.
    run: usize,
    sets: usize,
}

impl Columns {
    /// `None` where this way does not pay: the party's options do not all change both ways, or its
    /// patterns change within chunks and its columns do not fill one.
    pub(crate) fn new(holding: &Holding, bits: u32) -> Option<Self> {
        let spread = holding.first > 0 && holding.first < LANE_BITS;
        if !holding.is_free() || spread || bits < LANE_BITS {
            return None;
        }
        let (first, own) = (holding.first as usize, holding.bits as usize);
        let run = if first == 0 {
            if holding.bits < LANE_BITS {
                return None;
            }
            1 << own
        } else {
            RUN.min(1 << first)
        };
        let states = 1_usize << bits;
        let sets = if first == 0 {
            states >> own
        } else {
            (states >> own) / run
        };
        Some(Self {
            first,
            own,
            run,
            sets,
        })
    }

    /// The number of sets.
    pub(crate) fn sets(&self) -> usize {
        self.sets
    }

    /// States of one set.
    pub(crate) fn states(&self) -> usize {
        if self.first == 0 {
            self.run
        } else {
            self.run << self.own
        }
    }

    /// Room for the largest values of a set.
    pub(crate) fn room<T: Rank>(&self) -> Vec<T> {
        let length = if self.first == 0 { LANES } else { self.run };
        vec![T::ONE; length]
    }

    /// The codes of the runs of a set; all runs of a set have the same columns.
    fn runs(self, set: usize) -> impl Iterator<Item = Range<usize>> {
        let (start, count) = if self.first == 0 {
            (set << self.own, 1)
        } else {
            let at = set * self.run;
            let low = at & ((1 << self.first) - 1);
            (
                at >> self.first << (self.first + self.own) | low,
                1 << self.own,
            )
        };
        (0..count).map(move |row| {
            let from = start + (row << self.first);
            from..from + self.run
        })
    }

    /// Sets `best` to the largest rank of each column of a set, or to 1 where that is more, and calls
    /// `visit` with every chunk of the set and its states that have that rank.
    #[inline(always)]
    pub(crate) fn best<T: Rank>(
        self,
        set: usize,
        ranks: &[T],
        best: &mut [T],
        visit: Option<impl FnMut(usize, u32)>,
    ) {
        best.fill(T::ONE);
        for codes in self.runs(set) {
            let ranks = &ranks[codes];
            if self.first == 0 {
                best.fill(largest(ranks));
            } else {
                raise(best, ranks);
            }
        }
        let Some(mut visit) = visit else { return };
        for codes in self.runs(set) {
            let chunk = codes.start / LANES;
            at_least(&ranks[codes], best, |at, bits| visit(chunk + at, bits));
        }
    }

    /// The chunks of a set and for each the place of its columns among the set's.
    pub(crate) fn chunks(self, set: usize) -> impl Iterator<Item = (usize, usize)> {
        let room = if self.first == 0 { LANES } else { self.run };
        self.runs(set).flat_map(move |codes| {
            let chunks = codes.start / LANES..codes.end / LANES;
            chunks
                .enumerate()
                .map(move |(at, chunk)| (chunk, at * LANES % room))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some_ranks(count: usize) -> Vec<u16> {
        let number = |i: usize| (i.wrapping_mul(0x9E37_79B9) >> 7) as u16;
        (0..count)
            .map(|i| number(i) % 997 + u16::from(i % 3 > 0))
            .collect()
    }

    fn holding(first: u32, bits: u32) -> Holding {
        Holding {
            first,
            bits,
            only_on: 0,
            only_off: 0,
        }
    }

    #[test]
    fn what_is_guaranteed_is_the_largest_of_the_least() {
        for bits in 5..12_u32 {
            let ranks = some_ranks(1 << bits);
            for first in 0..bits {
                for own in 1..=bits - first {
                    let holding = holding(first, own);
                    let least = (0..1 << own).map(|pattern| {
                        let codes = (0..1_u64 << bits).filter(|c| holding.pattern(*c) == pattern);
                        codes.map(|c| ranks[c as usize]).min().unwrap()
                    });
                    let expected = least.max().unwrap();
                    for parts in [1, 2, 4] {
                        let size = (ranks.len() / parts).max(LANES);
                        let joined = ranks.chunks(size).enumerate().map(|(part, ranks)| {
                            let mut found = Guaranteed::new(&holding);
                            found.add(part * size, ranks);
                            found
                        });
                        let found = joined.reduce(|a, b| a.join(&b)).unwrap();
                        assert_eq!(found.maximin(), expected, "{bits} {first} {own}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_best_of_a_column_is_the_largest_rank_of_the_coset() {
        let mut tried = 0;
        for bits in 5..14_u32 {
            let ranks = some_ranks(1 << bits);
            let wide: Vec<u32> = ranks.iter().map(|r| u32::from(*r)).collect();
            for first in 0..bits {
                for own in 1..=bits - first {
                    let holding = holding(first, own);
                    let Some(columns) = Columns::new(&holding, bits) else {
                        continue;
                    };
                    tried += 1;
                    let mut largest = vec![0; 1 << bits];
                    let column = |code: usize| code & !(((1 << own) - 1) << first);
                    for (code, rank) in ranks.iter().enumerate() {
                        largest[column(code)] = rank.max(&largest[column(code)]).to_owned();
                    }
                    let expected: Vec<bool> = (0..1 << bits)
                        .map(|c| ranks[c] > 0 && ranks[c] == largest[column(c)])
                        .collect();
                    check(columns, &ranks, &expected);
                    check(columns, &wide, &expected);
                }
            }
        }
        assert!(tried > 100);
    }

    fn check<T: Rank>(columns: Columns, ranks: &[T], expected: &[bool]) {
        let mut found = vec![None; expected.len()];
        let mut best = columns.room();
        assert_eq!(columns.sets() * columns.states(), ranks.len());
        for set in 0..columns.sets() {
            let visit = |chunk: usize, bits: u32| {
                for lane in 0..LANES {
                    let place = &mut found[chunk * LANES + lane];
                    assert_eq!(place.replace(bits >> lane & 1 == 1), None);
                }
            };
            columns.best(set, ranks, &mut best, Some(visit));
            for (chunk, at) in columns.chunks(set) {
                for lane in 0..LANES {
                    let code = chunk * LANES + lane;
                    assert_eq!(
                        ranks[code] == best[at + lane],
                        expected[code] || ranks[code] == T::ONE && best[at + lane] == T::ONE
                    );
                }
            }
        }
        let expected: Vec<_> = expected.iter().copied().map(Some).collect();
        assert!(found == expected);
    }

    #[test]
    fn bits_say_which_ranks_are_at_a_level_or_above() {
        let ranks = some_ranks(3 * RUN + 96);
        let wide: Vec<u32> = ranks.iter().map(|r| u32::from(*r)).collect();
        for level in [1, 2, 500, 996, 997, u16::MAX] {
            let bit = |code: usize| ranks[code] >= level;
            let see = |chunk: usize, bits: u32| {
                for lane in 0..LANES {
                    assert_eq!(bits >> lane & 1 == 1, bit(chunk * LANES + lane));
                }
            };
            at_least(&ranks, &[level; LANES], see);
            at_least(&wide, &[u32::from(level); LANES], see);
        }
    }
}
