//! Views: what a party sees, what its view inherits, and what is reported inside one.

use detente_model::syntax::ast::Document;
use detente_model::syntax::{parse, print};
use detente_model::{codes, resolve, variant, view};

const BASE: &str = "
party A {
  option x
  option y
  prefers { hinge: not x; B.z }
}
party B {
  option z one of low, mid, high
  prefers { first: A.x; not z }
}
party C {
  option w
  prefers { A.x; w }
}
never A.x and A.y
status quo { A.x }
";

fn document(views: &str) -> Document {
    let parsed = parse(&format!("{BASE}{views}"));
    assert_eq!(parsed.diagnostics, []);
    parsed.document
}

fn seen(document: &Document, path: &[&str]) -> Document {
    view::seen_by(document, path).unwrap()
}

/// The negotiation with a block of changes made by a variant, without its status quo: another way to the
/// same document.
fn changed(changes: &str) -> Document {
    let text = format!("{BASE}variant v {{ {changes} }}");
    let mut changed = variant::apply(&parse(&text).document, &["v"]).unwrap();
    changed.status_quo = None;
    changed
}

#[test]
fn a_view_makes_its_changes_and_inherits_the_rest() {
    let document = document(
        "in the eyes of A {
           B prefers { drop first }
           never B.z is mid
           hides C.w
           invents C.v \"Secret\" irreversible
         }",
    );
    let mut expected = changed("B prefers { drop first }; never B.z is mid; never C.w");
    let invented = parse("party C { option v \"Secret\" irreversible }").document;
    expected.parties[2]
        .options
        .extend(invented.parties[0].options.clone());
    assert_eq!(seen(&document, &["A"]), expected);
    assert_eq!(seen(&document, &["B"]), changed(""));
    assert_eq!(seen(&document, &["B", "A"]), changed(""));
    assert_eq!(seen(&document, &["A", "B"]), expected);
    assert_eq!(seen(&document, &[]), changed(""));
}

#[test]
fn nested_views_and_views_that_are_known() {
    let document = document(
        "in the eyes of A {
           knows the view of C
           never A.y
           in the eyes of B { never C.w }
         }
         in the eyes of C { never B.z }",
    );
    let never = |rules: &[&str]| {
        let rules: Vec<String> = rules.iter().map(|r| format!("never {r}")).collect();
        changed(&rules.join("\n"))
    };
    assert_eq!(seen(&document, &["A"]), never(&["A.y"]));
    assert_eq!(seen(&document, &["A", "B"]), never(&["A.y", "C.w"]));
    assert_eq!(seen(&document, &["A", "C"]), never(&["B.z"]));
    assert_eq!(seen(&document, &["A", "B", "C"]), never(&["A.y", "C.w"]));
    assert_eq!(seen(&document, &["A", "A"]), never(&["A.y"]));
    let paths: Vec<String> = view::paths(&document).iter().map(|p| p.join(".")).collect();
    assert_eq!(paths, ["A", "A.C", "A.B", "C"]);
}

#[test]
fn variants_add_to_views_and_take_them_away() {
    let document = document(
        "in the eyes of A { never A.y }
         variant more { in the eyes of A { hides C.w }; in the eyes of B { never A.y } }
         variant none { without view of A }
         variant other extends none { in the eyes of A { hides C.w } }",
    );
    let with = |name: &str| variant::apply(&document, &[name]).unwrap();
    assert_eq!(seen(&with("more"), &["A"]), changed("never A.y; never C.w"));
    assert_eq!(seen(&with("more"), &["B"]), changed("never A.y"));
    assert_eq!(seen(&with("none"), &["A"]), changed(""));
    assert_eq!(seen(&with("other"), &["A"]), changed("never C.w"));
}

