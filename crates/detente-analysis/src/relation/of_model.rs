//! The degrees and the attitudes that a negotiation states.

use detente_model::PartyId;
use detente_model::model::{Model, Preferences, RankTier, Statement};

use super::degrees::{push_boundaries, push_levels};
use super::pairs::Pairs;
use super::{AttitudeMatrix, Degree, Degrees, RelationError};
use crate::game::Game;
use crate::space::{statement_keys, tier_places};
use crate::{Budget, Ranking, StateId};

impl Degrees {
    /// How strongly the parties of a negotiation prefer its states.
    ///
    /// With statements, a state is preferred to another by the strength of the most important statement
    /// on which they differ. In a ranking it is preferred by the greatest strength of a boundary between
    /// their tiers. With weights every preference is plain.
    ///
    /// # Errors
    ///
    /// Stops when the tables would take more memory than the budget has.
    pub fn of(game: &Game<'_>, budget: &Budget) -> Result<Self, RelationError> {
        let parties = game.model.parties.iter();
        let orders = parties.map(|p| &p.preferences).zip(&game.rankings);
        Self::of_orders(game, orders, budget)
    }

    /// How strongly parties with these preferences, and the rankings that come of them, prefer the states
    /// of a game; the parties are numbered as the orders come.
    pub(crate) fn of_orders<'p>(
        game: &Game<'_>,
        orders: impl Iterator<Item = (&'p Preferences, &'p Ranking)>,
        budget: &Budget,
    ) -> Result<Self, RelationError> {
        let mut pairs = Pairs::new();
        for (preferences, ranking) in orders {
            match preferences {
                Preferences::Statements(list) if strong(list) => {
                    by_statements(&mut pairs, game, list, ranking, budget)?;
                }
                Preferences::Ranks(tiers) => {
                    let boundaries = boundaries(game, tiers, ranking);
                    push_boundaries(&mut pairs, ranking, &boundaries, budget)?;
                }
                _ => push_levels(&mut pairs, ranking, budget, |_, _| Some(1))?,
            }
        }
        Ok(Self::new(pairs))
    }
}

impl AttitudeMatrix {
    /// The attitudes that the parties of a negotiation have toward each other.
    pub fn of_model(model: &Model) -> Self {
        let mut matrix = Self::ordinary(model.parties.len());
        for (of, party) in model.party_ids().zip(&model.parties) {
            for (toward, attitude) in (0..=u16::MAX).map(PartyId).zip(&party.attitudes) {
                matrix = matrix.with(of, toward, *attitude);
            }
        }
        matrix
    }
}

/// Whether some statement is more than a plain preference.
fn strong(list: &[Statement]) -> bool {
    list.iter().any(|s| !s.strength.is_plain())
}

fn by_statements(
    pairs: &mut Pairs<Degree>,
    game: &Game<'_>,
    list: &[Statement],
    ranking: &Ranking,
    budget: &Budget,
) -> Result<(), RelationError> {
    let (words, keys) = statement_keys(list, &game.space);
    let keys: Vec<&[u64]> = keys.chunks_exact(words).collect();
    let mut levels: Vec<&[u64]> = vec![&[]; ranking.levels() as usize];
    for (state, key) in game.space.ids().zip(keys) {
        if let Some(level) = levels.get_mut(ranking.rank(state) as usize) {
            *level = key;
        }
    }
    push_levels(pairs, ranking, budget, |low, high| {
        let (low, high) = (levels.get(low)?, levels.get(high)?);
        let mut words = low.iter().zip(*high).enumerate();
        let (word, (a, b)) = words.find(|(_, (a, b))| a != b)?;
        let first = word * 64 + (a ^ b).leading_zeros() as usize;
        list.get(first).map(|s| s.strength.degree())
    })
}

/// The degree by which each rank but the lowest is preferred to the next lower one.
fn boundaries(game: &Game<'_>, tiers: &[RankTier], ranking: &Ranking) -> Vec<Degree> {
    let places = tier_places(tiers, &game.space);
    let mut tier_of: Vec<usize> = vec![0; ranking.levels() as usize];
    for (index, place) in places.iter().enumerate() {
        let rank = ranking.rank(StateId(index as u32)) as usize;
        if let (Some(tier), Some(place)) = (tier_of.get_mut(rank), place) {
            *tier = *place;
        }
    }
    let between = |worse: usize, better: usize| {
        let crossed = tiers.get(better..worse).into_iter().flatten();
        crossed.map(|t| t.strength.degree()).max().unwrap_or(1)
    };
    let pairs = tier_of.windows(2);
    pairs
        .map(|pair| match pair {
            [low, high] => between(*low, *high),
            _ => 1,
        })
        .collect()
}
