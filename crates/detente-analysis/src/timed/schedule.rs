//! Which events may still take place, on which days, and what is in force after some of them.

use detente_model::estimative::Chance;
use detente_model::model::Model;
use detente_model::record::{Effect, Event, When};
use detente_model::{OptionId, PartyId};
use indexmap::IndexSet;
use jiff::civil::Date;

use super::{MOST_CHANGES, Unforecast};

/// How far a forecast looks when nothing in the text asks for more, in days.
pub const DAYS: u32 = 180;
/// The longest time that a forecast looks ahead, in days: about a hundred years.
pub const MOST_DAYS: u32 = 36_525;
/// Events that change what is in force, at most.
const MOST_EVENTS: usize = 64;
/// Combinations of what is in force, at most.
const MOST_ENVIRONMENTS: usize = 4096;
/// Lists of events that change preferences or directions, at most, those without one event included.
const MOST_LISTS: usize = 512;

/// Days from one date to another; `None` when the other is earlier.
pub(super) fn days_between(from: Date, to: Date) -> Option<u32> {
    let days = (to - from).get_days();
    u32::try_from(days).ok()
}

/// What decides how far a forecast looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It was asked for.
    Asked,
    /// The last day of the calendar.
    Calendar,
    /// The last day of a claim's window.
    Claim,
    /// [`DAYS`] days, as nothing later is in the text.
    Usual,
}

/// How far a forecast looks unless something else is asked for: to the last day of the calendar, to the end
/// of the last claim's window, or [`DAYS`] days ahead, whichever is latest. `None` when the model does not say
/// from which day it looks. Nothing lies beyond the last day that a calendar has.
pub fn horizon(model: &Model) -> Option<(Date, Reason)> {
    let start = model.as_of?;
    let usual = start.saturating_add(jiff::Span::new().days(i64::from(DAYS)));
    let events = model.record.events.iter().filter(|e| e.is_current());
    let calendar = events.filter_map(|e| e.when.takes_effect()).max();
    let windows = model.record.claims.iter().filter_map(|c| c.window);
    let claim = windows.filter_map(When::last).max();
    let mut found = (usual, Reason::Usual);
    for (day, reason) in [(calendar, Reason::Calendar), (claim, Reason::Claim)] {
        if let Some(day) = day.filter(|d| *d > found.0) {
            found = (day, reason);
        }
    }
    Some(found)
}

/// The probability of a chance: its number, else the middle of the band of its word.
pub fn probability(chance: Chance) -> f64 {
    f64::from(chance.used()) / 1_000_000.0
}

/// An event that may still take place and matters to the process.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Which, as an index into the record's events.
    pub event: usize,
    /// The first day on which it may take place, counted from the start.
    pub first: u32,
    /// The last; the same when the day is known. On each day between them it is equally likely.
    pub last: u32,
    /// With which probability it takes place at all.
    pub chance: f64,
    /// Where it stands among events of the same day: in the order of the text.
    pub(super) order: usize,
}

impl Planned {
    /// Whether it is not known on which day it takes place.
    pub fn is_undated(&self) -> bool {
        self.first < self.last
    }

    /// Whether it takes place for certain.
    pub fn is_certain(&self) -> bool {
        self.chance >= 1.0
    }

    /// How likely it is on this day, given that it has not taken place before; 0 outside its window.
    pub(super) fn hazard(&self, day: u32) -> f64 {
        if day < self.first || day > self.last {
            return 0.0;
        }
        let days = f64::from(self.last - self.first + 1);
        let before = f64::from(day - self.first) / days;
        let left = 1.0 - self.chance * before;
        if left <= 0.0 {
            1.0
        } else {
            (self.chance / days / left).min(1.0)
        }
    }
}

/// The events ahead.
#[derive(Debug, Clone)]
pub(super) struct Schedule {
    pub(super) start: Date,
    /// How many days the forecast looks ahead.
    pub(super) days: u32,
    /// By last day, then in the order of the text.
    pub(super) planned: Vec<Planned>,
}

/// Whether an event is over and certain, so that what it changed is part of the present.
fn is_past(event: &Event, start: Date) -> bool {
    event.is_over(start) && event.is_certain()
}

/// Whether it makes a difference to the process.
fn matters(event: &Event) -> bool {
    !event.effects.is_empty() || (event.is_meeting() && event.parties.len() != 1)
}

/// Where an event stands in the text.
fn text_order(model: &Model) -> Vec<usize> {
    let mut order: Vec<usize> = (0..model.record.events.len()).collect();
    order.sort_by_key(|e| (model.record.events.get(*e).map(|e| e.place.0.start), *e));
    let mut rank = vec![0; order.len()];
    for (place, event) in order.into_iter().enumerate() {
        if let Some(rank) = rank.get_mut(event) {
            *rank = place;
        }
    }
    rank
}

