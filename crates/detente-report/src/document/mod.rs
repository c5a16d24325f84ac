//! A document: sections of sentences, tables and pictures, of which every format is a view.
//!
//! Nothing in it is written freehand. Its words come from fixed rules; what is a number in it points into the findings
//! ([`Number`]), what is a name in it is a name of the negotiation, and what is told comes word by word from a finding.
//! Every sentence says on what it stands ([`Ground`]). [`check()`] holds a document to that.

pub mod anchor;
mod check;
mod compose;
mod findings;
mod naming;
mod number;
mod pointer;
mod typography;

use std::borrow::Cow;

use serde::Serialize;

pub use self::check::{Fault, check};
pub use self::compose::Composer;
pub use self::findings::{Findings, Held};
pub use self::naming::Naming;
pub use self::number::{Form, Number};
pub use self::pointer::Pointer;
use self::typography::in_quotation_marks;
pub use self::typography::typographic;
use crate::picture::Picture;

/// Pieces of text, one after the other on a line.
pub type Line = Vec<Inline>;

/// A document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// What it is called.
    pub title: Line,
    /// What stands below the title: the day, the variants.
    pub subtitle: Line,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// A section with its heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// The name by which links lead to it; see [`anchor`].
    pub id: String,
    /// The heading.
    pub title: Line,
    /// What stands below the heading.
    pub blocks: Vec<Block>,
    /// Sections within it.
    pub sections: Vec<Section>,
}

impl Section {
    /// A section without anything in it.
    pub fn new(id: &str, title: &'static str) -> Self {
        Self {
            id: id.to_owned(),
            title: vec![Inline::words(title)],
            blocks: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// Adds a paragraph, unless it has no sentence.
    pub fn paragraph(&mut self, sentences: Vec<Sentence>) {
        if !sentences.is_empty() {
            self.blocks.push(Block::Paragraph(sentences));
        }
    }
}

/// Sections in their order, those within others too.
pub fn all_sections(sections: &[Section]) -> Vec<&Section> {
    let mut found = Vec::new();
    for section in sections {
        found.push(section);
        found.extend(all_sections(&section.sections));
    }
    found
}

/// The blocks of sections in their order, those within other sections and within entries too; entries stand before what
/// is in them.
pub fn all_blocks(sections: &[Section]) -> Vec<&Block> {
    fn of<'a>(blocks: &'a [Block], found: &mut Vec<&'a Block>) {
        for block in blocks {
            found.push(block);
            if let Block::Entries(entries) = block {
                for entry in entries {
                    of(&entry.blocks, found);
                }
            }
        }
    }
    let mut found = Vec::new();
    for section in all_sections(sections) {
        of(&section.blocks, &mut found);
    }
    found
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// Sentences one after the other.
    Paragraph(Vec<Sentence>),
    /// Points, numbered if their order matters.
    List {
        /// Whether they are numbered.
        ordered: bool,
        /// The points.
        items: Vec<Item>,
    },
    /// Things with what is said of them: sources, witnesses.
    Entries(Vec<Entry>),
    /// A table.
    Table(Table),
    /// A picture with what it shows.
    Figure(Figure),
    /// Text to be copied as it is: a variant for the file.
    Code {
        /// `detente`, or empty.
        language: &'static str,
        /// The text, from a finding.
        text: Inline,
    },
}

impl Block {
    /// The sentences that it consists of, those of points below points too; none of entries, whose blocks have them.
    pub fn sentences(&self) -> Vec<&Sentence> {
        fn of(items: &[Item]) -> Vec<&Sentence> {
            let mut found = Vec::new();
            for item in items {
                found.extend(&item.sentences);
                found.extend(of(&item.items));
            }
            found
        }
        match self {
            Self::Paragraph(sentences) => sentences.iter().collect(),
            Self::List { items, .. } => of(items),
            Self::Figure(figure) => figure.caption.iter().collect(),
            Self::Entries(_) | Self::Table(_) | Self::Code { .. } => Vec::new(),
        }
    }
}

/// A point of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// What it says.
    pub sentences: Vec<Sentence>,
    /// Points below it.
    pub items: Vec<Item>,
}

/// A thing with what is said of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The name by which links lead to it.
    pub id: String,
    /// What it is.
    pub term: Line,
    /// What is said of it.
    pub blocks: Vec<Block>,
}

/// A table. The first cell of each row says what the row is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// The name by which links lead to it; also the name of its sheet or file.
    pub id: String,
    /// What it shows.
    pub caption: Line,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; each has a cell for every column.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Its heading.
    pub title: Line,
    /// Whether it holds numbers, which stand below each other at the right.
    pub numeric: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The name by which links lead to it.
    pub id: Option<String>,
    /// A cell for every column.
    pub cells: Vec<Line>,
}

