//! An exact answer: runs of the exact engine, put together.

use rayon::prelude::*;

use super::drawn::paths;
use super::exact::{self, Task, Trace};
use super::findings::{Changed, EventFinding, Forecast, Found, PaceFinding, Share, TargetFinding};
use super::kernel::Kernel;
use super::process::Happened;
use super::run::{Asked, NIL};
use super::sample;
use super::worlds::World;
use super::{MOST_TOLD, Method, Unforecast};
use crate::{Outcome, Stop};

/// Histories that the exact engine tells apart, at most, unless it is asked for.
const USUAL_NODES: usize = 20_000;
/// The same when it is asked for.
const MOST_NODES: usize = 2_000_000;
/// Steps of the exact engine in all, at most, unless it is asked for.
const USUAL_WORK: u64 = 3_000_000_000;
/// Days that are no more than rounding.
const ROUNDING: f64 = 1e-9;

/// One run of the exact engine.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Base,
    Reach(usize),
    Without(usize),
    Pace(usize, f64),
}

impl Asked<'_> {
    pub(super) fn exact(
        &self,
        worlds: &[World],
        kernels: &[Vec<Kernel>],
        doubts: usize,
    ) -> Result<Outcome<Forecast>, Unforecast> {
        let targets = self.request.targets.len();
        let mut kinds = vec![Kind::Base];
        kinds.extend((0..targets).map(Kind::Reach));
        if self.request.comparisons {
            kinds.extend((0..self.schedule.planned.len()).map(Kind::Without));
            kinds.extend(
                (0..self.rates.len()).flat_map(|p| [Kind::Pace(p, 0.5), Kind::Pace(p, 2.0)]),
            );
        }
        let base = self.runs(worlds, kernels, &kinds[..1])?;
        let work: u64 = base.iter().map(|t| t.work).sum();
        let all = work.saturating_mul(kinds.len() as u64);
        if self.request.method == Method::Auto && all > USUAL_WORK {
            return Err(Unforecast::TooLarge(Stop::Limit {
                what: "steps of the exact engine",
                limit: USUAL_WORK,
            }));
        }
        let rest = self.runs(worlds, kernels, &kinds[1..])?;
        let traces = base.iter().chain(&rest);
        let nodes = traces.clone().map(|t| t.nodes).max().unwrap_or(0);
        let lost = traces.map(|t| t.lost).fold(NIL, f64::max);
        let mixed = mixed(worlds, &kinds, &base, &rest);
        let Some((main, others)) = mixed.split_first() else {
            return Err(Unforecast::NoStatusQuo);
        };
        let (reach, compared) = others.split_at(targets.min(others.len()));
        let findings = (0..targets).map(|t| self.passage(t, main, reach.get(t)));
        let targets_found: Vec<TargetFinding> = findings.collect();
        let end = |trace: &Trace, target: usize| {
            trace
                .at
                .last()
                .and_then(|at| at.get(target))
                .copied()
                .unwrap_or(0.0)
        };
        let less = |a: &Trace, b: &Trace| -> Vec<Changed> {
            let changed = |t| Changed {
                by: end(a, t) - end(b, t),
                error: 0.0,
            };
            (0..targets).map(changed).collect()
        };
        let events = self
            .schedule
            .planned
            .iter()
            .enumerate()
            .map(|(place, planned)| EventFinding {
                event: planned.event,
                takes_place: Share::exact(main.took_place.get(place).copied().unwrap_or(0.0)),
                happened: main.happened.get(place).copied().unwrap_or_default(),
                changes: compared
                    .get(place)
                    .map_or(Vec::new(), |without| less(main, without)),
            });
        let events: Vec<EventFinding> = events.collect();
        let paced = compared
            .get(self.schedule.planned.len()..)
            .unwrap_or_default();
        let paces = paced.chunks_exact(2).map(|pair| PaceFinding {
            slower: pair.first().map_or(Vec::new(), |t| less(t, main)),
            faster: pair.last().map_or(Vec::new(), |t| less(t, main)),
        });
        let both = self.request.method == Method::Both;
        let told = if both {
            self.request.replicates
        } else {
            self.request.replicates.min(MOST_TOLD)
        };
        let draws = self.draws(self.rates, None, told.min(MOST_TOLD), 0);
        let (counts, stop) = sample::count(&draws, told, "histories", self.budget)?;
        let mut forecast = Forecast {
            start: self.schedule.start,
            until: self.schedule.date(self.schedule.days),
            dates: self.dates(),
            found: Found::Exact {
                games: worlds.len(),
                nodes,
                bound: lost,
            },
            doubts,
            paces: paces.collect(),
            paths: paths(&counts),
            told: counts.replicates.min(MOST_TOLD),
            check: both.then(|| self.check(&targets_found, &counts)),
            targets: targets_found,
            events,
            references: Vec::new(),
        };
        forecast.references = self.references(&forecast, None);
        Ok(match stop {
            None => Outcome::Complete(forecast),
            Some(stop) => Outcome::Stopped(forecast, stop),
        })
    }

    /// Runs of each kind, for one game after another.
    fn runs(
        &self,
        worlds: &[World],
        kernels: &[Vec<Kernel>],
        kinds: &[Kind],
    ) -> Result<Vec<Trace>, Unforecast> {
        let auto = self.request.method == Method::Auto;
        let jobs: Vec<(usize, Kind)> = kinds
            .iter()
            .flat_map(|kind| (0..worlds.len()).map(move |w| (w, *kind)))
            .collect();
        let total = jobs.len() as u64;
        let done = std::sync::atomic::AtomicU64::new(0);
        let one = |(world, kind): &(usize, Kind)| {
            let rates = match kind {
                Kind::Pace(party, factor) => self.paced(*party, *factor),
                _ => self.rates.to_vec(),
            };
            let absorbing = match kind {
                Kind::Reach(target) => self.request.targets.get(*target).map(|t| &t.states),
                _ => None,
            };
            let task = Task {
                process: self.process,
                schedule: self.schedule,
                environments: self.environments,
                kernels: kernels.get(*world).map_or(&[][..], Vec::as_slice),
                rates: &rates,
                skipped: match kind {
                    Kind::Without(planned) => Some(*planned),
                    _ => None,
                },
                absorbing,
                members: self.members,
                targets: self.request.targets.len(),
                dates: self.dates,
                most_nodes: if auto { USUAL_NODES } else { MOST_NODES },
                most_work: if auto {
                    USUAL_WORK
                } else {
                    self.budget.max_work
                },
            };
            let trace = exact::run(task, self.budget);
            let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            self.budget.report("runs of the exact engine", done, total);
            trace
        };
        let traces: Vec<Result<Trace, Stop>> = jobs.par_iter().map(one).collect();
        let traces: Result<Vec<Trace>, Stop> = traces.into_iter().collect();
        traces.map_err(|stop| match stop {
            Stop::Cancelled => Unforecast::Stopped(stop),
            Stop::Limit { .. } => Unforecast::TooLarge(stop),
        })
    }

    fn passage(&self, target: usize, main: &Trace, reach: Option<&Trace>) -> TargetFinding {
        let at = main
            .at
            .iter()
            .map(|at| Share::exact(at.get(target).copied().unwrap_or(0.0)));
        let none = Trace::default();
        let reach = reach.unwrap_or(&none);
        let by = |day: usize| reach.absorbed.get(day).copied().unwrap_or(0.0);
        let days = self.schedule.days as usize;
        let all = by(days);
        let quartile = |share: f64| {
            let first = (0..=days).find(|d| by(*d) >= share * all - NIL);
            self.schedule.date(first.unwrap_or(days) as u32)
        };
        TargetFinding {
            at: at.collect(),
            reached: self
                .dates
                .iter()
                .map(|d| Share::exact(by(*d as usize)))
                .collect(),
            mean: (all > NIL).then(|| {
                let mean = days as f64 - reach.integral / all;
                if mean < ROUNDING { 0.0 } else { mean }
            }),
            quartiles: (all > NIL).then(|| [quartile(0.25), quartile(0.5), quartile(0.75)]),
            never: Share::exact(1.0 - all),
        }
    }
}

