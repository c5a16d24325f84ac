//! The sampled engine: many histories, each drawn with random numbers of its own.
//!
//! A history jumps from state to state as its parties reconsider (D. T. Gillespie, "Exact stochastic simulation of
//! coupled chemical reactions", Journal of Physical Chemistry 81, 1977): the waiting time is exponential with the
//! rate at which somebody moves. What is left of it at an event goes on after it, as the exponential law has no
//! memory. Only whole numbers are summed, so that the result does not depend on the number of threads.

use std::collections::BTreeMap;

use detente_model::PartyId;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;
use rayon::prelude::*;

use super::Unforecast;
use super::kernel::{Fresh, Ground, Kernel, Ready, Rules};
use super::process::{Happened, Node, Process};
use super::random::{Streams, below, fraction, pick, waiting, whole};
use super::schedule::{Environments, Schedule};
use super::worlds::Doubts;
use super::{Behaviour, Mover};
use crate::{Budget, StateId, Stop};

/// Replicates that one thread goes through before it looks for more work.
const PIECE: u64 = 512;
/// Pieces between two reports of progress.
const ROUND: u64 = 64;
/// Steps of one history at most.
const MOST_STEPS: u64 = 10_000_000;
/// Steps of a path that are told apart; longer histories end in the same mark.
pub(super) const MOST_LEGS: usize = 16;
/// Parts of a day in which times are added up.
pub(super) const TICKS: f64 = 1_000_000.0;

/// From which games histories are drawn.
pub(super) enum Games<'a> {
    /// All of them are worked out: for each its share of 2^64, added up, and one kernel for each environment.
    Listed(Vec<(u64, &'a [Kernel])>),
    /// There are too many.
    Drawn {
        doubts: &'a Doubts<'a, 'a, 'a>,
        grounds: &'a [Ground],
        models: &'a [usize],
        behaviours: &'a [Behaviour],
    },
}

/// What the replicates need.
pub(super) struct Draws<'a> {
    pub(super) process: &'a Process<'a, 'a>,
    pub(super) schedule: &'a Schedule,
    pub(super) environments: &'a Environments,
    pub(super) games: &'a Games<'a>,
    pub(super) rates: &'a [f64],
    pub(super) skipped: Option<usize>,
    pub(super) members: &'a [u64],
    pub(super) targets: usize,
    pub(super) dates: &'a [u32],
    pub(super) seed: u64,
    /// The first so many replicates tell their paths.
    pub(super) told: u64,
    /// The first so many replicates tell where they end.
    pub(super) ends: u64,
}

/// One leg of a path: who or what moved, and where to.
pub(super) type Leg = (Mover, StateId);

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) replicates: u64,
    /// Date after date, for each target in how many replicates the state is in it.
    pub(super) at: Vec<u64>,
    /// Target after target, for each day how many replicates reach it first on that day.
    pub(super) first: Vec<u64>,
    /// For each target the sum of the times at which it is first reached, in millionths of a day.
    pub(super) times: Vec<u128>,
    /// For each planned event how often this came of one of its parts.
    pub(super) happened: Vec<[u64; Happened::ALL.len()]>,
    /// How often each event took place.
    pub(super) took_place: Vec<u64>,
    /// How often each path was gone; `None` of its last leg's place for one that goes on.
    pub(super) paths: BTreeMap<(Vec<Leg>, bool), u64>,
    /// For each of the first replicates the targets in which it ends.
    pub(super) ends: Vec<u64>,
}

impl Counts {
    fn new(draws: &Draws<'_>) -> Self {
        let days = draws.schedule.days as usize + 1;
        let planned = draws.schedule.planned.len();
        Self {
            replicates: 0,
            at: vec![0; draws.dates.len() * draws.targets],
            first: vec![0; days * draws.targets],
            times: vec![0; draws.targets],
            happened: vec![[0; Happened::ALL.len()]; planned],
            took_place: vec![0; planned],
            paths: BTreeMap::new(),
            ends: Vec::new(),
        }
    }

    /// Adds the counts of the replicates that follow.
    fn join(mut self, next: Self) -> Self {
        self.replicates += next.replicates;
        for (mine, theirs) in [
            (&mut self.at, &next.at),
            (&mut self.first, &next.first),
            (&mut self.took_place, &next.took_place),
        ] {
            for (a, b) in mine.iter_mut().zip(theirs) {
                *a += b;
            }
        }
        for (mine, theirs) in self.happened.iter_mut().zip(&next.happened) {
            for (a, b) in mine.iter_mut().zip(theirs) {
                *a += b;
            }
        }
        for (a, b) in self.times.iter_mut().zip(&next.times) {
            *a += b;
        }
        for (path, count) in next.paths {
            *self.paths.entry(path).or_default() += count;
        }
        self.ends.extend(next.ends);
        self
    }
}

