//! What a batch of profiles is judged to be.

use detente_model::PartyId;

use super::{Plan, Row};
use crate::{Concept, StateId};

/// How much a batch is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// Equilibria alone.
    #[default]
    Equilibria,
    /// And for each party the states that are stable for it.
    Parties,
}

/// The verdicts on one batch: for each concept and state the set of lanes in which the state is an
/// equilibrium, and where it was asked for, those in which it is stable for each party. Lane `l` is bit
/// `l` of a set.
///
/// Made once for a plan and used again for every batch: nothing is allocated while a batch is judged.
#[derive(Debug, Clone)]
pub struct Verdicts {
    concepts: Vec<Concept>,
    states: usize,
    parties: usize,
    detail: Detail,
    /// Concept after concept, a set of lanes per state.
    pub(super) equilibria: Vec<u32>,
    /// Concept after concept, party after party; empty unless asked for.
    pub(super) stable: Vec<u32>,
    pub(super) desk: Desk,
}

/// Room for what is computed on the way.
#[derive(Debug, Clone, Default)]
pub(super) struct Desk {
    /// For each of a party's own sets the largest value in it.
    pub(super) own: Vec<Row>,
    /// For each state the party's rank of the best of it and of what it can move to from it.
    pub(super) best: Vec<Row>,
    /// One or two values per state, or per set of states; several tables of them one after the other.
    pub(super) values: Vec<Row>,
    /// One or two values per set of states.
    pub(super) sets: Vec<Row>,
    /// For each party and each of its own sets whether a value in it was lowered by another party since
    /// the party's moves were last gone through.
    pub(super) lowered: Vec<bool>,
}

impl Verdicts {
    /// Room for the verdicts of a plan.
    pub fn new(plan: &Plan, detail: Detail) -> Self {
        let (states, parties) = (plan.states(), plan.parties());
        let concepts = plan.concepts().to_vec();
        let stable = match detail {
            Detail::Equilibria => 0,
            Detail::Parties => concepts.len() * parties * states,
        };
        Self {
            states,
            parties,
            detail,
            equilibria: vec![0; concepts.len() * states],
            stable: vec![0; stable],
            concepts,
            desk: plan.desk(),
        }
    }

    /// What was asked for.
    pub fn detail(&self) -> Detail {
        self.detail
    }

    /// The concepts, in the order of the plan.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    pub(super) fn fits(&self, plan: &Plan) -> bool {
        self.states == plan.states()
            && self.parties == plan.parties()
            && self.concepts == plan.concepts()
    }

    fn place(&self, concept: Concept) -> Option<usize> {
        self.concepts.iter().position(|c| *c == concept)
    }

    /// For each state the lanes in which it is an equilibrium; `None` for a concept that the plan does
    /// not have.
    pub fn equilibria(&self, concept: Concept) -> Option<&[u32]> {
        let start = self.place(concept)? * self.states;
        self.equilibria.get(start..)?.get(..self.states)
    }

    /// For each state the lanes in which it is stable for a party; `None` for a concept that the plan
    /// does not have, for a party that does not exist, and when only equilibria were asked for.
    pub fn stable(&self, concept: Concept, party: PartyId) -> Option<&[u32]> {
        if party.index() >= self.parties {
            return None;
        }
        let start = (self.place(concept)? * self.parties + party.index()) * self.states;
        self.stable.get(start..)?.get(..self.states)
    }

    /// Whether a state is an equilibrium in a lane; false for what does not exist.
    pub fn is_equilibrium(&self, concept: Concept, state: StateId, lane: usize) -> bool {
        let lanes = self
            .equilibria(concept)
            .and_then(|e| e.get(state.index()))
            .copied()
            .unwrap_or(0);
        u32::try_from(lane)
            .ok()
            .and_then(|lane| lanes.checked_shr(lane))
            .is_some_and(|rest| rest & 1 == 1)
    }
}

impl Desk {
    /// Makes room for a plan; does nothing where there is enough.
    pub(super) fn prepare(&mut self, plan: &Plan) {
        let states = plan.states();
        let tables = plan.sides.iter().map(|s| s.tables).max().unwrap_or(1);
        for (rows, length) in [
            (&mut self.own, states),
            (&mut self.best, states),
            (&mut self.values, 2 * tables * states),
            (&mut self.sets, 2 * states),
        ] {
            if rows.len() < length {
                rows.resize(length, Row::default());
            }
        }
        let flags = plan.parties() * states;
        if self.lowered.len() < flags {
            self.lowered.resize(flags, false);
        }
    }
}
