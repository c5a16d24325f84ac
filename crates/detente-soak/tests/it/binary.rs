//! The command.

use std::process::{Command, Output};

fn soak(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente-soak"))
        .args(args)
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_run_without_disagreement() {
    let one = soak(&["--models", "80", "--seed", "5", "--threads", "1"]);
    assert_eq!(one.status.code(), Some(0), "{}", out(&one));
    assert!(
        out(&one).contains("disagreements                0"),
        "{}",
        out(&one)
    );
    let two = soak(&["--models", "80", "--seed", "5", "--threads", "2"]);
    assert_eq!(out(&one), out(&two));
    let other = soak(&["--models", "80", "--seed", "6", "--threads", "2"]);
    assert_ne!(out(&one), out(&other));
}

#[test]
fn a_disagreement_is_saved_and_can_be_examined_again() {
    let scratch = tempfile::tempdir().unwrap();
    let directory = scratch.path().join("found").display().to_string();
    let args = [
        "--models", "40", "--fault", "escape", "--keep", "2", "--out", &directory, "--format",
        "json",
    ];
    let output = soak(&args);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["complete"], true);
    assert_eq!(report["models"], 40);
    assert_eq!(report["found"].as_array().unwrap().len(), 2);
    assert!(report["disagreements"].as_u64().unwrap() >= 2);
    let file = report["found"][0]["file"].as_str().unwrap();
    let again = soak(&["--fault", "escape", file]);
    assert_eq!(again.status.code(), Some(1), "{}", out(&again));
    assert!(out(&again).contains("faulty escape"), "{}", out(&again));
    let without = soak(&[file]);
    assert_eq!(without.status.code(), Some(0), "{}", out(&without));
}

#[test]
fn what_cannot_be_used() {
    for args in [
        &["--models", "many"][..],
        &["--threads", "0"],
        &["--share", "nothing=5"],
        &["--share", "graded"],
        &["--fault", "nothing"],
        &["no-such-file.detente"],
        &["--format", "xml"],
    ] {
        let output = soak(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(out(&output).is_empty(), "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn models_can_be_looked_at() {
    let shown = out(&soak(&[
        "--show",
        "--models",
        "2",
        "--from",
        "3",
        "--share",
        "graph-form=1000",
    ]));
    assert!(shown.contains("# Model 3 of seed 1.") && shown.contains("# Model 4 of seed 1."));
    assert_eq!(shown.matches("\nstate 1\n").count(), 2, "{shown}");
}
