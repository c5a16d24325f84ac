//! From preferences to a ranking of the feasible states.

use std::cmp::Reverse;

use detente_model::model::{Party, Preferences, RankItem, RankTier, Statement};

use super::{Space, Test};
use crate::graph::{Ranking, StateId};

/// The states that a ranking leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unranked {
    /// They, ascending.
    pub states: Vec<StateId>,
}

/// A party's ranking of the states.
///
/// Statements: a state that satisfies a more important statement is better, whatever the less
/// important ones say (option prioritisation, Fang, Hipel, Kilgour & Peng 2003); compared exactly
/// for any number of statements. Ranks: the first item that a state satisfies places it. Weights:
/// sums of millionths, exactly. Nothing stated: all states are tied.
pub fn ranking(party: &Party, space: &Space) -> Result<Ranking, Unranked> {
    match &party.preferences {
        Preferences::Unstated => Ok(Ranking::from_values(&vec![0_u8; space.len()])),
        Preferences::Statements(list) => Ok(by_statements(list, space)),
        Preferences::Weights(list) => {
            let tests: Vec<(i128, Test)> = list
                .iter()
                .map(|(w, c)| (i128::from(*w), space.test(c)))
                .collect();
            let worth = |s: StateId| -> i128 {
                let value = space.value(s);
                tests
                    .iter()
                    .filter(|(_, t)| t.holds(value))
                    .map(|(w, _)| w)
                    .sum()
            };
            Ok(Ranking::from_values(
                &space.ids().map(worth).collect::<Vec<_>>(),
            ))
        }
        Preferences::Ranks(tiers) => {
            let places = tier_places(tiers, space);
            let states: Vec<StateId> = space
                .ids()
                .filter(|s| places[s.index()].is_none())
                .collect();
            if !states.is_empty() {
                return Err(Unranked { states });
            }
            Ok(Ranking::from_values(
                &places.into_iter().map(Reverse).collect::<Vec<_>>(),
            ))
        }
    }
}

/// For every state the tier of a ranking that it stands in, the best first; `None` where it is left
/// out.
pub(crate) fn tier_places(tiers: &[RankTier], space: &Space) -> Vec<Option<usize>> {
    let mut tests: Vec<(usize, Test)> = Vec::new();
    let mut rest = None;
    for (place, tier) in tiers.iter().enumerate() {
        for item in &tier.items {
            match item {
                RankItem::Matching(condition) => tests.push((place, space.test(condition))),
                RankItem::Rest(_) => rest = Some(place),
            }
        }
    }
    let place = |s: StateId| {
        let value = space.value(s);
        let mut tests = tests.iter();
        tests
            .find(|(_, t)| t.holds(value))
            .map(|(p, _)| *p)
            .or(rest)
    };
    space.ids().map(place).collect()
}

fn by_statements(list: &[Statement], space: &Space) -> Ranking {
    let (words, keys) = statement_keys(list, space);
    Ranking::from_values(&keys.chunks_exact(words).collect::<Vec<_>>())
}

/// For every state which statements it satisfies, the most important as the highest bit of the first
/// word; and how many words there are for each state, 1 at least.
pub(crate) fn statement_keys(list: &[Statement], space: &Space) -> (usize, Vec<u64>) {
    let tests: Vec<Test> = list.iter().map(|s| space.test(&s.condition)).collect();
    let words = tests.len().div_ceil(64).max(1);
    let mut keys = vec![0_u64; words * space.len()];
    for (state, key) in space.ids().zip(keys.chunks_exact_mut(words)) {
        let value = space.value(state);
        for (i, test) in tests.iter().enumerate() {
            if test.holds(value) {
                key[i / 64] |= 1 << (63 - i % 64);
            }
        }
    }
    (words, keys)
}
