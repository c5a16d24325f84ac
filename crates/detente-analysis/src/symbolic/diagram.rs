//! Operations on decision diagrams within a budget.

use std::cell::Cell;

use biodivine_lib_bdd::{Bdd, BddPartialValuation, BddVariable, BddVariableSet, op_function};

use crate::{Budget, Stop};

/// Runs operations and counts what they cost.
///
/// Every operation ends early when the budget does: from then on each pair of nodes is answered at
/// once and the result is thrown away.
#[derive(Debug)]
pub(crate) struct Meter<'b> {
    budget: &'b Budget,
    work: Cell<u64>,
    until: Cell<u64>,
    stop: Cell<Option<Stopped>>,
    largest: Cell<usize>,
}

#[derive(Debug, Clone, Copy)]
enum Stopped {
    Cancelled,
    Work,
    Nodes,
}

/// How many pairs of nodes an operation may look at for each node that a diagram may have.
const PAIRS_PER_NODE: u64 = 8;
/// How often the flag of the user is looked at, in pairs of nodes.
const LOOK: u64 = 1 << 14;

impl<'b> Meter<'b> {
    pub(crate) fn new(budget: &'b Budget) -> Self {
        Self {
            budget,
            work: Cell::new(0),
            until: Cell::new(u64::MAX),
            stop: Cell::new(None),
            largest: Cell::new(0),
        }
    }

    pub(crate) fn budget(&self) -> &'b Budget {
        self.budget
    }

    /// Pairs of nodes looked at so far.
    pub(crate) fn work(&self) -> u64 {
        self.work.get()
    }

    /// Nodes of the largest diagram so far.
    pub(crate) fn largest(&self) -> usize {
        self.largest.get()
    }

    /// Counts one pair of nodes; true when the operation must end.
    fn tick(&self) -> bool {
        let work = self.work.get() + 1;
        self.work.set(work);
        if work.is_multiple_of(LOOK) && self.budget.is_cancelled() {
            self.stop.set(Some(Stopped::Cancelled));
        } else if work > self.budget.max_work {
            self.stop.set(Some(Stopped::Work));
        } else if work > self.until.get() {
            self.stop.set(Some(Stopped::Nodes));
        } else {
            return self.stop.get().is_some();
        }
        true
    }

    fn begin(&self) -> Result<(), Stop> {
        if self.budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let pairs = self.budget.max_nodes.saturating_mul(PAIRS_PER_NODE);
        self.until.set(self.work.get().saturating_add(pairs));
        self.stop.set(None);
        Ok(())
    }

    fn end(&self, result: Bdd) -> Result<Bdd, Stop> {
        let limit = |what, limit| Err(Stop::Limit { what, limit });
        match self.stop.take() {
            Some(Stopped::Cancelled) => return Err(Stop::Cancelled),
            Some(Stopped::Work) => return limit("node pairs", self.budget.max_work),
            Some(Stopped::Nodes) => return limit("nodes", self.budget.max_nodes),
            None => {}
        }
        self.largest.set(self.largest.get().max(result.size()));
        if result.size() as u64 > self.budget.max_nodes {
            return limit("nodes", self.budget.max_nodes);
        }
        Ok(result)
    }

    fn binary(
        &self,
        a: &Bdd,
        b: &Bdd,
        op: impl Fn(Option<bool>, Option<bool>) -> Option<bool>,
    ) -> Result<Bdd, Stop> {
        self.begin()?;
        let counted = |l, r| if self.tick() { Some(false) } else { op(l, r) };
        self.end(Bdd::binary_op(a, b, counted))
    }

    pub(crate) fn and(&self, a: &Bdd, b: &Bdd) -> Result<Bdd, Stop> {
        if a.is_false() || b.is_true() {
            return Ok(a.clone());
        }
        if b.is_false() || a.is_true() {
            return Ok(b.clone());
        }
        self.binary(a, b, op_function::and)
    }

    pub(crate) fn or(&self, a: &Bdd, b: &Bdd) -> Result<Bdd, Stop> {
        if a.is_true() || b.is_false() {
            return Ok(a.clone());
        }
        if b.is_true() || a.is_false() {
            return Ok(b.clone());
        }
        self.binary(a, b, op_function::or)
    }

    pub(crate) fn xor(&self, a: &Bdd, b: &Bdd) -> Result<Bdd, Stop> {
        self.binary(a, b, op_function::xor)
    }

    pub(crate) fn iff(&self, a: &Bdd, b: &Bdd) -> Result<Bdd, Stop> {
        self.binary(a, b, op_function::iff)
    }

    pub(crate) fn and_not(&self, a: &Bdd, b: &Bdd) -> Result<Bdd, Stop> {
        if a.is_false() || b.is_false() {
            return Ok(a.clone());
        }
        self.binary(a, b, op_function::and_not)
    }

    /// `when` chooses `yes`, else `no`.
    pub(crate) fn choose(&self, when: &Bdd, yes: &Bdd, no: &Bdd) -> Result<Bdd, Stop> {
        if when.is_true() {
            return Ok(yes.clone());
        }
        if when.is_false() {
            return Ok(no.clone());
        }
        self.begin()?;
        self.end(Bdd::ternary_op(when, yes, no, |w, y, n| {
            if self.tick() {
                return Some(false);
            }
            match (w, y, n) {
                (Some(true), chosen, _) | (Some(false), _, chosen) => chosen,
                (None, Some(y), Some(n)) if y == n => Some(y),
                _ => None,
            }
        }))
    }

    /// Whether some values of the variables make both true.
    pub(crate) fn meet(
        &self,
        a: &Bdd,
        b: &Bdd,
        over: &dyn Fn(BddVariable) -> bool,
    ) -> Result<Bdd, Stop> {
        if a.is_false() || b.is_false() {
            return Ok(if a.is_false() { a } else { b }.clone());
        }
        self.begin()?;
        let outer = |l, r| {
            if self.tick() {
                Some(false)
            } else {
                op_function::and(l, r)
            }
        };
        let inner = |l, r| {
            if self.tick() {
                Some(false)
            } else {
                op_function::or(l, r)
            }
        };
        self.end(Bdd::binary_op_nested(a, b, over, outer, inner))
    }

    /// Whether some values of the variables make it true.
    pub(crate) fn exists(&self, a: &Bdd, over: &dyn Fn(BddVariable) -> bool) -> Result<Bdd, Stop> {
        if a.is_false() || a.is_true() {
            return Ok(a.clone());
        }
        self.meet(a, a, over)
    }

    /// The diagram with some variables fixed and gone. Never larger than it was.
    pub(crate) fn fix(&self, a: &Bdd, values: &[(BddVariable, bool)]) -> Result<Bdd, Stop> {
        if self.budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        self.work.set(self.work.get() + a.size() as u64);
        Ok(a.restrict_valuation(&BddPartialValuation::from_values(values)))
    }
}

