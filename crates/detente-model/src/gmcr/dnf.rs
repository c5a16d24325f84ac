//! Expressions as alternatives of plain lists of Y and N, the only form that a GMCR+ file has.

use detente_syntax::ast::Count;

use crate::expr::{Expr, Literal};
use crate::model::Model;

/// How many alternatives a formula may have.
pub(crate) const MAX_TERMS: usize = 10_000;

/// How many pairs of alternatives may be compared or joined for one file.
const MAX_WORK: u64 = 400_000_000;

/// How deep a formula may be.
const MAX_DEPTH: usize = 500;

/// The Y/N positions of the options of a model: one for a binary option, and for a graded option
/// one for each level above the first, of which at most one is Y.
#[derive(Debug)]
pub(crate) struct Positions {
    /// The first position of every option.
    first: Vec<u32>,
    /// The highest level of every option.
    top: Vec<u16>,
    /// The option of every position.
    pub(crate) option: Vec<u32>,
}

impl Positions {
    pub(crate) fn new(model: &Model) -> Self {
        let mut positions = Self {
            first: Vec::new(),
            top: Vec::new(),
            option: Vec::new(),
        };
        for (index, option) in model.options.iter().enumerate() {
            positions.first.push(positions.option.len() as u32);
            positions.top.push(option.level_count() - 1);
            positions
                .option
                .extend((1..option.level_count()).map(|_| index as u32));
        }
        positions
    }

    /// The positions of an option.
    pub(crate) fn of(&self, option: usize) -> std::ops::Range<u32> {
        let first = self.first.get(option).copied().unwrap_or_default();
        first..first + u32::from(self.top.get(option).copied().unwrap_or_default())
    }

    fn group(&self, position: u32) -> Option<u32> {
        self.option.get(position as usize).copied()
    }
}

/// All of several positions are Y (true) or N (false); ascending, each position once.
pub(crate) type Term = Vec<(u32, bool)>;

/// The formula has too many alternatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLarge;

type Made<T> = Result<T, TooLarge>;

/// Makes alternatives of expressions, within a bound on the work for one file.
pub(crate) struct Maker<'p> {
    positions: &'p Positions,
    work: u64,
}

impl<'p> Maker<'p> {
    pub(crate) fn new(positions: &'p Positions) -> Self {
        Self { positions, work: 0 }
    }

    /// The alternatives of an expression: none when it never holds, an empty one when it always
    /// does. None includes another.
    pub(crate) fn alternatives(&mut self, expr: &Expr) -> Made<Vec<Term>> {
        self.make(expr, false, 0)
    }

    fn spend(&mut self, work: u64) -> Made<()> {
        self.work = self.work.saturating_add(work);
        if self.work > MAX_WORK {
            Err(TooLarge)
        } else {
            Ok(())
        }
    }

    /// The alternatives of `expr`, or of its negation.
    fn make(&mut self, expr: &Expr, negated: bool, depth: usize) -> Made<Vec<Term>> {
        if depth > MAX_DEPTH {
            return Err(TooLarge);
        }
        self.spend(1)?;
        match expr {
            Expr::Constant(value) => Ok(constant(*value != negated)),
            Expr::Literal(literal) => self.literal(*literal, negated),
            // States of a graph: there are none in the option form.
            Expr::Node(_) => Ok(constant(negated)),
            Expr::Not(inner) => self.make(inner, !negated, depth + 1),
            Expr::And(parts) => self.join(parts, negated, !negated, depth),
            Expr::Or(parts) => self.join(parts, negated, negated, depth),
            Expr::Count { count, number, of } => {
                let number = *number as usize;
                match (count, negated) {
                    (Count::AtLeast, false) => self.at_least(number, of, false, depth),
                    (Count::AtLeast, true) => self.fewer(number, of, depth),
                    (Count::AtMost, false) => self.fewer(number.saturating_add(1), of, depth),
                    (Count::AtMost, true) => {
                        self.at_least(number.saturating_add(1), of, false, depth)
                    }
                    (Count::Exactly, false) => {
                        let enough = self.at_least(number, of, false, depth)?;
                        let not_more = self.fewer(number.saturating_add(1), of, depth)?;
                        self.and(&enough, &not_more)
                    }
                    (Count::Exactly, true) => {
                        let mut terms = self.fewer(number, of, depth)?;
                        terms.extend(self.at_least(number.saturating_add(1), of, false, depth)?);
                        self.tidy(terms)
                    }
                }
            }
        }
    }

    fn join(
        &mut self,
        parts: &[Expr],
        negated: bool,
        conjunction: bool,
        depth: usize,
    ) -> Made<Vec<Term>> {
        if conjunction {
            let mut terms = constant(true);
            for part in parts {
                let part = self.make(part, negated, depth + 1)?;
                terms = self.and(&terms, &part)?;
            }
            return Ok(terms);
        }
        let mut terms = Vec::new();
        for part in parts {
            terms.extend(self.make(part, negated, depth + 1)?);
            if terms.len() > 2 * MAX_TERMS {
                terms = self.tidy(terms)?;
            }
        }
        self.tidy(terms)
    }

