//! A document as a workbook: its text on the first sheet, a list of its tables on the second, and a sheet for each.
//!
//! Numbers are numbers with all their digits, shown as the document shows them. Right of a table, folded away, stand
//! the places in the findings that its cells come from. A text is a text, whatever it begins with. No clock is read:
//! the properties name a fixed day.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError,
};

use super::labels::{Labels, told, visible, visible_lines, words};
use super::tables::{Cell, headings, needs, tables};
use super::{Rendered, Unrendered};
use crate::document::{Block, Document, Entry, Findings, Form, Item, Section, Table, plain};

pub(super) fn render(rendered: &Rendered<'_>) -> Result<Vec<u8>, Unrendered> {
    workbook(rendered.document, rendered.findings).map_err(|error| Unrendered::Refused {
        what: "the workbook",
        why: error.to_string(),
    })
}

fn workbook(document: &Document, findings: &dyn Findings) -> Result<Vec<u8>, XlsxError> {
    let labels = Labels::of(document);
    let all = tables(document);
    let names = names(&all);
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(words(&document.title))
            .set_creation_datetime(&day),
    );
    story(book.add_worksheet().set_name(REPORT)?, document, &labels)?;
    contents(
        book.add_worksheet().set_name(CONTENTS)?,
        &all,
        &names,
        &labels,
    )?;
    for (one, name) in all.iter().zip(&names) {
        sheet(book.add_worksheet().set_name(name)?, one, findings)?;
    }
    book.save_to_buffer()
}

const REPORT: &str = "Report";
const CONTENTS: &str = "Contents";

/// A cell holds so many letters at most (32 767), in UTF-16.
const MOST: usize = 32_000;

/// Valid names of sheets for tables, different from each other whatever the case.
fn names(all: &[&Table]) -> Vec<String> {
    // A spreadsheet keeps `History` for itself.
    let mut taken: BTreeSet<String> = [REPORT, CONTENTS, "History"]
        .iter()
        .map(|n| n.to_lowercase())
        .collect();
    let mut out = Vec::new();
    for table in all {
        let id = table.id.strip_prefix("table-").unwrap_or(&table.id);
        let bad = |c: char| c.is_control() || "[]:*?/\\'".contains(c) || c.len_utf16() > 1;
        let clean: String = id.chars().map(|c| if bad(c) { '-' } else { c }).collect();
        let clean = if clean.is_empty() { "table" } else { &clean };
        let mut name: String = clean.chars().take(31).collect();
        let mut again = 2;
        while taken.contains(&name.to_lowercase()) {
            let end = format!("-{again}");
            let kept: String = clean.chars().take(31 - end.len()).collect();
            name = format!("{kept}{end}");
            again += 1;
        }
        taken.insert(name.to_lowercase());
        out.push(name);
    }
    out
}

