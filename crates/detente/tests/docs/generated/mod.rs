//! The pages and pictures of the book that are made from the program and from the cases.
//!
//! Everything is asked from outside: of the command, as a reader would ask it, and of the files in `cases/`.
//! A page that differs from what is made now fails the test; `DETENTE_RENEW=1` makes the test write it.

mod gallery;
mod pictures;
mod reference;
mod schemas;

use std::collections::BTreeMap;

use crate::book;
use crate::sandbox::Sandbox;

/// The folders that hold nothing but what is made here.
const FOLDERS: [&str; 4] = [
    "docs/reference",
    "docs/gallery",
    pictures::KINDS,
    pictures::GALLERY,
];

/// What the first line of each such page says, for whoever is about to change it.
const MARK: &str = "<!-- Made by `DETENTE_RENEW=1 cargo test -p detente --test docs generated`; not written by hand. -->";

/// Pages by path, from the top of the repository.
type Pages = BTreeMap<String, String>;

fn made() -> Pages {
    let sandbox = Sandbox::furnished();
    let mut pages = Pages::new();
    reference::add(&sandbox, &mut pages);
    schemas::add(&sandbox, &mut pages);
    let mut pictures = Pages::new();
    pictures::add(&sandbox, &mut pictures);
    gallery::add(&sandbox, &pictures, &mut pages);
    let marked = |(path, text): (String, String)| (path, format!("{MARK}\n\n{}\n", text.trim()));
    pages.into_iter().map(marked).chain(pictures).collect()
}

/// What a command prints that cannot fail.
fn printed(sandbox: &Sandbox, words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|&w| w.to_owned()).collect();
    let output = sandbox.run(&words);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// The first lines that differ, for a message.
fn difference(kept: &str, made: &str) -> String {
    let lines = kept.lines().zip(made.lines()).enumerate();
    let differing = lines.filter(|(_, (kept, made))| kept != made);
    match differing
        .map(|(i, (kept, made))| (i + 1, kept, made))
        .next()
    {
        Some((line, kept, made)) => format!("line {line} is\n  {kept}\nand should be\n  {made}"),
        None => format!(
            "it has {} lines and should have {}",
            kept.lines().count(),
            made.lines().count()
        ),
    }
}

#[test]
fn generated_pages_are_those_that_the_program_makes() {
    let made = made();
    let there: Vec<String> = FOLDERS
        .iter()
        .filter(|f| book::root().join(f).exists())
        .flat_map(|f| book::files(f))
        .collect();
    if std::env::var_os("DETENTE_RENEW").is_some() {
        for path in there.iter().filter(|p| !made.contains_key(*p)) {
            std::fs::remove_file(book::root().join(path)).unwrap();
        }
        for (path, text) in &made {
            let path = book::root().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        return;
    }
    let mut faults: Vec<String> = there
        .iter()
        .filter(|p| !made.contains_key(*p))
        .map(|p| format!("{p} is not made any more"))
        .collect();
    for (path, text) in &made {
        match std::fs::read_to_string(book::root().join(path)) {
            Ok(kept) if kept == *text => {}
            Ok(kept) => faults.push(format!("{path}: {}", difference(&kept, text))),
            Err(_) => faults.push(format!("{path} is missing")),
        }
    }
    assert!(
        faults.is_empty(),
        "{}\n\nTo make these pages anew: DETENTE_RENEW=1 cargo test -p detente --test docs generated",
        faults.join("\n")
    );
}

#[test]
fn a_difference_is_shown_with_its_line() {
    assert_eq!(
        difference("a\nb\n", "a\nc\n"),
        "line 2 is\n  b\nand should be\n  c"
    );
    assert_eq!(
        difference("a\n", "a\nb\n"),
        "it has 1 lines and should have 2"
    );
}
