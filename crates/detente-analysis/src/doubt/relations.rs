//! What a family says about pairs of states, for the analyses of preferences that are not crisp.
//!
//! [`known`] says which state is preferred in every completion, in none, or in some, and [`degrees`] how
//! strongly it is in every completion; [`Chances`] with
//! which probability, which [`probabilities`] hands on; [`fuzzy`] counts a tie half for each side: the
//! degree of a pair is the probability that the first is preferred and half of that of a tie.

use detente_model::PartyId;
use detente_model::model::Preferences;
use num_bigint::BigUint;

use super::count::Worlds;
use super::family::{Family, in_doubt};
use super::orders::{self, Listed, Worth};
use super::ratio::Ratio;
use super::worlds::Drawn;
use crate::relation::{Degree, Degrees, Fuzzy, Known, ONE, Probabilities, RelationError, Tri};
use crate::{Budget, Game, Ranking, StateId, Stop};

/// Why a family has no relation between pairs of states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unrelated {
    /// A party's statements have too many completions to go through.
    Unlisted(PartyId),
    /// The table is too large.
    Refused(RelationError),
}

impl From<RelationError> for Unrelated {
    fn from(error: RelationError) -> Self {
        Self::Refused(error)
    }
}

impl From<Stop> for Unrelated {
    fn from(stop: Stop) -> Self {
        Self::Refused(RelationError::Stopped(stop))
    }
}

/// One number for each ordered pair of states.
pub(super) struct Table<T> {
    states: usize,
    cells: Vec<T>,
}

impl<T> Table<T> {
    pub(super) fn get(&self, first: StateId, second: StateId) -> Option<&T> {
        self.cells.get(first.index() * self.states + second.index())
    }
}

fn work(states: usize, orders: u64, budget: &Budget) -> Result<(), Stop> {
    let pairs = (states as u64).saturating_mul(states as u64);
    if pairs.saturating_mul(orders) > budget.max_work {
        return Err(Stop::Limit {
            what: "comparisons of two states in one order",
            limit: budget.max_work,
        });
    }
    Ok(())
}

fn pairs(states: usize) -> impl Iterator<Item = (StateId, StateId)> {
    let ids = move || (0..states as u32).map(StateId);
    ids().flat_map(move |a| ids().map(move |b| (a, b)))
}

/// Whether the first of each pair is preferred in all of these rankings, in none, or in some.
fn in_all<'r>(states: usize, rankings: impl Iterator<Item = &'r Ranking>) -> Table<Known> {
    let mut seen = vec![(false, false); states * states];
    for ranking in rankings {
        for ((a, b), (yes, no)) in pairs(states).zip(&mut seen) {
            if ranking.prefers(a, b) {
                *yes = true;
            } else {
                *no = true;
            }
        }
    }
    let known = |(yes, no)| match (yes, no) {
        (true, false) => Known::Preferred,
        (true, true) => Known::Unknown,
        (false, _) => Known::NotPreferred,
    };
    Table {
        states,
        cells: seen.into_iter().map(known).collect(),
    }
}

/// As [`in_all`], for weights between bounds: the difference of two states is linear in the weights, so
/// that it is largest and smallest where each of them is at one of its bounds.
pub(super) fn at_bounds(family: &Family<'_, '_>, party: PartyId) -> Table<Known> {
    let game = family.game();
    let worth = Worth::new(game, party);
    let states = game.space.len();
    let intervals = &game.model.party(party).intervals;
    let zero: Vec<(usize, i128)> = intervals.iter().map(|i| (i.line, 0)).collect();
    let values = worth.values(&zero, 1);
    let cells = pairs(states).map(|(a, b)| {
        let value = |s: StateId| values.get(s.index()).copied().unwrap_or(0);
        let (mut least, mut most) = (value(a) - value(b), value(a) - value(b));
        for interval in intervals {
            let has = |s| {
                worth
                    .holders(interval.line)
                    .is_some_and(|set| set.contains(s))
            };
            let (low, high) = (
                2 * i128::from(interval.least),
                2 * i128::from(interval.most),
            );
            match (has(a), has(b)) {
                (true, false) => (least, most) = (least + low, most + high),
                (false, true) => (least, most) = (least - high, most - low),
                _ => {}
            }
        }
        if least > 0 {
            Known::Preferred
        } else if most > 0 {
            Known::Unknown
        } else {
            Known::NotPreferred
        }
    });
    Table {
        states,
        cells: cells.collect(),
    }
}