impl Schedule {
    pub(super) fn new(model: &Model, start: Date, until: Date) -> Option<Self> {
        let days = days_between(start, until)?;
        let order = text_order(model);
        let mut planned = Vec::new();
        for (index, event) in model.record.events.iter().enumerate() {
            // Of an event that another one replaces, only the plan is left.
            let planned_only = event.precedent || event.replaced_by.is_some();
            if planned_only || is_past(event, start) || !matters(event) {
                continue;
            }
            let day = |date: Date| days_between(start, date).unwrap_or(0);
            let (first, last) = match event.when {
                When::On(d) | When::During(_, d) | When::From(d) | When::Until(d) => {
                    (day(d), day(d))
                }
                When::Between(first, last) => (day(first), day(last)),
                When::By(last) => (0, day(last)),
            };
            let chance = event.chance.map_or(1.0, probability);
            if first > days || chance <= 0.0 {
                continue;
            }
            planned.push(Planned {
                event: index,
                first,
                last,
                chance,
                order: order.get(index).copied().unwrap_or(index),
            });
        }
        planned.sort_by_key(|p| (p.last, p.order));
        Some(Self {
            start,
            days,
            planned,
        })
    }

    /// The date of a day.
    pub(super) fn date(&self, day: u32) -> Date {
        let span = jiff::Span::new().try_days(i64::from(day));
        span.and_then(|span| self.start.checked_add(span))
            .unwrap_or(self.start)
    }
}

/// The days of the grid unless others are asked for: the last days of events, the ends of months, and the last
/// day of the forecast.
pub(super) fn grid(schedule: &Schedule) -> Vec<u32> {
    let mut days: Vec<u32> = schedule.planned.iter().map(|p| p.last).collect();
    let mut month = schedule.start.last_of_month();
    while let Some(day) = days_between(schedule.start, month).filter(|d| *d <= schedule.days) {
        days.push(day);
        let next = month.tomorrow().map(Date::last_of_month);
        match next {
            Ok(next) => month = next,
            Err(_) => break,
        }
    }
    days.push(schedule.days);
    days.retain(|d| *d <= schedule.days);
    days.sort_unstable();
    days.dedup();
    days
}

/// The days for which a forecast answers unless others are asked for: the last days of events that may still take
/// place, the ends of months, and its last day, see [`horizon`]. Empty when the model does not say from which day it
/// looks.
pub fn usual_days(model: &Model) -> Vec<Date> {
    let Some((start, (until, _))) = model.as_of.zip(horizon(model)) else {
        return Vec::new();
    };
    let schedule = Schedule::new(model, start, until).filter(|s| s.days <= MOST_DAYS);
    schedule.map_or_else(Vec::new, |schedule| {
        let days = grid(&schedule).into_iter();
        days.map(|day| schedule.date(day)).collect()
    })
}

/// What is in force besides the state: which options are closed, what tracks can settle, which changes of
/// preferences and directions have been made.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Environment {
    pub(super) closed: Vec<OptionId>,
    pub(super) mandates: Vec<Option<Vec<OptionId>>>,
    /// The events with changes, in the order in which they took place.
    pub(super) changes: Vec<usize>,
}

impl Environment {
    /// What is in force on the first day.
    fn first(model: &Model, start: Date) -> Self {
        let mut closed = Vec::new();
        let mut past: Vec<(Date, usize)> = Vec::new();
        let order = text_order(model);
        for (index, event) in model.record.events.iter().enumerate() {
            if !event.is_current() {
                continue;
            }
            for effect in &event.effects {
                if let Effect::Opens(options) = effect {
                    closed.extend(options.iter().copied());
                }
            }
            if is_past(event, start)
                && let Some(day) = event.when.takes_effect()
            {
                past.push((day, index));
            }
        }
        closed.sort_unstable();
        closed.dedup();
        let mut environment = Self {
            closed,
            mandates: model
                .record
                .tracks
                .iter()
                .map(|t| t.binds.clone())
                .collect(),
            changes: Vec::new(),
        };
        past.sort_by_key(|(day, index)| (*day, order.get(*index).copied()));
        for (_, index) in past {
            environment = environment.after(model, index);
            // The model has the changes of the past already.
            environment.changes.clear();
        }
        environment
    }

    /// What is in force after an event.
    fn after(&self, model: &Model, index: usize) -> Self {
        let mut next = self.clone();
        let Some(event) = model.record.events.get(index) else {
            return next;
        };
        let mut changes = false;
        for effect in &event.effects {
            match effect {
                Effect::Opens(options) => next.closed.retain(|o| !options.contains(o)),
                Effect::Closes(options) => next.closed.extend(options.iter().copied()),
                Effect::Mandate { track, binds } => {
                    if let Some(mandate) = next.mandates.get_mut(*track) {
                        mandate.clone_from(binds);
                    }
                }
                Effect::Change(_) => changes = true,
                Effect::Sets(_) | Effect::SetsState(_) | Effect::Default(_) => {}
            }
        }
        next.closed.sort_unstable();
        next.closed.dedup();
        if changes {
            next.changes.push(index);
        }
        next
    }
}

