use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use detente_report::document::{Document, plain};
use detente_report::render::tables;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::bytes;
use super::expected::{dense, visible};
use crate::documents::{any_document, rich};

fn open(document: &Document, json: &Value) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes("xlsx", document, json))).expect("a workbook")
}

fn holds(document: &Document, json: &Value) -> usize {
    let mut book = open(document, json);
    let names = book.sheet_names();
    assert_eq!(names[..2], ["Report", "Contents"]);
    assert_eq!(names.len(), tables(document).len() + 2);
    let mut numbers = 0;
    for (table, name) in tables(document).into_iter().zip(&names[2..]) {
        let sheet = book.worksheet_range(name).expect("a sheet");
        assert!(book.worksheet_formula(name).expect("formulas").is_empty());
        for (below, row) in table.rows.iter().enumerate() {
            for (place, cell) in row.cells.iter().enumerate() {
                let at = (below as u32 + 1, place as u32);
                let shown = dense(&visible(&plain(cell)));
                match sheet.get_value(at) {
                    None | Some(Data::Empty) => assert_eq!(shown, ""),
                    Some(Data::String(text)) => assert_eq!(dense(text), shown),
                    Some(Data::Float(value)) => {
                        numbers += 1;
                        let from = format!("{cell:?}");
                        let from = from.split("Pointer(\"").nth(1).unwrap();
                        let from = from.split('"').next().unwrap();
                        let found = json.pointer(from).unwrap().as_f64().unwrap();
                        assert!((value - found).abs() <= f64::EPSILON * found.abs());
                    }
                    Some(other) => panic!("{other:?}"),
                }
            }
        }
    }
    numbers
}

#[test]
fn numbers_are_numbers() {
    let (document, json) = rich();
    let numeric = |table: &detente_report::document::Table| {
        let columns = table.columns.iter().filter(|c| c.numeric).count();
        columns * table.rows.len()
    };
    let expected: usize = tables(&document).into_iter().map(numeric).sum();
    assert_eq!(holds(&document, &json), expected);
    let mut book = open(&document, &json);
    let story = book.worksheet_range("Report").unwrap();
    let text: Vec<String> = story.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(text[0], "The dam at the upper gorge");
    assert!(
        text.iter()
            .any(|line| line.contains("[moves 1; table 1]"))
    );
    let contents = book.worksheet_range("Contents").unwrap();
    assert_eq!(
        contents.get_value((1, 1)),
        Some(&Data::String("states".to_owned()))
    );
    // Right of the table stand the places that its cells come from.
    let states = book.worksheet_range("states").unwrap();
    let from = states.rows().next().unwrap().iter();
    let from = from.filter(|h| h.to_string().starts_with("from: ")).count();
    let columns = tables(&document)[0]
        .columns
        .iter()
        .filter(|c| c.numeric)
        .count();
    assert_eq!(from, columns);
    assert!(
        states
            .rows()
            .nth(1)
            .unwrap()
            .last()
            .unwrap()
            .to_string()
            .starts_with("/values/")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_reader_of_workbooks_reads_the_same_cells(document in any_document()) {
        holds(&document, &json!({}));
    }
}
