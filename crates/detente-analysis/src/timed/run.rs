//! Putting a forecast together.

use detente_model::Model;
use detente_model::syntax::Diagnostic;
use jiff::civil::Date;
use rayon::prelude::*;

use super::exact::{self, Task, Trace};
use super::findings::{
    Changed, CrossCheck, EventFinding, Forecast, Found, PaceFinding, Path, Reference, Share,
    TargetFinding,
};
use super::kernel::{Ground, Kernel};
use super::process::{Happened, Process};
use super::sample::{self, Counts, Draws, Games, TICKS};
use super::schedule::{Environments, Schedule, days_between, grid};
use super::worlds::{Doubts, World};
use super::{MOST_DAYS, MOST_PAIRED, MOST_TARGETS, MOST_TOLD, Method, Request, Unforecast};
use crate::doubt::{Family, MOST_COMPLETIONS};
use crate::{Budget, Game, Outcome, Stop};

/// Distinct games that the exact engine goes through, at most.
const MOST_EXACT_GAMES: usize = 64;
/// Kernels that are worked out beforehand, at most: one for each distinct game and each environment.
const MOST_KERNELS: usize = 2048;
/// Histories that the exact engine tells apart, at most, unless it is asked for.
const USUAL_NODES: usize = 20_000;
/// The same when it is asked for.
const MOST_NODES: usize = 2_000_000;
/// Steps of the exact engine in all, at most, unless it is asked for.
const USUAL_WORK: u64 = 3_000_000_000;
/// How many paths are listed.
const MOST_PATHS: usize = 10;
/// Flags for defaults, at most.
const MOST_FLAGS: usize = 64;
/// Probabilities that are smaller count as 0 where it is asked whether something is reached at all.
const NIL: f64 = 1e-12;
/// Days that are no more than rounding.
const ROUNDING: f64 = 1e-9;

/// Makes the model after some events; see [`detente_model::present::after`].
pub(super) type After<'a> = dyn Fn(&[usize]) -> Result<Model, Vec<Diagnostic>> + 'a;

