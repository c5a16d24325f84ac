//! The program killed with SIGKILL at many moments: nothing that it had accepted is lost, nothing half-written is read.
//!
//! What is asserted holds whatever the moment; the moments only vary what is tried.
#![cfg(unix)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use detente::analysis::claims::log::{Log, What, read};

/// How often the program is killed in each test.
const KILLS: u32 = 200;

fn start(folder: &Path, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// How long the command takes when it is left alone.
fn usual(folder: &Path, arguments: &[&str]) -> Duration {
    let begun = Instant::now();
    assert!(start(folder, arguments).wait().unwrap().success());
    begun.elapsed()
}

/// Starts the command, kills it at a moment that depends on `turn`, from at once to after its usual end, and says what
/// it had printed.
fn killed(folder: &Path, arguments: &[&str], usual: Duration, turn: u32) -> String {
    let mut child = start(folder, arguments);
    // Steps by a number without common divisor go through all moments in a mixed order.
    std::thread::sleep(usual * (turn * 37 % 100) / 80);
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn names(log: &Log) -> Vec<String> {
    let forecasts = log.entries.iter().filter_map(|entry| match &entry.what {
        What::Forecast(forecast) => Some(forecast.name.clone()),
        _ => None,
    });
    forecasts.collect()
}

#[test]
fn a_log_loses_nothing_that_was_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("forecasts.log");
    let add = |name: &str| -> Vec<String> {
        let words = [
            "claims",
            "add",
            name,
            "--log",
            "forecasts.log",
            "--by",
            "author",
        ];
        let words =
            words
                .iter()
                .chain(&["--probability", "0.7", "--title", "A title of some length"]);
        words.map(|w| (*w).to_owned()).collect()
    };
    let run = |name: &str| {
        usual(
            folder.path(),
            &add(name).iter().map(String::as_str).collect::<Vec<_>>(),
        )
    };
    let time = run("first");
    let mut accepted = vec!["first".to_owned()];
    let mut before = std::fs::read(&path).unwrap();
    for turn in 0..KILLS {
        // From time to time half a line, as a killed writer may leave it behind.
        if turn % 10 == 9 {
            let cut = before.len() - 1 - (turn as usize * 13) % 150;
            let last = before[..before.len() - 1]
                .iter()
                .rposition(|b| *b == b'\n')
                .unwrap()
                + 1;
            if cut > last {
                let torn = before[last..cut].to_vec();
                before.extend_from_slice(&torn);
                std::fs::write(&path, &before).unwrap();
            }
        }
        let name = format!("question-{turn}");
        let arguments = add(&name);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let printed = killed(folder.path(), &arguments, time, turn);
        if printed.ends_with('\n') {
            assert!(
                printed.starts_with(&format!("{name}: author says 0.7")),
                "{printed}"
            );
            accepted.push(name.clone());
        }
        let now = std::fs::read(&path).unwrap();
        assert!(
            now.starts_with(&before),
            "what stood in the log was changed at turn {turn}"
        );
        let log = read(&now);
        assert_eq!(log.defects, [], "turn {turn}");
        let found = names(&log);
        for name in &accepted {
            assert!(
                found.contains(name),
                "{name} was accepted and is lost at turn {turn}"
            );
        }
        // It may be written and not told; then it is known all the same.
        if found.contains(&name) && !accepted.contains(&name) {
            accepted.push(name);
        }
        assert_eq!(found, accepted, "turn {turn}");
        before = now;
    }
    run("last");
    let log = read(&std::fs::read(&path).unwrap());
    assert_eq!((log.defects.len(), log.tail), (0, None));
    usual(
        folder.path(),
        &["claims", "verify", "--log", "forecasts.log"],
    );
}

#[test]
fn a_file_is_rewritten_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("talks.detente");
    let mut untidy = String::from("negotiation   \"Many options\"\n");
    for party in 0..40 {
        untidy.push_str(&format!(
            "party P{party} {{ option   a ; option b\n prefers {{ a;  not b }} }}\n"
        ));
    }
    let tidy = detente::syntax::format(&untidy);
    assert_ne!(tidy, untidy);
    std::fs::write(&path, &untidy).unwrap();
    let time = usual(folder.path(), &["fmt", "talks.detente"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), tidy);
    for turn in 0..KILLS {
        std::fs::write(&path, &untidy).unwrap();
        killed(folder.path(), &["fmt", "talks.detente"], time, turn);
        let now = std::fs::read_to_string(&path).unwrap();
        assert!(
            now == untidy || now == tidy,
            "half a file at turn {turn}:\n{now}"
        );
    }
}
