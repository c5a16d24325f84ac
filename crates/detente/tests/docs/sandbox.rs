//! A folder in which the commands of one page run, with the files that pages speak of.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::book::root;

/// What is laid into the folder: from where in the repository, and to where.
const FILES: [(&str, &str); 7] = [
    ("cases", "cases"),
    ("crates/detente-model/tests/data/gmcr", "gmcr"),
    ("crates/detente/tests/cmd/events.in", "tables"),
    (
        "crates/detente/tests/cmd/package-doubt.in/contradicted.detente",
        "crates/detente/tests/cmd/package-doubt.in/contradicted.detente",
    ),
    (
        "crates/detente-model/tests/data/packages/own-tiny-9",
        "scenarios/own-tiny-9",
    ),
    (
        "crates/detente-model/tests/data/packages/own-korea-2019-4p",
        "scenarios/own-korea-2019-4p",
    ),
    (
        "crates/detente/tests/cmd/talks.in/river.detente",
        "talks.detente",
    ),
];

/// Files that are no part of what they lie beside.
const LEFT_OUT: [&str; 2] = ["README.md", "expected.json"];

pub(crate) struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    /// A folder with the files of the repository that pages speak of.
    pub(crate) fn furnished() -> Self {
        let sandbox = Self::empty();
        for (from, to) in FILES {
            copy(&root().join(from), &sandbox.path().join(to));
        }
        sandbox
    }

    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into it.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    /// Runs the command in it.
    pub(crate) fn run(&self, words: &[String]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
        let command = command.args(words).current_dir(self.path());
        command.stdin(Stdio::null()).output().unwrap()
    }

    /// What the command prints, what it says on standard error after what is data.
    pub(crate) fn printed(&self, words: &[String]) -> String {
        let output = self.run(words);
        let mut printed = String::from_utf8(output.stdout).unwrap();
        printed.push_str(&String::from_utf8(output.stderr).unwrap());
        printed
    }
}

fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(from, to).unwrap();
        return;
    }
    for entry in std::fs::read_dir(from).unwrap() {
        let name = entry.unwrap().file_name();
        if !LEFT_OUT.iter().any(|l| name.to_str() == Some(l)) {
            copy(&from.join(&name), &to.join(&name));
        }
    }
}
