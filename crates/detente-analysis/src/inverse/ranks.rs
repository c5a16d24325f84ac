//! Rankings whose adjacent ranks may be swapped.
//!
//! The price of an order is the number of its inversions. It is counted in three parts. Inversions of
//! one rank, the *centre* (that of the wanted state), are counted one by one. Without the centre, ranks
//! that change places run through the *gaps* between all ranks from the one to the other, and a gap
//! that is run through costs one swap at least: a permutation that cannot be cut anywhere has at least
//! one inversion less than items. What an order costs beyond that is found out when it is needed: each
//! candidate is arranged in the fewest swaps, and what that takes beyond the gaps becomes a clause.
//! This is sound because the part beyond the gaps never shrinks when more pairs are asked for: the
//! inversions within the stretches of the first pairs stay as many, and each further gap needs one
//! more inversion between stretches, to connect them.

use std::collections::{BTreeMap, BTreeSet};

use rustsat::types::Lit;

use super::Unsuited;
use super::arrange::{Items, Known, Nearest};
use super::optimizer::{Optimizer, Term};
use crate::{Budget, Ranking, StateId};

/// The ranks of one party; an item of the order is a rank, 0 the worst.
pub(super) struct Ranks {
    ranking: Ranking,
    /// What a swap costs; without a price no pair may be swapped, each a fact of its own.
    price: Option<u64>,
    centre: Option<usize>,
    pairs: BTreeMap<(usize, usize), Lit>,
    /// That all gaps of an interval are run through: by the logarithm of its length, and its start.
    intervals: BTreeMap<(u32, usize), Lit>,
    /// That it takes at least so many swaps beyond the gaps, from 1.
    extra: Vec<Lit>,
    /// The inversions of the order found last.
    last: BTreeSet<(usize, usize)>,
    budget: Budget,
}

impl Ranks {
    /// The ranks of a party; `centre` is a state of the rank that is likely to move most.
    pub(super) fn new(
        ranking: &Ranking,
        price: Option<u64>,
        centre: Option<StateId>,
        budget: &Budget,
    ) -> Self {
        Self {
            ranking: ranking.clone(),
            price,
            centre: centre.map(|s| ranking.rank(s) as usize),
            pairs: BTreeMap::new(),
            intervals: BTreeMap::new(),
            extra: Vec::new(),
            last: BTreeSet::new(),
            budget: budget.clone(),
        }
    }

    /// That the party prefers `a` to `b`.
    pub(super) fn prefers(
        &mut self,
        optimizer: &mut Optimizer,
        a: StateId,
        b: StateId,
    ) -> Result<Term, Unsuited> {
        let (ra, rb) = (self.rank(a), self.rank(b));
        Ok(match ra.cmp(&rb) {
            std::cmp::Ordering::Equal => Term::Known(false),
            std::cmp::Ordering::Greater => Term::Lit(!self.pair(optimizer, rb, ra)?),
            std::cmp::Ordering::Less => Term::Lit(self.pair(optimizer, ra, rb)?),
        })
    }

    fn rank(&self, state: StateId) -> usize {
        self.ranking.rank(state) as usize
    }

    /// That ranks `a < b` change their order.
    fn pair(&mut self, optimizer: &mut Optimizer, a: usize, b: usize) -> Result<Lit, Unsuited> {
        if let Some(lit) = self.pairs.get(&(a, b)) {
            return Ok(*lit);
        }
        let lit = optimizer.fresh();
        self.pairs.insert((a, b), lit);
        match self.price {
            Some(price) if self.centre == Some(a) || self.centre == Some(b) => {
                optimizer.prefer(!lit, price);
            }
            Some(price) => {
                let (a, b) = (self.items().place(a), self.items().place(b));
                let power = (b - a).ilog2();
                for start in [a, b - (1 << power)] {
                    let all = self.interval(optimizer, power, start, price)?;
                    optimizer.clause(&[Term::Lit(!lit), Term::Lit(all)])?;
                }
            }
            None => optimizer.fact(!lit),
        }
        Ok(lit)
    }

    fn interval(
        &mut self,
        optimizer: &mut Optimizer,
        power: u32,
        start: usize,
        price: u64,
    ) -> Result<Lit, Unsuited> {
        if let Some(lit) = self.intervals.get(&(power, start)) {
            return Ok(*lit);
        }
        let lit = optimizer.fresh();
        self.intervals.insert((power, start), lit);
        if power == 0 {
            optimizer.prefer(!lit, price);
        } else {
            for half in [start, start + (1 << (power - 1))] {
                let part = self.interval(optimizer, power - 1, half, price)?;
                optimizer.clause(&[Term::Lit(!lit), Term::Lit(part)])?;
            }
        }
        Ok(lit)
    }

