//! What can be agreed: issues with levels, what packages of them are worth, who must ratify, and what is known
//! of offers made and refused.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::formula::Formula;
use super::items::{Citation, Setting};
use super::names::{Name, Place, Ref, Start};

/// `relief "Sanctions relief": none, waivers, all`: one of the things that are negotiated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The short name.
    pub name: Name,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What can be agreed on it. The first level is how things stand without an agreement.
    pub levels: Levels,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// What can be agreed on an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Levels {
    /// `none, waivers "Inter-Korean waivers", all`: ascending, at least one.
    Named(Vec<Level>),
    /// `0 .. 28500 by 500`: numbers, in steps.
    Numbers {
        /// The first.
        from: Amount,
        /// None is beyond this.
        to: Amount,
        /// From one to the next; 1 when it is not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Amount>,
    },
}

/// A level of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The short name.
    pub name: Name,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// `never relief is all and yongbyon is none because "..."` inside `issues`: which packages there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackageRule {
    /// Whether the formula is excluded or required.
    pub kind: PackageRuleKind,
    /// A condition on the issues' levels.
    pub formula: Formula,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the rule stands.
    #[serde(skip)]
    pub place: Place,
}

/// What a [`PackageRule`] says of its formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PackageRuleKind {
    /// `never`: no package satisfies it.
    Never,
    /// `always`: every package satisfies it.
    Always,
}

/// `utility { ... }`: what packages are worth to a party or to one of its ratifiers: the sum over the issues of
/// weight times value of the level, and of the terms whose formula holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Utility {
    /// What the levels of issues are worth. An issue without a line is worth nothing at any level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<IssueWorth>,
    /// What combinations of levels are worth, in addition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<UtilityTerm>,
    /// `importance relief > yongbyon > drills`: orders of the issues' weights, most important first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub importance: Vec<Importance>,
    /// What a package must be worth at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reservation: Option<Reservation>,
    /// What an agreement loses by coming late.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discounts: Vec<Discount>,
    /// Where the block stands (its head).
    #[serde(skip)]
    pub place: Place,
}

/// `relief weight 0.4 falling: none 100, waivers 70 .. 90, all 0`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueWorth {
    /// The issue.
    pub issue: Name,
    /// By what its values are multiplied; 1 when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<IssueWeight>,
    /// Whether the values never fall, or never rise, from each level to the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
    /// What its levels are worth.
    pub values: Values,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// The weight of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IssueWeight {
    /// `weight 0.4`, `weight 0.2 .. 0.4`.
    Known(Quantity),
    /// `weight ?`: not negative, and such that all weights of the party sum to 1.
    Unknown,
}

/// How values go from each level to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    /// None is less than the one before.
    Rising,
    /// None is more than the one before.
    Falling,
}

/// What the levels of an issue are worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Values {
    /// `0, -8, -30, -55`: one for every level, in their order.
    InOrder(Vec<Quantity>),
    /// `none 0, all -55`: by name; levels that are not named are worth nothing.
    ByLevel(Vec<LevelValue>),
    /// `0 at 0, 10 at 14000, -5 at 28500`: at some numbers, in a straight line between them.
    AtNumbers(Vec<NumberValue>),
}

/// `none 0`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelValue {
    /// The level.
    pub level: Name,
    /// What it is worth.
    pub value: Quantity,
}

/// `10 at 14000`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberValue {
    /// What it is worth ...
    pub value: Quantity,
    /// ... at this number.
    pub at: Amount,
}

/// `6: moratorium is written and remains is joint`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UtilityTerm {
    /// The worth.
    pub worth: Quantity,
    /// The condition on the issues' levels.
    pub formula: Formula,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// `importance relief > yongbyon > drills`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Importance {
    /// Issues, at least two: the weight of none is less than that of the next.
    pub issues: Vec<Name>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// `reservation 52`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reservation {
    /// What having no agreement is worth.
    pub value: Quantity,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// `discount 0.9 from 2019-03-04 "Spring drills"`, `discount 0.9 from event drills`: what an agreement on that day or
/// later is worth of what it would have been worth before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Discount {
    /// The factor, from 0 to 1. Several discounts multiply.
    pub factor: Amount,
    /// The first day on which it counts.
    pub from: Start,
    /// What happens then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// `ratifier hawks "Hard-liners in Congress" weight 2 { ... }`: somebody at home who must live with what the
