//! The serialisable form of a session.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::packages::Exact;

/// What `bargain` finds of one session.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Bargaining {
    /// What this is: `detente-bargain/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made before, in order.
    pub variants: Vec<String>,
    /// How many turns each party has at most.
    pub rounds: u32,
    /// The days of the rounds; `null` when they have none.
    pub calendar: Option<CalendarEntry>,
    /// Whether parties neither offer nor accept what would not be ratified at home.
    pub ratified: bool,
    /// How an offer is chosen: `nearest`, `kindest` or `drawn`.
    pub choice: String,
    /// Where the random numbers started.
    pub seed: u64,
    /// Who begins.
    pub first: String,
    /// The parties at the table, in the order in which they act.
    pub parties: Vec<PartyEntry>,
    /// Among how many packages offers are made.
    pub packages: usize,
    /// Whether these are all packages that there are.
    pub all_packages: bool,
    /// How many of them all parties can agree to.
    pub agreeable: usize,
    /// `agreed`, `deadline` or `left`.
    pub end: String,
    /// Who left; `null` when nobody did.
    pub left: Option<String>,
    /// What was agreed; `null` without an agreement.
    pub agreement: Option<AgreementEntry>,
    /// How many offers were made.
    pub offers: u64,
    /// What could be agreed; `null` when no package is agreeable to all.
    pub landmarks: Option<LandmarkEntry>,
    /// All turns; `null` unless they were asked for.
    pub turns: Option<Vec<TurnEntry>>,
    /// What must be known to read this.
    pub notes: Vec<String>,
}

/// The days of the rounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CalendarEntry {
    /// The day of the first round.
    pub from: String,
    /// The day of the last round.
    pub until: String,
    /// So many rounds ...
    pub rounds: u32,
    /// ... in so many days.
    pub days: u32,
}

/// A party at the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartyEntry {
    /// Its name.
    pub party: String,
    /// Its strategy, with its number.
    pub strategy: String,
    /// What having no agreement is worth to it.
    pub disagreement: Exact,
    /// Whether that is its reservation value, rather than its worst package.
    pub by_reservation: bool,
    /// What its best package is worth to it.
    pub best: Exact,
    /// How many packages it can agree to.
    pub acceptable: usize,
}

/// An agreement.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AgreementEntry {
    /// The package: the level of each issue.
    pub package: IndexMap<String, String>,
    /// The round in which the last party accepted, from 1.
    pub round: u32,
    /// Its day; `null` when rounds have none.
    pub day: Option<String>,
    /// Whose offer it was.
    pub by: String,
    /// What each party gets.
    pub parties: IndexMap<String, Share>,
    /// How far it lies from what could have been agreed; without discounts.
    pub distances: Option<DistanceEntry>,
}

/// What a party gets.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Share {
    /// The utility, discounted by the day.
    pub utility: Exact,
    /// The share of what lies between having no agreement and its best package: a float of nine digits after the point.
    pub advantage: f64,
}

/// How far an agreement lies from others. Distances are straight lines between the shares of what each party could
/// gain at most among the packages that all can agree to; floats of nine digits after the
/// point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct DistanceEntry {
    /// To the nearest Pareto-efficient package.
    pub efficient: f64,
    /// To the nearest Nash point.
    pub nash: f64,
    /// To the nearest Kalai-Smorodinsky point.
    pub kalai_smorodinsky: f64,
    /// To the nearest egalitarian point, that of Kalai's rule.
    pub kalai: f64,
    /// The sum of all shares.
    pub welfare: f64,
}

/// What the packages are worth to each party that stand out among those that all can agree to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LandmarkEntry {
    /// How many different worths Pareto-efficient packages have.
    pub efficient: usize,
    /// With the greatest product of gains.
    pub nash: Vec<IndexMap<String, Exact>>,
    /// With the greatest smallest share of what could be gained.
    pub kalai_smorodinsky: Vec<IndexMap<String, Exact>>,
    /// With the greatest smallest gain.
    pub kalai: Vec<IndexMap<String, Exact>>,
}

/// A turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TurnEntry {
    /// The round, from 1.
    pub round: u32,
    /// Its day; `null` when rounds have none.
    pub day: Option<String>,
    /// Whose turn it is.
    pub party: String,
    /// `offers`, `accepts` or `leaves`.
    pub does: String,
    /// The package that is offered or accepted; `null` when it leaves.
    pub package: Option<IndexMap<String, String>>,
    /// What the package is worth to each party, agreed on that day.
    pub utilities: IndexMap<String, Exact>,
}
