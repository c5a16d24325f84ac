//! The states of an arena that satisfy a condition.

use detente_model::Expr;

use super::arena::Arena;
use super::bits::CodeSet;
use super::formula::{Formula, WORDS};

impl Arena {
    /// The codes of all feasible states.
    pub fn feasible(&self) -> CodeSet {
        let words = self.size().div_ceil(64) as usize;
        CodeSet::from_words(match self.codes().feasible() {
            Some(feasible) => feasible.iter().copied().take(words).collect(),
            None if self.size() < 64 => vec![(1 << self.size()) - 1],
            None => vec![u64::MAX; words],
        })
    }

    /// The codes of the feasible states that satisfy an expression over options; none for an expression
    /// about the states of a graph.
    pub fn matching(&self, expr: &Expr) -> CodeSet {
        let feasible = self.feasible();
        let Some(formula) = Formula::new(expr, &self.codes().places()) else {
            return CodeSet::from_words(vec![0; feasible.words().len()]);
        };
        let mut words = Vec::with_capacity(feasible.words().len());
        for (block, held) in (0_u64..).zip(feasible.words().chunks(WORDS)) {
            let truth = formula.truth(block);
            words.extend(held.iter().zip(&truth).map(|(held, truth)| held & truth));
        }
        CodeSet::from_words(words)
    }
}

impl CodeSet {
    /// The codes that are in both sets.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a & b)
    }

    /// The codes of this set that are not in the other.
    #[must_use]
    pub fn and_not(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a & !b)
    }

    /// How many codes are in both sets.
    pub fn common_count(&self, other: &Self) -> u64 {
        let pairs = self.words().iter().zip(other.words());
        pairs.map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    fn combine(&self, other: &Self, by: impl Fn(u64, u64) -> u64) -> Self {
        let mut other = other.words().iter().copied();
        let words = self.words().iter();
        Self::from_words(words.map(|a| by(*a, other.next().unwrap_or(0))).collect())
    }
}
