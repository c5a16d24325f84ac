//! What a forecast finds.

use jiff::civil::Date;

use super::process::Happened;
use super::sample::Leg;

/// A probability, with the standard error of an estimate; 0 where it is exact.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Share {
    /// It.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

impl Share {
    pub(super) fn exact(value: f64) -> Self {
        Self {
            value: value.clamp(0.0, 1.0),
            error: 0.0,
        }
    }

    pub(super) fn counted(hits: u64, of: u64) -> Self {
        let of = of.max(1) as f64;
        let value = hits as f64 / of;
        Self {
            value,
            error: (value * (1.0 - value) / of).sqrt(),
        }
    }
}

/// How the numbers were found.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// Exactly, but for rounding and the cut of infinite sums.
    Exact {
        /// Distinct games that come of what is in doubt.
        games: usize,
        /// Histories that are told apart in one of them, at most.
        nodes: usize,
        /// The most by which a probability may be off.
        bound: f64,
    },
    /// By drawing histories.
    Sampled {
        /// How many.
        replicates: u64,
        /// Where the random numbers started.
        seed: u64,
        /// Why the exact engine was not used; `None` when drawing was asked for.
        because: Option<Box<super::Unforecast>>,
    },
}

/// What is found about one target.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetFinding {
    /// For each date the probability to be in it.
    pub at: Vec<Share>,
    /// For each date the probability to have been in it by then.
    pub reached: Vec<Share>,
    /// The mean time of the first passage in days, among histories that reach it within the time.
    pub mean: Option<f64>,
    /// The first days by which a quarter, half and three quarters of those that reach it have done so.
    pub quartiles: Option<[Date; 3]>,
    /// The probability that it is not reached within the time.
    pub never: Share,
}

/// By how much a probability changes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Changed {
    /// By so much, from -1 to 1.
    pub by: f64,
    /// The standard error, of histories compared one by one with the same random numbers; 0 where it is exact.
    pub error: f64,
}

/// What is found about an event.
#[derive(Debug, Clone, PartialEq)]
pub struct EventFinding {
    /// Which, as an index into the record's events.
    pub event: usize,
    /// The probability that it takes place within the time.
    pub takes_place: Share,
    /// For each of [`Happened::ALL`] the expected number of its parts of which this came.
    pub happened: [f64; Happened::ALL.len()],
    /// For each target by how much the event raises the probability to be in it on the last day: that with the
    /// event less that without it. Empty when it was not asked for.
    pub changes: Vec<Changed>,
}

impl EventFinding {
    /// How probable something is to come of its parts; the expected number of parts where there are several.
    pub fn of(&self, happened: Happened) -> f64 {
        self.happened.get(happened as usize).copied().unwrap_or(0.0)
    }
}

/// What a party's pace changes.
#[derive(Debug, Clone, PartialEq)]
pub struct PaceFinding {
    /// For each target by how much the probability to be in it on the last day changes when the party reconsiders
    /// half as often.
    pub slower: Vec<Changed>,
    /// The same when it reconsiders twice as often.
    pub faster: Vec<Changed>,
}

/// A sequence of states, and how often it is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Who or what moved, and where to, from the status quo on.
    pub legs: Vec<Leg>,
    /// Whether it goes on after these.
    pub longer: bool,
    /// How often, among the histories that were drawn.
    pub share: Share,
}

/// How the two engines compare.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossCheck {
    /// How many numbers were compared.
    pub numbers: usize,
    /// The largest difference.
    pub difference: f64,
    /// The largest difference in standard errors. Infinite when something was drawn that cannot be.
    pub errors: f64,
    /// How many histories were drawn.
    pub replicates: u64,
}

/// What happened elsewhere in the like.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Which, as an index into the record's references.
    pub reference: usize,
    /// The targets that it is for.
    pub targets: Vec<usize>,
    /// The model's probability to be in one of them on the last day.
    pub model: Share,
}

/// Everything that a forecast finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub until: Date,
    /// The dates, ascending.
    pub dates: Vec<Date>,
    /// How.
    pub found: Found,
    /// What is in doubt about preferences: so many things.
    pub doubts: usize,
    /// In the order of the request.
    pub targets: Vec<TargetFinding>,
    /// The events that may take place within the time and make a difference, by last day.
    pub events: Vec<EventFinding>,
    /// For each party; empty when it was not asked for.
    pub paces: Vec<PaceFinding>,
    /// The most frequent paths, most frequent first.
    pub paths: Vec<Path>,
    /// How many histories were drawn for them.
    pub told: u64,
    /// The comparison of both engines, if it was asked for.
    pub check: Option<CrossCheck>,
    /// Reference classes whose classes are all among the targets.
    pub references: Vec<Reference>,
}
