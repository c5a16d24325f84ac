//! Rankings whose adjacent ranks may be swapped.

use rustsat::types::Lit;

use super::Unsuited;
use super::linear::{Linear, Price};
use super::optimizer::{Optimizer, Term};
use crate::{Ranking, StateId};

/// The ranks of one party; an item of the order is a rank, 0 the worst.
pub(super) struct Ranks {
    ranking: Ranking,
    order: Linear,
}

impl Ranks {
    pub(super) fn new(ranking: &Ranking, price: Price) -> Self {
        Self {
            ranking: ranking.clone(),
            order: Linear::new(price),
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

    fn pair(&mut self, optimizer: &mut Optimizer, a: usize, b: usize) -> Result<Lit, Unsuited> {
        Ok(self.order.inverted(optimizer, a, b)?.0)
    }

    /// The ranking of the assignment found last; `None` when it is none, after adding the clauses
    /// that say why.
    pub(super) fn found(&mut self, optimizer: &mut Optimizer) -> Result<Option<Ranking>, Unsuited> {
        let inversions = self.order.inversions(optimizer);
        let levels = self.ranking.levels() as usize;
        let broken = Linear::broken(&inversions, levels, |_| false);
        for (a, b, c, outer) in &broken {
            let ab = Term::Lit(self.pair(optimizer, *a, *b)?);
            let bc = Term::Lit(self.pair(optimizer, *b, *c)?);
            let ac = Term::Lit(self.pair(optimizer, *a, *c)?);
            if *outer {
                optimizer.clause(&[ac.negated(), ab, bc])?;
            } else {
                optimizer.clause(&[ab.negated(), bc.negated(), ac])?;
            }
        }
        if !broken.is_empty() {
            return Ok(None);
        }
        let mut place: Vec<i64> = (0..i64::from(self.ranking.levels())).collect();
        for (low, high) in inversions {
            place[low] += 1;
            place[high] -= 1;
        }
        let states = 0..self.ranking.states() as u32;
        let values: Vec<i64> = states.map(|s| place[self.rank(StateId(s))]).collect();
        Ok(Some(Ranking::from_values(&values)))
    }

    /// The literals of the changes made in the assignment found last.
    pub(super) fn changes(&self, optimizer: &Optimizer) -> Vec<Lit> {
        self.order.inverted_lits(optimizer)
    }

    /// Two states of the ranks of a pair whose literal this is: of the worse rank and of the better.
    pub(super) fn states_of(&self, lit: Lit) -> Option<(StateId, StateId)> {
        let (low, high) = self.order.pair_of(lit)?;
        let of = |rank: usize| {
            let states = 0..self.ranking.states() as u32;
            states.map(StateId).find(|s| self.rank(*s) == rank)
        };
        Some((of(low)?, of(high)?))
    }
}
