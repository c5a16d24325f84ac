//! `detente cases`.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cases::{CASES, Included, SOURCE_TEXTS};
use crate::cli::{CasesAction, CasesArgs, Format};
use crate::failure::Failure;
use crate::{Done, output};

/// A line of the list.
#[derive(Debug, Serialize)]
struct Listed {
    case: &'static str,
    title: String,
}

fn title(case: &Included) -> String {
    let document = detente::syntax::parse(case.text).document;
    document.negotiation.unwrap_or_else(|| case.name.to_owned())
}

pub(crate) fn run(args: &CasesArgs) -> Done {
    match &args.action {
        None | Some(CasesAction::List) => {
            let listed: Vec<Listed> = CASES
                .iter()
                .map(|c| Listed {
                    case: c.name,
                    title: title(c),
                })
                .collect();
            if args.format == Format::Json {
                return output::data(&super::schema::json(&listed)?);
            }
            let rows: Vec<Vec<String>> = listed
                .into_iter()
                .map(|l| vec![l.case.to_owned(), l.title])
                .collect();
            let mut page = detente::report::style::Page::new(output::look());
            page.table(&[], &rows, &[false, false]);
            output::data(&page.finish())
        }
        Some(CasesAction::Show { case }) => output::data(find(case)?.text),
        Some(CasesAction::Copy { case, to, force }) => {
            let case = find(case)?;
            let own = || {
                let name = case.name.rsplit('/').next().unwrap_or(case.name);
                PathBuf::from(format!("{name}.detente"))
            };
            let path = to.clone().unwrap_or_else(own);
            let beside = path.parent().unwrap_or(Path::new(""));
            let sources: Vec<(PathBuf, &str)> = source_texts(case)
                .map(|(file, text)| (beside.join(file), text))
                .collect();
            let mut files = std::iter::once(&path).chain(sources.iter().map(|(path, _)| path));
            if let Some(path) = files.find(|path| path.exists() && !force) {
                return Err(Failure::with_hint(
                    format!("`{}` exists already", path.display()),
                    "choose another name, or replace it with --force",
                ));
            }
            output::file(&path, case.text)?;
            output::note(&format!("wrote {}", path.display()));
            for (path, text) in &sources {
                if let Some(folder) = path.parent() {
                    output::folder(folder)?;
                }
                output::file(path, text)?;
                output::note(&format!("wrote {}", path.display()));
            }
            Ok(())
        }
    }
}

/// The texts of sources that a case names, with their paths as it writes them.
fn source_texts(case: &Included) -> impl Iterator<Item = (String, &'static str)> {
    let folder = case.name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let sources = detente::syntax::parse(case.text).document.sources;
    sources.into_iter().filter_map(move |source| {
        let file = source.properties.get("file")?;
        let name = format!("{folder}/{}", file.strip_suffix(".txt")?);
        let found = SOURCE_TEXTS.iter().find(|t| t.name == name)?;
        Some((file.clone(), found.text))
    })
}

/// A case by its whole name or by its last part, if that is unique.
fn find(name: &str) -> Result<&'static Included, Failure> {
    let matching: Vec<&Included> = CASES
        .iter()
        .filter(|c| c.name == name || c.name.rsplit('/').next() == Some(name))
        .collect();
    match matching.as_slice() {
        [one] => Ok(one),
        [] => {
            let names = CASES.iter().map(|c| c.name);
            let known: Vec<&str> = names
                .clone()
                .filter_map(|n| n.rsplit('/').next())
                .chain(names)
                .collect();
            Err(Failure::unknown(
                format!("there is no case `{name}`"),
                name,
                &known,
                "`detente cases list` names them",
            ))
        }
        _ => Err(Failure::with_hint(
            format!("several cases are called `{name}`"),
            "write the whole name, as `detente cases list` prints it",
        )),
    }
}
