//! The command line of `detente brief`.

use std::path::PathBuf;

use clap::Args;

use super::{Limits, StatesFormat, Which};

#[derive(Debug, Args)]
pub(crate) struct BriefArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// The party that is to be played, by its short name
    #[arg(value_name = "PARTY", required_unless_present = "all_parties")]
    pub(crate) party: Option<String>,
    /// Write one brief for each party into this folder instead
    #[arg(long, value_name = "FOLDER", conflicts_with = "party")]
    pub(crate) all_parties: Option<PathBuf>,
    /// The concept by which the party judges what would hold [default: each party's own, or seq]
    #[arg(short, long, value_name = "CONCEPT")]
    pub(crate) concept: Option<String>,
    /// How to print it; text is Markdown
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: StatesFormat,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
