//! How probable outcomes are on which day, as a serialisable finding, as text and as a table.

mod assumed;
mod build;
mod csv;
mod finding;
mod text;
mod words;

use detente_analysis::timed::{self, Reason, Request, Unforecast};
use detente_analysis::{Game, Stop};

pub use build::finding;
pub use csv::csv;
pub use finding::{
    ChangeEntry, CheckEntry, EventEntry, Forecast, LegEntry, MethodEntry, PaceEntry, PassageEntry,
    PathEntry, ProbabilityEntry, ReferenceEntry, TargetEntry,
};
pub use text::text;
pub use words::refusal;

/// What was asked, and what was found.
pub struct Found<'a, 'm> {
    /// The game.
    pub game: &'a Game<'m>,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// What was asked.
    pub request: &'a Request,
    /// Why it looks so far ahead.
    pub reason: Reason,
    /// For each party whether its pace was given with the request rather than by the text.
    pub paced: &'a [bool],
    /// What was found.
    pub forecast: &'a timed::Forecast,
    /// Why it is not complete.
    pub stop: Option<&'a Stop>,
}

impl Found<'_, '_> {
    fn why_drawn(&self) -> Option<&Unforecast> {
        match &self.forecast.found {
            timed::Found::Sampled { because, .. } => because.as_deref(),
            timed::Found::Exact { .. } => None,
        }
    }
}
