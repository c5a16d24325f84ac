//! Every link of the documentation leads somewhere.

use std::path::{Component, Path, PathBuf};

use crate::book::{self, Page};
use crate::markdown;

/// The texts beside the book whose links are followed too.
const BESIDE: [&str; 6] = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "GLOSSARY.md",
    "README.md",
    "docs/SUMMARY.md",
];

/// A path without `..`, as far as it can be said without looking at the disk.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

/// What is wrong with a link, if anything.
fn fault(page: &Page, target: &str) -> Option<String> {
    if ["https://", "http://", "mailto:"]
        .iter()
        .any(|s| target.starts_with(s))
    {
        return None;
    }
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    let folder = Path::new(&page.path).parent().unwrap();
    let path = match file {
        "" => PathBuf::from(&page.path),
        file => plain(&folder.join(file)),
    };
    let in_book = |p: &Path| p.starts_with("docs");
    if in_book(Path::new(&page.path)) && !in_book(&path) {
        return Some("leads out of the book, where its pages cannot follow".to_owned());
    }
    if in_book(Path::new(&page.path))
        && path.ends_with("README.md")
        && page.path != "docs/SUMMARY.md"
    {
        return Some(
            "leads to a README.md, which is index.html in the book: such links break there"
                .to_owned(),
        );
    }
    let whole = book::root().join(&path);
    if !whole.exists() {
        return Some(format!("there is no {}", path.display()));
    }
    if anchor.is_empty() {
        return None;
    }
    let text = std::fs::read_to_string(whole).unwrap_or_default();
    let anchors = markdown::anchors(&text);
    let known = anchors.iter().any(|a| a == anchor);
    (!known).then(|| format!("{} has no heading `{anchor}`", path.display()))
}

#[test]
fn every_link_leads_somewhere() {
    let mut pages = book::pages();
    pages.extend(BESIDE.map(book::page));
    let cases = book::files("cases").into_iter();
    pages.extend(cases.filter(|f| book::is_page(f)).map(|f| book::page(&f)));
    let mut followed = 0;
    let mut faults = Vec::new();
    for page in &pages {
        for link in markdown::links(&page.text) {
            followed += 1;
            if let Some(fault) = fault(page, &link.target) {
                faults.push(format!(
                    "{}:{}: `{}`: {fault}",
                    page.path, link.line, link.target
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(followed > 100, "{followed} links");
}

#[test]
fn a_wrong_link_is_found() {
    let page = Page {
        path: "docs/language.md".to_owned(),
        text: String::new(),
    };
    assert_eq!(fault(&page, "doubt.md"), None);
    assert_eq!(fault(&page, "language.md#terms"), None);
    assert!(fault(&page, "doubts.md").is_some());
    assert!(fault(&page, "#no-such-heading").is_some());
    assert!(fault(&page, "../README.md").is_some());
    assert!(fault(&page, "README.md").is_some());
}
