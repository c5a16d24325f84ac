//! A document as Typst source (0.14 or later), with its pictures in it.

use super::labels::{
    Labels, address, anchor, is_address, marked, visible, visible_lines, with_seams, words,
};
use super::tables::{needs, shares};
use crate::document::{Block, Document, Figure, Inline, Item, Section, Sentence, Table, plain};

const PREAMBLE: &str = r##"#set page(paper: "a4", margin: (x: 24mm, y: 26mm), numbering: "1")
#set text(font: ("Libertinus Serif", "DejaVu Sans"), size: 10.5pt, lang: "en", region: "GB")
#set par(justify: true)
#set table(stroke: none, inset: (x: 4pt, y: 3pt))
#set heading(numbering: "1.1")
#show heading: set block(above: 1.4em, below: 0.7em)
#show image: set text(font: ("DejaVu Sans", "DejaVu Sans Mono"))
#show link: set text(fill: rgb("#00507c"))
#show raw: set text(font: ("DejaVu Sans Mono", "DejaVu Sans"), size: 9pt)
#let grounds(body) = text(size: 0.8em, fill: luma(80), [\[#body\]])
#let ruled(..cells) = block(width: 100%, {
  set text(size: 9pt)
  set par(justify: false)
  table(..cells)
})
"##;

/// A document as Typst source.
pub(super) fn source(document: &Document) -> String {
    let labels = Labels::of(document);
    let writer = Writer { labels: &labels };
    let title = writer.line(&document.title, true);
    let mut out = format!(
        "#set document(title: {}, date: none)\n{PREAMBLE}\n#align(center)[\n  #text(size: 20pt, weight: \"bold\")[{title}]\n",
        literal(&words(&document.title))
    );
    if !document.subtitle.is_empty() {
        let subtitle = writer.line(&document.subtitle, true);
        out.push_str(&format!("\n  {}\n", subtitle.trim()));
    }
    out.push_str("]\n");
    for section in &document.sections {
        out.push('\n');
        writer.section(section, 1, &mut out);
    }
    out
}

struct Writer<'a> {
    labels: &'a Labels,
}

