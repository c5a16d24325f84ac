//! Points on the frontier that rules of fairness and welfare single out.
//!
//! One rule, one file, with its page beside it. All rules choose among the efficient packages that nobody likes
//! less than having no agreement ([`Stakes::rational`]); where several are equally good by a rule, all are named.

mod egalitarian;
mod kalai_smorodinsky;
mod kalai_smorodinsky_overall;
mod least_spread;
mod least_spread_raw;
mod leximin;
mod nash;
mod relative_welfare;
mod stakes;
mod utilitarian;

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Num, ToPrimitive};

pub use self::stakes::{Disagreement, Stake, Stakes, stakes};
use super::frontier::Frontier;
use super::space::DealSpace;

/// A rule that singles out packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Solution {
    /// Nash's product of gains.
    Nash,
    /// Kalai and Smorodinsky's rule, ideals among rational packages.
    KalaiSmorodinsky,
    /// The same, ideals among all packages.
    KalaiSmorodinskyOverall,
    /// The least spread of normalised gains, which some tools call Kalai-Smorodinsky.
    LeastSpread,
    /// The least spread of utilities as they are, which some tools call Kalai-Smorodinsky.
    LeastSpreadRaw,
    /// The largest smallest gain.
    Egalitarian,
    /// The largest smallest gain, then the largest second smallest, and so on.
    Leximin,
    /// The largest sum of gains.
    Utilitarian,
    /// The largest sum of normalised gains.
    RelativeWelfare,
}

/// What the registry says about a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SolutionInfo {
    /// The rule.
    pub solution: Solution,
    /// The stable name.
    pub id: &'static str,
    /// The name in words.
    pub name: &'static str,
    /// What is chosen, in one line.
    pub summary: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Whether the least value is the best, rather than the greatest.
    pub least: bool,
    /// The page that explains it, in Markdown.
    pub page: &'static str,
}

/// All rules, in the order in which they are reported.
pub fn solutions() -> &'static [SolutionInfo] {
    &[
        nash::INFO,
        kalai_smorodinsky::INFO,
        kalai_smorodinsky_overall::INFO,
        egalitarian::INFO,
        leximin::INFO,
        utilitarian::INFO,
        relative_welfare::INFO,
        least_spread::INFO,
        least_spread_raw::INFO,
    ]
}

impl Solution {
    /// What the registry says about it.
    pub fn info(self) -> &'static SolutionInfo {
        match self {
            Self::Nash => &nash::INFO,
            Self::KalaiSmorodinsky => &kalai_smorodinsky::INFO,
            Self::KalaiSmorodinskyOverall => &kalai_smorodinsky_overall::INFO,
            Self::LeastSpread => &least_spread::INFO,
            Self::LeastSpreadRaw => &least_spread_raw::INFO,
            Self::Egalitarian => &egalitarian::INFO,
            Self::Leximin => &leximin::INFO,
            Self::Utilitarian => &utilitarian::INFO,
            Self::RelativeWelfare => &relative_welfare::INFO,
        }
    }

    fn score<T: Number>(self, of: &Measured<T>) -> Option<T> {
        match self {
            Self::Nash => Some(nash::score(of)),
            Self::KalaiSmorodinsky => kalai_smorodinsky::score(of),
            Self::KalaiSmorodinskyOverall => kalai_smorodinsky_overall::score(of),
            Self::LeastSpread => least_spread::score(of),
            Self::LeastSpreadRaw => least_spread_raw::score(of),
            Self::Egalitarian | Self::Leximin => egalitarian::score(of),
            Self::Utilitarian => Some(utilitarian::score(of)),
            Self::RelativeWelfare => relative_welfare::score(of),
        }
    }
}

impl fmt::Display for Solution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.info().id)
    }
}

/// A name that is no rule's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no solution `{0}`")]
pub struct UnknownSolution(pub String);

impl FromStr for Solution {
    type Err = UnknownSolution;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = solutions().iter().find(|info| info.id == text);
        found.map_or_else(|| Err(UnknownSolution(text.to_owned())), |i| Ok(i.solution))
    }
}

/// What a rule chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// How good that is by the rule; for leximin the smallest gain.
    pub value: BigRational,
    /// All points that are as good, as places in [`Frontier::points`], ascending.
    pub points: Vec<usize>,
}

/// What a rule chooses from a frontier.
///
/// `None` when no efficient package is rational, or when the rule says nothing: rules that compare shares of what
/// voices could gain say nothing when nobody could gain.
pub fn choose(
    solution: Solution,
    space: &DealSpace,
    frontier: &Frontier,
    stakes: &Stakes,
) -> Option<Chosen> {
    let rational = stakes.rational(frontier);
    let likely = likely(solution, space, frontier, stakes, &rational);
    let exact = Measure::<BigRational>::new(space, frontier, stakes, &rational);
    let mut chosen: Option<Chosen> = None;
    for point in likely {
        let value = solution.score(&exact.of(frontier, point))?;
        let better = chosen.as_ref().is_none_or(|c| {
            if solution.info().least {
                value < c.value
            } else {
                value > c.value
            }
        });
        match &mut chosen {
            Some(chosen) if !better && value == chosen.value => chosen.points.push(point),
            _ if better => {
                let points = vec![point];
                chosen = Some(Chosen { value, points });
            }
            _ => {}
        }
    }
    let mut chosen = chosen?;
    if solution == Solution::Leximin {
        leximin::refine(&mut chosen.points, |point| exact.of(frontier, point).gain);
    }
    Some(chosen)
}

