//! The meaning of a negotiation: who the parties are, what each can do, what cannot be together,
//! and what each wants.
//!
//! A [`detente_syntax::ast::Document`] says these things with names; a [`Model`] says them with
//! every name resolved. [`resolve()`] leads from one to the other and reports everything that does
//! not fit; [`variant::apply`] makes a document's named changes first, and
//! [`view::seen_by`] those that a party believes in. Nothing here enumerates states.

pub mod as_of;
pub mod bargain;
pub mod codes;
pub mod days;
pub mod difference;
pub mod discounts;
pub mod estimative;
pub mod events;
pub mod expr;
pub mod gmcr;
mod ids;
pub mod json;
pub mod model;
pub mod present;
pub mod record;
pub mod resolve;
pub mod scenario;
pub mod term;
pub mod variant;
pub mod view;

pub use detente_syntax as syntax;
pub use expr::{Condition, Expr, Literal};
pub use ids::{IssueId, OptionId, PartyId};
pub use model::Model;
pub use resolve::{Resolved, condition, resolve};
