//! The search: candidates of least price, and what is wrong with each.

use std::collections::{HashMap, HashSet};

use detente_model::PartyId;
use rustsat::types::Lit;

use super::arena::{Arena, Guard};
use super::change::{PreferenceChange, Structural};
use super::optimizer::{Optimizer, Step, Term};
use super::question::{Fact, Question, Unsuited, Want};
use super::ranks::Ranks;
use super::statements::{Edited, Statements};
use crate::reach::StepRule;
use crate::{Budget, Concept, Game, Ranking, StateId, Stop};

/// The preferences of one party as variables.
pub(super) enum Order {
    Ranks(Ranks),
    Statements(Statements),
}

/// Everything that may change, and how it has to be.
pub(super) struct Search<'g, 'm> {
    pub(super) game: &'g Game<'m>,
    pub(super) question: &'g Question,
    /// The structural changes: those that may be made, then those that are looked at as facts only.
    pub(super) structure: Vec<Structural>,
    pub(super) arena: Arena,
    pub(super) optimizer: Optimizer,
    pub(super) orders: Vec<Order>,
    pub(super) chosen: Vec<Lit>,
    pub(super) wants: Vec<Wanted>,
    pub(super) budget: Budget,
    pub(super) candidates: u64,
    guards: HashMap<Guard, Term>,
    steps: HashMap<(StepRule, PartyId, StateId, StateId, Guard), Term>,
    holds_out: HashMap<(PartyId, bool, StateId, StateId), Term>,
    pub(super) joint: super::reaching::Joint,
    /// The moves of which it was said what must be whatever the others prefer.
    pub(super) bounded: HashSet<(Lit, PartyId, StateId, bool)>,
}

/// What came of a search.
pub(super) enum Next {
    /// A candidate with nothing wrong, of least price.
    Found(Candidate),
    /// These facts forbid every further one.
    Forbidden(Vec<Lit>),
    /// Every further one is dearer than the limit.
    Dearer,
}

/// A want as variables.
pub(super) struct Wanted {
    /// That it is wanted.
    pub(super) fact: Lit,
    /// The states, each with the literal that it is the one that holds; for unwanted states, the
    /// literal is not used.
    pub(super) states: Vec<(StateId, Lit)>,
    pub(super) unwanted: bool,
    /// For unwanted states: for each judgement and state, whose improvements might undo it.
    pub(super) undone: HashMap<(usize, StateId), Vec<Undoing>>,
}

/// That a move of a party undoes an unwanted state.
pub(super) struct Undoing {
    pub(super) party: PartyId,
    pub(super) to: StateId,
    pub(super) lit: Lit,
}

/// What the assignment found last says.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) rankings: Vec<Ranking>,
    /// The lists of the parties whose statements may be edited.
    pub(super) lists: Vec<Option<Edited>>,
    pub(super) chosen: Vec<bool>,
}

impl Candidate {
    pub(super) fn prefers(&self, party: PartyId, a: StateId, b: StateId) -> bool {
        self.rankings[party.index()].prefers(a, b)
    }
}

