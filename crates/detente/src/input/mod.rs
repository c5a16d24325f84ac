//! Files that hold a negotiation: `.detente` text, its JSON form, `.gmcr`, or a bargaining scenario.

mod scenario;

use std::io::Read;
use std::sync::OnceLock;

use detente::model::as_of::{Hidden, as_of};
use detente::model::model::Form;
use detente::model::syntax::ast::Document;
use detente::model::{Model, json, resolve, variant};
use detente::report::diagnostics::{self, SourceText};
use detente::syntax::{self, Diagnostic};

use crate::cli::scenario::ScenarioArgs;
use crate::failure::Failure;
use crate::output;

/// The day of `--as-of`: what became known later is hidden in every negotiation that is read.
static AS_OF: OnceLock<jiff::civil::Date> = OnceLock::new();

/// Hides in every negotiation that is read from now on what became known after a day.
pub(crate) fn hide_after(day: jiff::civil::Date) {
    // It is set once, before anything is read.
    let _ = AS_OF.set(day);
}

/// Files larger than this are refused before they are read.
const LARGEST: u64 = 64 << 20;

/// Tables of events larger than this are refused before they are read.
const LARGEST_TABLE: u64 = 1 << 30;

/// A negotiation as it was read, with the text that diagnostics point into.
pub(crate) struct Loaded {
    /// How the text is called.
    pub(crate) name: String,
    /// The text; for JSON and `.gmcr` files their translation into the language.
    pub(crate) text: String,
    /// Whether the file was written in another form than the language.
    pub(crate) translated: bool,
    /// What it says.
    pub(crate) document: Document,
    /// What was found while reading and resolving, in the order of the text.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The model without variants; `None` when there was an error.
    pub(crate) model: Option<Model>,
    /// What `--as-of` has taken out of the document.
    pub(crate) hidden: Vec<Hidden>,
}

impl Loaded {
    /// Whether there is no error.
    pub(crate) fn is_good(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Takes out of the document what became known after a day, and says how much that is.
    fn hide_after(&mut self, day: jiff::civil::Date) {
        let (known, hidden) = as_of(&self.document, day);
        let name = &self.name;
        output::note(&match (hidden.len(), &self.document.as_of) {
            (0, Some(stated)) if known == self.document => {
                format!(
                    "{name}: the text is as of {stated}, and holds nothing that became known after {day}"
                )
            }
            (0, _) => format!("{name}: nothing in it became known after {day}"),
            (1, _) => format!("{name}: 1 element became known after {day} and is hidden"),
            (some, _) => format!("{name}: {some} elements became known after {day} and are hidden"),
        });
        self.document = known;
        self.hidden = hidden;
    }

    /// Draws diagnostics on standard error.
    pub(crate) fn draw(&self, diagnostics: &[Diagnostic]) {
        if !diagnostics.is_empty() {
            draw(&self.name, &self.text, diagnostics);
        }
    }

    /// The text with its name.
    pub(crate) fn source(&self) -> SourceText<'_> {
        SourceText {
            name: &self.name,
            text: &self.text,
        }
    }

    /// The document with the changes of the named variants, as `export` writes it; errors are drawn.
    pub(crate) fn document_with(&self, variants: &[String]) -> Result<Document, Failure> {
        if variants.is_empty() {
            return Ok(self.document.clone());
        }
        let names: Vec<&str> = variants.iter().map(String::as_str).collect();
        variant::apply(&self.document, &names).map_err(|problems| {
            self.draw(&problems);
            Failure::Told
        })
    }

    /// The model with the changes of the named variants; errors are drawn.
    pub(crate) fn model_with(&self, variants: &[String]) -> Result<Model, Failure> {
        if !self.is_good() {
            let errors: Vec<_> = self
                .diagnostics
                .iter()
                .filter(|d| d.is_error())
                .cloned()
                .collect();
            self.draw(&errors);
            return Err(Failure::Told);
        }
        if variants.is_empty() {
            return self.model.clone().ok_or(Failure::Told);
        }
        let resolved = resolve(&self.document_with(variants)?);
        resolved.model.ok_or_else(|| {
            self.draw(&resolved.diagnostics);
            Failure::Told
        })
    }

