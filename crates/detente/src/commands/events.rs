//! `detente import --events`.

use detente::model::events::{self, Candidate, Found, Request};
use detente::report::events as report;

use crate::cli::events::EventsArgs;
use crate::cli::{ImportArgs, StatesFormat};
use crate::failure::Failure;
use crate::{Done, input, output};

/// So many rows that could not be used are told one by one.
const MALFORMED_TOLD: usize = 10;

pub(crate) fn run(args: &ImportArgs) -> Done {
    let [path] = args.files.as_slice() else {
        return Err(Failure::with_hint(
            "a table of events is one file",
            "import one after the other; an id is the same in every table",
        ));
    };
    let asked = &args.events;
    let mut request = Request {
        actors: asked.actors.clone(),
        ..Request::default()
    };
    for (text, day) in [
        (&asked.from, &mut request.from),
        (&asked.to, &mut request.to),
    ] {
        let Some(text) = text else { continue };
        *day = Some(events::day(text).ok_or_else(|| {
            Failure::with_hint(
                format!("`{text}` is no day"),
                "write it as 2019-01-18: year, month and day",
            )
        })?);
    }
    let (name, table) = input::read_table(path)?;
    let found = events::read(&table, &request).map_err(|no| {
        Failure::with_hint(
            format!("{name}: {no}"),
            "tables of ICEWS and POLECAT with their header, of GDELT without one, and tables with the header \
             date,source,target,code,text,publisher are read",
        )
    })?;
    let finding = report::finding(&found);
    tell(&name, &finding);
    let text = if asked.accept.is_empty() {
        match asked.format {
            StatesFormat::Text => events::candidates_text(&found),
            StatesFormat::Json => super::schema::json(&finding)?,
            StatesFormat::Csv => report::csv(&finding),
        }
    } else {
        events::calendar(&accepted(&found, asked)?)
    };
    match &args.output {
        Some(path) => output::file(path, &text),
        None => output::data(&text),
    }
}

/// The candidates that are accepted, in the order of the table.
fn accepted<'f>(found: &'f Found, asked: &EventsArgs) -> Result<Vec<&'f Candidate>, Failure> {
    let ids: Vec<&str> = found.candidates.iter().map(|c| c.id.as_str()).collect();
    let wanted = asked.accept.iter().map(|id| id.trim());
    for id in wanted.clone() {
        if !ids.contains(&id) {
            return Err(Failure::unknown(
                format!("there is no candidate `{id}`"),
                id,
                &ids,
                "the list without --accept has the ids; the same days and actors must be asked for",
            ));
        }
    }
    let wanted: Vec<&str> = wanted.collect();
    let all = found.candidates.iter();
    Ok(all.filter(|c| wanted.contains(&c.id.as_str())).collect())
}

/// What was read and what was left out, on standard error.
fn tell(name: &str, finding: &report::EventCandidates) {
    for said in report::account(finding) {
        output::note(&format!("{name}: {said}"));
    }
    for row in finding.malformed.iter().take(MALFORMED_TOLD) {
        output::note(&format!("{name}:{}: not used: {}", row.line, row.reason));
    }
    let more = finding.malformed.len().saturating_sub(MALFORMED_TOLD);
    if more > 0 {
        output::note(&format!(
            "{name}: {more} more rows not used; --format json has them all"
        ));
    }
}
