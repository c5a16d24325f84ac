//! The exact engine: the whole distribution over histories, day by day.
//!
//! Between the events of two days the process is a Markov chain in continuous time whose rates do not change, and
//! its distribution a day later is found by *uniformisation*: with a rate `r` that is at least the rate of leaving
//! any state, `exp(Q t) = sum over n of e^(-r t) (r t)^n / n! P^n`, where `P = I + Q/r` is stochastic, so that only
//! numbers from 0 to 1 are added. The sum is cut where what is left of the Poisson weights is below `TAIL`.
//! Sources: A. Jensen, "Markoff chains as an aid in the study of Markoff processes", Skandinavisk
//! Aktuarietidskrift 36 (1953); D. Gross and D. R. Miller, "The randomization technique as a modeling tool and
//! solution procedure for transient Markov processes", Operations Research 32 (1984).
//!
//! An event whose day is not known takes place, on each day of its window on which it has not yet, with its
//! probability given that; so the distribution is carried over pairs of what is in force and a history, and no
//! combination of days is gone through one by one. A first passage is found by making the target absorbing.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use super::kernel::{Kernel, Ready};
use super::process::{Happened, Node, Process};
use super::schedule::{Environments, Schedule};
use crate::{Budget, StateSet, Stop};

/// What one run needs.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) process: &'a Process<'a, 'a>,
    pub(super) schedule: &'a Schedule,
    pub(super) environments: &'a Environments,
    /// One for each environment.
    pub(super) kernels: &'a [Kernel],
    /// How often each party reconsiders in a day.
    pub(super) rates: &'a [f64],
    /// The event that does not take place in this run.
    pub(super) skipped: Option<usize>,
    /// Where histories end.
    pub(super) absorbing: Option<&'a StateSet>,
    /// For each state the targets that it belongs to.
    pub(super) members: &'a [u64],
    pub(super) targets: usize,
    pub(super) dates: &'a [u32],
    /// Histories that are told apart, at most.
    pub(super) most_nodes: usize,
    pub(super) most_work: u64,
}

/// What one run found.
#[derive(Debug, Clone, Default)]
pub(super) struct Trace {
    /// For each date the probability to be in each target.
    pub(super) at: Vec<Vec<f64>>,
    /// For each day the probability that the history has ended.
    pub(super) absorbed: Vec<f64>,
    /// The integral of that probability over time, in days.
    pub(super) integral: f64,
    /// For each planned event how probable it is that this came of one of its parts.
    pub(super) happened: Vec<[f64; Happened::ALL.len()]>,
    /// How probable each event is to take place within the time.
    pub(super) took_place: Vec<f64>,
    /// What was cut off.
    pub(super) lost: f64,
    /// The work that was done.
    pub(super) work: u64,
    /// How many histories were told apart.
    pub(super) nodes: usize,
}

/// What is in force, and which events of unknown day have taken place while their window is still open.
type Phase = (u64, u32);

pub(super) struct Run<'a> {
    pub(super) task: Task<'a>,
    pub(super) nodes: IndexSet<Node>,
    /// For each environment and node where the chain jumps: a party and one of its equally likely choices.
    pub(super) arcs: Vec<Vec<Option<Vec<Arc>>>>,
    /// Which nodes end a history.
    pub(super) ended: Vec<bool>,
    /// For each planned event of unknown day its place among these.
    pub(super) undated: Vec<Option<u32>>,
    /// The flags that still matter.
    pub(super) live: u64,
    pub(super) work: u64,
}

#[derive(Clone, Copy)]
pub(super) struct Arc {
    pub(super) to: u32,
    pub(super) party: u16,
    pub(super) share: f64,
}

