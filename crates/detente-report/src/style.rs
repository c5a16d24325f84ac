//! How text is laid out: width, bold headings, wrapped paragraphs, plain tables.

use std::fmt::Write;

use anstyle::Style;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table};

/// How text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether headings are bold; otherwise there is no escape sequence at all.
    pub colour: bool,
    /// Columns to stay within.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            colour: false,
            width: 80,
        }
    }
}

/// A text that grows by headings, paragraphs and tables.
#[derive(Debug, Clone)]
pub struct Page {
    look: Look,
    text: String,
}

impl Page {
    /// An empty page.
    pub fn new(look: Look) -> Self {
        Self {
            look: Look {
                width: look.width.clamp(40, 120),
                ..look
            },
            text: String::new(),
        }
    }

    /// The text so far.
    pub fn finish(self) -> String {
        self.text
    }

    /// A bold line, after an empty one.
    pub fn heading(&mut self, heading: &str) {
        self.gap_once();
        self.heading_here(heading);
    }

    /// An empty line, unless there is one already or nothing stands before it.
    pub fn gap_once(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Remarks below what stands above, if there are any.
    pub fn notes(&mut self, notes: &[String]) {
        if !notes.is_empty() {
            self.gap_once();
        }
        for note in notes {
            self.paragraph(note);
        }
    }

    /// A line as it is.
    pub fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{}", line.trim_end());
    }

    /// A bold line.
    pub fn heading_here(&mut self, heading: &str) {
        let options = textwrap::Options::new(self.look.width)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(heading, options) {
            if self.look.colour {
                let bold = Style::new().bold();
                let _ = writeln!(self.text, "{bold}{line}{bold:#}");
            } else {
                let _ = writeln!(self.text, "{line}");
            }
        }
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.hanging("", "", text);
    }

    /// That so many more of what is listed are left out here.
    pub fn more(&mut self, left_out: usize) {
        self.paragraph(&format!("And {left_out} more; --format json has them all."));
    }

    /// A paragraph whose first line begins with one text and the others with another.
    pub fn hanging(&mut self, first: &str, others: &str, text: &str) {
        let options = textwrap::Options::new(self.look.width)
            .initial_indent(first)
            .subsequent_indent(others)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        // A move such as `8 -> 5` stays on one line.
        let text = text.replace(" -> ", "\u{a0}->\u{a0}");
        for line in textwrap::wrap(&text, options) {
            let _ = writeln!(self.text, "{}", line.trim_end().replace('\u{a0}', " "));
        }
    }

    /// A table without lines; `right` says which columns are aligned to the right.
    pub fn table(&mut self, header: &[String], rows: &[Vec<String>], right: &[bool]) {
        let mut table = Table::new();
        table
            .load_style(comfy_table::presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.look.width as u16);
        if !header.is_empty() {
            table.set_header(header);
        }
        for row in rows {
            table.add_row(row);
        }
        // Names in the first column stay whole if they leave room for the rest.
        let first = rows
            .iter()
            .filter_map(|r| r.first())
            .map(|c| unicode_width::UnicodeWidthStr::width(c.as_str()));
        if first.max().is_some_and(|w| w <= self.look.width * 5 / 8)
            && let Some(column) = table.column_mut(0)
        {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        for (index, right) in right.iter().enumerate() {
            if let Some(column) = table.column_mut(index) {
                column.set_padding((0, 2));
                if *right {
                    column.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        for line in table.to_string().lines() {
            let _ = writeln!(self.text, "{}", line.trim_end());
        }
    }
}