    /// "Fewer than `number` of them hold": at least so many of their negations.
    fn fewer(&mut self, number: usize, of: &[Expr], depth: usize) -> Made<Vec<Term>> {
        if number == 0 {
            return Ok(constant(false));
        }
        let needed = (of.len() + 1).saturating_sub(number);
        self.at_least(needed, of, true, depth)
    }

    /// "At least `number` of them hold", or of their negations.
    fn at_least(
        &mut self,
        number: usize,
        of: &[Expr],
        negated: bool,
        depth: usize,
    ) -> Made<Vec<Term>> {
        if number > of.len() {
            return Ok(constant(false));
        }
        // At index k: at least k of the parts up to here.
        let mut so_far: Vec<Vec<Term>> = vec![constant(false); number + 1];
        so_far[0] = constant(true);
        for part in of {
            let part = self.make(part, negated, depth + 1)?;
            for k in (1..=number).rev() {
                let with = self.and(&so_far[k - 1], &part)?;
                let mut terms = std::mem::take(&mut so_far[k]);
                terms.extend(with);
                so_far[k] = self.tidy(terms)?;
            }
        }
        Ok(so_far.pop().unwrap_or_default())
    }

    fn literal(&mut self, literal: Literal, negated: bool) -> Made<Vec<Term>> {
        let option = literal.option.index();
        let top = self.positions.top.get(option).copied().unwrap_or(0);
        let (from, to) = (literal.from, literal.to.min(top));
        let mut terms = Vec::new();
        if from > to {
            return Ok(constant(negated));
        }
        if negated {
            if from > 0 {
                self.range(option, 0, from - 1, top, &mut terms);
            }
            if to < top {
                self.range(option, to + 1, top, top, &mut terms);
            }
        } else {
            self.range(option, from, to, top, &mut terms);
        }
        self.tidy(terms)
    }

    /// The level lies between `from` and `to`, both included.
    fn range(&self, option: usize, from: u16, to: u16, top: u16, terms: &mut Vec<Term>) {
        let first = self.positions.of(option).start;
        // Level k above the first has the position first + k - 1.
        let at = |level: u16| first + u32::from(level) - 1;
        if from == 0 {
            terms.push((to + 1..=top).map(|level| (at(level), false)).collect());
        } else {
            terms.extend((from..=to).map(|level| vec![(at(level), true)]));
        }
    }

    fn and(&mut self, a: &[Term], b: &[Term]) -> Made<Vec<Term>> {
        self.spend((a.len() as u64).saturating_mul(b.len() as u64))?;
        let mut terms = Vec::new();
        for left in a {
            for right in b {
                let both = [left.as_slice(), right.as_slice()].concat();
                terms.extend(self.consistent(both));
            }
            if terms.len() > 2 * MAX_TERMS {
                terms = self.tidy(terms)?;
            }
        }
        self.tidy(terms)
    }

    /// The term without repetitions; `None` when it asks for both values of a position, or for two
    /// levels of one option. A level that is Y says already that the others are N.
    fn consistent(&self, mut term: Term) -> Option<Term> {
        term.sort_unstable();
        term.dedup();
        if term.windows(2).any(|w| matches!(w, [a, b] if a.0 == b.0)) {
            return None;
        }
        let taken: Vec<(Option<u32>, u32)> = term
            .iter()
            .filter(|l| l.1)
            .map(|l| (self.positions.group(l.0), l.0))
            .collect();
        if taken.windows(2).any(|w| matches!(w, [a, b] if a.0 == b.0)) {
            return None;
        }
        term.retain(|l| {
            let group = self.positions.group(l.0);
            l.1 || taken.binary_search_by_key(&group, |t| t.0).is_err()
        });
        Some(term)
    }

    /// Drops alternatives that are included in others.
    fn tidy(&mut self, mut terms: Vec<Term>) -> Made<Vec<Term>> {
        terms.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        terms.dedup();
        let mut kept: Vec<(u64, Term)> = Vec::new();
        for term in terms {
            let mark = marks(&term);
            self.spend(kept.len() as u64)?;
            if !kept
                .iter()
                .any(|(m, k)| m & !mark == 0 && includes(k, &term))
            {
                kept.push((mark, term));
                if kept.len() > MAX_TERMS {
                    return Err(TooLarge);
                }
            }
        }
        Ok(kept.into_iter().map(|(_, t)| t).collect())
    }
}

fn constant(value: bool) -> Vec<Term> {
    if value { vec![Vec::new()] } else { Vec::new() }
}

/// One bit for each literal, so that most terms can be told apart at once.
fn marks(term: &Term) -> u64 {
    term.iter().fold(0, |bits, (p, taken)| {
        bits | 1 << ((2 * p + u32::from(*taken)) % 64)
    })
}

/// Whether every literal of `general` is one of `special`, so that `special` says more.
fn includes(general: &Term, special: &Term) -> bool {
    let mut rest = special.iter();
    general.iter().all(|l| rest.any(|r| r == l))
}
