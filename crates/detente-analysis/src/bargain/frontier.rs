//! The packages that nobody can better without somebody losing.

use num_bigint::BigUint;

use super::space::{Deal, DealSpace};
use crate::budget::{Budget, Outcome, Stop};

/// All worths of the Pareto-efficient packages to some voices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    /// The voices, as places in [`DealSpace::voices`].
    pub voices: Vec<usize>,
    /// The different worths, best for the first voice first, then for the second, and so on.
    pub points: Vec<Point>,
}

/// What Pareto-efficient packages are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// To each voice of the frontier, in its units.
    pub worth: Vec<i128>,
    /// How many packages are worth just that.
    pub packages: BigUint,
}

/// The Pareto frontier of all packages for some voices, given as places in [`DealSpace::voices`].
pub fn frontier(space: &DealSpace, voices: &[usize], budget: &Budget) -> Outcome<Frontier> {
    let mut deals: Vec<Vec<i128>> = Vec::new();
    let mut deal: Deal = vec![0; space.sizes.len()];
    let mut stop = None;
    let mut done = 0_u64;
    loop {
        if done >= budget.max_steps {
            stop = Some(Stop::Limit {
                what: "packages",
                limit: budget.max_steps,
            });
            break;
        }
        done += 1;
        if space.permits(&deal) {
            deals.push(
                voices
                    .iter()
                    .map(|v| space.voices[*v].worth.of(&deal))
                    .collect(),
            );
        }
        if !next(&mut deal, &space.sizes) {
            break;
        }
    }
    deals.sort_unstable_by(|a, b| b.cmp(a));
    let mut points: Vec<Point> = Vec::new();
    for worth in deals {
        if let Some(last) = points.iter_mut().find(|p| p.worth == worth) {
            last.packages += 1_u32;
        } else if !points
            .iter()
            .any(|p| p.worth.iter().zip(&worth).all(|(a, b)| a >= b))
        {
            points.push(Point {
                worth,
                packages: BigUint::from(1_u32),
            });
        }
    }
    let found = Frontier {
        voices: voices.to_vec(),
        points,
    };
    match stop {
        None => Outcome::Complete(found),
        Some(stop) => Outcome::Stopped(found, stop),
    }
}

/// The next package in lexicographic order; false after the last one.
fn next(deal: &mut Deal, sizes: &[u32]) -> bool {
    for (level, size) in deal.iter_mut().zip(sizes).rev() {
        if u32::from(*level) + 1 < *size {
            *level += 1;
            return true;
        }
        *level = 0;
    }
    false
}
