//! The meaning of a negotiation: who the parties are, what each can do, what cannot be together,
//! and what each wants.
//!
//! A [`detente_syntax::ast::Document`] says these things with names; a `Model` says them with every
//! name resolved. Nothing here enumerates states.

mod ids;

pub use ids::{OptionId, PartyId};
