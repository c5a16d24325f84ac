//! One kernel for all kinds of preferences.
//!
//! Nash, GMR, SMR, SEQ and SSEQ ask three things only of what the parties prefer: by which moves a party
//! *leaves* a state, which states *sanction* it for having left, and which steps its opponents *take* of
//! themselves. A [`Structure`] answers these three; everything else is the same for all of them and
//! stands in one place. [`tables`] judges all states, [`explain`] one state for one party, with what
//! stops each move.
//!
//! One structure, one file, each with its page: [`Simple`] preferences, [`Strength`], [`Unknown`]
//! preferences, both together ([`Hybrid`]), [`Thresholds`] on a fuzzy relation, [`Chances`] and
//! [`Attitudes`]. What they are about are plain tables of pairs of states: [`Degrees`], [`Tri`],
//! [`Fuzzy`] and [`Probabilities`].

pub mod attitudes;
mod degrees;
pub mod fuzzy;
pub mod hybrid;
pub(crate) mod kernel;
mod of_model;
mod pairs;
pub mod probabilistic;
pub mod simple;
mod standing;
pub mod strength;
mod tri;
pub mod unknown;

use detente_model::PartyId;

pub use attitudes::{Attitude, AttitudeMatrix, Attitudes};
pub use degrees::{Degree, Degrees};
pub use fuzzy::{Fuzzy, Thresholds};
pub use hybrid::Hybrid;
pub use kernel::{explain, tables};
pub use pairs::RelationError;
pub use probabilistic::{Chances, Limits, Probabilities};
pub use simple::Simple;
pub use standing::{Graded, GradedFate, Standing, Standings, graded_fates, standings};
pub use strength::Strength;
pub use tri::{Known, Tri};
pub use unknown::{Extension, Unknown};

use crate::{Concept, StateId};

/// One, in the millionths in which fuzzy preferences, probabilities and thresholds are counted.
pub const ONE: u32 = 1_000_000;

/// The concepts that [`tables`] and [`explain`] judge by, in the order in which they are presented.
pub const CONCEPTS: [Concept; 5] = [
    Concept::Nash,
    Concept::Gmr,
    Concept::Smr,
    Concept::Seq,
    Concept::Sseq,
];

/// What the registry says about a structure of preferences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StructureInfo {
    /// The stable name.
    pub id: &'static str,
    /// The name in words.
    pub name: &'static str,
    /// One line on what it adds.
    pub summary: &'static str,
    /// The page that explains it, in Markdown.
    pub page: &'static str,
}

static STRUCTURES: [StructureInfo; 7] = [
    StructureInfo {
        id: "simple",
        name: "Simple preferences",
        summary: "a state is preferred to another or not",
        page: simple::PAGE,
    },
    StructureInfo {
        id: "strength",
        name: "Strength of preference",
        summary: "a state is preferred by a degree, and a strong sanction is worse by a high one",
        page: strength::PAGE,
    },
    StructureInfo {
        id: "unknown",
        name: "Unknown preferences",
        summary: "of some pairs it is not known which state is preferred",
        page: unknown::PAGE,
    },
    StructureInfo {
        id: "hybrid",
        name: "Strength and unknown preferences together",
        summary: "some preferences have degrees, others are not known",
        page: hybrid::PAGE,
    },
    StructureInfo {
        id: "fuzzy",
        name: "Fuzzy preferences",
        summary: "a preference is more or less certain, and acted on when it is certain enough",
        page: fuzzy::PAGE,
    },
    StructureInfo {
        id: "probabilistic",
        name: "Probabilistic preferences",
        summary: "a preference has a probability, and is acted on when it is likely enough",
        page: probabilistic::PAGE,
    },
    StructureInfo {
        id: "attitudes",
        name: "Attitudes",
        summary: "a party minds what others want, for good or ill",
        page: attitudes::PAGE,
    },
];

/// All structures of preferences, in the order in which they are presented.
pub fn structures() -> &'static [StructureInfo] {
    &STRUCTURES
}

/// What the parties make of pairs of states: the three tests through which everything that depends on
/// preferences goes.
///
/// Parties and states are those of the graph that it is used with; what a structure says of others means
/// nothing.
pub trait Structure {
    /// Whether the party would leave one state for another that it can move to.
    fn leaves(&self, party: PartyId, from: StateId, to: StateId) -> bool;

    /// Whether ending at `result` sanctions the party for having left `left`.
    fn sanctions(&self, party: PartyId, left: StateId, result: StateId) -> bool;

    /// Whether an opponent takes the step of itself: what an improvement is in sequential sanctions.
    fn takes(&self, mover: PartyId, from: StateId, to: StateId) -> bool;

    /// By which of its moves the party would try to escape from an answer after having left `left`:
    /// the first that ends well for it. A structure that knows a best state names that one.
    fn escape(&self, party: PartyId, left: StateId, targets: &[StateId]) -> Option<StateId> {
        let mut targets = targets.iter().copied();
        targets.find(|to| !self.sanctions(party, left, *to))
    }

    /// Whether a mover likes the end of one step better than the end of another that it would take
    /// too. Only best-response answers ask it.
    fn outdoes(&self, mover: PartyId, better: StateId, worse: StateId) -> bool {
        self.takes(mover, worse, better)
    }
}
