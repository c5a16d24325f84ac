//! Which doubt is worth resolving first.

use num_bigint::BigUint;
use rayon::prelude::*;

use super::count::{Sum, holds};
use super::family::{Doubt, Family};
use super::panel::Lanes;
use super::ratio::Ratio;
use super::share::Chance;
use super::worlds::{All, Drawn};
use crate::Budget;
use crate::bulk::LANES;

/// Pairs of doubts that are looked at at most.
const MOST_PAIRS: usize = 400;
/// Pairs of orders of two parties that are looked at at most.
const MOST_ORDER_PAIRS: usize = 1 << 20;
/// The quantile of the normal distribution beyond which a difference between samples is taken for more
/// than chance: one in a thousand.
const ONE_IN_A_THOUSAND: f64 = 3.090_232;

/// What the answers to one or two doubts would tell about a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The doubts, as places in [`Family::doubts`].
    pub doubts: Vec<usize>,
    /// What each answer, or each pair of answers, would mean; answers of probability 0 are left out.
    pub told: Vec<Told>,
    /// How many bits of uncertainty about the target the answer takes away on average: the mutual
    /// information of both.
    pub bits: f64,
    /// By how much the answer reduces the variance of the target on average.
    pub variance: f64,
    /// Whether the answer tells anything. For an estimate: whether it tells more than one estimate in a
    /// thousand would seem to tell by chance.
    pub telling: bool,
}

impl Eq for Question {}

/// What an answer would mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The answers, as places among those of the doubts.
    pub answers: Vec<usize>,
    /// How probable these answers are.
    pub probability: Chance,
    /// How probable the target is once they are known.
    pub target: Chance,
}

/// What the doubts would tell about a target.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Questions {
    /// Every doubt by itself, the one that tells most first.
    pub single: Vec<Question>,
    /// Pairs of doubts that tell something together, when no doubt tells anything by itself.
    pub pairs: Vec<Question>,
}

/// The uncertainty of something of this probability, in bits.
fn entropy(p: f64) -> f64 {
    let part = |p: f64| if p > 0.0 { -p * p.log2() } else { 0.0 };
    part(p) + part(1.0 - p)
}

/// A question from what its answers would mean.
fn question(
    doubts: Vec<usize>,
    told: Vec<Told>,
    target: f64,
    telling: impl Fn(f64) -> bool,
) -> Question {
    let (mut left, mut variance) = (0.0, 0.0);
    for one in &told {
        let (p, q) = (one.probability.approximate(), one.target.approximate());
        left += p * entropy(q);
        variance += p * q * (1.0 - q);
    }
    let bits = (entropy(target) - left).max(0.0);
    Question {
        doubts,
        told,
        bits,
        variance: (target * (1.0 - target) - variance).max(0.0),
        telling: telling(bits),
    }
}

fn sort(questions: &mut [Question]) {
    questions.sort_by(|a, b| b.bits.total_cmp(&a.bits).then(a.doubts.cmp(&b.doubts)));
}

/// All pairs of doubts, as far as they are looked at.
fn pairs(doubts: usize) -> impl Iterator<Item = (usize, usize)> {
    let all = (0..doubts).flat_map(move |a| (a + 1..doubts).map(move |b| (a, b)));
    all.take(MOST_PAIRS)
}

/// What answers tell when all completions are counted.
pub(super) struct Exact<'f, 'g, 'm, W> {
    family: &'f Family<'g, 'm>,
    all: &'f All<'f>,
    total: BigUint,
    weights: Vec<Vec<W>>,
    /// For each doubt, for each order of its party, the weight of its completions with each answer.
    shares: Vec<Vec<Vec<W>>>,
}

