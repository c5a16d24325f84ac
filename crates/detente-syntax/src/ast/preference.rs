//! What a party wants: statements in order of priority, a ranking, or weights.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::formula::Formula;
use super::items::Citation;
use super::names::{Name, Place};

/// The preferences of one party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Preferences {
    /// `prefers { ... }`: statements, most important first. A state that satisfies a more important
    /// statement is preferred, whatever the less important ones say.
    Statements(Vec<Statement>),
    /// `ranks { ... }`: groups of tied items, best first.
    Ranks(Vec<RankGroup>),
    /// `weights { ... }`: the value of a state is the sum of the weights of the formulas that it
    /// satisfies.
    Weights(Vec<WeightedFormula>),
}

/// `candidate hard 0.6 "Hard line" { prefers { ... } }`: one of several orders that a party may
/// have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The short name.
    pub name: Name,
    /// The probability that this is the party's order, a decimal in [0, 1] as written. Either all
    /// candidates of a party have one or none has.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::guard::possible_probability"
    )]
    pub probability: Option<String>,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The order.
    pub preferences: Preferences,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands (its head, not its block).
    #[serde(skip)]
    pub place: Place,
}

/// One preference statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// A name by which variants and views can refer to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Name>,
    /// What the party wants to be true.
    pub formula: Formula,
    /// Whether it is certain that the party wants this.
    #[serde(default, skip_serializing_if = "Certainty::is_certain")]
    pub certainty: Certainty,
    /// `strongly`, `strongly 3`: how strong a preference a difference made by this statement is.
    #[serde(
        default,
        alias = "strongly",
        skip_serializing_if = "Strength::is_plain"
    )]
    pub strength: Strength,
    /// `either order`: it may change places with the statement after it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub either_order: bool,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the statement stands.
    #[serde(skip)]
    pub place: Place,
}

/// How strong a preference is: 1 for a plain one (`>`), 2 for a strong one (`>>`), up to 9.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "WrittenStrength", into = "u8")]
#[schemars(with = "u8", extend("minimum" = 1, "maximum" = 9))]
pub struct Strength(u8);

/// A strength in the JSON form: a number, or whether it is a strong one.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenStrength {
    Strongly(bool),
    Degree(u8),
}

impl Strength {
    /// A plain preference.
    pub const PLAIN: Self = Self(1);
    /// A strong preference.
    pub const STRONG: Self = Self(2);
    /// The greatest strength.
    pub const MOST: Self = Self(9);

    /// The strength of a degree; `None` when it is not from 1 to 9.
    pub fn of(degree: u8) -> Option<Self> {
        let strength = Self(degree);
        (Self::PLAIN..=Self::MOST)
            .contains(&strength)
            .then_some(strength)
    }

    /// The degree, from 1 to 9.
    pub fn degree(self) -> u8 {
        self.0
    }

    /// Whether it is a plain preference.
    pub fn is_plain(&self) -> bool {
        *self == Self::PLAIN
    }

    /// What stands before the colon of a statement: `strongly`, `strongly 3`; nothing for a plain one.
    pub fn words(self) -> Option<String> {
        match self {
            Self::PLAIN => None,
            Self::STRONG => Some("strongly".to_owned()),
            Self(degree) => Some(format!("strongly {degree}")),
        }
    }

    /// The sign between two groups of a ranking: `>`, `>>` and so on.
    pub fn sign(self) -> String {
        ">".repeat(usize::from(self.0))
    }
}

impl Default for Strength {
    fn default() -> Self {
        Self::PLAIN
    }
}

impl TryFrom<WrittenStrength> for Strength {
    type Error = String;

    fn try_from(written: WrittenStrength) -> Result<Self, String> {
        match written {
            WrittenStrength::Strongly(false) => Ok(Self::PLAIN),
            WrittenStrength::Strongly(true) => Ok(Self::STRONG),
            WrittenStrength::Degree(degree) => Self::of(degree)
                .ok_or_else(|| format!("{degree} is no strength: write a number from 1 to 9")),
        }
    }
}

