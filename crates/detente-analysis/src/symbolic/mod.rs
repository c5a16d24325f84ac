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
mod cnf;
mod search;
mod security;
pub use search::Search;
pub use security::{SecurityLevels, security_levels};
mod answers;
mod sample;
mod why;
pub use answers::{ClassCount, Extreme, Levels, Nearest};
pub use why::{Answer, Why};
