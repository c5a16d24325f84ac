//! The fast engine for conflicts in transitive option form.
//!
//! Where every party may change any of its own options at once, each in the directions that it permits,
//! two moves of a party in a row are one move. Everything that the stability concepts ask is then a
//! least or a largest value over *cosets*: the states that differ in one party's own options. An
//! [`Arena`] holds such a conflict as bits, [`coset::analyze`] judges all its states, and
//! [`closed_form`] judges conflicts without constraints that are too large to be stored. Conflicts of
//! other kinds (graphs, forced consequences, prohibited transitions) go to
//! [`stability::analyze`](crate::stability::analyze).

#![expect(
    clippy::inline_always,
    reason = "vector instructions chosen when the program runs reach only what is inlined"
)]

pub mod arena;
mod bits;
mod build;
mod close;
pub mod closed_form;
mod code;
pub mod coset;
pub mod cost;
mod expand;
mod formula;
mod kernel;
mod margin;
mod order;
mod rank;
mod reverse;
mod sets;
mod stream;
mod tile;
mod wide;

pub use arena::{Arena, Holding, Parts, PartsError};
pub use bits::CodeSet;
pub(crate) use build::features;
pub use build::{Misfit, Unsuitable, misfits};
pub use close::Effort;
pub use closed_form::{ClosedForm, NoClosedForm, Unconstrained};
pub use code::Codes;
pub use coset::{CosetAnalysis, CosetTable, Request};
pub use cost::{Cost, Shape};
pub use margin::MarginTable;
