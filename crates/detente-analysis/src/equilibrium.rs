//! Which states are stable for whom, and for all.

use detente_model::PartyId;

use crate::{Concept, StateId, StateSet};

/// How the anticipations of limited-move stability settle as the horizon grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// The first horizon from which the anticipations repeat; 1 at least.
    pub settles: u64,
    /// After how many further horizons they repeat; 1 when they stay the same.
    pub cycle: u64,
}

/// For one concept, the states that are stable for each party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StabilityTable {
    /// The concept.
    pub concept: Concept,
    /// How the anticipations settle; for non-myopic stability only.
    pub horizon: Option<Horizon>,
    states: usize,
    stable: Vec<StateSet>,
}

impl StabilityTable {
    pub(crate) fn new(concept: Concept, states: usize, stable: Vec<StateSet>) -> Self {
        Self {
            concept,
            horizon: None,
            states,
            stable,
        }
    }

    pub(crate) fn settled(mut self, horizon: Horizon) -> Self {
        self.horizon = Some(horizon);
        self
    }

    /// Whether a state is stable for a party.
    pub fn is_stable(&self, party: PartyId, state: StateId) -> bool {
        self.stable_for(party)
            .is_some_and(|set| set.contains(state))
    }

    /// The states that are stable for a party, `None` when there is no such party.
    pub fn stable_for(&self, party: PartyId) -> Option<&StateSet> {
        self.stable.get(party.index())
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.stable.len()
    }

    /// The number of states.
    pub fn states(&self) -> usize {
        self.states
    }

    /// The states that are stable for every party.
    pub fn equilibria(&self) -> StateSet {
        intersection(self.states, self.stable.iter())
    }

    /// Whether a state is stable for every party.
    pub fn is_equilibrium(&self, state: StateId) -> bool {
        state.index() < self.states && self.stable.iter().all(|set| set.contains(state))
    }
}

/// The states that are stable for every party under the concept assigned to it: `assignment` has one
/// concept per party.
///
/// `None` when the tables are not about that many parties and the same states, or when no table is
/// about an assigned concept.
pub fn mixed_equilibria(tables: &[StabilityTable], assignment: &[Concept]) -> Option<StateSet> {
    let states = tables.first()?.states;
    let mut chosen = Vec::with_capacity(assignment.len());
    for (party, concept) in assignment.iter().enumerate() {
        let table = tables.iter().find(|t| t.concept == *concept)?;
        if table.states != states || table.stable.len() != assignment.len() {
            return None;
        }
        chosen.push(table.stable.get(party)?);
    }
    Some(intersection(states, chosen.into_iter()))
}

fn intersection<'a>(states: usize, sets: impl Iterator<Item = &'a StateSet>) -> StateSet {
    let mut all = StateSet::all(states);
    for set in sets {
        all.intersect(set);
    }
    all
}
