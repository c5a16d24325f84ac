//! An answer from histories that were drawn, and what it is compared with.

use super::findings::{
    Changed, CrossCheck, EventFinding, Forecast, Found, PaceFinding, Path, Share, TargetFinding,
};
use super::run::{Asked, NIL};
use super::sample::{self, Counts, TICKS};
use super::{MOST_PAIRED, MOST_TOLD, Unforecast};
use crate::Outcome;

/// How many paths are listed.
const MOST_PATHS: usize = 10;
/// Events and dates that histories for comparison pass in all, at most; a minute or two.
const MOST_PASSED: u64 = 1 << 30;
/// Fewer histories than these compare nothing, unless no more are asked for.
const LEAST_PAIRED: u64 = 1000;

impl Asked<'_> {
    pub(super) fn sampled(
        &self,
        because: Option<Unforecast>,
        doubts: usize,
    ) -> Result<Outcome<Forecast>, Unforecast> {
        let replicates = self.request.replicates.max(1);
        let paired = if self.request.comparisons {
            self.paired(replicates)
        } else {
            0
        };
        let draws = self.draws(self.rates, None, replicates.min(MOST_TOLD), paired);
        let (counts, mut stop) = sample::count(&draws, replicates, "histories", self.budget)?;
        let mut other = |rates: &[f64], skipped: Option<usize>| -> Result<Vec<u64>, Unforecast> {
            if stop.is_some() || paired == 0 {
                return Ok(Vec::new());
            }
            let draws = self.draws(rates, skipped, 0, paired);
            let (counts, stopped) =
                sample::count(&draws, paired, "histories for comparison", self.budget)?;
            if stopped.is_some() {
                stop = stopped;
                return Ok(Vec::new());
            }
            Ok(counts.ends)
        };
        let mut events = Vec::new();
        let of = counts.replicates.max(1) as f64;
        for (place, planned) in self.schedule.planned.iter().enumerate() {
            let without = other(self.rates, Some(place))?;
            let happened = counts.happened.get(place).copied().unwrap_or_default();
            events.push(EventFinding {
                event: planned.event,
                takes_place: Share::counted(
                    counts.took_place.get(place).copied().unwrap_or(0),
                    counts.replicates,
                ),
                happened: happened.map(|n| n as f64 / of),
                changes: self.compared(&counts.ends, &without),
            });
        }
        let mut paces = Vec::new();
        if paired > 0 {
            for party in 0..self.rates.len() {
                let slower = other(&self.paced(party, 0.5), None)?;
                let faster = other(&self.paced(party, 2.0), None)?;
                paces.push(PaceFinding {
                    slower: self.compared(&slower, &counts.ends),
                    faster: self.compared(&faster, &counts.ends),
                });
            }
        }
        let mut forecast = Forecast {
            start: self.schedule.start,
            until: self.schedule.date(self.schedule.days),
            dates: self.dates(),
            found: Found::Sampled {
                replicates: counts.replicates,
                seed: self.request.seed,
                because: because.map(Box::new),
            },
            doubts,
            targets: self.counted(&counts),
            events,
            paces,
            paths: paths(&counts),
            told: counts.replicates.min(MOST_TOLD),
            check: None,
            references: Vec::new(),
        };
        forecast.references = self.references(&forecast, Some(counts.replicates));
        Ok(match stop {
            None => Outcome::Complete(forecast),
            Some(stop) => Outcome::Stopped(forecast, stop),
        })
    }

    /// How many histories are drawn for each comparison: fewer where there are very many events, each of which is a
    /// comparison and is passed in all others; none where they would be too few.
    fn paired(&self, replicates: u64) -> u64 {
        let planned = self.schedule.planned.len();
        let runs = (planned + 2 * self.rates.len()).max(1) as u64;
        let passed = (planned + self.dates.len() + 1) as u64;
        let most = MOST_PASSED / runs.saturating_mul(passed);
        let paired = replicates.min(MOST_PAIRED).min(most);
        if paired < LEAST_PAIRED.min(replicates) {
            return 0;
        }
        paired
    }

    fn counted(&self, counts: &Counts) -> Vec<TargetFinding> {
        let targets = self.request.targets.len();
        let days = self.schedule.days as usize + 1;
        let of = counts.replicates;
        let one = |target: usize| {
            let own = counts.first.get(target * days..).unwrap_or_default();
            let mut sum = 0;
            let by: Vec<u64> = own
                .iter()
                .take(days)
                .map(|count| {
                    sum += count;
                    sum
                })
                .collect();
            let hits = |day: u32| by.get(day as usize).copied().unwrap_or(0);
            let all = by.last().copied().unwrap_or(0);
            let quartile = |quarters: u64| {
                let first = by.iter().position(|n| 4 * n >= quarters * all);
                self.schedule.date(first.unwrap_or(days - 1) as u32)
            };
            let times = counts.times.get(target).copied().unwrap_or(0);
            let at = (0..self.dates.len()).map(|d| counts.at.get(d * targets + target).copied());
            TargetFinding {
                at: at.map(|n| Share::counted(n.unwrap_or(0), of)).collect(),
                reached: self
                    .dates
                    .iter()
                    .map(|d| Share::counted(hits(*d), of))
                    .collect(),
                mean: (all > 0).then(|| times as f64 / TICKS / all as f64),
                quartiles: (all > 0).then(|| [quartile(1), quartile(2), quartile(3)]),
                never: Share::counted(of - all, of),
            }
        };
        (0..targets).map(one).collect()
    }

    /// For each target how much more often the first ends in it than the second, replicate by replicate.
    fn compared(&self, first: &[u64], second: &[u64]) -> Vec<Changed> {
        if first.len() != second.len() || first.is_empty() {
            return Vec::new();
        }
        let of = first.len() as f64;
        let one = |target: usize| {
            let (mut more, mut less) = (0_u64, 0_u64);
            for (a, b) in first.iter().zip(second) {
                more += (a & !b) >> target & 1;
                less += (b & !a) >> target & 1;
            }
            let by = (more as f64 - less as f64) / of;
            Changed {
                by,
                error: (((more + less) as f64 / of - by * by).max(0.0) / of).sqrt(),
            }
        };
        (0..self.request.targets.len()).map(one).collect()
    }

    pub(super) fn check(&self, exact: &[TargetFinding], counts: &Counts) -> CrossCheck {
        let drawn = self.counted(counts);
        let of = counts.replicates.max(1) as f64;
        let mut check = CrossCheck {
            numbers: 0,
            difference: 0.0,
            errors: 0.0,
            replicates: counts.replicates,
        };
        for (exact, drawn) in exact.iter().zip(&drawn) {
            let both = exact.at.iter().zip(&drawn.at);
            for (exact, drawn) in both.chain(exact.reached.iter().zip(&drawn.reached)) {
                let difference = (exact.value - drawn.value).abs();
                let error = (exact.value * (1.0 - exact.value) / of).sqrt();
                check.numbers += 1;
                check.difference = check.difference.max(difference);
                if difference > NIL.sqrt() {
                    check.errors = check.errors.max(difference / error);
                }
            }
        }
        check
    }
}

/// The most frequent paths; those that are as frequent, in their own order.
pub(super) fn paths(counts: &Counts) -> Vec<Path> {
    let told = counts.paths.values().sum();
    let mut all: Vec<_> = counts.paths.iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let listed = all
        .into_iter()
        .take(MOST_PATHS)
        .map(|((legs, longer), count)| Path {
            legs: legs.clone(),
            longer: *longer,
            share: Share::counted(*count, told),
        });
    listed.collect()
}
