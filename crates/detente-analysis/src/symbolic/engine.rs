//! The decision-diagram engine: stable states of each party, and equilibria.

use biodivine_lib_bdd::Bdd;
use detente_model::model::Assignment;
use detente_model::{Expr, PartyId};
use num_bigint::BigUint;

use super::diagram::Meter;
use super::encoding::{Encoding, holds};
use super::{layers, sequential, stable};
use crate::{Budget, Concept, Stop};

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// Only Nash stability and general, symmetric and sequential metarationality are computed without
    /// listing the states.
    #[error("`{0}` is not computed without enumerating the states")]
    Concept(Concept),
    /// There is no such party.
    #[error("there is no party number {0}")]
    Party(u16),
    /// The state does not fit the model's options, or the rules exclude it.
    #[error("the state is not a feasible state of the model")]
    State,
    /// The set of states belongs to another encoding.
    #[error("the set of states belongs to another model")]
    Foreign,
    /// Only a conflict without one-way options, whose rules each speak of one party's options, has
    /// security levels.
    #[error("security levels need options that go both ways and no rule that spans two parties")]
    Constrained,
    /// The satisfiability solver failed, which is a defect.
    #[error("the satisfiability solver failed: {0}")]
    Solver(String),
    /// The budget ended first.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

/// A set of states, as a decision diagram over one encoding's options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct States {
    pub(crate) diagram: Bdd,
}

impl States {
    /// The number of nodes of the diagram.
    pub fn nodes(&self) -> usize {
        self.diagram.size()
    }

    /// Whether no state belongs to it.
    pub fn is_empty(&self) -> bool {
        self.diagram.is_false()
    }
}

/// The states that are stable for each party under one concept, kept apart: together they can be
/// much larger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StableStates {
    /// The concept.
    pub concept: Concept,
    /// For each party its stable states, all of them feasible.
    pub parties: Vec<States>,
}

/// Answers questions about an encoded model within a budget.
///
/// The limits `max_nodes` and `max_work` of the budget count from the creation of the engine.
#[derive(Debug)]
pub struct Engine<'e, 'm, 'b> {
    pub(crate) encoding: &'e Encoding<'m>,
    pub(crate) meter: Meter<'b>,
}

impl<'e, 'm, 'b> Engine<'e, 'm, 'b> {
    /// An engine for an encoded model.
    pub fn new(encoding: &'e Encoding<'m>, budget: &'b Budget) -> Self {
        Self {
            encoding,
            meter: Meter::new(budget),
        }
    }

    /// The encoded model.
    pub fn encoding(&self) -> &'e Encoding<'m> {
        self.encoding
    }

    /// Pairs of nodes looked at so far.
    pub fn work(&self) -> u64 {
        self.meter.work()
    }

    /// Nodes of the largest diagram so far.
    pub fn largest(&self) -> usize {
        self.meter.largest()
    }

    /// The states that are stable for a party: Nash, GMR, SMR, SEQ or SSEQ.
    pub fn stable_for(&self, concept: Concept, party: PartyId) -> Result<States, Unanswered> {
        if party.index() >= self.encoding.parties() {
            return Err(Unanswered::Party(party.0));
        }
        let (encoding, meter) = (self.encoding, &self.meter);
        let diagram = match concept {
            Concept::Nash => stable::nash(encoding, meter, party),
            Concept::Gmr => stable::metarational(encoding, meter, party, false),
            Concept::Smr => stable::metarational(encoding, meter, party, true),
            Concept::Seq => layers::sequential(encoding, meter, party, false),
            Concept::Sseq => layers::sequential(encoding, meter, party, true),
            other => return Err(Unanswered::Concept(other)),
        }?;
        Ok(States { diagram })
    }

    /// The states that are stable for each party.
    pub fn stable(&self, concept: Concept) -> Result<StableStates, Unanswered> {
        let total = self.encoding.parties() as u64;
        let parties = self
            .encoding
            .model
            .party_ids()
            .map(|party| {
                let budget = self.meter.budget();
                budget.report("parties", u64::from(party.0), total);
                self.stable_for(concept, party)
            })
            .collect::<Result<_, _>>()?;
        Ok(StableStates { concept, parties })
    }

    /// The states that are stable for every party; small diagrams are joined first.
    pub fn equilibria(&self, stable: &StableStates) -> Result<States, Unanswered> {
        self.joint(&stable.parties.iter().collect::<Vec<_>>())
    }

    /// The feasible states that belong to all of the sets.
    pub fn joint(&self, sets: &[&States]) -> Result<States, Unanswered> {
        let mut sorted = Vec::with_capacity(sets.len());
        for set in sets {
            sorted.push(self.own(set)?);
        }
        sorted.sort_by_key(|d| d.size());
        let mut all = self.encoding.feasible.clone();
        for diagram in sorted {
            all = self.meter.and(&all, diagram)?;
        }
        Ok(States { diagram: all })
    }