impl<'f, 'g, 'm, W: Sum> Exact<'f, 'g, 'm, W> {
    pub(super) fn new(family: &'f Family<'g, 'm>, all: &'f All<'f>, total: &BigUint) -> Self {
        let weights = all.weights::<W>().into_iter();
        let weights = weights.map(|list| list.into_iter().map(|(_, w)| w).collect());
        let mut shares: Vec<Vec<Vec<W>>> = Vec::with_capacity(family.doubts().len());
        for (list, possible) in all.lists.iter().zip(family.parties()) {
            let doubts = family.doubts().get(possible.doubts()).unwrap_or_default();
            let empty = |d: &Doubt| vec![vec![W::default(); d.answers.len()]; list.orders().len()];
            let mut own: Vec<Vec<Vec<W>>> = doubts.iter().map(empty).collect();
            for completion in 0..list.completions() {
                let weight = W::from_big(&list.weight(doubts, completion));
                let order = list.order_of(completion);
                for (share, answer) in own.iter_mut().zip(list.answers(completion)) {
                    if let Some(sum) = share.get_mut(order).and_then(|s| s.get_mut(answer)) {
                        *sum += &weight;
                    }
                }
            }
            shares.extend(own);
        }
        Self {
            family,
            all,
            total: total.clone(),
            weights: weights.collect(),
            shares,
        }
    }

    fn weight(&self, orders: &[usize]) -> W {
        let of = self.weights.iter().zip(orders);
        of.fold(
            W::from_big(&BigUint::from(1_u8)),
            |product, (list, order)| {
                list.get(*order)
                    .map_or_else(W::default, |w| product.times(w))
            },
        )
    }

    /// The profiles in which a target holds, with their weights.
    fn holding(&self, record: &[Lanes]) -> impl Iterator<Item = (Vec<usize>, W)> {
        let blocks = (0_u64..).zip(record).filter(|(_, lanes)| **lanes != 0);
        let worlds = blocks.flat_map(|(block, lanes)| {
            let lane = (0..LANES as u64).filter(move |lane| lanes >> lane & 1 == 1);
            lane.map(move |lane| block * LANES as u64 + lane)
        });
        worlds.map(|world| {
            let orders = self.all.orders(world);
            let weight = self.weight(&orders);
            (orders, weight)
        })
    }

    /// For each party and order the weight of all profiles with this order in which the target holds,
    /// without the weight of the order itself.
    fn marginals(&self, record: &[Lanes]) -> (W, Vec<Vec<W>>) {
        let lists = self.all.lists.iter();
        let mut marginals: Vec<Vec<W>> = lists
            .map(|l| vec![W::default(); l.orders().len()])
            .collect();
        let mut sum = W::default();
        for (orders, weight) in self.holding(record) {
            sum += &weight;
            for (party, order) in orders.iter().enumerate() {
                let own = self.weights.get(party).and_then(|w| w.get(*order));
                let cell = marginals.get_mut(party).and_then(|m| m.get_mut(*order));
                if let (Some(own), Some(cell)) = (own, cell) {
                    *cell += &weight.over(own);
                }
            }
        }
        (sum, marginals)
    }

    /// What answers of this probability mean when the target and they have this weight together.
    fn told(&self, answers: Vec<usize>, probability: Ratio, joint: BigUint) -> Option<Told> {
        if probability.is_zero() {
            return None;
        }
        let given = Ratio::new(
            joint * probability.denominator(),
            &self.total * probability.numerator(),
        );
        Some(Told {
            answers,
            probability: Chance::Exact(probability),
            target: Chance::Exact(given),
        })
    }

    fn probability(&self, doubt: usize, answer: usize) -> Ratio {
        let doubt = self.family.doubts().get(doubt);
        let weight = doubt
            .and_then(|d| d.answers.get(answer))
            .map_or(0, |a| a.weight);
        Ratio::new(weight, doubt.map_or(1, Doubt::total))
    }

