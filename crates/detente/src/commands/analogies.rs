//! `detente analogies`.

use std::path::{Path, PathBuf};

use detente::analysis::likeness::{Features, features};
use detente::analysis::model::Model;
use detente::analysis::{Outcome, Stop};
use detente::model::resolve;
use detente::model::syntax::ast::Document;
use detente::report::analogies::{self as report, CameOf, Described};

use crate::cases::{CASES, OUTCOMES};
use crate::cli::analogies::AnalogiesArgs;
use crate::cli::{Limits, StatesFormat};
use crate::failure::Failure;
use crate::{Done, input, output, running};

/// A folder with more negotiations than this is refused.
const MOST_FILES: usize = 2000;

/// Feasible states of one case, unless --max-states says otherwise.
const STATES_OF_A_CASE: u64 = 1 << 16;

pub(crate) fn run(args: &AnalogiesArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.model_with(&args.which.variants)?;
    let document = loaded.document_with(&args.which.variants)?;
    let (own, stopped) = parts(described(&document, &model, &args.limits));
    if stopped == Some(Stop::Cancelled) {
        return Err(Failure::bad("cancelled"));
    }
    let this = detente::syntax::print(&document);
    let cases = match &args.dir {
        Some(folder) => of_folder(folder, &this, &args.limits)?,
        None => of_collection(&this, &args.limits)?,
    };
    let title = model.display_title();
    let finding = report::finding(title, &own, stopped.map(|s| s.to_string()), cases);
    output::data(&match args.format {
        StatesFormat::Text => report::text(&finding, args.most, output::look()),
        StatesFormat::Json => super::schema::json(&finding)?,
        StatesFormat::Csv => report::csv(&finding),
    })
}

fn described(document: &Document, model: &Model, limits: &Limits) -> Outcome<Features> {
    let mut limits = limits.clone();
    limits.states.get_or_insert(STATES_OF_A_CASE);
    features(document, model, &running::budget(&limits))
}

fn parts(outcome: Outcome<Features>) -> (Features, Option<Stop>) {
    match outcome {
        Outcome::Complete(found) => (found, None),
        Outcome::Stopped(found, stop) => (found, Some(stop)),
    }
}

/// Describes one case. One that says the same as the negotiation itself is named, and not ranked.
fn describe(
    case: String,
    (document, good): (&Document, bool),
    this: &str,
    came_of: Option<CameOf>,
    limits: &Limits,
) -> Result<Described, Failure> {
    let mut title = document.negotiation.clone().unwrap_or_else(|| case.clone());
    let features = if detente::syntax::print(document) == this {
        Err("it is the negotiation itself".to_owned())
    } else {
        match resolve(document).model.filter(|_| good) {
            None => Err("there are errors in it; `detente check` shows them".to_owned()),
            Some(model) => {
                model.display_title().clone_into(&mut title);
                match parts(described(document, &model, limits)) {
                    (_, Some(Stop::Cancelled)) => return Err(Failure::bad("cancelled")),
                    (_, Some(stop)) => Err(format!("too large: {stop}")),
                    (found, None) => Ok(found),
                }
            }
        }
    };
    Ok(Described {
        case,
        title,
        features,
        came_of,
    })
}

fn of_collection(this: &str, limits: &Limits) -> Result<Vec<Described>, Failure> {
    let mut cases = Vec::new();
    for case in CASES {
        let folder = case.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let outcome = OUTCOMES.iter().find(|o| o.name == folder);
        let came_of = outcome.and_then(|o| serde_json::from_str(o.text).ok());
        let parsed = detente::syntax::parse(case.text);
        let read = (&parsed.document, !parsed.has_errors());
        cases.push(describe(case.name.to_owned(), read, this, came_of, limits)?);
    }
    Ok(cases)
}

fn of_folder(folder: &Path, this: &str, limits: &Limits) -> Result<Vec<Described>, Failure> {
    let mut cases = Vec::new();
    for path in files(folder)? {
        let name = path.display().to_string();
        let beside = path.with_file_name("outcome.json");
        let came_of = match beside.to_str().filter(|_| beside.is_file()) {
            None => None,
            Some(outcome) => {
                let (name, text) = input::read_text(outcome)?;
                Some(serde_json::from_str(&text).map_err(|e| {
                    Failure::with_hint(
                        format!("{name}: {e}"),
                        "`detente schema came-of` prints what the file may say",
                    )
                })?)
            }
        };
        let Some(text) = path.to_str() else { continue };
        let loaded = input::load(text)?;
        let read = (&loaded.document, loaded.is_good());
        cases.push(describe(name, read, this, came_of, limits)?);
    }
    if cases.is_empty() {
        return Err(Failure::with_hint(
            format!("there is no negotiation in `{}`", folder.display()),
            "files that end in .detente or .gmcr are looked for, in the folders inside too",
        ));
    }
    Ok(cases)
}

/// The negotiations in a folder and in those inside it, by path. Links to folders are not followed, and pipes and devices
/// are passed over.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        let cannot = |e: std::io::Error| {
            Failure::with_hint(
                format!(
                    "the folder `{}` cannot be read: {}",
                    folder.display(),
                    output::reason(&e)
                ),
                "name a folder with negotiations",
            )
        };
        for entry in std::fs::read_dir(&folder).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let path = entry.path();
            let kind = entry.file_type().map_err(cannot)?;
            let ending = path
                .extension()
                .and_then(|e| e.to_str())
                .map(str::to_lowercase);
            if kind.is_dir() {
                open.push(path);
            } else if matches!(ending.as_deref(), Some("detente" | "gmcr"))
                && !std::fs::metadata(&path).is_ok_and(|m| !m.is_file())
            {
                found.push(path);
            }
        }
        if found.len() > MOST_FILES {
            return Err(Failure::with_hint(
                format!("there are more than {MOST_FILES} negotiations in the folder"),
                "name a folder further in",
            ));
        }
    }
    found.sort();
    Ok(found)
}
