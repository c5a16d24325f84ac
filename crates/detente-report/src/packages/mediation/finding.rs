//! The serialisable form of what a mediator asks.

use schemars::JsonSchema;
use serde::Serialize;

use crate::finding::{State, Verdict};
use crate::packages::exact::Exact;
use crate::packages::overview::DealFinding;

/// What `packages` finds when it is asked with `--zone`, `--ratification`, `--linkage` or `--about`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mediation {
    /// What this is: `detente-mediation/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// Everybody with a utility, ratifiers after their party; lists of worths and gains are in this order.
    pub voices: Vec<VoiceFinding>,
    /// Who is in the way; `null` when it was not asked.
    pub zone: Option<ZoneFinding>,
    /// What ratification does; `null` when it was not asked.
    pub ratification: Option<RatificationFinding>,
    /// What linkage does; `null` when it was not asked.
    pub linkage: Option<LinkageFinding>,
    /// One package in depth; `null` when it was not asked.
    pub about: Option<AboutFinding>,
    /// Limits of the results.
    pub notes: Vec<String>,
}

/// A party or a ratifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VoiceFinding {
    /// A party `US`, or a ratifier `US.hawks`.
    pub name: String,
    /// What having no agreement is worth to it; gains are counted from here.
    pub disagreement: Exact,
}

/// A package and its worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ValuedFinding {
    /// The package.
    pub package: DealFinding,
    /// What it is worth to every voice.
    pub worth: Vec<Exact>,
    /// What every voice gains over having no agreement.
    pub gain: Vec<Exact>,
}

/// Whether there is anything to agree on, and who stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ZoneFinding {
    /// Who must accept.
    pub voices: Vec<String>,
    /// Whether some package is accepted by all of them.
    pub exists: bool,
    /// The package for which the largest concession beyond a disagreement value is smallest; `null` when the rules
    /// permit no package.
    pub nearest: Option<ValuedFinding>,
    /// By how much all disagreement values together would have to fall for it, in utilities; zero or negative when
    /// it is accepted: by how much they could rise.
    pub together: Option<Exact>,
    /// The smallest sets that no package satisfies.
    pub conflicts: Vec<Vec<String>>,
    /// How far each alone would have to move.
    pub alone: Vec<ShiftFinding>,
}

/// How far somebody would have to move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ShiftFinding {
    /// Who.
    pub voice: String,
    /// By how much its disagreement value alone would have to fall; zero or negative when there is a zone: by how
    /// much it could rise. `null` when the others conflict without it.
    pub by: Option<Exact>,
}

/// What would be agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SettlementFinding {
    /// The package, and its worth.
    #[serde(flatten)]
    pub valued: ValuedFinding,
    /// How many other worths are as good.
    pub ties: usize,
    /// How many packages are worth the same, as a decimal number.
    pub packages: String,
}

/// What ratification at home does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RatificationFinding {
    /// How many packages there are, as a decimal number, as all numbers of packages here.
    pub packages: String,
    /// How many of them every voice accepts, in the order of the voices.
    pub accepted: Vec<String>,
    /// Each side.
    pub sides: Vec<SideFinding>,
    /// How many packages all leaders accept.
    pub leaders: String,
    /// How many packages all sides accept and ratify.
    pub ratified: String,
    /// The Nash product of the leaders over the packages that they accept.
    pub free: Option<SettlementFinding>,
    /// The same over those that are also ratified.
    pub bound: Option<SettlementFinding>,
    /// The Nash product of everybody.
    pub everybody: Option<SettlementFinding>,
}

/// A side and those who must ratify.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SideFinding {
    /// The party.
    pub party: String,
    /// Which ratifiers must accept: `all`, `any`, `majority`, `3 votes`.
    pub rule: String,
    /// How many packages the side accepts and ratifies.
    pub win_set: String,
    /// What each ratifier does.
    pub ratifiers: Vec<RatifierFinding>,
    /// What the leader gets at the Nash product of the leaders when this side alone must ratify, more than when
    /// nobody must; `null` without a leader or without an agreement.
    pub strength: Option<Exact>,
}

/// What a ratifier does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RatifierFinding {
    /// The ratifier.
    pub name: String,
    /// Its votes.
    pub votes: u32,
    /// How many packages its side would accept and ratify without it.
    pub win_set_without: String,
    /// How many packages all sides would accept and ratify without it.
    pub ratified_without: String,
}

/// What linking issues, and who sits at the table, does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LinkageFinding {
    /// How many packages all sides accept and ratify, as a decimal number.
    pub zone: String,
    /// The Nash product of the leaders over these packages.
    pub nash: Option<SettlementFinding>,
    /// Their largest sum of utilities.
    pub utilitarian: Option<SettlementFinding>,
    /// Each issue negotiated apart, under the Nash product.
    pub apart_nash: BundleFinding,
    /// The same under the sum of utilities.
    pub apart_utilitarian: BundleFinding,
    /// The groups that were asked for negotiated apart, under the Nash product.
    pub grouped_nash: Option<BundleFinding>,
    /// The same under the sum of utilities.
    pub grouped_utilitarian: Option<BundleFinding>,
    /// What would be with each issue left at its first level.
    pub without_issue: Vec<WithoutFinding>,
    /// What would be if nobody asked each voice.
    pub without_voice: Vec<WithoutFinding>,
}

