//! Names for the parts of random documents, and links that lead to them.

use detente_report::document::{Block, Document, Ground, Inline, Item, Line, Section, Sentence};

/// A document whose parts have names of their own, and whose links lead to them.
pub(super) fn named(mut document: Document) -> Document {
    let mut names = Names::default();
    for _ in 0..2 {
        names.known = std::mem::take(&mut names.parts);
        names.lines([&mut document.title, &mut document.subtitle]);
        names.sections(&mut document.sections);
    }
    document
}

/// Gives names to parts, and once it is known how many there are, sends links to them.
#[derive(Default)]
struct Names {
    parts: usize,
    known: usize,
}

impl Names {
    fn id(&mut self, id: &mut String) {
        *id = format!("part-{}", self.parts);
        self.parts += 1;
    }

    fn to(&self, to: &mut String) {
        if let (Some(known), Ok(wanted)) = (self.known.checked_sub(1), to.parse::<usize>()) {
            *to = format!("part-{}", wanted % (known + 1));
        }
    }

    fn sections(&mut self, sections: &mut [Section]) {
        for section in sections {
            self.id(&mut section.id);
            self.lines([&mut section.title]);
            self.blocks(&mut section.blocks);
            self.sections(&mut section.sections);
        }
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(sentences) => self.sentences(sentences),
                Block::List { items, .. } => self.items(items),
                Block::Entries(entries) => {
                    for entry in entries {
                        self.id(&mut entry.id);
                        self.lines([&mut entry.term]);
                        self.blocks(&mut entry.blocks);
                    }
                }
                Block::Table(table) => {
                    self.id(&mut table.id);
                    self.lines([&mut table.caption]);
                    self.lines(table.columns.iter_mut().map(|c| &mut c.title));
                    for row in &mut table.rows {
                        if let Some(id) = &mut row.id {
                            self.id(id);
                        }
                        self.lines(&mut row.cells);
                    }
                }
                Block::Figure(figure) => {
                    self.id(&mut figure.id);
                    self.sentences(&mut figure.caption);
                }
                Block::Code { .. } => {}
            }
        }
    }

    fn items(&mut self, items: &mut [Item]) {
        for item in items {
            self.sentences(&mut item.sentences);
            self.items(&mut item.items);
        }
    }

    fn sentences(&mut self, sentences: &mut [Sentence]) {
        for sentence in sentences {
            self.lines([&mut sentence.parts]);
            for ground in &mut sentence.grounds {
                match ground {
                    Ground::Moves(to) | Ground::See(to) | Ground::Source { anchor: to, .. } => {
                        self.to(to);
                    }
                    Ground::Stated(_) => {}
                }
            }
        }
    }

    fn lines<'a>(&self, lines: impl IntoIterator<Item = &'a mut Line>) {
        for part in lines.into_iter().flatten() {
            match part {
                Inline::Link { to, parts } => {
                    self.to(to);
                    self.lines([parts]);
                }
                Inline::Strong(parts) | Inline::Away { parts, .. } => self.lines([parts]),
                _ => {}
            }
        }
    }
}
