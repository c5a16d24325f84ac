//! GMCR+ files that are not good: the code and the place of what is said, and no panic ever.

use detente_model::gmcr::{codes, import};
use detente_model::syntax::Diagnostic;
use proptest::prelude::*;

use crate::gmcr_support::codes as codes_of;

const GOOD: &str = r#"{"options": [{"name": "a", "permittedDirection": "both"}, {"name": "b", "permittedDirection": "fwd"}], "decisionMakers": [{"name": "A", "options": [0], "preferences": [[[1, "Y"]]], "preferenceRanking": [1, [2, 3]]}, {"name": "B", "options": [1], "preferences": [], "preferenceRanking": [3, 2, 1]}], "infeasibles": [[[0, "Y"], [1, "Y"]]], "useManualPreferenceRanking": true}"#;

fn errors(text: &str) -> Vec<Diagnostic> {
    let list = import(text).expect_err(text);
    for d in &list {
        let message = &d.message;
        assert!(
            !message.ends_with('.') && !message.starts_with(char::is_uppercase),
            "{message}"
        );
        assert!(d.hint.is_some() || !d.is_error(), "no hint: {message}");
        if let Some(label) = &d.primary {
            assert!(
                text.get(label.span.start..label.span.end).is_some(),
                "place: {message}"
            );
        }
    }
    list
}

/// Replaces a piece of the good file, and checks the code and place of the first error.
fn broken(from: &str, to: &str, code: &str, place: &str) {
    assert_eq!(GOOD.matches(from).count(), 1, "`{from}` must occur once");
    let text = GOOD.replace(from, to);
    let list = errors(&text);
    let span = list[0].primary.as_ref().unwrap().span;
    assert_eq!(
        (list[0].code, &text[span.start..span.end]),
        (code, place),
        "{list:#?}"
    );
}

#[test]
fn the_good_file_is_good() {
    import(GOOD).unwrap();
}

#[test]
fn no_json() {
    broken("\"infeasibles\"", "infeasibles", codes::NOT_JSON, "i");
    broken("[1, [2, 3]]", "[1 [2, 3]]", codes::NOT_JSON, "[");
    broken("true}", "true", codes::NOT_JSON, "");
    broken("true}", "true} x", codes::NOT_JSON, "x");
    broken("[3, 2, 1]", "[03, 2, 1]", codes::NOT_JSON, "3");
    assert_eq!(codes_of(&errors("")), [codes::NOT_JSON]);
    assert_eq!(codes_of(&errors("{\"options")), [codes::NOT_JSON]);
    assert_eq!(codes_of(&errors(&"[".repeat(100_000))), [codes::TOO_DEEP]);
}

#[test]
fn wrong_kinds_of_values() {
    assert_eq!(codes_of(&errors("[]")), [codes::WRONG_TYPE]);
    broken(
        "{\"name\": \"a\", \"permittedDirection\": \"both\"}",
        "\"a\"",
        codes::WRONG_TYPE,
        "\"a\"",
    );
    broken("\"name\": \"a\"", "\"name\": 5", codes::WRONG_TYPE, "5");
    broken("\"options\": [0]", "\"options\": 0", codes::WRONG_TYPE, "0");
    broken(
        "\"options\": [0]",
        "\"options\": [0.5]",
        codes::WRONG_TYPE,
        "0.5",
    );
    broken(
        "\"options\": [0]",
        "\"options\": [1e99]",
        codes::WRONG_TYPE,
        "1e99",
    );
    broken("[[[1, \"Y\"]]]", "[[1, \"Y\"]]", codes::WRONG_TYPE, "1");
    broken("[[[1, \"Y\"]]]", "[[[1]]]", codes::WRONG_TYPE, "[1]");
    broken("[[[1, \"Y\"]]]", "[[[1, true]]]", codes::WRONG_TYPE, "true");
    broken("[1, [2, 3]]", "[1, [2, [3]]]", codes::WRONG_TYPE, "[3]");
    broken("[1, [2, 3]]", "{}", codes::WRONG_TYPE, "{}");
    broken("\"fwd\"", "null", codes::WRONG_TYPE, "null");
    broken("true}", "1}", codes::WRONG_TYPE, "1");
}

