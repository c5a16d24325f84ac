//! Which parts of a document are linked to.

use std::collections::BTreeSet;

use crate::document::{Block, Ground, Inline, Section, all_blocks, all_sections};

/// All names that links and grounds lead to.
pub(super) fn of(sections: &[Section]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for section in all_sections(sections) {
        line(&section.title, &mut found);
    }
    for block in all_blocks(sections) {
        match block {
            Block::Entries(entries) => entries.iter().for_each(|e| line(&e.term, &mut found)),
            Block::Table(table) => {
                line(&table.caption, &mut found);
                for cell in table.rows.iter().flat_map(|r| &r.cells) {
                    line(cell, &mut found);
                }
            }
            Block::Paragraph(_) | Block::List { .. } | Block::Figure(_) | Block::Code { .. } => {}
        }
        for sentence in block.sentences() {
            line(&sentence.parts, &mut found);
            for ground in &sentence.grounds {
                match ground {
                    Ground::Moves(to) | Ground::See(to) | Ground::Source { anchor: to, .. } => {
                        found.insert(to.clone());
                    }
                    Ground::Stated(_) => {}
                }
            }
        }
    }
    found
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
