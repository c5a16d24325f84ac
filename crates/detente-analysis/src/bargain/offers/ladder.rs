//! A party's packages in the order of what they are worth to it.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::super::solution::Stake;

/// The rank of a package that a party never agrees to.
const REFUSED: u32 = u32::MAX;

/// What the listed packages are worth to a party, and which of them it can agree to, best first. Packages of
/// equal worth stand on one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// What having no agreement is worth to it, in its units.
    pub disagreement: i128,
    /// What the worst package is worth to it, in its units.
    pub worst: i128,
    /// What each listed package is worth to it, in its units.
    pub worth: Vec<i128>,
    /// The packages that it can agree to, best first; those of equal worth in the order of the list.
    order: Vec<u32>,
    /// The different worths of these, best first.
    steps: Vec<i128>,
    /// For each step where it begins in the order, and then the length of the order.
    begins: Vec<u32>,
    /// For each listed package its step.
    rank: Vec<u32>,
}

impl Ladder {
    /// The ladder of a party that can agree to the packages that are worth the disagreement point at least,
    /// unless they are refused for other reasons.
    pub(super) fn new(worth: Vec<i128>, stake: Stake, refused: impl Fn(usize) -> bool) -> Self {
        let all = worth.iter().enumerate();
        let fine = all.filter(|(place, w)| **w >= stake.disagreement && !refused(*place));
        let mut order: Vec<u32> = fine.map(|(place, _)| place as u32).collect();
        order.sort_unstable_by_key(|place| (std::cmp::Reverse(worth[*place as usize]), *place));
        let mut rank = vec![REFUSED; worth.len()];
        let mut steps: Vec<i128> = Vec::new();
        let mut begins = Vec::new();
        for (at, place) in (0_u32..).zip(&order) {
            let value = worth[*place as usize];
            if steps.last() != Some(&value) {
                steps.push(value);
                begins.push(at);
            }
            rank[*place as usize] = steps.len() as u32 - 1;
        }
        begins.push(order.len() as u32);
        Self {
            disagreement: stake.disagreement,
            worst: stake.least,
            worth,
            order,
            steps,
            begins,
            rank,
        }
    }

    /// What its best package is worth to it; the disagreement point when it can agree to none.
    pub fn best(&self) -> i128 {
        self.steps.first().copied().unwrap_or(self.disagreement)
    }

    /// How many different worths its packages have.
    pub fn steps(&self) -> u32 {
        self.steps.len() as u32
    }

    /// How many packages it can agree to.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether it can agree to none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Whether it can agree to a package, without regard to the day.
    pub fn accepts(&self, deal: u32) -> bool {
        self.step(deal).is_some()
    }

    /// On which step a package stands; `None` when the party never agrees to it.
    pub fn step(&self, deal: u32) -> Option<u32> {
        self.rank
            .get(deal as usize)
            .copied()
            .filter(|r| *r != REFUSED)
    }

    /// Which package stands at a place of the order.
    pub fn at(&self, place: u32) -> Option<u32> {
        self.order.get(place as usize).copied()
    }

    /// How many packages stand on so many steps from above.
    pub(super) fn until(&self, steps: u32) -> u32 {
        self.begins.get(steps as usize).copied().unwrap_or_default()
    }

    /// The places of a step: the first one, and the one after the last.
    pub(super) fn places(&self, step: u32) -> (u32, u32) {
        (self.until(step), self.until(step.saturating_add(1)))
    }

    /// The package at a place of the order, with its step.
    pub(super) fn standing(&self, place: u32) -> Option<(u32, u32)> {
        let deal = self.at(place)?;
        Some((deal, self.step(deal)?))
    }

    /// The lowest step that is worth so much at least; the highest of all when none is.
    pub(super) fn lowest(&self, worth: i128) -> u32 {
        let enough = self.steps.partition_point(|step| *step >= worth);
        (enough as u32).saturating_sub(1)
    }

    /// How many steps are still worth an agreement when what is above 0 is multiplied by a factor.
    pub(super) fn worth_it(&self, factor: &BigRational) -> u32 {
        let disagreement = BigRational::from_integer(BigInt::from(self.disagreement));
        let enough = self
            .steps
            .partition_point(|step| discounted(*step, factor) >= disagreement);
        enough as u32
    }
}

/// What is left of a worth that is discounted: what is above 0 is multiplied, what is below stays.
pub(super) fn discounted(worth: i128, factor: &BigRational) -> BigRational {
    let worth = BigRational::from_integer(BigInt::from(worth));
    if worth > BigRational::from_integer(BigInt::from(0)) {
        worth * factor
    } else {
        worth
    }
}
