//! Equilibria one by one, by satisfiability: existence, witnesses, and proofs that there is none.

use std::cell::Cell;
use std::rc::Rc;

use detente_model::model::{Assignment, Model};
use detente_model::syntax::ast::Direction;
use detente_model::{Expr, PartyId};

use super::cnf::{Cnf, Term};
use super::engine::Unanswered;
use super::layout::Layout;
use super::logic;
use super::refusal::{self, Unsuited};
use super::security::SecurityLevels;
use crate::{Budget, Stop};

/// Finds equilibria of a model one by one.
///
/// Nash equilibria are found by refinement: a state is proposed, each party's best response to it is
/// computed, and a better response becomes a clause that this and every other equilibrium satisfies.
pub struct Search<'m> {
    model: &'m Model,
    layout: Layout,
    states: Cnf,
    worth: Vec<Vec<Term>>,
    replies: Vec<Reply>,
    nash: bool,
    exhausted: bool,
    refinements: u64,
}

/// A solver for what one party can do about a state.
struct Reply {
    solver: Cnf,
    worth: Vec<Term>,
}

impl<'m> Search<'m> {
    /// A search for states that are Nash stable for every party. One-way options and rules of any kind
    /// are allowed. Decisions of the solvers count against `max_work`.
    ///
    /// # Errors
    ///
    /// Says why the model does not fit.
    pub fn nash(model: &'m Model, budget: &Budget) -> Result<Self, Unsuited> {
        let mut search = Self::feasible(model, budget)?;
        let work = Rc::new(Cell::new(0));
        for party in &model.parties {
            let mut solver = Cnf::new(search.layout.bits.len(), budget, &work);
            let feasible = logic::feasible(&mut solver, &search.layout, model)?;
            solver.require(&[feasible]);
            let worth = logic::worth(&mut solver, &search.layout, party)?.bits;
            search.replies.push(Reply { solver, worth });
        }
        search.nash = true;
        Ok(search)
    }

    /// A search for equilibria by general (`levels` hold the maximin values) or symmetric
    /// metarationality (the minimax values): states that are worth at least so much to every party.
    ///
    /// # Errors
    ///
    /// Says why the model does not fit.
    pub fn metarational(
        model: &'m Model,
        levels: &SecurityLevels,
        budget: &Budget,
    ) -> Result<Self, Unsuited> {
        let mut search = Self::feasible(model, budget)?;
        for (worth, level) in search.worth.iter().zip(&levels.parties) {
            let level: Vec<Term> = level.iter().map(|b| Term::Known(*b)).collect();
            let enough = logic::at_most(&mut search.states, &level, worth)?;
            search.states.require(&[enough]);
        }
        Ok(search)
    }

    /// A search for any feasible state.
    fn feasible(model: &'m Model, budget: &Budget) -> Result<Self, Unsuited> {
        refusal::check(model)?;
        let layout = Layout::new(model);
        let work = Rc::new(Cell::new(0));
        let mut states = Cnf::new(layout.bits.len(), budget, &work);
        let feasible = logic::feasible(&mut states, &layout, model)?;
        states.require(&[feasible]);
        if !solved(states.solve(&[]))? {
            return Err(Unsuited::NoFeasibleState);
        }
        let mut worth = Vec::with_capacity(model.parties.len());
        for (id, party) in model.party_ids().zip(&model.parties) {
            let party = logic::worth(&mut states, &layout, party)?;
            if solved(states.solve(&[party.ranked.negated()]))? {
                return Err(Unsuited::Unranked(id));
            }
            worth.push(party.bits);
        }
        Ok(Self {
            model,
            layout,
            states,
            worth,
            replies: Vec::new(),
            nash: false,
            exhausted: false,
            refinements: 0,
        })
    }

    /// From now on only states that satisfy the expression.
    pub fn require(&mut self, expr: &Expr) -> Result<(), Stop> {
        let holds = logic::formula(&mut self.states, &self.layout, expr)?;
        self.states.require(&[holds]);
        Ok(())
    }

    /// From now on only states that do not satisfy the expression.
    pub fn exclude(&mut self, expr: &Expr) -> Result<(), Stop> {
        self.require(&expr.clone().negated())
    }

    /// How many better responses were found so far.
    pub fn refinements(&self) -> u64 {
        self.refinements
    }