#[test]
fn missing_fields() {
    broken(
        "\"infeasibles\"",
        "\"infeasible\"",
        codes::MISSING_FIELD,
        "{",
    );
    broken(
        "useManualPreferenceRanking",
        "manual",
        codes::MISSING_FIELD,
        "{",
    );
    broken(
        ", \"permittedDirection\": \"fwd\"",
        "",
        codes::MISSING_FIELD,
        "{",
    );
    broken(
        ", \"preferenceRanking\": [3, 2, 1]",
        "",
        codes::MISSING_FIELD,
        "{",
    );
    broken(
        "\"preferences\": []",
        "\"preference\": []",
        codes::MISSING_FIELD,
        "{",
    );
    broken(
        "[[[1, \"Y\"]]]",
        "[{\"compound\": true}]",
        codes::MISSING_FIELD,
        "{",
    );
}

#[test]
fn options_that_do_not_fit() {
    broken(
        "\"options\": [1]",
        "\"options\": [2]",
        codes::NO_SUCH_OPTION,
        "2",
    );
    broken(
        "\"options\": [1]",
        "\"options\": [-1]",
        codes::NO_SUCH_OPTION,
        "-1",
    );
    broken(
        "[[[1, \"Y\"]]]",
        "[[[9, \"Y\"]]]",
        codes::NO_SUCH_OPTION,
        "9",
    );
    broken(
        "\"options\": [1]",
        "\"options\": [1, 0]",
        codes::TWO_OWNERS,
        "0",
    );
    broken(
        "\"options\": [1]",
        "\"options\": []",
        codes::NO_OWNER,
        "{\"name\": \"b\", \"permittedDirection\": \"fwd\"}",
    );
    broken(
        "\"fwd\"",
        "\"forward\"",
        codes::BAD_DIRECTION,
        "\"forward\"",
    );
    broken(
        "[[[1, \"Y\"]]]",
        "[[[1, \"y\"]]]",
        codes::BAD_LETTER,
        "\"y\"",
    );
    broken(
        "[[0, \"Y\"], [1, \"Y\"]]",
        "[[0, \"Y\"], [0, \"N\"]]",
        codes::CONTRADICTION,
        "[0, \"N\"]",
    );
}

#[test]
fn rankings_that_do_not_fit() {
    broken("[1, [2, 3]]", "[1, [2, 4]]", codes::NO_SUCH_STATE, "4");
    broken("[1, [2, 3]]", "[0, [2, 3]]", codes::NO_SUCH_STATE, "0");
    broken(
        "[1, [2, 3]]",
        "[1, -9223372036854775808, [2, 3]]",
        codes::NO_SUCH_STATE,
        "-9223372036854775808",
    );
    broken("[1, [2, 3]]", "[1, [2, 2, 3]]", codes::RANKED_TWICE, "2");
    broken("[1, [2, 3]]", "[1, 2]", codes::NOT_RANKED, "[1, 2]");
    let text = GOOD.replace("[1, [2, 3]]", "[]");
    assert_eq!(
        errors(&text)[0].message,
        "states `1`, `2`, `3` are not ranked by `A`"
    );
}

#[test]
fn no_decision_makers() {
    let text = r#"{"options": [], "decisionMakers": [], "infeasibles": [], "useManualPreferenceRanking": false}"#;
    assert_eq!(codes_of(&errors(text)), [codes::NO_DECISION_MAKERS]);
}

