//! The command line of `detente doubt`.

use clap::{Args, ValueEnum};

use super::{Format, Limits, Rules, Which};

/// How doubt is dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum DoubtBy {
    /// By every way to complete the preferences: how often each outcome holds
    #[default]
    Completions,
    /// By what is preferred for certain, under the extensions a, b, c and d
    Unknown,
    /// By how much more probable one preference is than the opposite
    Fuzzy,
    /// By how probable a preference is
    Probabilistic,
}

#[derive(Debug, Args)]
pub(crate) struct DoubtArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Say what hangs on which doubt for this class or state; may be given several times [default: every
    /// class]
    #[arg(short, long, value_name = "TARGET")]
    pub(crate) target: Vec<String>,
    /// The concept by which targets are judged [default: each party's own, or seq]
    #[arg(short, long, value_name = "CONCEPT")]
    pub(crate) concept: Option<String>,
    /// Compute these concepts, separated by commas [default: nash,gmr,smr,seq,sseq; with --by other than
    /// completions, the concept alone]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) concepts: Vec<String>,
    /// How doubt is dealt with
    #[arg(long, value_enum, default_value_t, value_name = "WAY")]
    pub(crate) by: DoubtBy,
    /// Count all completions, or fail
    #[arg(long, conflicts_with = "samples")]
    pub(crate) exact: bool,
    /// Draw so many completions instead of counting all [default: 100000, if there are too many]
    #[arg(long, value_name = "N")]
    pub(crate) samples: Option<u64>,
    /// Where the random numbers start
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Combinations of orders that are counted at most
    #[arg(
        long = "max-completions",
        value_name = "N",
        default_value_t = 10_000_000
    )]
    pub(crate) most: u64,
    /// By how much the probability of a preference must exceed that of the opposite for a party to act
    /// on it, from 0.000001 to 1; for one party as US=0.6; may be given several times [default: 1]
    #[arg(long, value_name = "[PARTY=]P")]
    pub(crate) threshold: Vec<String>,
    /// How probable a preference must be for a party to leave by it
    #[arg(long, value_name = "P", default_value = "0.5")]
    pub(crate) alpha: String,
    /// How probable a preference for what follows must be not to hold a party back
    #[arg(long, value_name = "P", default_value = "0.5")]
    pub(crate) beta: String,
    /// How probable a preference must be for an opponent to take a step by it
    #[arg(long, value_name = "P", default_value = "0.5")]
    pub(crate) gamma: String,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) rules: Rules,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
