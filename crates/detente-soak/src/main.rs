//! The command `detente-soak`: runs the engines of detente against each other.
#![expect(
    clippy::disallowed_methods,
    reason = "the command is the one place that touches files and the terminal"
)]

mod cli;
mod report;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Parser;
use detente_analysis::budget::Progress;
use detente_analysis::{Budget, Outcome};
use detente_soak::faults::Faulty;
use detente_soak::{Case, Mixture, Panel, Plan, Summary, generate, run, shrink};
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::{Cli, Format};
use crate::report::Found;

/// What cannot be used, in one sentence.
struct Bad(String);

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let wrong = error.use_stderr();
            return if error.print().is_err() || wrong {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match soak(&cli) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(Bad(message)) => {
            let _ = writeln!(anstream::stderr(), "error: {message}");
            ExitCode::from(2)
        }
    }
}

/// Whether there is no disagreement.
fn soak(cli: &Cli) -> Result<bool, Bad> {
    let mixture = mixture(cli)?;
    if let Some(directory) = &cli.out {
        std::fs::create_dir_all(directory)
            .map_err(|e| Bad(format!("`{}` cannot be made: {e}", directory.display())))?;
    }
    let mut panel = Panel::default();
    for fault in &cli.faults {
        panel.examiners.push(Box::new(Faulty(*fault)));
    }
    let plan = Plan {
        seed: cli.seed,
        from: cli.from,
        models: cli.models,
        threads: match cli.threads {
            Some(0) => return Err(Bad("at least one thread is needed".to_owned())),
            Some(threads) => threads,
            None => std::thread::available_parallelism().map_or(1, usize::from),
        },
        mixture,
        keep: cli.keep,
    };
    if cli.show {
        return show(&plan);
    }
    let cancel = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&cancel);
    // Without a handler Ctrl-C ends the program at once, without a summary.
    let _ = ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    let budget = Budget::default().cancelled_by(Arc::clone(&cancel));
    if !cli.files.is_empty() {
        panel.budget = budget;
        return files(cli, &panel);
    }
    let bar = Arc::new(Bar::new(&plan));
    let watched = budget.clone().watched_by(Arc::<Bar>::clone(&bar));
    let outcome = run(&plan, &panel, &watched);
    bar.0.finish_and_clear();
    let complete = matches!(outcome, Outcome::Complete(_));
    let summary = outcome.value();
    let mut found = Vec::new();
    for number in summary.kept.keys() {
        found.push(reported(cli, &plan, summary, &panel, &budget, *number)?);
    }
    data(&match cli.format {
        Format::Text => report::text(&plan, summary, complete, &found),
        Format::Json => report::json(&plan, summary, complete, &found),
    })?;
    Ok(summary.models.findings == 0)
}

fn mixture(cli: &Cli) -> Result<Mixture, Bad> {
    let mut mixture = Mixture::default();
    for share in &cli.shares {
        let (name, number) = share
            .split_once('=')
            .and_then(|(name, n)| Some((name, n.parse().ok()?)))
            .ok_or_else(|| Bad(format!("`{share}` is not of the form NAME=N")))?;
        mixture.set(name, number).map_err(|e| Bad(e.to_string()))?;
    }
    Ok(mixture)
}

/// Shrinks and saves what was found in one model.
fn reported(
    cli: &Cli,
    plan: &Plan,
    summary: &Summary,
    panel: &Panel,
    budget: &Budget,
    number: u64,
) -> Result<Found, Bad> {
    let kept = summary.kept.get(&number).map_or(&[][..], Vec::as_slice);
    let origin = format!(
        "Found by detente-soak in model {number} of seed {}.",
        plan.seed
    );
    let (findings, text) = match generate(plan.seed, number, &plan.mixture) {
        Ok(case) => {
            let findings: Vec<String> = kept.iter().map(|f| f.describe(&case)).collect();
            let shrunk = shrink(&case, number, panel, budget).map(|s| s.text(&origin));
            let text = shrunk.unwrap_or_else(|| {
                let all = findings.join("\n# ");
                format!("# {origin}\n# {all}\n\n{}", case.text)
            });
            (findings, text)
        }
        Err(refused) => (
            kept.iter().map(ToString::to_string).collect(),
            format!("# {origin}\n\n{}", detente_syntax::print(&refused.document)),
        ),
    };
    let file = match &cli.out {
        Some(directory) => {
            let file = directory.join(format!("seed-{}-model-{number}.detente", plan.seed));
            save(&file, &text)?;
            Some(file.display().to_string())
        }
        None => None,
    };
    Ok(Found {
        number,
        findings,
        text: Some(text),
        file,
    })
}

/// Examines files; whether there is no disagreement.
fn files(cli: &Cli, panel: &Panel) -> Result<bool, Bad> {
    let mut good = true;
    for (number, path) in cli.files.iter().enumerate() {
        let text = std::fs::read_to_string(path)
            .map_err(|e| Bad(format!("`{}` cannot be read: {e}", path.display())))?;
        let case = Case::read(text).map_err(|e| Bad(format!("`{}`: {e}", path.display())))?;
        let examination = panel.examine(&case, number as u64, true);
        if panel.budget.is_cancelled() {
            return Err(Bad(format!("stopped at `{}`", path.display())));
        }
        good &= examination.findings.is_empty();
        data(&format!(
            "{}: {} states, {} verdicts compared, {} findings\n",
            path.display(),
            examination.states,
            examination.compared,
            examination.findings.len()
        ))?;
        for finding in &examination.findings {
            data(&format!("  {}\n", finding.describe(&case)))?;
        }
    }
    Ok(good)
}

/// Prints the models of a plan.
fn show(plan: &Plan) -> Result<bool, Bad> {
    for offset in 0..plan.models {
        let number = plan.from.wrapping_add(offset);
        let text = match generate(plan.seed, number, &plan.mixture) {
            Ok(case) => case.text,
            Err(refused) => {
                format!(
                    "# refused: {}\n{}",
                    refused.why,
                    detente_syntax::print(&refused.document)
                )
            }
        };
        data(&format!(
            "# Model {number} of seed {}.\n\n{text}\n",
            plan.seed
        ))?;
    }
    Ok(true)
}

fn save(path: &Path, text: &str) -> Result<(), Bad> {
    std::fs::write(path, text)
        .map_err(|e| Bad(format!("`{}` cannot be written: {e}", path.display())))
}

fn data(text: &str) -> Result<(), Bad> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|e| Bad(format!("the output cannot be written: {e}")))
}

/// A progress bar on a terminal, nothing elsewhere.
struct Bar(ProgressBar);

impl Bar {
    fn new(plan: &Plan) -> Self {
        if !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(plan.models);
        let template = "{bar:30} {pos}/{len} models, {per_sec}, {eta} to go";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl Progress for Bar {
    fn report(&self, _: &str, done: u64, _: u64) {
        // Threads may report out of order.
        if done > self.0.position() {
            self.0.set_position(done);
        }
    }
}