    /// As [`Loaded::model_with`], for what analyses the conflict: a text that says only what could be agreed has none.
    pub(crate) fn conflict_with(&self, variants: &[String]) -> Result<Model, Failure> {
        let model = self.model_with(variants)?;
        let only_issues = model.form == Form::Options
            && model.options.is_empty()
            && !model.bargain.issues.is_empty();
        if only_issues {
            return Err(Failure::with_hint(
                "there are issues and no options, and so no conflict to analyse",
                "`detente packages` answers what could be agreed, and `detente bargain` plays the talks",
            ));
        }
        Ok(model)
    }
}

/// Reads a negotiation; `-` is standard input, a folder is a bargaining scenario. Problems of the content are
/// kept in the result, problems of the file are a failure.
pub(crate) fn load(path: &str) -> Result<Loaded, Failure> {
    load_as(path, &ScenarioArgs::default())
}

/// Reads a negotiation; what is asked for counts when it is a bargaining scenario of another tool.
pub(crate) fn load_as(path: &str, asked: &ScenarioArgs) -> Result<Loaded, Failure> {
    if path != "-" && std::path::Path::new(path).is_dir() {
        return Ok(from_document(path, &scenario::one(path, asked.options())?));
    }
    let (name, bytes) = read(path)?;
    if scenario::looks_like(path, &bytes) {
        let document = if path == "-" {
            scenario::only(name.clone(), bytes, asked.options())?
        } else {
            scenario::one(path, asked.options())?
        };
        return Ok(from_document(&name, &document));
    }
    if asked.is_given() {
        return Err(Failure::with_hint(
            format!("`{name}` is no bargaining scenario of another tool"),
            "--evaluations, --steps and --ratifier say how such a scenario is read",
        ));
    }
    let text = decode(&name, bytes)?;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('{') || has_extension(path, "json") || has_extension(path, "gmcr") {
        let document = if is_gmcr(path, start) {
            from_gmcr(&name, &text)?
        } else {
            json::from_json(&text).map_err(|d| show(&name, &text, &[d]))?
        };
        return Ok(from_document(&name, &document));
    }
    Ok(resolve_text(name, text))
}

/// Refuses to read standard input for more than one of these files.
pub(crate) fn read_once<'a>(files: impl IntoIterator<Item = &'a str>) -> Result<(), Failure> {
    if files.into_iter().filter(|file| *file == "-").count() < 2 {
        return Ok(());
    }
    Err(Failure::with_hint(
        "standard input can be read once only",
        "write one of the two to a file",
    ))
}

/// As [`load`], without what became known after a day.
pub(crate) fn load_as_of(path: &str, day: Option<jiff::civil::Date>) -> Result<Loaded, Failure> {
    let mut loaded = load(path)?;
    if let Some(day) = day
        && loaded.model.is_some()
    {
        loaded.hide_after(day);
        loaded.model = resolve(&loaded.document).model;
    }
    Ok(loaded)
}

/// Reads the scenario that consists of several files.
pub(crate) fn load_several(paths: &[String], asked: &ScenarioArgs) -> Result<Loaded, Failure> {
    if let [path] = paths {
        return load_as(path, asked);
    }
    let document = scenario::several(paths, asked.options())?;
    Ok(from_document(&paths.join(", "), &document))
}

/// What was written in another form is told in the language itself, so that places can be shown.
fn from_document(name: &str, document: &Document) -> Loaded {
    let translated = syntax::print(document);
    let mut loaded = resolve_text(format!("{name} (as text)"), translated);
    loaded.translated = true;
    loaded
}

fn resolve_text(name: String, text: String) -> Loaded {
    let parsed = syntax::parse(&text);
    let broken = parsed.has_errors();
    let mut loaded = Loaded {
        name,
        text,
        translated: false,
        document: parsed.document,
        diagnostics: parsed.diagnostics,
        model: None,
        hidden: Vec::new(),
    };
    // With broken text, names that were not read would be reported as missing.
    if !broken {
        let mut resolved = resolve(&loaded.document);
        if let Some(day) = AS_OF.get()
            && resolved.model.is_some()
        {
            loaded.hide_after(*day);
            resolved = resolve(&loaded.document);
        }
        loaded.diagnostics.extend(resolved.diagnostics);
        loaded.model = resolved.model;
    }
    let start = |d: &Diagnostic| d.primary.as_ref().map_or(usize::MAX, |l| l.span.start);
    loaded.diagnostics.sort_by_key(start);
    loaded
}

