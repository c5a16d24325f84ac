//! Security levels: what a party can make sure of, and what the others can hold it to.

use std::cell::Cell;
use std::rc::Rc;

use detente_model::PartyId;
use detente_model::model::Model;
use detente_model::syntax::ast::Direction;

use super::cnf::{Cnf, Term};
use super::engine::Unanswered;
use super::layout::Layout;
use super::logic;
use super::refusal;
use super::search::{maximise, padded};
use crate::{Budget, Concept, Stop};

/// For each party a value such that a state is stable iff it is worth at least that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityLevels {
    /// General metarationality (the maximin values: what the party can make sure of by its own choice)
    /// or symmetric metarationality (the minimax values: what the others can hold it to).
    pub concept: Concept,
    /// For each party the value, comparable with [`super::Encoding::worth`] by number: bits, most
    /// significant first, constant bits included.
    pub parties: Vec<Vec<bool>>,
    /// How many choices and counter-choices were looked at.
    pub iterations: u64,
}

/// The security levels of all parties for GMR or SMR.
///
/// # Errors
///
/// The conflict must be unconstrained: every option goes both ways, and no rule speaks of options of
/// two parties.
pub fn security_levels(
    model: &Model,
    concept: Concept,
    budget: &Budget,
) -> Result<SecurityLevels, Unanswered> {
    let escape = match concept {
        Concept::Gmr => false,
        Concept::Smr => true,
        other => return Err(Unanswered::Concept(other)),
    };
    let both_ways = model.options.iter().all(|o| o.direction == Direction::Both);
    if refusal::check(model).is_err() || !both_ways || !logic::rules_are_separate(model) {
        return Err(Unanswered::Constrained);
    }
    let layout = Layout::new(model);
    let mut levels = SecurityLevels {
        concept,
        parties: Vec::new(),
        iterations: 0,
    };
    for party in model.party_ids() {
        let total = model.parties.len() as u64;
        budget.report("parties", u64::from(party.0), total);
        let mut duel = Duel::new(model, &layout, party, escape, budget)?;
        let level = duel.value()?;
        levels.iterations += duel.iterations;
        levels.parties.push(level);
    }
    Ok(levels)
}

/// One side chooses first, to make a number large, then the other, to make it small.
struct Duel<'a> {
    model: &'a Model,
    layout: &'a Layout,
    party: PartyId,
    /// The others choose first; the number is then the complement of the party's worth.
    escape: bool,
    first: Cnf,
    second: Cnf,
    number: Vec<Term>,
    /// The number as it depends on the first choice, for each second choice seen.
    answers: Vec<Vec<Term>>,
    iterations: u64,
}

impl<'a> Duel<'a> {
    fn new(
        model: &'a Model,
        layout: &'a Layout,
        party: PartyId,
        escape: bool,
        budget: &Budget,
    ) -> Result<Self, Unanswered> {
        let work = Rc::new(Cell::new(0));
        let mut solvers = Vec::new();
        for _ in 0..2 {
            let mut solver = Cnf::new(layout.bits.len(), budget, &work);
            let feasible = logic::feasible(&mut solver, layout, model)?;
            solver.require(&[feasible]);
            solvers.push(solver);
        }
        let (Some(second), Some(first)) = (solvers.pop(), solvers.pop()) else {
            return Err(Unanswered::State);
        };
        let mut duel = Self {
            model,
            layout,
            party,
            escape,
            first,
            second,
            number: Vec::new(),
            answers: Vec::new(),
            iterations: 0,
        };
        duel.number = duel.number_in(true)?;
        Ok(duel)
    }

    /// The number, in the second solver or in the first.
    fn number_in(&mut self, second: bool) -> Result<Vec<Term>, Stop> {
        let Some(party) = self.model.parties.get(self.party.index()) else {
            return Ok(Vec::new());
        };
        let solver = if second {
            &mut self.second
        } else {
            &mut self.first
        };
        let worth = logic::worth(solver, self.layout, party)?.bits;
        // Sums of weights may come out shorter once some options are given.
        let length = worth.len().max(self.number.len());
        let escape = self.escape;
        let bits = padded(&worth, length).into_iter();
        Ok(bits.map(|b| b.when(!escape)).collect())
    }

    fn chooses_first(&self, owner: PartyId) -> bool {
        (owner == self.party) != self.escape
    }

    /// The least that the second side can make of a choice; its answer is remembered.
    fn answer(&mut self, choice: &[bool]) -> Result<Vec<bool>, Unanswered> {
        self.iterations += 1;
        let mut given: Vec<Term> = Vec::new();
        for (at, bit) in self.layout.bits.iter().enumerate() {
            if self.chooses_first(bit.owner) {
                given.push(self.second.bits[at].when(choice[at]));
            }
        }
        // The rules do not span two sides, so every feasible choice has an answer.
        let least = maximise(&mut self.second, &self.number.clone(), &mut given, false)?
            .ok_or(Unanswered::Constrained)?;
        let reply = self.second.values(&self.second.bits.clone());
        let kept = self.first.bits.clone();
        for (at, bit) in self.layout.bits.iter().enumerate() {
            if !self.chooses_first(bit.owner) {
                self.first.bits[at] = Term::Known(reply[at]);
            }
        }
        let number = self.number_in(false);
        self.first.bits = kept;
        self.answers.push(number?);
        Ok(least)
    }

    /// The value of the duel as a worth of the party.
    fn value(&mut self) -> Result<Vec<bool>, Unanswered> {
        if !self.first.solve(&[])? {
            return Err(Unanswered::Constrained);
        }
        let choice = self.first.values(&self.first.bits.clone());
        let mut best = self.answer(&choice)?;
        let mut l = 0;
        while l < best.len() {
            if best[l] {
                l += 1;
                continue;
            }
            // Is there a choice that does better in this bit, against all answers seen?
            let mut target: Vec<Term> = best[..l].iter().map(|b| Term::Known(*b)).collect();
            target.push(Term::Known(true));
            let guard = Term::Lit(self.first.fresh());
            let mut bound = 0;
            loop {
                for answer in &self.answers[bound..] {
                    let enough = logic::at_most(&mut self.first, &target, answer)?;
                    self.first.require(&[guard.negated(), enough]);
                }
                bound = self.answers.len();
                if !self.first.solve(&[guard])? {
                    break;
                }
                let choice = self.first.values(&self.first.bits.clone());
                let least = self.answer(&choice)?;
                if least > best {
                    best = least;
                }
                if best[l] {
                    break;
                }
            }
            self.first.require(&[guard.negated()]);
            l += 1;
        }
        let escape = self.escape;
        Ok(best.into_iter().map(|b| b != escape).collect())
    }
}
