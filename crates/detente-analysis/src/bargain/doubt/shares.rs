//! In which share of the consistent utilities a package is accepted, agreed, efficient and the Nash point.
//!
//! Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen 1998) with the parameters of
//! each voice drawn uniformly, and those of different voices independently of each other.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::region::{Form, approximate};
use super::sample::{CHAINS, Draws};
use super::verdict::{Judged, Mind, Standing, ratified};
use crate::bargain::space::Deal;
use crate::budget::Budget;
use crate::model::bargain::{Bargain, Who};

/// A share, estimated from draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share of the draws.
    pub value: f64,
    /// Its standard error, from the spread between walks.
    pub error: f64,
}

/// Shares of the consistent utilities.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageShares {
    /// Those in which each voice accepts the package.
    pub accepted: Vec<Share>,
    /// In which it is agreed.
    pub agreed: Share,
    /// In which it is the Nash point, or one of several; `None` when not all packages were compared.
    pub nash: Option<Share>,
    /// In which no package is at least as good for all parties and better for one; `None` for packages without
    /// a name and when not all packages were compared.
    pub efficient: Option<Share>,
}

/// For each draw whether something holds, 64 to a word.
pub(super) type Bits = Vec<u64>;

/// What was found of all packages that were rated.
pub(super) struct Rated {
    draws: usize,
    places: BTreeMap<Deal, usize>,
    deals: Vec<Deal>,
    /// For each package, for each voice.
    pub accepted: Vec<Vec<Bits>>,
    pub agreed: Vec<Bits>,
    nash: Option<Vec<Bits>>,
    efficient: BTreeMap<Deal, Bits>,
    /// For each voice the points.
    points: Vec<Vec<Vec<f64>>>,
}

/// How many packages are told of as the Nash point.
const LEADING: usize = 8;
/// Worths that differ by less than this part of the larger are taken for equal.
const EQUAL: f64 = 1e-9;

impl Rated {
    /// How many utilities were drawn.
    pub(super) fn samples(&self) -> u64 {
        self.draws as u64
    }

    /// The place of a package among those that were rated.
    pub(super) fn place(&self, deal: &[u16]) -> Option<usize> {
        self.places.get(deal).copied()
    }

    /// The shares of a package.
    pub(super) fn of(&self, deal: &[u16]) -> Option<PackageShares> {
        let place = self.place(deal)?;
        Some(PackageShares {
            accepted: self.accepted[place].iter().map(|b| self.share(b)).collect(),
            agreed: self.share(&self.agreed[place]),
            nash: self.nash.as_ref().map(|n| self.share(&n[place])),
            efficient: self.efficient.get(deal).map(|b| self.share(b)),
        })
    }

    /// The packages that are most often the Nash point.
    pub(super) fn leading(&self) -> Vec<(Deal, PackageShares)> {
        let Some(nash) = &self.nash else {
            return Vec::new();
        };
        let mut order: Vec<(u64, usize)> = nash
            .iter()
            .enumerate()
            .map(|(place, bits)| (count(bits), place))
            .filter(|(hits, _)| *hits > 0)
            .collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let best = order.iter().take(LEADING);
        best.filter_map(|(_, place)| {
            let deal = &self.deals[*place];
            self.of(deal).map(|shares| (deal.clone(), shares))
        })
        .collect()
    }

    /// For each draw whether a form of a voice's parameters is positive.
    pub(super) fn positive(&self, voice: usize, form: &Form) -> Bits {
        let function = Rounded::new(form);
        let all = self.points[voice].iter().map(|p| function.at(p) > 0.0);
        pack(all, self.draws)
    }

    fn share(&self, bits: &Bits) -> Share {
        let each = self.draws / CHAINS as usize;
        let hits = |chain: usize| {
            let draws = (chain * each..(chain + 1) * each).filter(|d| holds(bits, *d));
            draws.count() as f64 / each as f64
        };
        let chains = CHAINS as usize;
        let means: Vec<f64> = (0..chains).map(hits).collect();
        let value = count(bits) as f64 / self.draws.max(1) as f64;
        let spread: f64 = means.iter().map(|m| (m - value) * (m - value)).sum();
        let error = (spread / (chains * (chains - 1)) as f64).sqrt();
        Share { value, error }
    }
}

