//! A satisfiability solver with prices: the least price under which its clauses can hold.
//!
//! Core-guided search from below (OLL: Andres, Kaufmann, Matheis & Schaub 2012; Morgado, Dodaro &
//! Marques-Silva 2014). Clauses and prices may be added between calls: every clause is necessary, so
//! the bound reached before stays a bound.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indexmap::IndexMap;
use rustsat::encodings::card::{BoundUpper, BoundUpperIncremental, Totalizer};
use rustsat::instances::{BasicVarManager, ManageVars};
use rustsat::solvers::{Solve, SolveIncremental, SolverResult};
use rustsat::types::{Clause, Lit, TernaryVal, Var};
use rustsat_batsat::BasicSolver;

use super::Unsuited;
pub(super) use crate::symbolic::Term;
use crate::{Budget, Stop};

/// What came of one step of the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// An assignment of least price for the clauses known so far.
    Found,
    /// These facts forbid every assignment.
    Forbidden(Vec<Lit>),
    /// Every assignment costs more than the limit.
    Dearer,
}

/// Clauses, prices and facts.
pub(super) struct Optimizer {
    solver: BasicSolver,
    next: u32,
    /// Literals that cost so much when they are false, prices still unpaid.
    unpaid: IndexMap<Lit, u64>,
    /// Assumed, at no price.
    facts: Vec<Lit>,
    totals: Vec<Totalizer>,
    /// For a literal "at most `bound` of this total": which total, which bound.
    bounds: HashMap<Lit, (usize, usize)>,
    least: u64,
    /// What is dearer is not looked for.
    limit: u64,
    /// The assignment found last.
    found: Vec<bool>,
    budget: Budget,
    work: Arc<AtomicU64>,
    /// When the work has come so far, the query under way is given up.
    pause: Arc<AtomicU64>,
}

impl Optimizer {
    /// No clauses yet. Conflicts of the solver count against `max_work`.
    pub(super) fn new(budget: &Budget) -> Self {
        let mut solver = BasicSolver::default();
        let work = Arc::new(AtomicU64::new(0));
        let pause = Arc::new(AtomicU64::new(u64::MAX));
        let (flag, limit, count) = (budget.flag(), budget.max_work, Arc::clone(&work));
        let until = Arc::clone(&pause);
        solver.batsat_mut().cb_mut().set_stop(move || {
            let done = count.fetch_add(1, Ordering::Relaxed);
            done >= limit
                || done >= until.load(Ordering::Relaxed)
                || flag.as_ref().is_some_and(|f| f.load(Ordering::Relaxed))
        });
        Self {
            solver,
            next: 0,
            unpaid: IndexMap::new(),
            facts: Vec::new(),
            totals: Vec::new(),
            bounds: HashMap::new(),
            least: 0,
            limit: u64::MAX,
            found: Vec::new(),
            budget: budget.clone(),
            work,
            pause,
        }
    }

    /// A new variable, as the literal that it is true.
    pub(super) fn fresh(&mut self) -> Lit {
        let var = Var::new(self.next);
        self.next += 1;
        // Reserving cannot fail in this solver; a variable that was not reserved comes into being
        // with its first clause.
        let _ = self.solver.reserve(var);
        var.pos_lit()
    }

    /// Requires one of the terms.
    pub(super) fn clause(&mut self, terms: &[Term]) -> Result<(), Unsuited> {
        if terms.contains(&Term::Known(true)) {
            return Ok(());
        }
        let lits = terms.iter().filter_map(|t| match t {
            Term::Lit(lit) => Some(*lit),
            Term::Known(_) => None,
        });
        let clause: Clause = lits.collect();
        self.solver
            .add_clause(clause)
            .map_err(|e| Unsuited::Solver(e.to_string()))
    }

    /// A term that is true when all of these are, and only then.
    pub(super) fn all_of(&mut self, terms: &[Term]) -> Result<Term, Unsuited> {
        let mut parts: Vec<Term> = Vec::with_capacity(terms.len());
        for term in terms {
            match term {
                Term::Known(false) => return Ok(Term::Known(false)),
                Term::Known(true) => {}
                lit if parts.contains(lit) => {}
                lit => parts.push(*lit),
            }
        }
        match parts.as_slice() {
            [] => Ok(Term::Known(true)),
            [one] => Ok(*one),
            _ => {
                let gate = Term::Lit(self.fresh());
                for part in &parts {
                    self.clause(&[gate.negated(), *part])?;
                }
                let mut back: Vec<Term> = parts.iter().map(|p| p.negated()).collect();
                back.push(gate);
                self.clause(&back)?;
                Ok(gate)
            }
        }
    }

    /// Makes it cost `price` when the literal is false.
    pub(super) fn prefer(&mut self, lit: Lit, price: u64) {
        if price > 0 {
            let unpaid = self.unpaid.entry(lit).or_insert(0);
            *unpaid = unpaid.saturating_add(price);
        }
    }

    /// Takes the literal for granted, as a fact that can be named when nothing is possible.
    pub(super) fn fact(&mut self, lit: Lit) {
        self.facts.push(lit);
    }

    /// The facts.
    pub(super) fn facts(&self) -> &[Lit] {
        &self.facts
    }

    /// No assignment costs less.
    pub(super) fn least(&self) -> u64 {
        self.least
    }

    /// Whether a literal is true in the assignment found last; a variable that did not matter, or did
    /// not exist yet, is false.
    pub(super) fn holds(&self, lit: Lit) -> bool {
        let positive = self.found.get(lit.vidx()).copied().unwrap_or(false);
        positive == lit.is_pos()
    }

    /// From now on what is dearer is not looked for.
    pub(super) fn limit(&mut self, limit: u64) {
        self.limit = limit;
    }

