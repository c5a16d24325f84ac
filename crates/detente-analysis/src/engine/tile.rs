//! Tiles: the states that differ in one party's own options, for thirty-two columns at a time.
//!
//! A column holds the patterns of the options of all others. A tile has one row per pattern of the
//! party and thirty-two columns, and is a set of whole chunks (thirty-two consecutive codes), so that
//! tiles of one party never share a chunk. Where the party's bits start at bit 5 or higher a chunk is
//! a row; below, the chunks of a tile are consecutive and the rows are spread over them.

use super::arena::Holding;
use super::rank::{Field, LANE_BITS, LANES, Lanes, Rank, Source};

/// How the codes of an arena fall into tiles of one party.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tiling {
    first: u32,
    own: u32,
    chunks: usize,
}

impl Tiling {
    pub(crate) fn new(holding: &Holding, chunks: usize) -> Self {
        Self {
            first: holding.first,
            own: holding.bits,
            chunks,
        }
    }

    /// Rows of a tile.
    pub(crate) fn rows(&self) -> usize {
        1 << self.own
    }

    /// The number of tiles.
    pub(crate) fn tiles(&self) -> usize {
        (self.chunks >> self.own).max(1)
    }

    /// Whether rows are spread over the chunks.
    pub(crate) fn is_low(&self) -> bool {
        self.first < LANE_BITS
    }

    /// Whether every chunk is one row of thirty-two columns, or all of it belongs to one column.
    pub(crate) fn has_whole_columns(&self) -> bool {
        !self.is_low() || (self.first == 0 && self.own >= LANE_BITS)
    }

    /// With whole columns: the sets of chunks of a tile, of which each has the same columns.
    #[inline(always)]
    pub(crate) fn column_sets(&self) -> usize {
        if self.is_low() {
            self.chunks_of_tile() / self.column_chunks()
        } else {
            1
        }
    }

    /// With whole columns: the chunks that have the same columns.
    #[inline(always)]
    pub(crate) fn column_chunks(&self) -> usize {
        if self.is_low() {
            1 << (self.own - LANE_BITS)
        } else {
            self.rows()
        }
    }

    /// With whole columns: a chunk of a set of those that have the same columns.
    #[inline(always)]
    pub(crate) fn column_chunk(&self, tile: usize, set: usize, place: usize) -> usize {
        self.chunk(tile, set * self.column_chunks() + place)
    }

    /// Chunks of a tile.
    fn chunks_of_tile(&self) -> usize {
        self.rows().min(self.chunks)
    }

    /// The chunk at this place of a tile; the row, unless rows are spread over chunks.
    #[inline(always)]
    pub(crate) fn chunk(&self, tile: usize, at: usize) -> usize {
        if self.is_low() {
            return (tile << self.own) + at;
        }
        let shift = self.first - LANE_BITS;
        let low = tile & ((1 << shift) - 1);
        let high = tile >> shift;
        high << (shift + self.own) | at << shift | low
    }

    /// The tile that a chunk belongs to.
    #[inline(always)]
    pub(crate) fn tile_of(&self, chunk: usize) -> usize {
        if self.is_low() {
            return chunk >> self.own;
        }
        let shift = self.first - LANE_BITS;
        let low = chunk & ((1 << shift) - 1);
        chunk >> (shift + self.own) << shift | low
    }

    /// Reads a tile, row by row. Lanes that no state belongs to keep what they have.
    #[inline(always)]
    pub(crate) fn load<T: Rank, S: Source<T> + ?Sized>(
        &self,
        source: &S,
        tile: usize,
        rows: &mut [Lanes<T>],
    ) {
        match self.first {
            0 => self.load_spread::<T, S, 1>(source, tile, rows),
            1 => self.load_spread::<T, S, 2>(source, tile, rows),
            2 => self.load_spread::<T, S, 4>(source, tile, rows),
            3 => self.load_spread::<T, S, 8>(source, tile, rows),
            4 => self.load_spread::<T, S, 16>(source, tile, rows),
            _ => {
                for (at, row) in rows.iter_mut().enumerate() {
                    *row = source.chunk(self.chunk(tile, at));
                }
            }
        }
    }

    /// Calls `visit` for every piece of `C` neighbouring columns with the row, the first lane, the
    /// chunk within the tile and the place within the chunk.
    #[inline(always)]
    fn pieces<const C: usize>(&self, mut visit: impl FnMut(usize, usize, usize, usize)) {
        let rows = self.rows();
        let (mut row, mut lane) = (0, 0);
        for at in 0..self.chunks_of_tile() {
            for piece in 0..LANES / C {
                visit(row, lane, at, piece * C);
                row += 1;
                if row == rows {
                    row = 0;
                    lane += C;
                }
            }
        }
    }

