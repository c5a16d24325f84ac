//! Readings of terms that a party does not know, and that change what it sees.

use detente_model::syntax::ast::Document;
use detente_model::{PartyId, view};

use super::correction::tell;
use super::sights::{alike, model_of};

/// A reading of a term that a party does not know: it hears its own meaning in the other's words, and so
/// sees another game than it would if it knew. See [`detente_model::term::seen_by`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misheard {
    /// Who does not know it.
    pub viewer: PartyId,
    /// Whose reading it is.
    pub by: PartyId,
    /// The term, as a place among those of the negotiation.
    pub term: usize,
}

/// The readings that parties do not know and that make a difference to what they see, by viewer, term and
/// reader. Whether a reading is known is what the document says of it; what is unclear is not known.
///
/// Nothing is returned for a document that does not resolve.
pub fn misheard(document: &Document) -> Vec<Misheard> {
    let mut plain = document.clone();
    plain.variants.clear();
    let mut out = Vec::new();
    let Ok(truth) = model_of(&document.bare()) else {
        return out;
    };
    for viewer in truth.party_ids() {
        let name = truth.party(viewer).name.as_str();
        let seen = |document: &Document| {
            let seen = view::seen_by(document, &[name]).ok()?;
            model_of(&seen).ok()
        };
        let mut own = None;
        for (place, term) in truth.terms.iter().enumerate() {
            let Some(heard) = term.sense(viewer) else {
                continue;
            };
            for by in truth.party_ids().filter(|p| *p != viewer) {
                let known = term.known(by, viewer).is_yes();
                let same = term.sense(by).is_none_or(|meant| meant.expr == heard.expr);
                if known || same {
                    continue;
                }
                let one = Misheard {
                    viewer,
                    by,
                    term: place,
                };
                let mut told = plain.clone();
                tell(&mut told, one);
                let own = own.get_or_insert_with(|| seen(&plain));
                let (Some(own), Some(then)) = (own.as_ref(), seen(&told)) else {
                    continue;
                };
                if !alike(own, &then) {
                    out.push(one);
                }
            }
        }
    }
    out
}