/// The results of separate talks, put together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BundleFinding {
    /// The issues of each of the talks.
    pub groups: Vec<Vec<String>>,
    /// What they make together.
    #[serde(flatten)]
    pub valued: ValuedFinding,
    /// Whether the rules permit it.
    pub permitted: bool,
    /// Whether all sides accept and ratify it.
    pub accepted: bool,
}

/// What would be without an issue or a voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WithoutFinding {
    /// The issue or voice.
    pub name: String,
    /// How many packages all sides would accept and ratify, as a decimal number.
    pub zone: String,
    /// The Nash product of the leaders over these packages.
    pub nash: Option<SettlementFinding>,
}

/// One package in depth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AboutFinding {
    /// The short name; `nothing` and `compromise` are the package that changes nothing and the one that splits
    /// every issue by itself.
    pub name: String,
    /// What it is.
    pub title: Option<String>,
    /// The package; `null` when it is vague.
    pub package: Option<DealFinding>,
    /// How many permitted packages it may mean, as a decimal number.
    pub meanings: String,
    /// For whom it is compared with others.
    pub compared_for: Vec<String>,
    /// What it is worth to every voice: the least and the most; empty when the rules permit none of its meanings.
    pub worth: Vec<[Exact; 2]>,
    /// Whether every voice accepts it: `yes`, `no`, or `depends` on what it means.
    pub accepted: Vec<String>,
    /// Whether all accept it in the same meaning.
    pub accepted_by_all: String,
    /// Whom it fails, the binding one first; of a precise package only.
    pub objections: Vec<ObjectionFinding>,
    /// Whether it is Pareto-efficient: `yes`, `no`, or `depends`.
    pub efficient: String,
    /// The best packages that beat it whatever it means, one for each it is compared for.
    pub better: Vec<BetterFinding>,
    /// What improves it by changing the fewest issues; `null` for a vague package.
    pub improvements: Option<ImprovementsFinding>,
    /// Changes of one issue by which nobody loses.
    pub free_gains: Vec<TradeFinding>,
    /// The best changes of two issues that pay for each other.
    pub exchanges: Vec<TradeFinding>,
    /// How many of these there are.
    pub exchanges_found: u64,
    /// The best trade, and the best from there, and so on.
    pub path: Vec<TradeFinding>,
    /// For each it is compared for the packages that are worth about as much to it.
    pub equal_offers: Vec<EqualFinding>,
    /// What it makes of the conflict, and whether that holds.
    pub holds: Vec<HoldFinding>,
    /// Why that is not known; `null` when it is.
    pub holds_unknown: Option<String>,
}

/// Somebody whom a package fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ObjectionFinding {
    /// Who.
    pub voice: String,
    /// By how much it falls short of what having no agreement is worth.
    pub short: Exact,
}

/// A package that beats another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BetterFinding {
    /// For whom it is the best of those.
    pub best_for: String,
    /// The package.
    #[serde(flatten)]
    pub valued: ValuedFinding,
    /// Whether everybody accepts it.
    pub acceptable: bool,
}

/// The improvements that change the fewest issues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ImprovementsFinding {
    /// How many issues they change; `null` when there are none.
    pub changed: Option<usize>,
    /// How many there are.
    pub found: u64,
    /// The best of them, as trades.
    pub best: Vec<TradeFinding>,
    /// Why the search stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// Changes of some issues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TradeFinding {
    /// What changes.
    pub changes: Vec<ChangeFinding>,
    /// The package after it.
    pub package: DealFinding,
    /// What it is worth more to every voice.
    pub gain: Vec<Exact>,
}

/// The change of one issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChangeFinding {
    /// The issue.
    pub issue: String,
    /// Its level before.
    pub from: String,
    /// Its level after.
    pub to: String,
    /// What the change by itself is worth to every voice.
    pub worth: Vec<Exact>,
}

/// Offers that are worth about the same to one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EqualFinding {
    /// To whom.
    pub voice: String,
    /// The offers, best for the first of the others first.
    pub offers: Vec<OfferFinding>,
}

/// One of several offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OfferFinding {
    /// The package.
    #[serde(flatten)]
    pub valued: ValuedFinding,
    /// How many packages are worth the same, as a decimal number.
    pub packages: String,
}

/// What an agreement makes of the conflict, and whether it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HoldFinding {
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
    /// The verdict of every party.
    pub parties: Vec<JudgeFinding>,
}

/// What a party would do after an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct JudgeFinding {
    /// The verdict, with its proof.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The verdict in a sentence.
    pub claim: String,
    /// What becomes of each improvement, a sentence each.
    pub reasons: Vec<String>,
}
