//! What conditions still ask of the issues that are not settled yet.
//!
//! Conditions are kept in one pool, each form once, so that equal residuals have equal numbers. That two
//! residuals with the same meaning have the same number is not promised: it would only save work.

use std::collections::HashMap;

use crate::model::bargain::Test;
use crate::model::syntax::ast::Count;

/// A condition in a [`Pool`].
pub(super) type Residual = u32;

/// Never.
pub(super) const FALSE: Residual = 0;
/// Always.
pub(super) const TRUE: Residual = 1;

/// A condition in terms of others in the pool.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Form {
    Constant(bool),
    Between { issue: usize, from: u16, to: u16 },
    Not(Residual),
    And(Vec<Residual>),
    Or(Vec<Residual>),
    AtLeast(usize, Vec<Residual>),
}

/// All conditions that came up, each form once.
#[derive(Debug)]
pub(super) struct Pool {
    forms: Vec<Form>,
    numbers: HashMap<Form, Residual>,
    /// What settling an issue made of conditions, for the level at hand.
    settled: HashMap<Residual, Residual>,
}

impl Pool {
    pub(super) fn new() -> Self {
        let mut pool = Self {
            forms: Vec::new(),
            numbers: HashMap::new(),
            settled: HashMap::new(),
        };
        pool.intern(Form::Constant(false));
        pool.intern(Form::Constant(true));
        pool
    }

    fn intern(&mut self, form: Form) -> Residual {
        if let Some(number) = self.numbers.get(&form) {
            return *number;
        }
        let number = self.forms.len() as Residual;
        self.forms.push(form.clone());
        self.numbers.insert(form, number);
        number
    }

    /// A condition as it is before anything is settled.
    pub(super) fn whole(&mut self, test: &Test) -> Residual {
        match test {
            Test::Constant(value) => Residual::from(*value),
            Test::Between { issue, from, to } => self.intern(Form::Between {
                issue: issue.index(),
                from: *from,
                to: *to,
            }),
            Test::Not(inner) => {
                let inner = self.whole(inner);
                self.not(inner)
            }
            Test::And(parts) => {
                let parts = parts.iter().map(|p| self.whole(p)).collect();
                self.and(parts)
            }
            Test::Or(parts) => {
                let parts = parts.iter().map(|p| self.whole(p)).collect();
                self.or(parts)
            }
            Test::Count { count, number, of } => {
                let of: Vec<Residual> = of.iter().map(|p| self.whole(p)).collect();
                let number = *number as usize;
                match count {
                    Count::AtLeast => self.at_least(number, of),
                    Count::AtMost => {
                        let more = self.at_least(number + 1, of);
                        self.not(more)
                    }
                    Count::Exactly => {
                        let more = self.at_least(number + 1, of.clone());
                        let no_more = self.not(more);
                        let enough = self.at_least(number, of);
                        self.and(vec![enough, no_more])
                    }
                }
            }
        }
    }

    fn not(&mut self, inner: Residual) -> Residual {
        match &self.forms[inner as usize] {
            Form::Constant(value) => Residual::from(!value),
            Form::Not(inside) => *inside,
            _ => self.intern(Form::Not(inner)),
        }
    }

    /// All of them.
    pub(super) fn and(&mut self, parts: Vec<Residual>) -> Residual {
        let flat = self.flat(parts, FALSE, TRUE, |form| match form {
            Form::And(inside) => Some(inside),
            _ => None,
        });
        match flat {
            Err(decided) => decided,
            Ok(parts) => self.intern(Form::And(parts)),
        }
    }

    fn or(&mut self, parts: Vec<Residual>) -> Residual {
        let flat = self.flat(parts, TRUE, FALSE, |form| match form {
            Form::Or(inside) => Some(inside),
            _ => None,
        });
        match flat {
            Err(decided) => decided,
            Ok(parts) => self.intern(Form::Or(parts)),
        }
    }

