//! Comma-separated values after RFC 4180, for every table that spreadsheets are to read.

/// A table under a header as it is to be written.
pub(crate) fn table<R: AsRef<[String]>>(header: &str, rows: impl IntoIterator<Item = R>) -> String {
    format!("{header}\r\n{}", lines(rows))
}

/// Rows alone, each with the end of its line.
pub(crate) fn lines<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>) -> String {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = match row.as_ref() {
            // A line with nothing in it would be no row for many readers.
            [only] if only.is_empty() => vec!["\"\"".to_owned()],
            cells => cells.iter().map(|c| cell(c)).collect(),
        };
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell, quoted where it has to be.
fn cell(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