    /// The ranking of the assignment found last, in the fewest swaps; `None` when it is none or takes
    /// more swaps than the assignment pays for, after adding clauses that say why.
    pub(super) fn found(&mut self, optimizer: &mut Optimizer) -> Result<Option<Ranking>, Unsuited> {
        let mut known = Known::default();
        for (pair, lit) in &self.pairs {
            if optimizer.holds(*lit) {
                known.inverted.push(*pair);
            } else {
                known.kept.push(*pair);
            }
        }
        if self.refuse_around(optimizer, &known)? {
            return Ok(None);
        }
        self.complete(&mut known);
        let (mut order, beyond) = match known.nearest(self.items(), &self.budget)? {
            Nearest::Order(order, beyond) => (order, beyond),
            Nearest::Circle(circle) => {
                self.refuse(optimizer, &circle, None)?;
                return Ok(None);
            }
        };
        let paid = self.extra.iter().filter(|l| optimizer.holds(**l)).count();
        if let Some(price) = self.price
            && price > 0
            && beyond > paid
        {
            let reason = known.reason(beyond, self.items(), &self.budget)?;
            while self.extra.len() < beyond {
                let lit = optimizer.fresh();
                optimizer.prefer(!lit, price);
                if let Some(before) = self.extra.last() {
                    optimizer.clause(&[Term::Lit(!lit), Term::Lit(*before)])?;
                }
                self.extra.push(lit);
            }
            let extra = self.extra[beyond - 1];
            self.refuse(optimizer, &reason, Some(extra))?;
            return Ok(None);
        }
        let centred = |(a, b): &(usize, usize)| self.centre == Some(*a) || self.centre == Some(*b);
        order.extend(known.inverted.iter().copied().filter(centred));
        let levels = i64::from(self.ranking.levels());
        let mut place: Vec<i64> = (0..levels).collect();
        for (low, high) in &order {
            place[*low] += 1;
            place[*high] -= 1;
        }
        self.last = order;
        let states = 0..self.ranking.states() as u32;
        let values: Vec<i64> = states.map(|s| place[self.rank(StateId(s))]).collect();
        Ok(Some(Ranking::from_values(&values)))
    }

    fn items(&self) -> Items {
        Items {
            count: self.ranking.levels() as usize,
            centre: self.centre,
        }
    }

    /// Says that a rank below the centre is below every rank above it; whether that is broken.
    fn refuse_around(
        &mut self,
        optimizer: &mut Optimizer,
        known: &Known,
    ) -> Result<bool, Unsuited> {
        const AT_A_TIME: usize = 200;
        let Some(centre) = self.centre else {
            return Ok(false);
        };
        let inverted: BTreeSet<(usize, usize)> = known.inverted.iter().copied().collect();
        let ranks = (0..self.items().count).filter(|r| *r != centre);
        let (below, above): (Vec<usize>, Vec<usize>) =
            ranks.partition(|r| stands_below(centre, &inverted, *r));
        let mut broken = Vec::new();
        'all: for high in below.iter().rev() {
            for low in above.iter().take_while(|low| *low < high) {
                if !inverted.contains(&(*low, *high)) {
                    broken.push((*low, *high));
                    if broken.len() >= AT_A_TIME {
                        break 'all;
                    }
                }
            }
        }
        for (low, high) in &broken {
            let is_above = self.above(optimizer, centre, *low)?;
            let is_below = self.above(optimizer, centre, *high)?.negated();
            let inverted = Term::Lit(self.pair(optimizer, *low, *high)?);
            optimizer.clause(&[is_above.negated(), is_below.negated(), inverted])?;
        }
        Ok(!broken.is_empty())
    }

    /// That a rank stands above the centre.
    fn above(
        &mut self,
        optimizer: &mut Optimizer,
        centre: usize,
        rank: usize,
    ) -> Result<Term, Unsuited> {
        Ok(if rank < centre {
            Term::Lit(self.pair(optimizer, rank, centre)?)
        } else {
            Term::Lit(!self.pair(optimizer, centre, rank)?)
        })
    }

    /// Adds that ranks of which nothing is known stay where they are as to the centre.
    fn complete(&self, known: &mut Known) {
        let Some(centre) = self.centre else { return };
        for rank in (0..self.items().count).filter(|r| *r != centre) {
            let pair = (rank.min(centre), rank.max(centre));
            if !self.pairs.contains_key(&pair) {
                known.kept.push(pair);
            }
        }
    }

    /// Says that what is known cannot be, or takes so many extra swaps.
    fn refuse(
        &mut self,
        optimizer: &mut Optimizer,
        known: &Known,
        extra: Option<Lit>,
    ) -> Result<(), Unsuited> {
        let mut clause: Vec<Term> = extra.into_iter().map(Term::Lit).collect();
        for (a, b) in &known.inverted {
            clause.push(Term::Lit(!self.pair(optimizer, *a, *b)?));
        }
        for (a, b) in &known.kept {
            clause.push(Term::Lit(self.pair(optimizer, *a, *b)?));
        }
        optimizer.clause(&clause)
    }

    /// The literals of the changes of the order found last.
    pub(super) fn changes(&mut self, optimizer: &mut Optimizer) -> Result<Vec<Lit>, Unsuited> {
        let pairs: Vec<(usize, usize)> = self.last.iter().copied().collect();
        pairs
            .into_iter()
            .map(|(a, b)| self.pair(optimizer, a, b))
            .collect()
    }

    /// Two states of the ranks of a pair whose literal this is: of the worse rank and of the better.
    pub(super) fn states_of(&self, lit: Lit) -> Option<(StateId, StateId)> {
        let ((low, high), _) = self.pairs.iter().find(|(_, l)| **l == lit)?;
        let of = |rank: usize| {
            let states = 0..self.ranking.states() as u32;
            states.map(StateId).find(|s| self.rank(*s) == rank)
        };
        Some((of(*low)?, of(*high)?))
    }
}

/// Whether a rank stands below the centre, as far as is known; ranks of which nothing is known stay where
/// they are.
fn stands_below(centre: usize, inverted: &BTreeSet<(usize, usize)>, rank: usize) -> bool {
    if rank < centre {
        !inverted.contains(&(rank, centre))
    } else {
        inverted.contains(&(centre, rank))
    }
}