/// Follows one game to the end.
pub(super) fn run(task: Task<'_>, budget: &Budget) -> Result<Trace, Stop> {
    let schedule = task.schedule;
    let undated = undated(schedule)?;
    let mut run = Run {
        task,
        nodes: IndexSet::new(),
        arcs: vec![Vec::new(); task.environments.list.len()],
        ended: Vec::new(),
        undated,
        live: u64::MAX,
        work: 0,
    };
    let mut trace = Trace {
        happened: vec![[0.0; Happened::ALL.len()]; schedule.planned.len()],
        took_place: vec![0.0; schedule.planned.len()],
        ..Trace::default()
    };
    let Some(start) = task.process.game.status_quo else {
        return Ok(trace);
    };
    let first = run.node(Node {
        state: start,
        moved: 0,
        drafts: Vec::new(),
    });
    let mut phases: BTreeMap<Phase, Vec<f64>> = BTreeMap::new();
    add(phases.entry((0, 0)).or_default(), first, 1.0);
    let mut by_text: Vec<usize> = (0..schedule.planned.len()).collect();
    by_text.sort_by_key(|p| schedule.planned.get(*p).map(|p| p.order));
    for day in 0..=schedule.days {
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        if day > 0 {
            for ((_, environment), mass) in &mut phases {
                trace.integral += run.pass(*environment, mass)?;
            }
        }
        for &planned in &by_text {
            run.event(day, planned, &mut phases, &mut trace)?;
        }
        phases = run.forget(day, phases);
        run.record(day, &phases, &mut trace);
    }
    trace.lost = (1.0 - phases.values().flatten().sum::<f64>()).abs();
    trace.work = run.work;
    trace.nodes = run.nodes.len();
    Ok(trace)
}

/// Numbers the events of unknown day.
fn undated(schedule: &Schedule) -> Result<Vec<Option<u32>>, Stop> {
    let mut count = 0;
    let places = schedule.planned.iter().map(|event| {
        event.is_undated().then(|| {
            count += 1;
            count - 1
        })
    });
    let places = places.collect();
    if count > u64::BITS {
        return Err(Stop::Limit {
            what: "events of unknown day",
            limit: u64::BITS.into(),
        });
    }
    Ok(places)
}

fn add(mass: &mut Vec<f64>, node: usize, probability: f64) {
    if mass.len() <= node {
        mass.resize(node + 1, 0.0);
    }
    if let Some(place) = mass.get_mut(node) {
        *place += probability;
    }
}

