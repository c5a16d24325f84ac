//! `detente report`.

use std::path::Path;

use detente::report::document::{Document, Findings};
use detente::report::render::{self, Format, Rendered, Unrendered};
use detente::report::story;

use super::dossier;
use crate::cli::report::ReportArgs;
use crate::failure::Failure;
use crate::{Done, output};

pub(crate) fn run(args: &ReportArgs) -> Done {
    let to = output::named(args.output.as_deref());
    let format = format(args.format.as_deref(), to)?;
    output::expected(to)?;
    let gathering = dossier::gather(&args.gathered, &|_| true)?;
    let dossier = &gathering.dossier;
    let (document, _) = story::document(dossier);
    write(&document, dossier, format, to, args.table.as_deref())?;
    match gathering.stopped {
        None => Ok(()),
        Some((part, stop)) => Err(Failure::with_hint(
            format!("the part `{part}` of the report is incomplete: {stop}"),
            "the report says so; raise the limits to go on",
        )),
    }
}

/// Writes a document, with the files that it refers to beside it.
pub(crate) fn write(
    document: &Document,
    findings: &dyn Findings,
    format: &Format,
    to: Option<&Path>,
    table: Option<&str>,
) -> Done {
    let stem = to.and_then(Path::file_stem).map(|s| s.to_string_lossy());
    let rendered = Rendered {
        document,
        findings,
        look: output::look(),
        stem: stem.as_deref(),
    };
    let made = match table {
        None => (format.render)(&rendered).map_err(|e| unrendered(&e))?,
        Some(id) if format.name == "csv" => one_table(document, id)?,
        Some(_) => {
            return Err(Failure::with_hint(
                "--table chooses what csv has",
                "add --format csv, or let the output file end in .csv",
            ));
        }
    };
    for beside in render::beside(format, &rendered).map_err(|e| unrendered(&e))? {
        if let Some(path) = to {
            output::file_of_bytes(&path.with_file_name(&beside.name), &beside.bytes)?;
        }
    }
    output::made(to, &made, format.binary)
}

/// One table as rows and columns.
fn one_table(document: &Document, id: &str) -> Result<Vec<u8>, Failure> {
    if let Some(table) = render::csv::table(document, id) {
        return Ok(render::csv::wide(table).into_bytes());
    }
    let tables = render::tables(document);
    let known: Vec<&str> = tables.iter().map(|t| t.id.as_str()).collect();
    let hint = format!("the tables are {}", known.join(", "));
    let message = format!("there is no table `{id}`");
    Err(Failure::unknown(message, id, &known, &hint))
}

/// The format that is named, else that of the output file's ending, else text.
pub(crate) fn format(
    named: Option<&str>,
    output: Option<&Path>,
) -> Result<&'static Format, Failure> {
    let name = match (named, output) {
        (Some(name), _) => name,
        (None, None) => "text",
        (None, Some(path)) => {
            let file = path.to_string_lossy();
            return render::by_ending(&file).ok_or_else(|| {
                let endings = render::formats().iter().flat_map(|f| f.endings);
                let endings: Vec<String> = endings.map(|e| format!(".{e}")).collect();
                Failure::with_hint(
                    format!("the ending of `{file}` says no format"),
                    format!("name one with --format, or end in {}", endings.join(", ")),
                )
            });
        }
    };
    render::by_name(name).ok_or_else(|| Failure::bad(format!("there is no format `{name}`")))
}

/// Why a document was not written, and what to do about it.
pub(crate) fn unrendered(why: &Unrendered) -> Failure {
    match why {
        Unrendered::NotBuilt { hint, .. } => Failure::with_hint(why.to_string(), *hint),
        Unrendered::Refused { .. } => Failure::bad(why.to_string()),
    }
}
