use detente_report::document::{Document, Table};
use detente_report::render::{csv, tables};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::documents::{any_document, rich};

fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.expect("a record"));
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// What an apostrophe before a formula was put before.
fn bare(cell: &str) -> &str {
    let rest = cell.strip_prefix('\'').unwrap_or(cell);
    if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        rest
    } else {
        cell
    }
}

fn cells(table: &Table) -> Vec<String> {
    let lines = table.rows.iter().flat_map(|row| &row.cells);
    lines.map(|l| detente_report::document::plain(l)).collect()
}

fn holds(document: &Document, json: &Value) {
    let long = records(&csv::long(document, json));
    assert_eq!(long[0], ["table", "row", "column", "text", "value", "from"]);
    let all: Vec<String> = tables(document).into_iter().flat_map(cells).collect();
    let read: Vec<&str> = long[1..].iter().map(|record| bare(&record[3])).collect();
    assert_eq!(read, all);
    for table in tables(document) {
        let wide = records(&csv::wide(table));
        assert_eq!(wide.len(), table.rows.len() + 1);
        let read: Vec<&str> = wide[1..].iter().flatten().map(|c| bare(c)).collect();
        assert_eq!(read, cells(table));
    }
    for cell in long[1..].iter().flatten().filter(|c| c.len() > 1) {
        let is_number = cell
            .trim_end_matches(['%', '\u{a0}'])
            .parse::<f64>()
            .is_ok();
        assert!(
            is_number || !cell.starts_with(['=', '+', '-', '@']),
            "{cell:?}"
        );
    }
}

#[test]
fn values_stand_whole_beside_what_is_shown() {
    let (document, json) = rich();
    holds(&document, &json);
    let long = records(&csv::long(&document, &json));
    let mut values = 0;
    for record in &long[1..] {
        let [_, _, _, text, value, from] = &record[..] else {
            panic!("{record:?}")
        };
        if value.is_empty() {
            continue;
        }
        values += 1;
        let found = json.pointer(from).expect("a place in the findings");
        assert_eq!(value.parse::<f64>().ok(), found.as_f64(), "{record:?}");
        // What is shown is the value rounded.
        if let Some(share) = text.strip_suffix("\u{a0}%") {
            let share: f64 = share.parse().unwrap();
            assert!((share / 100.0 - found.as_f64().unwrap()).abs() <= 0.005);
        }
    }
    // Sixty states with their numbers and three or four worths each, and nine shares.
    let numeric = |table: &&Table| {
        let columns = table.columns.iter().filter(|c| c.numeric).count();
        columns * table.rows.len()
    };
    let expected: usize = tables(&document).iter().map(numeric).sum();
    assert_eq!(values, expected);
    assert_eq!(csv::table(&document, "states").unwrap().id, "table-states");
    assert_eq!(
        csv::table(&document, "table-states").unwrap().rows.len(),
        60
    );
    assert!(csv::table(&document, "picture-wide").is_none());
}

proptest! {
    #[test]
    fn a_reader_of_csv_reads_the_same_cells(document in any_document()) {
        holds(&document, &json!({}));
    }
}
