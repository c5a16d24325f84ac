//! The same input gives the same bytes, in every format and picture, whatever the number of threads.

use std::path::Path;
use std::process::{Command, Stdio};

use detente::report::{picture, render};

use super::founding;

/// What the program writes with so many threads; nothing when it was built without the format, or there is nothing to
/// draw.
fn bytes(words: &[&str], threads: &str, file: &Path) -> Option<Vec<u8>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.args(words).env("RAYON_NUM_THREADS", threads);
    let output = command
        .arg("--")
        .arg(file)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    if output.status.success() {
        return Some(output.stdout);
    }
    let says = String::from_utf8(output.stderr).unwrap();
    let is_known = says.contains("this build of detente") || says.contains("nothing to draw");
    assert!(is_known, "{words:?}: {says}");
    None
}

fn are_the_same(words: &[&str], file: &Path) -> bool {
    let first = bytes(words, "1", file);
    for threads in ["1", "2", "7"] {
        let again = bytes(words, threads, file);
        assert!(first == again, "{words:?} with {threads} threads");
    }
    first.is_some_and(|b| !b.is_empty())
}

#[test]
fn every_format_has_the_same_bytes_again() {
    let packages = founding("packages");
    let also = packages.to_str().unwrap();
    let mut written = 0;
    for format in render::formats() {
        let words = ["report", "--format", format.name, "--also", also];
        written += usize::from(are_the_same(&words, &founding("hanoi")));
    }
    assert!(written >= 8, "{written}");
    assert!(are_the_same(
        &["report", "--format", "json"],
        &founding("january")
    ));
}

#[test]
fn every_picture_has_the_same_bytes_again() {
    let mut drawn = 0;
    for kind in picture::kinds() {
        for case in ["season", "packages"] {
            drawn += usize::from(are_the_same(&["draw", kind.name], &founding(case)));
        }
    }
    assert!(drawn >= 9, "{drawn}");
}
