//! Files that are no ordinary files: what another file names is refused, and nothing waits for ever.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const TEXT: &str = r#"negotiation "Talks"
as of 2019-01-20
source s "S" { date 2019-01-01; file "FILE" }
party A { option a; prefers { a [s "the words"] } }
"#;

/// Runs the command; it has a minute.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("{arguments:?} waits");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap()
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn the_text_of_a_source_is_an_ordinary_file() {
    let folder = tempfile::tempdir().unwrap();
    pipe(&folder.path().join("pipe"));
    std::fs::create_dir(folder.path().join("folder")).unwrap();
    std::fs::write(folder.path().join("latin"), b"caf\xe9").unwrap();
    let sparse = std::fs::File::create(folder.path().join("sparse")).unwrap();
    sparse.set_len(5 << 30).unwrap();
    for (file, why) in [
        ("pipe", "is no ordinary file"),
        ("/dev/zero", "is no ordinary file"),
        ("folder", "is a directory"),
        ("latin", "byte 0xe9 is not UTF-8 text"),
        ("sparse", "is larger than 64 MiB"),
        ("absent", "no such file or directory"),
    ] {
        let text = TEXT.replace("FILE", file);
        std::fs::write(folder.path().join("talks.detente"), text).unwrap();
        let output = run(folder.path(), &["evidence", "talks.detente"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains("W0220") && said.contains(why),
            "{file}: {said}"
        );
        assert!(output.status.success(), "{file}");
    }
}

#[test]
fn a_folder_of_cases_may_hold_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    pipe(&folder.path().join("pipe.detente"));
    let text = TEXT.replace("; file \"FILE\"", "");
    std::fs::write(folder.path().join("talks.detente"), &text).unwrap();
    std::fs::write(
        folder.path().join("other.detente"),
        text.replace("Talks", "Others"),
    )
    .unwrap();
    let output = run(folder.path(), &["analogies", "talks.detente", "--dir", "."]);
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn no_day_before_the_year_0_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let text = "as of 0005-01-01\nparty A { option a; prefers { a } }\ncalendar { \"ten years ago\" talks }\n";
    std::fs::write(folder.path().join("talks.detente"), text).unwrap();
    // Such words would become a day that cannot be written, or read again.
    let output = run(folder.path(), &["check", "talks.detente"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("E0174"));
    let output = run(
        folder.path(),
        &["check", "--as-of=-000005-01-01", "talks.detente"],
    );
    assert_eq!(output.status.code(), Some(2));
}