impl<'g, 'm> Search<'g, 'm> {
    /// Sets a search up. `facts` are structural changes that nobody may make.
    pub(super) fn new(
        game: &'g Game<'m>,
        question: &'g Question,
        facts: Vec<Structural>,
        budget: &Budget,
    ) -> Result<Self, Unsuited> {
        let mut optimizer = Optimizer::new(budget);
        let mut structure = question.permitted.structure.clone();
        let permitted = structure.len();
        structure.extend(facts);
        let arena = Arena::new(game, &structure, budget)?;
        let mut chosen = Vec::with_capacity(structure.len());
        for (index, candidate) in structure.iter().enumerate() {
            let lit = optimizer.fresh();
            if index < permitted {
                optimizer.prefer(!lit, candidate.price);
            } else {
                optimizer.fact(!lit);
            }
            chosen.push(lit);
        }
        for (a, b) in &arena.rivals {
            optimizer.clause(&[Term::Lit(!chosen[*a]), Term::Lit(!chosen[*b])])?;
        }
        // Where things stand stays possible.
        if let Some(status_quo) = game.status_quo {
            for candidate in arena.barred(status_quo) {
                optimizer.clause(&[Term::Lit(!chosen[*candidate])])?;
            }
        }
        let centre = centre(game, question);
        let mut orders = Vec::with_capacity(game.rankings.len());
        for ((party, ranking), change) in game
            .model
            .parties
            .iter()
            .zip(&game.rankings)
            .zip(&question.permitted.preferences)
        {
            let ranks = |price| Order::Ranks(Ranks::new(ranking, price, centre, budget));
            orders.push(match change {
                PreferenceChange::Fixed => ranks(None),
                PreferenceChange::Ranks(prices) => ranks(Some(prices.swap)),
                PreferenceChange::Statements(prices, changes) => {
                    Statements::new(party, &game.space, *prices, changes, &mut optimizer)?
                        .map_or_else(|| ranks(None), Order::Statements)
                }
            });
        }
        let mut wants = Vec::with_capacity(question.wants.len());
        for want in &question.wants {
            let fact = optimizer.fresh();
            optimizer.fact(fact);
            let (states, unwanted) = match want {
                Want::Some(states) => (states, false),
                Want::None(states) => (states, true),
            };
            let states: Vec<(StateId, Lit)> =
                states.iter().map(|s| (*s, optimizer.fresh())).collect();
            if !unwanted {
                let mut any = vec![Term::Lit(!fact)];
                any.extend(states.iter().map(|(_, lit)| Term::Lit(*lit)));
                optimizer.clause(&any)?;
                for (state, lit) in &states {
                    for candidate in arena.barred(*state) {
                        optimizer.clause(&[Term::Lit(!*lit), Term::Lit(!chosen[*candidate])])?;
                    }
                }
            }
            wants.push(Wanted {
                fact,
                states,
                unwanted,
                undone: HashMap::new(),
            });
        }
        Ok(Self {
            game,
            question,
            structure,
            arena,
            optimizer,
            orders,
            chosen,
            wants,
            budget: budget.clone(),
            candidates: 0,
            guards: HashMap::new(),
            steps: HashMap::new(),
            holds_out: HashMap::new(),
            joint: super::reaching::Joint::default(),
            bounded: HashSet::new(),
        })
    }

    /// The next candidate with nothing wrong, of least price.
    pub(super) fn next(&mut self) -> Result<Next, Unsuited> {
        loop {
            match self.optimizer.step()? {
                Step::Dearer => return Ok(Next::Dearer),
                Step::Forbidden(core) => return Ok(Next::Forbidden(core)),
                Step::Found => {
                    if let Some(candidate) = self.examine()? {
                        return Ok(Next::Found(candidate));
                    }
                }
            }
        }
    }

    /// Rules out the changes of the candidate found last, with whatever others; says whether there are
    /// any.
    pub(super) fn exclude(&mut self) -> Result<bool, Unsuited> {
        let changes = self.changes()?;
        let clause: Vec<Term> = changes.iter().map(|l| Term::Lit(!*l)).collect();
        self.optimizer.clause(&clause)?;
        Ok(!changes.is_empty())
    }

    /// A candidate with nothing wrong when only these facts are taken for granted, whatever its
    /// price; else which of them forbid any.
    pub(super) fn possible(
        &mut self,
        facts: &[Lit],
    ) -> Result<Result<Candidate, Vec<Lit>>, Unsuited> {
        loop {
            match self.optimizer.under(facts)? {
                Step::Dearer => return Ok(Err(facts.to_vec())),
                Step::Forbidden(core) => return Ok(Err(core)),
                Step::Found => {
                    if let Some(candidate) = self.examine()? {
                        return Ok(Ok(candidate));
                    }
                }
            }
        }
    }

    /// The candidate of the assignment found last, if nothing is wrong with it; otherwise clauses
    /// that say what is.
    fn examine(&mut self) -> Result<Option<Candidate>, Unsuited> {
        self.candidates += 1;
        if self.budget.is_cancelled() {
            return Err(Stop::Cancelled.into());
        }
        self.budget.report("candidates", self.candidates, 0);
        let Some(candidate) = self.candidate()? else {
            return Ok(None);
        };
        let mut wrong = false;
        for want in 0..self.wants.len() {
            if self.wants[want].unwanted {
                if self.optimizer.holds(self.wants[want].fact) {
                    wrong |= self.refuse_unwanted(want, &candidate)?;
                }
                continue;
            }
            let held: Vec<(StateId, Lit)> = self.wants[want]
                .states
                .iter()
                .copied()
                .filter(|(_, lit)| self.optimizer.holds(*lit))
                .collect();
            for (state, lit) in held {
                wrong |= self.refuse_unstable(state, lit, &candidate)?;
                wrong |= self.refuse_unreachable(state, lit, &candidate)?;
            }
        }
        Ok((!wrong).then_some(candidate))
    }

