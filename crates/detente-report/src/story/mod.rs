//! The narrative: a document written from findings by fixed rules.
//!
//! One section, one file. A section says nothing that was not computed or cited: each of its sentences is a rule with
//! places for values and names, and names the moves, tables or sources on which it stands.

use serde_json::Value;

use crate::document::{Composer, Document, Inline, Pointer, Section};
use crate::dossier::Dossier;

/// Writes a section; `None` when the findings have nothing for it.
pub type Rule = fn(&Composer<'_>) -> Option<Section>;

/// The sections, in the order of the document.
pub fn sections() -> &'static [Rule] {
    &[]
}

/// The document about all findings; `json` is their JSON form.
pub fn document(dossier: &Dossier, json: &Value) -> (Document, Vec<Pointer>) {
    let composer = Composer::new(dossier, json);
    let sections = sections().iter().filter_map(|rule| rule(&composer));
    let sections = sections.collect();
    let title = match &dossier.negotiation {
        Some(title) => vec![Inline::name(title)],
        None => vec![Inline::words("A negotiation")],
    };
    let mut subtitle = Vec::new();
    if dossier.as_of.is_some() {
        subtitle.push(Inline::words("as of "));
        subtitle.push(composer.number(&Pointer::to("as_of"), crate::document::Form::AsIs));
    }
    for (place, variant) in dossier.variants.iter().enumerate() {
        let before = if place == 0 && subtitle.is_empty() {
            "variant "
        } else {
            ", variant "
        };
        subtitle.push(Inline::words(before));
        subtitle.push(Inline::name(variant));
    }
    let document = Document {
        title,
        subtitle,
        sections,
    };
    let missing = composer.missing();
    (document, missing)
}