/// The list of tables, with links to their sheets.
fn contents(
    sheet: &mut Worksheet,
    all: &[&Table],
    names: &[String],
    labels: &Labels,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (place, heading) in ["Table", "Sheet", "What it shows", "Rows"]
        .iter()
        .enumerate()
    {
        sheet.write_string_with_format(0, place as u16, *heading, &bold)?;
    }
    for (row, (table, name)) in (1..).zip(all.iter().zip(names)) {
        sheet.write_string(row, 0, labels.capital(&table.id))?;
        let url = Url::new(format!("internal:'{name}'!A1")).set_text(name);
        sheet.write_url(row, 1, url)?;
        sheet.write_string(row, 2, words(&table.caption))?;
        sheet.write_number(row, 3, table.rows.len() as f64)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (place, width) in [12, 32, 80, 8].iter().enumerate() {
        sheet.set_column_width(place as u16, *width)?;
    }
    Ok(())
}

fn sheet(sheet: &mut Worksheet, table: &Table, findings: &dyn Findings) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_text_wrap();
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let headings = headings(table);
    let count = headings.len();
    // The places of a column stand as many columns to the right as the table has that come from somewhere.
    let mut sourced: Vec<Option<u16>> = vec![None; count];
    let mut next = count;
    for (place, slot) in sourced.iter_mut().enumerate() {
        let comes = |cell: &Cell<'_>| !cell.from.is_empty();
        if table
            .rows
            .iter()
            .any(|row| comes(&Cell::of(row, place, findings)))
        {
            *slot = Some(column(next)?);
            next += 1;
        }
    }
    for (place, heading) in headings.iter().enumerate() {
        let heading = visible(heading);
        sheet.write_string_with_format(0, column(place)?, &*heading, &head)?;
        if let Some(slot) = sourced[place] {
            sheet.write_string_with_format(0, slot, format!("from: {heading}"), &head)?;
        }
    }
    let wide: Vec<usize> = needs(table).iter().map(|n| (n + 2).clamp(8, 60)).collect();
    for (below, row) in table.rows.iter().enumerate() {
        let cells = row.cells.iter().zip(&wide);
        let high = cells.map(|(cell, room)| lines_of(&plain(cell), room * 9 / 10));
        let high = height(high.max().unwrap_or(1), TEXT);
        let below = u32::try_from(below + 1).map_err(|_| XlsxError::RowColumnLimitError)?;
        for (place, slot) in sourced.iter().enumerate() {
            let cell = Cell::of(row, place, findings);
            let at = column(place)?;
            if place == 0 {
                sheet.set_row_height(below, high)?;
            }
            match number(&cell) {
                Some((value, shown)) => {
                    sheet.write_number_with_format(below, at, value, &shown)?;
                }
                None => {
                    sheet.write_string_with_format(below, at, visible_lines(&cell.text), &wrap)?;
                }
            }
            if let Some(slot) = slot
                && !cell.from.is_empty()
            {
                sheet.write_string(below, *slot, visible_lines(&cell.from.join("\n")))?;
            }
        }
    }
    for (place, room) in wide.iter().enumerate() {
        sheet.set_column_width(column(place)?, *room as f64)?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    if next > count {
        sheet.group_columns_collapsed(column(count)?, column(next - 1)?)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    if count > 0 {
        let last = u32::try_from(table.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        sheet.autofilter(0, 0, last, column(count - 1)?)?;
    }
    Ok(())
}

fn column(place: usize) -> Result<u16, XlsxError> {
    u16::try_from(place).map_err(|_| XlsxError::RowColumnLimitError)
}

/// A cell as a number, and how a spreadsheet shows it as the document does.
fn number(cell: &Cell<'_>) -> Option<(f64, Format)> {
    let value = cell.float()?;
    let (form, _) = cell.value.as_ref()?;
    let digits = |so_many: u8| match so_many {
        0 => "0".to_owned(),
        _ => format!("0.{}", "0".repeat(usize::from(so_many))),
    };
    let (value, shown) = match *form {
        Form::Whole | Form::Length => (value, "0".to_owned()),
        Form::Decimals(so_many) => (value, digits(so_many)),
        Form::Percent(so_many) => (value, format!("{}\u{a0}%", digits(so_many))),
        Form::Signed => (value, "+0;-0;0".to_owned()),
        Form::Points(so_many) => {
            let digits = digits(so_many);
            (value * 100.0, format!("+{digits};-{digits};{digits}"))
        }
        Form::AsIs => return None,
    };
    let top = FormatAlign::Top;
    Some((value, Format::new().set_num_format(shown).set_align(top)))
}

/// The width of the text of a report, in digits: a printed page.
const STORY: u8 = 90;

/// The size of text.
const TEXT: i32 = 11;

/// How many lines a text takes in a cell that is as wide as so many letters.
fn lines_of(text: &str, room: usize) -> usize {
    let lines = text.lines();
    let lines = lines.map(|line| textwrap::wrap(line, room.max(4)).len().max(1));
    lines.sum::<usize>().max(1)
}

/// How high a row of so many lines is. Not every program fits rows to wrapped text by itself.
fn height(lines: usize, size: i32) -> f64 {
    /// No row is higher.
    const HIGHEST: f64 = 409.0;
    (lines as f64 * f64::from(size) * 1.32 + 1.5).min(HIGHEST)
}

/// The text of the document, a paragraph to a cell.
fn story(sheet: &mut Worksheet, document: &Document, labels: &Labels) -> Result<(), XlsxError> {
    let mut lines = vec![(0, words(&document.title)), (-1, words(&document.subtitle))];
    for section in &document.sections {
        of_section(section, 1, labels, &mut lines);
    }
    sheet.set_column_width(0, f64::from(STORY))?;
    sheet.set_print_fit_to_pages(1, 0);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let code = text.clone().set_font_name("Consolas");
    let mut row = 0;
    for (level, line) in lines {
        let format = match level {
            CODE => code.clone(),
            -1 => text.clone(),
            level => text
                .clone()
                .set_bold()
                .set_font_size(18 - (level * 2).min(6)),
        };
        let size = if level < 0 {
            TEXT
        } else {
            18 - (level * 2).min(6)
        };
        for piece in pieces(&line) {
            let room = i32::from(STORY) * TEXT / size;
            sheet.set_row_height(
                row,
                height(lines_of(&piece, usize::try_from(room).unwrap_or(0)), size),
            )?;
            sheet.write_string_with_format(row, 0, piece, &format)?;
            row += 1;
        }
    }
    Ok(())
}

/// The level of code among the levels of headings; running text is -1.
const CODE: i32 = -2;

/// A long text in as many pieces as cells are needed for it.
fn pieces(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut used = 0;
    for letter in text.chars() {
        if used + letter.len_utf16() > MOST {
            out.push(String::new());
            used = 0;
        }
        used += letter.len_utf16();
        if let Some(last) = out.last_mut() {
            last.push(letter);
        }
    }
    out
}

fn of_section(section: &Section, level: i32, labels: &Labels, lines: &mut Vec<(i32, String)>) {
    lines.push((level, words(&section.title)));
    of_blocks(&section.blocks, labels, lines);
    for inner in &section.sections {
        of_section(inner, level + 1, labels, lines);
    }
}

fn of_blocks(blocks: &[Block], labels: &Labels, lines: &mut Vec<(i32, String)>) {
    for block in blocks {
        match block {
            Block::Paragraph(sentences) => lines.push((-1, told(sentences, labels))),
            Block::List { ordered, items } => of_items(items, *ordered, "", labels, lines),
            Block::Entries(entries) => {
                for Entry { id, term, blocks } in entries {
                    lines.push((4, format!("{}{}", labels.number(id), words(term))));
                    of_blocks(blocks, labels, lines);
                }
            }
            Block::Table(table) => {
                let name = labels.capital(&table.id);
                lines.push((-1, format!("{name}. {}", words(&table.caption))));
            }
            Block::Figure(figure) => {
                let name = labels.capital(&figure.id);
                let picture = &figure.picture;
                let says = visible(&format!("{name}. {}: {}", picture.title, picture.says));
                lines.push((-1, says));
                if !figure.caption.is_empty() {
                    lines.push((-1, told(&figure.caption, labels)));
                }
            }
            Block::Code { text, .. } => {
                let text = visible_lines(&plain(std::slice::from_ref(text)));
                lines.push((CODE, text));
            }
        }
    }
}

fn of_items(
    items: &[Item],
    ordered: bool,
    indent: &str,
    labels: &Labels,
    lines: &mut Vec<(i32, String)>,
) {
    for (place, item) in items.iter().enumerate() {
        let mark = if ordered {
            format!("{}.", place + 1)
        } else {
            "\u{2022}".to_owned()
        };
        let text = told(&item.sentences, labels);
        lines.push((-1, format!("{indent}{mark} {text}")));
        let deeper = format!("{indent}    ");
        of_items(&item.items, false, &deeper, labels, lines);
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, names, pieces};
    use crate::document::Table;

    #[test]
    fn names_of_sheets_are_valid_and_unique() {
        let long = "table-a-very-long-name-of-a-table-of-states";
        let ids = [
            long,
            long,
            "table-a/b:c",
            "REPORT",
            "table-",
            "table-history",
        ];
        let tables: Vec<Table> = ids
            .iter()
            .map(|id| Table {
                id: (*id).to_owned(),
                caption: Vec::new(),
                columns: Vec::new(),
                rows: Vec::new(),
            })
            .collect();
        let names = names(&tables.iter().collect::<Vec<_>>());
        assert_eq!(
            names,
            [
                "a-very-long-name-of-a-table-of-",
                "a-very-long-name-of-a-table-o-2",
                "a-b-c",
                "REPORT-2",
                "table",
                "history-2"
            ]
        );
    }

    #[test]
    fn long_texts_are_not_cut() {
        let text = "\u{1f980}".repeat(MOST);
        let pieces = pieces(&text);
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces.concat(), text);
    }
}
