//! Conflicts too large to list: stability by decision diagrams and by satisfiability.

mod diagram;
mod encoding;
mod layers;
mod layout;
mod logic;
mod moves;
mod refusal;
mod sequential;
mod stable;

pub use encoding::Encoding;
pub use refusal::{MOST_BITS, Unsuited};
mod engine;
pub use engine::{Engine, StableStates, States, Unanswered};