/// Whether it holds in this draw.
pub(super) fn holds(bits: &Bits, draw: usize) -> bool {
    bits[draw / 64] >> (draw % 64) & 1 == 1
}

/// In how many draws it holds.
pub(super) fn count(bits: &Bits) -> u64 {
    bits.iter().map(|w| u64::from(w.count_ones())).sum()
}

fn pack(all: impl Iterator<Item = bool>, draws: usize) -> Bits {
    let mut bits = vec![0; draws.div_ceil(64)];
    for (draw, holds) in all.enumerate() {
        if holds {
            bits[draw / 64] |= 1 << (draw % 64);
        }
    }
    bits
}

/// A form in floating-point numbers.
struct Rounded {
    constant: f64,
    coefficients: Vec<(usize, f64)>,
}

impl Rounded {
    fn new(form: &Form) -> Self {
        let numbers = form.coefficients.iter().map(approximate).enumerate();
        Self {
            constant: approximate(&form.constant),
            coefficients: numbers.filter(|(_, c)| *c != 0.0).collect(),
        }
    }

    fn at(&self, point: &[f64]) -> f64 {
        let terms = self.coefficients.iter();
        terms.fold(self.constant, |sum, (place, c)| sum + c * point[*place])
    }
}

/// Rates all packages of the space, or without them those with a name. Where all consistent utilities accept, or
/// none does, that is taken from the exact verdict, so that no rounding can say otherwise.
pub(super) fn rate(
    bargain: &Bargain,
    leaders: &[usize],
    minds: &mut [Mind],
    draws: &[Draws],
    all: Option<&Judged>,
    named: &[(usize, Vec<Deal>)],
    budget: &Budget,
) -> Rated {
    let mut deals = all.map(|judged| judged.deals.clone()).unwrap_or_default();
    let whole = deals.len();
    let mut places: BTreeMap<Deal, usize> = deals.iter().cloned().zip(0..).collect();
    for deal in named.iter().flat_map(|(_, deals)| deals) {
        if !places.contains_key(deal) {
            places.insert(deal.clone(), deals.len());
            deals.push(deal.clone());
        }
    }
    let points: Vec<Vec<Vec<f64>>> = draws.iter().map(|d| d.points.clone()).collect();
    let number = points.iter().map(Vec::len).min().unwrap_or(0);
    let ones = pack((0..number).map(|_| true), number);
    let mut standings = Vec::with_capacity(deals.len());
    for (place, deal) in deals.iter().enumerate() {
        let judged = all.filter(|_| place < whole);
        standings.push(match judged {
            Some(judged) => judged.standings.iter().map(|s| s[place]).collect(),
            None => minds
                .iter_mut()
                .map(|mind| mind.opinion(&mind.belief.gain(deal)).standing)
                .collect::<Vec<_>>(),
        });
    }
    let seen: &[Mind] = minds;
    let whos: Vec<Who> = seen.iter().map(|m| m.belief.who).collect();
    let accepted: Vec<Vec<Bits>> = deals
        .par_iter()
        .zip(&standings)
        .map(|(deal, standings)| {
            let voices = seen.iter().zip(standings).zip(&points);
            voices
                .map(|((mind, standing), points)| match standing {
                    Standing::Must => ones.clone(),
                    Standing::Cannot => vec![0; ones.len()],
                    Standing::May => {
                        let gain = Rounded::new(&mind.belief.gain(deal));
                        pack(points.iter().map(|p| gain.at(p) >= 0.0), number)
                    }
                })
                .collect()
        })
        .collect();
    let agreed: Vec<Bits> = accepted
        .par_iter()
        .map(|voices| {
            let at = |draw: usize| {
                let of: Vec<(Who, bool)> = whos
                    .iter()
                    .copied()
                    .zip(voices.iter().map(|b| holds(b, draw)))
                    .collect();
                ratified(bargain, &of, &|accepts| accepts)
            };
            pack((0..number).map(at), number)
        })
        .collect();
    let mut rated = Rated {
        draws: number,
        places,
        deals,
        accepted,
        agreed,
        nash: None,
        efficient: BTreeMap::new(),
        points,
    };
    if whole > 0 && !leaders.is_empty() && !budget.is_cancelled() {
        compared(&mut rated, leaders, seen, whole, named);
    }
    rated
}

