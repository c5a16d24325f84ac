//! The pages of the book, as `docs/SUMMARY.md` lists them.

use std::path::{Path, PathBuf};

use crate::markdown;

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A text of the documentation.
pub(crate) struct Page {
    /// Its path from the top of the repository, such as `docs/language.md`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Reads a page by its path from the top of the repository.
pub(crate) fn page(path: &str) -> Page {
    let text = std::fs::read_to_string(root().join(path));
    Page {
        path: path.to_owned(),
        text: text.unwrap_or_else(|e| panic!("{path}: {e}")),
    }
}

/// Every page that the summary lists, in its order.
pub(crate) fn pages() -> Vec<Page> {
    let summary = page("docs/SUMMARY.md");
    let links = markdown::links(&summary.text).into_iter();
    links.map(|l| page(&format!("docs/{}", l.target))).collect()
}

/// The paths of all files below a folder, from the top of the repository, in order.
pub(crate) fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(root().join(folder));
    for entry in entries.unwrap_or_else(|e| panic!("{folder}: {e}")) {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Whether a file is Markdown.
pub(crate) fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|e| e == "md")
}

#[test]
fn the_summary_lists_every_page_once() {
    let listed: Vec<String> = pages().into_iter().map(|p| p.path).collect();
    let mut sorted = listed.clone();
    sorted.sort();
    let summary = "docs/SUMMARY.md";
    let mut there = files("docs");
    there.retain(|f| is_page(f) && f != summary);
    assert_eq!(
        sorted, there,
        "{summary} lists the left, docs/ holds the right"
    );
    assert!(there.len() > 30, "{there:?}");
}

#[test]
fn every_page_has_one_title() {
    for page in pages() {
        let lines = page
            .text
            .lines()
            .filter(|l| !l.starts_with("<!--") && !l.is_empty());
        let first = lines.clone().next().unwrap_or_default();
        assert!(first.starts_with("# "), "{}: `{first}`", page.path);
    }
}
