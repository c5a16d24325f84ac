//! The command line of `detente packages`.

use clap::{Args, ValueEnum};

use super::mediation::MediationArgs;
use super::{Limits, Which};

/// What `packages` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum PackagesFormat {
    /// For people
    #[default]
    Text,
    /// For programs; `detente schema packages` prints what it may contain
    Json,
    /// The frontier for spreadsheets
    Csv,
    /// The frontier as a picture
    Svg,
}

/// What having no agreement is taken to be worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Fallback {
    /// The reservation value, or the worst package where that is better or no reservation is given
    #[default]
    Better,
    /// The reservation value, even when every package is better; the worst package where none is given
    Reservation,
    /// The worst package
    Worst,
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each flag of the command line stands by itself"
)]
pub(crate) struct PackagesArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Who is at the table: parties, or ratifiers such as US.hawks [default: all parties with a utility]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) parties: Vec<String>,
    /// What having no agreement is taken to be worth
    #[arg(long, value_enum, default_value_t, value_name = "RULE")]
    pub(crate) disagreement: Fallback,
    /// Only these solution points, separated by commas, such as nash,egalitarian [default: all]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) solutions: Vec<String>,
    /// List the Pareto-efficient packages
    #[arg(long)]
    pub(crate) frontier: bool,
    /// How many packages are listed at most, of each kind [default: 20 of the frontier, 3 of a tie; JSON, CSV and
    /// SVG have the whole frontier]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// The two parties of the picture [default: every pair]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) axes: Vec<String>,
    /// Exit with code 1 when there is no package that all accept
    #[arg(long)]
    pub(crate) fail_no_zone: bool,
    /// Exit with code 1 when the numbers contradict a fact
    #[arg(long)]
    pub(crate) fail_contradicted: bool,
    #[command(flatten)]
    pub(crate) mediation: MediationArgs,
    /// What must, may and cannot be agreed, whatever the numbers that are in doubt; what to find out next
    #[arg(long, conflicts_with_all = ["parties", "disagreement", "solutions", "frontier", "limit", "axes", "fail_no_zone"])]
    pub(crate) doubt: bool,
    /// With --doubt: draw so many utilities of each voice
    #[arg(long, value_name = "N", default_value_t = 2048, requires = "doubt")]
    pub(crate) samples: u64,
    /// With --doubt: where the random numbers start
    #[arg(long, value_name = "S", default_value_t = 1, requires = "doubt")]
    pub(crate) seed: u64,
    /// Which lotteries between packages are best, and what they have more than the best single package
    #[arg(long, conflicts_with_all = ["doubt", "about", "zone", "ratification", "linkage", "solutions", "frontier", "limit", "axes", "fail_no_zone", "fail_contradicted"])]
    pub(crate) lotteries: bool,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: PackagesFormat,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