/// Answers a request. When drawing ends early, the result is that of the histories drawn until then.
///
/// `after` makes the model after some events that are yet to come, given as indices into the record's events; it is
/// asked only about events that change preferences or directions.
///
/// # Errors
///
/// When the model does not say where and when the process begins, when the request or the calendar is too large,
/// when only an exact answer will do and there is none, and when the budget is cancelled or used up.
pub fn forecast(
    game: &Game<'_>,
    after: &After<'_>,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Forecast>, Unforecast> {
    let model = game.model;
    let start = model.as_of.ok_or(Unforecast::NoDay)?;
    if game.status_quo.is_none() {
        return Err(Unforecast::NoStatusQuo);
    }
    let targets = request.targets.len();
    if targets == 0 || targets > MOST_TARGETS {
        return Err(Unforecast::Targets { targets });
    }
    let too_far = Unforecast::Horizon {
        start,
        until: request.until,
    };
    let schedule = Schedule::new(model, start, request.until)
        .filter(|s| s.days > 0 && s.days <= MOST_DAYS)
        .ok_or(too_far)?;
    let environments = Environments::new(model, &schedule)?;
    let models = models(after, &environments)?;
    let mut games: Vec<Game<'_>> = vec![game.clone()];
    for (model, list) in models.iter().zip(environments.changes.iter().skip(1)) {
        let next = Game::new(model, budget).map_err(Unforecast::Changes)?;
        if next.space != game.space || next.rankings.len() != game.rankings.len() {
            let event = list.last().copied().unwrap_or(0);
            return Err(Unforecast::OtherStates { event });
        }
        games.push(next);
    }
    let mut families = Vec::with_capacity(games.len());
    for game in &games {
        let family = Family::new(game, MOST_COMPLETIONS, budget).map_err(Unforecast::Stopped)?;
        families.push(family);
    }
    let doubts = Doubts::new(&families);
    let meeting = f64::from(request.meeting.min(1_000_000)) / 1_000_000.0;
    let process = Process::new(game, &schedule, &environments, meeting);
    if process.flags() > MOST_FLAGS {
        return Err(Unforecast::TooManyEvents {
            events: process.flags(),
            most: MOST_FLAGS,
        });
    }
    let places: Vec<usize> = (0..environments.list.len() as u32)
        .map(|e| environments.changes_of(e))
        .collect();
    let mut moves = 0_u64;
    let mut grounds = Vec::with_capacity(places.len());
    for (environment, place) in environments.list.iter().zip(&places) {
        let Some(game) = games.get(*place) else {
            continue;
        };
        let ground = Ground::new(game, &environment.closed, &process.groups, budget)?;
        moves = moves.saturating_add(ground.moves() as u64);
        if moves > budget.max_moves {
            return Err(Unforecast::Stopped(Stop::Limit {
                what: "moves",
                limit: budget.max_moves,
            }));
        }
        grounds.push(ground);
    }
    let worlds = doubts.listed(MOST_KERNELS / places.len().max(1));
    let kernels = match &worlds {
        Some(worlds) => kernels(worlds, &grounds, &places, &process, request, budget)?,
        None => Vec::new(),
    };
    let dates = dates(request, &schedule);
    let mut members = vec![0_u64; game.space.len()];
    for (place, target) in request.targets.iter().enumerate() {
        for state in target.states.iter() {
            if let Some(mask) = members.get_mut(state.index()) {
                *mask |= 1 << place;
            }
        }
    }
    let rates: Vec<f64> = request
        .paces
        .iter()
        .map(|pace| 1_000_000.0 / (*pace).max(1) as f64)
        .collect();
    let listed;
    let games = if let Some(worlds) = &worlds {
        listed = shares(worlds, &kernels);
        Games::Listed(listed)
    } else {
        Games::Drawn {
            doubts: &doubts,
            grounds: &grounds,
            models: &places,
            behaviours: &request.behaviours,
        }
    };
    let asked = Asked {
        request,
        schedule: &schedule,
        environments: &environments,
        process: &process,
        rates: &rates,
        members: &members,
        dates: &dates,
        games: &games,
        budget,
    };
    let doubts = doubts.len();
    match (request.method, worlds.as_deref()) {
        (Method::Sampled, _) => asked.sampled(None, doubts),
        (Method::Exact | Method::Both, None) => Err(Unforecast::TooManyGames),
        (method, Some(worlds)) if method != Method::Auto || worlds.len() <= MOST_EXACT_GAMES => {
            match asked.exact(worlds, &kernels, doubts) {
                Err(Unforecast::TooLarge(stop)) if method == Method::Auto => {
                    asked.sampled(Some(Unforecast::TooLarge(stop)), doubts)
                }
                other => other,
            }
        }
        (_, _) => asked.sampled(Some(Unforecast::TooManyGames), doubts),
    }
}

fn models(after: &After<'_>, environments: &Environments) -> Result<Vec<Model>, Unforecast> {
    let lists = environments.changes.iter().skip(1);
    lists
        .map(|list| after(list).map_err(Unforecast::Changes))
        .collect()
}

fn kernels(
    worlds: &[World],
    grounds: &[Ground],
    places: &[usize],
    process: &Process<'_, '_>,
    request: &Request,
    budget: &Budget,
) -> Result<Vec<Vec<Kernel>>, Unforecast> {
    let of = |world: &World| {
        let mut own = Vec::with_capacity(grounds.len());
        for (ground, place) in grounds.iter().zip(places) {
            let rankings = world.rankings.get(*place).map_or(&[][..], Vec::as_slice);
            own.push(Kernel::new(
                ground,
                rankings,
                &request.behaviours,
                &process.groups,
                budget,
            )?);
        }
        Ok(own)
    };
    worlds.par_iter().map(of).collect()
}

