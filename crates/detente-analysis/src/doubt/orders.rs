//! The different orders that a party may have.

use detente_model::PartyId;
use detente_model::model::{Interval, Party, Preferences};
use indexmap::IndexMap;
use num_bigint::BigUint;

use super::family::{self, About, Doubt, Says};
use crate::space::ranking;
use crate::{Budget, Game, Ranking, StateSet, Stop};

/// One order of a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// It.
    pub ranking: Ranking,
    /// How many completions of the party give it.
    pub completions: u64,
    /// Its probability, as a share of [`Listed::total`].
    pub weight: BigUint,
}

/// The orders of a party, each once, in the order of the first completion that gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    orders: Vec<Order>,
    /// For each doubt of the party how many answers it has.
    radix: Vec<usize>,
    /// For each completion the order that it gives; the first doubt changes slowest.
    of: Vec<u32>,
    total: BigUint,
}

impl Listed {
    /// The orders.
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// What the weights of the orders sum to.
    pub fn total(&self) -> &BigUint {
        &self.total
    }

    /// How many completions the party has.
    pub fn completions(&self) -> usize {
        self.of.len()
    }

    /// The order that a completion gives, as a place among the orders.
    pub fn order_of(&self, completion: usize) -> usize {
        self.of.get(completion).map_or(0, |o| *o as usize)
    }

    /// The number of the completion with these answers to the party's doubts.
    pub fn completion(&self, answers: &[usize]) -> usize {
        let pairs = self.radix.iter().zip(answers);
        pairs.fold(0, |number, (radix, answer)| number * radix + answer)
    }

    /// The answers of a completion.
    pub fn answers(&self, mut completion: usize) -> Vec<usize> {
        let mut answers = vec![0; self.radix.len()];
        for (answer, radix) in answers.iter_mut().zip(&self.radix).rev() {
            *answer = completion % radix;
            completion /= radix;
        }
        answers
    }

    /// The ranking with these answers to the party's doubts.
    pub fn ranking(&self, answers: &[usize]) -> &Ranking {
        let order = self.order_of(self.completion(answers));
        let order = order.min(self.orders.len().saturating_sub(1));
        &self.orders[order].ranking
    }

    /// The weight of a completion, as a share of [`Listed::total`].
    pub(super) fn weight(&self, doubts: &[Doubt], completion: usize) -> BigUint {
        let answers = self.answers(completion);
        let weights = doubts.iter().zip(answers);
        weights.fold(BigUint::from(1_u8), |product, (doubt, answer)| {
            product * doubt.answers.get(answer).map_or(0, |a| a.weight)
        })
    }
}

/// What is in doubt about a party, and its orders unless it has more than `most` completions or several
/// weights of which only bounds are known.
pub(super) fn of_party(
    game: &Game<'_>,
    id: PartyId,
    most: u64,
    budget: &Budget,
) -> Result<(Vec<Doubt>, Option<Listed>), Stop> {
    let party = game.model.party(id);
    if !party.candidates.is_empty() {
        return of_candidates(game, id, budget);
    }
    if let [interval, rest @ ..] = party.intervals.as_slice() {
        return of_weights(game, id, interval, rest, most, budget);
    }
    let list = family::statements(&party.preferences);
    let doubts = family::about_statements(id, list);
    let all = doubts
        .iter()
        .try_fold(1_u64, |n, d| n.checked_mul(d.answers.len() as u64));
    if doubts.is_empty() && !list.iter().any(|s| !s.certainty.is_certain()) {
        let listed = certain(game.rankings.get(id.index()), game.space.len());
        return Ok((doubts, Some(listed)));
    }
    if all.is_none_or(|all| all > most) {
        return Ok((doubts, None));
    }
    let truths = truths(game, party);
    let listed = list_orders(&doubts, budget, |answers| {
        by_truths(
            &family::standing(list, &doubts, answers),
            &truths,
            game.space.len(),
        )
    })?;
    Ok((doubts, Some(listed)))
}

fn certain(ranking: Option<&Ranking>, states: usize) -> Listed {
    let ranking = ranking.cloned();
    Listed {
        orders: vec![Order {
            ranking: ranking.unwrap_or_else(|| Ranking::from_values(&vec![0_u8; states])),
            completions: 1,
            weight: BigUint::from(1_u8),
        }],
        radix: Vec::new(),
        of: vec![0],
        total: BigUint::from(1_u8),
    }
}