/// The points that may be the best: a first look in floating-point numbers leaves out those that are worse by more
/// than its errors could amount to.
fn likely(
    solution: Solution,
    space: &DealSpace,
    frontier: &Frontier,
    stakes: &Stakes,
    rational: &[usize],
) -> Vec<usize> {
    /// Far above the relative error of some hundred operations, far below what keeps many points.
    const MARGIN: f64 = 1e-9;
    let rough = Measure::<f64>::new(space, frontier, stakes, rational);
    let sign = if solution.info().least { -1.0 } else { 1.0 };
    let mut scale = 1.0_f64;
    let mut scores = Vec::with_capacity(rational.len());
    for point in rational {
        let of = rough.of(frontier, *point);
        scale = of
            .utility
            .iter()
            .chain(&of.gain)
            .fold(scale, |s, u| s.max(u.abs()));
        scores.push(solution.score(&of).map_or(f64::NAN, |score| sign * score));
    }
    // A score that is not a number keeps its point and sets no bound.
    let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let bound = best - MARGIN * scale.max(best.abs());
    let worse = |score: &f64| score.partial_cmp(&bound) == Some(std::cmp::Ordering::Less);
    let likely = rational
        .iter()
        .zip(&scores)
        .filter(|(_, score)| !worse(score));
    likely.map(|(point, _)| *point).collect()
}

/// The numbers that rules calculate with: exact ones, and rough ones for a first look.
trait Number: Num + Clone + PartialOrd {
    fn utility(units: i128, unit: &BigInt) -> Self;
}

impl Number for BigRational {
    fn utility(units: i128, unit: &BigInt) -> Self {
        Self::new(units.into(), unit.clone())
    }
}

impl Number for f64 {
    fn utility(units: i128, unit: &BigInt) -> Self {
        units as f64 / unit.to_f64().unwrap_or(f64::NAN)
    }
}

/// What a package means to everybody.
struct Measured<'a, T> {
    /// What it is worth.
    utility: Vec<T>,
    /// How much more that is than no agreement.
    gain: Vec<T>,
    /// The largest gain from any rational package.
    ideal: &'a [T],
    /// The largest gain from any package.
    overall: &'a [T],
}

/// What packages are measured by.
struct Measure<T> {
    units: Vec<BigInt>,
    disagreement: Vec<i128>,
    ideal: Vec<T>,
    overall: Vec<T>,
}

impl<T: Number> Measure<T> {
    fn new(space: &DealSpace, frontier: &Frontier, stakes: &Stakes, rational: &[usize]) -> Self {
        let unit = |voice: &usize| BigInt::from(space.voices[*voice].unit.clone());
        let units: Vec<BigInt> = frontier.voices.iter().map(unit).collect();
        let disagreement = stakes.disagreement();
        let gain = |voice: usize, worth: i128| {
            T::utility(worth.saturating_sub(disagreement[voice]), &units[voice])
        };
        // The best rational package for a voice is worth as much to it as the best rational and efficient one.
        let best = |voice: usize| {
            let worths = rational.iter().map(|p| frontier.points[*p].worth[voice]);
            worths.max().unwrap_or(disagreement[voice])
        };
        let voices = 0..frontier.voices.len();
        Self {
            ideal: voices.clone().map(|v| gain(v, best(v))).collect(),
            overall: voices.map(|v| gain(v, stakes.voices[v].most)).collect(),
            units,
            disagreement,
        }
    }

    fn of(&self, frontier: &Frontier, point: usize) -> Measured<'_, T> {
        let worths = || frontier.points[point].worth.iter().zip(&self.units);
        let gains = worths().zip(&self.disagreement);
        Measured {
            utility: worths()
                .map(|(worth, unit)| T::utility(*worth, unit))
                .collect(),
            gain: gains
                .map(|((worth, unit), none)| T::utility(worth.saturating_sub(*none), unit))
                .collect(),
            ideal: &self.ideal,
            overall: &self.overall,
        }
    }
}

/// The shares that gains are of others, without those of nothing.
fn shares<'a, T: Number>(gains: &'a [T], of: &'a [T]) -> impl Iterator<Item = T> + 'a {
    let pairs = gains.iter().zip(of).filter(|(_, whole)| !whole.is_zero());
    pairs.map(|(gain, whole)| gain.clone() / whole.clone())
}

/// The smallest; `None` of none.
fn smallest<T: Number>(numbers: impl Iterator<Item = T>) -> Option<T> {
    numbers.reduce(|a, b| if b < a { b } else { a })
}

/// The difference of the largest and the smallest; `None` of none.
fn spread<T: Number>(numbers: impl Iterator<Item = T> + Clone) -> Option<T> {
    let largest = numbers.clone().reduce(|a, b| if b > a { b } else { a })?;
    Some(largest - smallest(numbers)?)
}
