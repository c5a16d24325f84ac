//! The command line of `detente analogies`.

use std::path::PathBuf;

use clap::Args;

use super::{Limits, StatesFormat, Which};

#[derive(Debug, Args)]
pub(crate) struct AnalogiesArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Rank the negotiations in this folder and the folders in it, instead of the collection; what came of them is
    /// read from `outcome.json` beside them
    #[arg(long, value_name = "FOLDER")]
    pub(crate) dir: Option<PathBuf>,
    /// So many of the nearest cases are told in full
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) most: usize,
    /// How to print them
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: StatesFormat,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