impl Run<'_> {
    pub(super) fn node(&mut self, node: Node) -> usize {
        let state = node.state;
        let (place, new) = self.nodes.insert_full(node);
        if new {
            let ends = self.task.absorbing.is_some_and(|set| set.contains(state));
            self.ended.push(ends);
        }
        place
    }

    /// The bit that says that an event of unknown day has taken place; none for an event whose day is known.
    fn bit(&self, planned: usize) -> u64 {
        self.undated
            .get(planned)
            .copied()
            .flatten()
            .map_or(0, |place| 1 << place)
    }

    pub(super) fn has_ended(&self, node: usize) -> bool {
        self.ended.get(node).copied().unwrap_or(false)
    }

    pub(super) fn work(&mut self, steps: usize) -> Result<(), Stop> {
        self.work = self.work.saturating_add(steps as u64);
        if self.work > self.task.most_work {
            return Err(Stop::Limit {
                what: "steps of the exact engine",
                limit: self.task.most_work,
            });
        }
        if self.nodes.len() > self.task.most_nodes {
            return Err(Stop::Limit {
                what: "histories that are told apart",
                limit: self.task.most_nodes as u64,
            });
        }
        Ok(())
    }

    /// Lets an event take place, as far as it does on this day.
    fn event(
        &mut self,
        day: u32,
        planned: usize,
        phases: &mut BTreeMap<Phase, Vec<f64>>,
        trace: &mut Trace,
    ) -> Result<(), Stop> {
        let Some(event) = self.task.schedule.planned.get(planned) else {
            return Ok(());
        };
        let hazard = event.hazard(day);
        if hazard <= 0.0 || self.task.skipped == Some(planned) {
            return Ok(());
        }
        let bit = self.bit(planned);
        let mut after: BTreeMap<Phase, Vec<f64>> = BTreeMap::new();
        for ((mask, environment), mass) in std::mem::take(phases) {
            let happens = if mask & bit != 0 { 0.0 } else { hazard };
            if happens < 1.0 {
                let stays = after.entry((mask, environment)).or_default();
                for (node, m) in mass.iter().enumerate().filter(|(_, m)| **m > 0.0) {
                    add(stays, node, m * (1.0 - happens));
                }
            }
            if happens > 0.0 {
                let mut moving = vec![0.0; mass.len()];
                for (to, m) in moving.iter_mut().zip(&mass) {
                    *to = m * happens;
                }
                if let Some(sum) = trace.took_place.get_mut(planned) {
                    *sum += moving.iter().sum::<f64>();
                }
                let next = self.task.environments.after(environment, planned);
                let moving = self.parts(planned, next, moving, trace)?;
                let to = after.entry((mask | bit, next)).or_default();
                for (node, m) in moving.iter().enumerate().filter(|(_, m)| **m > 0.0) {
                    add(to, node, *m);
                }
            }
        }
        *phases = after;
        Ok(())
    }

    fn parts(
        &mut self,
        planned: usize,
        environment: u32,
        mut mass: Vec<f64>,
        trace: &mut Trace,
    ) -> Result<Vec<f64>, Stop> {
        let mut branches = Vec::new();
        for part in 0..self.task.process.parts(planned) {
            let mut next = vec![0.0; mass.len()];
            for node in 0..mass.len() {
                let Some(own) = mass.get(node).copied().filter(|m| *m > 0.0) else {
                    continue;
                };
                if self.has_ended(node) {
                    add(&mut next, node, own);
                    continue;
                }
                let Some(from) = self.nodes.get_index(node).cloned() else {
                    continue;
                };
                let mut rules = Ready(self.task.kernels);
                self.task.process.branch(
                    &mut rules,
                    environment,
                    planned,
                    part,
                    &from,
                    &mut branches,
                );
                self.work(branches.len())?;
                for (probability, to, happened) in branches.drain(..) {
                    let to = self.node(to);
                    add(&mut next, to, own * probability);
                    let sums = trace.happened.get_mut(planned);
                    if let Some(sum) = sums.and_then(|s| s.get_mut(happened as usize)) {
                        *sum += own * probability;
                    }
                }
            }
            mass = next;
        }
        Ok(mass)
    }

    /// Puts together what no longer needs to be told apart after a day.
    fn forget(&mut self, day: u32, phases: BTreeMap<Phase, Vec<f64>>) -> BTreeMap<Phase, Vec<f64>> {
        let planned = self.task.schedule.planned.iter().enumerate();
        let pending = planned.fold(0_u64, |mask, (place, event)| {
            if event.last > day {
                mask | self.bit(place)
            } else {
                mask
            }
        });
        let live = self.task.process.live_flags(day);
        let ending = self.live != live;
        if ending {
            self.live = live;
            for list in &mut self.arcs {
                list.clear();
            }
        }
        let closing = self
            .task
            .schedule
            .planned
            .iter()
            .any(|event| event.is_undated() && event.last == day);
        if !ending && !closing {
            return phases;
        }
        let mut after: BTreeMap<Phase, Vec<f64>> = BTreeMap::new();
        for ((mask, environment), mass) in phases {
            let to = after.entry((mask & pending, environment)).or_default();
            for (node, m) in mass.iter().enumerate().filter(|(_, m)| **m > 0.0) {
                let mut kept = node;
                if ending && let Some(mut simpler) = self.nodes.get_index(node).cloned() {
                    simpler.moved &= live;
                    kept = self.node(simpler);
                }
                add(to, kept, *m);
            }
        }
        after
    }

    fn record(&self, day: u32, phases: &BTreeMap<Phase, Vec<f64>>, trace: &mut Trace) {
        trace
            .absorbed
            .push(phases.values().map(|mass| self.ended_mass(mass)).sum());
        if self.task.dates.binary_search(&day).is_err() {
            return;
        }
        let mut at = vec![0.0; self.task.targets];
        for mass in phases.values() {
            for (node, m) in mass.iter().enumerate().filter(|(_, m)| **m > 0.0) {
                let state = self.nodes.get_index(node).map(|n| n.state.index());
                let mut members = state
                    .and_then(|s| self.task.members.get(s))
                    .copied()
                    .unwrap_or(0);
                while members != 0 {
                    if let Some(sum) = at.get_mut(members.trailing_zeros() as usize) {
                        *sum += m;
                    }
                    members &= members - 1;
                }
            }
        }
        trace.at.push(at);
    }
}
