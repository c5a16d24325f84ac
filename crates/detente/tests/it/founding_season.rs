//! The season of 2019 with its record: what the evidence says against itself, what was known when, and what the model
//! made of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use detente::analysis::Budget;
use detente::analysis::coalition::joint_improvements;
use detente::model::as_of::as_of;
use detente::syntax::ast::{Certainty, Document, Preferences};
use serde_json::Value;

use crate::harness::{case, class, on, with_game};

const CASE: &str = "diplomacy/us-dprk-2019/season";

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../cases/{CASE}.detente"))
}

/// What a command prints of the season.
fn printed(before: &[&str], after: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(before)
        .arg(file())
        .args(after)
        .output()
        .unwrap();
    assert!(output.status.success(), "{before:?} {after:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(before: &[&str], after: &[&str]) -> Value {
    let after = [after, &["--format", "json"]].concat();
    serde_json::from_str(&printed(before, &after)).unwrap()
}

/// The five places where the commentary and the record differ: the length of a meeting, a quotation, a reading, a hedge,
/// and who leads the talks.
#[test]
fn the_record_differs_from_the_commentary_in_five_places() {
    let found = json(&["evidence"], &[]);
    let conflicts = found["conflicts"].as_array().unwrap();
    let one = |kind: &str, about: &str| -> &Value {
        let mut of_kind = conflicts.iter().filter(|c| c["kind"] == kind);
        let one = of_kind.next().unwrap_or_else(|| panic!("no {kind}"));
        assert!(of_kind.next().is_none(), "two of {kind}");
        assert!(one["about"].as_str().unwrap().contains(about), "{one}");
        one
    };
    let says = |conflict: &Value, words: &[&str]| {
        let text = conflict.to_string();
        for word in words {
            assert!(text.contains(word), "{word} in {text}");
        }
    };
    says(
        one("value", "duration"),
        &["nearly two hours", "an hour and half", "90"],
    );
    let quoted = one("quotation", "commitment words");
    says(quoted, &["complete", "towards", "toward"]);
    says(one("reading", "DPRK"), &["less than", "140", "70"]);
    says(one("likelihood", "announced"), &["probably", "certain"]);
    let role = one("role", "lead negotiator");
    says(role, &["Kim Yong-chol", "Kim Hyok-chol", "2019-02-06"]);
}

/// Two prints of one text are one witness.
#[test]
fn a_reprint_is_no_second_witness() {
    let found = json(&["evidence"], &[]);
    assert_eq!(found["counts"]["sources"], 22);
    assert_eq!(found["counts"]["witnesses"], 21);
}

/// Who speaks for North Korea at the working level on a day.
#[test]
fn the_lead_passes_to_kim_hyok_chol() {
    let at_work = |day: &str| {
        let found = json(&["timeline"], &["--on", day]);
        let agents = found["on"]["offices"].as_array().unwrap().clone();
        let mut at = agents
            .into_iter()
            .filter(|a| a["party"] == "DPRK" && a["track"] == "working");
        let one = at.next().unwrap();
        assert!(at.next().is_none());
        one["title"].as_str().unwrap().to_owned()
    };
    assert_eq!(at_work("2019-01-20"), "Choe Son-hui");
    assert_eq!(at_work("2019-02-21"), "Kim Hyok-chol");
}

/// The certainty of the statement called `hinge`.
fn hinge(document: &Document) -> Certainty {
    let us = &document.parties[0];
    let Some(Preferences::Statements(statements)) = &us.preferences else {
        panic!("statements");
    };
    let mut labelled = statements.iter();
    let found = labelled.find(|s| s.label.as_ref().is_some_and(|l| l.as_str() == "hinge"));
    found.unwrap().certainty.clone()
}

/// On 20 January the hinge is in doubt, afterwards it is settled.
#[test]
fn the_hinge_is_settled_in_hanoi_only() {
    let document = detente::syntax::parse(case(CASE)).document;
    let now = detente::model::present::present(&document).unwrap();
    assert!(hinge(&now).is_certain());
    let (then, hidden) = as_of(&document, "2019-01-20".parse().unwrap());
    let then = detente::model::present::present(&then).unwrap();
    assert!(!hinge(&then).is_certain());
    assert!(hidden.len() > 20);
}

/// No command that looks as of 20 January tells what came later.
#[test]
fn nothing_later_is_told() {
    let commands: [(&[&str], &[&str]); 12] = [
        (&["evidence"], &[]),
        (&["evidence"], &["--format", "json"]),
        (&["timeline"], &[]),
        (&["timeline"], &["--format", "json"]),
        (&["claims"], &[]),
        (&["claims"], &["--format", "json"]),
        (&["forecast"], &["--until", "2019-03-05"]),
        (&["brief"], &["US"]),
        (&["brief"], &["DPRK"]),
        (&["analyze"], &["--format", "json"]),
        (&["doubt"], &[]),
        (&["export"], &["--to", "json"]),
    ];
    // Names, places and days of what came later.
    let later = [
        "Hanoi",
        "Vietnam",
        "Hyok-chol",
        "Ri Yong-ho",
        "2019-01-31",
        "2019-02-05",
        "2019-02-27",
        "2019-03-02",
        "2019-04-12",
        "settle hinge",
        "patience",
        "draft existed",
    ];
    for (before, after) in commands {
        let before = [&["--as-of", "2019-01-20"], before].concat();
        let text = printed(&before, after);
        for word in later {
            // A forecast computes days of its own.
            if before.contains(&"forecast") && word.starts_with("2019-") {
                continue;
            }
            assert!(!text.contains(word), "{before:?} tells of {word}");
        }
    }
}

/// What the documented cause comes to: once an empty text is worth nothing to the United States, no text with the drills
/// cancelled cannot be bettered by any two of the parties or by all of them, which is how things stood in March.
#[test]
fn after_hanoi_no_text_is_free_of_joint_improvements() {
    with_game(case(CASE), &[], |game| {
        let now = game.status_quo.unwrap();
        assert_eq!(class(game, now), "no text");
        assert_eq!(on(game, now), ["US.cancel".to_owned()].into());
        let found = joint_improvements(&game.conflict(), now, None, &Budget::default());
        let found = found.unwrap();
        assert!(found.all);
        assert_eq!(found.coalitions, []);
    });
}

/// The exact engine and a program that shares nothing with it say the same of 45 probabilities, and of 45 more of first
/// passage: `tests/data/forecast/reference.py`.
#[test]
fn a_forecast_agrees_with_a_program_of_its_own() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/forecast");
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["forecast", "--until", "2019-04-30", "--no-comparisons"])
        .args([
            "--dates",
            "2019-01-31,2019-02-20,2019-03-05,2019-03-20,2019-04-30",
        ])
        .args(["--format", "csv"])
        .arg(data.join("january.detente"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let told = String::from_utf8(output.stdout).unwrap();
    let reference = std::fs::read_to_string(data.join("reference.csv")).unwrap();
    let mut compared = 0;
    for line in reference.lines().skip(1) {
        let [name, date, inside, reached] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let start = format!("{name},class,{date},");
        let found = told.lines().find(|l| l.starts_with(&start));
        let found: Vec<&str> = found
            .unwrap_or_else(|| panic!("{start}"))
            .split(',')
            .collect();
        for (told, expected) in [(found[3], inside), (found[5], reached)] {
            let (told, expected): (f64, f64) = (told.parse().unwrap(), expected.parse().unwrap());
            assert!((told - expected).abs() < 2e-9, "{line}: {told}");
            compared += 1;
        }
    }
    assert_eq!(compared, 90);
}
