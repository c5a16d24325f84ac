//! Preferences of which some are not known.

use detente_model::PartyId;

use super::pairs::{Pairs, RelationError};
use crate::{Budget, StateId};

/// What is known about whether one state is preferred to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// It certainly is.
    Preferred,
    /// It certainly is not: the other one is preferred, or they are equal.
    NotPreferred,
    /// It may be or not.
    Unknown,
}

/// For each party and ordered pair of states, whether the first is preferred to the second, or whether
/// that is not known.
///
/// Where a state is preferred to another for certain, the other is not preferred to it for certain;
/// no state is preferred to itself. Nothing else is required: that it is not known whether the first is
/// preferred may go with the certainty that the second is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tri {
    pairs: Pairs<Known>,
}

impl Tri {
    /// The knowledge about so many parties over so many states, from a function of a party, a state and
    /// the state to which it may be preferred.
    ///
    /// # Errors
    ///
    /// Refuses a relation in which a state is preferred to another for certain and the other may be
    /// preferred to it, and stops when the table would take more memory than the budget has.
    pub fn from_fn(
        parties: usize,
        states: usize,
        budget: &Budget,
        of: impl FnMut(PartyId, StateId, StateId) -> Known,
    ) -> Result<Self, RelationError> {
        let pairs = Pairs::from_fn(parties, states, budget, of)?;
        pairs.check(|party, first, second, forth, back| {
            let not = Known::NotPreferred;
            let itself = first == second && forth != not;
            let forth_only = forth == Known::Preferred && back != not;
            let back_only = back == Known::Preferred && forth != not;
            if itself || forth_only || back_only {
                return Err(RelationError::Contradiction {
                    party,
                    first,
                    second,
                });
            }
            Ok(())
        })?;
        Ok(Self { pairs })
    }

    /// Whether the party prefers the first state to the second. Parties and states outside the table
    /// prefer nothing.
    pub fn known(&self, party: PartyId, first: StateId, second: StateId) -> Known {
        self.pairs
            .get(party, first, second)
            .unwrap_or(Known::NotPreferred)
    }

    /// Whether nothing is unknown.
    pub fn is_certain(&self) -> bool {
        self.pairs.values().all(|k| k != Known::Unknown)
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.pairs.parties()
    }
}
