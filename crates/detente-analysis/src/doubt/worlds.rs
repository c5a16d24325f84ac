//! The profiles that are judged: all of them, or some that are drawn.

use detente_model::PartyId;
use num_bigint::BigUint;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::count::{Sum, Worlds};
use super::family::{About, Answer, Doubt, Family, Says};
use super::orders::{Listed, Worth};
use super::panel::Ranked;
use crate::Ranking;

/// Every combination of different orders once; the last party's changes fastest.
pub(super) struct All<'f> {
    pub(super) lists: Vec<&'f Listed>,
    count: u64,
}

impl<'f> All<'f> {
    /// All combinations, when every party's orders are listed and there are at most `most`.
    pub(super) fn new(family: &'f Family<'_, '_>, most: u64) -> Option<Self> {
        let count = family.profiles().filter(|count| *count <= most)?;
        let lists: Option<Vec<&Listed>> = family.parties().iter().map(|p| p.listed()).collect();
        Some(Self {
            lists: lists?,
            count,
        })
    }

    /// The order of each party in a profile, as places in their lists.
    pub(super) fn orders(&self, mut world: u64) -> Vec<usize> {
        let mut orders = vec![0; self.lists.len()];
        for (order, list) in orders.iter_mut().zip(&self.lists).rev() {
            let radix = (list.orders().len() as u64).max(1);
            *order = (world % radix) as usize;
            world /= radix;
        }
        orders
    }

    /// For each party and order the number of completions and the weight.
    pub(super) fn weights<W: Sum>(&self) -> Vec<Vec<(W, W)>> {
        let weights = |list: &&Listed| {
            let orders = list.orders().iter();
            orders
                .map(|o| {
                    let completions = BigUint::from(o.completions);
                    (W::from_big(&completions), W::from_big(&o.weight))
                })
                .collect()
        };
        self.lists.iter().map(weights).collect()
    }

    /// How many completions there are, and what their weights sum to.
    pub(super) fn totals(&self) -> (BigUint, BigUint) {
        let one = || BigUint::from(1_u8);
        self.lists
            .iter()
            .fold((one(), one()), |(count, weight), list| {
                (count * list.completions(), weight * list.total())
            })
    }
}

impl Worlds for All<'_> {
    fn count(&self) -> u64 {
        self.count
    }

    fn profile(&self, world: u64) -> Vec<Ranked<'_>> {
        let orders = self.orders(world);
        let of = self.lists.iter().zip(orders);
        of.filter_map(|(list, order)| list.orders().get(order))
            .map(|order| Ranked::Listed(&order.ranking))
            .collect()
    }
}

/// Completions drawn at random. Draw `n` has random numbers of its own, which depend on the seed and on
/// `n` alone (`ChaCha8`, `n` as its stream).
pub(super) struct Drawn<'f, 'g, 'm> {
    family: &'f Family<'g, 'm>,
    start: ChaCha8Rng,
    count: u64,
    /// For the parties with several weights in doubt, what the states are worth.
    worths: Vec<Option<Worth>>,
}

/// In how many steps a weight is drawn between two neighbouring millionths.
const STEPS: u32 = 1 << 20;

impl<'f, 'g, 'm> Drawn<'f, 'g, 'm> {
    pub(super) fn new(family: &'f Family<'g, 'm>, seed: u64, count: u64) -> Self {
        let game = family.game();
        let worths = game.model.party_ids().zip(family.parties());
        let worths = worths.map(|(id, possible)| {
            let weighed = !game.model.party(id).intervals.is_empty();
            (weighed && possible.listed().is_none()).then(|| Worth::new(game, id))
        });
        Self {
            worths: worths.collect(),
            family,
            start: ChaCha8Rng::seed_from_u64(seed),
            count,
        }
    }

    /// The answers of a draw to all doubts, and how far each lies within its answer, in [`STEPS`] of a
    /// millionth, which matters for weights.
    pub(super) fn answers(&self, draw: u64) -> Vec<(usize, i128)> {
        let mut random = self.start.clone();
        random.set_stream(draw);
        random.set_word_pos(0);
        let mut below = |bound: u64| {
            let wide = u128::from(random.next_u64()) * u128::from(bound);
            (wide >> 64) as u64
        };
        self.family
            .doubts()
            .iter()
            .map(|doubt| {
                let mut left = below(doubt.total());
                let place = doubt.answers.iter().position(|answer| {
                    let found = left < answer.weight;
                    left = left.saturating_sub(answer.weight * u64::from(!found));
                    found
                });
                let place = place.unwrap_or(0);
                let within = match doubt.answers.get(place).map(|a| a.says) {
                    Some(Says::Between(from, to)) => {
                        let whole = i128::from(below(to.abs_diff(from)));
                        whole * i128::from(STEPS) + i128::from(below(u64::from(STEPS)))
                    }
                    _ => 0,
                };
                (place, within)
            })
            .collect()
    }

    fn weighed(worth: &Worth, doubts: &[Doubt], answers: &[(usize, i128)]) -> Ranking {
        let said = doubts.iter().zip(answers);
        let weights: Vec<(usize, i128)> = said
            .filter_map(|(doubt, (place, within))| {
                let About::Weight(line) = doubt.about else {
                    return None;
                };
                let Answer {
                    says: Says::Between(from, _),
                    ..
                } = doubt.answers.get(*place)?
                else {
                    return None;
                };
                Some((line, 2 * (i128::from(*from) * i128::from(STEPS) + within)))
            })
            .collect();
        Ranking::from_values(&worth.values(&weights, STEPS.into()))
    }
}

impl Worlds for Drawn<'_, '_, '_> {
    fn count(&self) -> u64 {
        self.count
    }

    fn profile(&self, world: u64) -> Vec<Ranked<'_>> {
        let answers = self.answers(world);
        let places: Vec<usize> = answers.iter().map(|(place, _)| *place).collect();
        let parties = self.family.parties().iter().zip(&self.worths);
        (0..)
            .map(PartyId)
            .zip(parties)
            .map(|(id, (possible, worth))| {
                let range = possible.doubts();
                let own = places.get(range.clone()).unwrap_or_default();
                match (possible.listed(), worth) {
                    (Some(listed), _) => Ranked::Listed(listed.ranking(own)),
                    (None, Some(worth)) => {
                        let doubts = self.family.doubts().get(range.clone());
                        let own = answers.get(range).unwrap_or_default();
                        Ranked::Drawn(Self::weighed(worth, doubts.unwrap_or_default(), own))
                    }
                    (None, None) => Ranked::Drawn(self.family.ranking(id, &places)),
                }
            })
            .collect()
    }
}