/// Draws replicates and counts. When the user asks to stop, the counts are those of the first
/// [`Counts::replicates`].
pub(super) fn count(
    draws: &Draws<'_>,
    replicates: u64,
    what: &str,
    budget: &Budget,
) -> Result<(Counts, Option<Stop>), Unforecast> {
    let streams = Streams::new(draws.seed);
    let mut sum = Counts::new(draws);
    let mut next = 0;
    while next < replicates {
        budget.report(what, next, replicates);
        let end = replicates.min(next + PIECE * ROUND);
        let pieces: Vec<u64> = (next..end).step_by(PIECE as usize).collect();
        let counted = pieces
            .into_par_iter()
            .map(|from| {
                let mut player = Player::new(draws, budget);
                for replicate in from..end.min(from + PIECE) {
                    if budget.is_cancelled() {
                        return Err(Unforecast::Stopped(Stop::Cancelled));
                    }
                    player.replicate(replicate, streams.of(replicate))?;
                }
                Ok(player.counts)
            })
            .try_reduce_with(|first, next| Ok(first.join(next)));
        match counted {
            Some(Ok(part)) => sum = sum.join(part),
            Some(Err(Unforecast::Stopped(Stop::Cancelled))) => {
                return Ok((sum, Some(Stop::Cancelled)));
            }
            Some(Err(problem)) => return Err(problem),
            None => {}
        }
        next = end;
    }
    budget.report(what, replicates, replicates);
    Ok((sum, None))
}

/// Something that stands in the way of time: an event, or a date at which the state is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stopover {
    day: u32,
    /// Whether it is a date, which comes after the events of the day.
    date: bool,
    order: u32,
    place: u32,
}

/// Goes through replicates one after another.
struct Player<'d> {
    draws: &'d Draws<'d>,
    budget: &'d Budget,
    counts: Counts,
    /// The stopovers whose day is known and that take place for certain.
    fixed: Vec<Stopover>,
    stopovers: Vec<Stopover>,
    branches: Vec<(f64, Node, Happened)>,
    path: Vec<Leg>,
    longer: bool,
    telling: bool,
    seen: u64,
}

impl<'d> Player<'d> {
    fn new(draws: &'d Draws<'d>, budget: &'d Budget) -> Self {
        let mut fixed = Vec::new();
        for (place, event) in draws.schedule.planned.iter().enumerate() {
            let known = event.is_certain() && !event.is_undated();
            if known && event.last <= draws.schedule.days && draws.skipped != Some(place) {
                fixed.push(stopover(event.last, place, event.order));
            }
        }
        for (place, day) in draws.dates.iter().enumerate() {
            fixed.push(Stopover {
                day: *day,
                date: true,
                order: 0,
                place: place as u32,
            });
        }
        fixed.sort_unstable();
        Self {
            draws,
            budget,
            counts: Counts::new(draws),
            fixed,
            stopovers: Vec::new(),
            branches: Vec::new(),
            path: Vec::new(),
            longer: false,
            telling: false,
            seen: 0,
        }
    }

    fn replicate(&mut self, replicate: u64, mut random: ChaCha8Rng) -> Result<(), Unforecast> {
        self.stopovers.clear();
        self.stopovers.extend_from_slice(&self.fixed);
        let mut inserted = false;
        for (place, event) in self.draws.schedule.planned.iter().enumerate() {
            if event.is_certain() && !event.is_undated() {
                continue;
            }
            // Both numbers are drawn in any case, so that runs with and without an event share the others.
            let happens = fraction(&mut random) < event.chance;
            let window = event.last - event.first + 1;
            let day = event.first + below(random.next_u64(), u64::from(window)) as u32;
            if happens && day <= self.draws.schedule.days && self.draws.skipped != Some(place) {
                self.stopovers.push(stopover(day, place, event.order));
                inserted = true;
            }
        }
        if inserted {
            self.stopovers.sort_unstable();
        }
        self.path.clear();
        self.longer = false;
        self.telling = replicate < self.draws.told;
        let world = random.next_u64();
        let end = match self.draws.games {
            Games::Listed(list) => {
                let place = list.partition_point(|(share, _)| *share <= world);
                let kernels = list.get(place).or(list.last()).map_or(&[][..], |(_, k)| *k);
                self.play(&mut Ready(kernels), random)?
            }
            Games::Drawn {
                doubts,
                grounds,
                models,
                behaviours,
            } => {
                let rankings = doubts.drawn(&mut random);
                let mut rules = Fresh {
                    grounds,
                    models,
                    rankings,
                    behaviours,
                    groups: &self.draws.process.groups,
                    budget: self.budget,
                    found: Vec::new(),
                    problem: None,
                };
                let end = self.play(&mut rules, random)?;
                if let Some(problem) = rules.problem {
                    return Err(problem);
                }
                end
            }
        };
        if self.telling {
            let path = (std::mem::take(&mut self.path), self.longer);
            *self.counts.paths.entry(path).or_default() += 1;
        }
        if replicate < self.draws.ends {
            self.counts.ends.push(end);
        }
        self.counts.replicates += 1;
        Ok(())
    }

    fn members(&self, state: StateId) -> u64 {
        self.draws.members.get(state.index()).copied().unwrap_or(0)
    }

    /// Notes that a state is entered.
    fn enter(&mut self, mover: Mover, state: StateId, time: f64) {
        if self.telling {
            if self.path.len() < MOST_LEGS {
                self.path.push((mover, state));
            } else {
                self.longer = true;
            }
        }
        self.reach(state, time);
    }

