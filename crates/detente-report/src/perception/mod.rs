//! What parties perceive, expect and meet, as a serialisable finding and as text.

mod build;
mod finding;
mod parts;
mod text;
mod told;

use detente_analysis::hypergame::{Corrected, Findings, Hypergame, Judged};
use detente_analysis::{Concept, StateSet, Stop};

pub use build::finding;
pub use finding::{
    ByConcept, CorrectedFinding, CorrectionFinding, Departure, DistanceFinding,
    EmptySanctionFinding, Perception, SeenState, Standing, SurpriseFinding, UnknownReading, Viewer,
    WishFinding, WishPlan,
};
pub use text::text;

/// Which rule says what holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Semantics {
    /// The hypergame: each party judges in its own game.
    Hypergame,
    /// The rule of GMCR+: the true game, in which parties do not move where they do not see.
    MovesDeleted,
}

impl Semantics {
    /// The name of the rule.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hypergame => "hypergame",
            Self::MovesDeleted => "moves-deleted",
        }
    }
}

/// What was asked, and what was found.
pub struct Found<'a, 'm> {
    /// The games.
    pub hypergame: &'a Hypergame<'m>,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// Which rule says what holds.
    pub semantics: Semantics,
    /// What is stable in whose eyes.
    pub judged: &'a Judged,
    /// The equilibria under the rule of GMCR+.
    pub deleted: &'a StateSet,
    /// The same games judged by each usual concept.
    pub by_concept: &'a [(Concept, Judged)],
    /// Where expectations fail, and what follows of that.
    pub findings: &'a Findings,
    /// Why it is not complete.
    pub stop: Option<&'a Stop>,
}

impl Found<'_, '_> {
    /// What holds and what is expected as things stand, to compare corrections with.
    fn now(&self) -> Corrected {
        Corrected::of(self.hypergame, self.judged)
    }
}