    #[inline(always)]
    fn load_spread<T: Rank, S: Source<T> + ?Sized, const C: usize>(
        &self,
        source: &S,
        tile: usize,
        rows: &mut [Lanes<T>],
    ) {
        let mut chunk = [T::default(); LANES];
        self.pieces::<C>(
            #[inline(always)]
            |row, lane, at, place| {
                if place == 0 {
                    chunk = source.chunk(self.chunk(tile, at));
                }
                rows[row][lane..lane + C].copy_from_slice(&chunk[place..place + C]);
            },
        );
    }

    /// Hands out the chunks of a tile, put together from its rows, with their numbers.
    #[inline(always)]
    pub(crate) fn unload<T: Rank>(
        &self,
        tile: usize,
        rows: &[Lanes<T>],
        visit: impl FnMut(usize, &Lanes<T>),
    ) {
        match self.first {
            0 => self.unload_spread::<T, 1>(tile, rows, visit),
            1 => self.unload_spread::<T, 2>(tile, rows, visit),
            2 => self.unload_spread::<T, 4>(tile, rows, visit),
            3 => self.unload_spread::<T, 8>(tile, rows, visit),
            4 => self.unload_spread::<T, 16>(tile, rows, visit),
            _ => {
                let mut visit = visit;
                for (at, row) in rows.iter().enumerate() {
                    visit(self.chunk(tile, at), row);
                }
            }
        }
    }

    #[inline(always)]
    fn unload_spread<T: Rank, const C: usize>(
        &self,
        tile: usize,
        rows: &[Lanes<T>],
        mut visit: impl FnMut(usize, &Lanes<T>),
    ) {
        let mut chunk = [T::default(); LANES];
        self.pieces::<C>(
            #[inline(always)]
            |row, lane, at, place| {
                chunk[place..place + C].copy_from_slice(&rows[row][lane..lane + C]);
                if place + C == LANES {
                    visit(self.chunk(tile, at), &chunk);
                }
            },
        );
    }

    /// Writes a tile.
    #[inline(always)]
    pub(crate) fn store<T: Rank>(&self, field: &Field<T>, tile: usize, rows: &[Lanes<T>]) {
        self.unload(
            tile,
            rows,
            #[inline(always)]
            |chunk, lanes| field.store(chunk, lanes),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Tiling {
        /// The code at a row and lane of a tile; `None` where no state belongs to the lane.
        pub(crate) fn code(&self, tile: usize, row: usize, lane: usize) -> Option<usize> {
            let code = if self.is_low() {
                let columns = 1 << self.first;
                let block = lane >> self.first;
                let within = lane & (columns - 1);
                (tile << self.own) * LANES + (block << self.own | row) * columns + within
            } else {
                self.chunk(tile, row) * LANES + lane
            };
            (code < self.chunks * LANES).then_some(code)
        }
    }

    #[test]
    fn tiles_hold_every_code_once_and_a_coset_stands_in_one_column() {
        for bits in 5..10_u32 {
            for first in 0..bits {
                for own in 1..=bits - first {
                    let holding = Holding {
                        first,
                        bits: own,
                        only_on: 0,
                        only_off: 0,
                    };
                    let chunks = (1_usize << bits) / LANES;
                    let tiling = Tiling::new(&holding, chunks);
                    let values: Vec<u16> = (0..1 << bits).map(|c: u16| c + 1).collect();
                    let mut seen = vec![false; values.len()];
                    for tile in 0..tiling.tiles() {
                        let mut rows = vec![[0_u16; LANES]; tiling.rows()];
                        tiling.load(&values[..], tile, &mut rows);
                        for (row, lanes) in rows.iter().enumerate() {
                            for (lane, value) in lanes.iter().enumerate() {
                                let code = tiling.code(tile, row, lane);
                                let expected = code.map_or(0, |c| c as u16 + 1);
                                assert_eq!(*value, expected);
                                let Some(code) = code else { continue };
                                assert!(!std::mem::replace(&mut seen[code], true));
                                assert_eq!(holding.pattern(code as u64), row as u64);
                                assert_eq!(tiling.tile_of(code / LANES), tile);
                                let column = code & !(((1 << own) - 1) << first);
                                let other = tiling.code(tile, 0, lane).unwrap();
                                assert_eq!(column, other);
                            }
                        }
                        tiling.unload(tile, &rows, |chunk, lanes| {
                            assert_eq!(lanes[..], values[chunk * LANES..][..LANES]);
                        });
                    }
                    assert!(seen.iter().all(|s| *s));
                }
            }
        }
    }
}
