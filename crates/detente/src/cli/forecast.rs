//! The arguments of `detente forecast`.

use clap::{Args, ValueEnum};
use detente::analysis::timed::{MEETING, REPLICATES};
use detente::syntax::ast::decimal;

use super::{Limits, Which};

/// How a forecast is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ForecastFormat {
    /// For people
    #[default]
    Text,
    /// For programs; `detente schema forecast` prints what it may contain
    Json,
    /// For spreadsheets: one line for each target and date
    Csv,
}

/// How the numbers are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ForecastMethod {
    /// Exactly where there are not too many situations, else by drawing histories
    #[default]
    Auto,
    /// Exactly, or not at all
    Exact,
    /// By drawing histories
    Sampled,
    /// Both ways, and compared
    Both,
}

#[derive(Debug, Args)]
pub(crate) struct ForecastArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Look ahead to this day, such as 2019-03-05 [default: the last day of the calendar or of a claim's window, or
    /// 180 days ahead, whichever is latest]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
    /// Ask about this class or formula too, such as "US.relief and not DPRK.test"; may be given several times
    #[arg(short, long, value_name = "CLASS|FORMULA")]
    pub(crate) target: Vec<String>,
    /// Answer for these days, separated by commas [default: days of events, ends of months, the last day]
    #[arg(long, value_name = "DAYS", value_delimiter = ',')]
    pub(crate) dates: Vec<String>,
    /// How parties move when they reconsider, improving, best or wary; for one party as US=wary; may be given
    /// several times [default: improving]
    #[arg(long, value_name = "[PARTY=]WAY")]
    pub(crate) behaviour: Vec<String>,
    /// How many days pass between two times that a party reconsiders, on average; for one party as US=14; may be
    /// given several times [default: as the file says, or 30]
    #[arg(long, value_name = "[PARTY=]DAYS")]
    pub(crate) pace: Vec<String>,
    /// How probable it is that parties who meet agree on a joint step that all of them prefer
    #[arg(long, value_name = "P", default_value_t = decimal(MEETING))]
    pub(crate) meeting: String,
    /// How the numbers are found
    #[arg(long, value_enum, default_value_t, value_name = "METHOD")]
    pub(crate) method: ForecastMethod,
    /// How many histories are drawn
    #[arg(long, value_name = "N", default_value_t = REPLICATES, value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    pub(crate) replicates: u64,
    /// Where the random numbers start
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Do not find what each event and each party's pace changes
    #[arg(long)]
    pub(crate) no_comparisons: bool,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: ForecastFormat,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