    /// The parts of a conjunction or disjunction, ascending, each once, without those that decide nothing; or
    /// what it comes to.
    fn flat(
        &self,
        parts: Vec<Residual>,
        decides: Residual,
        neutral: Residual,
        inside: impl Fn(&Form) -> Option<&Vec<Residual>>,
    ) -> Result<Vec<Residual>, Residual> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match inside(&self.forms[part as usize]) {
                Some(more) => flat.extend_from_slice(more),
                None => flat.push(part),
            }
        }
        flat.retain(|p| *p != neutral);
        flat.sort_unstable();
        flat.dedup();
        let opposed = |part: &Residual| match &self.forms[*part as usize] {
            Form::Not(inner) => flat.binary_search(inner).is_ok(),
            _ => false,
        };
        if flat.contains(&decides) || flat.iter().any(opposed) {
            return Err(decides);
        }
        match flat.as_slice() {
            [] => Err(neutral),
            [single] => Err(*single),
            _ => Ok(flat),
        }
    }

    fn at_least(&mut self, number: usize, mut of: Vec<Residual>) -> Residual {
        let holding = of.iter().filter(|p| **p == TRUE).count();
        let number = number.saturating_sub(holding);
        of.retain(|p| *p != TRUE && *p != FALSE);
        if number == 0 {
            TRUE
        } else if number > of.len() {
            FALSE
        } else if number == 1 {
            self.or(of)
        } else if number == of.len() {
            self.and(of)
        } else {
            of.sort_unstable();
            self.intern(Form::AtLeast(number, of))
        }
    }

    /// What remains of conditions when an issue takes a level.
    pub(super) fn settle(&mut self, issue: usize, level: u16) -> Settling<'_> {
        self.settled.clear();
        Settling {
            pool: self,
            issue,
            level,
        }
    }

    /// The issues that a condition asks about, added to `found`.
    pub(super) fn issues(&self, residual: Residual, found: &mut Vec<usize>) {
        match &self.forms[residual as usize] {
            Form::Constant(_) => {}
            Form::Between { issue, .. } => found.push(*issue),
            Form::Not(inner) => self.issues(*inner, found),
            Form::And(parts) | Form::Or(parts) | Form::AtLeast(_, parts) => {
                for part in parts {
                    self.issues(*part, found);
                }
            }
        }
    }

    /// The conditions that a condition says must all hold.
    pub(super) fn conjuncts(&self, residual: Residual) -> Vec<Residual> {
        match &self.forms[residual as usize] {
            Form::Constant(true) => Vec::new(),
            Form::And(parts) => parts.clone(),
            _ => vec![residual],
        }
    }
}

/// One issue takes one level.
pub(super) struct Settling<'a> {
    pool: &'a mut Pool,
    issue: usize,
    level: u16,
}

impl Settling<'_> {
    /// What remains of a condition.
    pub(super) fn rest(&mut self, residual: Residual) -> Residual {
        if residual <= TRUE {
            return residual;
        }
        if let Some(rest) = self.pool.settled.get(&residual) {
            return *rest;
        }
        let rest = match self.pool.forms[residual as usize].clone() {
            Form::Constant(value) => Residual::from(value),
            Form::Between { issue, from, to } if issue == self.issue => {
                Residual::from(from <= self.level && self.level <= to)
            }
            Form::Between { .. } => residual,
            Form::Not(inner) => {
                let inner = self.rest(inner);
                self.pool.not(inner)
            }
            Form::And(parts) => {
                let parts = self.rests(&parts);
                self.pool.and(parts)
            }
            Form::Or(parts) => {
                let parts = self.rests(&parts);
                self.pool.or(parts)
            }
            Form::AtLeast(number, parts) => {
                let parts = self.rests(&parts);
                self.pool.at_least(number, parts)
            }
        };
        self.pool.settled.insert(residual, rest);
        rest
    }

    fn rests(&mut self, parts: &[Residual]) -> Vec<Residual> {
        parts.iter().map(|p| self.rest(*p)).collect()
    }
}
