//! Documents, written and read as plain text.

use detente::report::document::{Block, Document, Entry, Item, Section, Sentence, check, plain};
use detente::report::dossier::Dossier;
use detente::report::story;
use serde_json::Value;

use super::gather::{WHOLE, dossier};
use crate::harness::case;

pub(super) struct Written {
    pub(super) dossier: Dossier,
    pub(super) json: Value,
    pub(super) document: Document,
}

/// The document of a dossier, in which nothing may be at fault.
pub(super) fn write(dossier: Dossier) -> Written {
    let json = serde_json::to_value(&dossier).unwrap();
    let (document, missing) = story::document(&dossier, &json);
    assert_eq!(missing, [], "{}", text(&document));
    let faults = check(&document, &json);
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{told:#?}\n{}", text(&document));
    Written {
        dossier,
        json,
        document,
    }
}

pub(super) fn of_case(name: &str, variants: &[&str]) -> Written {
    write(dossier(case(name), variants, &WHOLE))
}

/// A document as plain text, for reading and for searching.
fn text(document: &Document) -> String {
    let mut out = format!(
        "{}\n{}\n",
        plain(&document.title),
        plain(&document.subtitle)
    );
    for section in &document.sections {
        section_text(section, 1, &mut out);
    }
    out
}

fn section_text(section: &Section, depth: usize, out: &mut String) {
    *out += &format!("\n{} {}\n", "#".repeat(depth), plain(&section.title));
    blocks_text(&section.blocks, out);
    for inner in &section.sections {
        section_text(inner, depth + 1, out);
    }
}

fn blocks_text(blocks: &[Block], out: &mut String) {
    for block in blocks {
        out.push('\n');
        match block {
            Block::Paragraph(all) => *out += &format!("{}\n", sentences(all)),
            Block::List { items, .. } => items_text(items, 0, out),
            Block::Entries(entries) => {
                for Entry { term, blocks, .. } in entries {
                    *out += &format!("= {}\n", plain(term));
                    blocks_text(blocks, out);
                }
            }
            Block::Table(table) => {
                let titles: Vec<String> = table.columns.iter().map(|c| plain(&c.title)).collect();
                *out += &format!("{}\n{}\n", plain(&table.caption), titles.join(" | "));
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(|c| plain(c)).collect();
                    *out += &format!("{}\n", cells.join(" | "));
                }
            }
            Block::Figure(figure) => *out += &format!("[{}]\n", figure.picture.title),
            Block::Code { text, .. } => *out += &plain(std::slice::from_ref(text)),
        }
    }
}

fn items_text(items: &[Item], depth: usize, out: &mut String) {
    for item in items {
        *out += &format!("{}- {}\n", "  ".repeat(depth), sentences(&item.sentences));
        items_text(&item.items, depth + 1, out);
    }
}

fn sentences(all: &[Sentence]) -> String {
    let each: Vec<String> = all.iter().map(|s| plain(&s.parts)).collect();
    each.join(" ")
}

/// The text of one section.
pub(super) fn section(document: &Document, id: &str) -> String {
    let found = document.sections.iter().find(|s| s.id == id);
    let mut out = String::new();
    section_text(
        found.unwrap_or_else(|| panic!("no section {id}")),
        1,
        &mut out,
    );
    out
}

pub(super) fn assert_says(text: &str, words: &str) {
    assert!(text.contains(words), "`{words}` is not in:\n{text}");
}