/// For each game the share of 2^64 at which it ends, when the games stand one after another.
fn shares<'k>(worlds: &[World], kernels: &'k [Vec<Kernel>]) -> Vec<(u64, &'k [Kernel])> {
    const ALL: f64 = 18_446_744_073_709_551_616.0;
    let mut sum = 0.0;
    let last = worlds.len().saturating_sub(1);
    let both = worlds.iter().zip(kernels).enumerate();
    both.map(|(place, (world, kernels))| {
        sum += world.weight;
        let share = if place == last {
            u64::MAX
        } else {
            (sum * ALL) as u64
        };
        (share, kernels.as_slice())
    })
    .collect()
}

fn dates(request: &Request, schedule: &Schedule) -> Vec<u32> {
    if request.dates.is_empty() {
        return grid(schedule);
    }
    let days = request
        .dates
        .iter()
        .filter_map(|d| days_between(schedule.start, *d));
    let mut days: Vec<u32> = days.filter(|d| *d <= schedule.days).collect();
    days.push(schedule.days);
    days.sort_unstable();
    days.dedup();
    days
}

/// A question made ready.
struct Asked<'a> {
    request: &'a Request,
    schedule: &'a Schedule,
    environments: &'a Environments,
    process: &'a Process<'a, 'a>,
    rates: &'a [f64],
    members: &'a [u64],
    dates: &'a [u32],
    games: &'a Games<'a>,
    budget: &'a Budget,
}

/// One run of the exact engine.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Base,
    Reach(usize),
    Without(usize),
    Pace(usize, f64),
}

impl Asked<'_> {
    fn paced(&self, party: usize, factor: f64) -> Vec<f64> {
        let rates = self.rates.iter().enumerate();
        rates
            .map(|(p, rate)| if p == party { rate * factor } else { *rate })
            .collect()
    }

    fn draws<'d>(
        &'d self,
        rates: &'d [f64],
        skipped: Option<usize>,
        told: u64,
        ends: u64,
    ) -> Draws<'d> {
        Draws {
            process: self.process,
            schedule: self.schedule,
            environments: self.environments,
            games: self.games,
            rates,
            skipped,
            members: self.members,
            targets: self.request.targets.len(),
            dates: self.dates,
            seed: self.request.seed,
            told,
            ends,
        }
    }

    fn exact(
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
        let mixed = self.mixed(worlds, &kinds, &base, &rest);
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

    /// For each kind the mixture of all games.
    fn mixed(
        &self,
        worlds: &[World],
        kinds: &[Kind],
        base: &[Trace],
        rest: &[Trace],
    ) -> Vec<Trace> {
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

    fn sampled(
        &self,
        because: Option<Unforecast>,
        doubts: usize,
    ) -> Result<Outcome<Forecast>, Unforecast> {
        let replicates = self.request.replicates.max(1);
        let paired = if self.request.comparisons {
            replicates.min(MOST_PAIRED)
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
        if self.request.comparisons {
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

    fn check(&self, exact: &[TargetFinding], counts: &Counts) -> CrossCheck {
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

    fn dates(&self) -> Vec<Date> {
        self.dates.iter().map(|d| self.schedule.date(*d)).collect()
    }

    /// The reference classes of which all classes are targets.
    fn references(&self, forecast: &Forecast, replicates: Option<u64>) -> Vec<Reference> {
        let references = self.process.game.model.record.references.iter().enumerate();
        let found = references.filter_map(|(place, reference)| {
            let target = |class: &usize| {
                self.request
                    .targets
                    .iter()
                    .position(|t| t.class == Some(*class))
            };
            let targets: Vec<usize> = reference
                .classes
                .iter()
                .map(target)
                .collect::<Option<_>>()?;
            let at = |t: &usize| Some(forecast.targets.get(*t)?.at.last()?.value);
            let value: f64 = targets.iter().filter_map(at).sum();
            let mut model = Share::exact(value);
            if let Some(of) = replicates {
                model.error = (model.value * (1.0 - model.value) / of.max(1) as f64).sqrt();
            }
            (!targets.is_empty()).then_some(Reference {
                reference: place,
                targets,
                model,
            })
        });
        found.collect()
    }
}

/// The most frequent paths; those that are as frequent, in their own order.
fn paths(counts: &Counts) -> Vec<Path> {
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
