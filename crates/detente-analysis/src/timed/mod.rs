//! Timed evolution: how probable each outcome is on each day, given a calendar and how often parties act.
//!
//! The process, in days from the day of `as of`: the negotiation is in a state, first in the present status quo.
//!
//! - Between events each party reconsiders at random times, a Poisson process with its pace, and then makes one of
//!   its unilateral moves by its [`Behaviour`], all that qualify equally likely; when none qualifies, it stays.
//! - Events take place on their (last) day, in the order of the days and of the text. One whose day is not known
//!   takes place on each day of its window with the same probability; one with a chance may not take place. An event
//!   sets options, lets defaults take effect unless the owner has moved the option since the start, opens and closes
//!   options, changes mandates, preferences and directions. What is set and is not feasible is refused.
//! - When parties meet at a track, and there are states that they reach together by their own options and that each
//!   of them prefers, they agree with a probability on one of those that none of the others betters for them
//!   (Pareto), all equally likely. What lies outside the mandate of the track is drafted for the next meeting of the
//!   track that it hands to. There it comes first: it is settled for certain if it is still a joint improvement of
//!   those who meet, and void if not.
//! - What is in doubt about preferences is drawn once for a history; it stays as it is until an event settles it.
//!
//! [`forecast`] answers exactly where the chain is small (`exact`, `chain`), else from histories that are drawn
//! (`sample`).
//! All numbers are in floating point.

mod chain;
mod drawn;
mod exact;
mod exactly;
mod findings;
mod kernel;
mod process;
mod random;
mod run;
mod sample;
mod schedule;
mod worlds;

use detente_model::PartyId;
use detente_model::syntax::Diagnostic;
use jiff::civil::Date;

pub use findings::{
    Changed, CrossCheck, EventFinding, Forecast, Found, PaceFinding, Path, Reference, Share,
    TargetFinding,
};
pub use process::Happened;
pub use run::forecast;
pub use schedule::{DAYS, MOST_DAYS, Planned, Reason, horizon, probability, usual_days};

use crate::stability::ConceptError;
use crate::{StateSet, Stop};

/// How many days pass between two times that a party reconsiders, on average, when the text does not say.
pub const PACE: u64 = 30_000_000;
/// With which probability parties who meet agree on a joint step that all of them prefer, unless the request says
/// otherwise, in millionths. Nothing is known of it in general: one half says so.
pub const MEETING: u32 = 500_000;
/// How many histories are drawn, unless the request says otherwise.
pub const REPLICATES: u64 = 100_000;
/// How many histories tell their paths, at most.
pub const MOST_TOLD: u64 = 100_000;
/// How many histories are compared one by one with those without an event, or at another pace, at most.
pub const MOST_PAIRED: u64 = 1 << 18;
/// Targets at most.
pub const MOST_TARGETS: usize = 64;
/// Sets of events that change preferences or directions, at most.
pub const MOST_CHANGES: usize = 64;

/// By what a party moves when it reconsiders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Behaviour {
    /// By one of its unilateral improvements.
    #[default]
    Improving,
    /// To a state that it likes best among its unilateral improvements.
    Best,
    /// By one of its unilateral improvements that no credible sanction answers: those that keep a state from being
    /// sequentially stable for it.
    Wary,
}

/// A set of states that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// Its states.
    pub states: StateSet,
    /// The class of which it is all states of that headline, if it is one.
    pub class: Option<usize>,
}

/// How the answer is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Exactly where the chain is small enough, else by drawing.
    #[default]
    Auto,
    /// Exactly, or not at all.
    Exact,
    /// By drawing.
    Sampled,
    /// Both ways, and compared.
    Both,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The last day.
    pub until: Date,
    /// For each party how many days pass between two times that it reconsiders, on average, in millionths of a
    /// day, more than 0.
    pub paces: Vec<u64>,
    /// For each party how it moves.
    pub behaviours: Vec<Behaviour>,
    /// With which probability parties who meet agree on a joint step that there is, in millionths.
    pub meeting: u32,
    /// What is asked about, at most [`MOST_TARGETS`].
    pub targets: Vec<Target>,
    /// The dates for which the answer is given; empty for the days of events, the ends of months and the last day.
    pub dates: Vec<Date>,
    /// How.
    pub method: Method,
    /// How many histories are drawn.
    pub replicates: u64,
    /// Where the random numbers start.
    pub seed: u64,
    /// Whether to find what each event and each party's pace changes.
    pub comparisons: bool,
}

/// Who or what brought a history to another state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mover {
    /// A party alone.
    Party(PartyId),
    /// An event, as an index into the record's events: what it sets, or a joint step at it.
    Event(usize),
}

/// Why there is no forecast.
#[derive(Debug, Clone, PartialEq)]
pub enum Unforecast {
    /// The text does not say from which day it looks.
    NoDay,
    /// The text does not say where things stand.
    NoStatusQuo,
    /// The last day is before the first, or more than [`MOST_DAYS`] days after it.
    Horizon {
        /// The first day.
        start: Date,
        /// The last day.
        until: Date,
    },
    /// There are no targets, or more than [`MOST_TARGETS`].
    Targets {
        /// How many.
        targets: usize,
    },
    /// Too many events change what is in force.
    TooManyEvents {
        /// How many do.
        events: usize,
        /// The limit.
        most: usize,
    },
    /// Too many sets of changing events may have happened.
    TooManyChanges {
        /// How many there are, at least.
        sets: usize,
        /// The limit.
        most: usize,
    },
    /// The model after some events cannot be made.
    Changes(Vec<Diagnostic>),
    /// An event changes which states there are.
    OtherStates {
        /// The event, as an index into the record's events.
        event: usize,
    },
    /// Whether a move is sanctioned was not found.
    Unjudged(ConceptError),
    /// It was to be exact, and the chain is too large.
    TooLarge(Stop),
    /// It was to be exact, and there are too many different completions of the preferences.
    TooManyGames,
    /// The budget was too small, or the user asked to stop.
    Stopped(Stop),
}
