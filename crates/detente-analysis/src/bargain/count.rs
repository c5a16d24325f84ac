//! How many packages there are, and how many of them somebody could accept.

use num_bigint::BigUint;

use super::additive;
use super::frontier::best;
use super::space::DealSpace;
use crate::budget::{Budget, Outcome};

/// The least that a package must be worth to a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Floor {
    /// The voice, as a place in [`DealSpace::voices`].
    pub voice: usize,
    /// In its units.
    pub worth: i128,
}

/// The least and the most that any package is worth to a voice, in its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The worth of its worst package.
    pub least: i128,
    /// The worth of its best package.
    pub most: i128,
}

/// How many packages the rules permit; 0 when counting is stopped.
pub fn permitted(space: &DealSpace, budget: &Budget) -> Outcome<BigUint> {
    additive::count(space, &[], budget)
}

/// How many of the permitted packages are worth as much as all floors ask for; 0 when counting is stopped.
///
/// With the floor of one voice at its reservation value this is the size of its win-set, with the floors of
/// several the size of what they could agree on. More than a reservation value is one unit more.
pub fn acceptable(space: &DealSpace, floors: &[Floor], budget: &Budget) -> Outcome<BigUint> {
    // The highest floor of each voice is what counts.
    let mut asked: Vec<(usize, i128)> = floors.iter().map(|f| (f.voice, f.worth)).collect();
    asked.sort_unstable_by_key(|(voice, worth)| (*voice, std::cmp::Reverse(*worth)));
    asked.dedup_by_key(|(voice, _)| *voice);
    additive::count(space, &asked, budget)
}

/// What the worst and the best of the permitted packages are worth to a voice; `None` when no package is
/// permitted, or when the search is stopped.
pub fn range(space: &DealSpace, voice: usize, budget: &Budget) -> Outcome<Option<Range>> {
    let found = best(space, voice, budget).and_then(|most| {
        let mut opposed = space.clone();
        opposed.voices[voice] = space.voices[voice].opposite();
        let least = best(&opposed, voice, budget)?;
        let range = |(least, most): (i128, i128)| Range {
            least: -least,
            most,
        };
        Ok(least.zip(most).map(range))
    });
    match found {
        Ok(range) => Outcome::Complete(range),
        Err(stop) => Outcome::Stopped(None, stop),
    }
}
