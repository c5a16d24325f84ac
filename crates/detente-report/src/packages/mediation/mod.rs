//! What a mediator asks, as serialisable values and text: who stands in the way, what must be ratified, what
//! linkage is worth, and one package in depth.

mod about;
mod build;
mod finding;
mod text;

use detente_analysis::bargain::Deal;
use detente_analysis::bargain::mediation::{
    Draft, EqualOffer, Improvements, Linkage, Objection, Ratified, Talks, Trade, Trades, Zone,
};
use detente_analysis::holding::Holding;
use detente_analysis::model::Model;
use detente_analysis::{Game, Stop};

pub(crate) use build::rule;
pub use build::{finding, ratifiers_in_brief, zone_in_brief};
pub use finding::{
    AboutFinding, BetterFinding, BundleFinding, ChangeFinding, EqualFinding, HoldFinding,
    ImprovementsFinding, JudgeFinding, LinkageFinding, Mediation, ObjectionFinding, OfferFinding,
    RatificationFinding, RatifierFinding, SettlementFinding, ShiftFinding, SideFinding,
    TradeFinding, ValuedFinding, VoiceFinding, WithoutFinding, ZoneFinding,
};
pub use text::text;

/// What was asked, and what was found.
pub struct Found<'a> {
    /// The negotiation.
    pub model: &'a Model,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// The packages, and what everybody has without one.
    pub talks: &'a Talks<'a>,
    /// Who is in the way.
    pub zone: Option<Zone>,
    /// What ratification does.
    pub ratification: Option<Ratified>,
    /// What linkage does.
    pub linkage: Option<Linkage>,
    /// One package in depth.
    pub about: Option<About<'a>>,
    /// Limits of the results.
    pub notes: Vec<String>,
}

/// One package in depth.
pub struct About<'a> {
    /// Its name, and what it is.
    pub name: (String, Option<String>),
    /// The voices that it is compared for, as places in the space.
    pub voices: Vec<usize>,
    /// What becomes of it.
    pub draft: Draft,
    /// What is only found out about a precise package.
    pub precise: Option<Precise>,
    /// Whether it would hold: the different states that its readings make, or why that is not known.
    pub holds: Result<Held<'a>, String>,
}

/// What is only found out about a package without vague levels.
pub struct Precise {
    /// The package.
    pub deal: Deal,
    /// Whom it fails, the binding one first.
    pub objections: Vec<Objection>,
    /// What improves it by changing the fewest issues, and why the search stopped.
    pub improvements: (Improvements, Option<Stop>),
    /// The trades that are open from it.
    pub trades: Trades,
    /// The best trade, and the best from there, and so on.
    pub path: Vec<Trade>,
    /// For each of the voices what is worth about as much to it, and best for the others.
    pub equal: Vec<(usize, Vec<EqualOffer>)>,
}

/// What the readings of a package make of the conflict.
pub struct Held<'a> {
    /// The conflict.
    pub game: Game<'a>,
    /// Different results: the first package that has it, how many of the packages looked at have it, the result.
    pub results: Vec<(Deal, usize, Holding)>,
}
