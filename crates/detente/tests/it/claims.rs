//! Claims from the command line: the founding commentary's forecasts, and logs under bad conditions.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use detente::analysis::claims::log::read;
use serde_json::Value;

const FORECASTS: &str = include_str!("../cmd/claims.in/summit.detente");

fn detente(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let output = detente(folder, arguments);
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Fails with code 2 and says so.
fn refused(folder: &Path, arguments: &[&str], message: &str) {
    let output = detente(folder, arguments);
    let said = told(&output);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(said.contains(message), "{arguments:?}: {said}");
}

fn by_name<'v>(list: &'v Value, name: &str) -> &'v Value {
    let mut all = list.as_array().unwrap().iter();
    all.find(|v| v["name"] == name)
        .unwrap_or_else(|| panic!("no {name}"))
}

/// What came of the claims of the commentary of January 2019, as historians of the season tell it: the summit true, the
/// vague text false though its condition held, the second route in part, the friction false, no closer true, the
/// advice not scored. "Likely" is 55 to 80 %; the Brier score of 0.7 for what came is 0.09.
fn founding_claims(text: &str, contradicted: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("talks.detente"), text).unwrap();
    let found = json(
        folder.path(),
        &["claims", "talks.detente", "--format", "json"],
    );
    let standing = |name: &str| by_name(&found["claims"], name)["standing"].clone();
    for (name, came) in [
        ("summit", "yes"),
        ("vague", "no"),
        ("second_route", "partly"),
        ("friction", "no"),
        ("no_closer", "yes"),
        ("focus", "unjudged"),
    ] {
        assert_eq!(standing(name), came, "{name}");
    }
    assert_eq!(found["contradicted"], serde_json::json!(contradicted));
    let summit = by_name(&found["claims"], "summit");
    let band = &summit["band"];
    assert_eq!((&band["least"], &band["most"]), (&0.55.into(), &0.8.into()));
    let scores = json(
        folder.path(),
        &["claims", "score", "talks.detente", "--format", "json"],
    );
    let summit = by_name(&scores["questions"], "summit");
    assert!((summit["binary"]["brier"].as_f64().unwrap() - 0.09).abs() < 1e-12);
    assert!((summit["binary"]["brier_sum"].as_f64().unwrap() - 0.18).abs() < 1e-12);
    assert!((summit["binary"]["logarithmic"].as_f64().unwrap() + 0.3567).abs() < 5e-5);
    assert_eq!(by_name(&scores["questions"], "focus")["unscored"], "advice");
    assert_eq!(
        by_name(&scores["questions"], "second_route")["unscored"],
        "true in part"
    );
    let author = by_name(&scores["speakers"], "author");
    assert_eq!(author["scores"]["right"].as_u64().unwrap() >= 2, true);
    assert_eq!(author["scores"]["wrong"], 2);
}

#[test]
fn the_commentary_of_january_2019_is_judged_as_history_has_it() {
    founding_claims(FORECASTS, &["held"]);
}

/// The case of the collection says the same.
#[test]
fn the_season_of_2019_is_judged_as_history_has_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../cases/diplomacy/us-dprk-2019/season.detente");
    founding_claims(&std::fs::read_to_string(path).unwrap(), &[]);
}

const ADD: [&str; 8] = [
    "claims",
    "add",
    "summit",
    "--log",
    "f.log",
    "--by",
    "author",
    "--probability",
];

fn add<'a>(probability: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    ADD.iter()
        .chain([&probability])
        .chain(more)
        .copied()
        .collect()
}

#[test]
fn open_forecasts_are_added_once() {
    let folder = tempfile::tempdir().unwrap();
    let early = FORECASTS.replace("as of 2019-03-05", "as of 2019-02-10");
    let early: String = early
        .lines()
        .filter(|l| !l.trim().starts_with("outcome"))
        .map(|l| format!("{l}\n"))
        .collect();
    std::fs::write(folder.path().join("early.detente"), early).unwrap();
    let arguments = ["claims", "add", "early.detente", "--log", "f.log"];
    let first = detente(folder.path(), &arguments);
    assert!(first.status.success(), "{first:?}");
    let log = std::fs::read(folder.path().join("f.log")).unwrap();
    assert!(read(&log).entries.len() >= 3);
    let again = detente(folder.path(), &arguments);
    assert!(String::from_utf8(again.stdout).unwrap().contains("0 added"));
    assert_eq!(std::fs::read(folder.path().join("f.log")).unwrap(), log);
}

