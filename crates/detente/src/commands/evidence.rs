//! `detente evidence`.

use std::path::Path;

use detente::analysis::evidence::{Evidence, Question, Verdict, evidence};
use detente::analysis::model::Model;
use detente::analysis::{Budget, Game, Stop, codes};
use detente::report::evidence::{self as report, Found, Shown, Unread};
use detente::syntax::Diagnostic;
use indexmap::IndexMap;

use super::judging;
use crate::cli::evidence::{EvidenceArgs, EvidenceFormat, FailOn};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &EvidenceArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.model_with(&args.which.variants)?;
    check_source(args, &model)?;
    let budget = running::budget(&args.limits);
    let listed = needs_states(&model).then(|| Game::new(&model, &budget));
    ask(
        args,
        &loaded,
        &model,
        listed.as_ref(),
        &budget,
        |said, stop| told(args, said, stop),
    )?
}

/// Whether states are needed: commitments are compared with what their parties prefer in them.
pub(crate) fn needs_states(model: &Model) -> bool {
    !model.record.commitments.is_empty()
}

/// Draws up the ledger, with the states or why they cannot be listed where they are needed, and does something with
/// what was found.
pub(crate) fn ask<R>(
    args: &EvidenceArgs,
    loaded: &Loaded,
    model: &Model,
    listed: Option<&Result<Game<'_>, Vec<Diagnostic>>>,
    budget: &Budget,
    then: impl FnOnce(&Found<'_>, Option<&Stop>) -> R,
) -> Result<R, Failure> {
    let document = loaded.document_with(&args.which.variants)?;
    let (texts, unread) = texts(loaded, model, &args.which.file);
    let (game, not_compared) = match listed {
        None => (None, None),
        Some(Ok(game)) => (Some(game), None),
        Some(Err(problems)) => (None, Some(unlisted(problems))),
    };
    let question = Question {
        document: &document,
        model,
        texts: &texts,
        game,
    };
    let outcome = evidence(&question, budget);
    let stop = outcome.stop();
    let shown = Shown {
        element: args.element.clone(),
        source: args.source.clone(),
        unsupported: args.unsupported,
        conflicts: args.conflicts,
        quotations: args.quotations,
        commitments: args.commitments,
        all: args.all,
    };
    let said = Found {
        model,
        variants: &args.which.variants,
        evidence: outcome.value(),
        unread: &unread,
        not_compared,
        shown: &shown,
        stopped: stop.map(ToString::to_string),
    };
    Ok(then(&said, stop))
}

/// Prints what was found.
fn told(args: &EvidenceArgs, said: &Found<'_>, stop: Option<&Stop>) -> Done {
    let ledger = report::finding(said);
    let found = said.evidence;
    if let Some(element) = &args.element
        && ledger.elements.is_empty()
        && !found.elements.iter().any(|e| report::is_named(e, element))
    {
        let names: Vec<&str> = found.elements.iter().map(|e| e.name.as_str()).collect();
        let hint = "give its number in the ledger, or a part of its name";
        let message = format!("there is no element `{element}`");
        return Err(Failure::unknown(message, element, &names, hint));
    }
    output::data(&match args.format {
        EvidenceFormat::Text => report::text(said, output::look()),
        EvidenceFormat::Json => super::schema::json(&ledger)?,
        EvidenceFormat::Csv => report::csv(&ledger, said.shown),
    })?;
    if let Some(stop) = stop {
        return Err(judging::cut_short("check of quotations", stop));
    }
    fail(args, found)
}

/// That the source asked for is declared or cited.
fn check_source(args: &EvidenceArgs, model: &Model) -> Done {
    let Some(name) = &args.source else {
        return Ok(());
    };
    let names: Vec<&str> = model.sources.iter().map(|s| s.name.as_str()).collect();
    if names.contains(&name.as_str()) {
        return Ok(());
    }
    let hint = if names.is_empty() {
        "the negotiation declares no sources: `source NAME \"Its title\" { date 2019-01-20 }`"
            .to_owned()
    } else {
        format!("the sources are {}", names.join(", "))
    };
    let message = format!("there is no source `{name}`");
    Err(Failure::unknown(message, name, &names, &hint))
}

/// The texts of sources that have a file, which stands relative to the negotiation's own; those that cannot be read
/// are warned of.
fn texts(loaded: &Loaded, model: &Model, path: &str) -> (IndexMap<String, String>, Vec<Unread>) {
    let folder = match Path::new(path).parent() {
        Some(folder) if path != "-" && !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut texts = IndexMap::new();
    let mut unread = Vec::new();
    let mut warnings = Vec::new();
    for source in &model.sources {
        let Some(file) = &source.file else {
            continue;
        };
        match input::read_named(&folder.join(file).to_string_lossy()) {
            Ok((_, text)) => {
                texts.insert(source.name.clone(), text);
            }
            Err(failure) => {
                let why = match failure {
                    Failure::Bad { message, .. } => message,
                    Failure::Told | Failure::Found => "it cannot be read".to_owned(),
                };
                let message = format!("the text of source `{}` is not read: {why}", source.name);
                let declared = loaded.document.sources.iter();
                let mut declared = declared.filter(|s| s.name.text == source.name);
                let mut warning = Diagnostic::warning(codes::UNREAD_SOURCE, message)
                    .hint("files of sources stand relative to the negotiation's own file");
                if let Some(declared) = declared.next() {
                    warning = warning.at(declared.place.0, "its quotations are not checked");
                }
                warnings.push(warning);
                unread.push(Unread {
                    source: source.name.clone(),
                    file: file.clone(),
                    why,
                });
            }
        }
    }
    loaded.draw(&warnings);
    (texts, unread)
}

/// Why the states cannot be listed.
pub(crate) fn unlisted(problems: &[Diagnostic]) -> String {
    let first = problems.first().map(|p| p.message.clone());
    first.unwrap_or_else(|| "the states cannot be listed".to_owned())
}

/// Fails on what the user asked to fail on.
fn fail(args: &EvidenceArgs, found: &Evidence) -> Done {
    let wrong = |v: Verdict| v.is_wrong() || v == Verdict::Elsewhere;
    let mut failed = false;
    for on in &args.fail_on {
        let (number, what) = match on {
            FailOn::Conflicts => (found.conflicts.len(), "contradictions"),
            FailOn::Unsupported => {
                let assumed = found.elements.iter().filter(|e| e.assumed);
                (assumed.count(), "assertions without a source")
            }
            FailOn::Quotations => {
                let bad = found.quotations.iter().filter(|q| wrong(q.verdict));
                (
                    bad.count(),
                    "quotations that are not as their sources have them",
                )
            }
        };
        if number > 0 {
            output::note(&format!("{what}: {number}"));
            failed = true;
        }
    }
    if failed { Err(Failure::Found) } else { Ok(()) }
}
