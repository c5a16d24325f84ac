//! The whole table: what is negotiated, who could agree to what, which packages nobody can better.

mod beyond;
mod build;
mod csv;
mod finding;
mod home;
mod lines;
pub(crate) mod svg;
mod text;

use detente_analysis::Stop;
use detente_analysis::bargain::DealSpace;
use detente_analysis::bargain::overview::{Overview, Request};
use detente_analysis::model::Model;

pub use self::svg::{MOST_PAIRS, svg};
pub use beyond::{Beyond, Held};
pub use build::finding;
pub use csv::csv;
pub use finding::{
    AbsentFinding, CountFinding, DealFinding, FactFinding, FrontierFinding, IssueFinding,
    KeptFinding, LevelFinding, NamedFinding, Packages, PointFinding, RatifiedFinding, SideFinding,
    SolutionFinding, ZoneFinding,
};
pub use text::{Shown, text};

/// What was asked, and what was found.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// The negotiation.
    pub model: &'a Model,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// The packages in whole numbers.
    pub space: &'a DealSpace,
    /// What was asked.
    pub request: &'a Request,
    /// What was found.
    pub overview: &'a Overview,
    /// What becomes of agreements at home and in the conflict, where that was asked.
    pub beyond: Option<&'a Beyond<'a>>,
    /// Why it is not complete.
    pub stop: Option<&'a Stop>,
    /// How many packages of a point are written out at most.
    pub examples: usize,
    /// Of how many points of the frontier packages are written out at most; of those that a rule picks, or that
    /// are named as better than something, they always are.
    pub points: usize,
}