/// party agrees to. The block is that of a utility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ratifier {
    /// The short name; `US.hawks` from outside the party's block.
    pub name: Name,
    /// Who that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How many votes it has; 1 when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub votes: Option<u32>,
    /// What packages are worth to it.
    pub utility: Utility,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands (its head, not its block).
    #[serde(skip)]
    pub place: Place,
}

/// `ratified by all`, `majority`, `any`, `3 votes`: which of a party's ratifiers must accept a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ratification {
    /// Every one; the default.
    #[default]
    All,
    /// Those with more than half of the votes.
    Majority,
    /// At least one.
    Any,
    /// Those with at least so many votes.
    Votes(u32),
}

impl Ratification {
    /// Whether it is the default.
    pub fn is_all(&self) -> bool {
        *self == Self::All
    }
}

/// `package ri_offer "Ri's offer" { relief five_resolutions  yongbyon part or all }`: a package, or with vague
/// levels a set of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// The short name.
    pub name: Name,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it says of the issues. Issues that it does not name stay at their first level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<Pick>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands (its head, not its block).
    #[serde(skip)]
    pub place: Place,
}

/// `yongbyon part or all`, `troops 1000 .. 3000`, `drills any`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pick {
    /// The issue.
    pub issue: Name,
    /// Which of its levels; empty for `any`. Several: it is not said which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<PickedLevel>,
}

/// A level, or some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PickedLevel {
    /// By its name.
    Named(Name),
    /// A number.
    Number(Amount),
    /// Numbers from the first to the second, both included.
    Between(Amount, Amount),
}

/// `fact US rejects ri_offer [ri-2019-02-28]`: what somebody is known to want.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// A party, `US`, or a ratifier, `US.hawks`.
    pub who: Ref,
    /// What is known of it.
    pub verdict: Verdict,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// What is known of somebody and packages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It would have it rather than nothing, or does not mind.
    Accepts(Name),
    /// It would rather have nothing.
    Rejects(Name),
    /// It would rather have the first than the second.
    Prefers {
        /// The better.
        better: Name,
        /// The worse.
        worse: Name,
    },
}

/// `US.drills is cancel when drills is ended` inside `agreed`: what an agreed package makes of an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    /// What is set.
    pub setting: Setting,
    /// For which packages, a condition on the issues' levels; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Formula>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the line stands.
    #[serde(skip)]
    pub place: Place,
}

/// An exact number as written: `3`, `-2.5`, `2/7`. At most 40 digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Amount {
    /// The number as written.
    pub text: String,
}

/// Digits of an [`Amount`] at most, before and after the point or the line together.
const MOST_DIGITS: usize = 40;

impl Amount {
    /// Whether the text is a number: digits, at most one of a point with digits after it or a line with a
    /// number other than zero after it, and perhaps a minus before.
    pub fn is_valid(text: &str) -> bool {
        let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let digits = text.strip_prefix('-').unwrap_or(text);
        let spelt = match (digits.split_once('.'), digits.split_once('/')) {
            (None, None) => plain(digits),
            (Some((whole, part)), None) => plain(whole) && plain(part),
            (None, Some((top, bottom))) => {
                plain(top) && plain(bottom) && bottom.bytes().any(|b| b != b'0')
            }
            (Some(_), Some(_)) => false,
        };
        spelt && digits.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for Amount {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if Self::is_valid(&text) {
            Ok(Self { text })
        } else {
            Err(format!(
                "`{text}` is no number such as `3`, `-2.5` or `2/7`"
            ))
        }
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.text
    }
}

/// A number, or the bounds of one: `3`, `1 .. 3.5`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Quantity {
    /// The number; the least that it can be when `up_to` is there.
    pub amount: Amount,
    /// The most that it can be, when only bounds are known.
    pub up_to: Option<Amount>,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.amount)?;
        match &self.up_to {
            Some(up_to) => write!(f, " .. {up_to}"),
            None => Ok(()),
        }
    }
}

impl TryFrom<String> for Quantity {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (amount, up_to) = match text.split_once("..") {
            Some((least, most)) => (least.trim(), Some(most.trim())),
            None => (text.trim(), None),
        };
        Ok(Self {
            amount: Amount::try_from(amount.to_owned())?,
            up_to: up_to
                .map(|most| Amount::try_from(most.to_owned()))
                .transpose()?,
        })
    }
}

impl From<Quantity> for String {
    fn from(quantity: Quantity) -> Self {
        quantity.to_string()
    }
}
