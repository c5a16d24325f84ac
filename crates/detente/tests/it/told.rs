//! What a document tells, as tests read it.

use detente::report::document::{Block, Document, Entry, Item, Section, Sentence, check, plain};
use detente::report::dossier::Dossier;
use detente::report::story;
use serde_json::Value;

/// The document of a dossier with the dossier's JSON form; nothing in it may be missing or at fault.
pub(crate) fn faultless(dossier: &Dossier) -> (Document, Value) {
    let json = serde_json::to_value(dossier).unwrap();
    let (document, missing) = story::document(dossier);
    assert_eq!(missing, [], "{}", text(&document.sections));
    let faults = check(&document, &json);
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{told:#?}\n{}", text(&document.sections));
    (document, json)
}

/// Sections as plain text, for reading and for searching.
pub(crate) fn text(sections: &[Section]) -> String {
    let mut out = String::new();
    for section in sections {
        out += &format!("\n## {}\n", plain(&section.title));
        blocks(&section.blocks, &mut |line| {
            out += line;
            out += "\n";
        });
        out += &text(&section.sections);
    }
    out
}

fn blocks(all: &[Block], say: &mut dyn FnMut(&str)) {
    fn points(all: &[Item], say: &mut dyn FnMut(&str)) {
        for item in all {
            say(&format!("- {}", sentences(&item.sentences)));
            points(&item.items, say);
        }
    }
    for block in all {
        match block {
            Block::Paragraph(all) => say(&sentences(all)),
            Block::List { items, .. } => points(items, say),
            Block::Entries(entries) => {
                for Entry {
                    term,
                    blocks: inner,
                    ..
                } in entries
                {
                    say(&plain(term));
                    blocks(inner, say);
                }
            }
            Block::Table(table) => {
                say(&plain(&table.caption));
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(|c| plain(c)).collect();
                    say(&cells.join(" | "));
                }
            }
            Block::Figure(figure) => say(&figure.picture.title),
            Block::Code { text, .. } => say(&plain(std::slice::from_ref(text))),
        }
    }
}

fn sentences(all: &[Sentence]) -> String {
    let each: Vec<String> = all.iter().map(|s| plain(&s.parts)).collect();
    each.join(" ")
}

/// The text of one section and all within it.
pub(crate) fn section(document: &Document, id: &str) -> String {
    fn find<'a>(all: &'a [Section], id: &str) -> Option<&'a Section> {
        let here = all.iter().find(|s| s.id == id);
        here.or_else(|| all.iter().find_map(|s| find(&s.sections, id)))
    }
    let found = find(&document.sections, id);
    let found = found.unwrap_or_else(|| panic!("no section {id}\n{}", text(&document.sections)));
    text(std::slice::from_ref(found))
}

/// Shows every sentence, those below pictures too.
pub(crate) fn each_sentence(sections: &[Section], see: &mut dyn FnMut(&Sentence)) {
    fn items(all: &[Item], see: &mut dyn FnMut(&Sentence)) {
        for item in all {
            item.sentences.iter().for_each(&mut *see);
            items(&item.items, see);
        }
    }
    fn blocks(all: &[Block], see: &mut dyn FnMut(&Sentence)) {
        for block in all {
            match block {
                Block::Paragraph(sentences) => sentences.iter().for_each(&mut *see),
                Block::List { items: all, .. } => items(all, see),
                Block::Entries(entries) => entries.iter().for_each(|e| blocks(&e.blocks, see)),
                Block::Figure(figure) => figure.caption.iter().for_each(&mut *see),
                Block::Table(_) | Block::Code { .. } => {}
            }
        }
    }
    for section in sections {
        blocks(&section.blocks, see);
        each_sentence(&section.sections, see);
    }
}
