//! Log-rolling: concessions on one issue that pay for those on another.

use num_rational::BigRational;
use num_traits::Zero;

use super::super::space::Deal;
use super::talks::Talks;
use crate::budget::{Budget, Outcome, Stop};

/// One issue's part in a trade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The issue.
    pub issue: usize,
    /// Its level before.
    pub from: u16,
    /// Its level after.
    pub to: u16,
    /// What the change is worth by itself to every voice of the space, in its units. Where combinations of
    /// levels have a worth of their own, the changes of a trade need not add up to its gains.
    pub worth: Vec<i128>,
}

/// One change, or two that pay for each other, by which everybody gains or loses nothing, and somebody gains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trade {
    /// The issues that change, ascending.
    pub changes: Vec<Change>,
    /// The package after the trade.
    pub deal: Deal,
    /// What the trade is worth to every voice of the space, in its units.
    pub gains: Vec<i128>,
}

/// The trades that are open from a package.
///
#[doc = include_str!("exchange.md")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trades {
    /// Changes of one issue.
    pub free: Vec<Trade>,
    /// Exchanges on two issues.
    pub exchanges: Vec<Trade>,
    /// How many exchanges there are, of which the best are listed.
    pub found: u64,
}

/// The trades by which none of these voices loses and one gains; of the exchanges the best `limit`.
pub fn trades(
    talks: &Talks<'_>,
    voices: &[usize],
    from: &[u16],
    limit: usize,
    budget: &Budget,
) -> Outcome<Trades> {
    let mut found = Trades::default();
    let mut tried = 0_u64;
    let stop = search(talks, voices, from, limit, budget, &mut tried, &mut found).err();
    sort(talks, voices, &mut found.free);
    sort(talks, voices, &mut found.exchanges);
    found.exchanges.truncate(limit);
    match stop {
        None => Outcome::Complete(found),
        Some(stop) => Outcome::Stopped(found, stop),
    }
}

fn search(
    talks: &Talks<'_>,
    voices: &[usize],
    from: &[u16],
    limit: usize,
    budget: &Budget,
    tried: &mut u64,
    found: &mut Trades,
) -> Result<(), Stop> {
    let space = talks.space;
    let before = talks.worth(from);
    let gains = |deal: &[u16]| -> Vec<i128> {
        let after = talks.worth(deal).into_iter().zip(&before);
        after.map(|(a, b)| a - b).collect()
    };
    let mut deal = from.to_vec();
    let mut singles: Vec<(Change, bool)> = Vec::new();
    for (issue, size) in space.sizes.iter().enumerate() {
        for to in (0..*size).filter_map(|to| u16::try_from(to).ok()) {
            if to == from[issue] {
                continue;
            }
            step(tried, budget)?;
            deal[issue] = to;
            let change = Change {
                issue,
                from: from[issue],
                to,
                worth: gains(&deal),
            };
            let free = space.permits(&deal) && improves(voices, &change.worth);
            if free {
                found.free.push(Trade {
                    deal: deal.clone(),
                    gains: change.worth.clone(),
                    changes: vec![change.clone()],
                });
            }
            singles.push((change, free));
        }
        deal[issue] = from[issue];
    }
    for (place, (first, free)) in singles.iter().enumerate() {
        if *free {
            continue;
        }
        deal[first.issue] = first.to;
        for (second, free) in &singles[place + 1..] {
            if *free || second.issue == first.issue {
                continue;
            }
            step(tried, budget)?;
            deal[second.issue] = second.to;
            let together = gains(&deal);
            if improves(voices, &together) && space.permits(&deal) {
                found.found += 1;
                found.exchanges.push(Trade {
                    changes: vec![first.clone(), second.clone()],
                    deal: deal.clone(),
                    gains: together,
                });
                // Kept short now and then, rather than after each.
                if found.exchanges.len() > 4 * limit + 1000 {
                    sort(talks, voices, &mut found.exchanges);
                    found.exchanges.truncate(limit);
                }
            }
            deal[second.issue] = from[second.issue];
        }
        deal[first.issue] = from[first.issue];
    }
    Ok(())
}

