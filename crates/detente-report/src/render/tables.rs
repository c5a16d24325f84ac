//! All tables of a document, and what their cells are.

use std::collections::BTreeMap;

use crate::document::{
    Block, Document, Findings, Form, Held, Inline, Number, Row, Table, all_blocks, plain,
};

/// All tables of a document in their order, those within entries too.
pub fn tables(document: &Document) -> Vec<&Table> {
    let blocks = all_blocks(&document.sections).into_iter();
    let tables = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

/// A cell as data.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell<'a> {
    /// As it is shown.
    pub(super) text: String,
    /// The value behind it, when the cell is one number and nothing else.
    pub(super) value: Option<(Form, Held<'static>)>,
    /// The places in the findings of all that is in it.
    pub(super) from: Vec<&'a str>,
}

impl<'a> Cell<'a> {
    /// The `place`-th cell of a row; empty when there is none.
    pub(super) fn of(row: &'a Row, place: usize, findings: &dyn Findings) -> Self {
        let line = row.cells.get(place).map_or(&[][..], Vec::as_slice);
        let mut from = Vec::new();
        places(line, &mut from);
        let value =
            only(line).and_then(|number| Some((number.form, findings.at(number.from.as_str())?)));
        Self {
            text: plain(line),
            value,
            from,
        }
    }

    /// The value as a text without any loss: a number in its shortest exact form, a length, a text as it is.
    pub(super) fn exact(&self) -> Option<String> {
        let (form, value) = self.value.as_ref()?;
        match (form, value) {
            (Form::Length, _) => form.show(value),
            (_, Held::Text(_) | Held::Number(_)) => value.exact(),
            _ => None,
        }
    }

    /// The value as a float, when it is a number that a float holds exactly or was a float before.
    pub(super) fn float(&self) -> Option<f64> {
        let (form, value) = self.value.as_ref()?;
        let float = match (form, value) {
            (Form::Length, _) => form.show(value)?.parse().ok()?,
            (Form::AsIs, _) => return None,
            (_, Held::Number(number)) => number.as_f64()?,
            (_, Held::Text(text)) => text.parse().ok()?,
            _ => return None,
        };
        let whole = matches!(form, Form::Whole | Form::Signed | Form::Length);
        (float.is_finite() && (!whole || float.abs() <= LARGEST_WHOLE)).then_some(float)
    }
}

/// Up to it, whole numbers are exact as floats: 2 to the power of 53.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// The number that a line consists of.
fn only(line: &[Inline]) -> Option<&Number> {
    match line {
        [Inline::Number(number)] => Some(number),
        [Inline::Strong(parts) | Inline::Link { parts, .. }] => only(parts),
        _ => None,
    }
}

fn places<'a>(line: &'a [Inline], from: &mut Vec<&'a str>) {
    for part in line {
        match part {
            Inline::Number(Number { from: place, .. }) | Inline::Told { from: place, .. } => {
                from.push(place.as_str());
            }
            Inline::Strong(parts) | Inline::Link { parts, .. } | Inline::Away { parts, .. } => {
                places(parts, from);
            }
            Inline::Words(_) | Inline::Name(_) | Inline::Quote(_) | Inline::Code(_) => {}
        }
    }
}

/// The headings of a table's columns as plain text; one that comes again gets its place: `US (3)`.
pub(super) fn headings(table: &Table) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut out = Vec::new();
    for (place, column) in table.columns.iter().enumerate() {
        let mut heading = plain(&column.title);
        while seen.contains_key(&heading) {
            heading = format!("{heading} ({})", place + 1);
        }
        seen.insert(heading.clone(), place);
        out.push(heading);
    }
    out
}

/// What each column needs in a line of a printed page, in letters: the longest cell or heading.
pub(super) fn needs(table: &Table) -> Vec<usize> {
    let width = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let of_column = |place: usize| {
        let cells = table
            .rows
            .iter()
            .filter_map(move |row| row.cells.get(place));
        cells.map(|cell| width(&plain(cell))).max().unwrap_or(0)
    };
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(place, column)| of_column(place).max(width(&plain(&column.title))))
        .collect()
}

/// The shares of the columns in a page with room for so many letters, which is too narrow for all of them: each gets
/// what its longest word needs, if that is not very long, and of the rest the more the longer its longest text is, of
/// which more than half a line does not count.
pub(super) fn shares(table: &Table, room: usize) -> Vec<usize> {
    let longest = |text: String| text.split_whitespace().map(wide).max().unwrap_or(0);
    let word = |place: usize| {
        let cells = table
            .rows
            .iter()
            .filter_map(move |row| row.cells.get(place));
        cells.map(|cell| longest(plain(cell))).max().unwrap_or(0)
    };
    let columns = table.columns.iter().zip(needs(table)).enumerate();
    let columns: Vec<(usize, usize)> = columns
        .map(|(place, (column, need))| {
            let least = word(place).max(longest(plain(&column.title))).min(26) + 1;
            (least, need.clamp(4, 40).saturating_sub(least))
        })
        .collect();
    let spare = room.saturating_sub(columns.iter().map(|(least, _)| least).sum());
    let more = columns.iter().map(|(_, more)| more).sum::<usize>().max(1);
    let share = |(least, wanted): &(usize, usize)| 100 * least + 100 * spare * wanted / more;
    columns.iter().map(share).collect()
}

/// The width of a word in letters of the usual size: capitals, of which patterns of options are made, are half as wide
/// again.
fn wide(word: &str) -> usize {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    word.chars().count() + capitals.div_ceil(2)
}
