//! Bargaining scenarios: a folder, or files, of GENIUS, GeniusWeb, NegMAS or NegoLog.

use std::path::{Path, PathBuf};

use detente::model::scenario::{self, Options, Part, Remark, ScenarioFile};
use detente::model::syntax::ast::Document;

use super::{draw, read};
use crate::failure::Failure;
use crate::output;

/// How the files of scenarios end.
const ENDINGS: [&str; 4] = ["xml", "json", "yml", "yaml"];

/// Files of a folder that are read at most.
const MOST_FILES: usize = 2_000;

/// Bytes of all files together, at most.
const LARGEST: usize = 64 << 20;

/// Whether a file's ending or first letters say that it is none of the project's own forms.
pub(super) fn looks_like(path: &str, bytes: &[u8]) -> bool {
    let ending = Path::new(path).extension().and_then(|e| e.to_str());
    let ending = ending.unwrap_or("").to_lowercase();
    if ["xml", "yml", "yaml"].contains(&ending.as_str()) {
        return true;
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = text.iter().find(|b| !b.is_ascii_whitespace());
    match first {
        Some(b'<') => ending != "detente",
        // Only what names a field of such files is looked at more closely.
        Some(b'{') => {
            let marks: [&[u8]; 5] = [
                b"issuesValues",
                b"issueUtilities",
                b"issueWeights",
                b"UtilityFunction",
                b"OutcomeSpace",
            ];
            let has = |mark: &[u8]| text.windows(mark.len()).any(|w| w == mark);
            marks.iter().any(|m| has(m)) && scenario::part(bytes).is_some()
        }
        _ => false,
    }
}

/// Reads the scenario that one path means: a folder; a domain, whose profiles stand beside it; or a profile.
pub(super) fn one(path: &str, options: Options) -> Result<Document, Failure> {
    let given = Path::new(path);
    if given.is_dir() {
        return import(&folder(given, &ENDINGS)?, &folder_options(given, options));
    }
    let (name, bytes) = read(path)?;
    let file = ScenarioFile { name, bytes };
    if scenario::part(&file.bytes) != Some(Part::Domain) {
        return import(&[file], &named(options));
    }
    let ending = given.extension().and_then(|e| e.to_str()).unwrap_or("");
    let beside = given.parent().filter(|p| !p.as_os_str().is_empty());
    let beside = folder(beside.unwrap_or(Path::new(".")), &[ending])?;
    let profiles = beside
        .into_iter()
        .filter(|f| scenario::part(&f.bytes) == Some(Part::Profile));
    let files: Vec<ScenarioFile> = std::iter::once(file).chain(profiles).collect();
    import(&files, &options)
}

/// Reads a scenario whose only file is at hand.
pub(super) fn only(name: String, bytes: Vec<u8>, options: Options) -> Result<Document, Failure> {
    import(&[ScenarioFile { name, bytes }], &named(options))
}

/// Reads the scenario that consists of these files.
pub(super) fn several(paths: &[String], options: Options) -> Result<Document, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let (name, bytes) = read(path)?;
        files.push(ScenarioFile { name, bytes });
    }
    import(&files, &named(options))
}

fn named(options: Options) -> Options {
    Options {
        named: true,
        ..options
    }
}

fn folder_options(folder: &Path, options: Options) -> Options {
    let full = std::fs::canonicalize(folder).ok();
    let name = full
        .as_deref()
        .and_then(Path::file_name)
        .and_then(|n| n.to_str());
    Options {
        name: name.map(str::to_owned),
        ..options
    }
}

/// The files of a folder with such endings, in the order of their names, numbers in names by their size.
fn folder(folder: &Path, endings: &[&str]) -> Result<Vec<ScenarioFile>, Failure> {
    let cannot = |e: std::io::Error| {
        Failure::bad(format!(
            "`{}` cannot be read: {}",
            folder.display(),
            output::reason(&e)
        ))
    };
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        if endings.iter().any(|e| e.eq_ignore_ascii_case(ending)) && path.is_file() {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(Failure::with_hint(
            format!(
                "`{}` is a directory without a bargaining scenario",
                folder.display()
            ),
            "name a file in it, such as `negotiation.detente`",
        ));
    }
    if paths.len() > MOST_FILES {
        return Err(Failure::with_hint(
            format!("`{}` has more than {MOST_FILES} files", folder.display()),
            "name the files of the scenario",
        ));
    }
    paths.sort_by_cached_key(|p| natural(&p.file_name().unwrap_or_default().to_string_lossy()));
    let mut files = Vec::new();
    let mut size = 0usize;
    for path in paths {
        let (name, bytes) = read(&path.to_string_lossy())?;
        size += bytes.len();
        if size > LARGEST {
            return Err(Failure::with_hint(
                format!(
                    "the files of `{}` are larger than 64 MiB together",
                    folder.display()
                ),
                "name the files of the scenario",
            ));
        }
        files.push(ScenarioFile { name, bytes });
    }
    Ok(files)
}

/// Text and numbers in turn, so that `profile10` comes after `profile2`.
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut parts: Vec<(String, u64)> = vec![(String::new(), 0)];
    let mut digits = false;
    for c in name.chars() {
        if digits && !c.is_ascii_digit() {
            parts.push((String::new(), 0));
        }
        digits = c.is_ascii_digit();
        if let Some((text, number)) = parts.last_mut() {
            match c.to_digit(10) {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(digit.into()),
                None => text.push(c),
            }
        }
    }
    parts
}

fn import(files: &[ScenarioFile], options: &Options) -> Result<Document, Failure> {
    match scenario::import(files, options) {
        Ok(imported) => {
            tell(files, &imported.notes);
            Ok(imported.document)
        }
        Err(problems) => {
            tell(files, &problems);
            Err(Failure::Told)
        }
    }
}

/// Draws remarks, those of one file together.
fn tell(files: &[ScenarioFile], remarks: &[Remark]) {
    let mut rest = remarks;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|r| r.file == first.file).count();
        let (these, others) = rest.split_at(same);
        let diagnostics: Vec<_> = these.iter().map(|r| r.diagnostic.clone()).collect();
        match first.file.and_then(|f| files.get(f)) {
            Some(file) => draw(&file.name, &scenario::text(&file.bytes), &diagnostics),
            None => draw("", "", &diagnostics),
        }
        rest = others;
    }
}
