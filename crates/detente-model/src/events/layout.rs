//! Which columns a table has.

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::NoTable;

/// Whose layout a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The Integrated Crisis Early Warning System: columns with a header, separated by tabs. Source: E. Boschee and
    /// others, ICEWS Coded Event Data, Harvard Dataverse (2015).
    Icews,
    /// GDELT 1.0: 57 columns without a header, or 58 with the address. Source: K. Leetaru and P. Schrodt, GDELT:
    /// Global Data on Events, Location and Tone, 1979-2012, ISA annual convention (2013).
    Gdelt1,
    /// GDELT 2.0: 61 columns without a header.
    Gdelt2,
    /// POLECAT, coded by the PLOVER ontology: columns with a header, separated by tabs. Source: A. Halterman and
    /// others, PLOVER and POLECAT: A New Political Event Ontology and Dataset (2023).
    Polecat,
    /// A table with the header `date,source,target,code,text,publisher`, or `type` in the place of `code`; `text`,
    /// `publisher`, `story` and `published` may be missing, and more columns may stand between them.
    Plain,
}

impl Layout {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Icews => "ICEWS",
            Self::Gdelt1 => "GDELT 1.0",
            Self::Gdelt2 => "GDELT 2.0",
            Self::Polecat => "POLECAT",
            Self::Plain => "a plain table",
        }
    }

    /// Whether its rows hold no words of the story, so that references to history cannot be seen in them.
    pub fn is_wordless(self) -> bool {
        matches!(self, Self::Icews | Self::Polecat)
    }
}

/// Where in a row each thing stands.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) layout: Layout,
    pub(super) header: bool,
    /// How many cells a row has.
    pub(super) count: usize,
    pub(super) delimiter: u8,
    pub(super) date: usize,
    pub(super) published: Option<usize>,
    pub(super) source: usize,
    pub(super) source_country: Option<usize>,
    pub(super) target: usize,
    pub(super) target_country: Option<usize>,
    pub(super) code: usize,
    pub(super) mode: Option<usize>,
    pub(super) text: Option<usize>,
    pub(super) publisher: Option<usize>,
    pub(super) story: Option<usize>,
    pub(super) sentence: Option<usize>,
}

impl Columns {
    /// A reader of the rows, the header among them.
    pub(super) fn reader<'t>(&self, table: &'t [u8]) -> Reader<&'t [u8]> {
        reader(table, self.delimiter)
    }
}

/// Tables with tabs have no quotation marks of their own: a mark in them is part of a text.
fn reader(table: &[u8], delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(delimiter != b'\t')
        .from_reader(table)
}

/// Finds the layout by the first row.
pub(super) fn detect(table: &[u8]) -> Result<Columns, NoTable> {
    let no = |found: String| Err(NoTable { found });
    let line = table.split(|b| *b == b'\n').next().unwrap_or_default();
    let delimiter = [b'\t', b',', b';']
        .into_iter()
        .max_by_key(|d| (line.split(|b| b == d).count(), *d == b'\t'))
        .unwrap_or(b'\t');
    let mut first = ByteRecord::new();
    match reader(table, delimiter).read_byte_record(&mut first) {
        Ok(true) => {}
        Ok(false) => return no("it is empty".to_owned()),
        Err(error) => return no(error.to_string()),
    }
    let cells: Vec<String> = first.iter().map(|c| text_of(c).to_lowercase()).collect();
    let number = cells
        .first()
        .is_some_and(|c| !c.is_empty() && c.bytes().all(|b| b.is_ascii_digit()));
    match (delimiter, number, cells.len()) {
        (b'\t', true, 57 | 58) => return Ok(gdelt(Layout::Gdelt1, cells.len())),
        (b'\t', true, 61) => return Ok(gdelt(Layout::Gdelt2, 61)),
        (_, true, count) => {
            return no(format!(
                "the first row is no header, and {count} columns are not those of GDELT (57, 58 or 61)"
            ));
        }
        _ => {}
    }
    let place = |names: &[&str]| cells.iter().position(|c| names.contains(&c.as_str()));
    let needed = |names: &[&str]| {
        place(names).ok_or_else(|| NoTable {
            found: format!("its header has no column `{}`", names.join("` or `")),
        })
    };
    let coded = place(&["cameo code"]).is_some();
    let layout = if coded && place(&["event date"]).is_some() {
        Layout::Icews
    } else if place(&["event type"]).is_some() && place(&["recipient name"]).is_some() {
        Layout::Polecat
    } else {
        Layout::Plain
    };
    Ok(Columns {
        layout,
        header: true,
        count: cells.len(),
        delimiter,
        date: needed(&["date", "event date"])?,
        published: place(&["published", "publication date"]),
        source: needed(&["source name", "actor name", "source"])?,
        source_country: place(&["source country", "actor country"]),
        target: needed(&["target name", "recipient name", "target"])?,
        target_country: place(&["target country", "recipient country"]),
        code: needed(&["cameo code", "code", "event type", "type"])?,
        mode: place(&["event mode", "mode"]),
        // The text of ICEWS is the name of the code.
        text: (layout == Layout::Plain)
            .then(|| place(&["text"]))
            .flatten(),
        publisher: match layout {
            Layout::Polecat => place(&["source"]),
            _ => place(&["publisher"]),
        },
        story: match layout {
            Layout::Polecat => place(&["story id"]),
            _ => place(&["story id", "story", "url"]),
        },
        sentence: place(&["sentence number"]),
    })
}

/// The columns of GDELT, which has no header. Version 2.0 has three more, one for each place.
fn gdelt(layout: Layout, count: usize) -> Columns {
    let two = usize::from(layout == Layout::Gdelt2) * 3;
    let address = 57 + two;
    Columns {
        layout,
        header: false,
        count,
        delimiter: b'\t',
        date: 1,
        published: Some(56 + two),
        source: 6,
        source_country: Some(7),
        target: 16,
        target_country: Some(17),
        code: 26,
        mode: None,
        text: None,
        publisher: None,
        story: (address < count).then_some(address),
        sentence: None,
    }
}

/// A cell as text, without spaces at its ends; what is not UTF-8 is shown by a sign.
pub(super) fn text_of(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim().to_owned()
}
