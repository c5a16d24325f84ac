//! The serialisable form of the overview.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::finding::State;
use crate::packages::exact::Exact;
use crate::packages::mediation;

/// What `packages` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Packages {
    /// What this is: `detente-packages/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// What is negotiated, in order.
    pub issues: Vec<IssueFinding>,
    /// The rules that packages must satisfy, as written.
    pub rules: Vec<String>,
    /// How many packages there would be without rules, as a decimal number.
    pub combinations: String,
    /// How many the rules permit.
    pub permitted: CountFinding,
    /// Who is at the table; all lists of worths are in this order.
    pub table: Vec<SideFinding>,
    /// Who has a say but is not at the table: mostly ratifiers.
    pub absent: Vec<SideFinding>,
    /// What having no agreement is taken to be worth: `better`, `reservation` or `worst`.
    pub disagreement: String,
    /// What all at the table could accept.
    pub zone: ZoneFinding,
    /// Everybody with a utility, ratifiers after their party; lists of worths and gains in `in_the_way` and
    /// `ratification` are in this order.
    pub voices: Vec<mediation::VoiceFinding>,
    /// Who is in the way where there is no package that all at the table could accept; else `null`.
    pub in_the_way: Option<mediation::ZoneFinding>,
    /// What must be ratified at home; `null` where nobody must ratify, or a note says why it is not known.
    pub ratification: Option<mediation::RatificationFinding>,
    /// The concepts by which it is judged whether agreements would hold; `null` where the text does not say what they
    /// make of the conflict, or where it is not known.
    pub holds_by: Option<String>,
    /// Why it is not known whether agreements would hold; `null` when it is, or when the text has no `agreed`.
    pub holds_unknown: Option<String>,
    /// The packages that nobody can better without somebody losing.
    pub frontier: FrontierFinding,
    /// The solution points that were asked for.
    pub solutions: Vec<SolutionFinding>,
    /// The packages with a name.
    pub named: Vec<NamedFinding>,
    /// What is known of offers, beside what the numbers say.
    pub facts: Vec<FactFinding>,
    /// The worths of all permitted packages, each once, when a picture is to show them.
    #[serde(skip)]
    pub cloud: Vec<Vec<Exact>>,
    /// Limits of the results.
    pub notes: Vec<String>,
    /// Why the computation stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

impl Packages {
    /// What a package with a name is worth to each, with bounds where it is vague: `US -4 to 2`.
    pub(super) fn worths(&self, named: &NamedFinding) -> Vec<String> {
        let everybody = self.table.iter().chain(&self.absent);
        let worths = everybody.zip(&named.worth);
        worths
            .map(|(side, [least, most])| {
                if least == most {
                    format!("{} {least}", side.name)
                } else {
                    format!("{} {least} to {most}", side.name)
                }
            })
            .collect()
    }
}

/// One of the things that are negotiated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IssueFinding {
    /// The short name.
    pub name: String,
    /// What it means.
    pub title: Option<String>,
    /// What can be agreed on it; the first is how things stand without an agreement.
    pub levels: Vec<LevelFinding>,
}

/// A level of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LevelFinding {
    /// The short name, or the number.
    pub name: String,
    /// What it means.
    pub title: Option<String>,
}

/// A package: for each issue that it changes, the name of the level. Other issues stay at their first.
pub type DealFinding = IndexMap<String, String>;

/// How many there are, or why that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CountFinding {
    /// How many, as a decimal number; `null` when they were not counted.
    pub count: Option<String>,
    /// Why they were not counted; `null` when they were.
    pub not_counted: Option<String>,
}

/// Somebody at the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SideFinding {
    /// A party `US`, or a ratifier `US.hawks`.
    pub name: String,
    /// Its full name.
    pub title: Option<String>,
    /// What its worst permitted package is worth to it.
    pub worst: Exact,
    /// What its best permitted package is worth to it.
    pub best: Exact,
    /// Its reservation value; `null` when the text gives none.
    pub reservation: Option<Exact>,
    /// What having no agreement is taken to be worth to it; gains are counted from here.
    pub disagreement: Exact,
    /// Whether that is its reservation value rather than its worst package.
    pub by_reservation: bool,
    /// Whether some of its numbers are in doubt, and stand here at the middle of their bounds.
    pub doubtful: bool,
}

/// What all at the table could accept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ZoneFinding {
    /// Whether some package is worth to all at least what having no agreement is; `null` when not known.
    pub exists: Option<bool>,
    /// How many packages are worth to all at least what having no agreement is.
    pub weak: CountFinding,
    /// How many are worth more to all.
    pub strict: CountFinding,
}

/// The packages that nobody can better without somebody losing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FrontierFinding {
    /// The different worths, best for the first at the table first.
    pub points: Vec<PointFinding>,
    /// How many packages have them.
    pub packages: String,
    /// How many of the points all could accept.
    pub acceptable_points: usize,
    /// How many packages those are.
    pub acceptable_packages: String,
}

