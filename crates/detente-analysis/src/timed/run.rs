//! Putting a forecast together.

use detente_model::Model;
use detente_model::syntax::Diagnostic;
use jiff::civil::Date;
use rayon::prelude::*;

use super::findings::{Forecast, Reference, Share};
use super::kernel::{Ground, Kernel};
use super::process::Process;
use super::random::whole;
use super::sample::{Draws, Games};
use super::schedule::{Environments, Schedule, days_between, grid};
use super::worlds::{Doubts, World};
use super::{MOST_DAYS, MOST_TARGETS, Method, Request, Unforecast};
use crate::doubt::{Family, MOST_COMPLETIONS};
use crate::{Budget, Game, Outcome, Stop};

/// Distinct games that the exact engine goes through, at most.
const MOST_EXACT_GAMES: usize = 64;
/// Kernels that are worked out beforehand, at most: one for each distinct game and each environment.
const MOST_KERNELS: usize = 2048;
/// Flags for defaults, at most.
const MOST_FLAGS: usize = 64;
/// Probabilities that are smaller count as 0 where it is asked whether something is reached at all.
pub(super) const NIL: f64 = 1e-12;

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
            whole(sum * ALL)
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
pub(super) struct Asked<'a> {
    pub(super) request: &'a Request,
    pub(super) schedule: &'a Schedule,
    pub(super) environments: &'a Environments,
    pub(super) process: &'a Process<'a, 'a>,
    pub(super) rates: &'a [f64],
    pub(super) members: &'a [u64],
    pub(super) dates: &'a [u32],
    pub(super) games: &'a Games<'a>,
    pub(super) budget: &'a Budget,
}

impl Asked<'_> {
    pub(super) fn paced(&self, party: usize, factor: f64) -> Vec<f64> {
        let rates = self.rates.iter().enumerate();
        rates
            .map(|(p, rate)| if p == party { rate * factor } else { *rate })
            .collect()
    }

    pub(super) fn draws<'d>(
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

    pub(super) fn dates(&self) -> Vec<Date> {
        self.dates.iter().map(|d| self.schedule.date(*d)).collect()
    }

    /// The reference classes of which all classes are targets.
    pub(super) fn references(
        &self,
        forecast: &Forecast,
        replicates: Option<u64>,
    ) -> Vec<Reference> {
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