fn with_options(count: usize, rest: &str) -> String {
    let options = vec![r#"{"name":"a","permittedDirection":"both"}"#; count].join(",");
    let own: Vec<String> = (0..count).map(|i| i.to_string()).collect();
    format!(
        r#"{{"options":[{options}],"decisionMakers":[{{"name":"A","options":[{}],{rest}}}]}}"#,
        own.join(",")
    )
    .replace(
        "}]}",
        "}],\"infeasibles\":[],\"useManualPreferenceRanking\":true}",
    )
}

#[test]
fn too_much() {
    let ranked = r#""preferences":[],"preferenceRanking":[]"#;
    assert_eq!(
        codes_of(&errors(&with_options(23, ranked))),
        [codes::TOO_LARGE]
    );
    assert_eq!(
        codes_of(&errors(&with_options(200_000, ranked))),
        [codes::TOO_LARGE]
    );
    // All of four million states unranked: told by the first few.
    let list = errors(&with_options(22, ranked));
    assert_eq!(codes_of(&list), [codes::NOT_RANKED]);
    assert!(
        list[0].message.contains("`8`, ... are not ranked"),
        "{}",
        list[0].message
    );
    // Not perceived by anybody: one word, not four million patterns.
    let hidden = r#""preferences":[],"preferenceRanking":[],"misperceptions":[[]]"#;
    assert_eq!(import(&with_options(22, hidden)).unwrap().notes.len(), 2);
    // A great many different rules on many options.
    let rule = |i: u32| {
        let letter = |k: u32| {
            if i.wrapping_mul(2_654_435_761) >> k & 1 == 1 {
                "Y"
            } else {
                "N"
            }
        };
        let parts: Vec<String> = (0..22)
            .map(|k| format!("[{k},\"{}\"]", letter(k)))
            .collect();
        format!("[{}]", parts.join(","))
    };
    let rules: Vec<String> = (0..20_000).map(rule).collect();
    let text = with_options(22, ranked).replace(
        "\"infeasibles\":[]",
        &format!("\"infeasibles\":[{}]", rules.join(",")),
    );
    assert_eq!(codes_of(&errors(&text)), [codes::NOT_RANKED]);
    // Many problems are cut short.
    let text = GOOD.replace(
        "[[[1, \"Y\"]]]",
        &format!("[{}]", vec!["7"; 100_000].join(",")),
    );
    let list = errors(&text);
    assert_eq!(list.len(), 51);
    assert_eq!(list[50].message, "99950 further problems are not listed");
}

/// The start of the character that byte `at` belongs to.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|i| text.is_char_boundary(*i))
        .unwrap()
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::{Value, json};
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..9).prop_map(Value::from),
        any::<f64>().prop_map(|f| json!(f)),
        prop_oneof!["Y", "N", "both", "fwd", "back", ".{0,6}"].prop_map(Value::from),
    ];
    let key = prop_oneof![
        "options",
        "decisionMakers",
        "infeasibles",
        "useManualPreferenceRanking",
        "name",
        "permittedDirection",
        "preferences",
        "preferenceRanking",
        "misperceptions",
        "members",
        "coalitions"
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_json_is_read_or_refused(value in any_json()) {
        let text = value.to_string();
        if let Err(list) = import(&text) {
            prop_assert!(list.iter().any(Diagnostic::is_error));
        }
    }

    #[test]
    fn mutated_files_are_read_or_refused(
        cuts in prop::collection::vec((0_usize..600, 0_usize..8, r#"[\[\]{},:"0-9YN\\u -]{0,4}"#), 1..4),
        file in 0_usize..3,
    ) {
        let files = [
            GOOD,
            include_str!("../data/gmcr/syria-iraq-misperception.gmcr"),
            include_str!("../data/gmcr/ranked-old.gmcr"),
        ];
        let mut text = files[file].to_owned();
        for (at, length, with) in cuts {
            let start = boundary(&text, at);
            let end = boundary(&text, start + length);
            text.replace_range(start..end.max(start), &with);
        }
        match import(&text) {
            Ok(found) => {
                for d in &found.notes {
                    prop_assert!(!d.is_error());
                }
            }
            Err(list) => prop_assert!(list.iter().any(Diagnostic::is_error)),
        }
    }
}

#[test]
fn every_code_has_one_page() {
    let mut known = std::collections::BTreeSet::new();
    for page in codes::CODES.iter().chain(detente_model::codes::CODES) {
        assert!(known.insert(page.code), "{} has two pages", page.code);
        assert!(
            !page.title.is_empty() && page.text.len() > 40,
            "{}",
            page.code
        );
    }
}
