//! `breakthrough`, and what it has in common with `commitments`.

use clap::{Args, ValueEnum};

use super::{Format, Limits, Which};

/// In which way a wanted state has to be reachable from the status quo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReachableBy {
    /// By any moves
    Moves,
    /// By moves that each improve the mover's lot
    Improvements,
    /// By improvements of parties and joint ones of coalitions
    Joint,
}

/// What is wanted, and what may be changed at which price.
#[derive(Debug, Args)]
pub(crate) struct Aim {
    #[command(flatten)]
    pub(crate) which: Which,
    /// What is to hold: an outcome class, or a state by its number, its name, a Y/N pattern, or what
    /// is on ("US.sign, DPRK.sign"); of a class one state at least. Several: all of them at once
    #[arg(value_name = "TARGET", required_unless_present = "not")]
    pub(crate) targets: Vec<String>,
    /// What is not to hold: no state of it may be an equilibrium; may be given several times
    #[arg(long, value_name = "TARGET")]
    pub(crate) not: Vec<String>,
    /// Every state of a class is to hold, not just one
    #[arg(long)]
    pub(crate) each: bool,
    /// By which concepts, separated by commas: wanted states hold by all of them, unwanted ones by none
    /// [default: each party's own, or seq]
    #[arg(short, long = "concept", value_name = "LIST", value_delimiter = ',')]
    pub(crate) concepts: Vec<String>,
    /// Judge one party by a concept of its own; may be given several times
    #[arg(long, value_name = "PARTY=CONCEPT")]
    pub(crate) by: Vec<String>,
    /// What is wanted has to be reachable from the status quo in this way, after the changes
    #[arg(long, value_enum, value_name = "WAY")]
    pub(crate) reachable: Option<ReachableBy>,
    /// This party stays as it is; may be given several times
    #[arg(long, value_name = "PARTY")]
    pub(crate) fix: Vec<String>,
    /// Only this party may change; may be given several times
    #[arg(long, value_name = "PARTY", conflicts_with = "fix")]
    pub(crate) only: Vec<String>,
    /// Options over which links, bars and sequences are sought, separated by commas
    /// [default: links over those that the targets turn on, the others over all]
    #[arg(long, value_name = "OPTIONS", value_delimiter = ',')]
    pub(crate) among: Vec<String>,
    /// What changes of a kind cost, such as drop=2, or those of one party, such as US.ranks=3
    /// [default: 1 each]
    #[arg(long, value_name = "KIND=N")]
    pub(crate) price: Vec<String>,
    /// How many plans are listed
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) most: u32,
    /// List plans that are dearer than the cheapest too, up to this price
    #[arg(long, value_name = "PRICE")]
    pub(crate) up_to: Option<u64>,
    /// Exit with code 1 when no permitted change does it
    #[arg(long)]
    pub(crate) require: bool,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
pub(crate) struct BreakthroughArgs {
    /// What may change, separated by commas: preferences (statements, or ranks where there are none), or
    /// some of ranks, drop, reverse, move, insert; irreversible, reversible, remove, links, bars,
    /// sequences, or structure for all of these; or all
    #[arg(
        long,
        value_name = "KINDS",
        value_delimiter = ',',
        default_value = "preferences"
    )]
    pub(crate) changes: Vec<String>,
    /// A statement that may be inserted, such as "US: not DPRK.test"; may be given several times
    #[arg(long, value_name = "PARTY: FORMULA")]
    pub(crate) insert: Vec<String>,
    #[command(flatten)]
    pub(crate) aim: Aim,
}
