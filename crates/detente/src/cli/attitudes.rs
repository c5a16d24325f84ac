//! The command line of `detente attitudes`.

use clap::Args;

use super::{Format, Limits, Rules, Which};

#[derive(Debug, Args)]
pub(crate) struct AttitudesArgs {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Try another attitude, such as US:DPRK=positive; may be given several times
    #[arg(long, value_name = "PARTY:PARTY=ATTITUDE")]
    pub(crate) attitude: Vec<String>,
    /// The concept by which changes are explained: nash, gmr, smr, seq or sseq
    #[arg(short, long, value_name = "CONCEPT", default_value = "seq")]
    pub(crate) concept: String,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) rules: Rules,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
