//! Parties, who speaks for them and what they can do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bargain::{Ratification, Ratifier, Utility};
use super::items::Citation;
use super::names::{Name, Place};
use super::preference::{Candidate, Preferences};
use super::record::{Pace, When};

/// `party US "United States" { ... }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// The short name.
    pub name: Name,
    /// The full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `speaks through ...`: persons who act for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agents: Vec<Agent>,
    /// What it can do, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionDecl>,
    /// `moves { 1 -> 2 }`: its arcs, in the graph form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Move>,
    /// What it wants; `None` when the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferences: Option<Preferences>,
    /// `candidate hard { ... }`: orders one of which it has, instead of `preferences`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    /// `concept seq`: the solution concept by which it judges stability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concept: Option<Name>,
    /// `attitude toward DPRK positive`: what it makes of what the parties want.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attitudes: Vec<AttitudeDecl>,
    /// `utility { ... }`: what packages are worth to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utility: Option<Utility>,
    /// `acts every 30 days`: how often it reconsiders its moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace: Option<Pace>,
    /// Who at home must live with what it agrees to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ratifiers: Vec<Ratifier>,
    /// `ratified by majority`: which of them must accept.
    #[serde(default, skip_serializing_if = "Ratification::is_all")]
    pub ratified: Ratification,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands (its head, not its block).
    #[serde(skip)]
    pub place: Place,
}

/// `speaks through Biegun "Stephen Biegun" as "special representative" at working from 2018-08-23`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// The short name.
    pub name: Name,
    /// The full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `as "lead negotiator"`: the role in which the agent acts. Two agents of one party in one role at the same
    /// time are a contradiction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The track or level at which the agent acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<Name>,
    /// `from 2018-06-12`, `until 2019-01-31`, `2018-06-12 .. 2019-01-31`: when; always when it is not said.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::guard::during"
    )]
    pub during: Option<When>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// `attitude toward DPRK positive`: the attitude of a party toward another, or toward itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttitudeDecl {
    /// The other party; `self` is the party itself.
    pub toward: Name,
    /// The attitude.
    pub attitude: Attitude,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// What a party makes of what a party wants.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Attitude {
    /// It wants the other to fare no worse.
    Positive,
    /// It does not care how the other fares.
    Neutral,
    /// It wants the other to fare no better.
    Negative,
}

impl Attitude {
    /// All of them, in the order in which they are presented.
    pub const ALL: [Self; 3] = [Self::Positive, Self::Neutral, Self::Negative];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Neutral => "neutral",
            Self::Negative => "negative",
        }
    }

    /// The attitude that a word names.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.word() == word)
    }
}

/// `option drills "Spring drills" one of hold, calibrate, cancel`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionDecl {
    /// The short name.
    pub name: Name,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The levels of a graded option, lowest first; empty for a binary option.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Name>,
    /// The direction in which it may be moved.
    #[serde(default, skip_serializing_if = "Direction::is_both")]
    pub direction: Direction,
    /// `step by step`: a graded option may only move to a neighbouring level.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stepwise: bool,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// In which direction an option may be moved by its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Both ways; `reversible`, the default.
    #[default]
    Both,
    /// Once taken it cannot be undone: `irreversible`. A graded option can only go up.
    OnlyOn,
    /// Once given up it cannot be taken again: `only off`. A graded option can only go down.
    OnlyOff,
}

impl Direction {
    /// Whether it may be moved both ways.
    pub fn is_both(&self) -> bool {
        *self == Self::Both
    }
}

/// An arc of the graph form: `1 -> 2`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// The state that is left.
    pub from: Name,
    /// The state that is reached.
    pub to: Name,
}
