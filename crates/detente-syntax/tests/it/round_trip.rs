//! A document is the same after being written and read, as text and as JSON.

use detente_syntax::ast::{Document, Preferences};
use detente_syntax::{format, is_writable, parse, parse_formula, print};
use proptest::prelude::*;

use crate::generate;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn text_and_back(document in generate::document()) {
        let text = print(&document);
        let read = parse(&text);
        prop_assert_eq!(&read.diagnostics, &[], "{}", text);
        prop_assert_eq!(&read.document, &document, "{}", text);
        prop_assert_eq!(format(&text), text);
    }

    #[test]
    fn json_and_back(document in generate::document()) {
        let json = serde_json::to_string_pretty(&document).unwrap();
        let read: Document = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&read, &document, "{}", json);
    }

    #[test]
    fn formula_and_back(formula in generate::formula()) {
        let text = formula.to_string();
        prop_assert_eq!(parse_formula(&text).unwrap(), formula, "{}", text);
    }
}

#[test]
fn json_says_what_is_wrong_with_a_formula() {
    let json = r#"{ "never": [{ "formula": "US.relief && DPRK.test" }] }"#;
    let error = serde_json::from_str::<Document>(json)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("`&&` is no operator in a formula"),
        "{error}"
    );
    assert!(error.contains("write `and`"), "{error}");
}

#[test]
fn json_guards_what_the_language_cannot_write() {
    for (json, message) in [
        (
            r#"{ "parties": [{ "name": "class" }] }"#,
            "`class` is not a name",
        ),
        (
            r#"{ "parties": [{ "name": "a b" }] }"#,
            "`a b` is not a name",
        ),
        (r#"{ "as_of": "20 January" }"#, "`20 January` is no date"),
        (
            r#"{ "sources": [{ "name": "s", "properties": { "a b": "c" } }] }"#,
            "`a b` is no name",
        ),
        (
            r#"{ "never": [{ "formula": "a", "cites": [{ "source": "s", "locator": "1, 2" }] }] }"#,
            "`1, 2` does not say where",
        ),
        (
            r#"{ "parties": [{ "name": "A", "preferences": { "statements":
                [{ "formula": "a", "certainty": { "probability": "40" } }] } }] }"#,
            "`40` is no probability",
        ),
        (
            r#"{ "parties": [{ "name": "A", "preferences": { "statements":
                [{ "formula": "a", "strength": 10 }] } }] }"#,
            "10 is no strength",
        ),
        (
            r#"{ "parties": [{ "name": "A", "attitudes":
                [{ "toward": "B", "attitude": "hostile" }] }] }"#,
            "unknown variant `hostile`",
        ),
        (
            r#"{ "when": [{ "condition": "a", "then": ["b or c"] }] }"#,
            "`b or c` sets no single",
        ),
        (
            r#"{ "calendar": [{ "when": { "on": " " }, "kind": "summit" }] }"#,
            "a day is a date",
        ),
        (
            r#"{ "calendar": [{ "when": { "on": "2019-01-20" }, "kind": "opens" }] }"#,
            "`opens` is no kind of events",
        ),
        (
            r#"{ "calendar": [{ "when": { "on": "2019-01-20" }, "kind": "x", "name": "prefers" }] }"#,
            "cannot be called `prefers`",
        ),
        (
            r#"{ "calendar": [{ "when": { "on": "2019-01-20" }, "kind": "x",
                "values": [{ "of": "known", "value": "y" }] }] }"#,
            "call the value otherwise",
        ),
        (
            r#"{ "calendar": [{ "when": { "on": "2019-01-20" }, "kind": "x",
                "effects": [{ "sets": [] }] }] }"#,
            "one entry or more",
        ),
        (
            r#"{ "calendar": [{ "when": { "at": "2019-01-20" }, "kind": "x" }] }"#,
            "unknown variant `at`",
        ),
        (
            r#"{ "tracks": [{ "name": "x", "binds": { "options": ["nothing"] } }] }"#,
            "write `US.nothing`",
        ),
        (
            r#"{ "parties": [{ "name": "A", "agents":
                [{ "name": "B", "during": { "on": "2019-01-20" } }] }] }"#,
            "a person acts `from` a day",
        ),
        (
            r#"{ "claims": [{ "name": "x", "by": "A", "likelihood": { "words": "maybe" } }] }"#,
            "`maybe` is no word of likelihood",
        ),
        (
            r#"{ "claims": [{ "name": "x", "by": "A", "likelihood": { } }] }"#,
            "words, a number, or both",
        ),
        (
            r#"{ "claims": [{ "name": "x", "by": "A", "graded":
                [{ "outcome": "a", "probability": "30" }] }] }"#,
            "`30` is no probability",
        ),
        (
            r#"{ "commitments": [{ "name": "x", "by": [] }] }"#,
            "one entry or more",
        ),
    ] {
        let error = serde_json::from_str::<Document>(json)
            .unwrap_err()
            .to_string();
        assert!(error.contains(message), "{json}\n{error}");
    }
}

#[test]
fn what_the_language_cannot_say_is_found_out() {
    let json = r#"{ "parties": [{ "name": "5" }] }"#;
    assert!(!is_writable(&serde_json::from_str(json).unwrap()));
    let json = r#"{ "claims": [{ "name": "x", "by": "A" }] }"#;
    assert!(is_writable(&serde_json::from_str(json).unwrap()));
    let json = r#"{ "calendar": [{ "when": { "on": "today" }, "kind": "change",
        "effects": [{ "change": { "hide": ["US.test"] } }] }] }"#;
    assert!(!is_writable(&serde_json::from_str(json).unwrap()));
}

#[test]
fn json_says_strength_by_degree_or_by_yes_and_no() {
    let read = |written: &str| {
        let json = format!(
            r#"{{ "parties": [{{ "name": "A", "preferences": {{ "statements":
                [{{ "formula": "a"{written} }}] }} }}] }}"#
        );
        let document: Document = serde_json::from_str(&json).unwrap();
        let Some(Preferences::Statements(list)) = &document.parties[0].preferences else {
            panic!("{json}")
        };
        (
            list[0].strength.degree(),
            serde_json::to_string(&list[0]).unwrap(),
        )
    };
    assert_eq!(read(""), (1, r#"{"formula":"a"}"#.to_owned()));
    assert_eq!(read(r#", "strongly": false"#), read(""));
    let strong = read(r#", "strongly": true"#);
    assert_eq!(strong, (2, r#"{"formula":"a","strength":2}"#.to_owned()));
    assert_eq!(read(r#", "strength": 2"#), strong);
    assert_eq!(read(r#", "strength": 9"#).0, 9);
}

#[test]
fn a_party_called_means_and_an_option_called_reads_are_told_apart() {
    let lines = |block: &str| {
        let text = format!("term x {{\n  {block}\n}}\n");
        let parsed = parse(&text);
        assert_eq!(parsed.diagnostics, [], "{text}");
        assert_eq!(print(&parsed.document), text);
        let term = &parsed.document.terms[0];
        (term.means.is_some(), term.readings.len())
    };
    assert_eq!(lines("means reads x"), (false, 1));
    assert_eq!(lines("means reads not x"), (false, 1));
    assert_eq!(lines("source reads \"Y-\" and x"), (false, 1));
    assert_eq!(lines("means reads"), (true, 0));
    assert_eq!(lines("means reads.x if y"), (true, 0));
    assert_eq!(lines("means reads and x"), (true, 0));
    assert_eq!(lines("means reads >= x"), (true, 0));
}