    pub(super) fn questions(&self, record: &[Lanes], budget: &Budget) -> Questions {
        let (sum, marginals) = self.marginals(record);
        let sum = sum.into_big();
        if sum == BigUint::ZERO || sum == self.total || budget.is_cancelled() {
            return Questions::default();
        }
        let target = Ratio::new(sum, self.total.clone());
        // An answer tells nothing exactly when it changes no probability.
        let telling = |told: &[Told]| told.iter().any(|t| t.target.ratio() != target);
        let make = |doubts: Vec<usize>, told: Vec<Told>| {
            let tells = telling(&told);
            let mut made = question(doubts, told, target.approximate(), |_| tells);
            if !tells {
                (made.bits, made.variance) = (0.0, 0.0);
            }
            made
        };
        let mut single = Vec::with_capacity(self.family.doubts().len());
        for (place, doubt) in self.family.doubts().iter().enumerate() {
            let own = marginals.get(doubt.party.index());
            let told = (0..doubt.answers.len()).filter_map(|answer| {
                let mut joint = W::default();
                let orders = self.shares.get(place)?.iter().zip(own?);
                for (share, marginal) in orders {
                    joint += &marginal.times(share.get(answer)?);
                }
                let probability = self.probability(place, answer);
                self.told(vec![answer], probability, joint.into_big())
            });
            single.push(make(vec![place], told.collect()));
        }
        sort(&mut single);
        let mut together = Vec::new();
        if !single.iter().any(|q| q.telling) {
            for (a, b) in pairs(self.family.doubts().len()) {
                if let Some(told) = self.pair(record, &marginals, a, b) {
                    together.push(make(vec![a, b], told));
                }
            }
            together.retain(|q| q.telling);
            sort(&mut together);
        }
        Questions {
            single,
            pairs: together,
        }
    }

    /// What the answers to two doubts mean together; `None` when that is too much to look at.
    fn pair(
        &self,
        record: &[Lanes],
        marginals: &[Vec<W>],
        a: usize,
        b: usize,
    ) -> Option<Vec<Told>> {
        let doubts = self.family.doubts();
        let (first, second) = (doubts.get(a)?, doubts.get(b)?);
        let width = second.answers.len();
        let mut joint = vec![W::default(); first.answers.len() * width];
        if first.party == second.party {
            let party = first.party.index();
            let (list, own) = (self.all.lists.get(party)?, marginals.get(party)?);
            let range = self.family.parties().get(party)?.doubts();
            let theirs = doubts.get(range.clone())?;
            for completion in 0..list.completions() {
                let answers = list.answers(completion);
                let cell = answers.get(a - range.start)? * width + answers.get(b - range.start)?;
                let weight = W::from_big(&list.weight(theirs, completion));
                let weight = own.get(list.order_of(completion))?.times(&weight);
                *joint.get_mut(cell)? += &weight;
            }
        } else {
            let (left, right) = (first.party.index(), second.party.index());
            let (mine, theirs) = (self.weights.get(left)?, self.weights.get(right)?);
            if mine.len().checked_mul(theirs.len())? > MOST_ORDER_PAIRS {
                return None;
            }
            let mut table = vec![W::default(); mine.len() * theirs.len()];
            for (orders, weight) in self.holding(record) {
                let (row, column) = (*orders.get(left)?, *orders.get(right)?);
                let rest = weight.over(mine.get(row)?).over(theirs.get(column)?);
                *table.get_mut(row * theirs.len() + column)? += &rest;
            }
            let shares = (self.shares.get(a)?, self.shares.get(b)?);
            for (place, row) in table.chunks_exact(theirs.len()).enumerate() {
                for (column, rest) in row.iter().enumerate() {
                    for (x, mine) in shares.0.get(place)?.iter().enumerate() {
                        for (y, theirs) in shares.1.get(column)?.iter().enumerate() {
                            let weight = rest.times(mine).times(theirs);
                            *joint.get_mut(x * width + y)? += &weight;
                        }
                    }
                }
            }
        }
        let told = joint.into_iter().enumerate().filter_map(|(cell, joint)| {
            let (x, y) = (cell / width, cell % width);
            let probability = self.probability(a, x).times(&self.probability(b, y));
            self.told(vec![x, y], probability, joint.into_big())
        });
        Some(told.collect())
    }
}

/// What answers tell by the draws.
pub(super) struct Estimated<'f, 'g, 'm> {
    family: &'f Family<'g, 'm>,
    drawn: &'f Drawn<'f, 'g, 'm>,
    samples: u64,
}

/// For each combination of answers in how many draws they were given, and in how many of these the target
/// held.
type Counts = Vec<(u64, u64)>;

impl<'f, 'g, 'm> Estimated<'f, 'g, 'm> {
    pub(super) fn new(
        family: &'f Family<'g, 'm>,
        drawn: &'f Drawn<'f, 'g, 'm>,
        samples: u64,
    ) -> Self {
        Self {
            family,
            drawn,
            samples,
        }
    }

