//! The command line of `detente evolve`.

use clap::Args;

use super::{Format, Limits, Which};

#[derive(Debug, Args)]
pub(crate) struct EvolveArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Start here instead of at the status quo: a number, a name, a Y/N pattern, or what is on
    #[arg(long, value_name = "STATE")]
    pub(crate) from: Option<String>,
    /// Get here: an outcome class or a state; may be given several times [default: the equilibria]
    #[arg(long, value_name = "TARGET")]
    pub(crate) to: Vec<String>,
    /// The concept by which equilibria are judged [default: each party's own, or seq]
    #[arg(short, long, value_name = "CONCEPT")]
    pub(crate) concept: Option<String>,
    /// Follow joint steps of this coalition; may be given several times [default: all coalitions]
    #[arg(long, value_name = "A+B")]
    pub(crate) coalition: Vec<String>,
    /// Show what is reached by how many steps, and who takes the last one
    #[arg(long)]
    pub(crate) table: bool,
    /// Exit with code 1 when no target is reached by improvements, joint ones counted
    #[arg(long)]
    pub(crate) fail_unreachable: bool,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
