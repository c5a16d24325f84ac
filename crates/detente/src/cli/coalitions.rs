//! The arguments of `detente coalitions`.

use clap::{Args, ValueEnum};

use super::{Format, Limits, Which};

/// How much work may be done on coalitions.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct CoalitionLimits {
    /// Families of two or more coalitions that are tried at most [default: 20000]
    #[arg(long = "max-families", value_name = "N", requires = "toward")]
    pub(crate) families: Option<u64>,
    /// Feasible states that are listed at most [default: 1048576]
    #[arg(long = "max-states", value_name = "N")]
    states: Option<u64>,
    /// Moves of one party, and joint improvements of all coalitions, at most [default: 50000000]
    #[arg(long = "max-moves", value_name = "N")]
    moves: Option<u64>,
    /// Steps of the enumeration at most [default: 200000000]
    #[arg(long = "max-steps", value_name = "N")]
    steps: Option<u64>,
    /// Megabytes of memory for what can be reached, at most [default: 4295]
    #[arg(long = "max-memory", value_name = "MB")]
    memory: Option<u64>,
    /// Moves and states that one question looks at, at most [default: 2000000000]
    #[arg(long = "max-work", value_name = "N")]
    work: Option<u64>,
}

impl CoalitionLimits {
    /// As the limits that all commands have.
    pub(crate) fn usual(&self) -> Limits {
        Limits {
            states: self.states,
            moves: self.moves,
            steps: self.steps,
            memory: self.memory,
            nodes: None,
            work: self.work,
        }
    }
}

/// What a coalition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Meaning {
    /// Parties form and dissolve coalitions at will; members move one after another (Inohara and
    /// Hipel 2008)
    InoharaHipel,
    /// One party with its members' options, who do not act alone, as in GMCR+
    Merged,
}

#[derive(Debug, Args)]
pub(crate) struct CoalitionsArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// What a coalition is [default: inohara-hipel, or merged when --merge is given]
    #[arg(long, value_enum, value_name = "MEANING")]
    pub(crate) semantics: Option<Meaning>,
    /// Merge these parties into one, such as US+ROK; may be given several times. Without it each
    /// coalition is merged in turn
    #[arg(long, value_name = "PARTY+PARTY")]
    pub(crate) merge: Vec<String>,
    /// By which concept coalitions are deterred: cnash, cgmr, csmr or cseq
    #[arg(short, long, value_name = "CONCEPT", default_value = "cseq")]
    pub(crate) concept: String,
    /// Which coalitions can lead away from this outcome, a class or a state as in `why`
    #[arg(long, value_name = "OUTCOME")]
    pub(crate) block: Option<String>,
    /// Which coalitions must form so that improvements lead to this outcome, a class or a state
    #[arg(long, value_name = "OUTCOME")]
    pub(crate) toward: Option<String>,
    /// Where the way to the outcome begins [default: the status quo]
    #[arg(long, value_name = "STATE", requires = "toward")]
    pub(crate) from: Option<String>,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) limits: CoalitionLimits,
}