/// What some Pareto-efficient packages are worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PointFinding {
    /// To each at the table.
    pub worth: Vec<Exact>,
    /// What each gains over having no agreement.
    pub gain: Vec<Exact>,
    /// Whether nobody loses.
    pub acceptable: bool,
    /// How many packages are worth just that.
    pub packages: String,
    /// The first of them, in the order of the issues' levels.
    pub examples: Vec<DealFinding>,
    /// What those who are not at the table make of the first of them, in their order; empty when no example is
    /// written out.
    pub absent: Vec<AbsentFinding>,
    /// Whether the sides that must ratify would ratify the first of them; of what a rule of division picks only.
    pub ratified: Vec<RatifiedFinding>,
    /// What the first of them makes of the conflict; of what a rule of division picks only, and where it is known.
    pub holds: Option<KeptFinding>,
}

/// Whether those who must ratify on a side accept a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RatifiedFinding {
    /// The party.
    pub party: String,
    /// Which of its ratifiers must accept: `all`, `any`, `majority`, `3 votes`.
    pub rule: String,
    /// `yes`, `no`, or `depends` on what it means; `null` when it may mean too much.
    pub ratified: Option<String>,
}

/// What a package makes of the conflict, and whether that would hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeptFinding {
    /// The first package that makes this of it.
    pub package: DealFinding,
    /// How many of the meanings that were looked at do.
    pub meanings: usize,
    /// The options that are on then.
    pub on: Vec<String>,
    /// The state; `null` when the rules of the conflict exclude it.
    pub state: Option<State>,
    /// Whether it is stable for every party.
    pub holds: bool,
    /// The improvement that undoes it, in a sentence; `null` when it holds or the state is excluded.
    pub undone_by: Option<String>,
}

/// What somebody who is not at the table makes of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AbsentFinding {
    /// A ratifier `US.hawks`, or a party that was left out.
    pub name: String,
    /// What the package is worth to it.
    pub worth: Exact,
    /// Whether that is at least what having no agreement is worth to it.
    pub accepts: bool,
}

/// What a rule of division picks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SolutionFinding {
    /// The short name, as `--solutions` takes it.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it picks, in one sentence.
    pub definition: String,
    /// Where that comes from.
    pub source: String,
    /// The number that is best there, exactly; `null` where the rule compares no single number, or picks nothing.
    pub value: Option<Exact>,
    /// Every point that it picks, as places among the points of the frontier, from 0.
    pub points: Vec<usize>,
}

/// A package with a name, or all that its words may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NamedFinding {
    /// The short name.
    pub name: String,
    /// What it is.
    pub title: Option<String>,
    /// How many permitted packages it may mean, as a decimal number; `null` when counting them takes too long, or when
    /// it is not said what it is worth, and a note says why.
    pub meanings: Option<String>,
    /// What it changes, issue by issue, each with the levels that it may mean.
    pub picks: IndexMap<String, Vec<String>>,
    /// What it is worth to each at the table, then to each who is not: the least and the most, which are equal
    /// unless it is vague.
    pub worth: Vec<[Exact; 2]>,
    /// Whether each of them would have it rather than nothing: `yes`, `no`, or `depends` on what it means.
    pub accepted: Vec<String>,
    /// Whether somebody could gain without anybody losing: `no`: it is efficient, `yes`, or `depends` on what it
    /// means; `null` when that is not known.
    pub dominated: Option<String>,
    /// A point of the frontier that is better for somebody and worse for nobody, as its place; one that all could
    /// accept if there is one. Of a vague package: better than all that it may mean.
    pub better: Option<usize>,
    /// Whether the sides that must ratify would ratify it.
    pub ratified: Vec<RatifiedFinding>,
    /// What it makes of the conflict: one for each different result among its meanings; empty where that is not
    /// known.
    pub holds: Vec<KeptFinding>,
}

/// What is known of an offer, beside what the numbers say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FactFinding {
    /// Whose answer it is.
    pub who: String,
    /// `accepts`, `rejects` or `prefers`.
    pub answer: String,
    /// The package.
    pub package: String,
    /// For `prefers`, the package to which it is preferred.
    pub to: Option<String>,
    /// What is compared: the worth of the package to `who`, then that of the other or of no agreement, each a number or
    /// `2 to 8`; empty where the numbers say nothing.
    pub compared: Vec<String>,
    /// The fact: `US rejects ri_offer`.
    pub says: String,
    /// `agrees` with the numbers, `contradicts` them, `depends` on what a vague package means, or `silent`: the
    /// numbers say nothing about it.
    pub verdict: String,
    /// What the numbers say: the worths that were compared.
    pub because: String,
}
