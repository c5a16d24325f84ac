//! Pages against the documents that they are made from.

use std::collections::{BTreeMap, BTreeSet};

use detente_report::document::{Block, Document, Inline, Item, Line, Section, Sentence, plain};
use detente_report::render::html::{page, page_from, title};
use proptest::prelude::*;

use crate::documents::{any_document, rich};
use crate::markup::{Element, Node, parse};

/// A text as HTML can hold it, from the standard: no control but tabs and ends of lines, and nothing that is no
/// character.
fn held(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let letters = text.chars().map(|letter| match u32::from(letter) {
        9 | 10 => letter,
        0..=0x1f | 0x7f..=0x9f | 0xfdd0..=0xfdef => '\u{fffd}',
        code if code % 0x1_0000 >= 0xfffe => '\u{fffd}',
        _ => letter,
    });
    letters.collect()
}

/// The text of a line, each piece as HTML can hold it.
fn line(line: &[Inline]) -> String {
    let pieces = line.iter().map(|part| match part {
        Inline::Strong(parts) | Inline::Link { parts, .. } | Inline::Away { parts, .. } => {
            self::line(parts)
        }
        _ => held(&plain(std::slice::from_ref(part))),
    });
    pieces.collect()
}

/// What a document says, in order, with what kind of thing says it.
#[derive(Default)]
struct Told(Vec<(&'static str, String)>);

impl Told {
    fn document(document: &Document) -> Self {
        let mut told = Self::default();
        told.add("heading", &document.title);
        if !document.subtitle.is_empty() {
            told.add("subtitle", &document.subtitle);
        }
        told.sections(&document.sections);
        told
    }

    fn add(&mut self, kind: &'static str, line: &Line) {
        self.0.push((kind, self::line(line)));
    }

    fn sections(&mut self, sections: &[Section]) {
        for section in sections {
            self.add("heading", &section.title);
            self.blocks(&section.blocks);
            self.sections(&section.sections);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(sentences) => self.sentences(sentences),
                Block::List { items, .. } => self.items(items),
                Block::Entries(entries) => {
                    for entry in entries {
                        self.add("term", &entry.term);
                        self.blocks(&entry.blocks);
                    }
                }
                Block::Table(table) => {
                    self.add("caption", &table.caption);
                    let titles = table.columns.iter().map(|c| &c.title);
                    let cells = table.rows.iter().flat_map(|r| &r.cells);
                    titles.chain(cells).for_each(|cell| self.add("cell", cell));
                }
                Block::Figure(figure) => {
                    self.0.push(("picture", held(&figure.picture.title)));
                    self.sentences(&figure.caption);
                }
                Block::Code { text, .. } => self.add("code", &vec![text.clone()]),
            }
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            self.sentences(&item.sentences);
            self.items(&item.items);
        }
    }

    fn sentences(&mut self, sentences: &[Sentence]) {
        for sentence in sentences {
            self.add("sentence", &sentence.parts);
        }
    }
}

/// What a page says, in order, with what kind of thing says it.
fn shown(page: &Element) -> Vec<(&'static str, String)> {
    let mut shown = Vec::new();
    for element in page.all() {
        let kind = match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "heading",
            "p" if element.is("subtitle") => "subtitle",
            "span" if element.is("said") => "sentence",
            "span" if element.is("picture-title") => "picture",
            "dt" => "term",
            "caption" => "caption",
            "th" | "td" => "cell",
            "pre" => "code",
            _ => continue,
        };
        shown.push((kind, element.text()));
    }
    shown
}

/// What must be true of the structure of every page.
fn is_sound(page: &Element) {
    let all = page.all();
    let ids: BTreeSet<&str> = all.iter().filter_map(|e| e.attribute("id")).collect();
    for element in &all {
        let name = element.name.as_str();
        assert!(!["script", "img", "iframe", "object", "base"].contains(&name));
        for (attribute, value) in &element.attributes {
            assert!(!attribute.starts_with("on"), "{attribute} in {name}");
            match attribute.as_str() {
                "aria-labelledby" => value
                    .split(' ')
                    .for_each(|id| assert!(ids.contains(id), "{id}")),
                "href" => match value.strip_prefix('#') {
                    Some(id) => assert!(ids.contains(id), "no {id}"),
                    None if name == "link" => assert_eq!(value, "data:,"),
                    None => {
                        assert!(value.starts_with("http://") || value.starts_with("https://"));
                        assert_eq!(element.attribute("rel"), Some("noopener noreferrer"));
                    }
                },
                "src" | "srcset" | "action" => panic!("{attribute} in {name}"),
                _ => {}
            }
        }
        match name {
            "a" => assert!(element.named("a").is_empty(), "a link in a link"),
            "th" => assert!(element.attribute("scope").is_some()),
            "table" => assert_eq!(element.named("caption").len(), 1),
            "svg" => assert_eq!(element.attribute("role"), Some("img")),
            "ul" | "ol" => assert!(element.elements().all(|e| e.name == "li")),
            _ => {}
        }
    }
    assert_eq!(page.named("h1").len(), 1);
    assert_eq!(page.named("main").len(), 1);
    let levels = all.iter().filter_map(|e| match e.name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    });
    levels.fold(0, |before, level| {
        assert!(level <= before + 1, "a heading {level} below one {before}");
        level
    });
}