/// For each kind the mixture of all games.
fn mixed(worlds: &[World], kinds: &[Kind], base: &[Trace], rest: &[Trace]) -> Vec<Trace> {
    let all: Vec<&Trace> = base.iter().chain(rest).collect();
    let per_kind = all.chunks(worlds.len().max(1));
    let mixtures = kinds.iter().zip(per_kind).map(|(_, traces)| {
        let mut mixture = Trace::default();
        for (world, trace) in worlds.iter().zip(traces) {
            mixture.add(trace, world.weight);
        }
        mixture
    });
    mixtures.collect()
}

impl Trace {
    /// Adds another run with a weight.
    fn add(&mut self, other: &Self, weight: f64) {
        let sum = |mine: &mut Vec<f64>, theirs: &[f64]| {
            mine.resize(theirs.len(), 0.0);
            for (a, b) in mine.iter_mut().zip(theirs) {
                *a += weight * b;
            }
        };
        self.at.resize(other.at.len(), Vec::new());
        for (mine, theirs) in self.at.iter_mut().zip(&other.at) {
            sum(mine, theirs);
        }
        sum(&mut self.absorbed, &other.absorbed);
        sum(&mut self.took_place, &other.took_place);
        self.integral += weight * other.integral;
        self.happened
            .resize(other.happened.len(), [0.0; Happened::ALL.len()]);
        for (mine, theirs) in self.happened.iter_mut().zip(&other.happened) {
            for (a, b) in mine.iter_mut().zip(theirs) {
                *a += weight * b;
            }
        }
    }
}
