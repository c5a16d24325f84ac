//! `detente check`.

use detente::analysis::study::{Request, findings};
use detente::analysis::{Game, lint};
use detente::model::as_of::Hidden;
use detente::model::model::Form;
use detente::model::{Model, codes};
use detente::report::diagnostics;
use detente::syntax::{Diagnostic, Severity};

use super::judging;
use crate::cli::{CheckArgs, Format};
use crate::failure::Failure;
use crate::input::{self, Loaded};
use crate::{Done, output, running};

pub(crate) fn run(args: &CheckArgs) -> Done {
    match (args.watch, args.files.as_slice()) {
        (true, [file]) => running::watched(file, true, || all(args)),
        (true, _) => Err(Failure::with_hint(
            "only one file can be watched at a time",
            "run `detente check --watch` once for each",
        )),
        (false, _) => all(args),
    }
}

fn all(args: &CheckArgs) -> Done {
    let (mut errors, mut warnings) = (0, 0);
    let mut reports = Vec::new();
    for file in &args.files {
        let loaded = match input::load(file) {
            Ok(loaded) => loaded,
            Err(failure) => {
                failure.tell();
                errors += 1;
                continue;
            }
        };
        let mut found = loaded.diagnostics.clone();
        found.extend(loaded.hidden.iter().map(hidden));
        if loaded.is_good() {
            // What is wrong with a variant is drawn where it is found.
            match loaded.model_with(&args.variants) {
                Ok(model) => found.extend(judge(&model, args)),
                Err(failure) => {
                    failure.tell();
                    errors += 1;
                    continue;
                }
            }
        }
        found.sort_by_key(|d| d.primary.as_ref().map_or(usize::MAX, |l| l.span.start));
        errors += found.iter().filter(|d| d.is_error()).count();
        warnings += found
            .iter()
            .filter(|d| d.severity == Severity::Warning)
            .count();
        match args.format {
            Format::Json => reports.push(diagnostics::json(&found, loaded.source())),
            Format::Text => tell(&loaded, &found, args.notes),
        }
    }
    if args.format == Format::Json {
        output::data(&super::schema::json(&reports)?)?;
    }
    if errors > 0 {
        Err(Failure::Told)
    } else if warnings > 0 && args.deny_warnings {
        Err(Failure::Found)
    } else {
        Ok(())
    }
}

/// What `--as-of` has hidden, as a note.
fn hidden(hidden: &Hidden) -> Diagnostic {
    Diagnostic::note(
        codes::HIDDEN,
        format!(
            "{} became known on {} and is hidden",
            hidden.what, hidden.known
        ),
    )
    .at(hidden.span, "")
}

fn tell(loaded: &Loaded, found: &[Diagnostic], notes: bool) {
    let count = |s: Severity| found.iter().filter(|d| d.severity == s).count();
    let shown: Vec<Diagnostic> = found
        .iter()
        .filter(|d| notes || d.severity != Severity::Note)
        .cloned()
        .collect();
    loaded.draw(&shown);
    if !shown.is_empty() {
        output::note("");
    }
    let plural = |n: usize, one: &str| detente::report::words::count(n, one);
    let mut parts = vec![
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
    ];
    let hidden = count(Severity::Note);
    if hidden > 0 {
        let hint = if notes { "" } else { " (--notes shows them)" };
        parts.push(format!("{}{hint}", plural(hidden, "note")));
    }
    output::note(&format!("{}: {}", loaded.name, parts.join(", ")));
}

/// What is found in the states of a model, and what may not be meant.
fn judge(model: &Model, args: &CheckArgs) -> Vec<Diagnostic> {
    let packages = lint::packages(model);
    if model.options.is_empty() && model.form == Form::Options && !model.bargain.issues.is_empty() {
        // There is nothing to do but to agree.
        return packages;
    }
    let budget = running::budget(&args.limits);
    let game = match Game::new(model, &budget) {
        Ok(game) => game,
        Err(problems) => return problems,
    };
    let mut found = lint::lint(&game, &budget);
    found.extend(packages);
    let parties = model.parties.iter();
    found.extend(parties.filter_map(|p| judging::concept_of(model, p).err()));
    found.extend(findings(&game, Request::usual(&game), &budget).unwrap_or_default());
    found
}
