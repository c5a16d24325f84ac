//! The command line of `detente terms`.

use clap::Args;

use super::{Format, Limits, Rules, Which};

#[derive(Debug, Args)]
pub(crate) struct TermsArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Only this term [default: all terms]
    #[arg(value_name = "TERM")]
    pub(crate) term: Option<String>,
    /// Say too what the parties hold in common and what not: facts, and what they want
    #[arg(long)]
    pub(crate) islands: bool,
    /// Judge equilibria by these concepts, separated by commas
    #[arg(
        short,
        long,
        value_name = "LIST",
        value_delimiter = ',',
        default_value = "nash,seq"
    )]
    pub(crate) concepts: Vec<String>,
    /// Exit with code 1 when readings of a term part on a feasible state
    #[arg(long)]
    pub(crate) fail_parted: bool,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) rules: Rules,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