/// Where the first of two numbers in binary, most significant bit first, is the larger, among the
/// states of `within`; and where they are equal.
pub(crate) fn greater(
    meter: &Meter<'_>,
    within: &Bdd,
    first: &[Bdd],
    second: &[Bdd],
) -> Result<(Bdd, Bdd), Stop> {
    let mut equal = within.clone();
    let mut greater: Option<Bdd> = None;
    for (a, b) in first.iter().zip(second) {
        if equal.is_false() {
            break;
        }
        if a == b {
            continue;
        }
        let a_only = meter.and_not(a, b)?;
        let here = meter.and(&equal, &a_only)?;
        greater = Some(match greater {
            None => here,
            Some(g) => meter.or(&g, &here)?,
        });
        let same = meter.iff(a, b)?;
        equal = meter.and(&equal, &same)?;
    }
    let none = || meter.and_not(within, within);
    Ok((greater.map_or_else(none, Ok)?, equal))
}

/// Formulas as decision diagrams.
pub(crate) struct Diagrams<'a, 'b> {
    pub(crate) meter: &'a Meter<'b>,
    pub(crate) set: &'a BddVariableSet,
    /// The variable of each bit.
    pub(crate) variables: &'a [BddVariable],
}

impl super::logic::Logic for Diagrams<'_, '_> {
    type Formula = Bdd;

    fn constant(&mut self, value: bool) -> Bdd {
        if value {
            self.set.mk_true()
        } else {
            self.set.mk_false()
        }
    }

    fn bit(&mut self, bit: usize) -> Bdd {
        match self.variables.get(bit) {
            Some(variable) => self.set.mk_var(*variable),
            None => self.set.mk_false(),
        }
    }

    fn not(&mut self, a: &Bdd) -> Bdd {
        a.not()
    }

    fn and(&mut self, a: &Bdd, b: &Bdd) -> Result<Bdd, Stop> {
        self.meter.and(a, b)
    }

    fn or(&mut self, a: &Bdd, b: &Bdd) -> Result<Bdd, Stop> {
        self.meter.or(a, b)
    }

    fn xor(&mut self, a: &Bdd, b: &Bdd) -> Result<Bdd, Stop> {
        self.meter.xor(a, b)
    }

    fn known(&self, a: &Bdd) -> Option<bool> {
        a.as_bool()
    }
}
