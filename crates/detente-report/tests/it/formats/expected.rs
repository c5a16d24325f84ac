//! What every printed format has to show of a document, by a walk of its own.

use detente_report::document::{
    Block, Document, Entry, Figure, Ground, Inline, Item, Row, Section, Sentence,
};

/// Everything that is shown, one after the other, without any whitespace.
pub(super) fn shown(document: &Document, figure: fn(&str, &Figure, &str) -> String) -> String {
    let mut walk = Walk {
        labels: Vec::new(),
        proofs: Vec::new(),
        numbered: Vec::new(),
        tables: 0,
        figures: 0,
        figure,
    };
    proofs_in(&serde_json::to_value(document).unwrap(), &mut walk.proofs);
    walk.learn(&document.sections);
    let mut out = line(&document.title) + &line(&document.subtitle);
    (walk.tables, walk.figures) = (0, 0);
    walk.sections(&document.sections, &mut out);
    dense(&out)
}

/// A text without whitespace and places where it may be broken.
pub(super) fn dense(text: &str) -> String {
    let is_space = |c: char| c.is_whitespace() || c == '\u{200b}';
    text.chars().filter(|c| !is_space(*c)).collect()
}

struct Walk {
    labels: Vec<(String, String)>,
    /// The names that moves are proved under, and those of them that entries have, in order.
    proofs: Vec<String>,
    numbered: Vec<String>,
    tables: usize,
    figures: usize,
    figure: fn(&str, &Figure, &str) -> String,
}

impl Walk {
    fn learn(&mut self, sections: &[Section]) {
        for section in sections {
            self.labels.push((section.id.clone(), line(&section.title)));
            self.learn_blocks(&section.blocks);
            self.learn(&section.sections);
        }
    }

