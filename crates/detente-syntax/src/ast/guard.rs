//! What the JSON form may not say because the language cannot.

use indexmap::IndexMap;
use serde::de::{Deserialize as _, Deserializer, Error};

use super::names::Date;
use crate::kind::SyntaxKind;
use crate::lexer;

pub(super) fn probability<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if super::is_probability(&text) {
        return Ok(text);
    }
    Err(D::Error::custom(format!(
        "`{text}` is no probability: write a decimal from 0 to 1"
    )))
}

pub(super) fn possible_probability<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<String>, D::Error> {
    probability(from).map(Some)
}

pub(super) fn date<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    let date = Option::<Date>::deserialize(from)?;
    match &date {
        Some(date) if !lexer::is_one(&date.text, SyntaxKind::Date) => Err(D::Error::custom(
            format!("`{date}` is no date: write it as `2019-01-20`"),
        )),
        _ => Ok(date),
    }
}

pub(super) fn locator<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let locator = Option::<String>::deserialize(from)?;
    match &locator {
        Some(text) if !is_locator(text) => Err(D::Error::custom(format!(
            "`{text}` does not say where in a source: commas, quotes, `#`, `[`, `]`, `{{` and `}}` \
             cannot stand in it, nor can it start or end with a blank"
        ))),
        _ => Ok(locator),
    }
}

/// Whether the text can stand between a source and a quotation.
fn is_locator(text: &str) -> bool {
    use SyntaxKind as K;
    let single = !text.contains("  ") && !text.contains(|c: char| c.is_whitespace() && c != ' ');
    let forbidden = |kind| {
        matches!(
            kind,
            K::Comma | K::String | K::Comment | K::LBracket | K::RBracket
        ) || matches!(kind, K::LBrace | K::RBrace | K::Newline)
    };
    !text.is_empty()
        && single
        && text.trim() == text
        && !text.starts_with('\u{feff}')
        && !lexer::lex(text).iter().any(|token| forbidden(token.kind))
}

pub(super) fn properties<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<IndexMap<String, String>, D::Error> {
    let properties = IndexMap::<String, String>::deserialize(from)?;
    match properties.keys().find(|key| !lexer::is_word(key)) {
        Some(key) => Err(D::Error::custom(format!(
            "`{key}` is no name of a property: write one word"
        ))),
        None => Ok(properties),
    }
}