fn has_extension(path: &str, extension: &str) -> bool {
    std::path::Path::new(path)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

fn is_gmcr(path: &str, text: &str) -> bool {
    has_extension(path, "gmcr")
        || (!has_extension(path, "json") && text.contains("\"decisionMakers\""))
}

/// Reads a GMCR+ file; what it cannot say is an error, what it says otherwise is noted.
pub(crate) fn from_gmcr(name: &str, text: &str) -> Result<Document, Failure> {
    match detente::model::gmcr::import(text) {
        Ok(imported) => {
            if !imported.notes.is_empty() {
                draw(name, text, &imported.notes);
            }
            Ok(imported.document)
        }
        Err(problems) => Err(show(name, text, &problems)),
    }
}

fn show(name: &str, text: &str, problems: &[Diagnostic]) -> Failure {
    draw(name, text, problems);
    Failure::Told
}

/// Draws diagnostics of a text on standard error.
pub(crate) fn draw(name: &str, text: &str, diagnostics: &[Diagnostic]) {
    let drawn = diagnostics::text(diagnostics, SourceText { name, text }, output::drawing());
    output::note(drawn.trim_end_matches('\n'));
}

/// A file's or standard input's text, with the name to call it by.
pub(crate) fn read_text(path: &str) -> Result<(String, String), Failure> {
    let (name, bytes) = read(path)?;
    let text = decode(&name, bytes)?;
    Ok((name, text))
}

/// As [`read_text`], of a file that another file names. It is an ordinary one: a pipe could keep the reader waiting for
/// ever.
pub(crate) fn read_named(path: &str) -> Result<(String, String), Failure> {
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => {
            Err(Failure::bad(format!("`{path}` is no ordinary file")))
        }
        _ => read_text(path),
    }
}

/// The bytes of a table, which may be much larger than a negotiation, with the name to call it by.
pub(crate) fn read_table(path: &str) -> Result<(String, Vec<u8>), Failure> {
    let hint = "cut it to the days and actors that matter first";
    read_up_to(path, LARGEST_TABLE, hint)
}

/// The bytes of a file or of standard input, with the name to call them by.
fn read(path: &str) -> Result<(String, Vec<u8>), Failure> {
    let hint = "a negotiation is a text of a few pages; is this the right file?";
    read_up_to(path, LARGEST, hint)
}

/// As [`read`], of at most so many bytes; what to do with more is said by the hint.
fn read_up_to(path: &str, largest: u64, hint: &str) -> Result<(String, Vec<u8>), Failure> {
    let cannot = |e: &std::io::Error| {
        let message = format!("`{path}` cannot be read: {}", output::reason(e));
        if e.kind() == std::io::ErrorKind::NotFound {
            let hint = "check the path; `detente new FILE` writes a template";
            return Failure::with_hint(message, hint);
        }
        Failure::bad(message)
    };
    let mut bytes = Vec::new();
    let read = if path == "-" {
        std::io::stdin()
            .lock()
            .take(largest + 1)
            .read_to_end(&mut bytes)
    } else {
        let metadata = std::fs::metadata(path).map_err(|e| cannot(&e))?;
        if metadata.is_dir() {
            return Err(Failure::with_hint(
                format!("`{path}` is a directory"),
                "name a file in it, such as `negotiation.detente`",
            ));
        }
        let file = std::fs::File::open(path).map_err(|e| cannot(&e))?;
        file.take(largest + 1).read_to_end(&mut bytes)
    };
    read.map_err(|e| cannot(&e))?;
    if bytes.len() as u64 > largest {
        return Err(Failure::with_hint(
            format!("`{path}` is larger than {} MiB", largest >> 20),
            hint,
        ));
    }
    let name = if path == "-" { "<stdin>" } else { path };
    Ok((name.to_owned(), bytes))
}

fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let before = String::from_utf8_lossy(&bytes[..at]);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        let binary = bytes.iter().take(4096).any(|b| *b == 0);
        let hint = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            "the file is UTF-16; save it as UTF-8"
        } else if binary {
            "this is no text file; a negotiation is a plain text in UTF-8"
        } else {
            "save the file as UTF-8; it may be in Latin-1 or Windows-1252"
        };
        Failure::with_hint(
            format!(
                "{name}:{line}:{column}: byte 0x{:02x} is not UTF-8 text",
                bytes[at]
            ),
            hint,
        )
    })
}