impl Writer<'_> {
    fn section(&self, section: &Section, level: usize, out: &mut String) {
        let title = self.line(&section.title, true);
        let id = anchor(&section.id);
        out.push_str(&format!("#heading(level: {level})[{title}] <{id}>\n"));
        self.blocks(&section.blocks, out);
        for inner in &section.sections {
            out.push('\n');
            self.section(inner, level + 1, out);
        }
    }

    fn blocks(&self, blocks: &[Block], out: &mut String) {
        for block in blocks {
            out.push('\n');
            match block {
                Block::Paragraph(sentences) => {
                    out.push_str(&self.sentences(sentences));
                    out.push('\n');
                }
                Block::List { ordered, items } => {
                    self.items(items, *ordered, out);
                    out.push('\n');
                }
                Block::Entries(entries) => {
                    for entry in entries {
                        let term = self.line(&entry.term, false);
                        let id = anchor(&entry.id);
                        let number = self.labels.number(&entry.id).replace('.', "\\.");
                        out.push_str(&format!(
                            "\n#metadata(none) <{id}>\n#strong[{number}{term}]\n"
                        ));
                        out.push_str("#pad(left: 1em)[");
                        self.blocks(&entry.blocks, out);
                        out.push_str("]\n");
                    }
                }
                Block::Table(table) => self.table(table, out),
                Block::Figure(figure) => self.figure(figure, out),
                Block::Code { text, .. } => {
                    let text = visible_lines(&plain(std::slice::from_ref(text)));
                    let text = text.trim_end_matches('\n');
                    out.push_str(&format!("#raw({}, block: true)\n", literal(text)));
                }
            }
        }
    }

    fn items(&self, items: &[Item], ordered: bool, out: &mut String) {
        if items.is_empty() {
            return;
        }
        out.push_str(if ordered { "#enum(" } else { "#list(" });
        for item in items {
            out.push_str(&format!("[{}", self.sentences(&item.sentences)));
            if !item.items.is_empty() {
                out.push('\n');
                self.items(&item.items, false, out);
            }
            out.push_str("], ");
        }
        out.push(')');
    }

    fn table(&self, table: &Table, out: &mut String) {
        let name = self.labels.capital(&table.id);
        let caption = self.line(&table.caption, false);
        let id = anchor(&table.id);
        out.push_str(&format!(
            "#metadata(none) <{id}>\n#block(sticky: true)[#strong[{name}.] {caption}]\n"
        ));
        if table.columns.is_empty() {
            return;
        }
        let sides = table.columns.iter();
        let sides: Vec<&str> = sides
            .map(|c| if c.numeric { "right" } else { "left" })
            .collect();
        out.push_str(&format!(
            "#ruled(\n  columns: ({},),\n  align: ({},),\n  table.hline(),\n  table.header(",
            columns(table),
            sides.join(", ")
        ));
        for column in &table.columns {
            let title = self.line(&column.title, false);
            out.push_str(&format!("[#strong[{title}]], "));
        }
        out.push_str("),\n  table.hline(stroke: 0.5pt),\n");
        for row in &table.rows {
            out.push_str("  ");
            for (place, cell) in row.cells.iter().enumerate() {
                let here = row.id.as_deref().filter(|_| place == 0);
                let here = here.map_or(String::new(), |id| {
                    format!("#metadata(none) <{}>", anchor(id))
                });
                out.push_str(&format!("[{here}{}], ", self.line(cell, false)));
            }
            out.push('\n');
        }
        out.push_str("  table.hline(),\n)\n");
    }

    fn figure(&self, figure: &Figure, out: &mut String) {
        let picture = &figure.picture;
        let name = self.labels.capital(&figure.id);
        let id = anchor(&figure.id);
        let alt = literal(&visible(&picture.says));
        let width = if is_wide(&picture.svg) {
            ", width: 100%"
        } else {
            ""
        };
        out.push_str(&format!(
            "#metadata(none) <{id}>\n#align(center, image(bytes({}), format: \"svg\", alt: {alt}{width}))\n",
            literal(&visible_lines(&picture.svg))
        ));
        let title = broken(&visible(&picture.title));
        let caption = self.sentences(&figure.caption);
        out.push_str(&format!("#strong[{name}.] {title}\\. {caption}\n"));
    }

    fn sentences(&self, sentences: &[Sentence]) -> String {
        let mut out = Vec::new();
        for (sentence, grounds) in marked(sentences) {
            let mut text = self.line(&sentence.parts, false);
            let marks = (self.labels).marks(grounds, |to, mark| self.link(to, &broken(mark)));
            if !marks.is_empty() {
                text.push_str(&format!(" #grounds[{marks}]"));
            }
            out.push(text);
        }
        out.join("\n")
    }

    fn link(&self, to: Option<&str>, shown: &str) -> String {
        match to {
            Some(to) if self.labels.has(to) => format!("#link(<{}>)[{shown}];", anchor(to)),
            _ => shown.to_owned(),
        }
    }

    /// A line; in titles there are no links. Expressions end in a semicolon: what follows is no part of them.
    fn line(&self, line: &[Inline], is_title: bool) -> String {
        let mut out = String::new();
        for part in line {
            match part {
                Inline::Code(text) => {
                    out.push_str(&format!("#raw({});", literal(&visible(text))));
                }
                Inline::Quote(text) => {
                    out.push_str(&format!("\"{}\"", broken(&visible(text))));
                }
                Inline::Strong(parts) => {
                    out.push_str(&format!("#strong[{}];", self.line(parts, is_title)));
                }
                Inline::Link { to, parts } if !is_title => {
                    let shown = self.line(parts, true);
                    out.push_str(&self.link(Some(to), &shown));
                }
                Inline::Away { url, parts } if !is_title && is_address(url) => {
                    let shown = self.line(parts, true);
                    let to = literal(&address(url));
                    out.push_str(&format!("#link({to})[{shown}];"));
                }
                Inline::Link { parts, .. } | Inline::Away { parts, .. } => {
                    out.push_str(&self.line(parts, is_title));
                }
                other => out.push_str(&broken(&words(std::slice::from_ref(other)))),
            }
        }
        out
    }
}

/// The widths of the columns: as wide as they need, and shares of the page for those of long texts when not all fit.
fn columns(table: &Table) -> String {
    const LETTERS: usize = 88;
    let needs = needs(table);
    if needs.iter().map(|n| n + 2).sum::<usize>() <= LETTERS {
        return vec!["auto"; needs.len()].join(", ");
    }
    let room = LETTERS.saturating_sub(2 * needs.len());
    let shares = shares(table, room).into_iter();
    shares
        .map(|share| format!("{share}fr"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether a picture is wider than a page's text: more than 600 of its units.
fn is_wide(svg: &str) -> bool {
    let head = svg.split_once('>').map_or(svg, |(head, _)| head);
    let width = head
        .split_once(" width=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .and_then(|(width, _)| width.parse::<f64>().ok());
    width.is_none_or(|width| width > 600.0)
}

/// A string of the language.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let special = match letter {
            '\\' | '#' | '$' | '*' | '_' | '@' | '<' | '>' | '~' | '`' | '\'' | '"' | '[' | ']'
            | '/' => true,
            // Dashes, lists, minus signs.
            '-' | '+' | '=' => before.is_none() || letter == '-',
            // Numbered lists, ellipses.
            '.' => {
                let counts = before.is_none_or(|c: char| c.is_ascii_digit() || c == '.');
                next == Some('.') || (next.is_none() && counts)
            }
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(letter);
        before = Some(letter);
    }
    out
}

/// Escaped text whose long words may be broken.
fn broken(text: &str) -> String {
    with_seams(text, "\u{200b}", escaped)
}