/// Which states each party prefers in every completion, in none, or in some.
///
/// # Errors
///
/// When a party's statements have too many completions to go through, and when there are too many pairs
/// of states.
pub fn known(family: &Family<'_, '_>, budget: &Budget) -> Result<Tri, Unrelated> {
    let game = family.game();
    let states = game.space.len();
    let mut tables = Vec::new();
    for (party, possible) in game.model.party_ids().zip(family.parties()) {
        let weighed = !game.model.party(party).intervals.is_empty();
        tables.push(match possible.listed() {
            _ if weighed => {
                work(states, 1, budget)?;
                at_bounds(family, party)
            }
            Some(listed) => {
                work(states, listed.orders().len() as u64, budget)?;
                in_all(states, listed.orders().iter().map(|o| &o.ranking))
            }
            None => return Err(Unrelated::Unlisted(party)),
        });
    }
    let of = |party: PartyId, a, b| {
        let table = tables.get(party.index());
        let known = table.and_then(|t| t.get(a, b)).copied();
        known.unwrap_or(Known::NotPreferred)
    };
    Ok(Tri::from_fn(tables.len(), states, budget, of)?)
}

/// How strongly each party certainly prefers one state to another: the least degree in any completion,
/// and 0 when the state is not preferred in one of them.
///
/// Together with [`known`] this is what [`Hybrid`](crate::relation::Hybrid) takes: whatever the answers,
/// the preference is at least so strong. Without doubt these are the degrees that the text states.
///
/// # Errors
///
/// When a party's statements have too many completions to go through, and when there are too many pairs
/// of states.
pub fn degrees(family: &Family<'_, '_>, budget: &Budget) -> Result<Degrees, Unrelated> {
    let game = family.game();
    if !in_doubt(game.model).contains(&true) {
        return Ok(Degrees::of(game, budget)?);
    }
    let states = game.space.len();
    let mut tables: Vec<Table<Degree>> = Vec::new();
    for (party, possible) in game.model.party_ids().zip(family.parties()) {
        let own = game.model.party(party);
        let doubts = family.doubts().get(possible.doubts()).unwrap_or_default();
        let basic = game.rankings.get(party.index());
        tables.push(match possible.listed() {
            // With weights every preference is plain.
            _ if !own.intervals.is_empty() => {
                work(states, 1, budget)?;
                let basic = basic.map(|r| (own.preferences.clone(), r));
                least(game, basic.into_iter(), budget)?
            }
            Some(listed) => {
                work(states, listed.completions() as u64, budget)?;
                let orders = (0..listed.completions()).map(|completion| {
                    let answers = listed.answers(completion);
                    let said = orders::preferences(own, doubts, &answers);
                    (said, listed.ranking(&answers))
                });
                least(game, orders, budget)?
            }
            None => return Err(Unrelated::Unlisted(party)),
        });
    }
    let of = |party: PartyId, a, b| {
        let table = tables.get(party.index());
        table.and_then(|t| t.get(a, b)).copied().unwrap_or(0)
    };
    Ok(Degrees::from_fn(tables.len(), states, budget, of)?)
}

/// The least degree of each pair in any of these orders of one party.
fn least<'r>(
    game: &Game<'_>,
    orders: impl Iterator<Item = (Preferences, &'r Ranking)>,
    budget: &Budget,
) -> Result<Table<Degree>, Unrelated> {
    let states = game.space.len();
    let mut cells = vec![Degree::MAX; states * states];
    for (preferences, ranking) in orders {
        if budget.is_cancelled() {
            return Err(Stop::Cancelled.into());
        }
        let order = std::iter::once((&preferences, ranking));
        let degrees = Degrees::of_orders(game, order, budget)?;
        for ((a, b), cell) in pairs(states).zip(&mut cells) {
            *cell = (*cell).min(degrees.degree(PartyId(0), a, b));
        }
    }
    Ok(Table { states, cells })
}

/// The probability that each party prefers one state to another, for pairs of states.
#[derive(Debug)]
pub struct Chances {
    parties: Vec<Table<Ratio>>,
    /// Whether they are exact; otherwise some were found by drawing completions.
    pub exact: bool,
}

