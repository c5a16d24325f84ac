//! Places in the JSON form of findings.

use std::fmt;

use serde::Serialize;

/// A JSON pointer (RFC 6901): `/analysis/states/5/id`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(transparent)]
pub struct Pointer(String);

impl Pointer {
    /// The whole.
    pub fn root() -> Self {
        Self::default()
    }

    /// A field of an object in the whole.
    pub fn to(field: &str) -> Self {
        Self::root().key(field)
    }

    /// A field of the object at this place; `/` and `~` in its name are escaped.
    #[must_use]
    pub fn key(&self, field: &str) -> Self {
        let escaped = field.replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{escaped}", self.0))
    }

    /// An element of the array at this place.
    #[must_use]
    pub fn index(&self, place: usize) -> Self {
        Self(format!("{}/{place}", self.0))
    }

    /// Whether it is in this field of the whole, or is it.
    pub fn is_in(&self, field: &str) -> bool {
        let whole = Self::to(field).0;
        let rest = self.0.strip_prefix(&whole);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// It as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
