#![doc = include_str!("lottery.md")]

mod hull;
mod many;
mod programme;

use num_rational::BigRational;
use num_traits::{One, Zero};

use super::frontier::Frontier;
use super::space::DealSpace;

/// A package with so much chance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What the package is worth: a place in [`Frontier::points`].
    pub point: usize,
    /// The chance, above 0; those of a lottery sum to 1.
    pub chance: BigRational,
}

/// Packages of which chance chooses one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lottery {
    /// The packages, in the order of the points.
    pub parts: Vec<Part>,
    /// What the lottery is worth to each voice: the mean of what its packages are worth.
    pub worth: Vec<BigRational>,
}

impl Lottery {
    /// The second with the given chance, else the first.
    fn mix(&self, other: &Self, share: &BigRational) -> Self {
        let rest = BigRational::one() - share;
        let mut parts: Vec<Part> = Vec::new();
        for (lottery, by) in [(self, &rest), (other, share)] {
            for part in &lottery.parts {
                let chance = &part.chance * by;
                if chance.is_zero() {
                    continue;
                }
                match parts.iter_mut().find(|p| p.point == part.point) {
                    Some(same) => same.chance += chance,
                    None => parts.push(Part {
                        point: part.point,
                        chance,
                    }),
                }
            }
        }
        parts.sort_unstable_by_key(|p| p.point);
        let worth = self.worth.iter().zip(&other.worth);
        Self {
            parts,
            worth: worth.map(|(a, b)| a * &rest + b * share).collect(),
        }
    }
}

/// A solution among lotteries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// The lottery.
    pub lottery: Lottery,
    /// What the solution makes large, at this lottery: the product of all gains (Nash), the least share of the
    /// ideal gain (Kalai and Smorodinsky), the least gain (egalitarian), the sum of worths (utilitarian).
    pub value: BigRational,
    /// No lottery that all accept has more than this. With one or two voices it is the value itself; with
    /// more it is proved by exact numbers for a lottery that was found by floating-point numbers.
    pub at_most: BigRational,
    /// The most of it that a single package of the frontier has which all accept, after the first point that has
    /// it, as a place in [`Frontier::points`]; `None` when there is none.
    pub single: Option<(usize, BigRational)>,
}

/// What lotteries between packages offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lotteries {
    /// What having no agreement is worth to each voice.
    pub disagreement: Vec<BigRational>,
    /// The most that each voice can have from a lottery that all accept; empty when there is no such lottery.
    /// With more than two voices it is known only nearly, and used as printed.
    pub ideal: Vec<BigRational>,
    /// The most of the product of gains; `None` when no lottery gives a gain to all.
    pub nash: Option<Solution>,
    /// The most for all in the same share of what each could gain at best; `None` when somebody can gain nothing.
    pub kalai_smorodinsky: Option<Solution>,
    /// The most for who gains least.
    pub egalitarian: Option<Solution>,
    /// The most in sum.
    pub utilitarian: Option<Solution>,
}

/// What a lottery is judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Aim<'a> {
    Nash,
    Shares(&'a [BigRational]),
    Least,
    Sum,
}

impl Aim<'_> {
    /// The value of gains and worths.
    fn value(&self, gains: &[BigRational], worth: &[BigRational]) -> BigRational {
        match self {
            Self::Nash => gains.iter().fold(BigRational::one(), |a, g| a * g),
            Self::Shares(best) => least(gains.iter().zip(*best).map(|(g, b)| g / b)),
            Self::Least => least(gains.iter().cloned()),
            Self::Sum => worth.iter().fold(BigRational::zero(), |a, w| a + w),
        }
    }
}

fn least(values: impl Iterator<Item = BigRational>) -> BigRational {
    values.min().unwrap_or_else(BigRational::zero)
}

/// The solutions among all lotteries between the points of a frontier. What having no agreement is worth is given as
/// utility, for each voice of the frontier.
pub fn lotteries(
    space: &DealSpace,
    frontier: &Frontier,
    disagreement: &[BigRational],
) -> Lotteries {
    let table = Table::new(space, frontier, disagreement);
    if table.voices() <= 2 {
        hull::solve(&table)
    } else {
        many::solve(&table)
    }
}

/// The points as utilities.
struct Table {
    points: Vec<Vec<BigRational>>,
    disagreement: Vec<BigRational>,
}

impl Table {
    fn new(space: &DealSpace, frontier: &Frontier, disagreement: &[BigRational]) -> Self {
        let utilities = |worth: &[i128]| -> Vec<BigRational> {
            let parts = frontier.voices.iter().zip(worth);
            parts
                .map(|(voice, units)| space.voices[*voice].utility(*units))
                .collect()
        };
        let points = frontier.points.iter().map(|p| utilities(&p.worth));
        Self {
            points: points.collect(),
            disagreement: disagreement.to_vec(),
        }
    }

    fn voices(&self) -> usize {
        self.disagreement.len()
    }

    /// What each voice gains over having no agreement.
    fn gains(&self, worth: &[BigRational]) -> Vec<BigRational> {
        let parts = worth.iter().zip(&self.disagreement);
        parts.map(|(w, d)| w - d).collect()
    }

    /// Whether nobody loses.
    fn accepted(&self, worth: &[BigRational]) -> bool {
        worth.iter().zip(&self.disagreement).all(|(w, d)| w >= d)
    }

    fn value(&self, aim: &Aim, worth: &[BigRational]) -> BigRational {
        aim.value(&self.gains(worth), worth)
    }

    /// The accepted package that has most, the first of several, and how much that is.
    fn best_package(&self, aim: &Aim) -> Option<(usize, BigRational)> {
        let mut best: Option<(usize, BigRational)> = None;
        for (place, point) in self.points.iter().enumerate() {
            if !self.accepted(point) {
                continue;
            }
            let value = self.value(aim, point);
            if best.as_ref().is_none_or(|(_, b)| value > *b) {
                best = Some((place, value));
            }
        }
        best
    }

    /// One package for sure.
    fn pure(&self, point: usize) -> Lottery {
        Lottery {
            parts: vec![Part {
                point,
                chance: BigRational::one(),
            }],
            worth: self.points[point].clone(),
        }
    }

    /// A lottery that is known to be best.
    fn exact(&self, aim: &Aim, lottery: Lottery) -> Solution {
        let value = self.value(aim, &lottery.worth);
        Solution {
            at_most: value.clone(),
            single: self.best_package(aim),
            value,
            lottery,
        }
    }

    /// Nothing that all accept.
    fn nothing(&self) -> Lotteries {
        Lotteries {
            disagreement: self.disagreement.clone(),
            ideal: Vec::new(),
            nash: None,
            kalai_smorodinsky: None,
            egalitarian: None,
            utilitarian: None,
        }
    }
}
