//! Reading a log, and finding what is wrong with it.

use serde::de::IgnoredAny;

use super::entry::{Body, Entry, Torn, What};
use super::{FORM, NOTHING_BEFORE, TORN, digest};

/// How the seal begins in a line.
const SEAL: &[u8] = b",\"seal\":\"";

/// How every log begins, whole or torn.
const START: &[u8] = b"{\"n\":1,\"at\":\"";

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It ends without a seal, or its seal is not that of its bytes.
    Seal,
    /// It is sealed, and does not say what an entry says.
    Form(String),
    /// Its number is another than the one that follows.
    Number {
        /// Which number it has.
        found: u64,
        /// Which it should have.
        expected: u64,
    },
    /// It does not follow the entry before it: lines have been taken away, added or exchanged.
    Chain,
    /// What it says of torn bytes before it is not so.
    Torn,
    /// The first entry does not begin a log, or another one does.
    Begin,
    /// The file is no log of forecasts.
    Foreign,
}

/// Something wrong with a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// In which line, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// The end of a log, if it is torn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tail {
    /// In which line it begins.
    pub line: usize,
    /// How many bytes there are, marked as torn, and their hash.
    pub torn: Torn,
    /// Whether the last of its lines has an end.
    pub ended: bool,
}

/// A log that has been read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Log {
    /// What is well sealed and in its place, in order.
    pub entries: Vec<Entry>,
    /// What is wrong, in the order of lines.
    pub defects: Vec<Defect>,
    /// The torn end, which is not read.
    pub tail: Option<Tail>,
}

impl Log {
    /// The seal of the last entry: what is to be kept elsewhere so that a shortened log is found.
    pub fn head(&self) -> &str {
        self.entries.last().map_or(NOTHING_BEFORE, |e| &e.seal)
    }

    /// Whether it is no log at all, but some other file.
    pub fn is_foreign(&self) -> bool {
        self.defects.iter().any(|d| d.fault == Fault::Foreign)
    }
}

/// Reads the bytes of a log. An empty file is a log that has not begun. Defects do not end the reading.
pub fn read(bytes: &[u8]) -> Log {
    let mut reader = Reader {
        bytes,
        log: Log::default(),
        unread: None,
        chain: Some((1, NOTHING_BEFORE.to_owned())),
    };
    let mut start = 0;
    let mut line = 0;
    while start < bytes.len() {
        line += 1;
        let rest = bytes.get(start..).unwrap_or_default();
        let Some(length) = rest.iter().position(|b| *b == b'\n') else {
            reader.unread.get_or_insert((start, line, Fault::Seal));
            break;
        };
        match decode(rest.get(..length).unwrap_or_default()) {
            Ok((body, seal)) => reader.entry(line, start, body, seal),
            Err(fault) => {
                reader.unread.get_or_insert((start, line, fault));
            }
        }
        start += length + 1;
    }
    reader.end();
    reader.log
}

struct Reader<'a> {
    bytes: &'a [u8],
    log: Log,
    /// Where bytes begin that have not been read: their place, their line, and why.
    unread: Option<(usize, usize, Fault)>,
    /// The number and the seal before that the next entry should have; unknown after a defect.
    chain: Option<(u64, String)>,
}

impl Reader<'_> {
    fn defect(&mut self, line: usize, fault: Fault) {
        self.log.defects.push(Defect { line, fault });
    }

    fn entry(&mut self, line: usize, start: usize, body: Body, seal: String) {
        let before = self.log.defects.len();
        if let Some((from, first, why)) = self.unread.take() {
            let unread = self.bytes.get(from..start.saturating_sub(1));
            if body.torn != unread.map(torn) {
                // Whether the bytes before are wrong or what is said of them, they are where to look.
                let fault = if body.torn.is_some() {
                    Fault::Torn
                } else {
                    why
                };
                self.defect(first, fault);
                self.chain = None;
            }
        } else if body.torn.is_some() {
            self.defect(line, Fault::Torn);
        }
        let begins = matches!(&body.what, What::Begin(form) if form == FORM);
        match self.chain.take() {
            Some((_, expected)) if body.before != expected => self.defect(line, Fault::Chain),
            Some((expected, _)) if body.n != expected => {
                let found = body.n;
                self.defect(line, Fault::Number { found, expected });
            }
            Some((expected, _)) if begins != (expected == 1) => self.defect(line, Fault::Begin),
            _ => {}
        }
        self.chain = Some((body.n.saturating_add(1), seal.clone()));
        if self.log.defects.len() == before {
            self.log.entries.push(Entry {
                number: body.n,
                line,
                at: body.at,
                torn: body.torn,
                what: body.what,
                seal,
            });
        }
    }

    fn end(&mut self) {
        let Some((from, first, _)) = self.unread else {
            return;
        };
        let rest = self.bytes.get(from..).unwrap_or_default();
        if from == 0 && self.log.entries.is_empty() && !looks_begun(rest) {
            self.defect(first, Fault::Foreign);
            return;
        }
        let ended = rest.ends_with(b"\n");
        let whole = if ended { rest.len() - 1 } else { rest.len() };
        let rest = rest.get(..whole).unwrap_or_default();
        let lines: Vec<&[u8]> = rest.split(|b| *b == b'\n').collect();
        // Of a line that was torn there is only the beginning; what is whole and wrong has been changed.
        let with_end = if ended {
            lines.len()
        } else {
            lines.len().saturating_sub(1)
        };
        for (place, line) in lines.iter().take(with_end).enumerate() {
            if !is_beginning(line) {
                let fault = decode(line).err().unwrap_or(Fault::Seal);
                self.defect(first + place, fault);
            }
        }
        if self.log.defects.is_empty() {
            let mut marked = rest.to_vec();
            if !ended {
                marked.extend_from_slice(TORN);
            }
            self.log.tail = Some(Tail {
                line: first,
                torn: torn(&marked),
                ended,
            });
        }
    }
}

fn torn(bytes: &[u8]) -> Torn {
    Torn {
        bytes: bytes.len() as u64,
        sha256: digest(bytes),
    }
}

/// Whether bytes are the beginning of a log, or as much of it as was written before it was torn.
fn looks_begun(bytes: &[u8]) -> bool {
    let common = bytes.iter().zip(START).take_while(|(a, b)| a == b).count();
    let rest = bytes.get(common..).unwrap_or_default();
    let marked = rest.starts_with(TORN.get(..2).unwrap_or_default()) || TORN.starts_with(rest);
    common == START.len() || (common > 0 && marked)
}

/// Whether a line is marked as torn, or is the beginning of an object of which the rest is missing.
fn is_beginning(line: &[u8]) -> bool {
    line.ends_with(TORN) || serde_json::from_slice::<IgnoredAny>(line).is_err_and(|e| e.is_eof())
}

fn decode(line: &[u8]) -> Result<(Body, String), Fault> {
    let length = line
        .len()
        .checked_sub(SEAL.len() + 64 + 2)
        .ok_or(Fault::Seal)?;
    let (sealed, rest) = line.split_at(length);
    let seal = rest.strip_prefix(SEAL).and_then(|r| r.strip_suffix(b"\"}"));
    let seal = seal
        .and_then(|s| std::str::from_utf8(s).ok())
        .ok_or(Fault::Seal)?;
    if digest(sealed) != seal {
        return Err(Fault::Seal);
    }
    let mut object = sealed.to_vec();
    object.push(b'}');
    match serde_json::from_slice::<Body>(&object) {
        Ok(body) => Ok((body, seal.to_owned())),
        Err(error) => Err(Fault::Form(error.to_string())),
    }
}
