//! The exact frontier without enumeration, by settling one issue after the other.

mod count;
mod order;
mod prune;
mod residual;
mod setup;
mod solve;
mod tally;
mod ties;
mod vector;

use std::sync::Arc;

use num_bigint::BigUint;

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

/// Calls a function for the numbers, and the number of places for voices, that some worths need.
macro_rules! sized {
    ($magnitude:expr, $voices:expr, $run:ident($($argument:expr),*)) => {
        // Worths and their differences fit into half of the range.
        match ($magnitude < 1 << 61, $voices) {
            (true, 0 | 1) => $run::<i64, 1>($($argument),*),
            (true, 2) => $run::<i64, 2>($($argument),*),
            (true, 3) => $run::<i64, 3>($($argument),*),
            (true, 4) => $run::<i64, 4>($($argument),*),
            (true, 5) => $run::<i64, 5>($($argument),*),
            (true, 6..=8) => $run::<i64, 8>($($argument),*),
            (false, 0..=8) => $run::<i128, 8>($($argument),*),
            (_, 9..=VOICES) => $run::<i128, VOICES>($($argument),*),
            _ => Err(Stop::Limit {
                what: "voices at once",
                limit: VOICES as u64,
            }),
        }
    };
}

/// The Pareto frontier of all packages for some voices, given as places in [`DealSpace::voices`].
///
/// Exact for any rules and terms; what couples many issues costs more. When it is stopped, there are no points.
pub(super) fn frontier(space: &DealSpace, voices: &[usize], budget: &Budget) -> Outcome<Frontier> {
    let magnitude = magnitude(space, voices);
    match sized!(magnitude, voices.len(), frontier_in(space, voices, budget)) {
        Ok(found) => Outcome::Complete(found),
        Err(stop) => Outcome::Stopped(Frontier::new(voices.to_vec(), Vec::new()), stop),
    }
}

/// How many of the packages that the rules permit are worth as much to each of some voices as is asked for.
pub(super) fn count(
    space: &DealSpace,
    asked: &[(usize, i128)],
    budget: &Budget,
) -> Outcome<BigUint> {
    let voices: Vec<usize> = asked.iter().map(|(voice, _)| *voice).collect();
    let worths: Vec<i128> = asked.iter().map(|(_, worth)| *worth).collect();
    // What is asked for is compared with worths, so that it counts among them.
    let farthest = asked.iter().map(|(voice, worth)| {
        let base = space.voices[*voice].worth.base;
        worth.saturating_abs().saturating_add(base.saturating_abs())
    });
    let magnitude = magnitude(space, &voices).saturating_add(farthest.max().unwrap_or(0));
    match sized!(
        magnitude,
        voices.len(),
        count_in(space, &voices, &worths, budget)
    ) {
        Ok(found) => Outcome::Complete(found),
        Err(stop) => Outcome::Stopped(BigUint::ZERO, stop),
    }
}

/// An error of a budget when so many of something do not fit into its memory.
fn fits<T>(number: usize, budget: &Budget) -> Result<(), Stop> {
    if (number as u64).saturating_mul(size_of::<T>() as u64) > budget.max_memory {
        return Err(Stop::Limit {
            what: "bytes of memory",
            limit: budget.max_memory,
        });
    }
    Ok(())
}

/// The numbers were chosen by the size of the worths, so that this does not happen.
fn too_small<N>() -> Stop {
    Stop::Limit {
        what: "bits in a worth",
        limit: 8 * size_of::<N>() as u64,
    }
}

fn count_in<N: Whole, const M: usize>(
    space: &DealSpace,
    voices: &[usize],
    worths: &[i128],
    budget: &Budget,
) -> Result<BigUint, Stop> {
    let mut meter = Meter::new(budget, "steps of counting packages");
    meter.check()?;
    let Ok(mut setup) = Setup::<N, M>::new(space, voices) else {
        return Err(too_small::<N>());
    };
    let above = worths.iter().zip(&setup.base);
    let above = above.map(|(worth, base)| N::try_from(worth.saturating_sub(*base)));
    let Ok(asked) = above.collect::<Result<Vec<N>, _>>() else {
        return Err(too_small::<N>());
    };
    let size = space.raw_size();
    count::count(&mut setup, &space.sizes, &asked, &size, &mut meter)
}

fn frontier_in<N: Whole, const M: usize>(
    space: &DealSpace,
    voices: &[usize],
    budget: &Budget,
) -> Result<Frontier, Stop> {
    let mut meter = Meter::new(budget, "steps of the search for efficient packages");
    meter.check()?;
    let Ok(mut setup) = Setup::<N, M>::new(space, voices) else {
        return Err(too_small::<N>());
    };
    let solved = solve(&mut setup, &space.sizes, &mut meter)?;
    let counts = solved.tally(&space.raw_size());
    let base = setup.base;
    let worth = |inner: &[N; M]| -> Vec<i128> {
        base.iter()
            .zip(inner)
            .map(|(base, units)| base + (*units).into())
            .collect()
    };
    let efficient = solved.efficient().iter().map(worth);
    let points = efficient
        .zip(counts)
        .map(|(worth, packages)| Point { worth, packages });
    let points = points.collect();
    let listing = Listing {
        solved,
        base,
        sizes: space.sizes.clone(),
    };
    Ok(Frontier::new(voices.to_vec(), points).with_ties(Arc::new(listing)))
}
