//! Lotteries between packages, as serialisable values and text.

mod build;
mod finding;
mod text;

use detente_analysis::bargain::lottery;
use detente_analysis::bargain::overview::Fallback;
use detente_analysis::bargain::{DealSpace, Frontier, Stake};
use detente_analysis::model::Model;

pub use build::finding;
pub use finding::{AbsentMeanFinding, Lotteries, LotteryFinding, PartFinding, SingleFinding};
pub use text::text;

/// What was asked, and what was found.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The negotiation.
    pub model: &'a Model,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// The packages in whole numbers.
    pub space: &'a DealSpace,
    /// What having no agreement was taken to be worth.
    pub fallback: Fallback,
    /// What everybody has to win and to lose.
    pub sides: &'a [Stake],
    /// What nobody at the table can better.
    pub frontier: &'a Frontier,
    /// The lotteries between its points.
    pub lotteries: &'a lottery::Lotteries,
}