    /// Looks for an assignment of least price.
    pub(super) fn step(&mut self) -> Result<Step, Unsuited> {
        loop {
            if self.least > self.limit {
                return Ok(Step::Dearer);
            }
            let mut assumptions = self.facts.clone();
            assumptions.extend(self.unpaid.keys().copied());
            if self.query(&assumptions)? {
                return Ok(Step::Found);
            }
            let core = self.core(&assumptions)?;
            let (priced, facts): (Vec<Lit>, Vec<Lit>) =
                core.into_iter().partition(|l| self.unpaid.contains_key(l));
            if priced.is_empty() {
                return Ok(Step::Forbidden(facts));
            }
            let core = self.shortened(priced, &facts)?;
            self.pay(&core)?;
        }
    }

    /// Whether the clauses can hold when these facts, and no others, are taken for granted, whatever
    /// the price; when not, which of them forbid it.
    pub(super) fn under(&mut self, facts: &[Lit]) -> Result<Step, Unsuited> {
        if self.query(facts)? {
            Ok(Step::Found)
        } else {
            Ok(Step::Forbidden(self.core(facts)?))
        }
    }

    fn query(&mut self, assumptions: &[Lit]) -> Result<bool, Unsuited> {
        if self.budget.is_cancelled() {
            return Err(Stop::Cancelled.into());
        }
        self.work.fetch_add(1, Ordering::Relaxed);
        match self.solver.solve_assumps(assumptions) {
            Ok(SolverResult::Sat) => {
                let value = |v: u32| {
                    matches!(
                        self.solver.lit_val(Var::new(v).pos_lit()),
                        Ok(TernaryVal::True)
                    )
                };
                self.found = (0..self.next).map(value).collect();
                Ok(true)
            }
            Ok(SolverResult::Unsat) => Ok(false),
            Ok(SolverResult::Interrupted) if self.budget.is_cancelled() => {
                Err(Stop::Cancelled.into())
            }
            Ok(SolverResult::Interrupted) => Err(Stop::Limit {
                what: "work",
                limit: self.budget.max_work,
            }
            .into()),
            Err(error) => Err(Unsuited::Solver(error.to_string())),
        }
    }

    /// The assumptions that the last query found to be at odds, in the order given.
    fn core(&mut self, assumptions: &[Lit]) -> Result<Vec<Lit>, Unsuited> {
        let negated = self
            .solver
            .core()
            .map_err(|e| Unsuited::Solver(e.to_string()))?;
        let negated: std::collections::HashSet<Lit> = negated.into_iter().collect();
        Ok(assumptions
            .iter()
            .copied()
            .filter(|l| negated.contains(&!*l))
            .collect())
    }

    /// A core without the literals that it does not need, as far as that is quick to see.
    fn shortened(&mut self, core: Vec<Lit>, facts: &[Lit]) -> Result<Vec<Lit>, Unsuited> {
        const WORTH_SHORTENING: usize = 60;
        const WORK: u64 = 1000;
        if core.len() == 1 || core.len() > WORTH_SHORTENING {
            return Ok(core);
        }
        let mut core = core;
        let mut at = 0;
        while at < core.len() && core.len() > 1 {
            let mut trial = core.clone();
            trial.remove(at);
            let assumptions: Vec<Lit> = facts.iter().chain(&trial).copied().collect();
            let done = self.work.load(Ordering::Relaxed);
            self.pause.store(done + WORK, Ordering::Relaxed);
            let answer = self.query(&assumptions);
            self.pause.store(u64::MAX, Ordering::Relaxed);
            match answer {
                Ok(true) | Err(Unsuited::Stopped(Stop::Limit { .. })) => at += 1,
                Ok(false) => {
                    let needed = self.core(&assumptions)?;
                    core.retain(|l| needed.contains(l));
                    if core.is_empty() {
                        return Ok(trial);
                    }
                }
                Err(other) => return Err(other),
            }
        }
        Ok(core)
    }

    /// Pays for a core: one of its literals is false, so the least of their prices is due, and from
    /// then on a second false one costs what the first did.
    fn pay(&mut self, core: &[Lit]) -> Result<(), Unsuited> {
        let due = core.iter().filter_map(|l| self.unpaid.get(l)).min();
        let due = due.copied().unwrap_or(0);
        self.least = self.least.saturating_add(due);
        for lit in core {
            if let Some(unpaid) = self.unpaid.get_mut(lit) {
                *unpaid -= due;
                if *unpaid == 0 {
                    self.unpaid.shift_remove(lit);
                }
            }
            if let Some((total, bound)) = self.bounds.get(lit).copied() {
                self.bound(total, bound + 1, due)?;
            }
        }
        if core.len() > 1 {
            self.totals.push(core.iter().map(|l| !*l).collect());
            self.bound(self.totals.len() - 1, 1, due)?;
        }
        Ok(())
    }

    /// Makes it cost `price` when more than `bound` of a total are true.
    fn bound(&mut self, total: usize, bound: usize, price: u64) -> Result<(), Unsuited> {
        let Some(encoding) = self.totals.get_mut(total) else {
            return Ok(());
        };
        let mut variables = BasicVarManager::from_next_free(Var::new(self.next));
        let failed = |e: String| Unsuited::Solver(e);
        encoding
            .encode_ub_change(bound..=bound, &mut self.solver, &mut variables)
            .map_err(|e| failed(e.to_string()))?;
        let lits = encoding
            .enforce_ub(bound)
            .map_err(|e| failed(e.to_string()))?;
        self.next = variables.new_var().idx32();
        for lit in lits {
            self.bounds.insert(lit, (total, bound));
            self.prefer(lit, price);
        }
        Ok(())
    }
}
