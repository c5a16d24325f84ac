//! The JSON form of a negotiation: the document with every construct, in a published schema.

use detente_syntax::ast::Document;
use detente_syntax::{Diagnostic, Span, is_writable};
use schemars::Schema;

use crate::codes;

/// The JSON form of a document, indented, with a final newline.
pub fn to_json(document: &Document) -> String {
    // A document has only string keys and finite numbers; serialising it cannot fail.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads the JSON form. Names, formulas and numbers are checked for their spelling; whether they fit
/// together is for [`crate::resolve()`] to say.
pub fn from_json(text: &str) -> Result<Document, Diagnostic> {
    let content = text.strip_prefix('\u{feff}').unwrap_or(text);
    let before = text.len() - content.len();
    let document: Document = serde_json::from_str(content).map_err(|error| {
        let at = before + offset(content, error.line(), error.column());
        let width = text[at..].chars().next().map_or(0, char::len_utf8);
        let message = error.to_string();
        let message = message
            .rfind(" at line ")
            .map_or(message.as_str(), |i| &message[..i]);
        Diagnostic::error(
            codes::BAD_JSON,
            format!("the JSON form cannot be read: {message}"),
        )
        .at(Span::new(at, at + width), "up to here it could be read")
        .hint("`detente schema model` prints what the JSON form may contain")
    })?;
    if is_writable(&document) {
        return Ok(document);
    }
    Err(Diagnostic::error(
        codes::BAD_JSON,
        "the JSON form says something that the language cannot say",
    )
    .hint(
        "look for a party or option whose name is a number, an empty group of a ranking, an empty \
         list of edits, or a label that is a keyword",
    ))
}

/// The JSON Schema of the JSON form.
pub fn schema() -> Schema {
    schemars::schema_for!(Document)
}

/// The byte offset of a line and column as JSON readers count them: lines from 1, bytes of the line
/// from 1; 0 means before the first.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
