//! Packages, and what everybody has without one.

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::super::space::{Deal, DealSpace};
use super::super::{Disagreement, Floor, Frontier, acceptable, frontier, stakes};
use crate::budget::{Budget, Stop};

/// A space of packages and its disagreement point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talks<'s> {
    /// The packages.
    pub space: &'s DealSpace,
    /// For each voice of the space, in its units, what having no agreement is worth.
    pub floors: Vec<i128>,
}

impl<'s> Talks<'s> {
    /// The usual disagreement point: the reservation value of each voice, or its worst package where that is
    /// better or where no reservation value is given.
    ///
    /// # Errors
    ///
    /// Stops when the budget does not suffice to find the worst package of a voice.
    pub fn new(space: &'s DealSpace, budget: &Budget) -> Result<Self, Stop> {
        Self::measured_from(space, Disagreement::ReservationOrWorst, budget)
    }

    /// The disagreement point of a space under one of its readings. When the rules permit no package, it is the
    /// reservation value, or 0.
    ///
    /// # Errors
    ///
    /// Stops when the budget does not suffice to find the worst package of a voice.
    pub fn measured_from(
        space: &'s DealSpace,
        reading: Disagreement,
        budget: &Budget,
    ) -> Result<Self, Stop> {
        let voices: Vec<usize> = (0..space.voices.len()).collect();
        let stakes = stakes(space, &voices, reading, budget).complete()?;
        let floors = stakes.map_or_else(
            || {
                let stated = space.voices.iter().map(|v| v.reservation);
                stated.map(|r| r.unwrap_or(0)).collect()
            },
            |stakes| stakes.disagreement(),
        );
        Ok(Self { space, floors })
    }

    /// The same talks about fewer packages; nobody's alternative changes.
    pub(super) fn about<'t>(&self, space: &'t DealSpace) -> Talks<'t> {
        Talks {
            space,
            floors: self.floors.clone(),
        }
    }

    /// What a package is worth to every voice, in its units.
    pub fn worth(&self, deal: &[u16]) -> Vec<i128> {
        let voices = self.space.voices.iter();
        voices.map(|v| v.worth.of(deal)).collect()
    }

    /// What a package is worth to every voice beyond having no agreement, in its units.
    pub fn gains(&self, deal: &[u16]) -> Vec<i128> {
        let worth = self.worth(deal).into_iter();
        worth.zip(&self.floors).map(|(w, f)| w - f).collect()
    }

    /// Whether a voice prefers a package to having none, or does not mind.
    pub fn accepts(&self, voice: usize, deal: &[u16]) -> bool {
        self.space.voices[voice].worth.of(deal) >= self.floors[voice]
    }

    /// Whether each of these voices accepts what is worth this to it; the worths are in the order of the voices.
    pub(super) fn all_accept(&self, voices: &[usize], worth: &[i128]) -> bool {
        let both = voices.iter().zip(worth);
        both.into_iter().all(|(v, w)| *w >= self.floors[*v])
    }

    /// A number of units of a voice as the utility that it stands for.
    pub fn utility(&self, voice: usize, units: i128) -> BigRational {
        self.space.voices[voice].utility(units)
    }

    /// The whole units of a voice that fit into a utility of `number` parts of `scale`; `None` when they are too
    /// many, or `scale` is not positive.
    pub fn units(&self, voice: usize, number: i128, scale: i128) -> Option<i128> {
        if scale <= 0 {
            return None;
        }
        let unit = BigInt::from(self.space.voices[voice].unit.clone());
        let units = BigRational::new(BigInt::from(number) * unit, scale.into());
        units.floor().to_integer().to_i128()
    }

    /// The Pareto frontier for some voices.
    pub(super) fn frontier(&self, voices: &[usize], budget: &Budget) -> Result<Frontier, Stop> {
        frontier(self.space, voices, budget).complete()
    }

    /// How many packages all of these voices accept.
    pub(super) fn count(&self, voices: &[usize], budget: &Budget) -> Result<BigUint, Stop> {
        let floor = |voice: &usize| Floor {
            voice: *voice,
            worth: self.floors[*voice],
        };
        let floors: Vec<Floor> = voices.iter().map(floor).collect();
        acceptable(self.space, &floors, budget).complete()
    }
}

/// The packages of a space that leave these issues at their first level.
pub(super) fn held(space: &DealSpace, issues: &[usize]) -> DealSpace {
    let mut part = space.clone();
    for issue in issues {
        part.sizes[*issue] = 1;
        for voice in &mut part.voices {
            voice.worth.tables[*issue].truncate(1);
        }
    }
    part
}

/// The first package of a point of a frontier, in lexicographic order.
pub(super) fn witness(frontier: &Frontier, point: usize) -> Result<Deal, Stop> {
    // Every point has a package; engines that cannot list them say so by listing none.
    let first = frontier.packages(point, 1).pop();
    first.ok_or(Stop::Limit {
        what: "packages of a point listed",
        limit: 0,
    })
}

/// The packages that the rules permit and that have one of the levels given for each issue, in lexicographic
/// order, `limit` at most.
///
/// # Errors
///
/// Stops when the budget does not suffice.
pub fn readings(
    space: &DealSpace,
    levels: &[Vec<u16>],
    limit: usize,
    budget: &Budget,
) -> Result<Vec<Deal>, Stop> {
    let all = frontier(&space.restricted(levels), &[], budget).complete()?;
    Ok(all.packages(0, limit))
}
