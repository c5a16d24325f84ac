//! What the lines of a log say.

use detente_model::syntax::ast::Came;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An entry as it stands in its line, without its seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) n: u64,
    pub(super) at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) torn: Option<Torn>,
    pub(super) what: What,
    pub(super) before: String,
}

/// An entry of a log that has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub number: u64,
    /// In which line it stands, from 1; torn lines count.
    pub line: usize,
    /// When it was made.
    pub at: Timestamp,
    /// The torn bytes before its line, if there are any.
    pub torn: Option<Torn>,
    /// What it says.
    pub what: What,
    /// Its seal.
    pub seal: String,
}

/// Bytes that were written before a line and never became an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Torn {
    /// How many they are, without the end of their last line.
    pub bytes: u64,
    /// Their SHA-256 in hexadecimal digits.
    pub sha256: String,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The log begins; its form, `detente-forecasts/1`.
    Begin(String),
    /// Somebody says how likely something is.
    Forecast(ForecastEntry),
    /// It is known what came of it.
    Outcome(OutcomeEntry),
}

/// A forecast. The second forecast of a question by the same speaker is an update.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForecastEntry {
    /// The name of the question.
    pub name: String,
    /// Who says so.
    pub by: String,
    /// The day on which it was said.
    #[schemars(with = "String")]
    pub said: Date,
    /// What is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The probability as written, a decimal from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<String>,
    /// The words of estimative probability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Ordered outcomes, worst or least first, instead of a probability.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub graded: Vec<GradeEntry>,
    /// The first day of the window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub first: Option<Date>,
    /// The last day of the window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub last: Option<Date>,
    /// The condition under which alone it is claimed, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// What makes it true, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The least and the most frequency of the like, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<(String, String)>,
}

/// One of several ordered outcomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GradeEntry {
    /// What it is.
    pub outcome: String,
    /// Its probability as written.
    pub probability: String,
}

/// What came of a question. A later outcome of the same question takes the place of an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeEntry {
    /// The name of the question.
    pub name: String,
    /// What came.
    pub came: Came,
    /// The day on which it was known.
    #[schemars(with = "String")]
    pub on: Date,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}
