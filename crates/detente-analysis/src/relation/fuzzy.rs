#![doc = include_str!("fuzzy.md")]

use detente_model::PartyId;

use super::pairs::{Pairs, RelationError};
use super::{ONE, Structure};
use crate::{Budget, StateId};

/// The page that explains the structure.
pub const PAGE: &str = include_str!("fuzzy.md");

/// For each party and ordered pair of states the degree of preference `r(s, t)` for the first over the
/// second, in millionths; `r(s, t) + r(t, s) = 1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fuzzy {
    pairs: Pairs<u32>,
}

impl Fuzzy {
    /// The degrees of preference of so many parties over so many states, from a function of a party,
    /// a state and the state that it is compared with, in millionths.
    ///
    /// # Errors
    ///
    /// Refuses degrees of which the two of a pair do not add up to [`ONE`] (those of a state with
    /// itself are one half), and stops when the table would take more memory than the budget has.
    pub fn from_fn(
        parties: usize,
        states: usize,
        budget: &Budget,
        of: impl FnMut(PartyId, StateId, StateId) -> u32,
    ) -> Result<Self, RelationError> {
        let pairs = Pairs::from_fn(parties, states, budget, of)?;
        pairs.check(|party, first, second, forth, back| {
            let sum = u64::from(forth) + u64::from(back);
            if sum == u64::from(ONE) {
                return Ok(());
            }
            Err(RelationError::Sum {
                party,
                first,
                second,
                sum,
            })
        })?;
        Ok(Self { pairs })
    }

    /// The degree of preference for the first state over the second, in millionths.
    pub fn degree(&self, party: PartyId, first: StateId, second: StateId) -> u32 {
        self.pairs.get(party, first, second).unwrap_or(ONE / 2)
    }

    /// How certain it is that the party prefers the first state to the second,
    /// `a(s, t) = r(s, t) - r(t, s)`, in millionths from -[`ONE`] to [`ONE`].
    pub fn certainty(&self, party: PartyId, first: StateId, second: StateId) -> i64 {
        let degree = |a, b| i64::from(self.degree(party, a, b));
        degree(first, second) - degree(second, first)
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.pairs.parties()
    }
}

/// Fuzzy preferences, and for each party how certain of a preference it must be to act on it.
#[derive(Debug, Clone)]
pub struct Thresholds<'a> {
    fuzzy: &'a Fuzzy,
    thresholds: Vec<u32>,
}

impl<'a> Thresholds<'a> {
    /// Fuzzy preferences with one threshold of satisfaction for each party, in millionths.
    ///
    /// # Errors
    ///
    /// Refuses thresholds outside 1 to [`ONE`], and more or fewer than there are parties.
    pub fn new(fuzzy: &'a Fuzzy, thresholds: Vec<u32>) -> Result<Self, RelationError> {
        if thresholds.len() != fuzzy.parties() {
            return Err(RelationError::Length {
                what: "thresholds",
                given: thresholds.len(),
                expected: fuzzy.parties(),
            });
        }
        let bad = thresholds.iter().find(|g| !(1..=ONE).contains(*g));
        if let Some(&given) = bad {
            return Err(RelationError::Threshold {
                name: "gamma",
                given,
            });
        }
        Ok(Self { fuzzy, thresholds })
    }

    /// Whether the party is certain enough that it prefers the first state to the second.
    fn satisfied(&self, party: PartyId, first: StateId, second: StateId) -> bool {
        let threshold = self.thresholds.get(party.index());
        threshold.is_some_and(|g| self.fuzzy.certainty(party, first, second) >= i64::from(*g))
    }
}

impl Structure for Thresholds<'_> {
    fn leaves(&self, party: PartyId, from: StateId, to: StateId) -> bool {
        self.satisfied(party, to, from)
    }

    fn sanctions(&self, party: PartyId, left: StateId, result: StateId) -> bool {
        !self.satisfied(party, result, left)
    }

    fn takes(&self, mover: PartyId, from: StateId, to: StateId) -> bool {
        self.satisfied(mover, to, from)
    }
}
