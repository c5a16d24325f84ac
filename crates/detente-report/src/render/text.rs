//! A document for a terminal.

use super::columns;
use super::labels::{Labels, told, visible_lines, words};
use crate::document::{Block, Document, Entry, Figure, Item, Section, Table, plain};
use crate::style::{Look, Page};

/// A document as text, within the width of the look. Grounds are short marks after what stands on them; a picture is
/// said in words.
pub fn page(document: &Document, look: Look) -> String {
    let labels = Labels::of(document);
    let mut writer = Writer {
        page: Page::new(look),
        labels: &labels,
        width: look.width.clamp(40, 120),
    };
    writer.page.heading_here(&words(&document.title));
    if !document.subtitle.is_empty() {
        writer.page.paragraph(&words(&document.subtitle));
    }
    for section in &document.sections {
        writer.section(section, "");
    }
    writer.page.finish()
}

struct Writer<'a> {
    page: Page,
    labels: &'a Labels,
    width: usize,
}

impl Writer<'_> {
    fn section(&mut self, section: &Section, above: &str) {
        let title = words(&section.title);
        let title = if above.is_empty() {
            title
        } else {
            format!("{above}: {title}")
        };
        self.page.heading(&title);
        self.blocks(&section.blocks, "");
        for inner in &section.sections {
            self.section(inner, &title);
        }
    }

    fn blocks(&mut self, blocks: &[Block], indent: &str) {
        for (place, block) in blocks.iter().enumerate() {
            if place > 0 {
                self.page.gap_once();
            }
            match block {
                Block::Paragraph(sentences) => {
                    let text = told(sentences, self.labels);
                    self.page.hanging(indent, indent, &text);
                }
                Block::List { ordered, items } => self.items(items, *ordered, indent),
                Block::Entries(entries) => self.entries(entries, indent),
                Block::Table(table) => self.table(table),
                Block::Figure(figure) => self.figure(figure, indent),
                Block::Code { text, .. } => {
                    for line in visible_lines(&plain(std::slice::from_ref(text))).lines() {
                        self.page.line(&format!("{indent}    {line}"));
                    }
                }
            }
        }
    }

    fn items(&mut self, items: &[Item], ordered: bool, indent: &str) {
        let room = items.len().to_string().len() + 2;
        for (place, item) in items.iter().enumerate() {
            let mark = if ordered {
                format!("{:<room$}", format!("{}.", place + 1))
            } else {
                "- ".to_owned()
            };
            let first = format!("{indent}  {mark}");
            let others = " ".repeat(first.len());
            let text = told(&item.sentences, self.labels);
            self.page.hanging(&first, &others, &text);
            // Deep lists would leave no room for words.
            let inner = if others.len() * 2 > self.width {
                indent
            } else {
                &others
            };
            self.items(&item.items, false, inner.get(2..).unwrap_or(""));
        }
    }

    fn entries(&mut self, entries: &[Entry], indent: &str) {
        for (place, entry) in entries.iter().enumerate() {
            if place > 0 {
                self.page.gap_once();
            }
            let term = format!("{}{}", self.labels.number(&entry.id), words(&entry.term));
            self.page.hanging(indent, indent, &term);
            let inner = format!("{indent}  ");
            let inner = if inner.len() * 2 > self.width {
                indent
            } else {
                &inner
            };
            self.blocks(&entry.blocks, inner);
        }
    }

    fn table(&mut self, table: &Table) {
        let name = self.labels.capital(&table.id);
        let caption = words(&table.caption);
        self.page.paragraph(&format!("{name}. {caption}"));
        let header: Vec<String> = table.columns.iter().map(|c| words(&c.title)).collect();
        let right: Vec<bool> = table.columns.iter().map(|c| c.numeric).collect();
        let rows = table.rows.iter();
        let rows: Vec<Vec<String>> = rows
            .map(|row| row.cells.iter().map(|c| words(c)).collect())
            .collect();
        match columns::lines(&header, &rows, &right, self.width) {
            Some(lines) => lines.iter().for_each(|line| self.page.line(line)),
            None => self.records(&header, &rows),
        }
    }

    /// A table that is too wide for the page: the cells of each row below each other.
    fn records(&mut self, header: &[String], rows: &[Vec<String>]) {
        for (place, row) in rows.iter().enumerate() {
            if place > 0 {
                self.page.gap_once();
            }
            for (place, (heading, cell)) in header.iter().zip(row).enumerate() {
                let first = if place == 0 { "" } else { "  " };
                let text = format!("{heading}: {cell}");
                self.page.hanging(first, "    ", &text);
            }
        }
    }

    fn figure(&mut self, figure: &Figure, indent: &str) {
        let name = self.labels.capital(&figure.id);
        let picture = &figure.picture;
        let text = format!("{name}. {}: {}", picture.title, picture.says);
        let text = super::labels::visible(&text);
        self.page.hanging(indent, indent, &text);
        if !figure.caption.is_empty() {
            let text = told(&figure.caption, self.labels);
            self.page.hanging(indent, indent, &text);
        }
    }
}
