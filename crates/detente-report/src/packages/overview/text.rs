//! The overview as text.

use super::Packages;
use crate::style::{Look, Page};

/// The overview for people.
pub fn text(finding: &Packages, look: Look) -> String {
    let mut page = Page::new(look);
    page.heading(finding.negotiation.as_deref().unwrap_or("The negotiation"));
    page.finish()
}
