//! A linear order of some items that may be rearranged at a price per pair that changes places.
//!
//! The price of an order is then that of the fewest swaps of adjacent items that lead to it (its
//! Kendall distance). Pairs come into being when they are asked for, and that they make up an order is
//! seen to afterwards: a candidate that does not is answered with the clauses that it breaks.

use std::collections::{BTreeMap, BTreeSet};

use rustsat::types::Lit;

use super::Unsuited;
use super::optimizer::{Optimizer, Term};

/// Items 0, 1, ... in this order unless pairs of them are inverted.
pub(super) struct Linear {
    pairs: BTreeMap<(usize, usize), Lit>,
    price: Price,
}

/// What it costs to invert a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Price {
    /// So much.
    Of(u64),
    /// Pairs stand as long as this is true.
    While(Lit),
}

impl Linear {
    pub(super) fn new(price: Price) -> Self {
        Self {
            pairs: BTreeMap::new(),
            price,
        }
    }

    /// That item `low` stands after `high`, for `low < high`; and whether it is the first time that
    /// somebody asks.
    pub(super) fn inverted(
        &mut self,
        optimizer: &mut Optimizer,
        low: usize,
        high: usize,
    ) -> Result<(Lit, bool), Unsuited> {
        if let Some(lit) = self.pairs.get(&(low, high)) {
            return Ok((*lit, false));
        }
        let lit = optimizer.fresh();
        self.pairs.insert((low, high), lit);
        match self.price {
            Price::Of(price) => optimizer.prefer(!lit, price),
            Price::While(fact) => optimizer.clause(&[Term::Lit(!fact), Term::Lit(!lit)])?,
        }
        Ok((lit, true))
    }

    /// The fact that the order stands, when it is one.
    pub(super) fn fact(&self) -> Option<Lit> {
        match self.price {
            Price::While(fact) => Some(fact),
            Price::Of(_) => None,
        }
    }

    /// The pairs that are inverted in the assignment found last.
    pub(super) fn inversions(&self, optimizer: &Optimizer) -> BTreeSet<(usize, usize)> {
        let held = self.pairs.iter().filter(|(_, lit)| optimizer.holds(**lit));
        held.map(|(pair, _)| *pair).collect()
    }

    /// The literals of pairs that are inverted in the assignment found last.
    pub(super) fn inverted_lits(&self, optimizer: &Optimizer) -> Vec<Lit> {
        let lits = self.pairs.values().copied();
        lits.filter(|lit| optimizer.holds(*lit)).collect()
    }

    /// The triples of items on which the inversions are not those of an order: three items
    /// `a < b < c`, and whether the outer pair alone is inverted (`true`) or alone is not.
    pub(super) fn broken(
        inversions: &BTreeSet<(usize, usize)>,
        items: usize,
        absent: impl Fn(usize) -> bool,
    ) -> Vec<(usize, usize, usize, bool)> {
        let mut broken = Vec::new();
        for &(a, c) in inversions {
            for b in a + 1..c {
                if !absent(b) && !inversions.contains(&(a, b)) && !inversions.contains(&(b, c)) {
                    broken.push((a, b, c, true));
                }
            }
            for further in c + 1..items {
                if inversions.contains(&(c, further)) && !inversions.contains(&(a, further)) {
                    broken.push((a, c, further, false));
                }
            }
        }
        broken
    }
}
