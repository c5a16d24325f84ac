//! What happens within one tile: least and largest values over a party's moves, and the spread of a
//! least value along its improvements.
//!
//! Everything here is plain array code over thirty-two lanes, written so that the compiler makes
//! vector instructions of it; the callers choose the instruction set when they run.

use super::arena::Holding;
use super::rank::{LANES, Lanes, Rank};

/// The larger of two values, lane by lane.
#[inline(always)]
pub(crate) fn raise<T: Rank>(to: &mut Lanes<T>, by: &Lanes<T>) {
    for (a, b) in to.iter_mut().zip(by) {
        *a = (*a).max(*b);
    }
}

/// The smaller of two values, lane by lane.
#[inline(always)]
pub(crate) fn lower<T: Rank>(to: &mut Lanes<T>, by: &Lanes<T>) {
    for (a, b) in to.iter_mut().zip(by) {
        *a = (*a).min(*b);
    }
}

/// Replaces every row by the largest value over it and the rows that the party can move to.
#[inline(always)]
pub(crate) fn largest<T: Rank>(holding: &Holding, rows: &mut [Lanes<T>]) {
    over_moves(holding, rows, raise);
}

/// Replaces every row by the least value over it and the rows that the party can move to.
#[inline(always)]
pub(crate) fn least<T: Rank>(holding: &Holding, rows: &mut [Lanes<T>]) {
    over_moves(holding, rows, lower);
}

#[inline(always)]
fn over_moves<T: Rank>(
    holding: &Holding,
    rows: &mut [Lanes<T>],
    join: impl Fn(&mut Lanes<T>, &Lanes<T>) + Copy,
) {
    if holding.is_free() {
        let Some((first, rest)) = rows.split_first() else {
            return;
        };
        let mut all = *first;
        for row in rest {
            join(&mut all, row);
        }
        for row in rows {
            *row = all;
        }
        return;
    }
    for bit in 0..holding.bits {
        let one = 1_u64 << bit;
        for block in rows.chunks_exact_mut(2 << bit) {
            let (clear, set) = block.split_at_mut(1 << bit);
            for (clear, set) in clear.iter_mut().zip(set) {
                if holding.only_on & one != 0 {
                    join(clear, set);
                } else if holding.only_off & one != 0 {
                    join(set, clear);
                } else {
                    join(clear, set);
                    *set = *clear;
                }
            }
        }
    }
}

/// Sets the value of states that are not feasible, which have rank 0, to the top.
#[inline(always)]
pub(crate) fn mark_infeasible<T: Rank>(ranks: &[Lanes<T>], values: &mut [Lanes<T>]) {
    for (ranks, values) in ranks.iter().zip(values) {
        for (r, v) in ranks.iter().zip(values) {
            *v = v.or(T::mask(*r == T::default()));
        }
    }
}

/// Turns values into flags: set where the value is not above the rank of a feasible state.
#[inline(always)]
pub(crate) fn not_above<T: Rank>(ranks: &[Lanes<T>], values: &mut [Lanes<T>]) {
    for (ranks, values) in ranks.iter().zip(values) {
        for (r, v) in ranks.iter().zip(values) {
            *v = T::mask((*v <= *r) & (*r != T::default()));
        }
    }
}

/// Spreads values along improvements: every row gets the least of its own value and those of the rows
/// that the party can move to and ranks higher. All pairs of rows are compared.
#[inline(always)]
pub(crate) fn spread_by_pairs<T: Rank>(
    holding: &Holding,
    ranks: &[Lanes<T>],
    values: &mut [Lanes<T>],
) {
    let free = holding.is_free();
    for (from, mine) in ranks.iter().enumerate() {
        let mut best = [T::TOP; LANES];
        for (to, (theirs, value)) in ranks.iter().zip(&*values).enumerate() {
            if !free && !holding.permits(from as u64, to as u64) {
                continue;
            }
            for lane in 0..LANES {
                let not_better = T::mask(theirs[lane] <= mine[lane]);
                best[lane] = best[lane].min(value[lane].or(not_better));
            }
        }
        settle(mine, &best, &mut values[from]);
    }
}