impl From<Strength> for u8 {
    fn from(strength: Strength) -> Self {
        strength.0
    }
}

/// How sure the analyst is of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Taken as certain.
    #[default]
    Certain,
    /// `maybe`: it holds or it does not.
    Maybe,
    /// `maybe 0.4`: it holds with this probability, a decimal in [0, 1] as written.
    Probability(#[serde(deserialize_with = "super::guard::probability")] String),
}

impl Certainty {
    /// Whether nothing is in doubt.
    pub fn is_certain(&self) -> bool {
        *self == Self::Certain
    }
}

/// Items of a ranking that are tied with each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RankGroup {
    /// The tied items, at least one. In text, `=` stands between them.
    pub items: Vec<RankItem>,
    /// How strongly it is preferred to the next group: the number of `>` between them.
    #[serde(
        default,
        alias = "strongly",
        skip_serializing_if = "Strength::is_plain"
    )]
    pub strength: Strength,
}

/// An element of a ranking. A state's place is that of the first item that it matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RankItem {
    /// A state by its name or number: `small`, `5`.
    State(Name),
    /// A class, pattern or bracketed formula: `class "big deal"`, `"YN-"`, `(US.relief and ...)`.
    Formula(Formula),
    /// `rest`: every state not matched by another item.
    Rest(Rest),
}

/// The word `rest`; an object of its own so that the JSON form stays uniform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Rest {
    /// Where the word stands.
    #[serde(skip)]
    pub place: Place,
}

/// A formula and what its truth is worth to the party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightedFormula {
    /// The worth; the least that it can be when `up_to` is there.
    pub weight: Weight,
    /// `1 .. 3.5`: the most that it can be, when only bounds are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Weight>,
    /// What is worth it.
    pub formula: Formula,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// A decimal number as written, such as `-2.5`. At most 12 digits before and 6 after the point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Weight {
    /// The number as written.
    pub text: String,
}

/// Millionths in one unit of weight.
const SCALE: i64 = 1_000_000;

impl Weight {
    /// The weight in millionths, exactly; `None` when the text is no decimal within the bounds.
    pub fn millionths(&self) -> Option<i64> {
        let (negative, digits) = match self.text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, self.text.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let too_long = whole.len() > 12 || fraction.len() > 6;
        if whole.is_empty() || too_long || !plain(whole) || !plain(fraction) {
            return None;
        }
        let mut value = whole.parse::<i64>().ok()?.checked_mul(SCALE)?;
        let mut unit = SCALE;
        for digit in fraction.bytes() {
            unit /= 10;
            value += i64::from(digit - b'0') * unit;
        }
        Some(if negative { -value } else { value })
    }
}

impl TryFrom<String> for Weight {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let weight = Self { text };
        match weight.millionths() {
            Some(_) => Ok(weight),
            None => Err(format!(
                "`{}` is no decimal number such as `3` or `-2.5`",
                weight.text
            )),
        }
    }
}

impl From<Weight> for String {
    fn from(weight: Weight) -> Self {
        weight.text
    }
}

/// The probability that a text says, in millionths: a decimal from 0 to 1 with at most six digits after
/// the point.
pub fn probability(text: &str) -> Option<u64> {
    let value = Weight {
        text: text.to_owned(),
    }
    .millionths()
    .filter(|v| !text.starts_with('-') && *v <= SCALE)?;
    u64::try_from(value).ok()
}

/// A number of millionths as a decimal: `0.7`, `-2.5`, `3`.
pub fn decimal(millionths: impl Into<i128>) -> String {
    let millionths = millionths.into();
    let sign = if millionths < 0 { "-" } else { "" };
    let scale = u128::from(SCALE.unsigned_abs());
    let (whole, rest) = (
        millionths.unsigned_abs() / scale,
        millionths.unsigned_abs() % scale,
    );
    let text = format!("{sign}{whole}.{rest:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Whether the text is a probability; see [`probability`].
pub fn is_probability(text: &str) -> bool {
    probability(text).is_some()
}
