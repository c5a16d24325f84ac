//! The same least values by a search backwards, whose time has a bound whatever the structure.
//!
//! States are taken by ascending value. Whatever can reach a state that was just labelled, and has no
//! label yet, gets the same label. Within a column of a mover, the states that can move to a state are
//! those of a permitted pattern of one-way bits that it ranks lower: for each pattern a beginning of
//! the column sorted by rank. One pointer per column and pattern therefore passes every state once.
//! With `o` one-way bits a label looks at `2^o` pointers at most, `1.5^o` on average over the
//! patterns.

use super::close::{Mover, Steps};
use super::kernel;
use super::rank::{Field, LANES, Rank, Source};
use crate::budget::{Budget, Stop};

/// One mover's columns, sorted.
struct Columns<'a, T> {
    mover: &'a Mover<'a, T>,
    /// Codes, column after column, within a column by pattern of one-way bits, then by rank.
    codes: Vec<u32>,
    /// For each column and pattern the next code to pass.
    next: Vec<u32>,
    /// For each column and pattern where its codes end.
    ends: Vec<u32>,
    kinds: Vec<u32>,
    one_way: u32,
}

/// Bytes that the search takes.
pub(crate) fn bytes<T: Rank>(movers: &[&Mover<'_, T>], width: u64) -> u64 {
    let mut sum = 0;
    for mover in movers {
        let states = (mover.ranks.len()) as u64;
        let one_way = mover.holding.only_on | mover.holding.only_off;
        let pointers = states >> mover.holding.bits << one_way.count_ones();
        sum += 4 * states + 8 * pointers.max(1);
    }
    let states = movers.first().map_or(0, |m| m.ranks.len()) as u64;
    sum + states * (4 + 4 + width) + states / 8
}

impl<'a, T: Rank> Columns<'a, T> {
    fn new(mover: &'a Mover<'a, T>) -> Self {
        let holding = &mover.holding;
        let (kinds, one_way) = kernel::kinds(holding);
        let columns = (mover.ranks.len() >> holding.bits).max(1);
        let rows = holding.patterns();
        let mut codes = Vec::with_capacity(mover.ranks.len());
        let mut next = Vec::with_capacity(columns << one_way);
        let mut ends = Vec::with_capacity(columns << one_way);
        let mut keys: Vec<(u32, T, u32)> = Vec::with_capacity(rows);
        for column in 0..columns as u64 {
            let low = column & ((1 << holding.first) - 1);
            let base = column >> holding.first << (holding.first + holding.bits) | low;
            keys.clear();
            for (row, kind) in kinds.iter().enumerate() {
                let code = base | (row as u64) << holding.first;
                let rank = mover.ranks.get(code as usize).copied().unwrap_or_default();
                if rank != T::default() {
                    keys.push((*kind, rank, code as u32));
                }
            }
            keys.sort_unstable();
            let mut keys = keys.iter().peekable();
            for kind in 0..1_u32 << one_way {
                next.push(codes.len() as u32);
                while let Some((_, _, code)) = keys.next_if(|k| k.0 == kind) {
                    codes.push(*code);
                }
                ends.push(codes.len() as u32);
            }
        }
        Self {
            mover,
            codes,
            next,
            ends,
            kinds,
            one_way,
        }
    }

    /// Hands out every state that can move to `to` and was not handed out before.
    fn pass(&mut self, steps: Steps, to: u32, mut label: impl FnMut(u32)) {
        let holding = &self.mover.holding;
        let code = u64::from(to);
        let low = code & ((1 << holding.first) - 1);
        let column = code >> (holding.first + holding.bits) << holding.first | low;
        let kind = self.kinds[holding.pattern(code) as usize];
        let rank = self.mover.ranks[to as usize];
        let mut sub = kind;
        loop {
            let at = ((column as usize) << self.one_way) + sub as usize;
            let (mut next, end) = (self.next[at], self.ends[at]);
            while next < end {
                let from = self.codes[next as usize];
                if steps == Steps::Improvements && self.mover.ranks[from as usize] >= rank {
                    break;
                }
                label(from);
                next += 1;
            }
            self.next[at] = next;
            if sub == 0 {
                break;
            }
            sub = (sub - 1) & kind;
        }
    }
}

/// Lowers the field to the least value over all that the movers can reach.
pub(crate) fn close<T: Rank>(
    steps: Steps,
    movers: &[&Mover<'_, T>],
    field: &Field<T>,
    budget: &Budget,
) -> Result<(), Stop> {
    let Some(first) = movers.first() else {
        return Ok(());
    };
    let ranks = first.ranks;
    let mut columns: Vec<Columns<'_, T>> = movers.iter().map(|m| Columns::new(m)).collect();
    let mut values = Vec::with_capacity(ranks.len());
    for chunk in 0..ranks.len() / LANES {
        values.extend_from_slice(&field.chunk(chunk));
    }
    let mut sources: Vec<u32> = (0..ranks.len() as u32)
        .filter(|c| ranks[*c as usize] != T::default())
        .collect();
    sources.sort_unstable_by_key(|c| (values[*c as usize], *c));
    let mut labelled = vec![0_u64; ranks.len().div_ceil(64)];
    let mut open = Vec::new();
    for (done, source) in (0_u64..).zip(&sources) {
        if done.is_multiple_of(1 << 16) && budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let value = values[*source as usize];
        let mut mark = |code: u32, open: &mut Vec<u32>| {
            let word = &mut labelled[code as usize / 64];
            let bit = 1 << (code % 64);
            if *word & bit == 0 {
                *word |= bit;
                open.push(code);
            }
        };
        mark(*source, &mut open);
        while let Some(code) = open.pop() {
            values[code as usize] = value;
            for mover in &mut columns {
                mover.pass(steps, code, |from| mark(from, &mut open));
            }
        }
    }
    for (chunk, lanes) in values.chunks_exact(LANES).enumerate() {
        let mut out = [T::default(); LANES];
        out.copy_from_slice(lanes);
        field.store(chunk, &out);
    }
    Ok(())
}
