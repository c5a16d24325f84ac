//! Names, references, dates, and where they stand in the source.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Span;

/// Where an element stands in the source text.
///
/// Places never make two elements unequal and are not part of the JSON form.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place(pub Span);

impl PartialEq for Place {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Place {}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self(span)
    }
}

/// A name that the analyst gave: letters, digits, `_`, and `-` between letters or digits, not
/// starting with a digit; or, for states of a graph, a whole number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Name {
    /// The name as written.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A text that cannot be a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a name: names are letters, digits, `_` and inner `-`, and are no reserved word"
)]
pub struct InvalidName(pub String);

impl Name {
    /// A name without a place. Does not check the text; see [`Name::is_valid`].
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            place: Place::default(),
        }
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        self.place.0
    }

    /// Whether `text` can be written as a name in the language (reserved words cannot).
    pub fn is_valid(text: &str) -> bool {
        crate::lexer::is_name(text)
            || (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for Name {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        if Self::is_valid(&text) {
            Ok(Self::new(text))
        } else {
            Err(InvalidName(text))
        }
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.text
    }
}

/// A reference to an option, with or without its party: `relief`, `US.relief`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Ref {
    /// The party before the dot, if written.
    pub party: Option<Name>,
    /// The option.
    pub name: Name,
}

impl Ref {
    pub(crate) fn place_at(&mut self, at: Place) {
        self.name.place = at;
        if let Some(party) = &mut self.party {
            party.place = at;
        }
    }

    /// Where the whole reference stands.
    pub fn span(&self) -> Span {
        self.party
            .as_ref()
            .map_or(self.name.span(), |p| p.span().cover(self.name.span()))
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(party) = &self.party {
            write!(f, "{party}.")?;
        }
        write!(f, "{}", self.name)
    }
}

impl TryFrom<String> for Ref {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        match text.split_once('.') {
            Some((party, name)) => Ok(Self {
                party: Some(Name::try_from(party.to_owned())?),
                name: Name::try_from(name.to_owned())?,
            }),
            None => Ok(Self {
                party: None,
                name: Name::try_from(text)?,
            }),
        }
    }
}

impl From<Ref> for String {
    fn from(reference: Ref) -> Self {
        reference.to_string()
    }
}

/// A civil date as written, `YYYY-MM-DD`. Whether the day exists is checked later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Date {
    /// The date as written.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl From<String> for Date {
    fn from(text: String) -> Self {
        Self {
            text,
            place: Place::default(),
        }
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.text
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The day from which something counts. In JSON a day is its text, and an event is `{"event": "drills"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Start {
    /// `2019-03-04`.
    Day(Date),
    /// `event drills`: the last day of the event of the calendar.
    Event(StartEvent),
}

/// `event drills`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartEvent {
    /// The name of the event.
    pub event: Name,
}

impl Start {
    /// The name of the event, if it is one.
    pub fn event(&self) -> Option<&Name> {
        match self {
            Self::Day(_) => None,
            Self::Event(start) => Some(&start.event),
        }
    }
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Event(start) => write!(f, "event {}", start.event),
        }
    }
}