    fn learn_blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Entries(entries) => {
                    for Entry { id, term, blocks } in entries {
                        let is_new = self.labels.iter().all(|(one, _)| one != id);
                        if self.proofs.contains(id) && is_new {
                            self.numbered.push(id.clone());
                            self.labels
                                .push((id.clone(), format!("moves {}", self.numbered.len())));
                        } else {
                            self.labels.push((id.clone(), line(term)));
                        }
                        self.learn_blocks(blocks);
                    }
                }
                Block::Table(table) => {
                    self.tables += 1;
                    let name = format!("table {}", self.tables);
                    self.labels.push((table.id.clone(), name.clone()));
                    for Row { id, cells } in &table.rows {
                        let label = format!("{name}, row {}", line(&cells[0]));
                        self.labels.extend(id.clone().map(|id| (id, label)));
                    }
                }
                Block::Figure(figure) => {
                    self.figures += 1;
                    let name = format!("picture {}", self.figures);
                    self.labels.push((figure.id.clone(), name));
                }
                _ => {}
            }
        }
    }

    fn label(&self, id: &str) -> String {
        let found = self.labels.iter().find(|(one, _)| one == id);
        found.map_or_else(|| id.to_owned(), |(_, label)| label.clone())
    }

    fn sections(&mut self, sections: &[Section], out: &mut String) {
        for section in sections {
            out.push_str(&line(&section.title));
            self.blocks(&section.blocks, out);
            self.sections(&section.sections, out);
        }
    }

    fn blocks(&mut self, blocks: &[Block], out: &mut String) {
        for block in blocks {
            match block {
                Block::Paragraph(sentences) => out.push_str(&self.sentences(sentences)),
                Block::List { items, .. } => self.items(items, out),
                Block::Entries(entries) => {
                    for entry in entries {
                        let number = self.numbered.iter().position(|id| *id == entry.id);
                        if let Some(number) = number {
                            out.push_str(&format!("{}.", number + 1));
                        }
                        out.push_str(&line(&entry.term));
                        self.blocks(&entry.blocks, out);
                    }
                }
                Block::Table(table) => {
                    self.tables += 1;
                    out.push_str(&format!("Table {}.{}", self.tables, line(&table.caption)));
                    for column in &table.columns {
                        out.push_str(&line(&column.title));
                    }
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        out.push_str(&line(cell));
                    }
                }
                Block::Figure(figure) => {
                    self.figures += 1;
                    let name = format!("Picture {}.", self.figures);
                    let caption = self.sentences(&figure.caption);
                    out.push_str(&(self.figure)(&name, figure, &caption));
                }
                Block::Code { text, .. } => out.push_str(&line(std::slice::from_ref(text))),
            }
        }
    }

    fn items(&self, items: &[Item], out: &mut String) {
        for item in items {
            out.push_str(&self.sentences(&item.sentences));
            self.items(&item.items, out);
        }
    }

    fn sentences(&self, sentences: &[Sentence]) -> String {
        let mut out = String::new();
        for (place, sentence) in sentences.iter().enumerate() {
            out.push_str(&line(&sentence.parts));
            let next = sentences.get(place + 1).map(|s| &s.grounds);
            if sentence.grounds.is_empty() || next == Some(&sentence.grounds) {
                continue;
            }
            let is_source = |g: &&Ground| matches!(g, Ground::Source { .. });
            let is_kept = |g: &&Ground| {
                !matches!(g, Ground::Stated(_)) || !sentence.grounds.iter().any(|g| is_source(&g))
            };
            // After moves, or a row of a table, the next of the same stands without the word.
            let mut text = String::new();
            let mut before = None;
            for (place, ground) in sentence.grounds.iter().filter(is_kept).enumerate() {
                let mark = self.mark(ground);
                let own = beginning(&mark).filter(|_| !is_source(&ground));
                match own.filter(|own| before.as_deref() == Some(*own)) {
                    Some(own) => text.push_str(&format!(",{}", &mark[own.len()..])),
                    None if place > 0 => text.push_str(&format!(";{mark}")),
                    None => text.push_str(&mark),
                }
                before = own.map(str::to_owned);
            }
            out.push_str(&format!("[{text}]"));
        }
        out
    }

    fn mark(&self, ground: &Ground) -> String {
        match ground {
            Ground::Moves(to) if self.numbered.contains(to) => self.label(to),
            Ground::Moves(to) => format!("moves: {}", self.label(to)),
            Ground::See(to) => {
                let label = self.label(to);
                let mut words = label.splitn(2, ' ');
                let has_number = ["table", "picture", "moves"].contains(&words.next().unwrap())
                    && words
                        .next()
                        .is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
                if has_number {
                    label
                } else {
                    format!("see {label}")
                }
            }
            Ground::Source { name, passage, .. } => {
                let passage = passage.as_deref().unwrap_or("");
                let quoted = passage
                    .find('"')
                    .filter(|at| !passage[..*at].trim().is_empty());
                visible(&format!(
                    "{name}{}",
                    &passage[..quoted.unwrap_or(passage.len())]
                ))
            }
            Ground::Stated(_) => "stated".to_owned(),
        }
    }
}

/// A line as plain text.
pub(super) fn line(line: &[Inline]) -> String {
    visible(&detente_report::document::plain(line))
}

/// Without what commands a terminal, turns the text or is no letter.
pub(super) fn visible(text: &str) -> String {
    let is_bad = |c: char| {
        let code = u32::from(c);
        (c.is_control() && !c.is_whitespace())
            || (0x202a..=0x202e).contains(&code)
            || (0x2066..=0x2069).contains(&code)
            || (0xfdd0..=0xfdef).contains(&code)
            || code % 0x10000 >= 0xfffe
    };
    text.replace(is_bad, "\u{fffd}")
}

/// All names that stand under `moves` among the grounds of a document's JSON form.
fn proofs_in(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(list) => list.iter().for_each(|one| proofs_in(one, found)),
        serde_json::Value::Object(map) => {
            for (key, one) in map {
                match (key.as_str(), one) {
                    ("moves", serde_json::Value::String(id)) => found.push(id.clone()),
                    _ => proofs_in(one, found),
                }
            }
        }
        _ => {}
    }
}

/// What a mark of moves or of a row begins with.
fn beginning(mark: &str) -> Option<&str> {
    if mark.starts_with("moves ") {
        return Some("moves ");
    }
    let number = mark.strip_prefix("table ")?;
    let digits = number.len()
        - number
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let begins = digits > 0 && number[digits..].starts_with(", row ");
    begins.then(|| &mark[.."table ".len() + digits + ", row ".len()])
}
