//! The command line of `detente strength`.

use clap::Args;

use super::{Format, Limits, Rules, Which};

#[derive(Debug, Args)]
pub(crate) struct StrengthArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// The concept of which most is said: gmr, smr, seq or sseq
    #[arg(short, long, value_name = "CONCEPT", default_value = "seq")]
    pub(crate) concept: String,
    /// Say what holds this state: a number, a name, a Y/N pattern, or what is on
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    #[command(flatten)]
    pub(crate) rules: Rules,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
