//! Words of a negotiation that parties read in their own ways.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::formula::Formula;
use super::items::Citation;
use super::names::{Name, Place};

/// `term denuclearised "denuclearization of the Korean peninsula" { ... }`: one expression with a
/// reading for each party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The name by which formulas use it: `term denuclearised`.
    pub name: Name,
    /// The words that the negotiation uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `stated in ...`: where the words stand, and how.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stated: Vec<Stated>,
    /// `means ...`: the analyst's neutral reading. It is used outside the parties' blocks, and for
    /// parties without a reading of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<Meaning>,
    /// `US reads ...`: what parties take it to mean.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// `communicated by ... to ...`: whose reading is known to whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub communicated: Vec<Communication>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands (its head, not its block).
    #[serde(skip)]
    pub place: Place,
}

/// `stated in singapore "work toward complete denuclearization"`: the exact words of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// The source's name.
    pub source: Name,
    /// Its words.
    pub quote: String,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// `means DPRK.declare`: the analyst's neutral reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// What it means.
    pub formula: Formula,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// `US reads DPRK.declare and DPRK.yongbyon`: what a party takes a term to mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The party. Its options need no prefix in the formula.
    pub party: Name,
    /// What it takes the term to mean.
    pub formula: Formula,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// `communicated by DPRK to US unclear`: whether one party knows another's reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Communication {
    /// Whose reading.
    pub by: Name,
    /// Who knows it, or does not.
    pub to: Name,
    /// Whether that is so; `yes` when it is not said.
    #[serde(default, skip_serializing_if = "Communicated::is_yes")]
    pub known: Communicated,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// Whether a reading is known to another party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Communicated {
    /// It is.
    #[default]
    Yes,
    /// It is not.
    No,
    /// That is not known.
    Unclear,
}

impl Communicated {
    /// Whether it is said to be known.
    pub fn is_yes(&self) -> bool {
        *self == Self::Yes
    }

    /// As it is written.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unclear => "unclear",
        }
    }
}
