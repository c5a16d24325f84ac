//! How a negotiation gets to its outcomes, as a serialisable finding and as text.

mod build;
mod finding;
mod tables;
mod target;
mod text;

use detente_analysis::evolution::{Aim, Courses, Request};
use detente_analysis::{Concept, Game, StateId, Stop};

pub use build::finding;
pub use finding::{
    CycleFinding, Evolution, LegFinding, ObjectionFinding, ObstacleFinding, OpeningFinding,
    RouteFinding, StepFinding, TableFinding, TableRow, TargetFinding, TargetRoute, TrapFinding,
    TrapsFinding, UnwantedFinding, WayFinding,
};
pub use text::text;

/// What was asked, and what was found.
pub struct Found<'a, 'm> {
    /// The game.
    pub game: &'a Game<'m>,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// What was asked.
    pub request: &'a Request,
    /// What each target of the request is.
    pub aims: &'a [Aim],
    /// One concept per party, by which equilibria were judged.
    pub concepts: &'a [Concept],
    /// The equilibria, ascending.
    pub equilibria: &'a [StateId],
    /// Whether all coalitions that there are were followed, or were named.
    pub all_coalitions: bool,
    /// What was found.
    pub courses: &'a Courses,
    /// Why it is not complete.
    pub stop: Option<&'a Stop>,
}