    /// The next equilibrium; `None` proves that there is no other.
    pub fn find_next(&mut self) -> Result<Option<Assignment>, Unanswered> {
        while !self.exhausted && self.states.solve(&[])? {
            let bits = self.states.values(&self.states.bits.clone());
            let mut refuted = false;
            if self.nash {
                let worth: Vec<Vec<bool>> =
                    self.worth.iter().map(|w| self.states.values(w)).collect();
                for party in self.model.party_ids() {
                    let now = &worth[party.index()];
                    if let Some(choice) = self.better_response(party, &bits, now)? {
                        self.refinements += 1;
                        self.learn(party, &choice)?;
                        refuted = true;
                    }
                }
            }
            if !refuted {
                let other: Vec<Term> = self
                    .states
                    .bits
                    .iter()
                    .zip(&bits)
                    .map(|(term, value)| term.when(!value))
                    .collect();
                self.exhausted = other.is_empty();
                self.states.require(&other);
                return Ok(Some(self.layout.decode(&bits)));
            }
        }
        self.exhausted = true;
        Ok(None)
    }

    /// Up to `limit` equilibria, and whether these are all.
    pub fn list(&mut self, limit: usize) -> Result<(Vec<Assignment>, bool), Unanswered> {
        let mut found = Vec::new();
        while found.len() < limit {
            match self.find_next()? {
                Some(state) => found.push(state),
                None => return Ok((found, true)),
            }
        }
        Ok((found, false))
    }

    /// The bits of the best state that a party can move to, if that is better than where it is.
    fn better_response(
        &mut self,
        party: PartyId,
        bits: &[bool],
        now: &[bool],
    ) -> Result<Option<Vec<bool>>, Unanswered> {
        let Some(reply) = self.replies.get_mut(party.index()) else {
            return Ok(None);
        };
        let mut given: Vec<Term> = Vec::new();
        for ((bit, value), term) in self.layout.bits.iter().zip(bits).zip(&reply.solver.bits) {
            let stuck = match bit.direction {
                Direction::Both => false,
                Direction::OnlyOn => *value,
                Direction::OnlyOff => !*value,
            };
            if bit.owner != party || stuck {
                given.push(term.when(*value));
            }
        }
        let best = maximise(&mut reply.solver, &reply.worth, &mut given, true)?;
        let better = best.is_some_and(|best| best.as_slice() > now);
        Ok(better.then(|| reply.solver.values(&reply.solver.bits)))
    }

    /// Where the party may change to these options of its own and that is feasible, it is worth no
    /// more than staying.
    fn learn(&mut self, party: PartyId, choice: &[bool]) -> Result<(), Stop> {
        let kept = self.states.bits.clone();
        let mut clause = Vec::new();
        for (at, bit) in self.layout.bits.iter().enumerate() {
            if bit.owner != party {
                continue;
            }
            self.states.bits[at] = Term::Known(choice[at]);
            match (bit.direction, choice[at]) {
                (Direction::OnlyOn, false) => clause.push(kept[at]),
                (Direction::OnlyOff, true) => clause.push(kept[at].negated()),
                _ => {}
            }
        }
        let feasible = logic::feasible(&mut self.states, &self.layout, self.model);
        let there = self.model.parties.get(party.index()).map_or_else(
            || Ok(Vec::new()),
            |p| logic::worth(&mut self.states, &self.layout, p).map(|w| w.bits),
        );
        self.states.bits = kept;
        clause.push(feasible?.negated());
        let here = self.worth[party.index()].clone();
        clause.push(logic::at_most(
            &mut self.states,
            &padded(&there?, here.len()),
            &here,
        )?);
        self.states.require(&clause);
        Ok(())
    }
}

/// A number with leading zeros up to a length.
pub(crate) fn padded(bits: &[Term], length: usize) -> Vec<Term> {
    let zeros = length.saturating_sub(bits.len());
    let start = bits.len().saturating_sub(length);
    std::iter::repeat_n(Term::Known(false), zeros)
        .chain(bits[start..].iter().copied())
        .collect()
}

/// The largest (or smallest) value of a number under the given terms, which grow by what it takes; the
/// solver is left at an assignment that has it. `None` when the terms contradict each other.
pub(crate) fn maximise(
    solver: &mut Cnf,
    number: &[Term],
    given: &mut Vec<Term>,
    largest: bool,
) -> Result<Option<Vec<bool>>, Unanswered> {
    if !solver.solve(given)? {
        return Ok(None);
    }
    let mut values = solver.values(number);
    let mut stale = false;
    for (l, term) in number.iter().enumerate() {
        if values[l] == largest {
            given.push(term.when(largest));
            continue;
        }
        given.push(term.when(largest));
        if solver.solve(given)? {
            values = solver.values(number);
            stale = false;
        } else {
            given.pop();
            given.push(term.when(!largest));
            stale = true;
        }
    }
    if stale {
        solver.solve(given)?;
    }
    Ok(Some(values))
}

/// The answer of a solver while a model is taken in.
fn solved(answer: Result<bool, Unanswered>) -> Result<bool, Unsuited> {
    answer.map_err(|error| match error {
        Unanswered::Stopped(stop) => Unsuited::Stopped(stop),
        _ => Unsuited::Foreign,
    })
}
