//! The command line of `detente strength`.

use clap::{Args, ValueEnum};

use super::{Format, Limits, Rules, Which};

/// What a party makes of preferences that are in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtensionName {
    /// It leaves for what may be better, held back only by what is certainly no better
    A,
    /// It leaves for what is certainly better, held back only by what is certainly no better
    B,
    /// It leaves for what may be better, held back by what may be no better
    C,
    /// It leaves for what is certainly better, held back by what may be no better
    D,
}

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
    /// Join what is in doubt: what a party makes of preferences that are not known
    #[arg(long, value_enum, value_name = "EXTENSION")]
    pub(crate) extension: Option<ExtensionName>,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) rules: Rules,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
