//! The command line of `detente perceive`.

use clap::{Args, ValueEnum};

use super::{Format, Limits, Which};

/// Which rule says what holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Semantics {
    /// Each party judges in the game that it sees
    #[default]
    Hypergame,
    /// The true conflict, without moves into and out of states that the mover does not see, as in GMCR+
    MovesDeleted,
}

#[derive(Debug, Args)]
pub(crate) struct PerceiveArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// The concept by which all parties judge [default: each party's own, or seq]
    #[arg(short, long, value_name = "CONCEPT")]
    pub(crate) concept: Option<String>,
    /// Which rule says what holds
    #[arg(long, value_enum, default_value_t, value_name = "RULE")]
    pub(crate) semantics: Semantics,
    /// Look for surprises at this state too: a number, a name, a Y/N pattern, or what is on; may be given
    /// several times
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Vec<String>,
    /// Tell the expectations of this party only; may be given several times [default: all]
    #[arg(long, value_name = "PARTY")]
    pub(crate) eyes: Vec<String>,
    /// Exit with code 1 when somebody is surprised
    #[arg(long)]
    pub(crate) fail_surprised: bool,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