/// Counts a package that is looked at.
pub(super) fn step(tried: &mut u64, budget: &Budget) -> Result<(), Stop> {
    *tried += 1;
    if *tried > budget.max_steps {
        return Err(Stop::Limit {
            what: "packages tried",
            limit: budget.max_steps,
        });
    }
    if tried.is_multiple_of(1 << 16) && budget.is_cancelled() {
        return Err(Stop::Cancelled);
    }
    Ok(())
}

/// Whether none of these voices loses and one gains; the gains are those of all voices.
pub(super) fn improves(voices: &[usize], gains: &[i128]) -> bool {
    voices.iter().all(|v| gains[*v] >= 0) && voices.iter().any(|v| gains[*v] > 0)
}

/// The smallest gain and the sum of gains of these voices, in utilities.
pub(super) fn merit(
    talks: &Talks<'_>,
    voices: &[usize],
    gains: &[i128],
) -> (BigRational, BigRational) {
    let utilities = voices.iter().map(|v| talks.utility(*v, gains[*v]));
    let sum = utilities
        .clone()
        .fold(BigRational::zero(), |sum, u| sum + u);
    (utilities.min().unwrap_or_else(BigRational::zero), sum)
}

fn sort(talks: &Talks<'_>, voices: &[usize], trades: &mut [Trade]) {
    trades.sort_by_cached_key(|t| {
        let (least, sum) = merit(talks, voices, &t.gains);
        (std::cmp::Reverse((least, sum)), t.deal.clone())
    });
}

/// Goes from a package by the best trade to the next, until there is none: free gains first. `most` is how many
/// trades are made at most.
pub fn climb(
    talks: &Talks<'_>,
    voices: &[usize],
    from: &[u16],
    most: usize,
    budget: &Budget,
) -> Outcome<Vec<Trade>> {
    let mut path: Vec<Trade> = Vec::new();
    let mut tried = 0;
    while path.len() < most {
        let at = path.last().map_or(from, |t| &t.deal).to_vec();
        let mut found = Trades::default();
        if let Err(stop) = search(talks, voices, &at, 1, budget, &mut tried, &mut found) {
            return Outcome::Stopped(path, stop);
        }
        sort(talks, voices, &mut found.free);
        sort(talks, voices, &mut found.exchanges);
        let best = found.free.into_iter().chain(found.exchanges).next();
        match best {
            None => break,
            Some(trade) => path.push(trade),
        }
    }
    Outcome::Complete(path)
}

/// The package that splits every issue by itself: on each the level at which the voice that does worst there does
/// best, in shares of the way from its worst to its best level of this issue; the lowest of several. Voices to
/// whom an issue makes no difference have no say in it, and neither have combinations of levels. `None` when the
/// rules exclude that package.
pub fn compromise(talks: &Talks<'_>, voices: &[usize]) -> Option<Deal> {
    let space = talks.space;
    let mut deal = Vec::with_capacity(space.sizes.len());
    for (issue, size) in space.sizes.iter().enumerate() {
        let mut best: Option<(Option<BigRational>, u16)> = None;
        for level in (0..*size).filter_map(|l| u16::try_from(l).ok()) {
            let shares = voices.iter().filter_map(|v| {
                let table = &space.voices[*v].worth.tables[issue];
                let (least, most) = (table.iter().min()?, table.iter().max()?);
                let above = table[usize::from(level)] - least;
                (most > least).then(|| BigRational::new(above.into(), (most - least).into()))
            });
            let worst = shares.min();
            if best.as_ref().is_none_or(|(known, _)| worst > *known) {
                best = Some((worst, level));
            }
        }
        deal.push(best?.1);
    }
    space.permits(&deal).then_some(deal)
}
