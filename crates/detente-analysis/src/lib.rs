//! Everything that `detente` computes about a negotiation, as typed findings with the moves that
//! prove them.
//!
//! Analyses take immutable inputs, keep no globals, read no files, clock or environment, and return
//! sorted results. The definitions are those of the graph model for conflict resolution; where
//! published tools disagree, the documentation of the concept says which rule is followed.

pub mod budget;
pub mod codes;
pub mod describe;
pub mod game;
pub mod graph;
pub mod lint;
pub mod space;

pub use budget::{Budget, Outcome, Stop};
pub use detente_model as model;
pub use game::Game;
pub use graph::{Conflict, Graph, Moves, Ranking, StateId, Superposition};
