//! The command lines of `detente report` and `detente draw`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueEnum};
use detente::report::{picture, render};

use super::{Limits, Which};

/// In which format a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PictureFormat {
    /// A picture of lines that can be enlarged
    Svg,
    /// A picture of dots
    Png,
    /// The state graph for Graphviz
    Dot,
}

/// The formats of a report, for the command line.
fn formats() -> PossibleValuesParser {
    let value = |f: &render::Format| PossibleValue::new(f.name).help(f.says);
    render::formats()
        .iter()
        .map(value)
        .collect::<Vec<_>>()
        .into()
}

/// The kinds of pictures, for the command line.
fn kinds() -> PossibleValuesParser {
    let value = |k: &picture::Kind| PossibleValue::new(k.name).help(k.says);
    picture::kinds()
        .iter()
        .map(value)
        .collect::<Vec<_>>()
        .into()
}

/// From what a report is gathered.
#[derive(Debug, Args)]
pub(crate) struct Gathered {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Take parts that FILE does not have, such as packages or claims, from this file; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) also: Vec<String>,
    /// The concept by which outcomes are judged [default: each party's own, or seq]
    #[arg(short, long, value_name = "CONCEPT")]
    pub(crate) concept: Option<String>,
    /// An outcome of interest, a class or a state: what would make it hold; may be given several times [default: of the
    /// classes of which no state holds, the Pareto improvements over where things stand; if there are none, those that
    /// the most parties prefer to it and that lose to no other of these by a majority]
    #[arg(long, value_name = "TARGET")]
    pub(crate) goal: Vec<String>,
    /// The last day of the forecast [default: as `detente forecast` chooses it]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
    /// Compute every part, however long it takes; by default what is dear is left out of large conflicts, and the
    /// report says so
    #[arg(long)]
    pub(crate) thorough: bool,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) gathered: Gathered,
    /// Write here instead of to standard output; the ending says in which format
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// In which format [default: as the ending of the output file says, else text]
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub(crate) format: Option<String>,
    /// With the format csv: this table alone, as rows and columns
    #[arg(long, value_name = "TABLE")]
    pub(crate) table: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DrawArgs {
    /// What is drawn
    #[arg(value_name = "KIND", value_parser = kinds())]
    pub(crate) kind: String,
    #[command(flatten)]
    pub(crate) gathered: Gathered,
    /// Write here instead of to standard output; the ending says in which format
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// In which format [default: as the ending of the output file says, else svg]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<PictureFormat>,
    /// Draw every state, however many
    #[arg(long)]
    pub(crate) every_state: bool,
    /// Only what is about this class
    #[arg(long, value_name = "CLASS")]
    pub(crate) class: Option<String>,
    /// Only what is about these parties, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) parties: Vec<String>,
}
