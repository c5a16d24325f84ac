//! Improvements that several parties make at the same time.

use detente_model::PartyId;

use super::kernel::{leaves_by, sanctions};
use super::verdict::{Fate, ImprovementFate, Sanction};
use crate::concept::Settings;
use crate::{Budget, Conflict, StateId, StateSet, Stop, Superposition};

/// A party other than the one that is judged, and the improvements that it may take.
pub(super) struct Other {
    pub(super) party: PartyId,
    pub(super) improvements: Vec<StateId>,
}

impl Other {
    /// A party with its improvements from a state.
    pub(super) fn at(conflict: &Conflict<'_>, party: PartyId, state: StateId) -> Self {
        Self {
            party,
            improvements: leaves_by(conflict, party, state).collect(),
        }
    }
}

/// The choices of the others that make an improvement go wrong, and the state that results.
type Block = (Vec<(PartyId, StateId)>, StateId);

/// Tries combinations within a budget, over all states together.
pub(super) struct Combinations<'a> {
    conflict: &'a Conflict<'a>,
    superposition: &'a dyn Superposition,
    diagonal: bool,
    /// Whether any of the others may stay; at least one moves in any case.
    may_stay: bool,
    budget: &'a Budget,
    tried: u64,
}

impl<'a> Combinations<'a> {
    /// `None` when the conflict does not say what simultaneous moves lead to.
    pub(super) fn new(
        conflict: &'a Conflict<'a>,
        settings: &Settings,
        may_stay: bool,
        budget: &'a Budget,
    ) -> Option<Self> {
        let superposition = conflict.superposition()?;
        let diagonal = settings.diagonal;
        Some(Self {
            conflict,
            superposition,
            diagonal,
            may_stay,
            budget,
            tried: 0,
        })
    }

    /// Whether every improvement of the party from a state goes wrong in some combination with
    /// improvements of the others.
    pub(super) fn all_blocked(
        &mut self,
        party: PartyId,
        state: StateId,
        others: &[Other],
    ) -> Result<bool, Stop> {
        for to in leaves_by(self.conflict, party, state) {
            if self.block(party, state, to, others)?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What becomes of every improvement of the party from a state.
    pub(super) fn fates(
        &mut self,
        party: PartyId,
        state: StateId,
        others: &[Other],
    ) -> Result<Vec<ImprovementFate>, Stop> {
        leaves_by(self.conflict, party, state)
            .map(|to| {
                let fate = match self.block(party, state, to, others)? {
                    Some((choices, result)) => Fate::Sanctioned {
                        by: Sanction::Together(choices),
                        result,
                        best_escape: None,
                    },
                    None => Fate::Open { undone: None },
                };
                Ok(ImprovementFate { to, fate })
            })
            .collect()
    }

    /// The first combination that makes an improvement go wrong, and where it leads. The choices of
    /// the first of the others change fastest.
    fn block(
        &mut self,
        party: PartyId,
        state: StateId,
        to: StateId,
        others: &[Other],
    ) -> Result<Option<Block>, Stop> {
        if others.is_empty() || (!self.may_stay && others.iter().any(|o| o.improvements.is_empty()))
        {
            return Ok(None);
        }
        // Choice 0 is to stay, choice k the improvement k - 1.
        let lowest = usize::from(!self.may_stay);
        let mut choice = vec![lowest; others.len()];
        let mut choices = Vec::with_capacity(others.len() + 1);
        loop {
            self.count()?;
            choices.clear();
            choices.push((party, to));
            choices.extend(others.iter().zip(&choice).filter_map(|(other, c)| {
                Some((other.party, *other.improvements.get(c.checked_sub(1)?)?))
            }));
            if choices.len() > 1
                && let Some(result) = self.superposition.combine(state, &choices)
                && result.index() < self.conflict.graph().states()
                && (self.diagonal || result != state)
                && sanctions(
                    self.conflict,
                    party,
                    state,
                    self.conflict.ranking(party).rank(result),
                )
            {
                choices.remove(0);
                return Ok(Some((choices, result)));
            }
            let Some(next) = choice
                .iter()
                .zip(others)
                .position(|(c, other)| *c < other.improvements.len())
            else {
                return Ok(None);
            };
            for (k, c) in choice.iter_mut().enumerate().take(next + 1) {
                *c = if k < next { lowest } else { *c + 1 };
            }
        }
    }

    fn count(&mut self) -> Result<(), Stop> {
        self.tried += 1;
        if self.tried > self.budget.max_steps {
            return Err(Stop::Limit {
                what: "combinations of simultaneous moves",
                limit: self.budget.max_steps,
            });
        }
        if self.tried.is_multiple_of(1024) && self.budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }
}

/// For each party, the states at which all its improvements are blocked. `others` picks who may
/// improve at the same time.
pub(super) fn stable_states(
    conflict: &Conflict<'_>,
    settings: &Settings,
    may_stay: bool,
    budget: &Budget,
    others: impl Fn(PartyId, StateId) -> bool,
) -> Result<Vec<StateSet>, Stop> {
    let states = conflict.graph().states();
    let mut stable = vec![StateSet::empty(states); conflict.graph().parties()];
    let Some(mut combinations) = Combinations::new(conflict, settings, may_stay, budget) else {
        return Ok(stable);
    };
    for state in conflict.graph().state_ids() {
        if state.0.is_multiple_of(1024) && budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        for (party, set) in conflict.graph().party_ids().zip(&mut stable) {
            if leaves_by(conflict, party, state).next().is_none() {
                set.insert(state);
                continue;
            }
            let others = others_at(conflict, party, state, &others);
            if combinations.all_blocked(party, state, &others)? {
                set.insert(state);
            }
        }
    }
    Ok(stable)
}

/// Everybody but the party that has an improvement at the state and is picked by `others`.
pub(super) fn others_at(
    conflict: &Conflict<'_>,
    party: PartyId,
    state: StateId,
    others: &impl Fn(PartyId, StateId) -> bool,
) -> Vec<Other> {
    conflict
        .graph()
        .party_ids()
        .filter(|p| *p != party && others(*p, state))
        .map(|p| Other::at(conflict, p, state))
        .filter(|other| !other.improvements.is_empty())
        .collect()
}
