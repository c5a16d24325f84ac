//! The command line of `detente bargain`.

use clap::{Args, ValueEnum};

use super::Limits;

/// How an offer is chosen among the packages that are worth enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ChooseBy {
    /// The one nearest to what is asked for
    #[default]
    Nearest,
    /// Of the hundred nearest, the one whose levels the others have offered most often
    Kindest,
    /// One of the hundred nearest, drawn by the seed
    Drawn,
}

/// How what is found is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum BargainFormat {
    /// For people
    #[default]
    Text,
    /// For programs; `detente schema bargain` and `tournament` print what it may contain
    Json,
    /// For spreadsheets: one line per turn, or per strategy against each
    Csv,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
#[derive(Debug, Args)]
pub(crate) struct BargainArgs {
    /// .detente or .json files, several only with --tournament; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<String>,
    /// Make the changes of this variant first; may be given several times
    #[arg(short = 'V', long = "variant", value_name = "NAME")]
    pub(crate) variants: Vec<String>,
    /// The strategy of a party, such as US=boulware:0.2, or of all parties; in a tournament, one that takes part.
    /// May be given several times [default: linear; in a tournament, all of them]
    #[arg(short, long, value_name = "[PARTY=]STRATEGY")]
    pub(crate) strategy: Vec<String>,
    /// How many turns each party has at most [default: 100]
    #[arg(long, value_name = "N", conflicts_with = "until", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) rounds: Option<u32>,
    /// The last day
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
    /// The day of the first round [default: the day as of which the file is written]
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// How many rounds there are in how many days: 3/day, 1/week, 2/5
    #[arg(long, value_name = "ROUNDS/DAYS", default_value = "1/day")]
    pub(crate) pace: String,
    /// Who begins [default: the first party; with --tournament or --repeat, each in turn]
    #[arg(long, value_name = "PARTY", conflicts_with_all = ["tournament", "repeat"])]
    pub(crate) first: Option<String>,
    /// Nobody offers or accepts what its ratifiers refuse
    #[arg(long)]
    pub(crate) ratified: bool,
    /// How an offer is chosen among the packages that are worth enough
    #[arg(long, value_enum, default_value_t, value_name = "WAY")]
    pub(crate) choice: ChooseBy,
    /// Let all strategies meet each other
    #[arg(long)]
    pub(crate) tournament: bool,
    /// Play so often and print means
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    pub(crate) repeat: Option<u32>,
    /// Where the random numbers start
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// List all turns
    #[arg(long, conflicts_with_all = ["tournament", "repeat"])]
    pub(crate) trace: bool,
    /// Exit with code 1 when there is no agreement, or, of several sessions, when one ends without
    #[arg(long)]
    pub(crate) require: bool,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: BargainFormat,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
