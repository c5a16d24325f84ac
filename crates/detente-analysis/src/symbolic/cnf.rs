//! Formulas as clauses of a satisfiability solver.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use rustsat::solvers::{Solve, SolveIncremental, SolverResult};
use rustsat::types::{Lit, TernaryVal, Var};
use rustsat_batsat::BasicSolver;

use super::engine::Unanswered;
use super::logic::Logic;
use crate::{Budget, Stop};

/// A constant or a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Term {
    Known(bool),
    Lit(Lit),
}

impl Term {
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Known(value) => Self::Known(!value),
            Self::Lit(lit) => Self::Lit(!lit),
        }
    }

    /// The term if `value` is true, else its negation.
    pub(crate) fn when(self, value: bool) -> Self {
        if value { self } else { self.negated() }
    }
}

/// A solver and the formulas that it knows.
pub(crate) struct Cnf {
    solver: BasicSolver,
    next: u32,
    gates: HashMap<(Lit, Lit), Lit>,
    /// What each bit of the state stands for.
    pub(crate) bits: Vec<Term>,
    failure: Option<String>,
    budget: Budget,
    work: Rc<Cell<u64>>,
}

impl Cnf {
    /// A solver in which every bit of the state is a variable. Decisions count in `work`.
    pub(crate) fn new(bits: usize, budget: &Budget, work: &Rc<Cell<u64>>) -> Self {
        let mut solver = BasicSolver::default();
        let (flag, limit, count) = (budget.flag(), budget.max_work, Rc::clone(work));
        solver.batsat_mut().cb_mut().set_stop(move || {
            count.set(count.get() + 1);
            count.get() > limit || flag.as_ref().is_some_and(|f| f.load(Ordering::Relaxed))
        });
        let mut cnf = Self {
            solver,
            next: 0,
            gates: HashMap::new(),
            bits: Vec::new(),
            failure: None,
            budget: budget.clone(),
            work: Rc::clone(work),
        };
        cnf.bits = (0..bits).map(|_| Term::Lit(cnf.fresh())).collect();
        cnf
    }

    pub(crate) fn fresh(&mut self) -> Lit {
        let var = Var::new(self.next);
        self.next += 1;
        if let Err(error) = self.solver.reserve(var) {
            self.failure = Some(error.to_string());
        }
        var.pos_lit()
    }

    /// Requires one of the terms.
    pub(crate) fn require(&mut self, terms: &[Term]) {
        if terms.contains(&Term::Known(true)) {
            return;
        }
        let lits = terms.iter().filter_map(|t| match t {
            Term::Lit(lit) => Some(*lit),
            Term::Known(_) => None,
        });
        if let Err(error) = self.solver.add_clause(lits.collect()) {
            self.failure = Some(error.to_string());
        }
    }

    /// Whether the assumptions can hold together.
    pub(crate) fn solve(&mut self, assumptions: &[Term]) -> Result<bool, Unanswered> {
        if let Some(failure) = &self.failure {
            return Err(Unanswered::Solver(failure.clone()));
        }
        if self.budget.is_cancelled() {
            return Err(Stop::Cancelled.into());
        }
        if assumptions.contains(&Term::Known(false)) {
            return Ok(false);
        }
        self.work.set(self.work.get() + 1);
        let lits: Vec<Lit> = assumptions
            .iter()
            .filter_map(|t| match t {
                Term::Lit(lit) => Some(*lit),
                Term::Known(_) => None,
            })
            .collect();
        match self.solver.solve_assumps(&lits) {
            Ok(SolverResult::Sat) => Ok(true),
            Ok(SolverResult::Unsat) => Ok(false),
            Ok(SolverResult::Interrupted) if self.budget.is_cancelled() => {
                Err(Stop::Cancelled.into())
            }
            Ok(SolverResult::Interrupted) => Err(Stop::Limit {
                what: "decisions",
                limit: self.budget.max_work,
            }
            .into()),
            Err(error) => Err(Unanswered::Solver(error.to_string())),
        }
    }

    /// The value of a term in the assignment just found; a term that does not matter is false.
    pub(crate) fn value(&self, term: Term) -> bool {
        match term {
            Term::Known(value) => value,
            Term::Lit(lit) => matches!(self.solver.lit_val(lit), Ok(TernaryVal::True)),
        }
    }

    pub(crate) fn values(&self, terms: &[Term]) -> Vec<bool> {
        terms.iter().map(|t| self.value(*t)).collect()
    }
}

impl Logic for Cnf {
    type Formula = Term;

    fn constant(&mut self, value: bool) -> Term {
        Term::Known(value)
    }

    fn bit(&mut self, bit: usize) -> Term {
        self.bits.get(bit).copied().unwrap_or(Term::Known(false))
    }

    fn not(&mut self, a: &Term) -> Term {
        a.negated()
    }

    fn and(&mut self, a: &Term, b: &Term) -> Result<Term, Stop> {
        let (a, b) = match (*a, *b) {
            (Term::Known(false), _) | (_, Term::Known(false)) => return Ok(Term::Known(false)),
            (Term::Known(true), other) | (other, Term::Known(true)) => return Ok(other),
            (Term::Lit(a), Term::Lit(b)) => (a.min(b), a.max(b)),
        };
        if a == b {
            return Ok(Term::Lit(a));
        }
        if a == !b {
            return Ok(Term::Known(false));
        }
        if let Some(gate) = self.gates.get(&(a, b)) {
            return Ok(Term::Lit(*gate));
        }
        let gate = self.fresh();
        self.require(&[Term::Lit(!gate), Term::Lit(a)]);
        self.require(&[Term::Lit(!gate), Term::Lit(b)]);
        self.require(&[Term::Lit(gate), Term::Lit(!a), Term::Lit(!b)]);
        self.gates.insert((a, b), gate);
        Ok(Term::Lit(gate))
    }

    fn or(&mut self, a: &Term, b: &Term) -> Result<Term, Stop> {
        Ok(self.and(&a.negated(), &b.negated())?.negated())
    }

    fn known(&self, a: &Term) -> Option<bool> {
        match a {
            Term::Known(value) => Some(*value),
            Term::Lit(_) => None,
        }
    }
}
