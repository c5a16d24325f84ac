//! The arguments of `detente conditions`.

use clap::Args;

use super::{Format, Limits, Rules, Which};

#[derive(Debug, Args)]
pub(crate) struct ConditionsArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// The state: its number, its name, a Y/N pattern, or what is on ("US.sign, DPRK.sign")
    #[arg(value_name = "TARGET_STATE")]
    pub(crate) state: String,
    /// By which concept [default: each party's own, or seq]
    #[arg(short, long, value_name = "CONCEPT")]
    pub(crate) concept: Option<String>,
    /// Only for this party
    #[arg(long, value_name = "PARTY")]
    pub(crate) party: Option<String>,
    /// How to print the conditions
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) rules: Rules,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
