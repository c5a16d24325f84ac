//! Exact numbers in findings.

use std::fmt;

use num_rational::BigRational;
use num_traits::ToPrimitive;
use schemars::JsonSchema;
use serde::Serialize;

use super::words;

/// An exact number, as text: a decimal such as `-2.5` when it ends after at most six digits, else a fraction
/// such as `2/3`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(into = "String")]
#[schemars(with = "String")]
pub struct Exact(pub BigRational);

impl Exact {
    /// The nearest float, for drawing; 0 when it is beyond all floats.
    pub fn rounded(&self) -> f64 {
        self.0.to_f64().filter(|v| v.is_finite()).unwrap_or(0.0)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::number(&self.0))
    }
}

impl From<Exact> for String {
    fn from(exact: Exact) -> Self {
        exact.to_string()
    }
}