    /// Counts the answers to each group of doubts.
    fn counts(&self, record: &[Lanes], groups: &[Vec<usize>]) -> Vec<Counts> {
        const CHUNK: u64 = 8_192;
        let doubts = self.family.doubts();
        let radix = |d: &usize| doubts.get(*d).map_or(1, |d| d.answers.len());
        let empty = || -> Vec<Counts> {
            let size = |g: &Vec<usize>| vec![(0, 0); g.iter().map(radix).product()];
            groups.iter().map(size).collect()
        };
        let parts: Vec<Vec<Counts>> = (0..self.samples.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                let mut counts = empty();
                for draw in chunk * CHUNK..((chunk + 1) * CHUNK).min(self.samples) {
                    let answers = self.drawn.answers(draw);
                    let held = holds(record, draw);
                    for (group, counts) in groups.iter().zip(&mut counts) {
                        let cell = group.iter().fold(0, |cell, doubt| {
                            let answer = answers.get(*doubt).map_or(0, |(answer, _)| *answer);
                            cell * radix(doubt) + answer
                        });
                        if let Some(count) = counts.get_mut(cell) {
                            count.0 += 1;
                            count.1 += u64::from(held);
                        }
                    }
                }
                counts
            })
            .collect();
        let mut all = empty();
        for part in parts {
            for (sum, more) in all.iter_mut().flatten().zip(part.iter().flatten()) {
                sum.0 += more.0;
                sum.1 += more.1;
            }
        }
        all
    }

    fn made(&self, group: Vec<usize>, counts: &Counts, hits: u64) -> Question {
        let doubts = self.family.doubts();
        let told = counts
            .iter()
            .enumerate()
            .filter(|(_, (given, _))| *given > 0);
        let told = told.map(|(mut cell, (given, held))| {
            let mut answers = vec![0; group.len()];
            for (answer, doubt) in answers.iter_mut().zip(&group).rev() {
                let radix = doubts.get(*doubt).map_or(1, |d| d.answers.len());
                *answer = cell % radix;
                cell /= radix;
            }
            Told {
                answers,
                probability: Chance::Estimated {
                    hits: *given,
                    of: self.samples,
                },
                target: Chance::Estimated {
                    hits: *held,
                    of: *given,
                },
            }
        });
        let told: Vec<Told> = told.collect();
        let threshold = by_chance(told.len(), self.samples);
        let target = hits as f64 / self.samples.max(1) as f64;
        question(group, told, target, |bits| bits > threshold)
    }

    pub(super) fn questions(&self, record: &[Lanes]) -> Questions {
        let hits: u64 = record.iter().map(|l| u64::from(l.count_ones())).sum();
        if hits == 0 || hits == self.samples {
            return Questions::default();
        }
        let ask = |groups: Vec<Vec<usize>>| -> Vec<Question> {
            let counts = self.counts(record, &groups);
            let both = groups.into_iter().zip(&counts);
            let mut asked: Vec<Question> = both.map(|(g, c)| self.made(g, c, hits)).collect();
            sort(&mut asked);
            asked
        };
        let number = self.family.doubts().len();
        let single = ask((0..number).map(|d| vec![d]).collect());
        let mut together = Vec::new();
        if !single.iter().any(|q| q.telling) {
            together = ask(pairs(number).map(|(a, b)| vec![a, b]).collect());
            together.retain(|q| q.telling);
        }
        Questions {
            single,
            pairs: together,
        }
    }
}

/// How many bits so many answers seem to tell in one of a thousand samples of this size although they
/// tell nothing: `2 n ln 2` times the estimate follows a chi-squared distribution (approximated after
/// Wilson and Hilferty, 1931).
fn by_chance(answers: usize, samples: u64) -> f64 {
    let freedom = answers.saturating_sub(1).max(1) as f64;
    let spread = 2.0 / (9.0 * freedom);
    let quantile = freedom * (1.0 - spread + ONE_IN_A_THOUSAND * spread.sqrt()).powi(3);
    quantile / (2.0 * std::f64::consts::LN_2 * samples.max(1) as f64)
}
