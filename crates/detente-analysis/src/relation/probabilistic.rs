#![doc = include_str!("probabilistic.md")]

use detente_model::PartyId;

use super::pairs::{Pairs, RelationError};
use super::{ONE, Structure};
use crate::{Budget, StateId};

/// The page that explains the structure.
pub const PAGE: &str = include_str!("probabilistic.md");

/// For each party and ordered pair of states the probability that the first is preferred to the second,
/// in millionths. What the two of a pair leave to [`ONE`] is the probability that they are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probabilities {
    pairs: Pairs<u32>,
}

impl Probabilities {
    /// The probabilities of so many parties over so many states, from a function of a party, a state
    /// and the state to which it may be preferred, in millionths.
    ///
    /// # Errors
    ///
    /// Refuses probabilities of which the two of a pair add up to more than [`ONE`] and a state that
    /// may be preferred to itself, and stops when the table would take more memory than the budget has.
    pub fn from_fn(
        parties: usize,
        states: usize,
        budget: &Budget,
        of: impl FnMut(PartyId, StateId, StateId) -> u32,
    ) -> Result<Self, RelationError> {
        let pairs = Pairs::from_fn(parties, states, budget, of)?;
        pairs.check(|party, first, second, forth, back| {
            let sum = u64::from(forth) + u64::from(back);
            if first == second && sum > 0 {
                return Err(RelationError::Contradiction {
                    party,
                    first,
                    second,
                });
            }
            if sum > u64::from(ONE) {
                return Err(RelationError::Sum {
                    party,
                    first,
                    second,
                    sum,
                });
            }
            Ok(())
        })?;
        Ok(Self { pairs })
    }

    /// The probability that the party prefers the first state to the second, in millionths.
    pub fn probability(&self, party: PartyId, first: StateId, second: StateId) -> u32 {
        self.pairs.get(party, first, second).unwrap_or(0)
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.pairs.parties()
    }
}

/// How likely a preference must be to be acted on, in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// `alpha`: a party leaves for what it prefers with at least this probability.
    pub leave: u32,
    /// `beta`: a state sanctions unless the party prefers it with at least this probability.
    pub sanction: u32,
    /// `gamma`: opponents take the steps that they prefer with at least this probability.
    pub step: u32,
}

/// Preferences of given probabilities, and how likely they must be to be acted on.
#[derive(Debug, Clone, Copy)]
pub struct Chances<'a> {
    probabilities: &'a Probabilities,
    limits: Limits,
}

impl<'a> Chances<'a> {
    /// The probabilities, and the limits for all parties.
    ///
    /// # Errors
    ///
    /// Refuses limits outside 1 to [`ONE`].
    pub fn new(probabilities: &'a Probabilities, limits: Limits) -> Result<Self, RelationError> {
        let named = [
            ("alpha", limits.leave),
            ("beta", limits.sanction),
            ("gamma", limits.step),
        ];
        match named.into_iter().find(|(_, l)| !(1..=ONE).contains(l)) {
            Some((name, given)) => Err(RelationError::Threshold { name, given }),
            None => Ok(Self {
                probabilities,
                limits,
            }),
        }
    }
}

impl Structure for Chances<'_> {
    fn leaves(&self, party: PartyId, from: StateId, to: StateId) -> bool {
        self.probabilities.probability(party, to, from) >= self.limits.leave
    }

    fn sanctions(&self, party: PartyId, left: StateId, result: StateId) -> bool {
        self.probabilities.probability(party, result, left) < self.limits.sanction
    }

    fn takes(&self, mover: PartyId, from: StateId, to: StateId) -> bool {
        self.probabilities.probability(mover, to, from) >= self.limits.step
    }
}
