//! The command lines of `detente evidence` and `detente timeline`.

use clap::{Args, ValueEnum};

use super::{Limits, Which};

/// What `evidence` can fail on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Contradictions
    Conflicts,
    /// Assertions without a source
    Unsupported,
    /// Quotations that are not as the source has them, or stand elsewhere in it
    Quotations,
}

/// How evidence is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum EvidenceFormat {
    /// For people
    #[default]
    Text,
    /// For programs; `detente schema evidence` prints what it may contain
    Json,
    /// For spreadsheets: one line per element; with --conflicts per side, with --quotations per quotation
    Csv,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
#[derive(Debug, Args)]
pub(crate) struct EvidenceArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Everything about the elements of this number, or with this in their names
    #[arg(long, value_name = "ELEMENT")]
    pub(crate) element: Option<String>,
    /// What hangs on this source
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: Option<String>,
    /// Only what is asserted without a source
    #[arg(long)]
    pub(crate) unsupported: bool,
    /// Only contradictions
    #[arg(long)]
    pub(crate) conflicts: bool,
    /// Only quotations, each with what became of it
    #[arg(long)]
    pub(crate) quotations: bool,
    /// Only commitments: their words, how they are read, whether they are kept
    #[arg(long)]
    pub(crate) commitments: bool,
    /// Everything, with all sources, commitments, assumptions and the ledger of all elements
    #[arg(
        long,
        conflicts_with_all = ["element", "source", "unsupported", "conflicts", "quotations", "commitments"]
    )]
    pub(crate) all: bool,
    /// Exit with code 1 when there are some, separated by commas
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub(crate) fail_on: Vec<FailOn>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: EvidenceFormat,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// How the calendar is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum TimelineFormat {
    /// For people
    #[default]
    Text,
    /// For programs; `detente schema timeline` prints what it may contain
    Json,
    /// For spreadsheets: one line per event
    Csv,
    /// A picture: tracks as lanes, days from left to right
    Svg,
}

#[derive(Debug, Args)]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Who acted for whom on this day, what was under way and what was in force
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<String>,
    /// Only what concerns this party
    #[arg(long, value_name = "PARTY")]
    pub(crate) party: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: TimelineFormat,
}
