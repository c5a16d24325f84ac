//! Candidates and bounds of weights: the basic reading, what does not go together, variants, forms.

use detente_model::model::Preferences;
use detente_model::syntax::ast::Document;
use detente_model::{Model, codes, json, resolve, variant};
use detente_syntax::{parse, print};

const TEXT: &str = "party A {
  option a
  candidate soft 0.4 { prefers { a } }
  candidate hard 0.6 \"Hard\" { prefers { not a; B.b } }
}
party B {
  option b
  weights { 1 .. 4: b; -4 .. -1: A.a; 2: A.a and b }
}
variant sure { A prefers { a } }
variant edited { A prefers { drop a } }
";

fn document(text: &str) -> Document {
    let parsed = parse(text);
    assert!(!parsed.has_errors(), "{:?}", parsed.diagnostics);
    parsed.document
}

/// The model without variants, one of which is wrong.
fn model(document: &Document) -> Model {
    let mut document = document.clone();
    document.variants.clear();
    let resolved = resolve(&document);
    resolved
        .model
        .unwrap_or_else(|| panic!("{:?}", resolved.diagnostics))
}

fn codes_of(text: &str) -> Vec<&'static str> {
    let found = resolve(&document(text)).diagnostics;
    let errors = found.iter().filter(|d| d.is_error());
    errors.map(|d| d.code).collect()
}

#[test]
fn the_basic_reading() {
    let model = model(&document(TEXT));
    let [a, b] = model.parties.as_slice() else {
        panic!()
    };
    assert_eq!(a.preferences, a.candidates[1].preferences);
    assert!(matches!(&a.preferences, Preferences::Statements(list) if list.len() == 2));
    let Preferences::Weights(lines) = &b.preferences else {
        panic!()
    };
    let weights: Vec<i64> = lines.iter().map(|(weight, _)| *weight).collect();
    assert_eq!(weights, [2_500_000, -2_500_000, 2_000_000]);
    let bounds: Vec<_> = b
        .intervals
        .iter()
        .map(|i| (i.line, i.least, i.most))
        .collect();
    assert_eq!(
        bounds,
        [(0, 1_000_000, 4_000_000), (1, -4_000_000, -1_000_000)]
    );
    let found = resolve(&document(TEXT)).diagnostics;
    let notes = found.iter().filter(|d| d.code == codes::BASIC_READING);
    assert_eq!(notes.count(), 1);
}

#[test]
fn variants_say_anew_what_a_party_wants() {
    let document = document(TEXT);
    let sure = variant::apply(&document, &["sure"]).unwrap();
    let party = &model(&sure).parties[0];
    assert!(party.candidates.is_empty());
    assert!(matches!(&party.preferences, Preferences::Statements(list) if list.len() == 1));
    let refused = variant::apply(&document, &["edited"]).unwrap_err();
    assert_eq!(refused[0].code, codes::EDIT_DOES_NOT_FIT);
}

#[test]
fn text_and_json_say_the_same() {
    let document = document(TEXT);
    let text = print(&document);
    let again = parse(&text).document;
    assert_eq!(again, document);
    let from_json: Document =
        serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
    assert_eq!(from_json, document);
    let _ = json::schema();
}

#[test]
fn what_does_not_go_together() {
    let party = |inner: &str| format!("party A {{ option a\n{inner} }}");
    for (inner, code) in [
        ("candidate x 0.4 { prefers { a } }", codes::CANDIDATES),
        (
            "candidate x 0.4 { prefers { a } }\ncandidate y 0.5 { prefers { } }",
            codes::CANDIDATES,
        ),
        (
            "candidate x 1 { prefers { a } }\ncandidate y { prefers { } }",
            codes::CANDIDATES,
        ),
        ("candidate x { prefers { maybe: a } }", codes::CANDIDATES),
        ("candidate x { weights { 1 .. 2: a } }", codes::CANDIDATES),
        (
            "candidate x { prefers { a } }\ncandidate x { prefers { } }",
            codes::DUPLICATE_NAME,
        ),
        ("candidate x { prefers { aa } }", codes::UNKNOWN_OPTION),
        ("weights { 2 .. 1: a }", codes::BAD_WEIGHT),
    ] {
        assert_eq!(codes_of(&party(inner)), [code], "{inner}");
    }
    // The smallest step apart, and exactly one.
    let sum = |p: &str, q: &str| {
        codes_of(&party(&format!(
            "candidate x {p} {{ prefers {{ a }} }}\ncandidate y {q} {{ prefers {{ }} }}"
        )))
    };
    assert!(sum("0.333333", "0.666667").is_empty());
    assert_eq!(sum("0.333333", "0.666666"), [codes::CANDIDATES]);
    // Only the JSON form can say both.
    let mut both = document(&party("prefers { a }"));
    both.parties[0].candidates = document(&party("candidate x { prefers { a } }")).parties[0]
        .candidates
        .clone();
    let found = resolve(&both).diagnostics;
    assert!(found.iter().any(|d| d.code == codes::CANDIDATES));
}
