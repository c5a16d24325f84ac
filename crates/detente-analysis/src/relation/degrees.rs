//! How strongly a party prefers one state to another.

use detente_model::PartyId;

use super::pairs::{Pairs, RelationError};
use crate::{Budget, Ranking, StateId};

/// How strongly a state is preferred to another: 0 not at all, 1 plainly (`>`), 2 strongly (`>>`),
/// and so on.
pub type Degree = u8;

/// For each party and ordered pair of states, how strongly the first is preferred to the second.
///
/// At most one of the two entries of a pair is above 0. A pair with no entry above 0 is a tie, or is
/// not compared at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Degrees {
    pairs: Pairs<Degree>,
    used: Vec<Degree>,
}

impl Degrees {
    /// The degrees of so many parties over so many states, from a function of a party, a state and the
    /// state to which it may be preferred.
    ///
    /// # Errors
    ///
    /// Refuses a relation in which each of two states is preferred to the other, and stops when the
    /// table would take more memory than the budget has.
    pub fn from_fn(
        parties: usize,
        states: usize,
        budget: &Budget,
        of: impl FnMut(PartyId, StateId, StateId) -> Degree,
    ) -> Result<Self, RelationError> {
        let pairs = Pairs::from_fn(parties, states, budget, of)?;
        pairs.check(|party, first, second, forth, back| {
            if forth > 0 && back > 0 {
                return Err(RelationError::Contradiction {
                    party,
                    first,
                    second,
                });
            }
            Ok(())
        })?;
        Ok(Self::new(pairs))
    }

    /// The degrees of parties with rankings. `boundaries` has, for each party, the degree by which each
    /// rank but the lowest is preferred to the next lower one, from the lowest boundary upwards; the
    /// degree between two states is the greatest of a boundary between their ranks.
    ///
    /// # Errors
    ///
    /// Refuses lists of another length, and stops when the table would take more memory than the
    /// budget has.
    pub fn from_rankings(
        rankings: &[Ranking],
        boundaries: &[Vec<Degree>],
        budget: &Budget,
    ) -> Result<Self, RelationError> {
        if boundaries.len() != rankings.len() {
            return Err(RelationError::Length {
                what: "lists of boundaries",
                given: boundaries.len(),
                expected: rankings.len(),
            });
        }
        let mut pairs = Pairs::new();
        for (ranking, degrees) in rankings.iter().zip(boundaries) {
            let between = ranking.levels().saturating_sub(1) as usize;
            if degrees.len() != between {
                return Err(RelationError::Length {
                    what: "boundaries between ranks",
                    given: degrees.len(),
                    expected: between,
                });
            }
            push_boundaries(&mut pairs, ranking, degrees, budget)?;
        }
        Ok(Self::new(pairs))
    }

    pub(super) fn new(pairs: Pairs<Degree>) -> Self {
        let mut seen = [false; 256];
        for degree in pairs.values() {
            if let Some(seen) = seen.get_mut(usize::from(degree)) {
                *seen = true;
            }
        }
        let used = (1..=Degree::MAX)
            .filter(|d| seen.get(usize::from(*d)) == Some(&true))
            .collect();
        Self { pairs, used }
    }

    /// How strongly the party prefers the first state to the second; 0 when it does not.
    pub fn degree(&self, party: PartyId, first: StateId, second: StateId) -> Degree {
        self.pairs.get(party, first, second).unwrap_or(0)
    }

    /// By which degree each rank of a party's ranking but the lowest is preferred to the next lower one, from the
    /// lowest upwards: what [`Degrees::from_rankings`] takes. States of one rank are alike, so that one of each
    /// speaks for all.
    pub fn boundaries(&self, party: PartyId, ranking: &Ranking) -> Vec<Degree> {
        let mut of_rank = vec![None; ranking.levels() as usize];
        for state in (0..ranking.states() as u32).map(StateId) {
            if let Some(first) = of_rank.get_mut(ranking.rank(state) as usize) {
                first.get_or_insert(state);
            }
        }
        let pairs = of_rank.windows(2).map(|pair| match pair {
            [Some(low), Some(high)] => self.degree(party, *high, *low),
            _ => 0,
        });
        pairs.collect()
    }

    /// The degrees above 0 that occur for some party and pair, ascending.
    pub fn used(&self) -> &[Degree] {
        &self.used
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.pairs.parties()
    }
}

/// Adds the table of a party with a ranking, given the degree of each boundary between two neighbouring
/// ranks, from the lowest upwards.
pub(super) fn push_boundaries(
    pairs: &mut Pairs<Degree>,
    ranking: &Ranking,
    boundaries: &[Degree],
    budget: &Budget,
) -> Result<(), RelationError> {
    // The greatest degree so far from each lower rank: ranks are asked for in ascending order.
    let mut greatest = vec![0; ranking.levels() as usize];
    push_levels(pairs, ranking, budget, |low, high| {
        let last = boundaries.get(high.checked_sub(1)?)?;
        let place: &mut Degree = greatest.get_mut(low)?;
        *place = (*place).max(*last);
        Some(*place)
    })
}

/// Adds the table of a party whose degrees depend on ranks only: `between` gives the degree of a higher
/// rank over a lower one, asked for the higher ranks in ascending order.
pub(super) fn push_levels(
    pairs: &mut Pairs<Degree>,
    ranking: &Ranking,
    budget: &Budget,
    mut between: impl FnMut(usize, usize) -> Option<Degree>,
) -> Result<(), RelationError> {
    let states = (0..ranking.states() as u32).map(StateId);
    let places = states.map(|s| ranking.rank(s)).collect();
    let levels = ranking.levels() as usize;
    pairs.push(Some(places), levels, budget, |high, low| {
        if high > low {
            between(low, high).unwrap_or(0)
        } else {
            0
        }
    })?;
    Ok(())
}