    fn candidate(&mut self) -> Result<Option<Candidate>, Unsuited> {
        let mut rankings = Vec::with_capacity(self.orders.len());
        let mut lists = Vec::with_capacity(self.orders.len());
        let mut consistent = true;
        for order in &mut self.orders {
            match order {
                Order::Ranks(ranks) => match ranks.found(&mut self.optimizer)? {
                    Some(ranking) => {
                        rankings.push(ranking);
                        lists.push(None);
                    }
                    None => consistent = false,
                },
                Order::Statements(statements) => match statements.found(&mut self.optimizer)? {
                    Some(edited) => {
                        rankings.push(statements.ranking(&edited));
                        lists.push(Some(edited));
                    }
                    None => consistent = false,
                },
            }
        }
        let chosen = self.chosen.iter().map(|c| self.optimizer.holds(*c));
        let chosen = chosen.collect();
        Ok(consistent.then_some(Candidate {
            rankings,
            lists,
            chosen,
        }))
    }

    /// That a party prefers `a` to `b`.
    pub(super) fn prefers(
        &mut self,
        party: PartyId,
        a: StateId,
        b: StateId,
    ) -> Result<Term, Unsuited> {
        match &mut self.orders[party.index()] {
            Order::Ranks(ranks) => ranks.prefers(&mut self.optimizer, a, b),
            Order::Statements(statements) => statements.prefers(&mut self.optimizer, a, b),
        }
    }

    /// That a guard holds.
    pub(super) fn guard(&mut self, guard: Guard) -> Result<Term, Unsuited> {
        if let Some(known) = self.guards.get(&guard) {
            return Ok(*known);
        }
        let choices = self.arena.guard(guard).to_vec();
        let mut terms = Vec::with_capacity(choices.len());
        for choice in choices {
            let lits: Vec<Lit> = choice
                .iter()
                .map(|(c, yes)| {
                    if *yes {
                        self.chosen[*c]
                    } else {
                        !self.chosen[*c]
                    }
                })
                .collect();
            terms.push(match lits.as_slice() {
                [one] => Term::Lit(*one),
                several => {
                    let none: Vec<Term> = several.iter().map(|l| Term::Lit(!*l)).collect();
                    self.optimizer.all_of(&none)?.negated()
                }
            });
        }
        let term = self.optimizer.all_of(&terms)?;
        self.guards.insert(guard, term);
        Ok(term)
    }

    /// Whether a guard holds for a candidate.
    pub(super) fn open(&self, guard: Guard, candidate: &Candidate) -> bool {
        self.arena
            .guard(guard)
            .iter()
            .all(|choice| choice.iter().any(|(c, yes)| candidate.chosen[*c] == *yes))
    }

    /// That a party takes a step, by a rule for steps.
    pub(super) fn takes(
        &mut self,
        rule: StepRule,
        party: PartyId,
        from: StateId,
        to: StateId,
        guard: Guard,
    ) -> Result<Term, Unsuited> {
        if rule == StepRule::Moves {
            return self.guard(guard);
        }
        let key = (rule, party, from, to, guard);
        if let Some(known) = self.steps.get(&key) {
            return Ok(*known);
        }
        let mut parts = vec![self.guard(guard)?, self.prefers(party, to, from)?];
        if rule == StepRule::BestImprovements {
            for other in self.arena.edges(party, from).to_vec() {
                if other.to != to {
                    let exists = self.guard(other.guard)?;
                    let better = self.prefers(party, other.to, to)?;
                    parts.push(self.optimizer.all_of(&[exists, better])?.negated());
                }
            }
        }
        let term = self.optimizer.all_of(&parts)?;
        self.steps.insert(key, term);
        Ok(term)
    }

    /// Whether a party takes a step of a candidate.
    pub(super) fn took(
        &self,
        rule: StepRule,
        party: PartyId,
        from: StateId,
        to: StateId,
        guard: Guard,
        candidate: &Candidate,
    ) -> bool {
        if !self.open(guard, candidate) {
            return false;
        }
        match rule {
            StepRule::Moves => true,
            StepRule::Improvements => candidate.prefers(party, to, from),
            StepRule::BestImprovements => {
                candidate.prefers(party, to, from)
                    && self.arena.edges(party, from).iter().all(|other| {
                        !self.open(other.guard, candidate)
                            || !candidate.prefers(party, other.to, to)
                    })
            }
        }
    }

