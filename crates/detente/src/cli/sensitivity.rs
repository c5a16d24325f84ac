//! The arguments of `detente sensitivity`.

use clap::{Args, ValueEnum};

use super::{Limits, Rules, Which};

/// A kind of assumptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AboutKind {
    /// Statements, rankings and weights
    Preferences,
    /// Whether options can be taken back
    Directions,
    /// Rules, forced consequences and prohibited transitions
    Rules,
}

/// How a table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum TableFormat {
    /// For people
    #[default]
    Text,
    /// For programs; `detente schema` prints what it may contain
    Json,
    /// For spreadsheets: one line for each
    Csv,
}

#[derive(Debug, Args)]
pub(crate) struct SensitivityArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// The concept by which stability is judged, unless the file names one for a party
    #[arg(short, long, value_name = "CONCEPT", default_value = "seq")]
    pub(crate) concept: String,
    /// Judge one party by a concept of its own; may be given several times
    #[arg(long, value_name = "PARTY=CONCEPT")]
    pub(crate) by: Vec<String>,
    /// Doubt only these kinds of assumptions, separated by commas [default: all]
    #[arg(long, value_enum, value_name = "LIST", value_delimiter = ',')]
    pub(crate) about: Vec<AboutKind>,
    /// Look at this outcome class only
    #[arg(long, value_name = "CLASS")]
    pub(crate) class: Option<String>,
    /// How many assumptions the table has, the most important first [default: 15 in text, else all]
    #[arg(long, value_name = "N")]
    pub(crate) top: Option<usize>,
    /// Exit with code 1 unless this outcome class has an equilibrium whatever single change is made
    #[arg(long, value_name = "CLASS")]
    pub(crate) fail_fragile: Vec<String>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: TableFormat,
    #[command(flatten)]
    pub(crate) rules: Rules,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
