//! The command line of `detente claims`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Format, TableFormat};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct ClaimsArgs {
    #[command(subcommand)]
    pub(crate) command: Option<ClaimsCommand>,
    #[command(flatten)]
    pub(crate) list: Option<ClaimsListArgs>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ClaimsCommand {
    /// Say what became of each claim of a negotiation; the same as without a command
    List(ClaimsListArgs),
    /// Score the claims of a negotiation, or the forecasts of a log
    Score(ScoreArgs),
    /// Add a forecast to a log, or all open forecasts of a negotiation
    Add(Box<AddArgs>),
    /// Say in a log what came of a question
    Resolve(ResolveArgs),
    /// Show what a log holds
    Show(ShowArgs),
    /// Check the seals of a log
    Verify(SealArgs),
    /// Look through a text for wording that hides how likely things are
    Lint(LintArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ClaimsListArgs {
    /// A .detente or .json file; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
    /// Exit with code 1 when the rule of a claim and its stated outcome differ
    #[arg(long)]
    pub(crate) fail_contradicted: bool,
    /// Exit with code 1 when the time of a claim is over and nothing says what came of it
    #[arg(long)]
    pub(crate) fail_due: bool,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: TableFormat,
}

/// Into which bins forecasts are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum BinsChoice {
    /// The seven bands of ICD 203
    #[default]
    Bands,
    /// Tenths
    Tenths,
}

#[derive(Debug, Args)]
pub(crate) struct ScoreArgs {
    /// A .detente or .json file; `-` is standard input
    #[arg(
        value_name = "FILE",
        required_unless_present = "log",
        conflicts_with = "log"
    )]
    pub(crate) file: Option<String>,
    /// Score the forecasts of this log instead
    #[arg(long, value_name = "LOG")]
    pub(crate) log: Option<PathBuf>,
    /// The bins of the calibration table
    #[arg(long, value_enum, default_value_t, value_name = "BINS")]
    pub(crate) bins: BinsChoice,
    /// How to print the scores
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: TableFormat,
}

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// The name of the question; without --by a .detente or .json file whose open forecasts are added
    #[arg(value_name = "NAME|FILE")]
    pub(crate) what: String,
    /// The log; it is begun if it is not there
    #[arg(long, value_name = "LOG")]
    pub(crate) log: PathBuf,
    /// Who says so; another forecast of the same question by the same speaker is an update
    #[arg(long, value_name = "WHO")]
    pub(crate) by: Option<String>,
    /// How likely it is, from 0 to 1
    #[arg(long, value_name = "P", requires = "by")]
    pub(crate) probability: Option<String>,
    /// How likely it is, in a word of ICD 203 such as `likely`
    #[arg(long, value_name = "WORDS", requires = "by")]
    pub(crate) words: Option<String>,
    /// One of several ordered outcomes, worst or least first; given once for each
    #[arg(long, value_name = "OUTCOME=P", requires = "by", conflicts_with_all = ["probability", "words"])]
    pub(crate) graded: Vec<String>,
    /// It comes true on this day or before
    #[arg(long, value_name = "DAY", requires = "by", conflicts_with = "between")]
    pub(crate) by_day: Option<String>,
    /// It comes true between these days
    #[arg(long, num_args = 2, value_names = ["DAY", "DAY"], requires = "by")]
    pub(crate) between: Vec<String>,
    /// What is claimed
    #[arg(long, value_name = "TEXT", requires = "by")]
    pub(crate) title: Option<String>,
    /// Claimed only if this is so
    #[arg(long = "if", value_name = "TEXT", requires = "by")]
    pub(crate) condition: Option<String>,
    /// What makes it true
    #[arg(long, value_name = "TEXT", requires = "by")]
    pub(crate) rule: Option<String>,
    /// How often the like came true elsewhere: 0.18, or bounds, 0.15..0.20
    #[arg(long, value_name = "P", requires = "by")]
    pub(crate) reference: Option<String>,
    /// The day on which it was said [default: today]
    #[arg(long, value_name = "DAY", requires = "by")]
    pub(crate) said: Option<String>,
    /// Take this for the present time, such as 2019-01-20T12:00:00Z
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ResolveArgs {
    /// The name of the question
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// What came: yes, no, partly, void, or one of the ordered outcomes
    #[arg(value_name = "OUTCOME")]
    pub(crate) outcome: String,
    /// The log
    #[arg(long, value_name = "LOG")]
    pub(crate) log: PathBuf,
    /// The day on which it was known [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) because: Option<String>,
    /// Let this outcome take the place of one that the log has already
    #[arg(long)]
    pub(crate) correct: bool,
    /// Take this for the present time, such as 2019-01-20T12:00:00Z
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The log
    #[arg(long, value_name = "LOG")]
    pub(crate) log: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct SealArgs {
    /// The log
    #[arg(long, value_name = "LOG")]
    pub(crate) log: PathBuf,
    /// A seal noted down before, which must still be there
    #[arg(long, value_name = "SEAL")]
    pub(crate) head: Option<String>,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct LintArgs {
    /// A text file; `-` is standard input
    #[arg(value_name = "TEXT")]
    pub(crate) file: String,
    /// Exit with code 1 when there are findings
    #[arg(long)]
    pub(crate) deny: bool,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
}
