//! The serialisable form of lotteries between packages.

use schemars::JsonSchema;
use serde::Serialize;

use crate::packages::exact::Exact;
use crate::packages::mediation::VoiceFinding;
use crate::packages::overview::DealFinding;

/// What `packages --lotteries` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Lotteries {
    /// What this is: `detente-lotteries/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// Who is at the table; all lists of worths are in this order.
    pub table: Vec<VoiceFinding>,
    /// What having no agreement is taken to be worth: `better`, `reservation` or `worst`.
    pub disagreement: String,
    /// What a lottery is worth, and who accepts it.
    pub definition: String,
    /// Whether the lotteries are exactly the best. Otherwise their chances were found by floating-point numbers; all
    /// that is said of a lottery is exact even then, and `at_most` bounds what was missed.
    pub exact: bool,
    /// How many combinations of worths chance may choose from: the points of the Pareto frontier.
    pub points: usize,
    /// The most that each can expect from a lottery that all accept; `null` when there is none. Nearly so when the
    /// lotteries are not exact.
    pub ideal: Option<Vec<Exact>>,
    /// The best lotteries, by each of four rules.
    pub lotteries: Vec<LotteryFinding>,
    /// Limits of the results.
    pub notes: Vec<String>,
}

/// The best lottery by a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LotteryFinding {
    /// The short name of the rule: `nash`, `kalai-smorodinsky`, `egalitarian` or `utilitarian`.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it makes large.
    pub definition: String,
    /// Where that comes from.
    pub source: String,
    /// The packages with their chances; empty when the rule picks nothing.
    pub parts: Vec<PartFinding>,
    /// What each at the table expects; empty when the rule picks nothing.
    pub expected: Vec<Exact>,
    /// What each expects beyond having no agreement.
    pub gain: Vec<Exact>,
    /// What those who are not at the table expect when of each worth the first package is taken.
    pub absent: Vec<AbsentMeanFinding>,
    /// How much of what the rule makes large the lottery has, exactly.
    pub value: Option<Exact>,
    /// No lottery that all accept has more.
    pub at_most: Option<Exact>,
    /// The best single package by the same rule; `null` when no package is accepted by all.
    pub single: Option<SingleFinding>,
    /// Why the rule picks nothing; `null` when it picks a lottery.
    pub nothing: Option<String>,
}

/// A package with so much chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartFinding {
    /// The chance; those of a lottery sum to 1.
    pub chance: Exact,
    /// The first package of this worth.
    pub package: DealFinding,
    /// How many packages are worth just this to those at the table, as a decimal number.
    pub packages: String,
    /// What it is worth to each at the table.
    pub worth: Vec<Exact>,
    /// Whether it is worth to each of them at least what having no agreement is.
    pub acceptable: bool,
}

/// The best single package by a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SingleFinding {
    /// The first package of this worth.
    pub package: DealFinding,
    /// What it is worth to each at the table.
    pub worth: Vec<Exact>,
    /// How much of what the rule makes large it has.
    pub value: Exact,
    /// How much more the lottery has.
    pub gain: Exact,
}

/// What somebody who is not at the table expects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AbsentMeanFinding {
    /// A ratifier `US.hawks`, or a party that was left out.
    pub name: String,
    /// What it expects.
    pub expected: Exact,
    /// Whether that is at least what having no agreement is worth to it.
    pub accepts: bool,
}
