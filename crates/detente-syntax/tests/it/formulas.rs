//! All formulas of a document are found: the debug form of a document, which is derived, has no others.

use detente_syntax::ast::{Document, Formula};
use proptest::prelude::*;

use crate::generate;

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn none_is_forgotten(document in generate::document()) {
        let whole = format!("{document:?}");
        let each: Vec<String> = document.formulas().iter().map(|f| format!("{f:?}")).collect();
        for what in ["Formula { kind:", "Pattern { text:"] {
            let found: usize = each.iter().map(|f| count(f, what)).sum();
            prop_assert_eq!(found, count(&whole, what), "{} in {}", what, whole);
        }
        for formula in document.formulas() {
            let said = format!("{formula:?}");
            prop_assert_eq!(formula.has_pattern(), said.contains("Pattern { text:"), "{}", said);
        }
    }
}

#[test]
fn a_title_is_no_pattern() {
    let titled = Document {
        negotiation: Some("Pattern { text: \"YN\" }".to_owned()),
        ..Document::default()
    };
    assert!(!titled.formulas().into_iter().any(Formula::has_pattern));
}
