//! `commitments`.

use clap::Args;

use super::breakthrough::Aim;

#[derive(Debug, Args)]
pub(crate) struct CommitmentsArgs {
    /// What may change, separated by commas: directions (what can be taken back), links (one option
    /// brings or ends another), sequences (one option only after another), bars (two options not
    /// together), remove
    #[arg(
        long,
        value_name = "KINDS",
        value_delimiter = ',',
        default_value = "directions"
    )]
    pub(crate) changes: Vec<String>,
    #[command(flatten)]
    pub(crate) aim: Aim,
}
