//! What the parts of a document are called, and which sentences stand on them.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Block, Document, Ground, Item, Section, Sentence, plain};

/// What a name stands for.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// How it is called where it is referred to: `Table 3`, or its title.
    pub(super) short: String,
    /// The same with what it shows.
    pub(super) long: String,
}

/// A sentence that stands on something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    /// Its place among all sentences.
    pub(super) sentence: usize,
    /// The place of its section among all sections.
    pub(super) section: usize,
}

/// Which kinds of grounds occur.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kinds {
    pub(super) moves: bool,
    pub(super) see: bool,
    pub(super) source: bool,
    pub(super) stated: bool,
}

/// All names of a document.
#[derive(Debug, Default)]
pub(super) struct Index<'a> {
    places: BTreeMap<&'a str, Place>,
    behind: BTreeMap<&'a str, Vec<Said>>,
    titles: Vec<String>,
    kinds: Kinds,
    /// Entries in order with their terms, and which parts are said to prove something.
    entries: Vec<(&'a str, String)>,
    proofs: BTreeSet<&'a str>,
    sentences: usize,
    tables: usize,
    figures: usize,
}

impl<'a> Index<'a> {
    /// Of a document; sentences are counted in the order in which they are written.
    pub(super) fn of(document: &'a Document) -> Self {
        let mut index = Self::default();
        index.sections(&document.sections);
        let mut proofs = 0;
        for (id, term) in std::mem::take(&mut index.entries) {
            let mut short = term.clone();
            if index.proofs.contains(id) {
                proofs += 1;
                short = proofs.to_string();
            }
            index.places.insert(id, Place { short, long: term });
        }
        index
    }

    /// What stands under a name.
    pub(super) fn place(&self, id: &str) -> Option<&Place> {
        self.places.get(id)
    }

    /// The number of a part that is said to prove something.
    pub(super) fn proof(&self, id: &str) -> Option<&str> {
        let place = self.proofs.contains(id).then(|| self.places.get(id))?;
        place.map(|p| p.short.as_str())
    }

    /// The sentences that stand on a part, in order, together where they are of the same section; with the title of it.
    pub(super) fn behind(&self, id: &str) -> Vec<(&str, Vec<usize>)> {
        let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
        for said in self.behind.get(id).into_iter().flatten() {
            match groups.last_mut() {
                Some((section, sentences)) if *section == said.section => {
                    sentences.push(said.sentence);
                }
                _ => groups.push((said.section, vec![said.sentence])),
            }
        }
        let titled = groups.into_iter().map(|(section, sentences)| {
            let title = self.titles.get(section).map_or("", String::as_str);
            (title, sentences)
        });
        titled.collect()
    }

    /// Which kinds of grounds occur.
    pub(super) fn kinds(&self) -> Kinds {
        self.kinds
    }

    fn add(&mut self, id: &'a str, short: String, long: String) {
        self.places.insert(id, Place { short, long });
    }

    fn sections(&mut self, sections: &'a [Section]) {
        for section in sections {
            let title = plain(&section.title);
            self.add(&section.id, title.clone(), title.clone());
            self.titles.push(title);
            let own = self.titles.len() - 1;
            self.blocks(&section.blocks, own);
            self.sections(&section.sections);
        }
    }

    fn blocks(&mut self, blocks: &'a [Block], section: usize) {
        for block in blocks {
            match block {
                Block::Paragraph(sentences) => self.sentences(sentences, section),
                Block::List { items, .. } => self.items(items, section),
                Block::Entries(entries) => {
                    for entry in entries {
                        self.entries.push((&entry.id, plain(&entry.term)));
                        self.blocks(&entry.blocks, section);
                    }
                }
                Block::Table(table) => {
                    self.tables += 1;
                    let short = format!("Table {}", self.tables);
                    for row in &table.rows {
                        if let Some(id) = &row.id {
                            let about = row.cells.first().map_or(String::new(), |c| plain(c));
                            self.add(id, short.clone(), format!("{short}, row {about}"));
                        }
                    }
                    let long = format!("{short}: {}", plain(&table.caption));
                    self.add(&table.id, short, long);
                }
                Block::Figure(figure) => {
                    self.figures += 1;
                    let short = format!("Figure {}", self.figures);
                    let long = format!("{short}: {}", figure.picture.title);
                    self.add(&figure.id, short, long);
                    self.sentences(&figure.caption, section);
                }
                Block::Code { .. } => {}
            }
        }
    }

    fn items(&mut self, items: &'a [Item], section: usize) {
        for item in items {
            self.sentences(&item.sentences, section);
            self.items(&item.items, section);
        }
    }

    fn sentences(&mut self, sentences: &'a [Sentence], section: usize) {
        for sentence in sentences {
            let said = Said {
                sentence: self.sentences,
                section,
            };
            self.sentences += 1;
            for ground in &sentence.grounds {
                let to = match ground {
                    Ground::Moves(to) => {
                        self.kinds.moves = true;
                        self.proofs.insert(to);
                        to
                    }
                    Ground::See(to) => {
                        self.kinds.see = true;
                        to
                    }
                    Ground::Source { anchor, .. } => {
                        self.kinds.source = true;
                        anchor
                    }
                    Ground::Stated(_) => {
                        self.kinds.stated = true;
                        continue;
                    }
                };
                let behind = self.behind.entry(to).or_default();
                if behind.last() != Some(&said) {
                    behind.push(said);
                }
            }
        }
    }
}