#[test]
fn writers_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let folder = folder.path().to_owned();
            std::thread::spawn(move || {
                for question in 0..4 {
                    let name = format!("q{writer}-{question}");
                    let arguments = [
                        "claims",
                        "add",
                        &name,
                        "--log",
                        "f.log",
                        "--by",
                        "a",
                        "--probability",
                        "0.5",
                    ];
                    assert!(detente(&folder, &arguments).status.success());
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let log = read(&std::fs::read(folder.path().join("f.log")).unwrap());
    assert_eq!(
        (log.entries.len(), log.defects.len(), log.tail),
        (33, 0, None)
    );
}

#[test]
fn bad_entries_and_bad_files_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    refused(
        at,
        &add("0.7", &["--at", "yesterday"]),
        "is no time for --at",
    );
    refused(
        at,
        &add("0.7", &["--by-day", "2019-02-30"]),
        "is no day for --by-day",
    );
    refused(at, &add("1.7", &[]), "is no probability");
    refused(
        at,
        &add("0.9", &["--words", "likely"]),
        "0.9 is not likely (55-80 %)",
    );
    assert!(std::fs::read(at.join("f.log")).map_or(true, |log| log.is_empty()));
    refused(
        at,
        &["claims", "show", "--log", "none.log"],
        "cannot be read",
    );
    refused(
        at,
        &["claims", "resolve", "--log", "none.log", "summit", "yes"],
        "cannot be opened",
    );
    assert!(!at.join("none.log").exists());
    assert!(
        detente(at, &add("0.7", &["--by-day", "2019-03-05"]))
            .status
            .success()
    );
    let whole = std::fs::read(at.join("f.log")).unwrap();
    refused(
        at,
        &add("0.8", &["--by-day", "2019-04-05"]),
        "another window",
    );
    refused(
        at,
        &["claims", "resolve", "--log", "f.log", "sumit", "yes"],
        "did you mean `summit`",
    );
    refused(
        at,
        &["claims", "resolve", "--log", "f.log", "summit", "maybe"],
        "comes true or not",
    );
    assert_eq!(std::fs::read(at.join("f.log")).unwrap(), whole);

    let folder_as_log = add("0.7", &[])
        .iter()
        .map(|w| if *w == "f.log" { "." } else { w })
        .collect::<Vec<_>>();
    refused(at, &folder_as_log, "is a directory");
    for (name, bytes) in [
        ("text.log", &b"dear diary\n"[..]),
        ("latin.log", b"caf\xe9\n"),
        ("nul.log", b"\0\0"),
    ] {
        std::fs::write(at.join(name), bytes).unwrap();
        let other = add("0.7", &[])
            .iter()
            .map(|w| if *w == "f.log" { name } else { w })
            .collect::<Vec<_>>();
        refused(at, &other, "is no log of forecasts");
        refused(
            at,
            &["claims", "verify", "--log", name],
            "is no log of forecasts",
        );
        assert_eq!(std::fs::read(at.join(name)).unwrap(), bytes);
    }

    // One byte of a sealed line: nothing is read, nothing is added, and the line is named.
    let mut changed = whole.clone();
    let place = whole.windows(3).position(|w| w == b"0.7").unwrap();
    changed[place + 2] = b'9';
    std::fs::write(at.join("f.log"), &changed).unwrap();
    refused(
        at,
        &add("0.8", &[]),
        "f.log:2: it is not sealed as it stands",
    );
    refused(at, &["claims", "score", "--log", "f.log"], "f.log:2:");
    let verified = detente(at, &["claims", "verify", "--log", "f.log"]);
    assert_eq!(verified.status.code(), Some(1));
    assert!(
        String::from_utf8(verified.stdout)
            .unwrap()
            .contains("Line 2:")
    );
    assert_eq!(std::fs::read(at.join("f.log")).unwrap(), changed);
}

/// Who notes down the last seal finds that a log was shortened.
#[test]
fn a_seal_kept_elsewhere_shows_a_shortened_log() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    assert!(detente(at, &add("0.7", &[])).status.success());
    let short = std::fs::read(at.join("f.log")).unwrap();
    assert!(detente(at, &add("0.8", &[])).status.success());
    let verify = ["claims", "verify", "--log", "f.log", "--format", "json"];
    let found = json(at, &verify);
    let head = found["head"].as_str().unwrap().to_owned();
    let with_head: Vec<&str> = verify.iter().copied().chain(["--head", &head]).collect();
    assert_eq!(json(at, &with_head)["sound"], true);
    std::fs::write(at.join("f.log"), short).unwrap();
    assert_eq!(json(at, &verify)["sound"], true);
    let output = detente(at, &with_head);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["knows_head"], false);
}

#[cfg(unix)]
#[test]
fn devices_and_closed_pipes_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let device = add("0.7", &[])
        .iter()
        .map(|w| if *w == "f.log" { "/dev/full" } else { w })
        .collect::<Vec<_>>();
    refused(at, &device, "is no ordinary file");
    // The entry is stored before it is told; that nobody hears it is an error, and the entry stays.
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(add("0.7", &[]))
        .current_dir(at)
        .stdout(full)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2));
    let log = read(&std::fs::read(at.join("f.log")).unwrap());
    assert_eq!((log.entries.len(), log.defects.len()), (2, 0));
}
