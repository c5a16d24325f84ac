//! What stands at a place in findings, without a JSON form of all of them.

mod seek;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::{fmt, io};

use serde::Serialize;
use serde_json::{Number, Value};

/// Findings as their readers see them: values at places of a JSON form. The form itself is never built, for that of a
/// large conflict takes several times what the findings take. Whatever can be serialised is read so, a JSON value too.
pub trait Findings: fmt::Debug {
    /// What stands at a place, which is a JSON pointer (RFC 6901); `None` when there is no such place.
    fn at(&self, place: &str) -> Option<Held<'static>>;

    /// Writes the JSON form, indented.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or a value has no JSON form.
    fn write_json(&self, to: &mut dyn io::Write) -> serde_json::Result<()>;
}

impl<T: Serialize + fmt::Debug> Findings for T {
    fn at(&self, place: &str) -> Option<Held<'static>> {
        seek::seek(self, place)
    }

    fn write_json(&self, to: &mut dyn io::Write) -> serde_json::Result<()> {
        serde_json::to_writer_pretty(to, self)
    }
}

/// What stands at one place: a value, or how much there is below it.
#[derive(Debug, Clone, PartialEq)]
pub enum Held<'a> {
    /// Nothing is known.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Cow<'a, str>),
    /// A list of so many elements.
    List(usize),
    /// An object of so many fields.
    Object(usize),
}

impl Held<'_> {
    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text as one's own, if it is one.
    pub fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    /// The number as a float, if it is one.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// The number, if it is a whole one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// How many elements or fields there are below it, if there can be any.
    pub fn size(&self) -> Option<usize> {
        match self {
            Self::List(size) | Self::Object(size) => Some(*size),
            _ => None,
        }
    }

    /// It as other programs read it: the value in its shortest exact form, or how much there is below it.
    pub fn exact(&self) -> Option<String> {
        match self {
            Self::Number(number) => Some(number.to_string()),
            Self::Text(text) => Some(text.clone().into_owned()),
            Self::List(size) | Self::Object(size) => Some(size.to_string()),
            Self::Null | Self::Bool(_) => None,
        }
    }
}

impl From<f64> for Held<'_> {
    fn from(number: f64) -> Self {
        Number::from_f64(number).map_or(Self::Null, Self::Number)
    }
}

impl<'a> From<&'a Value> for Held<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(is) => Self::Bool(*is),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::Text(Cow::Borrowed(text)),
            Value::Array(list) => Self::List(list.len()),
            Value::Object(map) => Self::Object(map.len()),
        }
    }
}

impl<'a> From<&'a Held<'_>> for Held<'a> {
    fn from(held: &'a Held<'_>) -> Self {
        match held {
            Held::Text(text) => Self::Text(Cow::Borrowed(text)),
            Held::Null => Self::Null,
            Held::Bool(is) => Self::Bool(*is),
            Held::Number(number) => Self::Number(number.clone()),
            Held::List(size) => Self::List(*size),
            Held::Object(size) => Self::Object(*size),
        }
    }
}
