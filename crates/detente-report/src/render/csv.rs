//! Tables as comma-separated values: all in one long table, or one as it is.
//!
//! A cell that a spreadsheet would take for a formula, because it begins with `=`, `+`, `-` or `@`, begins with an
//! apostrophe instead, unless it is a number or a single sign.

use super::tables::{Cell, headings, tables};
use crate::csv;
use crate::document::{Document, Findings, Table};

/// The columns of the long table.
const COLUMNS: &str = "table,row,column,text,value,from";

/// All tables of a document in one: a line for each cell, with the name of its table, the place of its row from 1, the
/// heading of its column, what it shows, the value behind it without rounding when it is one number, and the places in
/// the findings of what it shows, one on a line.
pub fn long(document: &Document, findings: &dyn Findings) -> String {
    let mut rows = Vec::new();
    for table in tables(document) {
        let headings = headings(table);
        for (place, row) in table.rows.iter().enumerate() {
            for (column, heading) in headings.iter().enumerate() {
                let cell = Cell::of(row, column, findings);
                rows.push([
                    guarded(&table.id),
                    (place + 1).to_string(),
                    guarded(heading),
                    guarded(&cell.text),
                    guarded(&cell.exact().unwrap_or_default()),
                    cell.from.join("\n"),
                ]);
            }
        }
    }
    csv::table(COLUMNS, rows)
}

/// One table as it is: its headings, and what its cells show.
pub fn wide(table: &Table) -> String {
    let mut rows: Vec<Vec<String>> = vec![headings(table).iter().map(|h| guarded(h)).collect()];
    for row in &table.rows {
        let columns = 0..table.columns.len();
        rows.push(
            columns
                .map(|place| guarded(&Cell::of(row, place, &()).text))
                .collect(),
        );
    }
    csv::lines(rows)
}

/// The table of a name, with or without `table-` before it.
pub fn table<'a>(document: &'a Document, id: &str) -> Option<&'a Table> {
    let all = tables(document);
    let short = |table: &Table| table.id.strip_prefix("table-") == Some(id);
    let named = all.iter().find(|t| t.id == id);
    named.or_else(|| all.iter().find(|t| short(t))).copied()
}

/// A cell that no spreadsheet takes for a formula.
fn guarded(text: &str) -> String {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if begins && text.chars().nth(1).is_some() && !is_number(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Whether a text is a number with or without a sign and a percent sign: nothing in it can be a formula.
fn is_number(text: &str) -> bool {
    let text = text.strip_suffix('%').unwrap_or(text).trim_end();
    text.bytes().any(|b| b.is_ascii_digit()) && text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("@sum"), "'@sum");
        assert_eq!(guarded("-cmd|calc"), "'-cmd|calc");
        for kept in ["-1", "+4.2", "-3.0\u{a0}%", "-", "+", "a=b", "", "1e3"] {
            assert_eq!(guarded(kept), kept);
        }
    }
}
