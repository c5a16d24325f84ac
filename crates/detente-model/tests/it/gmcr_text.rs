//! What is imported can be written in the language, and reads the same again.

use detente_model::gmcr::import;
use detente_model::syntax::{Diagnostic, ast::Document, ast::Preferences, parse, print};
use proptest::prelude::*;
use serde_json::json;

use crate::gmcr_support::{imported, of_model, resolved};

fn survives(document: &Document) {
    let text = print(document);
    let read = parse(&text);
    assert!(
        !read.diagnostics.iter().any(Diagnostic::is_error),
        "{text}\n{:#?}",
        read.diagnostics
    );
    assert_eq!(&read.document, document, "{text}");
    assert_eq!(
        of_model(&resolved(&read.document)),
        of_model(&resolved(document))
    );
}

#[test]
fn the_examples_can_be_written_down() {
    for text in [
        include_str!("../data/gmcr/prisoners.gmcr"),
        include_str!("../data/gmcr/syria-iraq.gmcr"),
        include_str!("../data/gmcr/syria-iraq-misperception.gmcr"),
        include_str!("../data/gmcr/ranked-old.gmcr"),
    ] {
        survives(&imported(text).document);
    }
}

#[test]
fn the_misperception_as_text() {
    let text =
        print(&imported(include_str!("../data/gmcr/syria-iraq-misperception.gmcr")).document);
    assert!(
        text.contains(
            "in the eyes of Iraq {\n  never not Syria.Syria_releases_more_water and \
             not Syria.Syria_escalates\n}"
        ),
        "{text}"
    );
    assert!(
        text.contains("party Iraq {\n  option Iraq_attacks \"Iraq attacks\"\n"),
        "{text}"
    );
}

/// Words that mean something in the language, and texts that could upset it.
const WORDS: [&str; 44] = [
    "and",
    "as",
    "at",
    "because",
    "before",
    "class",
    "concept",
    "either",
    "exactly",
    "false",
    "first",
    "if",
    "iff",
    "in",
    "irreversible",
    "is",
    "least",
    "maybe",
    "most",
    "move",
    "moves",
    "negotiation",
    "never",
    "no",
    "not",
    "of",
    "only",
    "option",
    "or",
    "otherwise",
    "party",
    "prefers",
    "ranks",
    "rest",
    "speaks",
    "state",
    "status",
    "strongly",
    "then",
    "true",
    "unless",
    "variant",
    "weights",
    "when",
];

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
        ".{0,12}",
        "[0-9A-Za-z_# {}\"\\\\.-]{0,8}",
        Just("x".repeat(300)),
    ]
}

proptest! {
    #[test]
    fn any_names_can_be_written_down(
        parties in prop::collection::vec((any_name(), prop::collection::vec(any_name(), 0..3)), 1..4),
        conditions in prop::collection::vec(
            prop::collection::vec(prop::collection::vec((0_usize..9, any::<bool>()), 0..3), 0..4),
            0..4,
        ),
    ) {
        let count: usize = parties.iter().map(|(_, own)| own.len()).sum();
        let simple = |parts: &Vec<(usize, bool)>| {
            let mut seen = std::collections::BTreeMap::new();
            if count > 0 {
                seen.extend(parts.iter().map(|(o, taken)| (o % count, *taken)));
            }
            seen.iter().map(|(o, taken)| json!([o, if *taken { "Y" } else { "N" }])).collect()
        };
        let compound = |members: &Vec<Vec<(usize, bool)>>| {
            let members: Vec<serde_json::Value> = members.iter().map(simple).collect();
            json!({"compound": true, "members": members})
        };
        let wanted: Vec<serde_json::Value> = conditions.iter().map(compound).collect();
        let mut next = 0;
        let mut options = Vec::new();
        let mut listed = Vec::new();
        for (name, own) in &parties {
            let numbers: Vec<usize> = (next..next + own.len()).collect();
            next += own.len();
            options.extend(own.iter().map(|o| json!({"name": o, "permittedDirection": "fwd"})));
            listed.push(json!({
                "name": name, "options": numbers, "preferences": wanted,
                "misperceptions": wanted.first().and_then(|c| c["members"].get(0))
                    .map(|c| vec![c.clone()]).unwrap_or_default(),
            }));
        }
        let file = json!({
            "options": options, "decisionMakers": listed, "infeasibles": [],
            "useManualPreferenceRanking": false,
        });
        let document = import(&file.to_string()).unwrap().document;
        survives(&document);
        let stated = document.parties.iter().all(|p| match &p.preferences {
            Some(Preferences::Statements(list)) => list.len() == conditions.len(),
            _ => conditions.is_empty(),
        });
        prop_assert!(stated);
    }
}
