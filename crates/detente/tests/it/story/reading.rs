//! Documents about conflicts, as tests write and read them.

use detente::report::document::Document;
use detente::report::dossier::Dossier;
use serde_json::Value;

use crate::dossiers::{WHOLE, of_conflict};
use crate::harness::case;
use crate::told::faultless;

pub(super) struct Written {
    pub(super) dossier: Dossier,
    pub(super) json: Value,
    pub(super) document: Document,
}

/// The document of a dossier, in which nothing may be at fault.
pub(super) fn write(dossier: Dossier) -> Written {
    let (document, json) = faultless(&dossier);
    Written {
        dossier,
        json,
        document,
    }
}

pub(super) fn of_case(name: &str, variants: &[&str]) -> Written {
    write(of_conflict(case(name), variants, &WHOLE))
}

pub(super) fn assert_says(text: &str, words: &str) {
    assert!(text.contains(words), "`{words}` is not in:\n{text}");
}
