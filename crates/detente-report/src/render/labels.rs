//! What links and grounds are called where they cannot be followed, and the words of a line for every printed format.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{
    Block, Document, Entry, Ground, Inline, Section, Sentence, all_blocks, plain,
};
use crate::words::capital;

/// How the parts of a document are called in its text.
#[derive(Debug, Default)]
pub(super) struct Labels {
    names: BTreeMap<String, String>,
    /// Which names proofs have, and the numbers of their entries.
    proofs: BTreeSet<String>,
    numbers: BTreeMap<String, usize>,
    tables: usize,
    figures: usize,
}

impl Labels {
    /// Of a document: tables, pictures and the entries that prove something have numbers; sections and other entries
    /// their names.
    pub(super) fn of(document: &Document) -> Self {
        let mut labels = Self {
            proofs: proofs(document),
            ..Self::default()
        };
        for section in &document.sections {
            labels.section(section);
        }
        labels
    }

    fn section(&mut self, section: &Section) {
        self.add(&section.id, called(&section.title));
        self.blocks(&section.blocks);
        for inner in &section.sections {
            self.section(inner);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Entries(entries) => {
                    for Entry { id, term, blocks } in entries {
                        if self.proofs.contains(id) && !self.names.contains_key(id) {
                            let number = self.numbers.len() + 1;
                            self.numbers.insert(id.clone(), number);
                            self.add(id, format!("moves {number}"));
                        } else {
                            self.add(id, called(term));
                        }
                        self.blocks(blocks);
                    }
                }
                Block::Table(table) => {
                    self.tables += 1;
                    let name = format!("table {}", self.tables);
                    for row in &table.rows {
                        if let Some(id) = &row.id {
                            let first = row.cells.first().map(|c| called(c));
                            self.add(id, format!("{name}, row {}", first.unwrap_or_default()));
                        }
                    }
                    self.add(&table.id, name);
                }
                Block::Figure(figure) => {
                    self.figures += 1;
                    self.add(&figure.id, format!("picture {}", self.figures));
                }
                Block::Paragraph(_) | Block::List { .. } | Block::Code { .. } => {}
            }
        }
    }

    fn add(&mut self, id: &str, label: String) {
        self.names.entry(id.to_owned()).or_insert(label);
    }

    /// Whether something in the document has this name.
    pub(super) fn has(&self, id: &str) -> bool {
        self.names.contains_key(id)
    }

    /// How what has this name is called; the name itself when nothing has it.
    pub(super) fn label<'a>(&'a self, id: &'a str) -> &'a str {
        self.names.get(id).map_or(id, String::as_str)
    }

    /// The same with a capital letter: `Table 1`.
    pub(super) fn capital(&self, id: &str) -> String {
        capital(self.label(id))
    }

    /// The number of an entry that proves something, as it stands before its name: `3. `; nothing for others.
    pub(super) fn number(&self, id: &str) -> String {
        let number = self.numbers.get(id);
        number.map_or_else(String::new, |number| format!("{number}. "))
    }

    /// Grounds as short marks in one line, each made by `set` of the part that it leads to and of its words: `moves 3`,
    /// or `4` after it. Of several moves, or rows of one table, the word stands once. That the negotiation says so itself
    /// needs no mark where it names a source.
    pub(super) fn marks(
        &self,
        grounds: &[Ground],
        set: impl Fn(Option<&str>, &str) -> String,
    ) -> String {
        let sourced = grounds.iter().any(|g| matches!(g, Ground::Source { .. }));
        let mut line = String::new();
        let mut last = String::new();
        for ground in grounds {
            if sourced && matches!(ground, Ground::Stated(_)) {
                continue;
            }
            let (text, to) = self.mark(ground);
            // A source has its own name, even one that stands where moves are proved.
            let kind = match ground {
                Ground::Moves(to) | Ground::See(to) => self.kind(to).to_owned(),
                Ground::Source { .. } | Ground::Stated(_) => String::new(),
            };
            let rest = text.strip_prefix(&kind);
            let again = rest.filter(|_| !kind.is_empty() && kind == last);
            if !line.is_empty() {
                line.push_str(if again.is_some() { ", " } else { "; " });
            }
            line.push_str(&set(to, again.unwrap_or(&text)));
            last = kind;
        }
        line
    }

    fn mark<'a>(&self, ground: &'a Ground) -> (String, Option<&'a str>) {
        match ground {
            Ground::Moves(to) if self.numbers.contains_key(to) => {
                (self.label(to).to_owned(), Some(to))
            }
            Ground::Moves(to) => (format!("moves: {}", self.label(to)), Some(to)),
            Ground::See(to) if self.is_numbered(to) => (self.label(to).to_owned(), Some(to)),
            Ground::See(to) => (format!("see {}", self.label(to)), Some(to)),
            Ground::Source {
                anchor,
                name,
                passage,
            } => {
                let words = match passage {
                    Some(passage) => format!("{name} {}", place(passage)),
                    None => name.clone(),
                };
                (visible(&words), Some(anchor))
            }
            Ground::Stated(_) => ("stated".to_owned(), None),
        }
    }

    /// What the labels of proofs, and of the rows of one table, begin with; nothing for others.
    fn kind<'a>(&'a self, id: &'a str) -> &'a str {
        let label = self.label(id);
        if self.numbers.contains_key(id) {
            return "moves ";
        }
        let row = ", row ";
        match label.find(row) {
            Some(end) if self.is_numbered(id) => &label[..end + row.len()],
            _ => "",
        }
    }

    /// Whether something is called by a number, so that no word is needed before it.
    fn is_numbered(&self, id: &str) -> bool {
        let label = self.label(id);
        self.numbers.contains_key(id)
            || ["table ", "picture "].iter().any(|word| {
                let number = label.strip_prefix(word);
                number.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
            })
    }
}

