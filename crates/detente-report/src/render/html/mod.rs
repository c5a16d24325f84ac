//! A document as one file of HTML that needs nothing else: no script, no font, no picture from elsewhere.
//!
//! What is a number carries its place in the findings (`data-from`) and how it is shown (`data-form`); every sentence
//! carries the rule that wrote it (`data-rule`) and small links to what it stands on, and what sentences stand on leads
//! back to them. Names are kept apart from the text around them, whatever their letters do to the direction of writing.

mod blocks;
mod index;
mod letters;
mod line;
mod picture;

use std::cell::Cell;
use std::collections::BTreeSet;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::index::{Index, Kind};
use crate::document::{Document, Findings, Held, Section, plain};

/// A document as a page.
pub fn page(document: &Document) -> String {
    page_from(document, &())
}

/// A document as a page whose numbers also carry the very values of these findings.
pub fn page_from(document: &Document, findings: &dyn Findings) -> String {
    let writer = Writer {
        index: Index::of(document),
        findings,
        said: Cell::new(0),
    };
    writer.page(document).into_string()
}

/// The title of a document as plain text that every browser can show.
pub fn title(document: &Document) -> String {
    if letters::is_unseen(&document.title) {
        return "A document".to_owned();
    }
    letters::clean(&plain(&document.title)).into_owned()
}

const STYLE: &str = include_str!("style.css");

/// Nothing is loaded from anywhere, and nothing runs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// The name of the text proper; no part of a document has a point in its name.
const MAIN: &str = "page.text";

/// Where the findings say what made them.
const MADE_BY: &str = "/made_by";

/// What a page is written with.
struct Writer<'a> {
    index: Index<'a>,
    findings: &'a dyn Findings,
    /// How many sentences have been written.
    said: Cell<usize>,
}

impl Writer<'_> {
    fn page(&self, document: &Document) -> Markup {
        let contents = self.contents(&document.sections, 2);
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    meta name="generator" content=(self.made_by());
                    title { (title(document)) }
                    link rel="icon" href="data:,";
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href={ "#" (MAIN) } { "Skip to the text" }
                    header.page-head {
                        h1 { (self.line(&document.title)) }
                        @if !document.subtitle.is_empty() {
                            p.subtitle { (self.line(&document.subtitle)) }
                        }
                    }
                    div.page-body {
                        @if !document.sections.is_empty() {
                            nav.contents.aside aria-label="Contents" {
                                p.contents-head aria-hidden="true" { "Contents" }
                                (contents)
                            }
                            nav.contents.folded aria-label="Contents" {
                                details { summary { "Contents" } (contents) }
                            }
                        }
                        main #(MAIN) tabindex="-1" {
                            (key(self.index.kinds()))
                            @for section in &document.sections { (self.section(section, 2)) }
                        }
                    }
                    footer.page-foot { (self.foot()) }
                }
            }
        }
    }

    fn contents(&self, sections: &[Section], levels: usize) -> Markup {
        html! {
            ol {
                @for section in sections {
                    li {
                        @if !letters::is_unseen(&section.title) {
                            a href={ "#" (letters::clean(&section.id)) } { (self.linked(&section.title)) }
                        }
                        @if levels > 1 && !section.sections.is_empty() {
                            (self.contents(&section.sections, levels - 1))
                        }
                    }
                }
            }
        }
    }

    fn section(&self, section: &Section, level: usize) -> Markup {
        let title = self.line(&section.title);
        html! {
            section #(letters::clean(&section.id)) {
                @match level {
                    2 => h2 { (title) },
                    3 => h3 { (title) },
                    4 => h4 { (title) },
                    5 => h5 { (title) },
                    _ => h6 { (title) },
                }
                (self.blocks(&section.blocks))
                @for inner in &section.sections { (self.section(inner, level + 1)) }
            }
        }
    }

    /// What made the findings.
    fn made_by(&self) -> String {
        match self.findings.at(MADE_BY) {
            Some(Held::Text(made_by)) => letters::clean(&made_by).into_owned(),
            _ => format!("detente {}", env!("CARGO_PKG_VERSION")),
        }
    }

    fn foot(&self) -> Markup {
        let from = self.findings.at(MADE_BY).map(|_| MADE_BY);
        html! {
            p {
                "Made by " bdi data-from=[from] { (self.made_by()) } ". "
                "Every number of this page carries its place in the findings, in their JSON form, as "
                code { "data-from" } ", and every sentence the rule that wrote it, as " code { "data-rule" }
                ". Nothing in it was written by hand, and nothing is loaded from elsewhere."
            }
        }
    }
}

/// How to read the marks behind sentences; only those that occur.
fn key(kinds: &BTreeSet<Kind>) -> Markup {
    html! {
        @if !kinds.is_empty() {
            aside.key aria-label="How to read this page" {
                p {
                    "The small marks after a sentence say on what it stands."
                    @for kind in kinds {
                        @let (mark, means) = match kind {
                            Kind::Moves => ("moves", " leads to the moves that prove it, and letters after it to further ones."),
                            Kind::See => ("see", " leads to a table, a picture or another part."),
                            Kind::Source => ("[name]", " is a source of the negotiation, with the place in it."),
                            Kind::Stated => ("stated", " means that the negotiation itself says so."),
                        };
                        " " b { (mark) } (means)
                    }
                }
            }
        }
    }
}
