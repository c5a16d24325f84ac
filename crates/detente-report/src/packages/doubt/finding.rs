//! The serialisable form of what is found when the worth of packages is in doubt.

use schemars::JsonSchema;
use serde::Serialize;

use crate::packages::exact::Exact;
use crate::packages::overview::DealFinding;

/// What `packages --doubt` finds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PackageDoubt {
    /// What this is: `detente-package-doubt/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made before, in order.
    pub variants: Vec<String>,
    /// What is known of somebody and contradicts itself. If there is any, nothing else is found.
    pub contradictions: Vec<ContradictionFinding>,
    /// Everybody with a utility, and what of it is in doubt.
    pub voices: Vec<VoiceFinding>,
    /// Facts that are left out because their packages may mean too much.
    pub left_out: Vec<String>,
    /// How many packages were judged; all that the rules permit unless `stopped`.
    pub judged: u64,
    /// How many must, may and cannot be agreed.
    pub agreed: CountsFinding,
    /// The packages with a name.
    pub packages: Vec<NamedDoubtFinding>,
    /// Which of those that mean one package dominate which.
    pub dominance: Vec<DominanceFinding>,
    /// The packages that are most often the Nash point, best first.
    pub nash: Vec<NashFinding>,
    /// The most useful questions about any packages, best first.
    pub questions: Vec<QuestionFinding>,
    /// The most useful questions about packages with a name.
    pub named_questions: Vec<QuestionFinding>,
    /// How many utilities of each voice were drawn.
    pub samples: u64,
    /// Where the random numbers started.
    pub seed: u64,
    /// Why the computation stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// No utility agrees with all of these; with any one of them left out some do.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ContradictionFinding {
    /// Whose utility.
    pub who: String,
    /// The facts and lines, in words.
    pub parts: Vec<String>,
}

/// How many must, may and cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CountsFinding {
    /// Under all utilities that agree with what is known.
    pub must: u64,
    /// Under some.
    pub may: u64,
    /// Under none.
    pub cannot: u64,
}

/// A party or a ratifier.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct VoiceFinding {
    /// The short name: `US`, or `US.hawks`.
    pub name: String,
    /// The full name.
    pub title: Option<String>,
    /// Its doubtful numbers, in the order of all witnesses.
    pub doubtful: Vec<RangeFinding>,
    /// The facts that were used.
    pub facts: Vec<String>,
    /// In how many ways vague facts may be meant that differ.
    pub readings: usize,
    /// Whether the text says what having no agreement is worth; if not, every package is accepted.
    pub reservation: bool,
    /// How many packages it must, may and cannot accept.
    pub accepts: CountsFinding,
}

/// A number in doubt.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RangeFinding {
    /// Which.
    pub number: String,
    /// The least and the most by the lines of the utility alone.
    pub stated: [Exact; 2],
    /// The least and the most with the facts. Bounds may be approached only.
    pub left: [Exact; 2],
}

/// A share of the utilities that agree with what is known, estimated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct ShareFinding {
    /// The estimate, rounded to nine digits after the point.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// Shares of one package.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SharesFinding {
    /// In which each voice accepts it, in their order.
    pub accepted: Vec<ShareFinding>,
    /// In which it is agreed.
    pub agreed: ShareFinding,
    /// In which it is the Nash point; `null` when not all packages were compared.
    pub nash: Option<ShareFinding>,
    /// In which it is Pareto-efficient for the parties; `null` when that was not asked.
    pub efficient: Option<ShareFinding>,
}

/// A package with a name.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NamedDoubtFinding {
    /// The short name.
    pub name: String,
    /// What it is.
    pub title: Option<String>,
    /// How many packages it may mean.
    pub means: usize,
    /// `must`, `may` or `cannot` be agreed, whatever it means.
    pub agreed: String,
    /// What each voice makes of it.
    pub opinions: Vec<OpinionFinding>,
    /// Whether it is Pareto-efficient under all utilities that agree with what is known; `null` when it is
    /// vague or not all packages were compared.
    pub always_efficient: Option<bool>,
    /// Shares, for each package that it may mean.
    pub shares: Vec<SharesFinding>,
}

/// What somebody makes of a package.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OpinionFinding {
    /// Who.
    pub who: String,
    /// `must`, `may` or `cannot` accept it.
    pub accepts: String,
    /// Values of its doubtful numbers under which it accepts; `null` when there are none.
    pub accepting: Option<Vec<Exact>>,
    /// Values under which it does not.
    pub rejecting: Option<Vec<Exact>>,
}

/// One package is worth at least as much as another to every party and more to one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DominanceFinding {
    /// The better.
    pub better: String,
    /// The worse.
    pub worse: String,
    /// `necessary`: under all utilities that agree with what is known; `possible`: under some.
    pub relation: String,
}

/// A package that may be the Nash point.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NashFinding {
    /// What it changes.
    pub package: DealFinding,
    /// In which share of the utilities what.
    pub shares: SharesFinding,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct QuestionFinding {
    /// Who is asked.
    pub who: String,
    /// What.
    pub asks: String,
    /// The package, where it is asked whether that would be accepted.
    pub package: Option<DealFinding>,
    /// How many bits the answer is expected to tell about which packages are agreed, summed over packages.
    pub bits: f64,
    /// How many packages are left that may be agreed, in the mean of both answers.
    pub undecided: f64,
    /// What yes would mean.
    pub yes: AnswerFinding,
    /// What no would mean.
    pub no: AnswerFinding,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AnswerFinding {
    /// In which share of the draws it is the answer.
    pub share: f64,
    /// How many packages would be agreed then.
    pub agreed: CountsFinding,
}
