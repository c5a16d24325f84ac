//! Tables of events that machines have coded from news, read as candidates for the calendar.
//!
//! A row of such a table says that a story was understood as "somebody did something to somebody". Coders err: a
//! story about an anniversary becomes an event of its own day, one visit becomes ten events. So nothing that is
//! read here is a fact. It is a [`Candidate`]: duplicates are one candidate with all their reports, rows that may
//! speak of history say so, and an analyst accepts or drops each by its id.
//!
//! Read are the layouts of ICEWS, GDELT 1.0 and 2.0 and POLECAT, and a plain table with a header; see [`Layout`].

mod actor;
mod collect;
mod fragment;
mod history;
mod layout;
mod row;
mod words;

use std::fmt;

use jiff::civil::Date;

pub use actor::Actor;
pub use fragment::{calendar, candidates_text};
pub use history::Sign;
pub use layout::Layout;
pub use row::day;

/// What is asked of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Only events of this day and later.
    pub from: Option<Date>,
    /// Only events of this day and earlier.
    pub to: Option<Date>,
    /// Only events between these; with one of them, all in which it takes part; with none, all events.
    pub actors: Vec<Actor>,
}

/// An event that a table reports, to be accepted or dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The same for the same day, actors, kind of event and doubt about history in every table: a letter and ten
    /// digits.
    pub id: String,
    /// The day that the table gives it.
    pub date: Date,
    /// Who acts, in the first report with the most frequent code, as the table calls it.
    pub source: Side,
    /// Toward whom.
    pub target: Side,
    /// The codes of its reports, each once, in order.
    pub codes: Vec<String>,
    /// What kind of event it is in one word, as the calendar needs it.
    pub kind: &'static str,
    /// What the most frequent code means, the first among equals, in words.
    pub words: String,
    /// The sentence or the headline of the first report that has one.
    pub text: Option<String>,
    /// Who reports it, in the order of the table.
    pub reports: Vec<Report>,
    /// How many reports are neither the same sentence, story nor address as another: at most so many witnesses.
    pub witnesses: usize,
    /// Why it may be a reference to history rather than an event of its day. Rows with such a sign make a candidate of
    /// their own.
    pub signs: Vec<Sign>,
}

/// One side of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// As the table calls it.
    pub name: String,
    /// The country that the table puts it in, or its code.
    pub country: Option<String>,
    /// The party that it is, where the request says so.
    pub party: Option<String>,
}

impl Side {
    /// The party that it is, else the name in the table.
    pub fn display(&self) -> &str {
        self.party.as_deref().unwrap_or(&self.name)
    }
}

/// One row behind a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The line of the table, from 1.
    pub line: u64,
    /// Who published the story, if the table says it.
    pub publisher: Option<String>,
    /// What names the story: an address, or numbers of the story and the sentence.
    pub story: Option<String>,
    /// The code as the table has it.
    pub code: String,
}

/// A row that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// Its line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Whose layout it has.
    pub layout: Layout,
    /// How many rows it has, the header not counted.
    pub rows: u64,
    /// How many rows name only one side or none, and are left out.
    pub one_sided: u64,
    /// How many rows lie outside the days and actors that were asked for.
    pub outside: u64,
    /// The rows that could not be used.
    pub malformed: Vec<Malformed>,
    /// The candidates, by day, then by who acts toward whom, then by kind.
    pub candidates: Vec<Candidate>,
}

/// That something is no table of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoTable {
    /// What was found instead.
    pub found: String,
}

impl fmt::Display for NoTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "this is no table of events that can be read: {}",
            self.found
        )
    }
}

/// Reads a table. Rows that cannot be used are told and left out; the rest goes on.
///
/// # Errors
///
/// Says what was found when the layout is none of [`Layout`].
pub fn read(table: &[u8], request: &Request) -> Result<Found, NoTable> {
    let table = table.strip_prefix(b"\xef\xbb\xbf").unwrap_or(table);
    let columns = layout::detect(table)?;
    let mut found = Found {
        layout: columns.layout,
        rows: 0,
        one_sided: 0,
        outside: 0,
        malformed: Vec::new(),
        candidates: Vec::new(),
    };
    let mut collected = collect::Collected::default();
    let mut records = columns.reader(table);
    let mut record = csv::ByteRecord::new();
    let mut header = columns.header;
    loop {
        let line = records.position().line();
        match records.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                found.malformed.push(Malformed {
                    line,
                    reason: error.to_string(),
                });
                continue;
            }
        }
        if std::mem::take(&mut header) {
            continue;
        }
        let line = record.position().map_or(line, csv::Position::line);
        found.rows += 1;
        match row::read(&columns, &record, line) {
            Err(reason) => found.malformed.push(Malformed { line, reason }),
            Ok(None) => found.one_sided += 1,
            Ok(Some(mut row)) => {
                if row::asked_for(&mut row, request) {
                    collected.add(row);
                } else {
                    found.outside += 1;
                }
            }
        }
    }
    found.candidates = collected.candidates();
    Ok(found)
}