impl std::fmt::Debug for Table<Ratio> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("states", &self.states)
            .finish_non_exhaustive()
    }
}

impl Chances {
    /// The probabilities, exactly where the orders of a party are listed, else from so many draws.
    ///
    /// # Errors
    ///
    /// When there are too many pairs of states.
    pub fn new(
        family: &Family<'_, '_>,
        samples: u64,
        seed: u64,
        budget: &Budget,
    ) -> Result<Self, Unrelated> {
        let states = family.game().space.len();
        let drawn = Drawn::new(family, seed, samples);
        let mut parties = Vec::new();
        let mut exact = true;
        for (party, possible) in family.game().model.party_ids().zip(family.parties()) {
            parties.push(if let Some(listed) = possible.listed() {
                work(states, listed.orders().len() as u64, budget)?;
                weighed(states, listed)
            } else {
                work(states, samples, budget)?;
                exact = false;
                let mut hits = vec![0_u64; states * states];
                for draw in 0..samples {
                    let profile = drawn.profile(draw);
                    let Some(ranked) = profile.get(party.index()) else {
                        continue;
                    };
                    for ((a, b), hits) in pairs(states).zip(&mut hits) {
                        *hits += u64::from(ranked.ranking().prefers(a, b));
                    }
                }
                let ratio = |hits| Ratio::new(hits, samples);
                Table {
                    states,
                    cells: hits.into_iter().map(ratio).collect(),
                }
            });
        }
        Ok(Self { parties, exact })
    }

    /// The probability that the party prefers the first state to the second.
    pub fn of(&self, party: PartyId, first: StateId, second: StateId) -> Ratio {
        let table = self.parties.get(party.index());
        let ratio = table.and_then(|t| t.get(first, second));
        ratio.cloned().unwrap_or_else(Ratio::zero)
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.parties.len()
    }

    fn states(&self) -> usize {
        self.parties.first().map_or(0, |t| t.states)
    }
}

fn weighed(states: usize, listed: &Listed) -> Table<Ratio> {
    let mut sums = vec![BigUint::ZERO; states * states];
    for order in listed.orders() {
        for ((a, b), sum) in pairs(states).zip(&mut sums) {
            if order.ranking.prefers(a, b) {
                *sum += &order.weight;
            }
        }
    }
    let ratio = |sum| Ratio::new(sum, listed.total().clone());
    Table {
        states,
        cells: sums.into_iter().map(ratio).collect(),
    }
}

/// A probability in whole millionths, rounded down, so that those of a pair never sum to more than one.
fn rounded(ratio: &Ratio) -> u32 {
    let millionths = ratio.numerator() * ONE / ratio.denominator();
    let digits = millionths.to_u32_digits();
    digits.first().copied().unwrap_or(0)
}

/// The probabilities as the probabilistic analysis takes them, in millionths, rounded down.
///
/// # Errors
///
/// When there are too many pairs of states.
pub fn probabilities(chances: &Chances, budget: &Budget) -> Result<Probabilities, Unrelated> {
    let of = |party, a, b| rounded(&chances.of(party, a, b));
    let made = Probabilities::from_fn(chances.parties(), chances.states(), budget, of)?;
    Ok(made)
}

/// The degrees of preference as the fuzzy analysis takes them, in millionths, rounded to the nearest:
/// a tie counts half for each side.
///
/// # Errors
///
/// When there are too many pairs of states.
pub fn fuzzy(chances: &Chances, budget: &Budget) -> Result<Fuzzy, Unrelated> {
    let one = Ratio::new(1_u8, 1_u8);
    let half = Ratio::new(1_u8, 2_u8);
    let degree = |party, a, b| {
        let (forth, back) = (chances.of(party, a, b), chances.of(party, b, a));
        let tied = one.minus(&forth).minus(&back);
        u32::try_from(forth.plus(&tied.times(&half)).millionths()).unwrap_or(ONE)
    };
    let of = |party, a: StateId, b: StateId| {
        if a <= b {
            degree(party, a, b)
        } else {
            ONE - degree(party, b, a).min(ONE)
        }
    };
    let made = Fuzzy::from_fn(chances.parties(), chances.states(), budget, of)?;
    Ok(made)
}
