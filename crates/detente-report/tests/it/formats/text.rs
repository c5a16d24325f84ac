use proptest::prelude::*;
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::expected::{dense, line};
use super::string;
use crate::documents::{any_document, rich};

#[test]
fn the_rich_document_stays_within_its_width() {
    let (document, json) = rich();
    let text = string("text", &document, &json);
    for line in text.lines() {
        assert!(line.width() <= 80, "{line:?}");
    }
    assert!(
        text.contains("[moves 1; table 1]"),
        "{text}"
    );
    assert!(text.contains("[article \u{b6}5]"), "{text}");
    assert!(
        text.contains("Picture 1. What was drawn: Marks with the names"),
        "{text}"
    );
    // A long name is broken, not cut.
    assert!(dense(&text).contains(&"Upstream".repeat(38)));
    assert!(text.contains("\n    variant treaty {\n"), "{text}");
}

proptest! {
    #[test]
    fn nothing_is_left_out_and_no_letter_commands_the_terminal(document in any_document()) {
        let text = string("text", &document, &json!({}));
        prop_assert!(text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()));
        let dense = dense(&text);
        for section in &document.sections {
            let is_away = format!("{:?}", section.title).contains("Away");
            let title = super::expected::dense(&line(&section.title));
            prop_assert!(is_away || dense.contains(&title), "{title:?} in {text}");
        }
    }
}