#[test]
fn beliefs_that_a_variant_makes_void_fall_away() {
    let document = document(
        "in the eyes of B { A prefers { drop hinge; insert y last }; without never A.x and A.y }
         variant flex { A prefers { drop hinge } }
         variant free { without never A.x and A.y }
         variant slip { in the eyes of B { A prefers { drop other } } }",
    );
    let with = |name: &str| variant::apply(&document, &[name]);
    let flex = with("flex").unwrap();
    let mut expected = changed(
        "A prefers { drop hinge; insert y last }
         without never A.x and A.y",
    );
    assert_eq!(seen(&flex, &["B"]), expected);
    let free = with("free").unwrap();
    assert_eq!(seen(&free, &["B"]), expected);
    expected.never.clear();
    assert_eq!(seen(&document, &["B"]), expected);
    let found = resolve(&document).diagnostics;
    let errors: Vec<_> = found.iter().filter(|d| d.is_error()).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].code, codes::UNKNOWN_TARGET);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (views, code, place) in [
        ("in the eyes of D { }", codes::UNKNOWN_PARTY, "D"),
        (
            "in the eyes of A { hides B.zz }",
            codes::UNKNOWN_OPTION,
            "B.zz",
        ),
        (
            "in the eyes of A { never B.q }",
            codes::UNKNOWN_OPTION,
            "B.q",
        ),
        (
            "in the eyes of A { invents D.q }",
            codes::UNKNOWN_PARTY,
            "D",
        ),
        (
            "in the eyes of A { invents B.z }",
            codes::DUPLICATE_NAME,
            "z",
        ),
        (
            "in the eyes of A { B prefers { drop second } }",
            codes::UNKNOWN_TARGET,
            "second",
        ),
        (
            "in the eyes of A { D prefers { x } }",
            codes::UNKNOWN_PARTY,
            "D",
        ),
        (
            "in the eyes of A { knows the view of D }",
            codes::UNKNOWN_PARTY,
            "D",
        ),
        (
            "in the eyes of A { knows the view of A }",
            codes::VIEW_OF_ITSELF,
            "A",
        ),
        (
            "in the eyes of A { in the eyes of A { } }",
            codes::VIEW_OF_ITSELF,
            "A",
        ),
        (
            "in the eyes of A { in the eyes of B { never q } }",
            codes::UNKNOWN_OPTION,
            "q",
        ),
        (
            "in the eyes of A { }\nin the eyes of A { }",
            codes::DUPLICATE_NAME,
            "A",
        ),
        (
            "in the eyes of A { knows the view of B; in the eyes of B { } }",
            codes::KNOWN_AND_TOLD,
            "B",
        ),
        (
            "variant v { without view of A }",
            codes::UNKNOWN_TARGET,
            "A",
        ),
        (
            "variant v { in the eyes of A { hides q } }",
            codes::UNKNOWN_OPTION,
            "q",
        ),
    ] {
        let text = format!("{BASE}{views}");
        let parsed = parse(&text);
        assert_eq!(parsed.diagnostics, [], "{views}");
        let found = resolve(&parsed.document);
        assert!(found.model.is_none(), "{views}");
        let errors: Vec<_> = found.diagnostics.iter().filter(|d| d.is_error()).collect();
        let [error] = errors.as_slice() else {
            panic!("{views}: {errors:?}");
        };
        assert_eq!(error.code, code, "{views}");
        let span = error.primary.as_ref().unwrap().span;
        assert_eq!(&text[span.start..span.end], place, "{views}");
        assert!(span.start >= BASE.len(), "{views}");
    }
}

#[test]
fn a_misspelt_option_is_suggested() {
    let document = document("in the eyes of A { hides B.y }");
    let found = resolve(&document).diagnostics;
    let error = found.iter().find(|d| d.is_error()).unwrap();
    let hint = error.hint.as_deref().unwrap();
    assert!(hint.contains("did you mean"), "{hint}");
}

#[test]
fn what_is_seen_can_be_written_down() {
    let document = document(
        "in the eyes of A { invents C.v one of a, b, c step by step; hides B.z; C prefers { v } }",
    );
    let seen = seen(&document, &["A"]);
    assert_eq!(parse(&print(&seen)).document, seen);
    assert!(resolve(&seen).model.is_some());
}

#[test]
fn one_note_says_that_most_commands_analyse_the_true_game() {
    let notes = |text: &str| {
        let parsed = parse(&format!("{BASE}{text}"));
        assert_eq!(parsed.diagnostics, []);
        let found = resolve(&parsed.document).diagnostics;
        found.iter().filter(|d| d.code == codes::TRUE_GAME).count()
    };
    let term = |said: &str| format!("term t {{ A reads B.z is high\nB reads A.x\n{said} }}\n");
    let used = |said: &str| {
        let base = BASE.replace("prefers { A.x; w }", "prefers { w }");
        let base = base.replace("first: A.x; not z", "first: term t; not z");
        let parsed = parse(&format!("{base}{}", term(said)));
        let found = resolve(&parsed.document).diagnostics;
        found.iter().filter(|d| d.code == codes::TRUE_GAME).count()
    };
    assert_eq!(notes(""), 0);
    assert_eq!(
        notes("in the eyes of A { hides B.z }\nin the eyes of B { hides A.x }"),
        1
    );
    // A term that nothing uses deceives nobody; one that is known neither.
    assert_eq!(notes(&term("")), 0);
    assert_eq!(used(""), 1);
    assert_eq!(used("communicated by B to A unclear"), 1);
    assert_eq!(used("communicated by A to B"), 1);
    assert_eq!(used("communicated by B to A"), 0);
}
