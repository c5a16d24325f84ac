//! The packages that offers are made of.

use std::collections::BTreeSet;

use super::super::frontier::frontier;
use super::super::space::{Deal, DealSpace, turn};
use crate::budget::{Budget, Outcome, Stop};

/// How finely the weights of parties are varied when the packages are too many to list: about so many mixtures.
const MIXTURES: u32 = 256;
/// How much work the search for efficient packages may take before mixtures stand in for them.
const FRONTIER_WORK: u64 = 100_000_000;

/// Packages, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    issues: usize,
    levels: Vec<u16>,
    /// Whether these are all packages that there are.
    pub whole: bool,
}

impl Listing {
    /// How many they are.
    pub fn len(&self) -> usize {
        self.levels.len() / self.issues.max(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// One of them: the level of each issue.
    pub fn deal(&self, number: u32) -> &[u16] {
        let from = number as usize * self.issues;
        self.levels
            .get(from..from + self.issues)
            .unwrap_or_default()
    }

    /// All of them, in order.
    pub fn deals(&self) -> impl ExactSizeIterator<Item = &[u16]> {
        self.levels.chunks_exact(self.issues.max(1))
    }

    /// All packages of a space in lexicographic order, or a part of them when they are more than the budget
    /// has states, or take more steps to enumerate: see [`part`].
    pub(super) fn new(space: &DealSpace, parties: &[usize], budget: &Budget) -> Result<Self, Stop> {
        if space.raw_size() <= budget.max_steps.into()
            && let Some(whole) = whole(space, budget)?
        {
            return Ok(whole);
        }
        part(space, parties, budget)
    }
}

/// All packages; `None` when they are too many.
fn whole(space: &DealSpace, budget: &Budget) -> Result<Option<Listing>, Stop> {
    let issues = space.sizes.len();
    let most = usize::try_from(budget.max_states).unwrap_or(usize::MAX);
    let most = most.min(u32::MAX as usize - 1).saturating_mul(issues);
    let mut levels = Vec::new();
    let mut deal: Deal = vec![0; issues];
    let mut looked = 0_u64;
    loop {
        looked += 1;
        if looked.is_multiple_of(1 << 16) {
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            budget.report("packages listed", looked, 0);
        }
        if space.permits(&deal) {
            if levels.len() >= most {
                return Ok(None);
            }
            levels.extend_from_slice(&deal);
        }
        if !turn(&mut deal, &space.sizes) {
            return Ok(Some(Listing {
                issues,
                levels,
                whole: true,
            }));
        }
    }
}

/// A part of very many packages: Pareto-efficient ones for the parties, and everything that differs from one of
/// these in a single issue and is permitted. One package stands for each efficient point; when these, or what
/// differs from them, are still too many, every second one, every third one and so on. Where the frontier is out
/// of reach, the packages that are best for mixtures of the parties' worths stand in for it: see [`mixed`].
fn part(space: &DealSpace, parties: &[usize], budget: &Budget) -> Result<Listing, Stop> {
    let most = usize::try_from(budget.max_states).unwrap_or(usize::MAX);
    let found = frontier(space, parties, &within(budget));
    let bases: Vec<Deal> = match found {
        Outcome::Stopped(_, Stop::Cancelled) => return Err(Stop::Cancelled),
        Outcome::Complete(frontier) => {
            let points = frontier.points.len();
            let some = (0..points).step_by(points.div_ceil(most.max(1)).max(1));
            some.filter_map(|p| frontier.packages(p, 1).pop()).collect()
        }
        Outcome::Stopped(..) => mixed(space, parties),
    };
    let mut listed: BTreeSet<Deal> = bases.iter().filter(|d| space.permits(d)).cloned().collect();
    let changes: usize = space.sizes.iter().map(|s| *s as usize - 1).sum();
    let room = most.saturating_sub(listed.len()) / changes.max(1);
    let every = bases.len().div_ceil(room.max(1)).max(1);
    let total = bases.len().div_ceil(every) as u64;
    'all: for (done, base) in (1_u64..).zip(bases.iter().step_by(every)) {
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let mut deal = base.clone();
        for issue in 0..deal.len() {
            let own = deal[issue];
            for level in (0..=u16::MAX).take_while(|l| u32::from(*l) < space.sizes[issue]) {
                if listed.len() >= most {
                    break 'all;
                }
                deal[issue] = level;
                if space.permits(&deal) {
                    listed.insert(deal.clone());
                }
            }
            deal[issue] = own;
        }
        budget.report("neighbours of efficient packages", done, total);
    }
    Ok(Listing {
        issues: space.sizes.len(),
        levels: listed.into_iter().flatten().collect(),
        whole: false,
    })
}

/// What a search among packages that are too many to list may use.
pub(super) fn within(budget: &Budget) -> Budget {
    let mut within = budget.silent();
    within.max_work = within.max_work.min(FRONTIER_WORK);
    within
}

/// For many mixtures of the parties' worths, each divided by its range, the levels that are best for the mixture
/// issue by issue. What combinations are worth is not looked at, nor what the rules exclude.
fn mixed(space: &DealSpace, parties: &[usize]) -> Vec<Deal> {
    let mixtures = mixtures(parties.len());
    let best = mixtures.iter().map(|m| best_for(space, parties, m));
    best.collect::<BTreeSet<Deal>>().into_iter().collect()
}

/// Weights of the parties that sum to one number, spread evenly.
fn mixtures(parties: usize) -> Vec<Vec<u32>> {
    // So many steps from one party to the next that the mixtures stay few.
    let mut steps = 1;
    while steps < MIXTURES && mixtures_of(parties, steps + 1) <= u128::from(MIXTURES) {
        steps += 1;
    }
    let mut found = vec![Vec::new()];
    for party in 0..parties {
        let mut longer = Vec::new();
        for mixture in found {
            let left = steps - mixture.iter().sum::<u32>();
            let least = if party + 1 == parties { left } else { 0 };
            for weight in least..=left {
                let mut one = mixture.clone();
                one.push(weight);
                longer.push(one);
            }
        }
        found = longer;
    }
    found
}

/// How many ways there are to give `steps` to so many parties.
fn mixtures_of(parties: usize, steps: u32) -> u128 {
    let mut ways = 1_u128;
    for k in 1..parties as u128 {
        ways = ways.saturating_mul(u128::from(steps) + k) / k;
    }
    ways
}

/// The levels that are best for a mixture of the parties' worths, issue by issue.
fn best_for(space: &DealSpace, parties: &[usize], mixture: &[u32]) -> Deal {
    let tables = |voice: usize| &space.voices[voice].worth.tables;
    let range = |voice: usize| -> f64 {
        let one = |t: &Vec<i128>| t.iter().max().zip(t.iter().min()).map_or(0, |(a, b)| a - b);
        (tables(voice).iter().map(one).sum::<i128>().max(1)) as f64
    };
    let by: Vec<(usize, f64)> = parties
        .iter()
        .zip(mixture)
        .map(|(voice, weight)| (*voice, f64::from(*weight) / range(*voice)))
        .collect();
    (0..space.sizes.len())
        .map(|issue| {
            let worth = |level: usize| -> f64 {
                let of = |(voice, by): &(usize, f64)| {
                    let table = tables(*voice).get(issue);
                    table
                        .and_then(|t| t.get(level))
                        .map_or(0.0, |w| *w as f64 * by)
                };
                by.iter().map(of).sum()
            };
            let mut best = (0_usize, worth(0));
            for level in 1..space.sizes[issue] as usize {
                let this = worth(level);
                if this > best.1 {
                    best = (level, this);
                }
            }
            best.0 as u16
        })
        .collect()
}
