//! The whole table: what is negotiated, who could agree to what, which packages nobody can better.

mod build;
mod text;

use detente_analysis::bargain::DealSpace;
use detente_analysis::model::Model;
use schemars::JsonSchema;
use serde::Serialize;

pub use build::finding;
pub use text::text;

/// What was asked, and what was found.
pub struct Found<'a> {
    /// The negotiation.
    pub model: &'a Model,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// The packages in whole numbers.
    pub space: &'a DealSpace,
}

/// What `packages` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Packages {
    /// What this is: `detente-packages/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
}
