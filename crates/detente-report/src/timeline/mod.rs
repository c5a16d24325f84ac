//! The calendar of a negotiation, as a serialisable finding, as text and as CSV.

mod csv;
mod text;

use detente_analysis::evidence::{OnDay, Timeline};
use detente_analysis::model::Model;
use schemars::JsonSchema;
use serde::Serialize;

pub use csv::csv;
pub use text::text;

/// The calendar as a picture.
pub fn svg(calendar: &Calendar) -> String {
    crate::picture::calendar_svg(calendar)
}

/// What was asked, and what was found.
pub struct Found<'a> {
    /// The model.
    pub model: &'a Model,
    /// The variants whose changes were made, in order.
    pub variants: &'a [String],
    /// The party asked for.
    pub party: Option<&'a str>,
    /// The calendar.
    pub timeline: &'a Timeline,
    /// How things were on the day asked for.
    pub on: Option<&'a OnDay>,
}

/// The calendar as `timeline --format json` prints it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Calendar {
    /// What this is: `detente-timeline/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// The party asked for.
    pub party: Option<String>,
    /// The calendar.
    #[serde(flatten)]
    pub timeline: Timeline,
    /// How things were on the day asked for; `null` when none was.
    pub on: Option<OnDay>,
}

/// The calendar in its serialisable form.
pub fn finding(found: &Found<'_>) -> Calendar {
    Calendar {
        format: "detente-timeline/1".to_owned(),
        negotiation: found.model.title.clone(),
        variants: found.variants.to_vec(),
        party: found.party.map(str::to_owned),
        timeline: found.timeline.clone(),
        on: found.on.cloned(),
    }
}
