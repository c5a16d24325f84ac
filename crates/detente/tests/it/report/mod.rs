//! Reports from end to end, as the built program writes them: every number against the findings, hostile names in every
//! format, and the same bytes again.

mod bytes;
mod hostile;
mod limits;
mod named;
mod walk;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;
use serde_json::Value;

use self::walk::{falsify, walk};
use crate::markup::{Element, parse};
use crate::voices::random::negotiation;
use crate::written::written;

/// The cases, as files.
fn cases() -> Vec<PathBuf> {
    let all = crate::collection::CASES.iter();
    let all = all.map(|case| root().join("cases").join(format!("{}.detente", case.name)));
    all.collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn founding(name: &str) -> PathBuf {
    root().join(format!("cases/diplomacy/us-dprk-2019/{name}.detente"))
}

/// What the program does when it is told this.
fn run(words: &[&str], file: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    let command = command.args(words).arg("--").arg(file);
    command.stdin(Stdio::null()).output().unwrap()
}

/// What it writes; it must not complain of anything.
fn written_out(words: &[&str], file: &Path) -> Vec<u8> {
    let output = run(words, file);
    let says = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{words:?} {}: {says}",
        file.display()
    );
    output.stdout
}

/// The page of a file and the findings that it is made from.
fn page_of(more: &[&str], file: &Path) -> (Element, Value) {
    let words = |format| [&["report", "--format", format], more].concat();
    let html = String::from_utf8(written_out(&words("html"), file)).unwrap();
    let json = written_out(&words("json"), file);
    (parse(&html), serde_json::from_slice(&json).unwrap())
}

/// Every number of the page is that of the findings, and every changed number is found.
fn is_true(more: &[&str], file: &Path) -> (usize, usize) {
    let (mut page, json) = page_of(more, file);
    let found = walk(&page, &json);
    assert!(
        found.faults.is_empty(),
        "{}: {:#?}",
        file.display(),
        found.faults
    );
    let seen = (found.numbers, found.drawn);
    let changed = falsify(&mut page);
    let found = walk(&page, &json);
    assert_eq!(found.faults.len(), changed, "{}", file.display());
    seen
}

#[test]
fn every_number_of_every_case_is_that_of_the_findings() {
    let mut seen = (0, 0);
    for file in cases() {
        let (numbers, drawn) = is_true(&[], &file);
        seen = (seen.0 + numbers, seen.1 + drawn);
    }
    assert!(seen.0 > 4_000 && seen.1 > 1_000, "{seen:?}");
}

#[test]
fn what_other_files_supply_is_true_too() {
    let (season, packages) = (founding("season"), founding("packages"));
    let readings = founding("readings");
    let also: Vec<&str> = [&season, &packages, &readings]
        .into_iter()
        .flat_map(|file| ["--also", file.to_str().unwrap()])
        .collect();
    let more = [
        also.as_slice(),
        &["--goal", "small deal", "--variant", "flex"],
    ]
    .concat();
    let (numbers, drawn) = is_true(&more, &founding("january"));
    assert!(numbers > 1_000 && drawn > 100, "{numbers} {drawn}");
}

/// A page that says otherwise than its findings is found out, whatever of it is changed.
#[test]
fn seeded_faults_are_found() {
    let words = ["report", "--format", "html"];
    let file = founding("hanoi");
    let html = String::from_utf8(written_out(&words, &file)).unwrap();
    let (page, json) = page_of(&[], &file);
    assert_eq!(walk(&page, &json).faults, Vec::<String>::new());
    let number = html.find("<data ").unwrap();
    let (before, after) = html.split_at(number);
    for (what, seeded) in [
        ("a digit in words", html.replacen("<p>", "<p>7 ", 1)),
        (
            "a value",
            format!("{before}{}", after.replacen("value=\"", "value=\"9", 1)),
        ),
        (
            "a place",
            format!(
                "{before}{}",
                after.replacen("data-from=\"", "data-from=\"/no", 1)
            ),
        ),
        (
            "a form",
            format!(
                "{before}{}",
                after.replacen("data-form=\"", "data-form=\"percent-", 1)
            ),
        ),
        ("a name", html.replacen("</bdi>", " 4711</bdi>", 1)),
        (
            "a text of a picture",
            html.replacen("</text>", " 4711</text>", 1),
        ),
    ] {
        assert_ne!(seeded, html, "{what} is nowhere");
        let faults = walk(&parse(&seeded), &json).faults;
        assert_eq!(faults.len(), 1, "{what}: {faults:?}");
    }
}

/// A text as a file of its own.
fn as_file(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new()
        .suffix(".detente")
        .tempfile()
        .unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn random_conflicts_are_told_truly(model in written()) {
        prop_assume!(!model.feasible().is_empty());
        is_true(&[], as_file(&model.text()).path());
    }

    #[test]
    fn random_negotiations_are_told_truly(text in negotiation()) {
        is_true(&[], as_file(&text).path());
    }
}
