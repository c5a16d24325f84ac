//! What real GENIUS folders hold besides clean files.

use detente_model::scenario::{Options, ScenarioFile, import};

use crate::scenario_support::{files, folder, imported, model, told, utilities, whole, worth};

fn dirt(kind: &str) -> Vec<ScenarioFile> {
    files(&folder("dirt").join(kind), &["xml", "yml", "json"])
}

/// The texts of the notes, and the worths of all levels of the first issue to the first party.
fn read(kind: &str) -> (String, Vec<String>) {
    let imported = imported(&dirt(kind), &Options::default());
    let model = model(&imported);
    let utility = utilities(&model.bargain)[0];
    let levels = 0..u16::try_from(model.bargain.issues[0].levels.len()).unwrap();
    let rest = model.bargain.issues.len() - 1;
    let worths = levels.map(|level| {
        let mut package = vec![level];
        package.extend(vec![0; rest]);
        worth(utility, &package).to_string()
    });
    (told(&imported.notes), worths.collect())
}

#[test]
fn a_mark_and_a_blank_line_before_the_declaration_do_not_matter() {
    let (notes, worths) = read("mark-and-blank-line");
    assert_eq!((notes.as_str(), worths.join(" ").as_str()), ("", "2 1"));
}

#[test]
fn bytes_that_are_no_utf8_are_read_as_windows_1252() {
    let imported = imported(&dirt("latin1"), &Options::default());
    assert!(
        told(&imported.notes)
            .contains("N0350 `a-domain.xml` is no UTF-8 text; read as windows-1252")
    );
    let text = detente_syntax::print(&imported.document);
    assert!(text.contains("Entschädigung"), "{text}");
    let model = model(&imported);
    assert_eq!(worth(utilities(&model.bargain)[0], &[0]), whole(2));
}

#[test]
fn missing_and_null_evaluations_are_worth_nothing() {
    let (notes, worths) = read("no-evaluation");
    assert_eq!(worths, ["0", "0", "4", "0"]);
    assert!(
        notes.contains("N0352 a value of issue `x` has no evaluation; worth nothing"),
        "{notes}"
    );
    assert!(
        notes.contains("N0352 1 of the values of issue `x` are not listed; worth nothing"),
        "{notes}"
    );
}

#[test]
fn values_that_the_domain_does_not_have_are_left_out() {
    let (notes, worths) = read("foreign-value");
    assert_eq!(worths, ["2", "1"]);
    assert!(
        notes.contains("N0352 a value of issue `x` is not in the domain; left out"),
        "{notes}"
    );
    assert!(
        notes.contains("N0352 the domain has no issue `z`; left out"),
        "{notes}"
    );
}

#[test]
fn prices_are_real_numbers_in_steps() {
    let (notes, worths) = read("price");
    let expected: Vec<String> = (0..=10).map(|k| (10 * k).to_string()).collect();
    assert_eq!(worths, expected);
    assert!(
        notes.contains("N0352 `price` is no type of issue; read as real numbers"),
        "{notes}"
    );
    assert!(
        notes.contains("N0355 issue `x` is cut into 11 levels"),
        "{notes}"
    );
}

#[test]
fn items_without_a_value_and_repeated_items_are_left_out() {
    let (notes, worths) = read("items");
    assert_eq!(worths, ["2", "1"]);
    assert!(
        notes.contains("N0352 an item of issue `x` has no value; left out"),
        "{notes}"
    );
    assert!(
        notes.contains("N0352 an item of issue `x` is repeated; the first counts"),
        "{notes}"
    );
}

#[test]
fn generated_copies_and_files_that_are_no_xml_are_left_out() {
    let imported = imported(&dirt("copies"), &Options::default());
    let names: Vec<&str> = imported
        .document
        .parties
        .iter()
        .map(|p| p.name.as_str())
        .collect();
    assert_eq!(names, ["buyer", "seller"]);
    let notes = told(&imported.notes);
    assert_eq!(
        notes
            .matches("is a generated copy of a profile; left out")
            .count(),
        2,
        "{notes}"
    );
    assert!(
        notes.contains("N0351 `pareto.xml` is no part of a bargaining scenario; left out")
            || notes.contains("N0351"),
        "{notes}"
    );
    // Whoever names a file wants it.
    let named = Options {
        named: true,
        ..Options::default()
    };
    let copies: Vec<_> = dirt("copies")
        .into_iter()
        .filter(|f| f.name.contains("laptop"))
        .collect();
    let all = import(&copies, &named).unwrap();
    assert_eq!(all.document.parties.len(), 4);
    assert!(import(&dirt("copies"), &named).is_err());
}

#[test]
fn discounts_become_notes() {
    let (notes, _) = read("discount");
    assert!(
        notes.contains("N0354 the discount factor 0.9 for the whole time is left out"),
        "{notes}"
    );
}

#[test]
fn names_become_valid_unique_and_no_words_of_the_language() {
    let imported = imported(&dirt("names"), &Options::default());
    model(&imported);
    let issues = imported.document.issues.iter();
    let names: Vec<&str> = issues.map(|i| i.name.as_str()).collect();
    let expected = [
        "no_step",
        "no_step_2",
        "issue_if",
        "issue_reservation",
        "issue_never",
        "issue_24",
        "issue_importance",
        "issue_8",
        "weight_of_all",
        "issue_weight",
        "issue_term",
        "any",
    ];
    assert_eq!(names, expected);
    let first = &imported.document.issues[0];
    assert_eq!(first.title.as_deref(), Some("no step"));
}

#[test]
fn broken_files_are_refused_with_a_place() {
    for (kind, code, message) in [
        ("cut-off", "E0350", ""),
        ("no-number", "E0353", "the evaluation `a lot` is no number"),
        ("no-bounds", "E0353", "issue `x` has no `lowerbound`"),
        (
            "unknown-evaluator",
            "E0354",
            "evaluators of type `sinus` cannot be read",
        ),
        (
            "no-profile",
            "E0352",
            "there is no profile, so that nobody says what packages are worth",
        ),
        (
            "two-domains",
            "E0352",
            "there are several domains: `a-domain.xml`, `b-domain.xml`",
        ),
        (
            "mixed",
            "E0352",
            "there are files of GENIUS and of GeniusWeb",
        ),
        (
            "partial-order",
            "E0354",
            "a profile of the kind `DefaultPartialOrdering` gives no sum of worths",
        ),
        (
            "python",
            "E0354",
            "value functions of the class `LambdaFun` cannot be read",
        ),
        (
            "bound-of-no-issue",
            "E0353",
            "a bound of a box belongs to no issue",
        ),
    ] {
        let named = Options {
            named: kind == "cut-off",
            ..Options::default()
        };
        let problems = import(&dirt(kind), &named).expect_err(kind);
        let told = told(&problems);
        assert!(
            told.contains(&format!("{code} {message}")),
            "{kind}: {told}"
        );
        let d = &problems[0].diagnostic;
        assert!(d.hint.is_some(), "{kind}");
        assert_eq!(d.primary.is_none(), code == "E0352", "{kind}: a place");
    }
}
