//! Import and export of GMCR+ files (`.gmcr`).
//!
//! A `.gmcr` file is one JSON object with binary options, decision makers, infeasible conditions
//! and, for every decision maker, either preference statements or a ranking of state numbers. A
//! state's number is its place among the feasible states in ascending order, counted from 1, where
//! the first option is the least significant bit.
//!
//! What is read differently from GMCR+, and why:
//!
//! - GMCR+ puts the options of each decision maker together when it loads a file. [`import`] does
//!   the same, so that the state numbers of a ranking mean what GMCR+ takes them to mean, and says
//!   so in a note.
//! - An option that no decision maker owns cannot be moved by anybody. It is accepted when an
//!   infeasible condition of its own fixes it: then it never varies, and it is left out, which
//!   changes no state number. Otherwise it is an error: whoever got it could move it.
//! - An option that two decision makers own, a ranking that does not list every state once, and a
//!   letter other than Y or N are errors.
//! - Misperceptions become views (`in the eyes of`) and coalitions are dropped, with notes.
//! - Payoffs and other derived fields are ignored.

pub mod codes;
mod conditional;
mod dnf;
mod dropped;
mod export;
mod import;
pub(crate) mod json;
mod layout;
pub(crate) mod names;
pub(crate) mod read;
mod states;

pub use codes::CODES;
pub use export::{RankedStates, export, left_out};
pub use import::{Imported, import};
