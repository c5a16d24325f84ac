//! Which parts of a document are linked to.

use std::collections::BTreeSet;

use crate::document::{Block, Ground, Inline, Item, Section, Sentence};

/// All names that links and grounds lead to.
pub(super) fn of(sections: &[Section]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for one in sections {
        section(one, &mut found);
    }
    found
}

fn section(section_: &Section, into: &mut BTreeSet<String>) {
    line(&section_.title, into);
    blocks(&section_.blocks, into);
    for inner in &section_.sections {
        section(inner, into);
    }
}

fn blocks(all: &[Block], into: &mut BTreeSet<String>) {
    for block in all {
        match block {
            Block::Paragraph(paragraph) => sentences(paragraph, into),
            Block::List { items: points, .. } => items(points, into),
            Block::Entries(entries) => {
                for entry in entries {
                    line(&entry.term, into);
                    blocks(&entry.blocks, into);
                }
            }
            Block::Table(table) => {
                line(&table.caption, into);
                for cell in table.rows.iter().flat_map(|r| &r.cells) {
                    line(cell, into);
                }
            }
            Block::Figure(figure) => sentences(&figure.caption, into),
            Block::Code { .. } => {}
        }
    }
}

fn items(points: &[Item], into: &mut BTreeSet<String>) {
    for item in points {
        sentences(&item.sentences, into);
        items(&item.items, into);
    }
}

fn sentences(all: &[Sentence], into: &mut BTreeSet<String>) {
    for sentence in all {
        line(&sentence.parts, into);
        for ground in &sentence.grounds {
            match ground {
                Ground::Moves(to) | Ground::See(to) | Ground::Source { anchor: to, .. } => {
                    into.insert(to.clone());
                }
                Ground::Stated(_) => {}
            }
        }
    }
}

fn line(parts: &[Inline], into: &mut BTreeSet<String>) {
    for part in parts {
        match part {
            Inline::Link { to, parts } => {
                into.insert(to.clone());
                line(parts, into);
            }
            Inline::Strong(parts) | Inline::Away { parts, .. } => line(parts, into),
            _ => {}
        }
    }
}