/// Goes through all completions of a party and lists each order once.
fn list_orders(
    doubts: &[Doubt],
    budget: &Budget,
    mut order: impl FnMut(&[usize]) -> Ranking,
) -> Result<Listed, Stop> {
    let radix: Vec<usize> = doubts.iter().map(|d| d.answers.len()).collect();
    let total = doubts
        .iter()
        .fold(BigUint::from(1_u8), |product, d| product * d.total());
    let mut listed = Listed {
        orders: Vec::new(),
        of: vec![0; radix.iter().product()],
        radix,
        total,
    };
    let mut found: IndexMap<Ranking, (u64, BigUint)> = IndexMap::new();
    for completion in 0..listed.of.len() {
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let weight = listed.weight(doubts, completion);
        let entry = found.entry(order(&listed.answers(completion)));
        let place = entry.index() as u32;
        let (completions, sum) = entry.or_default();
        *completions += 1;
        *sum += weight;
        if let Some(of) = listed.of.get_mut(completion) {
            *of = place;
        }
    }
    listed.orders = found
        .into_iter()
        .map(|(ranking, (completions, weight))| Order {
            ranking,
            completions,
            weight,
        })
        .collect();
    Ok(listed)
}

/// For each statement the states that satisfy it.
fn truths(game: &Game<'_>, party: &Party) -> Vec<StateSet> {
    let list = family::statements(&party.preferences);
    list.iter()
        .map(|statement| {
            let mut set = StateSet::empty(game.space.len());
            for state in game.space.matching(&statement.condition) {
                set.insert(state);
            }
            set
        })
        .collect()
}

/// The ranking by the statements at these places, most important first.
fn by_truths(order: &[usize], truths: &[StateSet], states: usize) -> Ranking {
    let words = order.len().div_ceil(64).max(1);
    let mut keys = vec![0_u64; words * states];
    for (place, statement) in order.iter().enumerate() {
        let Some(set) = truths.get(*statement) else {
            continue;
        };
        for state in set.iter() {
            if let Some(key) = keys.get_mut(state.index() * words + place / 64) {
                *key |= 1 << (63 - place % 64);
            }
        }
    }
    Ranking::from_values(&keys.chunks_exact(words).collect::<Vec<_>>())
}

/// The ranking of a party with other preferences. What leaves states out ranks none.
fn with(game: &Game<'_>, party: &Party, preferences: Preferences) -> Ranking {
    let changed = Party {
        preferences,
        ..party.clone()
    };
    ranking(&changed, &game.space)
        .unwrap_or_else(|_| Ranking::from_values(&vec![0_u8; game.space.len()]))
}

fn of_candidates(
    game: &Game<'_>,
    id: PartyId,
    budget: &Budget,
) -> Result<(Vec<Doubt>, Option<Listed>), Stop> {
    let party = game.model.party(id);
    let Some(doubt) = family::about_candidates(id, &party.candidates) else {
        let listed = certain(game.rankings.get(id.index()), game.space.len());
        return Ok((Vec::new(), Some(listed)));
    };
    let doubts = vec![doubt];
    let listed = list_orders(&doubts, budget, |answers| {
        let order = candidate(party, &doubts, answers);
        with(game, party, order.unwrap_or(Preferences::Unstated))
    })?;
    Ok((doubts, Some(listed)))
}

fn candidate(party: &Party, doubts: &[Doubt], answers: &[usize]) -> Option<Preferences> {
    let answer = doubts.first()?.answers.get(*answers.first()?)?;
    let Says::Candidate(place) = answer.says else {
        return None;
    };
    Some(party.candidates.get(place)?.preferences.clone())
}

/// What a party with statements or candidates wants with these answers to its doubts.
pub(super) fn preferences(party: &Party, doubts: &[Doubt], answers: &[usize]) -> Preferences {
    if let Some(preferences) = candidate(party, doubts, answers) {
        return preferences;
    }
    let Preferences::Statements(list) = &party.preferences else {
        return party.preferences.clone();
    };
    let standing = family::standing(list, doubts, answers);
    let kept = standing.iter().filter_map(|s| list.get(*s).cloned());
    Preferences::Statements(kept.collect())
}

/// The doubts about weights. One weight in doubt is divided where the order changes, and its orders are
/// listed; several are divided in the middle, and are not.
fn of_weights(
    game: &Game<'_>,
    id: PartyId,
    interval: &Interval,
    rest: &[Interval],
    most: u64,
    budget: &Budget,
) -> Result<(Vec<Doubt>, Option<Listed>), Stop> {
    let halves = |i: &Interval| {
        let mut doubt = family::about_weight(id, i, &[i.middle()]);
        doubt.answers.retain(|a| a.weight > 0);
        doubt.basic = 0;
        doubt
    };
    let worth = Worth::new(game, id);
    let turns = if rest.is_empty() {
        worth.turns(interval, most)
    } else {
        None
    };
    let Some(turns) = turns else {
        let all = std::iter::once(interval).chain(rest);
        return Ok((all.map(halves).collect(), None));
    };
    let doubts = vec![family::about_weight(id, interval, &turns)];
    if doubts.iter().all(|d| d.answers.len() < 2) {
        let listed = certain(game.rankings.get(id.index()), game.space.len());
        return Ok((Vec::new(), Some(listed)));
    }
    let listed = list_orders(&doubts, budget, |answers| {
        let said = doubts.iter().zip(answers);
        worth.ranking(&twice_middles(said))
    })?;
    Ok((doubts, Some(listed)))
}