    /// The diagram of a set, if it is over this encoding's variables.
    pub(crate) fn own<'s>(&self, states: &'s States) -> Result<&'s Bdd, Unanswered> {
        if states.diagram.num_vars() == self.encoding.set.num_vars() {
            Ok(&states.diagram)
        } else {
            Err(Unanswered::Foreign)
        }
    }

    /// The feasible states that satisfy an expression over options.
    pub fn matching(&self, expr: &Expr) -> Result<States, Unanswered> {
        let states = self.encoding.states(expr, &self.meter)?;
        let diagram = self.meter.and(&self.encoding.feasible, &states)?;
        Ok(States { diagram })
    }

    /// All feasible states.
    pub fn feasible(&self) -> States {
        States {
            diagram: self.encoding.feasible.clone(),
        }
    }

    /// The number of states of a set, exactly.
    pub fn count(&self, states: &States) -> BigUint {
        states.diagram.exact_cardinality()
    }

    /// Whether a state belongs to a set; false for what is not a state of the model.
    pub fn contains(&self, states: &States, state: &Assignment) -> bool {
        let values = self.encoding.values(state);
        values.is_some_and(|values| holds(&states.diagram, &values))
    }

    /// Whether a feasible state is stable for a party. For SEQ and SSEQ this needs far less than the
    /// stable states of [`Engine::stable_for`], and for the others no more.
    pub fn is_stable(
        &self,
        concept: Concept,
        party: PartyId,
        state: &Assignment,
    ) -> Result<bool, Unanswered> {
        if !self.encoding.is_feasible(state) {
            return Err(Unanswered::State);
        }
        match concept {
            Concept::Seq | Concept::Sseq => {
                self.sequential_at(party, state, concept == Concept::Sseq)
            }
            _ => {
                let stable = self.stable_for(concept, party)?;
                Ok(self.contains(&stable, state))
            }
        }
    }

    /// Whether one state is sequentially stable for a party (`escape`: symmetrically), by thresholds:
    /// needs far less than [`Engine::stable_for`].
    pub(crate) fn sequential_at(
        &self,
        party: PartyId,
        state: &Assignment,
        escape: bool,
    ) -> Result<bool, Unanswered> {
        let (encoding, meter) = (self.encoding, &self.meter);
        let values = encoding.values(state).ok_or(Unanswered::State)?;
        let better = self.improvements(party, state)?;
        if better.is_false() {
            return Ok(true);
        }
        let worth: Vec<bool> = encoding.players[party.index()]
            .worth
            .iter()
            .map(|w| holds(w, &values))
            .collect();
        let threshold = sequential::constants(encoding, &worth);
        let end = sequential::no_better(encoding, meter, party, &threshold, escape)?;
        Ok(sequential::all_answered(
            encoding, meter, party, &better, &end,
        )?)
    }

    /// The states that a party can move to from a feasible state and prefers to it.
    pub(crate) fn improvements(
        &self,
        party: PartyId,
        state: &Assignment,
    ) -> Result<Bdd, Unanswered> {
        let encoding = self.encoding;
        if party.index() >= encoding.parties() {
            return Err(Unanswered::Party(party.0));
        }
        let values = encoding.values(state).ok_or(Unanswered::State)?;
        if !holds(&encoding.feasible, &values) {
            return Err(Unanswered::State);
        }
        let player = &encoding.players[party.index()];
        let moves = self.moves(player, &values)?;
        let worth: Vec<bool> = player.worth.iter().map(|w| holds(w, &values)).collect();
        let threshold = sequential::constants(encoding, &worth);
        let (better, _) = super::diagram::greater(&self.meter, &moves, &player.worth, &threshold)?;
        Ok(better)
    }

    /// The feasible states that a player can move to from a state, itself included.
    pub(crate) fn moves(
        &self,
        player: &super::encoding::Player,
        values: &[bool],
    ) -> Result<Bdd, Stop> {
        let encoding = self.encoding;
        let fixed: Vec<_> = encoding
            .variables
            .iter()
            .map(|v| (*v, values[v.to_index()]))
            .filter(|(v, value)| {
                let one_way = player.one_way.iter().find(|o| o.variable == *v);
                !player.owns[v.to_index()] || one_way.is_some_and(|o| o.end == *value)
            })
            .collect();
        let pattern = biodivine_lib_bdd::BddPartialValuation::from_values(&fixed);
        let reachable = encoding.set.mk_conjunctive_clause(&pattern);
        self.meter.and(&encoding.feasible, &reachable)
    }
}
