//! The order in which each column of a tile is walked.

use rayon::prelude::*;

use super::arena::Holding;
use super::kernel::{self, Entry};
use super::rank::{LANES, Lanes, Rank};
use super::tile::Tiling;

/// How the improvements of one party are followed within its tiles.
pub(crate) enum Plan {
    /// By comparing all pairs of rows.
    Pairs,
    /// Down each column, best row first. Rows fit sixteen bits with a flag.
    Short(Orders<u16>),
    /// The same for more rows.
    Long(Orders<u32>),
}

/// The sorted columns of all tiles of one party.
pub(crate) struct Orders<E> {
    /// For each tile and lane the rows, best first.
    entries: Vec<E>,
    /// For each tile and lane how many rows are feasible; empty when all are.
    feasible: Vec<u32>,
    rows: usize,
    /// For each row the pattern of its one-way bits; empty when all bits are free.
    pub(crate) kinds: Vec<u32>,
    /// How many one-way bits there are.
    pub(crate) one_way: u32,
}

impl<E: Entry> Orders<E> {
    /// The feasible rows of one column, best first.
    #[inline(always)]
    pub(crate) fn of(&self, tile: usize, lane: usize) -> &[E] {
        let column = tile * LANES + lane;
        let at = column * self.rows;
        let count = self.feasible.get(column).map_or(self.rows, |n| *n as usize);
        &self.entries[at..at + count]
    }

    fn new<T: Rank>(holding: &Holding, tiling: &Tiling, ranks: &[T], all_feasible: bool) -> Self {
        let rows = tiling.rows();
        let tiles = tiling.tiles();
        let mut entries = vec![E::new(0, false); tiles * LANES * rows];
        let mut feasible = vec![0_u32; if all_feasible { 0 } else { tiles * LANES }];
        let count = !feasible.is_empty();
        let work = |(tile, (entries, feasible)): (usize, (&mut [E], &mut [u32]))| {
            let mut tile_ranks = vec![[T::default(); LANES]; rows];
            tiling.load(ranks, tile, &mut tile_ranks);
            let mut keys = vec![0_u64; rows];
            for lane in 0..LANES {
                let out = &mut entries[lane * rows..(lane + 1) * rows];
                let feasible_rows = sort_column(&tile_ranks, lane, &mut keys, out);
                if let Some(place) = feasible.get_mut(lane) {
                    *place = feasible_rows;
                }
            }
        };
        let size = LANES * rows;
        if count {
            entries
                .par_chunks_mut(size)
                .zip(feasible.par_chunks_mut(LANES))
                .with_min_len((1 << 14) / size + 1)
                .enumerate()
                .for_each(work);
        } else {
            entries
                .par_chunks_mut(size)
                .with_min_len((1 << 14) / size + 1)
                .enumerate()
                .for_each(|(tile, entries)| work((tile, (entries, &mut []))));
        }
        let (kinds, one_way) = if holding.is_free() {
            (Vec::new(), 0)
        } else {
            kernel::kinds(holding)
        };
        Self {
            entries,
            feasible,
            rows,
            kinds,
            one_way,
        }
    }
}

/// Sorts the rows of a column by descending rank, ties by row, and says how many are feasible.
fn sort_column<T: Rank, E: Entry>(
    ranks: &[Lanes<T>],
    lane: usize,
    keys: &mut [u64],
    out: &mut [E],
) -> u32 {
    for ((row, key), ranks) in (0_u64..).zip(keys.iter_mut()).zip(ranks) {
        *key = u64::from(!ranks[lane].number()) << 32 | row;
    }
    keys.sort_unstable();
    let (mut before, mut feasible) = (None, 0);
    for (key, out) in keys.iter().zip(out) {
        let rank = key >> 32;
        *out = E::new((key & u64::from(u32::MAX)) as usize, before != Some(rank));
        before = Some(rank);
        if rank != u64::from(u32::MAX) {
            feasible += 1;
        }
    }
    feasible
}

impl Plan {
    /// Rows up to which all pairs are compared; with one-way options, by the pairs that are moves.
    const MOST_PAIRS: f64 = 64.0;
    const MOST_PAIRS_ONE_WAY: f64 = 160.0;

    /// Whether the pairs of a party are compared rather than its columns sorted.
    pub(crate) fn by_pairs(holding: &Holding) -> bool {
        let rows = holding.patterns() as f64;
        if holding.is_free() {
            return rows <= Self::MOST_PAIRS;
        }
        let one_way = (holding.only_on | holding.only_off).count_ones();
        rows * 0.75_f64.powi(one_way.cast_signed()) <= Self::MOST_PAIRS_ONE_WAY
    }

    /// Bytes per state that the plan of a party will take.
    pub(crate) fn bytes_per_state(holding: &Holding) -> u64 {
        match holding.bits {
            _ if holding.bits == 0 || Self::by_pairs(holding) => 0,
            ..=15 => 2,
            _ => 4,
        }
    }

    pub(crate) fn new<T: Rank>(
        holding: &Holding,
        tiling: &Tiling,
        ranks: &[T],
        all_feasible: bool,
    ) -> Self {
        if Self::by_pairs(holding) {
            Self::Pairs
        } else if holding.bits <= 15 {
            Self::Short(Orders::new(holding, tiling, ranks, all_feasible))
        } else {
            Self::Long(Orders::new(holding, tiling, ranks, all_feasible))
        }
    }
}
