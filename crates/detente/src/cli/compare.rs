//! The command line of `detente compare`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{Limits, Rules, StatesFormat};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Only {
    /// What the two say
    Model,
    /// What follows from it
    Answers,
}

#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// The first negotiation: a .detente, .json or .gmcr file, or a bargaining scenario; `-` is standard input
    #[arg(value_name = "A")]
    pub(crate) a: String,
    /// The second one; without it A again, with other variants or as of another day
    #[arg(value_name = "B")]
    pub(crate) b: Option<String>,
    /// Make the changes of this variant to A first; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(crate) variant_a: Vec<String>,
    /// Make the changes of this variant to B first; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(crate) variant_b: Vec<String>,
    /// Hide in A what became known after this day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub(crate) as_of_a: Option<Date>,
    /// Hide in B what became known after this day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub(crate) as_of_b: Option<Date>,
    /// The concept of which most is said, by which parties judge that name none of their own
    #[arg(short, long, value_name = "CONCEPT", default_value = "seq")]
    pub(crate) concept: String,
    /// Compare the model alone, or the answers alone
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) only: Option<Only>,
    /// Exit with code 1 when an answer is another
    #[arg(long)]
    pub(crate) fail_changed: bool,
    #[command(flatten)]
    pub(crate) rules: Rules,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: StatesFormat,
    /// Write a document instead, in the format that the ending of this file asks for, such as out.html
    #[arg(short, long, value_name = "FILE", conflicts_with = "format")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) limits: Limits,
}