/// A picture with what it shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The name by which links lead to it.
    pub id: String,
    /// The picture.
    pub picture: Picture,
    /// What stands below it.
    pub caption: Vec<Sentence>,
}

/// A sentence, the rule that made it, and on what it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sentence {
    /// The rule by which it was written, such as `answer.count`.
    pub rule: &'static str,
    /// The sentence with its full stop, without a space after it.
    pub parts: Line,
    /// On what it stands; at least one.
    pub grounds: Vec<Ground>,
}

impl Sentence {
    /// An empty sentence of a rule.
    pub fn new(rule: &'static str) -> Self {
        Self {
            rule,
            parts: Vec::new(),
            grounds: Vec::new(),
        }
    }

    /// Words of the rule.
    #[must_use]
    pub fn words(self, words: &'static str) -> Self {
        self.part(Inline::words(words))
    }

    /// A piece of any kind.
    #[must_use]
    pub fn part(mut self, part: Inline) -> Self {
        self.parts.push(part);
        self
    }

    /// Several pieces.
    #[must_use]
    pub fn parts(mut self, parts: impl IntoIterator<Item = Inline>) -> Self {
        self.parts.extend(parts);
        self
    }

    /// That it stands on something.
    #[must_use]
    pub fn on(mut self, ground: Ground) -> Self {
        if !self.grounds.contains(&ground) {
            self.grounds.push(ground);
        }
        self
    }

    /// That it stands on moves that prove it, told under this name.
    #[must_use]
    pub fn moves(self, anchor: impl Into<String>) -> Self {
        self.on(Ground::Moves(anchor.into()))
    }

    /// That it stands on a table, a picture or another part of the document.
    #[must_use]
    pub fn see(self, anchor: impl Into<String>) -> Self {
        self.on(Ground::See(anchor.into()))
    }

    /// That it stands on several things.
    #[must_use]
    pub fn on_all(self, grounds: impl IntoIterator<Item = Ground>) -> Self {
        grounds.into_iter().fold(self, Self::on)
    }
}

/// On what a sentence stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Moves that prove it, by the name of their entry.
    Moves(String),
    /// A table, a picture or another part of the document.
    See(String),
    /// A source of the negotiation.
    Source {
        /// The name of its entry.
        anchor: String,
        /// How it is called in the text: the source's name.
        name: String,
        /// Where in it: `¶5`.
        passage: Option<String>,
    },
    /// The negotiation itself says so: an element of it, by its place in the findings.
    Stated(Pointer),
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Words of a rule; no digit is in them.
    Words(Cow<'static, str>),
    /// A name of the negotiation, as its author wrote it.
    Name(String),
    /// A number, a date or another value of a finding.
    Number(Number),
    /// What a finding says, word by word: in a sentence with titles for names, as [`Naming`] has them; in a table with
    /// [`typographic`] marks; and as it is where it is to be copied.
    Told {
        /// The text.
        text: String,
        /// Where the finding says it.
        from: Pointer,
    },
    /// Words of a source, without quotation marks; renderers set them.
    Quote(String),
    /// An option, a formula or a state in the words of the language.
    Code(String),
    /// What matters most.
    Strong(Line),
    /// A link within the document.
    Link {
        /// The name of what it leads to.
        to: String,
        /// What is shown.
        parts: Line,
    },
    /// A link to a page elsewhere: the address of a source.
    Away {
        /// The address, `http` or `https` only.
        url: String,
        /// What is shown.
        parts: Line,
    },
}

impl Inline {
    /// Words of a rule.
    pub fn words(words: &'static str) -> Self {
        Self::Words(Cow::Borrowed(words))
    }

    /// A name of the negotiation.
    pub fn name(name: &str) -> Self {
        Self::Name(name.to_owned())
    }

    /// A link within the document.
    pub fn link(to: impl Into<String>, parts: Line) -> Self {
        Self::Link {
            to: to.into(),
            parts,
        }
    }
}

/// The text of a line, without what is only shown by colour or links.
pub fn plain(line: &[Inline]) -> String {
    let mut text = String::new();
    for part in line {
        match part {
            Inline::Words(words) => text.push_str(words),
            Inline::Name(words) | Inline::Code(words) | Inline::Told { text: words, .. } => {
                text.push_str(words);
            }
            Inline::Quote(words) => {
                text.push('"');
                text.push_str(words);
                text.push('"');
            }
            Inline::Number(number) => text.push_str(&number.shown),
            Inline::Strong(parts) | Inline::Link { parts, .. } | Inline::Away { parts, .. } => {
                text.push_str(&plain(parts));
            }
        }
    }
    text
}
