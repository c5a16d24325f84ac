//! How an agreement is reached, or not: parties make offers in turn, each by a strategy.
//!
//! A [`Scenario`] is a negotiation that is ready to be played; [`play`] plays one session of it, and [`tournament`]
//! very many.

mod calendar;
mod choice;
mod ladder;
mod landmarks;
mod listing;
mod protocol;
mod scenario;
mod strategy;
mod tournament;

pub use calendar::{Calendar, Pace};
pub use choice::{Choice, WINDOW};
pub use ladder::Ladder;
pub use landmarks::{Distances, Landmarks};
pub use listing::Listing;
pub use protocol::{Act, End, PAGE as PROTOCOL_PAGE, Seats, Session, Turn, play};
pub use scenario::{NoScenario, Scenario, Setting};
pub use strategy::{
    Aspiration, Luck, NoStrategy, Parameter, Strategy, StrategyInfo, View, strategies,
};
pub use tournament::{Moments, Pairing, Plan, Results, Score, tournament};