    /// That ending in `end` sanctions a party that left `left`: it does not prefer `end`, nor, when it
    /// may escape, what it can make of it.
    pub(super) fn sanctions(
        &mut self,
        party: PartyId,
        escapes: bool,
        left: StateId,
        end: StateId,
    ) -> Result<Term, Unsuited> {
        let key = (party, escapes, left, end);
        if let Some(known) = self.holds_out.get(&key) {
            return Ok(*known);
        }
        let mut parts = vec![self.prefers(party, end, left)?.negated()];
        if escapes {
            for edge in self.arena.edges(party, end).to_vec() {
                let exists = self.guard(edge.guard)?;
                let better = self.prefers(party, edge.to, left)?;
                parts.push(self.optimizer.all_of(&[exists, better])?.negated());
            }
        }
        let term = self.optimizer.all_of(&parts)?;
        self.holds_out.insert(key, term);
        Ok(term)
    }

    /// Whether ending in `end` sanctions a party of a candidate that left `left`.
    pub(super) fn sanctioned(
        &self,
        party: PartyId,
        escapes: bool,
        left: StateId,
        end: StateId,
        candidate: &Candidate,
    ) -> bool {
        !candidate.prefers(party, end, left)
            && (!escapes
                || self.arena.edges(party, end).iter().all(|edge| {
                    !self.open(edge.guard, candidate) || !candidate.prefers(party, edge.to, left)
                }))
    }

    /// The concept by which a party judges.
    pub(super) fn concept(&self, judgement: usize, party: PartyId) -> Concept {
        let concepts = self.question.judgements.get(judgement);
        concepts
            .and_then(|j| j.get(party.index()))
            .copied()
            .unwrap_or(Concept::Nash)
    }

    /// The literals of the changes that make up the candidate found last.
    fn changes(&mut self) -> Result<Vec<Lit>, Unsuited> {
        let mut lits: Vec<Lit> = self.chosen.clone();
        lits.retain(|l| self.optimizer.holds(*l));
        for order in &mut self.orders {
            lits.extend(match order {
                Order::Ranks(ranks) => ranks.changes(&mut self.optimizer)?,
                Order::Statements(statements) => statements.changes(&self.optimizer),
            });
        }
        Ok(lits)
    }

    /// What a fact says.
    pub(super) fn fact(&self, lit: Lit) -> Option<Fact> {
        if let Some(want) = self.wants.iter().position(|w| w.fact == lit) {
            return Some(Fact::Wanted(want));
        }
        if let Some(place) = self.chosen.iter().position(|c| !*c == lit) {
            return match self.structure[place].change {
                super::StructuralChange::Direction { option, .. } => Some(Fact::OneWay { option }),
                _ => None,
            };
        }
        for (party, order) in (0..).map(PartyId).zip(&self.orders) {
            match order {
                Order::Ranks(ranks) => {
                    if let Some((worse, better)) = ranks.states_of(!lit) {
                        return Some(Fact::Prefers {
                            party,
                            better,
                            worse,
                        });
                    }
                }
                Order::Statements(statements) => {
                    if let Some(statement) = statements.kept_fact(lit) {
                        return Some(Fact::Statement { party, statement });
                    }
                    if statements.order_fact() == Some(lit) {
                        return Some(Fact::Order { party });
                    }
                }
            }
        }
        None
    }
}

/// The wanted state that is best for all together: what is likely to move in the rankings.
fn centre(game: &Game<'_>, question: &Question) -> Option<StateId> {
    let wanted = question.wants.iter().filter_map(|want| match want {
        Want::Some(states) => likeliest(game, states),
        Want::None(_) => None,
    });
    likeliest(game, &wanted.collect::<Vec<_>>())
}

/// The state that is best for all together: the one with the greatest sum of ranks.
pub(super) fn likeliest(game: &Game<'_>, states: &[StateId]) -> Option<StateId> {
    let worth = |state: &StateId| -> u64 {
        let ranks = game.rankings.iter().map(|r| u64::from(r.rank(*state)));
        ranks.sum()
    };
    states.iter().copied().max_by_key(worth)
}