/// Everything that can be in force, and what follows on what.
#[derive(Debug, Clone)]
pub(super) struct Environments {
    pub(super) list: IndexSet<Environment>,
    /// For each of them and each planned event what is in force after it; itself where nothing changes.
    after: Vec<Vec<u32>>,
    /// The lists of changes, and for each environment which one it has.
    pub(super) changes: IndexSet<Vec<usize>>,
}

impl Environments {
    /// Follows all orders in which the events may take place, with all of them and without each one.
    pub(super) fn new(model: &Model, schedule: &Schedule) -> Result<Self, Unforecast> {
        let changing: Vec<usize> = (0..schedule.planned.len())
            .filter(|p| {
                let event = schedule.planned.get(*p);
                let event = event.and_then(|p| model.record.events.get(p.event));
                event.is_some_and(|e| e.effects.iter().any(changes_environment))
            })
            .collect();
        if changing.len() > MOST_EVENTS {
            return Err(Unforecast::TooManyEvents {
                events: changing.len(),
                most: MOST_EVENTS,
            });
        }
        let mut all = Self {
            list: IndexSet::new(),
            after: Vec::new(),
            changes: IndexSet::new(),
        };
        all.intern(Environment::first(model, schedule.start), schedule);
        all.follow(model, schedule, &changing, None)?;
        if all.changes.len() > MOST_CHANGES {
            return Err(Unforecast::TooManyChanges {
                sets: all.changes.len(),
                most: MOST_CHANGES,
            });
        }
        for skipped in &changing {
            all.follow(model, schedule, &changing, Some(*skipped))?;
        }
        Ok(all)
    }

    fn intern(&mut self, environment: Environment, schedule: &Schedule) -> u32 {
        self.changes.insert(environment.changes.clone());
        let (place, new) = self.list.insert_full(environment);
        if new {
            self.after.push(vec![place as u32; schedule.planned.len()]);
        }
        place as u32
    }

    fn follow(
        &mut self,
        model: &Model,
        schedule: &Schedule,
        changing: &[usize],
        skipped: Option<usize>,
    ) -> Result<(), Unforecast> {
        let planned = &schedule.planned;
        // Whether one event can take place after another, in the order of days and of the text.
        let can_follow = |later: &Planned, earlier: &Planned| {
            (later.last, later.order) > (earlier.first, earlier.order)
        };
        let mut seen: IndexSet<(u64, u32)> = IndexSet::new();
        seen.insert((0, 0));
        let mut next = 0;
        while let Some(&(mask, environment)) = seen.get_index(next) {
            next += 1;
            for (bit, place) in changing.iter().enumerate() {
                let Some(event) = planned.get(*place) else {
                    continue;
                };
                if mask >> bit & 1 == 1 || skipped == Some(*place) {
                    continue;
                }
                let fits = changing.iter().enumerate().all(|(other_bit, other_place)| {
                    let Some(other) = planned.get(*other_place) else {
                        return true;
                    };
                    if mask >> other_bit & 1 == 1 {
                        return can_follow(event, other);
                    }
                    other_bit == bit
                        || skipped == Some(*other_place)
                        || !other.is_certain()
                        || can_follow(other, event)
                });
                if !fits {
                    continue;
                }
                let Some(current) = self.list.get_index(environment as usize) else {
                    continue;
                };
                let after = current.after(model, event.event);
                let after = self.intern(after, schedule);
                if let Some(slot) = self
                    .after
                    .get_mut(environment as usize)
                    .and_then(|row| row.get_mut(*place))
                {
                    *slot = after;
                }
                seen.insert((mask | 1 << bit, after));
                if self.list.len() > MOST_ENVIRONMENTS
                    || seen.len() > MOST_ENVIRONMENTS * 16
                    || self.changes.len() > MOST_LISTS
                {
                    return Err(Unforecast::TooManyChanges {
                        sets: self.changes.len().max(self.list.len()),
                        most: MOST_CHANGES,
                    });
                }
            }
        }
        Ok(())
    }

    /// What is in force after a planned event.
    pub(super) fn after(&self, environment: u32, planned: usize) -> u32 {
        let row = self.after.get(environment as usize);
        row.and_then(|r| r.get(planned))
            .copied()
            .unwrap_or(environment)
    }

    /// Which list of changes an environment has.
    pub(super) fn changes_of(&self, environment: u32) -> usize {
        let environment = self.list.get_index(environment as usize);
        environment
            .and_then(|e| self.changes.get_index_of(&e.changes))
            .unwrap_or(0)
    }
}

fn changes_environment(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Opens(_) | Effect::Closes(_) | Effect::Mandate { .. } | Effect::Change(_)
    )
}

/// The parties that meet at an event: those that the text names, else all.
pub(super) fn participants(model: &Model, event: &Event) -> Vec<PartyId> {
    let mut parties = event.parties.clone();
    if parties.is_empty() {
        parties = model.party_ids().collect();
    }
    parties.sort_unstable();
    parties.dedup();
    parties
}
