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

const CONFLICT: &str = r#"negotiation "Talks"
party A { option a; prefers { not B.b; a } }
party B { option b; prefers { not A.a; b } }
class "peace" when not A.a and not B.b
status quo { }
"#;

/// Exit code and what was said.
fn told(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(folder, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), said)
}

#[test]
fn reports_are_written_where_they_can_be() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("talks.detente"), CONFLICT).unwrap();
    std::fs::create_dir(at("folder.html")).unwrap();
    std::fs::write(at("fixed.html"), "old").unwrap();
    std::fs::set_permissions(at("fixed.html"), PermissionsExt::from_mode(0o444)).unwrap();
    for (to, why) in [
        ("folder.html", "it is a directory"),
        ("absent/x.html", "there is no such folder"),
        ("fixed.html", "it may not be changed"),
        ("noending", "says no format"),
    ] {
        for command in [&["report"][..], &["draw", "graph"]] {
            let words = [command, &["talks.detente", "-o", to]].concat();
            let words = match command {
                ["draw", ..] if to.contains(".html") => {
                    [words.as_slice(), &["--format", "svg"]].concat()
                }
                _ => words,
            };
            let (code, said) = told(folder.path(), &words);
            assert_eq!(code, Some(2), "{words:?}: {said}");
            assert!(said.contains(why), "{words:?}: {said}");
        }
    }
    assert_eq!(std::fs::read_to_string(at("fixed.html")).unwrap(), "old");
    // Links stay links, also to what is not there yet; pipes stay pipes.
    symlink("there.html", at("link.html")).unwrap();
    let (code, said) = told(
        folder.path(),
        &["report", "talks.detente", "-o", "link.html"],
    );
    assert_eq!(code, Some(0), "{said}");
    assert!(at("link.html").is_symlink() && at("there.html").is_file());
    pipe(&at("pipe"));
    let path = at("pipe");
    let reader = std::thread::spawn(move || std::fs::read_to_string(path).unwrap());
    let words = ["report", "talks.detente", "--format", "html", "-o", "pipe"];
    assert_eq!(told(folder.path(), &words).0, Some(0));
    assert!(reader.join().unwrap().trim_end().ends_with("</html>"));
    let kind = std::fs::metadata(at("pipe")).unwrap().file_type();
    assert!(kind.is_fifo());
    // `-` is standard output.
    for words in [&["report"][..], &["draw", "graph"]] {
        let words = [words, &["talks.detente", "-o", "-"]].concat();
        let output = run(folder.path(), &words);
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        assert!(!output.stdout.is_empty() && !at("-").exists(), "{words:?}");
    }
    // A picture that cannot be written: the document that would show it is not written either.
    std::fs::create_dir(at("x-picture-graph.svg")).unwrap();
    let (code, said) = told(folder.path(), &["report", "talks.detente", "-o", "x.md"]);
    assert!(
        code == Some(2) && said.contains("x-picture-graph.svg"),
        "{said}"
    );
    assert!(!at("x.md").exists());
}

#[test]
fn standard_input_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("talks.detente"), CONFLICT).unwrap();
    let (code, said) = told(folder.path(), &["report", "-", "--also", "-"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("standard input can be read once only"),
        "{said}"
    );
    let from = std::fs::File::open(folder.path().join("talks.detente")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["draw", "graph", "-", "--class", "peace"])
        .stdin(from)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.trim_ascii_end().ends_with(b"</svg>"));
}