    fn reach(&mut self, state: StateId, time: f64) {
        let mut new = self.members(state) & !self.seen;
        if new == 0 {
            return;
        }
        self.seen |= new;
        let days = self.draws.schedule.days as usize + 1;
        let day = (whole(time.ceil()) as usize).min(days - 1);
        while new != 0 {
            let target = new.trailing_zeros() as usize;
            if let Some(count) = self.counts.first.get_mut(target * days + day) {
                *count += 1;
            }
            if let Some(sum) = self.counts.times.get_mut(target) {
                *sum += u128::from(whole(time * TICKS));
            }
            new &= new - 1;
        }
    }

    /// Follows one history; gives the targets in which it ends.
    fn play(&mut self, rules: &mut impl Rules, mut random: ChaCha8Rng) -> Result<u64, Unforecast> {
        let Some(start) = self.draws.process.game.status_quo else {
            return Ok(0);
        };
        let mut node = Node {
            state: start,
            moved: 0,
            drafts: Vec::new(),
        };
        let mut environment = 0_u32;
        self.seen = 0;
        self.reach(start, 0.0);
        let mut time = 0.0;
        let mut patience = waiting(&mut random);
        let mut steps = 0_u64;
        for place in 0..=self.stopovers.len() {
            let stop = self.stopovers.get(place).copied();
            let until = stop.map_or(f64::from(self.draws.schedule.days), |s| f64::from(s.day));
            loop {
                let mut rate = 0.0;
                for (party, own) in self.draws.rates.iter().enumerate() {
                    if !rules.choices(environment, party, node.state).is_empty() {
                        rate += own;
                    }
                }
                let ahead = (until - time) * rate;
                if patience >= ahead {
                    patience -= ahead;
                    time = until;
                    break;
                }
                time += patience / rate;
                patience = waiting(&mut random);
                steps += 1;
                if steps > MOST_STEPS {
                    return Err(Unforecast::Stopped(Stop::Limit {
                        what: "steps of one history",
                        limit: MOST_STEPS,
                    }));
                }
                let mut left = fraction(&mut random) * rate;
                let mut mover = None;
                for (party, own) in self.draws.rates.iter().enumerate() {
                    if !rules.choices(environment, party, node.state).is_empty() {
                        mover = Some(party);
                        left -= own;
                        if left < 0.0 {
                            break;
                        }
                    }
                }
                let Some(party) = mover else { break };
                let choices = rules.choices(environment, party, node.state);
                let Some(&to) = choices.get(pick(&mut random, choices.len())) else {
                    break;
                };
                let party = PartyId(party as u16);
                node.moved |= self.draws.process.moved(&[party], node.state, to);
                node.state = to;
                self.enter(Mover::Party(party), to, time);
            }
            let Some(stop) = stop else { break };
            if stop.date {
                self.note(stop.place as usize, node.state);
            } else {
                let planned = stop.place as usize;
                environment = self.draws.environments.after(environment, planned);
                if let Some(count) = self.counts.took_place.get_mut(planned) {
                    *count += 1;
                }
                self.event(rules, environment, planned, &mut node, time, &mut random);
            }
        }
        Ok(self.members(node.state))
    }

    /// Counts where a history is on a date.
    fn note(&mut self, date: usize, state: StateId) {
        let mut members = self.members(state);
        while members != 0 {
            let target = members.trailing_zeros() as usize;
            if let Some(count) = self.counts.at.get_mut(date * self.draws.targets + target) {
                *count += 1;
            }
            members &= members - 1;
        }
    }

    fn event(
        &mut self,
        rules: &mut impl Rules,
        environment: u32,
        planned: usize,
        node: &mut Node,
        time: f64,
        random: &mut ChaCha8Rng,
    ) {
        for part in 0..self.draws.process.parts(planned) {
            let mut branches = std::mem::take(&mut self.branches);
            self.draws
                .process
                .branch(rules, environment, planned, part, node, &mut branches);
            let chosen = if branches.len() > 1 {
                let mut left = fraction(random);
                let found = branches.iter().position(|(probability, _, _)| {
                    left -= probability;
                    left < 0.0
                });
                found.unwrap_or(branches.len() - 1)
            } else {
                0
            };
            if chosen < branches.len() {
                let (_, next, happened) = branches.swap_remove(chosen);
                let sums = self.counts.happened.get_mut(planned);
                if let Some(sum) = sums.and_then(|s| s.get_mut(happened as usize)) {
                    *sum += 1;
                }
                let entered = next.state != node.state;
                *node = next;
                if entered {
                    self.enter(Mover::Event(self.event_of(planned)), node.state, time);
                }
            }
            self.branches = branches;
        }
    }

    fn event_of(&self, planned: usize) -> usize {
        self.draws
            .schedule
            .planned
            .get(planned)
            .map_or(0, |p| p.event)
    }
}

fn stopover(day: u32, place: usize, order: usize) -> Stopover {
    Stopover {
        day,
        date: false,
        order: order as u32,
        place: place as u32,
    }
}
