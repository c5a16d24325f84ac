//! The page about formats has a row for every format, with its ending and where its pictures are.

use detente::report::render;

use crate::book;

#[test]
fn every_format_has_its_row() {
    let page = book::page("docs/formats.md");
    let rows: Vec<&str> = page.text.lines().filter(|l| l.starts_with("| `")).collect();
    let expected = render::formats().iter().map(|format| {
        let ending = format.endings.first().unwrap();
        format!("| `{}` | `.{ending}` |", format.name)
    });
    let expected: Vec<String> = expected.collect();
    assert_eq!(rows.len(), expected.len(), "{rows:#?}");
    for (row, begin) in rows.iter().zip(expected) {
        assert!(row.starts_with(&begin), "{row} should begin with {begin}");
    }
}
