//! Everything that `detente` computes about a negotiation, as typed findings with the moves that
//! prove them.
//!
//! Analyses take immutable inputs, keep no globals, read no files, clock or environment, and return
//! sorted results. The definitions are those of the graph model for conflict resolution; where
//! published tools disagree, the documentation of the concept says which rule is followed.

pub mod budget;
pub mod coalition;
pub mod concept;
pub mod equilibrium;
pub mod graph;
pub mod reach;
pub mod stability;
mod state_set;
pub mod status_quo;

pub use budget::{Budget, Outcome, Stop};
pub use concept::{Concept, ConceptInfo, Settings, UnknownConcept, concepts};
pub use equilibrium::{Horizon, StabilityTable, mixed_equilibria};
pub use graph::{Conflict, Graph, Moves, Ranking, StateId, Superposition};
pub use reach::{Reach, SequenceRule, Step, StepRule};
pub use stability::{Analysis, ConceptError, Refusal, Verdict, analyze, explain};
pub use state_set::StateSet;
