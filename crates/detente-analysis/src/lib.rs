//! Everything that `detente` computes about a negotiation, as typed findings with the moves that
//! prove them.
//!
//! Analyses take immutable inputs, keep no globals, read no files, clock or environment, and return
//! sorted results. The definitions are those of the graph model for conflict resolution; where
//! published tools disagree, the documentation of the concept says which rule is followed.

pub mod bargain;
pub mod budget;
pub mod bulk;
pub mod candidates;
pub mod certificate;
pub mod claims;
pub mod coalition;
pub mod codes;
pub mod commitment;
pub mod comparison;
pub mod concept;
pub mod describe;
pub mod doubt;
pub mod engine;
pub mod equilibrium;
pub mod evidence;
pub mod evolution;
pub mod game;
pub mod graph;
pub mod holding;
pub mod hypergame;
pub mod inverse;
pub mod likeness;
pub mod lint;
mod meter;
mod notions;
pub mod reach;
pub mod relation;
pub mod revised;
pub mod robustness;
pub mod sensitivity;
pub mod space;
pub mod stability;
pub mod standpoint;
mod state_set;
pub mod status_quo;
pub mod study;
pub mod survey;
pub mod symbolic;
pub mod terms;
pub mod timed;
pub mod verify;

pub use budget::{Budget, Outcome, Stop};
pub use concept::{Concept, ConceptInfo, Settings, UnknownConcept, concepts};
pub use detente_model as model;
pub use equilibrium::{Horizon, StabilityTable, mixed_equilibria};
pub use game::Game;
pub use graph::{Conflict, Graph, Moves, Ranking, StateId, Superposition};
pub use notions::{Notion, notions};
pub use reach::{Reach, SequenceRule, Step, StepRule};
pub use stability::{Analysis, ConceptError, Refusal, Verdict, analyze, explain};
pub use state_set::StateSet;
