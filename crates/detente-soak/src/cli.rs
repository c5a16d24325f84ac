//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use detente_soak::faults::{FAULTS, Fault};
use detente_soak::generate::SHARES;

/// Examines the engines of detente against each other on random negotiations.
///
/// Ends with 0 when they agree, 1 when there is a disagreement, 2 when the input cannot be used.
#[derive(Debug, Parser)]
#[command(version, after_help = after_help())]
pub(crate) struct Cli {
    /// How many models to draw
    #[arg(long, default_value_t = 10_000, conflicts_with = "files")]
    pub(crate) models: u64,
    /// From which number everything is drawn
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// The number of the first model
    #[arg(long, value_name = "K", default_value_t = 0)]
    pub(crate) from: u64,
    /// On how many threads; by default on as many as there are processors
    #[arg(long)]
    pub(crate) threads: Option<usize>,
    /// Where to save what is found, as `.detente` files
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// How many models with a finding to shrink and to save, the first ones
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) keep: usize,
    /// Sets how often a feature is drawn, in thousandths
    #[arg(long = "share", value_name = "NAME=N")]
    pub(crate) shares: Vec<String>,
    /// Adds an examiner that is wrong on purpose, to see that it is caught
    #[arg(long = "fault", value_name = "NAME", value_parser = fault)]
    pub(crate) faults: Vec<Fault>,
    /// Prints the models instead of examining them
    #[arg(long)]
    pub(crate) show: bool,
    /// Files to examine instead of drawing models
    pub(crate) files: Vec<PathBuf>,
}

/// How to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

fn fault(name: &str) -> Result<Fault, String> {
    let known = FAULTS.iter().find(|(_, known, _)| *known == name);
    known.map(|(fault, ..)| *fault).ok_or_else(|| {
        let names: Vec<&str> = FAULTS.iter().map(|(_, name, _)| *name).collect();
        format!("the faults are {}", names.join(", "))
    })
}

fn after_help() -> String {
    let mut out = String::from("Shares, in thousandths:\n");
    for (_, name, permille, of) in SHARES {
        out.push_str(&format!("  {name:<13} {permille:>4}  {of}\n"));
    }
    out.push_str("\nFaults:\n");
    for (_, name, wrong) in FAULTS {
        out.push_str(&format!("  {name:<13} {wrong}\n"));
    }
    out
}
