//! What each side misreads: beliefs about the others that are not so, and words that the parties take differently.

mod beliefs;
mod believed;
mod corrected;
mod held;
mod words;

use crate::document::{Composer, Section};

/// The section.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let mut section = Section::new("misread", "What each side misreads");
    if let Some(perception) = &c.dossier.perception {
        section.blocks.extend(beliefs::blocks(c, perception));
    }
    if let Some(terms) = &c.dossier.terms {
        section.sections.extend(words::sections(c, terms));
        section.sections.extend(held::section(c, terms));
    }
    let is_empty = section.blocks.is_empty() && section.sections.is_empty();
    (!is_empty).then_some(section)
}
