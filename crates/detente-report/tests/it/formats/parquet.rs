use std::io::Write;

use detente_report::document::{Document, plain};
use detente_report::render::tables;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::bytes;
use crate::documents::{any_document, rich};

fn holds(document: &Document, json: &Value) -> usize {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes("parquet", document, json)).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let mut numbers = 0;
    let mut rows = reader.get_row_iter(None).unwrap().map(|row| row.unwrap());
    for table in tables(document) {
        for (number, row) in (1..).zip(&table.rows) {
            for cell in &row.cells {
                let read = rows.next().expect("a row for each cell");
                let read: Vec<&Field> = read.get_column_iter().map(|(_, field)| field).collect();
                assert_eq!(read[0], &Field::Str(table.id.clone()));
                assert_eq!(read[1], &Field::Int(number));
                assert_eq!(read[3], &Field::Str(plain(cell)));
                if let (Field::Double(value), Field::Str(from)) = (read[4], read[5]) {
                    assert_eq!(Some(*value), json.pointer(from).unwrap().as_f64());
                    numbers += 1;
                }
            }
        }
    }
    assert!(rows.next().is_none());
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
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_reader_of_parquet_reads_the_same_cells(document in any_document()) {
        holds(&document, &json!({}));
    }
}
