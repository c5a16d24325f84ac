//! What must be true of every document.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::{
    Block, Document, Entry, Ground, Inline, Item, Naming, Section, Sentence, in_quotation_marks,
    typographic,
};

/// Something in a document that must not be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A number that is not what the findings say at its place.
    Number {
        /// As it is shown.
        shown: String,
        /// The place.
        from: String,
    },
    /// A text that is told otherwise than the findings have it.
    Told {
        /// As it is shown.
        shown: String,
        /// The place.
        from: String,
    },
    /// A digit in words of a rule, where a number of the findings should stand.
    Digit(String),
    /// A name that is nowhere in the findings.
    Name(String),
    /// A link to nothing.
    Link(String),
    /// A name of two parts.
    Twice(String),
    /// A sentence that stands on nothing, by its rule and its words.
    Ground(String),
    /// A row of a table that has not a cell for every column, by the name of the table.
    Cells(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number { shown, from } => write!(f, "`{shown}` is not what is at `{from}`"),
            Self::Told { shown, from } => write!(f, "`{shown}` is not what is told at `{from}`"),
            Self::Digit(words) => write!(f, "a digit in the words `{words}`"),
            Self::Name(name) => write!(f, "`{name}` is no name of the findings"),
            Self::Link(to) => write!(f, "a link to `{to}`, which is not there"),
            Self::Twice(id) => write!(f, "two parts are called `{id}`"),
            Self::Ground(sentence) => write!(f, "nothing is said to stand behind: {sentence}"),
            Self::Cells(table) => write!(f, "a row of `{table}` has too many or too few cells"),
        }
    }
}

/// All faults of a document that was made from these findings, sorted.
pub fn check(document: &Document, json: &Value) -> Vec<Fault> {
    let mut walk = Walk {
        json,
        naming: Naming::of(json),
        texts: BTreeSet::new(),
        ids: BTreeSet::new(),
        links: BTreeSet::new(),
        faults: BTreeSet::new(),
    };
    texts(json, &mut walk.texts);
    walk.line(&document.title);
    walk.line(&document.subtitle);
    for section in &document.sections {
        walk.section(section);
    }
    let links = std::mem::take(&mut walk.links);
    for to in links {
        if !walk.ids.contains(&to) {
            walk.faults.insert(Fault::Link(to));
        }
    }
    walk.faults.into_iter().collect()
}

struct Walk<'a> {
    json: &'a Value,
    naming: Naming<'a>,
    texts: BTreeSet<&'a str>,
    ids: BTreeSet<String>,
    links: BTreeSet<String>,
    faults: BTreeSet<Fault>,
}

impl Walk<'_> {
    fn id(&mut self, id: &str) {
        if !self.ids.insert(id.to_owned()) {
            self.faults.insert(Fault::Twice(id.to_owned()));
        }
    }

    fn section(&mut self, section: &Section) {
        self.id(&section.id);
        self.line(&section.title);
        self.blocks(&section.blocks);
        for inner in &section.sections {
            self.section(inner);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(sentences) => self.sentences(sentences),
                Block::List { items, .. } => self.items(items),
                Block::Entries(entries) => {
                    for Entry { id, term, blocks } in entries {
                        self.id(id);
                        self.line(term);
                        self.blocks(blocks);
                    }
                }
                Block::Table(table) => {
                    self.id(&table.id);
                    self.line(&table.caption);
                    for column in &table.columns {
                        self.line(&column.title);
                    }
                    for row in &table.rows {
                        if let Some(id) = &row.id {
                            self.id(id);
                        }
                        if row.cells.len() != table.columns.len() {
                            self.faults.insert(Fault::Cells(table.id.clone()));
                        }
                        for cell in &row.cells {
                            self.line(cell);
                        }
                    }
                }
                Block::Figure(figure) => {
                    self.id(&figure.id);
                    self.sentences(&figure.caption);
                }
                Block::Code { text, .. } => self.line(std::slice::from_ref(text)),
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
            self.line(&sentence.parts);
            if sentence.grounds.is_empty() {
                let says = super::plain(&sentence.parts);
                let says = format!("{}: {says}", sentence.rule);
                self.faults.insert(Fault::Ground(says));
            }
            for ground in &sentence.grounds {
                match ground {
                    Ground::Moves(to) | Ground::See(to) | Ground::Source { anchor: to, .. } => {
                        self.links.insert(to.clone());
                    }
                    Ground::Stated(from) => {
                        if self.json.pointer(from.as_str()).is_none() {
                            self.faults.insert(Fault::Told {
                                shown: super::plain(&sentence.parts),
                                from: from.to_string(),
                            });
                        }
                    }
                }
            }
        }
    }

    fn line(&mut self, line: &[Inline]) {
        for part in line {
            match part {
                Inline::Words(words) => {
                    if words.bytes().any(|b| b.is_ascii_digit()) {
                        self.faults.insert(Fault::Digit(words.to_string()));
                    }
                }
                Inline::Name(name) | Inline::Code(name) | Inline::Quote(name) => self.name(name),
                Inline::Number(number) => {
                    let value = self.json.pointer(number.from.as_str());
                    let shown = value.and_then(|v| number.form.show(v));
                    if shown.as_deref() != Some(&number.shown) {
                        self.faults.insert(Fault::Number {
                            shown: number.shown.clone(),
                            from: number.from.to_string(),
                        });
                    }
                }
                Inline::Told { text, from } => {
                    let value = self.json.pointer(from.as_str());
                    let said = value.and_then(Value::as_str);
                    let set = |said: &str| {
                        said == text
                            || typographic(said) == *text
                            || self.naming.titled(said) == *text
                            || in_quotation_marks(said) == *text
                            || self.naming.formula_in(said).as_ref() == Some(text)
                    };
                    if !said.is_some_and(set) {
                        self.faults.insert(Fault::Told {
                            shown: text.clone(),
                            from: from.to_string(),
                        });
                    }
                }
                Inline::Strong(parts) | Inline::Away { parts, .. } => self.line(parts),
                Inline::Link { to, parts } => {
                    self.links.insert(to.clone());
                    self.line(parts);
                }
            }
        }
    }

    /// Names have to stand in the findings: as a whole text, as a key, or within a text.
    fn name(&mut self, name: &str) {
        if name.is_empty() || self.texts.contains(name) {
            return;
        }
        if !self.texts.iter().any(|text| text.contains(name)) {
            self.faults.insert(Fault::Name(name.to_owned()));
        }
    }
}

/// All texts and keys of a JSON value.
fn texts<'a>(value: &'a Value, into: &mut BTreeSet<&'a str>) {
    match value {
        Value::String(text) => {
            into.insert(text);
        }
        Value::Array(list) => {
            for inner in list {
                texts(inner, into);
            }
        }
        Value::Object(map) => {
            for (key, inner) in map {
                into.insert(key);
                texts(inner, into);
            }
        }
        _ => {}
    }
}
