//! The whole table at one look: who could agree to what, what nobody can better, what rules of division pick, and
//! what the packages with a name are worth.

use num_bigint::BigUint;

use super::count::{Floor, permitted};
use super::frontier::{Frontier, frontier};
use super::named::{Named, Table, Unclear};
use super::readings::Answer;
use super::solution::{Chosen, Disagreement, Solution, Stake, Stakes, choose, stakes};
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
    /// The rules of division.
    pub solutions: Vec<Solution>,
    /// Work that is spent on each count at most. What is counted is not needed for anything else, and nobody
    /// should have to wait for it.
    pub counting: u64,
    /// How many different worths are listed at most to show all packages.
    pub cloud: usize,
}

/// The whole table.
#[derive(Debug, Clone)]
pub struct Overview {
    /// What every voice of the space has to win and to lose.
    pub sides: Vec<Stake>,
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
    /// What each rule of division that was asked for picks; `None` when it picks nothing.
    pub chosen: Vec<(Solution, Option<Chosen>)>,
    /// The packages with a name, in order.
    pub named: Vec<Result<Named, Unclear>>,
    /// Whether each fact fits the numbers, in order; `None` when they do not say.
    pub facts: Vec<Option<Answer>>,
    /// What the permitted packages are worth to those at the table, each worth once, ascending; empty when there
    /// are too many.
    pub cloud: Vec<Vec<i128>>,
}

/// What somebody who is not at the table makes of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent {
    /// Who, as a place in [`DealSpace::voices`].
    pub voice: usize,
    /// What the package is worth to it, in its units.
    pub worth: i128,
    /// Whether that is at least what having no agreement is worth to it.
    pub accepts: bool,
}

impl Overview {
    /// Everybody who is not at the table, as places in [`DealSpace::voices`].
    pub fn absent(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.sides.len()).filter(|v| !self.frontier.voices.contains(v))
    }

    /// What those who are not at the table make of a package.
    pub fn at_home(&self, space: &DealSpace, deal: &[u16]) -> Vec<Absent> {
        let one = |voice: usize| {
            let worth = space.voices[voice].worth.of(deal);
            let accepts = worth >= self.sides[voice].disagreement;
            Absent {
                voice,
                worth,
                accepts,
            }
        };
        self.absent().map(one).collect()
    }
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
///
/// # Errors
///
/// When there is no package, or when not even the best and worst packages were found.
pub fn overview(
    space: &DealSpace,
    bargain: &Bargain,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Overview>, NoOverview> {
    let sides = sides(space, request.fallback, budget)?;
    let (frontier, stop) = match frontier(space, &request.voices, budget) {
        Outcome::Complete(frontier) => (frontier, None),
        Outcome::Stopped(frontier, stop) => (frontier, Some(stop)),
    };
    let at_table = Stakes {
        voices: request.voices.iter().map(|v| sides[*v]).collect(),
    };
    let mut acceptable = vec![false; frontier.points.len()];
    for place in at_table.rational(&frontier) {
        acceptable[place] = true;
    }
    let chosen = request.solutions.iter();
    let chosen = chosen
        .map(|s| (*s, choose(*s, space, &frontier, &at_table)))
        .collect();
    let mut counting = budget.clone();
    counting.max_work = request.counting;
    let table = Table {
        space,
        sides: &sides,
        frontier: &frontier,
        acceptable: &acceptable,
        whole: stop.is_none(),
        budget,
        counting: &counting,
    };
    let packages = bargain.packages.iter();
    let named: Vec<Result<Named, Unclear>> = packages.map(|p| table.named(p)).collect();
    let facts = bargain.facts.iter();
    let facts = facts.map(|f| table.fits(f, &named)).collect();
    let floors = |more: i128| -> Vec<Floor> {
        let voices = request.voices.iter();
        let floor = |voice: &usize| Floor {
            voice: *voice,
            worth: sides[*voice].disagreement + more,
        };
        voices.map(floor).collect()
    };
    let count = |more| super::count::acceptable(space, &floors(more), &counting).complete();
    // Without a package that all could accept there is nothing to count.
    let none = stop.is_none() && !acceptable.contains(&true);
    let (weak, strict) = if none {
        (Ok(BigUint::ZERO), Ok(BigUint::ZERO))
    } else {
        match count(0) {
            // What is harder than the other is not tried after it.
            Err(stop) => (Err(stop.clone()), Err(stop)),
            weak => (weak, count(1)),
        }
    };
    let found = Overview {
        permitted: permitted(space, &counting).complete(),
        weak,
        strict,
        chosen,
        acceptable,
        named,
        facts,
        cloud: cloud(space, &request.voices, request.cloud),
        sides,
        frontier,
    };
    Ok(match stop {
        None => Outcome::Complete(found),
        Some(stop) => Outcome::Stopped(found, stop),
    })
}

/// What every voice of the space has to win and to lose.
///
/// # Errors
///
/// When there is no package, or when the best and worst packages were not found.
pub fn sides(
    space: &DealSpace,
    fallback: Fallback,
    budget: &Budget,
) -> Result<Vec<Stake>, NoOverview> {
    let all: Vec<usize> = (0..space.voices.len()).collect();
    let from = match fallback {
        Fallback::Better | Fallback::Worst => Disagreement::ReservationOrWorst,
        Fallback::Reservation => Disagreement::Reservation,
    };
    let found = stakes(space, &all, from, budget).complete();
    let mut sides = found
        .map_err(NoOverview::Stopped)?
        .ok_or(NoOverview::Forbidden)?
        .voices;
    if fallback == Fallback::Worst {
        for side in &mut sides {
            side.disagreement = side.least;
            side.is_worst = true;
        }
    }
    Ok(sides)
}

/// What all permitted packages are worth to those at the table, each worth once; empty when they are too many.
fn cloud(space: &DealSpace, voices: &[usize], most: usize) -> Vec<Vec<i128>> {
    if most == 0 || space.raw_size() > BigUint::from(MOST_LISTED) {
        return Vec::new();
    }
    let worth = |deal: Deal| -> Vec<i128> {
        let voices = voices.iter().filter_map(|v| space.voices.get(*v));
        voices.map(|v| v.worth.of(&deal)).collect()
    };
    let mut worths: Vec<Vec<i128>> = space.deals().map(worth).collect();
    worths.sort_unstable();
    worths.dedup();
    if worths.len() > most {
        worths.clear();
    }
    worths
}