/// The same for two kinds of values at once.
#[inline(always)]
pub(crate) fn spread_two_by_pairs<T: Rank>(
    holding: &Holding,
    ranks: &[Lanes<T>],
    first: &mut [Lanes<T>],
    second: &mut [Lanes<T>],
) {
    let free = holding.is_free();
    for (from, mine) in ranks.iter().enumerate() {
        let mut best_first = [T::TOP; LANES];
        let mut best_second = [T::TOP; LANES];
        let rows = ranks.iter().zip(first.iter().zip(&*second));
        for (to, (theirs, (one, two))) in rows.enumerate() {
            if !free && !holding.permits(from as u64, to as u64) {
                continue;
            }
            for lane in 0..LANES {
                let not_better = T::mask(theirs[lane] <= mine[lane]);
                best_first[lane] = best_first[lane].min(one[lane].or(not_better));
                best_second[lane] = best_second[lane].min(two[lane].or(not_better));
            }
        }
        settle(mine, &best_first, &mut first[from]);
        settle(mine, &best_second, &mut second[from]);
    }
}

/// Lowers a row to the best that was found, but for what is not feasible, which is never left.
#[inline(always)]
fn settle<T: Rank>(mine: &Lanes<T>, best: &Lanes<T>, row: &mut Lanes<T>) {
    for ((value, best), mine) in row.iter_mut().zip(best).zip(mine) {
        *value = (*value).min(best.or(T::mask(*mine == T::default())));
    }
}

/// An entry of a sorted column: a row, and in the highest bit whether it starts a new group of ties.
pub(crate) trait Entry: Copy + Send + Sync + 'static {
    /// The entry of a row.
    fn new(row: usize, starts: bool) -> Self;
    /// The row.
    fn row(self) -> usize;
    /// Whether it starts a new group.
    fn starts(self) -> bool;
}

macro_rules! entry {
    ($type:ty) => {
        impl Entry for $type {
            #[inline(always)]
            fn new(row: usize, starts: bool) -> Self {
                let top = if starts { !(Self::MAX >> 1) } else { 0 };
                row as Self | top
            }

            #[inline(always)]
            fn row(self) -> usize {
                (self & (Self::MAX >> 1)) as usize
            }

            #[inline(always)]
            fn starts(self) -> bool {
                self > Self::MAX >> 1
            }
        }
    };
}

entry!(u16);
entry!(u32);

/// The same for a party that may change everything both ways, down one column sorted from the best
/// row: everything in an earlier group of ties is better.
#[inline(always)]
pub(crate) fn spread_in_order<T: Rank, E: Entry, const V: usize>(
    order: &[E],
    lane: usize,
    values: &mut [Vec<Lanes<T>>; V],
) {
    let mut best = [T::TOP; V];
    let mut group = [T::TOP; V];
    for entry in order {
        let starts = T::mask(entry.starts());
        let row = entry.row();
        for v in 0..V {
            best[v] = best[v].min(group[v].or(starts.not()));
            let place = &mut values[v][row][lane];
            let value = (*place).min(best[v]);
            *place = value;
            group[v] = group[v].or(starts).min(value);
        }
    }
}

/// The same for a party with one-way options: `kinds` gives for each row the pattern of its one-way
/// bits, such that a row may be left for another exactly when its pattern is contained in the
/// other's. `best` has room for one value per pattern.
#[inline(always)]
pub(crate) fn spread_one_way<T: Rank, E: Entry, const V: usize>(
    order: &[E],
    lane: usize,
    kinds: &[u32],
    best: &mut [[T; V]],
    values: &mut [Vec<Lanes<T>>; V],
) {
    for b in best.iter_mut() {
        *b = [T::TOP; V];
    }
    let mut start = 0;
    while start < order.len() {
        let next = order[start + 1..].iter().position(|e| e.starts());
        let end = next.map_or(order.len(), |n| start + 1 + n);
        for entry in &order[start..end] {
            let row = entry.row();
            let best = &best[kinds[row] as usize];
            for v in 0..V {
                let place = &mut values[v][row][lane];
                *place = (*place).min(best[v]);
            }
        }
        for entry in &order[start..end] {
            let row = entry.row();
            let kind = kinds[row];
            let mut sub = kind;
            loop {
                let best = &mut best[sub as usize];
                for v in 0..V {
                    best[v] = best[v].min(values[v][row][lane]);
                }
                if sub == 0 {
                    break;
                }
                sub = (sub - 1) & kind;
            }
        }
        start = end;
    }
}

/// For each row the pattern of its one-way bits, see [`spread_one_way`], and how many bits it has.
pub(crate) fn kinds(holding: &Holding) -> (Vec<u32>, u32) {
    let one_way = holding.only_on | holding.only_off;
    let kind = |row: u64| {
        let turned = row ^ holding.only_off;
        let bits = (0..holding.bits).filter(|b| one_way >> b & 1 == 1);
        (0..).zip(bits).fold(0, |kind, (to, bit)| {
            kind | ((turned >> bit & 1) as u32) << to
        })
    };
    let rows = 0..1_u64 << holding.bits;
    (rows.map(kind).collect(), one_way.count_ones())
}
