//! A document as Markdown, as code hosts show it (GitHub Flavored Markdown).
//!
//! Code hosts show neither SVG within the text nor images in addresses, so pictures are files beside it; without a
//! name for them a picture is said in words.

use super::labels::{Labels, address, anchor, is_address, marked, visible, visible_lines, words};
use super::{Beside, Rendered, beside_name, figures};
use crate::document::{Block, Figure, Inline, Item, Section, Sentence, Table, plain};

/// A document as Markdown.
pub(super) fn page(rendered: &Rendered<'_>) -> String {
    let labels = Labels::of(rendered.document);
    let writer = Writer {
        labels: &labels,
        stem: rendered.stem,
    };
    let document = rendered.document;
    let title = writer.line(&document.title, Place::Text);
    let mut parts = vec![format!("# {}", titled(&title))];
    if !document.subtitle.is_empty() {
        parts.push(guarded(&writer.line(&document.subtitle, Place::Text)));
    }
    for section in &document.sections {
        writer.section(section, 2, &mut parts);
    }
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

/// The pictures as SVG.
pub(super) fn beside(rendered: &Rendered<'_>, stem: &str) -> Vec<Beside> {
    let all = figures(rendered.document).into_iter();
    all.map(|figure| Beside {
        name: beside_name(stem, &figure.id, "svg"),
        // Letters that XML forbids would stop every program that reads it.
        bytes: visible_lines(&figure.picture.svg).into_bytes(),
    })
    .collect()
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In running text.
    Text,
    /// In a cell, where a vertical bar would end it.
    Cell,
    /// Within a link, where no other link may be.
    Link(bool),
}

impl Place {
    fn is_cell(self) -> bool {
        matches!(self, Self::Cell | Self::Link(true))
    }
}

struct Writer<'a> {
    labels: &'a Labels,
    stem: Option<&'a str>,
}

impl Writer<'_> {
    fn section(&self, section: &Section, level: usize, parts: &mut Vec<String>) {
        let title = self.line(&section.title, Place::Text);
        let marks = "#".repeat(level.min(6));
        let title = titled(title.trim());
        parts.push(format!("{marks} {}{title}", target(&section.id)));
        parts.extend(self.blocks(&section.blocks));
        for inner in &section.sections {
            self.section(inner, level + 1, parts);
        }
    }

    fn blocks(&self, blocks: &[Block]) -> Vec<String> {
        let mut parts = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(sentences) => parts.push(guarded(&self.sentences(sentences))),
                Block::List { ordered, items } if !items.is_empty() => {
                    parts.push(self.items(items, *ordered));
                }
                Block::List { .. } => {}
                Block::Entries(entries) => {
                    for entry in entries {
                        let term = self.line(&entry.term, Place::Text);
                        let number = self.labels.number(&entry.id).replace('.', "\\.");
                        let mut inner =
                            vec![format!("{}{number}{}", target(&entry.id), strong(&term))];
                        inner.extend(self.blocks(&entry.blocks));
                        parts.push(format!("- {}", indented(&inner.join("\n\n"), "  ")));
                    }
                }
                Block::Table(table) => parts.extend(self.table(table)),
                Block::Figure(figure) => parts.extend(self.figure(figure)),
                Block::Code { language, text } => {
                    let text = visible_lines(&plain(std::slice::from_ref(text)));
                    let fence = "`".repeat(longest_run(&text).max(2) + 1);
                    let text = text.trim_end_matches('\n');
                    parts.push(format!("{fence}{language}\n{text}\n{fence}"));
                }
            }
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    fn items(&self, items: &[Item], ordered: bool) -> String {
        let mut lines = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let mark = if ordered {
                format!("{}. ", place + 1)
            } else {
                "- ".to_owned()
            };
            let mut text = guarded(&self.sentences(&item.sentences));
            if !item.items.is_empty() {
                text.push('\n');
                text.push_str(&self.items(&item.items, false));
            }
            let indent = " ".repeat(mark.len());
            lines.push(format!("{mark}{}", indented(&text, &indent)));
        }
        lines.join("\n")
    }

    fn table(&self, table: &Table) -> Vec<String> {
        let name = self.labels.capital(&table.id);
        let caption = self.line(&table.caption, Place::Text);
        let caption = format!("{}**{name}.** {caption}", target(&table.id));
        if table.columns.is_empty() {
            return vec![caption];
        }
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let titles = table.columns.iter();
        let mut lines = vec![row(titles
            .map(|c| self.line(&c.title, Place::Cell))
            .collect())];
        let rule = |numeric: bool| if numeric { "---:" } else { "---" };
        lines.push(row(table
            .columns
            .iter()
            .map(|c| rule(c.numeric).to_owned())
            .collect()));
        for one in &table.rows {
            let cells = one.cells.iter().map(|c| self.line(c, Place::Cell));
            let mut cells: Vec<String> = cells.map(|c| c.trim().to_owned()).collect();
            if let (Some(id), Some(first)) = (&one.id, cells.first_mut()) {
                *first = format!("{}{first}", target(id));
            }
            lines.push(row(cells));
        }
        vec![caption, lines.join("\n")]
    }

    fn figure(&self, figure: &Figure) -> Vec<String> {
        let picture = &figure.picture;
        let name = self.labels.capital(&figure.id);
        let title = escaped(&visible(&picture.title));
        let says = escaped(&visible(&picture.says));
        let here = target(&figure.id);
        let mut parts = match self.stem {
            Some(stem) => {
                let file = beside_name(stem, &figure.id, "svg");
                vec![
                    format!("{here}![{says}]({file})"),
                    format!("**{name}.** {title}"),
                ]
            }
            None => vec![format!("{here}**{name}.** {title}: {says}")],
        };
        if !figure.caption.is_empty() {
            parts.push(guarded(&self.sentences(&figure.caption)));
        }
        parts
    }

    fn sentences(&self, sentences: &[Sentence]) -> String {
        let mut out = Vec::new();
        for (sentence, grounds) in marked(sentences) {
            let mut text = self.line(&sentence.parts, Place::Text);
            let marks = (self.labels).marks(grounds, |to, mark| self.link(to, &escaped(mark)));
            if !marks.is_empty() {
                text.push_str(&format!(" <sup>\\[{marks}\\]</sup>"));
            }
            out.push(text);
        }
        out.join(" ")
    }

    /// A link to a part of the document, if there is such a part.
    fn link(&self, to: Option<&str>, shown: &str) -> String {
        match to {
            Some(to) if self.labels.has(to) && !shown.trim().is_empty() => {
                format!("[{shown}](#{})", anchor(to))
            }
            _ => shown.to_owned(),
        }
    }

    fn line(&self, line: &[Inline], place: Place) -> String {
        let in_link = matches!(place, Place::Link(_));
        let inner = Place::Link(place.is_cell());
        let mut out = String::new();
        for part in line {
            let piece = match part {
                Inline::Code(text) => code(&visible(text), place.is_cell()),
                Inline::Strong(parts) => strong(&self.line(parts, place)),
                Inline::Link { to, parts } if !in_link => {
                    self.link(Some(to), &self.line(parts, inner))
                }
                Inline::Away { url, parts } if !in_link && is_address(url) => {
                    format!("[{}](<{}>)", self.line(parts, inner), address(url))
                }
                Inline::Link { parts, .. } | Inline::Away { parts, .. } => self.line(parts, place),
                other => escaped(&words(std::slice::from_ref(other))),
            };
            // Two stars or two backticks in a row would be one longer mark.
            if ['*', '`']
                .iter()
                .any(|m| out.ends_with(*m) && piece.starts_with(*m))
            {
                out.push_str("<!-- -->");
            }
            out.push_str(&piece);
        }
        out
    }
}

