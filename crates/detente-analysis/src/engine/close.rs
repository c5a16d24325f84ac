//! The least value over everything that some parties can reach together.
//!
//! Moves and improvements of one party are transitive here, so that one visit to a tile settles the
//! tile for its party. Tiles are visited again only when another party has changed something in
//! them; when nothing is left to visit, every state has its least value.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use super::arena::Holding;
use super::kernel;
use super::order::{Orders, Plan};
use super::rank::{Field, LANES, Lanes, Rank, Source};
use super::reverse;
use super::tile::Tiling;
use crate::budget::{Budget, Stop};

/// States that one thread works on at least before it is worth to share.
const SHARE: usize = 1 << 15;

/// By which steps the parties move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Steps {
    Moves,
    Improvements,
}

/// A party that moves.
pub(crate) struct Mover<'a, T> {
    pub(crate) holding: Holding,
    pub(crate) tiling: Tiling,
    pub(crate) ranks: &'a [T],
    /// How its improvements are followed; `None` while they are not asked for.
    pub(crate) plan: Option<Plan>,
}

impl<T: Rank> Mover<'_, T> {
    /// States of one tile.
    fn tile_states(&self) -> usize {
        self.tiling.rows() * LANES
    }
}

/// How much work a search took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// Rounds over one party's tiles.
    pub sweeps: u64,
    /// Visits to states, whole tiles counted.
    pub visits: u64,
    /// How often the search changed to the one with a bound on its time.
    pub guarded: u64,
}

impl Effort {
    pub(crate) fn add(&mut self, other: Self) {
        self.sweeps += other.sweeps;
        self.visits += other.visits;
        self.guarded += other.guarded;
    }
}

/// Buffers for one tile.
struct Desk<T, const V: usize> {
    ranks: Vec<Lanes<T>>,
    values: [Vec<Lanes<T>>; V],
    best: Vec<[T; V]>,
}

impl<T: Rank, const V: usize> Desk<T, V> {
    fn new(mover: &Mover<'_, T>) -> Self {
        let rows = mover.tiling.rows();
        let kinds = match &mover.plan {
            Some(Plan::Short(orders)) => orders.one_way,
            Some(Plan::Long(orders)) => orders.one_way,
            _ => 0,
        };
        Self {
            ranks: vec![[T::default(); LANES]; rows],
            values: std::array::from_fn(|_| vec![[T::TOP; LANES]; rows]),
            best: vec![[T::TOP; V]; 1 << kinds],
        }
    }
}

/// Which tiles of each party are to be visited.
struct Dirty {
    words: Vec<Vec<AtomicU64>>,
}

impl Dirty {
    fn all<T: Rank>(movers: &[&Mover<'_, T>]) -> Self {
        let words = |mover: &&Mover<'_, T>| {
            let tiles = mover.tiling.tiles();
            let word = |w: usize| {
                let left = tiles - w * 64;
                AtomicU64::new(if left >= 64 {
                    u64::MAX
                } else {
                    (1 << left) - 1
                })
            };
            (0..tiles.div_ceil(64)).map(word).collect()
        };
        Self {
            words: movers.iter().map(words).collect(),
        }
    }

