//! Bad input that no file in the repository can hold: streams, devices, and files too large to keep.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn detente(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its input early may close it before all is written.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Exit code 2, nothing on standard output, an error and a hint that contain the given words.
fn refused(output: &Output, error: &str, hint: &str) {
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(output.stdout.is_empty(), "{told}");
    assert!(told.contains(error), "`{error}` is missing in: {told}");
    assert!(told.contains(hint), "`{hint}` is missing in: {told}");
}

fn with_options(count: usize) -> String {
    let mut text = "party A {\n".to_owned();
    for option in 0..count {
        writeln!(text, "  option x{option}").unwrap();
    }
    text.push_str("  prefers { x0 }\n}\n");
    text
}

#[test]
fn hundreds_and_thousands_of_options_are_refused_by_the_limits() {
    let output = detente(&["states", "-"], with_options(40).as_bytes());
    refused(
        &output,
        "stopped at the limit of 1048576 states",
        "--max-states",
    );
    for count in [300, 50_000] {
        let output = detente(&["states", "-"], with_options(count).as_bytes());
        refused(&output, &count.to_string(), "leave out options");
    }
    // Diagrams hold three hundred, not fifty thousand.
    let output = detente(&["analyze", "-"], with_options(300).as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let output = detente(&["analyze", "-"], with_options(50_000).as_bytes());
    refused(&output, "50000", "leave out options");
}

#[test]
fn rules_that_need_a_long_search_stop_at_the_limit_of_steps() {
    // Every state is excluded, but only when the last option is looked at.
    let mut text = with_options(60);
    let all: Vec<String> = (0..59).map(|i| format!("A.x{i}")).collect();
    writeln!(text, "never at least 40 of ({})", all.join(", ")).unwrap();
    writeln!(text, "never at most 39 of ({})", all.join(", ")).unwrap();
    let output = detente(&["states", "--max-steps", "5000", "-"], text.as_bytes());
    refused(&output, "5000", "--max-steps");
    // Without listing states the analysis sees it.
    let output = detente(&["analyze", "-"], text.as_bytes());
    refused(
        &output,
        "the rules leave no feasible state",
        "drop or loosen",
    );
}

#[test]
fn bytes_that_are_no_text_are_refused_on_standard_input() {
    refused(
        &detente(&["check", "-"], b"party A { \xff }"),
        "1:11",
        "UTF-8",
    );
    refused(
        &detente(&["import", "-"], b"{\"a\": \"\xc3\x28\"}"),
        "UTF-8",
        "UTF-8",
    );
    refused(&detente(&["check", "-"], &[0; 4096]), "", "");
}

#[test]
fn nesting_without_end_is_refused() {
    let text = format!(
        "party A {{\n option x\n prefers {{ {}x }}\n}}\n",
        "not (".repeat(100_000)
    );
    refused(&detente(&["analyze", "-"], text.as_bytes()), "E0024", "");
    let text = "[".repeat(1_000_000);
    refused(
        &detente(&["import", "-"], format!("{{\"parties\":{text}").as_bytes()),
        "",
        "",
    );
}

#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["cases", "show", "chicken"])
        .stdout(full)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("no space left"), "{told}");
}

#[test]
fn a_closed_pipe_is_told() {
    // More than fits into the pipe.
    let founding = "/../../cases/diplomacy/us-dprk-2019/january.detente";
    let founding = format!("{}{founding}", env!("CARGO_MANIFEST_DIR"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["analyze", "--format", "json", &founding])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains("closed it before everything was written"),
        "{told}"
    );
}

#[test]
fn an_output_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("missing/again.detente");
    let nowhere = nowhere.to_str().unwrap();
    let output = detente(&["cases", "copy", "chicken", nowhere], b"");
    refused(&output, "again.detente", "");
    let here = folder.path().to_str().unwrap();
    refused(&detente(&["import", "-", "-o", here], b"{}"), "", "");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