/// The place in a source without the words that are quoted after it, unless they are all there is.
fn place(passage: &str) -> &str {
    match passage.split_once('"') {
        Some((before, _)) if !before.trim().is_empty() => before.trim_end(),
        _ => passage,
    }
}

/// The names that sentences give as moves that prove them.
fn proofs(document: &Document) -> BTreeSet<String> {
    let blocks = all_blocks(&document.sections).into_iter();
    let grounds = blocks
        .flat_map(Block::sentences)
        .flat_map(|sentence| &sentence.grounds);
    let moves = grounds.filter_map(|ground| match ground {
        Ground::Moves(to) => Some(to.clone()),
        _ => None,
    });
    moves.collect()
}

/// What a line is called elsewhere: its words alone.
fn called(line: &[Inline]) -> String {
    visible(&plain(line))
}

/// Sentences with the grounds that are shown after them: those of several sentences in a row that stand on the same
/// are shown once, after the last.
pub(super) fn marked(sentences: &[Sentence]) -> impl Iterator<Item = (&Sentence, &[Ground])> {
    sentences.iter().enumerate().map(|(place, sentence)| {
        let again = sentences
            .get(place + 1)
            .is_some_and(|next| next.grounds == sentence.grounds);
        let grounds = if again { &[] } else { &*sentence.grounds };
        (sentence, grounds)
    })
}

/// Sentences as plain words with their marks: `It holds. [moves 3, 4; table 1]`.
pub(super) fn told(sentences: &[Sentence], labels: &Labels) -> String {
    let mut text = String::new();
    for (sentence, grounds) in marked(sentences) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&words(&sentence.parts));
        if !grounds.is_empty() {
            let marks = labels.marks(grounds, |_, mark| mark.to_owned());
            text.push_str(&format!(" [{marks}]"));
        }
    }
    text
}

/// The words of a line: as [`plain`], with the addresses of pages elsewhere, on one line and without control
/// characters.
pub(super) fn words(line: &[Inline]) -> String {
    let mut text = String::new();
    for part in line {
        match part {
            Inline::Away { url, parts } => {
                let shown = plain(parts);
                text.push_str(&shown);
                if shown != *url {
                    text.push_str(&format!(" <{url}>"));
                }
            }
            Inline::Strong(parts) | Inline::Link { parts, .. } => text.push_str(&words(parts)),
            other => text.push_str(&plain(std::slice::from_ref(other))),
        }
    }
    visible(&text)
}

/// A text on one line. Whitespace other than unbreakable spaces becomes single spaces. Control characters, which could
/// command a terminal, and marks that turn the direction of what follows become U+FFFD.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}') {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(shown(letter));
        }
    }
    out
}

/// The same for text whose lines and spaces are kept.
pub(crate) fn visible_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            _ => shown(c),
        })
        .collect()
}

/// A letter, or U+FFFD where it is a control character, one that turns the direction, or none.
fn shown(letter: char) -> char {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_none =
        matches!(u32::from(letter), 0xfdd0..=0xfdef) || u32::from(letter) & 0xfffe == 0xfffe;
    if letter.is_control() || turns || is_none {
        char::REPLACEMENT_CHARACTER
    } else {
        letter
    }
}

/// Whether an address is one that may become a link.
pub(super) fn is_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// An address in ASCII without any letter that is special in a markup language, by percent-encoding.
pub(super) fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._:/?#@!$&'()*+,;=%~".contains(&byte);
        if plain {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A name of a part, as it may stand in an attribute or a label: letters and digits of ASCII, `-`, `_` and `.`.
pub(super) fn anchor(id: &str) -> String {
    id.chars()
        .map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => c,
            _ => '-',
        })
        .collect()
}

/// Text piece by piece, with seams within long words where they may be broken, so that they stay on the page.
pub(super) fn with_seams(text: &str, seam: &str, escaped: fn(&str) -> String) -> String {
    const LONG: usize = 24;
    let mut words = Vec::new();
    for word in text.split(' ') {
        if word.chars().count() <= LONG {
            words.push(escaped(word));
            continue;
        }
        let letters: Vec<char> = word.chars().collect();
        let pieces = letters.chunks(LONG / 2);
        let pieces: Vec<String> = pieces
            .map(|piece| escaped(&piece.iter().collect::<String>()))
            .collect();
        words.push(pieces.join(seam));
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{address, visible};

    #[test]
    fn nothing_commands_a_terminal_or_turns_the_text() {
        assert_eq!(visible("a\u{1b}[31mb"), "a\u{fffd}[31mb");
        assert_eq!(visible("a\u{202e}b"), "a\u{fffd}b");
        assert_eq!(visible("a \r\n\t b\u{a0}%"), "a b\u{a0}%");
    }

    #[test]
    fn addresses_are_ascii() {
        assert_eq!(
            address("https://a.org/ä b>?q=1#x"),
            "https://a.org/%C3%A4%20b%3E?q=1#x"
        );
    }
}