/// The Nash points of all draws, and in which of them packages with a name are efficient.
fn compared(
    rated: &mut Rated,
    leaders: &[usize],
    minds: &[Mind],
    all: usize,
    named: &[(usize, Vec<Deal>)],
) {
    let worths: Vec<Vec<Rounded>> = leaders
        .iter()
        .map(|leader| {
            let deals = rated.deals.par_iter();
            deals
                .map(|deal| Rounded::new(&minds[*leader].belief.worth(deal)))
                .collect()
        })
        .collect();
    let floors: Vec<Option<Rounded>> = leaders
        .iter()
        .map(|leader| minds[*leader].belief.reservation().map(Rounded::new))
        .collect();
    let mut watched: Vec<usize> = named
        .iter()
        .flat_map(|(_, deals)| deals)
        .filter_map(|deal| rated.place(deal))
        .collect();
    watched.sort_unstable();
    watched.dedup();
    let results: Vec<(Vec<usize>, Vec<bool>)> = (0..rated.draws)
        .into_par_iter()
        .map(|draw| {
            let values: Vec<Vec<f64>> = worths
                .iter()
                .zip(leaders)
                .map(|(forms, leader)| {
                    let point = &rated.points[*leader][draw];
                    forms.iter().map(|f| f.at(point)).collect()
                })
                .collect();
            let floors: Vec<f64> = floors
                .iter()
                .zip(leaders)
                .zip(&values)
                .map(|((floor, leader), values)| {
                    let own = floor.as_ref().map(|f| f.at(&rated.points[*leader][draw]));
                    let worst = values[..all].iter().copied().fold(f64::INFINITY, f64::min);
                    own.map_or(worst, |own| own.max(worst))
                })
                .collect();
            let efficient = watched.iter().map(|w| undominated(&values, *w, all));
            (nash(&values, &floors, all), efficient.collect())
        })
        .collect();
    let mut nash = vec![vec![0; rated.draws.div_ceil(64)]; rated.deals.len()];
    for (draw, (winners, _)) in results.iter().enumerate() {
        for winner in winners {
            nash[*winner][draw / 64] |= 1 << (draw % 64);
        }
    }
    rated.nash = Some(nash);
    for (number, place) in watched.iter().enumerate() {
        let bits = pack(results.iter().map(|(_, e)| e[number]), rated.draws);
        rated.efficient.insert(rated.deals[*place].clone(), bits);
    }
}

/// The packages with the largest product of what they are worth to each party beyond the disagreement point, all
/// of it positive; none when there is no such package.
fn nash(values: &[Vec<f64>], floors: &[f64], all: usize) -> Vec<usize> {
    let product = |deal: usize| {
        let gains = values.iter().zip(floors).map(|(v, floor)| v[deal] - floor);
        gains.fold(1.0, |product, gain| product * gain.max(0.0))
    };
    let products: Vec<f64> = (0..all).map(product).collect();
    let best = products.iter().copied().fold(0.0, f64::max);
    if best <= 0.0 {
        return Vec::new();
    }
    let near = (0..all).filter(|deal| products[*deal] >= best * (1.0 - EQUAL));
    near.collect()
}

fn undominated(values: &[Vec<f64>], deal: usize, all: usize) -> bool {
    !(0..all).any(|other| {
        let mut better = false;
        for worths in values {
            let (here, there) = (worths[deal], worths[other]);
            let close = EQUAL * here.abs().max(there.abs()).max(1.0);
            if there < here - close {
                return false;
            }
            better |= there > here + close;
        }
        better
    })
}
