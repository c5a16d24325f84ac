//! What the JSON form may not say because the language cannot.

use indexmap::IndexMap;
use serde::de::{Deserialize, Deserializer, Error};

use super::names::{Date, Name, Ref};
use super::record::{Event, Likelihood, When};
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

pub(super) fn likelihood<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Likelihood>, D::Error> {
    let likelihood = Likelihood::deserialize(from)?;
    match (&likelihood.words, &likelihood.number) {
        (None, None) => Err(D::Error::custom(
            "a likelihood has words, a number, or both",
        )),
        (Some(words), _) if !super::estimative::WORDS.contains(&words.as_str()) => {
            Err(D::Error::custom(format!(
                "`{words}` is no word of likelihood: write one of {}",
                super::estimative::WORDS.join(", ")
            )))
        }
        _ => Ok(Some(likelihood)),
    }
}

pub(super) fn event_kind<'de, D: Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
    let kind = Name::deserialize(from)?;
    if lexer::is_name(kind.as_str()) && !Event::EFFECTS.contains(&kind.as_str()) {
        return Ok(kind);
    }
    Err(D::Error::custom(format!("`{kind}` is no kind of events")))
}

pub(super) fn event_name<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Name>, D::Error> {
    let name = Name::deserialize(from)?;
    if Event::CHANGED.contains(&name.as_str()) || name.as_str() == "with" {
        return Err(D::Error::custom(format!(
            "an event cannot be called `{name}`"
        )));
    }
    Ok(Some(name))
}

pub(super) fn value_name<'de, D: Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
    let name = Name::deserialize(from)?;
    if name.as_str() == "known" {
        return Err(D::Error::custom(
            "`known` says since when an event is known; call the value otherwise",
        ));
    }
    Ok(name)
}

/// When a person acts.
pub(super) fn during<'de, D: Deserializer<'de>>(from: D) -> Result<Option<When>, D::Error> {
    match When::deserialize(from)? {
        When::On(_) | When::Between(..) | When::By(_) => Err(D::Error::custom(
            "a person acts `from` a day, `until` a day, or `during` two days",
        )),
        when => Ok(Some(when)),
    }
}

pub(super) fn some<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    let list = Vec::<T>::deserialize(from)?;
    if list.is_empty() {
        return Err(D::Error::custom("this list has one entry or more"));
    }
    Ok(list)
}

/// What `binds` lists; alone, `all` and `nothing` are no options.
pub(super) fn bound_options<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Ref>, D::Error> {
    let options: Vec<Ref> = some(from)?;
    match options.as_slice() {
        [Ref { party: None, name }] if matches!(name.as_str(), "all" | "nothing") => {
            Err(D::Error::custom(format!(
                "write `US.{name}` for an option that is called `{name}`"
            )))
        }
        _ => Ok(options),
    }
}
