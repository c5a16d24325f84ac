use detente_report::document::{Document, Figure};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};

use super::expected::{dense, shown, visible};
use super::string;
use crate::documents::{any_document, pairs, rich};

/// The text of Markdown without its markup, and how many tables and links are in it. HTML is only what makes anchors,
/// raised marks, bold text and words of the language.
fn read(markdown: &str) -> (String, usize, usize) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let (mut text, mut tables, mut links) = (String::new(), 0, 0);
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::InlineHtml(html) | Event::Html(html) => {
                let known = [
                    "<!-- -->",
                    "</a>",
                    "<sup>",
                    "</sup>",
                    "<strong>",
                    "</strong>",
                    "<code>",
                    "</code>",
                ];
                let is_anchor = html
                    .strip_prefix("<a id=\"")
                    .and_then(|rest| rest.strip_suffix("\">"))
                    .is_some_and(|id| id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
                assert!(is_anchor || known.contains(&&*html), "{html:?}");
            }
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with(['#', 'h']), "{dest_url}");
                links += 1;
            }
            Event::Start(_) | Event::End(_) => {}
            other => panic!("{other:?}"),
        }
    }
    (text, tables, links)
}

fn figure(name: &str, figure: &Figure, caption: &str) -> String {
    let picture = &figure.picture;
    format!(
        "{name}{}:{}{caption}",
        visible(&picture.title),
        picture.says
    )
}

fn holds(document: &Document, json: &Value) -> (usize, usize) {
    let markdown = string("markdown", document, json);
    let (text, tables, links) = read(&markdown);
    assert_eq!(dense(&text), shown(document, figure), "{markdown}");
    (tables, links)
}

#[test]
fn the_rich_document_reads_the_same() {
    let (document, json) = rich();
    let (tables, links) = holds(&document, &json);
    assert_eq!(tables, 2);
    assert!(links > 40, "{links}");
}

#[test]
fn whatever_parts_meet_read_the_same() {
    for document in pairs() {
        holds(&document, &json!({}));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_reader_of_markdown_reads_the_same_text(document in any_document()) {
        holds(&document, &json!({}));
    }
}
