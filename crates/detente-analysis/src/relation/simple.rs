#![doc = include_str!("simple.md")]

use detente_model::PartyId;

use super::Structure;
use crate::{Conflict, StateId};

/// The page that explains the structure.
pub const PAGE: &str = include_str!("simple.md");

/// The rankings of a conflict, as a structure.
#[derive(Clone, Copy)]
pub struct Simple<'a> {
    conflict: &'a Conflict<'a>,
}

impl<'a> Simple<'a> {
    /// The rankings of the conflict.
    pub fn new(conflict: &'a Conflict<'a>) -> Self {
        Self { conflict }
    }
}

impl Structure for Simple<'_> {
    fn leaves(&self, party: PartyId, from: StateId, to: StateId) -> bool {
        self.conflict.improves(party, from, to)
    }

    fn sanctions(&self, party: PartyId, left: StateId, result: StateId) -> bool {
        !self.conflict.improves(party, left, result)
    }

    fn takes(&self, mover: PartyId, from: StateId, to: StateId) -> bool {
        self.conflict.improves(mover, from, to)
    }

    /// The best move, the lowest among equals.
    fn escape(&self, party: PartyId, _: StateId, targets: &[StateId]) -> Option<StateId> {
        let ranking = self.conflict.ranking(party);
        let targets = targets.iter().copied().rev();
        targets.max_by_key(|s| ranking.rank(*s))
    }
}
