//! The whole table at one look: who could agree to what, what nobody can better, what rules of division pick, and
//! what the packages with a name are worth.

use num_bigint::BigUint;

use super::frontier::{Frontier, frontier};
use super::named::{Answer, Named, Unclear, fits, named};
use super::space::{Deal, DealSpace};
use crate::budget::{Budget, Outcome, Stop};
use crate::model::bargain::Bargain;

/// What having no agreement is taken to be worth to a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fallback {
    /// Its reservation value, or its worst permitted package where that is better or no reservation is given.
    #[default]
    Better,
    /// Its reservation value, even when every package is better; its worst package where none is given.
    Reservation,
    /// Its worst permitted package.
    Worst,
}

/// What is asked of the table.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who sits at it, as places in [`DealSpace::voices`].
    pub voices: Vec<usize>,
    /// What having no agreement is taken to be worth.
    pub fallback: Fallback,
    /// How many different worths are listed at most to show all packages.
    pub cloud: usize,
}

/// Somebody at the table or at home, in its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side {
    /// What its worst permitted package is worth to it.
    pub worst: i128,
    /// What its best permitted package is worth to it.
    pub best: i128,
    /// What having no agreement is taken to be worth to it.
    pub floor: i128,
    /// Whether that is its reservation value.
    pub by_reservation: bool,
}

/// The whole table.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Every voice of the space.
    pub sides: Vec<Side>,
    /// How many packages the rules permit.
    pub permitted: Result<BigUint, Stop>,
    /// How many of them are worth to all at the table at least what having no agreement is.
    pub weak: Result<BigUint, Stop>,
    /// How many are worth more to all at the table.
    pub strict: Result<BigUint, Stop>,
    /// What nobody at the table can better without somebody there losing.
    pub frontier: Frontier,
    /// For each point whether it is worth to all at the table at least what having no agreement is.
    pub acceptable: Vec<bool>,
    /// The packages with a name, in order.
    pub named: Vec<Result<Named, Unclear>>,
    /// Whether each fact fits the numbers, in order; `None` when they do not say.
    pub facts: Vec<Option<Answer>>,
    /// What the permitted packages are worth to those at the table, each worth once, ascending; empty when there
    /// are too many.
    pub cloud: Vec<Vec<i128>>,
}

/// Why there is no overview.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoOverview {
    /// No package satisfies the rules.
    #[error("the rules permit no package")]
    Forbidden,
    /// What packages are worth at least and at most was not found.
    #[error("the worst and best packages were not found: {0}")]
    Stopped(Stop),
}

/// All combinations of levels at most, for the worths of all packages to be listed.
const MOST_LISTED: u32 = 50_000;

/// Looks at the whole table. When the frontier was not found, the rest is what can be said without it.
pub fn overview(
    space: &DealSpace,
    bargain: &Bargain,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Overview>, NoOverview> {
    let sides = sides(space, request.fallback, budget)?;
    let floor = |voice: usize| sides.get(voice).map(|s| s.floor);
    let found = frontier(space, &request.voices, budget);
    let (frontier, stop) = match found {
        Outcome::Complete(frontier) => (frontier, None),
        Outcome::Stopped(frontier, stop) => (frontier, Some(stop)),
    };
    let accepts = |worth: &[i128]| {
        let at_table = frontier.voices.iter().zip(worth);
        at_table.into_iter().all(|(v, w)| Some(*w) >= floor(*v))
    };
    let acceptable: Vec<bool> = frontier.points.iter().map(|p| accepts(&p.worth)).collect();
    let packages = bargain.packages.iter();
    let named: Vec<Result<Named, Unclear>> = packages
        .map(|p| named(space, p, &frontier, &acceptable))
        .collect();
    let facts = bargain.facts.iter();
    let facts = facts.map(|f| fits(space, f, &named, floor)).collect();
    let cloud = cloud(space, &request.voices, request.cloud);
    let found = Overview {
        permitted: Ok(BigUint::from(0_u32)),
        weak: Ok(BigUint::from(0_u32)),
        strict: Ok(BigUint::from(0_u32)),
        sides,
        frontier,
        acceptable,
        named,
        facts,
        cloud,
    };
    Ok(match stop {
        None => Outcome::Complete(found),
        Some(stop) => Outcome::Stopped(found, stop),
    })
}

/// What every voice has at worst, at best, and without an agreement.
fn sides(space: &DealSpace, fallback: Fallback, _budget: &Budget) -> Result<Vec<Side>, NoOverview> {
    let bounds = temporary_bounds(space).ok_or(NoOverview::Forbidden)?;
    let side = |(voice, (worst, best)): (&super::space::Voice, (i128, i128))| {
        let given = voice.reservation.filter(|given| match fallback {
            Fallback::Better => *given >= worst,
            Fallback::Reservation => true,
            Fallback::Worst => false,
        });
        Side {
            worst,
            best,
            floor: given.unwrap_or(worst),
            by_reservation: given.is_some(),
        }
    };
    Ok(space.voices.iter().zip(bounds).map(side).collect())
}

fn temporary_bounds(space: &DealSpace) -> Option<Vec<(i128, i128)>> {
    let mut bounds: Option<Vec<(i128, i128)>> = None;
    let mut deal: Deal = vec![0; space.sizes.len()];
    loop {
        if space.permits(&deal) {
            let worths = space.voices.iter().map(|v| v.worth.of(&deal));
            bounds = Some(match bounds {
                None => worths.map(|w| (w, w)).collect(),
                Some(old) => worths
                    .zip(old)
                    .map(|(w, (a, b))| (a.min(w), b.max(w)))
                    .collect(),
            });
        }
        if !next(&mut deal, &space.sizes) {
            return bounds;
        }
    }
}

/// What all permitted packages are worth to those at the table, each worth once; empty when they are too many.
fn cloud(space: &DealSpace, voices: &[usize], most: usize) -> Vec<Vec<i128>> {
    if most == 0 || space.raw_size() > BigUint::from(MOST_LISTED) {
        return Vec::new();
    }
    let mut deals: Vec<Deal> = vec![Vec::new()];
    for size in &space.sizes {
        let longer = |begun: &Deal| -> Vec<Deal> {
            let levels = (0..=u16::MAX).take(*size as usize);
            let one = |level| {
                let mut deal = begun.clone();
                deal.push(level);
                deal
            };
            levels.map(one).collect()
        };
        deals = deals.iter().flat_map(longer).collect();
    }
    deals.retain(|d| space.permits(d));
    let worth = |deal: &Deal| -> Vec<i128> {
        let voices = voices.iter().filter_map(|v| space.voices.get(*v));
        voices.map(|v| v.worth.of(deal)).collect()
    };
    let mut worths: Vec<Vec<i128>> = deals.iter().map(worth).collect();
    worths.sort_unstable();
    worths.dedup();
    if worths.len() > most {
        worths.clear();
    }
    worths
}

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