    fn mark(&self, mover: usize, tile: usize) {
        let word = &self.words[mover][tile / 64];
        let bit = 1 << (tile % 64);
        if word.load(Ordering::Relaxed) & bit == 0 {
            word.fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// The tiles to visit, ascending; afterwards there are none.
    fn take(&mut self, mover: usize, into: &mut Vec<u32>) {
        into.clear();
        for (at, word) in (0_u32..).zip(&mut self.words[mover]) {
            let mut rest = std::mem::take(word.get_mut());
            while rest != 0 {
                into.push(at * 64 + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
    }
}

/// Lowers the fields, in place, to the least value over all that the movers can reach from each
/// state, the state itself included.
pub(crate) struct Closing<'a, T, const V: usize> {
    pub(crate) steps: Steps,
    pub(crate) movers: Vec<&'a Mover<'a, T>>,
    pub(crate) fields: [&'a Field<T>; V],
    pub(crate) all_feasible: bool,
    /// Bytes that the search with a bound on its time may take.
    pub(crate) spare: u64,
    /// Full visits to all tiles after which the search changes to one whose time has a bound.
    pub(crate) patience: u64,
    pub(crate) budget: &'a Budget,
}

impl<T: Rank, const V: usize> Closing<'_, T, V> {
    pub(crate) fn run(&self) -> Result<Effort, Stop> {
        let mut effort = Effort::default();
        let mut dirty = Dirty::all(&self.movers);
        // Moves of different parties commute where everything is feasible; one party alone is done
        // after one visit.
        let once = self.movers.len() == 1 || (self.steps == Steps::Moves && self.all_feasible);
        let states: u64 = self
            .movers
            .iter()
            .map(|m| (m.tiling.tiles() * m.tile_states()) as u64)
            .sum();
        let mut desks: Vec<Option<Desk<T, V>>> = self.movers.iter().map(|_| None).collect();
        let mut list = Vec::new();
        let (mut at, mut quiet) = (0, 0);
        while quiet < self.movers.len() {
            if self.budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            dirty.take(at, &mut list);
            if list.is_empty() {
                quiet += 1;
            } else {
                quiet = 0;
                let visits = list.len() as u64 * self.movers[at].tile_states() as u64;
                effort.sweeps += 1;
                effort.visits += visits;
                self.sweep(at, &list, &dirty, once, &mut desks[at])?;
            }
            at += 1;
            if at == self.movers.len() {
                if once {
                    break;
                }
                at = 0;
            }
            let needed = reverse::bytes(&self.movers, T::CHUNK_WORDS as u64 / 4);
            if effort.visits > states.saturating_mul(self.patience) && needed <= self.spare {
                effort.guarded += 1;
                for field in self.fields {
                    reverse::close(self.steps, &self.movers, field, self.budget)?;
                }
                break;
            }
        }
        Ok(effort)
    }

    /// Visits the listed tiles of one party.
    fn sweep(
        &self,
        at: usize,
        list: &[u32],
        dirty: &Dirty,
        once: bool,
        desk: &mut Option<Desk<T, V>>,
    ) -> Result<(), Stop> {
        let mover = self.movers[at];
        let work = list.len() * mover.tile_states();
        if work < 2 * SHARE || rayon::current_num_threads() == 1 {
            let desk = desk.get_or_insert_with(|| Desk::new(mover));
            for &tile in list {
                self.visit(at, tile as usize, dirty, once, desk);
                if mover.tile_states() >= SHARE && self.budget.is_cancelled() {
                    return Err(Stop::Cancelled);
                }
            }
            return Ok(());
        }
        let stopped = AtomicBool::new(false);
        let least = SHARE.max(work / (16 * rayon::current_num_threads()));
        let grain = (least / mover.tile_states()).max(1);
        list.par_chunks(grain).for_each(|tiles| {
            if self.budget.is_cancelled() {
                stopped.store(true, Ordering::Relaxed);
                return;
            }
            let mut desk = Desk::new(mover);
            for &tile in tiles {
                self.visit(at, tile as usize, dirty, once, &mut desk);
            }
        });
        if stopped.into_inner() {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }

    fn visit(&self, at: usize, tile: usize, dirty: &Dirty, once: bool, desk: &mut Desk<T, V>) {
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || self.visit_inline(at, tile, dirty, once, desk),
        );
    }

    #[inline(always)]
    fn visit_inline(
        &self,
        at: usize,
        tile: usize,
        dirty: &Dirty,
        once: bool,
        desk: &mut Desk<T, V>,
    ) {
        let mover = self.movers[at];
        let tiling = &mover.tiling;
        if self.steps == Steps::Moves && tiling.has_whole_columns() && mover.holding.is_free() {
            for field in self.fields {
                self.least_in_place(field, at, tile, dirty, once);
            }
            return;
        }
        for (field, values) in self.fields.iter().zip(&mut desk.values) {
            tiling.load(*field, tile, values);
        }
        match (self.steps, &mover.plan) {
            (Steps::Moves, _) => {
                if !self.all_feasible {
                    tiling.load(mover.ranks, tile, &mut desk.ranks);
                }
                for values in &mut desk.values {
                    kernel::least(&mover.holding, values);
                    if !self.all_feasible {
                        kernel::mark_infeasible(&desk.ranks, values);
                    }
                }
            }
            (Steps::Improvements, Some(Plan::Short(orders))) => in_order(orders, tile, desk),
            (Steps::Improvements, Some(Plan::Long(orders))) => in_order(orders, tile, desk),
            (Steps::Improvements, _) => {
                tiling.load(mover.ranks, tile, &mut desk.ranks);
                if !T::spread_wide(&mover.holding, &desk.ranks, &mut desk.values) {
                    match &mut desk.values[..] {
                        [first, second] => {
                            let (holding, ranks) = (&mover.holding, &desk.ranks);
                            kernel::spread_two_by_pairs(holding, ranks, first, second);
                        }
                        values => {
                            for values in values {
                                kernel::spread_by_pairs(&mover.holding, &desk.ranks, values);
                            }
                        }
                    }
                }
            }
        }
        for (field, values) in self.fields.iter().zip(&desk.values) {
            tiling.unload(
                tile,
                values,
                #[inline(always)]
                |chunk, lanes| {
                    self.replace(field, at, chunk, (&field.chunk(chunk), lanes), dirty, once);
                },
            );
        }
    }

    /// Replaces what a chunk holds, and has the others visit it if that is new.
    #[inline(always)]
    fn replace(
        &self,
        field: &Field<T>,
        at: usize,
        chunk: usize,
        (before, after): (&Lanes<T>, &Lanes<T>),
        dirty: &Dirty,
        once: bool,
    ) {
        if T::same(before, after) {
            return;
        }
        field.store(chunk, after);
        if once {
            return;
        }
        for (other, mover) in self.movers.iter().enumerate() {
            if other != at {
                dirty.mark(other, mover.tiling.tile_of(chunk));
            }
        }
    }

    /// Sets every state of a tile to the least value of its column, for a party that may change
    /// everything both ways; what is not feasible has the top value, which nothing else has, and
    /// keeps it.
    #[inline(always)]
    fn least_in_place(&self, field: &Field<T>, at: usize, tile: usize, dirty: &Dirty, once: bool) {
        let tiling = &self.movers[at].tiling;
        for column in 0..tiling.column_sets() {
            let mut least = [T::TOP; LANES];
            for place in 0..tiling.column_chunks() {
                kernel::lower(
                    &mut least,
                    &field.chunk(tiling.column_chunk(tile, column, place)),
                );
            }
            if tiling.is_low() {
                least = [least.iter().fold(T::TOP, |a, b| a.min(*b)); LANES];
            }
            for place in 0..tiling.column_chunks() {
                let chunk = tiling.column_chunk(tile, column, place);
                let before = field.chunk(chunk);
                let mut after = least;
                for (after, before) in after.iter_mut().zip(&before) {
                    *after = after.or(T::mask(*before == T::TOP));
                }
                self.replace(field, at, chunk, (&before, &after), dirty, once);
            }
        }
    }
}

#[inline(always)]
fn in_order<T: Rank, E: kernel::Entry, const V: usize>(
    orders: &Orders<E>,
    tile: usize,
    desk: &mut Desk<T, V>,
) {
    for lane in 0..LANES {
        let order = orders.of(tile, lane);
        if orders.kinds.is_empty() {
            kernel::spread_in_order(order, lane, &mut desk.values);
        } else {
            let (kinds, best) = (&orders.kinds, &mut desk.best);
            kernel::spread_one_way(order, lane, kinds, best, &mut desk.values);
        }
    }
}
