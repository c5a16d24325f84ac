//! Views: the negotiation as a party sees it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::items::Citation;
use super::names::{Name, Place};
use super::variant::Change;

/// `in the eyes of US { ... }`: what a party believes. What is not said is as in the negotiation, and
/// in a nested view as in the view around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Whose view it is.
    pub viewer: Name,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `knows the view of DPRK`: the parties of whom the viewer knows how they see the negotiation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub knows: Vec<Name>,
    /// In what the view differs from what is around it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// How the viewer thinks that others see the negotiation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<View>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<Citation>,
    /// Where the declaration stands (its head, not its block).
    #[serde(skip)]
    pub place: Place,
}

impl View {
    /// How deep views may be nested.
    pub const MOST_NESTED: usize = 8;
}
