//! Conflicts too large to list: stability by decision diagrams and by satisfiability.
//!
//! An [`Encoding`] turns a model in option form, of any number of options, into decision diagrams:
//! which states are feasible, and what each is worth to each party as a number in binary (one bit for
//! each preference statement). An [`Engine`] answers questions about it:
//!
//! - the stable states of each party under Nash, GMR, SMR, SEQ and SSEQ ([`Engine::stable`]), the
//!   equilibria ([`Engine::equilibria`]) and their exact number ([`Engine::count`]);
//! - whether one state is stable ([`Engine::is_stable`]), and the moves that prove it
//!   ([`Engine::why`]); for SEQ and SSEQ this needs far less than all stable states;
//! - of a set of states: the one nearest to the status quo, the best and worst for a party, the levels
//!   that options take, numbers by outcome class, uniform random samples.
//!
//! [`Search`] finds equilibria one by one by satisfiability, with further conditions, or proves that
//! there is none; [`security_levels`] gives the values from which states are stable by GMR and SMR
//! where nothing constrains the parties' choices. Both go further than diagrams when there are
//! hundreds of options.
//!
//! Everything stops at the `max_nodes` and `max_work` of the [`crate::Budget`], at the same place on
//! every machine, and when the user cancels. Sequential stability of *all* states is by far the most
//! expensive question: in conflicts of sixty options with many statements it may well stop there.
//!
//! Restrictions: see [`Unsuited`]. The definitions are those of [`crate::stability`] with the usual
//! [`crate::Settings`] (legal sequences; a return to the start sanctions).

mod answers;
mod cnf;
mod diagram;
mod encoding;
mod engine;
mod layers;
mod layout;
mod logic;
mod moves;
mod refusal;
mod sample;
mod search;
mod security;
mod sequential;
mod stable;
mod why;

pub(crate) use cnf::Term;

pub use answers::{ClassCount, Extreme, Levels, Nearest};
pub use encoding::Encoding;
pub use engine::{Engine, StableStates, States, Unanswered};
pub use refusal::{MOST_BITS, Unsuited};
pub use search::Search;
pub use security::{SecurityLevels, security_levels};
pub use why::{Answer, Why};
