//! One row of a table.

use csv::ByteRecord;
use jiff::civil::Date;

use super::history::{self, Sign};
use super::layout::{Columns, Layout, text_of};
use super::words::{self, Code};
use super::{Report, Request, Side};

/// What a row says.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) date: Date,
    pub(super) source: Side,
    pub(super) target: Side,
    pub(super) code: Code,
    pub(super) text: Option<String>,
    pub(super) report: Report,
    pub(super) signs: Vec<Sign>,
}

/// Reads a row; `None` when it does not name two sides.
pub(super) fn read(
    columns: &Columns,
    record: &ByteRecord,
    line: u64,
) -> Result<Option<Row>, String> {
    if record.len() != columns.count {
        let count = record.len();
        let cells = if count == 1 { "cell" } else { "cells" };
        return Err(format!("{count} {cells} instead of {}", columns.count));
    }
    let cell = |place: usize| record.get(place).map(text_of).unwrap_or_default();
    let full = |place: Option<usize>| Some(cell(place?)).filter(|t| !t.is_empty());
    let side = |name: usize, country: Option<usize>| Side {
        name: cell(name),
        country: full(country),
        party: None,
    };
    let date = cell(columns.date);
    let date = day(&date).ok_or_else(|| format!("`{}` is no day", shortened(&date)))?;
    let code_text = cell(columns.code);
    let read = words::code(&code_text, full(columns.mode).as_deref());
    let code = read.ok_or_else(|| {
        format!(
            "`{}` is neither a CAMEO code nor a PLOVER type",
            shortened(&code_text)
        )
    })?;
    let source = side(columns.source, columns.source_country);
    let target = side(columns.target, columns.target_country);
    if source.name.is_empty() || target.name.is_empty() {
        return Ok(None);
    }
    let published = match full(columns.published) {
        // GDELT 2.0 gives the second.
        Some(text) => Some(
            day(text.get(..8).filter(|_| text.len() == 14).unwrap_or(&text))
                .ok_or_else(|| format!("`{}` is no day of publication", shortened(&text)))?,
        ),
        None => None,
    };
    let story = full(columns.story);
    let text = full(columns.text);
    let address = story.as_deref().filter(|s| s.contains("://"));
    let publisher = full(columns.publisher).or_else(|| address.and_then(host));
    let story = match (story, full(columns.sentence)) {
        (Some(story), Some(sentence)) => Some(format!("{story}, sentence {sentence}")),
        (story, _) => story,
    };
    let told = text.as_deref().or(match columns.layout {
        Layout::Gdelt1 | Layout::Gdelt2 => story.as_deref(),
        _ => None,
    });
    Ok(Some(Row {
        signs: history::signs(date, published, told),
        date,
        source,
        target,
        report: Report {
            line,
            publisher,
            story,
            code: code.written.clone(),
        },
        code,
        text,
    }))
}

/// Whether the row is asked for; says then which parties its sides are.
pub(super) fn asked_for(row: &mut Row, request: &Request) -> bool {
    let early = request.from.is_some_and(|from| row.date < from);
    let late = request.to.is_some_and(|to| row.date > to);
    let actor = |side: &Side| request.actors.iter().find(|a| a.is(side));
    let (source, target) = (actor(&row.source), actor(&row.target));
    let wanted = match request.actors.len() {
        0 => true,
        1 => source.is_some() || target.is_some(),
        _ => source.is_some() && target.is_some(),
    };
    row.source.party = source.and_then(|a| a.party.clone());
    row.target.party = target.and_then(|a| a.party.clone());
    wanted && !early && !late
}

/// A day as tables write it: `2019-01-18` or `20190118`.
pub fn day(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    if digits {
        let part = |from: usize, to: usize| text.get(from..to).and_then(|t| t.parse::<i16>().ok());
        let (month, day) = (part(4, 6)?, part(6, 8)?);
        return Date::new(
            part(0, 4)?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        )
        .ok();
    }
    let dashed = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    dashed.then(|| text.parse().ok()).flatten()
}

/// `example.org` of `https://www.example.org/a/b`.
fn host(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// Not more of a cell than a line can show.
fn shortened(text: &str) -> String {
    const MOST: usize = 30;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let start: String = text.chars().take(MOST).collect();
    format!("{start}...")
}
