//! What packages with a name are worth, whether anything is better for all, and whether facts fit the numbers.

use num_bigint::BigUint;

use super::count::Range;
use super::frontier::{Frontier, Point};
use super::readings::{Answer, Readings};
use super::solution::Stake;
use super::space::DealSpace;
use crate::budget::{Budget, Stop};
use crate::model::bargain::{Fact, Package, Verdict};

/// What a package with a name is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// How many permitted packages it may mean; `None` when counting them would take too long.
    pub meanings: Option<BigUint>,
    /// To each voice of the space the least that it may be worth, and the most.
    pub worth: Vec<Range>,
    /// Whether each voice of the space finds it worth as much as having no agreement.
    pub accepted: Vec<Answer>,
    /// Whether somebody at the table could gain without anybody there losing; `None` when that would take too
    /// long to find out.
    pub dominated: Option<Answer>,
    /// A point of the frontier that is better than all that it may mean: worse for nobody, better for somebody.
    /// One that all could accept, if there is one; of these the one whose smallest gain over it is largest, then
    /// the first.
    pub better: Option<usize>,
}

/// Why it is not said what a package with a name is worth.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    /// The rules permit none of the packages that it may mean.
    #[error("the rules permit no package that it may mean")]
    Forbidden,
    /// What it may mean is too manifold.
    #[error("the best and worst of what it may mean were not found: {0}")]
    Stopped(#[from] Stop),
}

/// What packages with a name are compared with.
pub(super) struct Table<'a> {
    pub(super) space: &'a DealSpace,
    /// What every voice of the space has to win and to lose.
    pub(super) sides: &'a [Stake],
    /// What those at the table can get.
    pub(super) frontier: &'a Frontier,
    /// For each point of the frontier whether all could accept it.
    pub(super) acceptable: &'a [bool],
    /// Whether this is the whole frontier.
    pub(super) whole: bool,
    pub(super) budget: &'a Budget,
    /// For what is counted and not needed for anything else.
    pub(super) counting: &'a Budget,
}

impl Table<'_> {
    /// Looks at a package with a name.
    pub(super) fn named(&self, package: &Package) -> Result<Named, Unclear> {
        let readings = Readings::new(self.space, &package.levels, self.budget)?;
        let readings = readings.ok_or(Unclear::Forbidden)?;
        let meanings = readings.number(self.counting).ok();
        let best = readings.best(&self.frontier.voices, self.budget).ok();
        let dominated = best.as_ref().zip(meanings.as_ref()).filter(|_| self.whole);
        let dominated =
            dominated.map(|(best, number)| best.efficient(number, self.frontier).opposite());
        let points = self.frontier.points.iter().enumerate();
        let better = best.and_then(|best| {
            let smallest_gain = |point: &Point| {
                let gains = self.frontier.voices.iter().zip(best.excess(&point.worth));
                gains
                    .map(|(v, gain)| self.space.voices[*v].utility(gain))
                    .min()
            };
            let key = |place: usize, point: &Point| {
                let accepted = self.acceptable.get(place).copied().unwrap_or(false);
                (accepted, smallest_gain(point), std::cmp::Reverse(place))
            };
            let better = points.filter(|(_, p)| best.beaten_by(&p.worth));
            let better = better.max_by_key(|(place, point)| key(*place, point));
            better.map(|(place, _)| place)
        });
        let floors = self.sides.iter().map(|s| s.disagreement);
        Ok(Named {
            meanings,
            accepted: readings.accepted(floors),
            dominated,
            better,
            worth: readings.worth,
        })
    }

    /// Whether a fact fits the numbers; `None` when it is about somebody without a utility, or a package of which
    /// it is not said what it is worth.
    pub(super) fn fits(&self, fact: &Fact, named: &[Result<Named, Unclear>]) -> Option<Answer> {
        let voice = self.space.voice(fact.who)?;
        let named = |package: usize| named.get(package)?.as_ref().ok();
        let accepted = |package: usize| named(package)?.accepted.get(voice).copied();
        let worth = |package: usize| named(package)?.worth.get(voice).copied();
        match fact.verdict {
            Verdict::Accepts(package) => accepted(package),
            Verdict::Rejects(package) => accepted(package).map(Answer::opposite),
            Verdict::Prefers(better, worse) => {
                let (better, worse) = (worth(better)?, worth(worse)?);
                Some(Answer::new(
                    better.most > worse.least,
                    better.least > worse.most,
                ))
            }
        }
    }
}