/// Twice the middle of what each answer says of a weight, with the place of its line.
fn twice_middles<'a>(said: impl Iterator<Item = (&'a Doubt, &'a usize)>) -> Vec<(usize, i128)> {
    said.filter_map(|(doubt, answer)| {
        let About::Weight(line) = doubt.about else {
            return None;
        };
        let Says::Between(from, to) = doubt.answers.get(*answer)?.says else {
            return None;
        };
        Some((line, i128::from(from) + i128::from(to)))
    })
    .collect()
}

/// The values of states by weights.
pub(super) struct Worth {
    /// Twice the weight of each line in the basic reading, and the states that have it.
    lines: Vec<(i128, StateSet)>,
    states: usize,
}

impl Worth {
    pub(super) fn new(game: &Game<'_>, id: PartyId) -> Self {
        let states = game.space.len();
        let Preferences::Weights(list) = &game.model.party(id).preferences else {
            return Self {
                lines: Vec::new(),
                states,
            };
        };
        let lines = list.iter().map(|(weight, condition)| {
            let mut set = StateSet::empty(states);
            for state in game.space.matching(condition) {
                set.insert(state);
            }
            (2 * i128::from(*weight), set)
        });
        Self {
            lines: lines.collect(),
            states,
        }
    }

    /// Which states have the weight of a line.
    pub(super) fn holders(&self, line: usize) -> Option<&StateSet> {
        self.lines.get(line).map(|(_, set)| set)
    }

    /// The value of each state when these lines have these weights and the others those of the basic
    /// reading; all of them twice, or in other units in which the basic ones are given `per` of twice.
    pub(super) fn values(&self, instead: &[(usize, i128)], per: i128) -> Vec<i128> {
        let mut values = vec![0; self.states];
        for (line, (weight, set)) in self.lines.iter().enumerate() {
            let other = instead.iter().find(|(l, _)| *l == line).map(|(_, w)| *w);
            let weight = other.unwrap_or(weight * per);
            for state in set.iter() {
                if let Some(value) = values.get_mut(state.index()) {
                    *value += weight;
                }
            }
        }
        values
    }

    fn ranking(&self, instead: &[(usize, i128)]) -> Ranking {
        Ranking::from_values(&self.values(instead, 1))
    }

    /// The weights of a line within its bounds, ascending, at which two states change places; `None`
    /// when the line may give more than `most` orders.
    fn turns(&self, interval: &Interval, most: u64) -> Option<Vec<i64>> {
        /// Pairs of values that are looked at for each order that may be listed.
        const PAIRS: u64 = 64;
        let values = self.values(&[(interval.line, 0)], 1);
        let holders = self.holders(interval.line)?;
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for (state, value) in (0..).map(crate::StateId).zip(&values) {
            if holders.contains(state) {
                with.push(value / 2);
            } else {
                without.push(value / 2);
            }
        }
        for list in [&mut with, &mut without] {
            list.sort_unstable();
            list.dedup();
        }
        if with.len() as u64 * without.len() as u64 > most.saturating_mul(PAIRS) {
            return None;
        }
        let bounds = i128::from(interval.least)..=i128::from(interval.most);
        let mut turns: Vec<i64> = with
            .iter()
            .flat_map(|w| without.iter().map(move |o| o - w))
            .filter(|turn| bounds.contains(turn))
            .filter_map(|turn| i64::try_from(turn).ok())
            .collect();
        turns.sort_unstable();
        turns.dedup();
        ((turns.len() as u64) < most / 2).then_some(turns)
    }
}

/// The ranking of a party whose orders are not listed, with these answers to its doubts.
pub(super) fn unlisted(
    game: &Game<'_>,
    id: PartyId,
    doubts: &[Doubt],
    answers: &[usize],
) -> Ranking {
    let party = game.model.party(id);
    if !party.intervals.is_empty() {
        return Worth::new(game, id).ranking(&twice_middles(doubts.iter().zip(answers)));
    }
    with(game, party, preferences(party, doubts, answers))
}