/// The place that links with this name lead to.
fn target(id: &str) -> String {
    format!("<a id=\"{}\"></a>", anchor(id))
}

/// What matters most. Stars bind only to letters, so anything else is said in HTML.
fn strong(parts: &str) -> String {
    let ends = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_plain = !parts.contains(['*', '<']);
    if is_plain && ends(parts.chars().next()) && ends(parts.chars().next_back()) {
        format!("**{parts}**")
    } else {
        format!("<strong>{parts}</strong>")
    }
}

/// Text within a paragraph: nothing in it is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let special = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$' | '!' => {
                true
            }
            // Names of little pictures such as `:smile:`.
            ':' => letters
                .peek()
                .is_some_and(|c| c.is_ascii_alphabetic() || *c == '+'),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A title whose end is not taken for attributes of the heading: `{#name .class}` in several dialects.
fn titled(text: &str) -> String {
    let guard = if text.ends_with('}') { "<!-- -->" } else { "" };
    format!("{text}{guard}")
}

/// A paragraph whose beginning is not taken for a list, a heading or a rule.
fn guarded(text: &str) -> String {
    let text = text.trim();
    if text.starts_with(['-', '+', '=']) {
        return format!("\\{text}");
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, text.get(digits..)) {
        (1.., Some(rest)) if rest.starts_with(['.', ')']) => {
            format!("{}\\{rest}", &text[..digits])
        }
        _ => text.to_owned(),
    }
}

/// The length of the longest run of backticks in a text.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Words of the language.
fn code(text: &str, in_cell: bool) -> String {
    if text.trim().is_empty() {
        return text.to_owned();
    }
    // A link that begins with this would be taken for the definition of one: backticks bind less than brackets there.
    if text.contains("]:") {
        return format!("<code>{}</code>", escaped(text));
    }
    let fence = "`".repeat(longest_run(text) + 1);
    let padded = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if padded { " " } else { "" };
    let text = if in_cell {
        // In a table a bar ends the cell even here, unless it is escaped.
        text.replace('|', "\\|")
    } else {
        text.to_owned()
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text whose lines after the first are indented, empty ones left empty.
fn indented(text: &str, indent: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (place, line) in text.lines().enumerate() {
        if place > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(indent);
            }
        }
        out.push_str(line);
    }
    out
}
