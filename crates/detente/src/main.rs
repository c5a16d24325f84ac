//! The command `detente`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the command is the one place that touches files, environment and clock"
)]

mod cases;
mod cli;
mod commands;
mod failure;
mod input;
mod output;
mod running;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::failure::Failure;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let wrong = error.use_stderr();
            // Help and version go to standard output, mistakes to standard error.
            return if error.print().is_err() || wrong {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    cli.colour.apply();
    if let Some(day) = cli.as_of {
        if !cli.command.reads_negotiation() {
            let failure = Failure::with_hint(
                "`--as-of` hides what became known later in a negotiation, and this command analyses none",
                "`detente export --as-of DAY --to text FILE` writes a negotiation as it was known on a day",
            );
            failure.tell();
            return failure.code();
        }
        input::hide_after(day);
    }
    let result = match cli.command {
        Command::New(args) => commands::new::run(&args),
        Command::Check(args) => commands::check::run(&args),
        Command::Fmt(args) => commands::fmt::run(&args),
        Command::States(args) => commands::states::run(&args),
        Command::Analyze(args) => commands::analyze::run(&args),
        Command::Why(args) => commands::why::run(&args),
        Command::Conditions(args) => commands::conditions::run(&args),
        Command::Breakthrough(args) => commands::breakthrough::run(&args),
        Command::Commitments(args) => commands::commitments::run(&args),
        Command::Find(args) => commands::find::run(&args),
        Command::Coalitions(args) => commands::coalitions::run(&args),
        Command::Doubt(args) => commands::doubt::run(&args),
        Command::Evolve(args) => commands::evolve::run(&args),
        Command::Forecast(args) => commands::forecast::run(&args),
        Command::Perceive(args) => commands::perceive::run(&args),
        Command::Analogies(args) => commands::analogies::run(&args),
        Command::Compare(args) => commands::compare::run(&args),
        Command::Brief(args) => commands::brief::run(&args),
        Command::Sensitivity(args) => commands::sensitivity::run(&args),
        Command::Strength(args) => commands::strength::run(&args),
        Command::Attitudes(args) => commands::attitudes::run(&args),
        Command::Terms(args) => commands::terms::run(&args),
        Command::Evidence(args) => commands::evidence::run(&args),
        Command::Timeline(args) => commands::timeline::run(&args),
        Command::Claims(args) => commands::claims::run(&args),
        Command::Packages(args) => commands::packages::run(&args),
        Command::Bargain(args) => commands::bargain::run(&args),
        Command::Report(args) => commands::report::run(&args),
        Command::Draw(args) => commands::draw::run(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Import(args) => commands::import::run(&args),
        Command::Export(args) => commands::export::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Cases(args) => commands::cases::run(&args),
        Command::Schema(args) => commands::schema::run(&args),
        Command::Completions(args) => commands::shell::completions(&args),
        Command::Man(args) => commands::shell::man(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            failure.code()
        }
    }
}

/// What a command ends in.
type Done = Result<(), Failure>;
