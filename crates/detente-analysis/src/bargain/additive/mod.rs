//! The exact frontier without enumeration, by settling one issue after the other.

mod order;
mod prune;
mod residual;
mod setup;
mod solve;
mod ties;
mod vector;

use std::sync::Arc;

use self::setup::{Setup, magnitude};
use self::solve::solve;
use self::ties::Listing;
use self::vector::Whole;
use super::frontier::{Frontier, Point};
use super::space::DealSpace;
use crate::budget::{Budget, Outcome, Stop};
use crate::meter::Meter;

/// How many voices a frontier can have at most.
const VOICES: usize = 64;

/// The Pareto frontier of all packages for some voices, given as places in [`DealSpace::voices`].
///
/// Exact for any rules and terms; what couples many issues costs more. When it is stopped, there are no points.
pub(super) fn frontier(space: &DealSpace, voices: &[usize], budget: &Budget) -> Outcome<Frontier> {
    // Worths and their differences fit into half of the range.
    let small = magnitude(space, voices) < 1 << 61;
    let found = match (small, voices.len()) {
        (true, 0 | 1) => of::<i64, 1>(space, voices, budget),
        (true, 2) => of::<i64, 2>(space, voices, budget),
        (true, 3) => of::<i64, 3>(space, voices, budget),
        (true, 4) => of::<i64, 4>(space, voices, budget),
        (true, 5) => of::<i64, 5>(space, voices, budget),
        (true, 6) => of::<i64, 6>(space, voices, budget),
        (true, 7 | 8) => of::<i64, 8>(space, voices, budget),
        (false, 0..=2) => of::<i128, 2>(space, voices, budget),
        (false, 3..=8) => of::<i128, 8>(space, voices, budget),
        (_, 9..=VOICES) => of::<i128, VOICES>(space, voices, budget),
        _ => Err(Stop::Limit {
            what: "voices at once",
            limit: VOICES as u64,
        }),
    };
    match found {
        Ok(found) => Outcome::Complete(found),
        Err(stop) => Outcome::Stopped(Frontier::new(voices.to_vec(), Vec::new()), stop),
    }
}

fn of<N: Whole, const M: usize>(
    space: &DealSpace,
    voices: &[usize],
    budget: &Budget,
) -> Result<Frontier, Stop> {
    let mut meter = Meter::new(budget, "steps of the search for efficient packages");
    meter.check()?;
    // The numbers fit: the caller chose `N` by their size.
    let Ok(mut setup) = Setup::<N, M>::new(space, voices) else {
        return Err(Stop::Limit {
            what: "bits in a worth",
            limit: 8 * size_of::<N>() as u64,
        });
    };
    let solved = solve(&mut setup, &space.sizes, &mut meter)?;
    let counts = solved.tally(&space.raw_size());
    let base = setup.base;
    let worth = |inner: &[N; M]| -> Vec<i128> {
        base.iter().zip(inner).map(|(base, units)| base + (*units).into()).collect()
    };
    let efficient = solved.efficient().iter().map(worth);
    let points = efficient.zip(counts).map(|(worth, packages)| Point { worth, packages });
    let points = points.collect();
    let listing = Listing {
        solved,
        base,
        sizes: space.sizes.clone(),
    };
    Ok(Frontier::new(voices.to_vec(), points).with_ties(Arc::new(listing)))
}
