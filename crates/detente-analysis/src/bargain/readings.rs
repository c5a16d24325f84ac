//! What a package with vague levels may mean: its readings, looked at together and never one by one.

use num_bigint::BigUint;

use super::count::{Range, permitted, range};
use super::frontier::{Frontier, frontier};
use super::space::{DealSpace, at_least};
use crate::budget::{Budget, Stop};

/// Whether something is so, when it may hang on what a vague package means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Whatever it means.
    Yes,
    /// Whatever it means, it is not so.
    No,
    /// That depends on what it means.
    Depends,
}

impl Answer {
    /// What is so in some readings, or in all.
    pub(super) fn new(some: bool, all: bool) -> Self {
        match (some, all) {
            (_, true) => Self::Yes,
            (true, false) => Self::Depends,
            (false, false) => Self::No,
        }
    }

    /// Whether the opposite is so.
    pub(super) fn opposite(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Depends => Self::Depends,
        }
    }
}

/// All packages that a vague one may mean: those made of its levels that the rules permit, at least one.
#[derive(Debug)]
pub(super) struct Readings {
    /// The space of these packages alone.
    pub(super) space: DealSpace,
    /// The least and the most that they are worth to every voice of the space, in its units.
    pub(super) worth: Vec<Range>,
}

impl Readings {
    /// The packages of which each issue has one of the levels given for it; `None` when the rules permit none.
    pub(super) fn new(
        space: &DealSpace,
        levels: &[Vec<u16>],
        budget: &Budget,
    ) -> Result<Option<Self>, Stop> {
        let space = space.restricted(levels);
        let mut worth = Vec::with_capacity(space.voices.len());
        for voice in 0..space.voices.len() {
            let Some(range) = range(&space, voice, budget).complete()? else {
                return Ok(None);
            };
            worth.push(range);
        }
        Ok(Some(Self { space, worth }))
    }

    /// How many they are.
    pub(super) fn number(&self, budget: &Budget) -> Result<BigUint, Stop> {
        permitted(&self.space, budget).complete()
    }

    /// Which voices accept them, given for each what having no agreement is worth.
    pub(super) fn accepted(&self, floors: impl IntoIterator<Item = i128>) -> Vec<Answer> {
        let both = self.worth.iter().zip(floors);
        both.map(|(range, floor)| Answer::new(range.most >= floor, range.least >= floor))
            .collect()
    }

    /// The best of them for some voices.
    pub(super) fn best(&self, voices: &[usize], budget: &Budget) -> Result<Best, Stop> {
        let own = frontier(&self.space, voices, budget).complete()?;
        let high: Vec<i128> = voices.iter().map(|v| self.worth[*v].most).collect();
        Ok(Best {
            attained: own.find(&high).is_some(),
            own,
            high,
        })
    }
}

/// The readings that no other reading betters for some voices.
#[derive(Debug)]
pub(super) struct Best {
    own: Frontier,
    /// The most that a reading is worth to each of the voices.
    high: Vec<i128>,
    /// Whether one reading is worth the most to all of them.
    attained: bool,
}

impl Best {
    /// Whether what is worth this to the voices is better than every reading: worse for none of them and better
    /// for one.
    pub(super) fn beaten_by(&self, worth: &[i128]) -> bool {
        // Where one reading is worth the most to all, it must be bettered, else the most need only be matched.
        at_least(worth, &self.high) && !(self.attained && worth == self.high)
    }

    /// By how much what is worth this to the voices exceeds the most that a reading is worth to each.
    pub(super) fn excess(&self, worth: &[i128]) -> Vec<i128> {
        worth.iter().zip(&self.high).map(|(w, h)| w - h).collect()
    }

    /// Whether the readings are Pareto-efficient, given how many they are and the frontier of all packages for the
    /// same voices.
    pub(super) fn efficient(&self, number: &BigUint, all: &Frontier) -> Answer {
        let points = self.own.points.iter();
        let efficient = points.filter(|p| all.find(&p.worth).is_some());
        let efficient: BigUint = efficient.map(|p| &p.packages).sum();
        Answer::new(efficient > BigUint::ZERO, efficient == *number)
    }
}