/// Texts with digits that do not say where they come from, outside names, code, quotations and sources.
fn placeless<'a>(element: &'a Element, found: &mut Vec<&'a str>) {
    let is_name = ["bdi", "code", "q", "cite", "svg", "head"].contains(&element.name.as_str());
    if is_name || element.attribute("data-from").is_some() {
        return;
    }
    for node in &element.children {
        match node {
            Node::Element(inner) => placeless(inner, found),
            Node::Text(text) if text.bytes().any(|b| b.is_ascii_digit()) => found.push(text),
            Node::Text(_) => {}
        }
    }
}

#[test]
fn a_rich_document_is_all_there() {
    let (document, json) = rich();
    let page = parse(&page_from(&document, &json));
    is_sound(&page);
    assert_eq!(shown(&page), Told::document(&document).0);
    assert!(shown(&page).len() > 800);
}

#[test]
fn every_digit_says_where_it_comes_from() {
    let (document, json) = rich();
    for html in [page(&document), page_from(&document, &json)] {
        let page = parse(&html);
        let mut found = Vec::new();
        placeless(&page, &mut found);
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn numbers_carry_the_values_of_the_findings() {
    let (document, json) = rich();
    let page = parse(&page_from(&document, &json));
    let numbers = page.named("data");
    assert!(numbers.len() > 250);
    for number in numbers {
        let from = number.attribute("data-from").unwrap();
        let value = number.attribute("value").unwrap();
        match json.pointer(from).unwrap() {
            serde_json::Value::String(text) => assert_eq!(value, text),
            other => assert_eq!(value, other.to_string()),
        }
    }
    let share = page.named("data").into_iter();
    let share: Vec<&Element> = share
        .filter(|e| e.attribute("value") == Some("0.62"))
        .collect();
    assert_eq!(share.len(), 3);
    assert_eq!(share[0].text(), "62\u{a0}%");
    assert_eq!(share[0].attribute("data-form"), Some("percent-0"));
}

#[test]
fn proofs_and_sources_lead_back_to_what_stands_on_them() {
    let (document, _) = rich();
    let page = parse(&page(&document));
    let parents = page.all();
    // Every element that holds a sentence and its marks one after the other.
    let mut links: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for parent in &parents {
        let mut said = None;
        for element in parent.elements() {
            if element.is("said") {
                said = element.attribute("id");
            } else if element.is("marks") {
                for link in element.named("a") {
                    let to = link.attribute("href").unwrap().trim_start_matches('#');
                    let back = format!("#{}", said.unwrap());
                    links.entry(to.to_owned()).or_default().insert(back);
                }
            }
        }
    }
    let entries = parents.iter().filter(|e| e.name == "dl");
    let mut seen = 0;
    for entry in entries.flat_map(|list| list.elements()) {
        let id = entry.attribute("id").unwrap();
        let behind = entry.all().into_iter().filter(|e| e.is("behind"));
        let back = behind.flat_map(|p| p.named("a"));
        let back: BTreeSet<String> = back
            .map(|a| a.attribute("href").unwrap().to_owned())
            .collect();
        assert_eq!(Some(&back), links.get(id), "{id}");
        seen += back.len();
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_page_loads_nothing() {
    let (document, _) = rich();
    let html = page(&document);
    let page = parse(&html);
    let policy = page.named("meta").into_iter().find_map(|meta| {
        let is_policy = meta.attribute("http-equiv") == Some("Content-Security-Policy");
        is_policy.then(|| meta.attribute("content"))?
    });
    assert_eq!(
        policy,
        Some("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    );
    assert_eq!(html, self::page(&document), "the same bytes again");
    for loads in ["@import", "url(http", "@font-face", "<script"] {
        assert!(!html.contains(loads), "{loads}");
    }
    assert_eq!(title(&document), "The dam at the upper gorge");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn hostile_documents_are_all_there(document in any_document()) {
        let page = parse(&page(&document));
        is_sound(&page);
        prop_assert_eq!(shown(&page), Told::document(&document).0);
        let head = page.named("title");
        let title = held(&plain(&document.title));
        prop_assert!(head[0].text() == title || head[0].text() == "A document", "{}", title);
    }
}

/// Gives every section a title of which something can be seen.
fn titled(sections: &mut [Section]) {
    for section in sections {
        section.title.insert(0, Inline::words("About "));
        titled(&mut section.sections);
    }
}

/// Pages to be looked at in a browser: `.ci/pages` takes them from the folder of temporary files of the tests.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "tests write files for other tools"
)]
fn pages_for_the_browser() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    let (document, json) = rich();
    std::fs::write(folder.join("rich.html"), page_from(&document, &json)).unwrap();
    let mut runner = TestRunner::deterministic();
    let random = (0..60).map(|_| {
        let mut document = any_document().new_tree(&mut runner).unwrap().current();
        document.title.insert(0, Inline::words("On "));
        titled(&mut document.sections);
        page(&document)
    });
    // Those with most in them.
    let mut random: Vec<String> = random.collect();
    random.sort_by_key(|html| std::cmp::Reverse(html.len()));
    for (number, html) in random.iter().take(6).enumerate() {
        std::fs::write(folder.join(format!("random-{number}.html")), html).unwrap();
    }
}
