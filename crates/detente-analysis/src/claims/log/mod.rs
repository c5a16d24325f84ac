//! A log of forecasts that can only grow, and whose entries are sealed.
//!
//! The log is plain text, one JSON object a line. Each entry has a number, its time, the seal of the entry
//! before, and its own seal, the SHA-256 of the bytes of its line before `,"seal":`. So a change of any byte is found
//! and its line named. Lines taken away from the end leave a shorter log that is sealed too: who wants to find that
//! keeps the last seal somewhere else.
//!
//! A line without its end was never accepted: it is torn, and is not read. Nothing is ever taken out of the file.
//! The next entry marks them with ` (torn)`, goes to a line of its own and says, under its seal, how many bytes before it are torn and what their
//! SHA-256 is, so that torn bytes stay in view and cannot be changed either.

mod entry;
mod read;

pub use entry::{Entry, ForecastEntry, GradeEntry, OutcomeEntry, Torn, What};
pub use read::{Defect, Fault, Log, Tail, read};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use self::entry::Body;

/// What a log is: the form of its entries.
pub const FORM: &str = "detente-forecasts/1";

/// What is written after torn bytes, so that a whole line that only lacked its end never becomes an entry.
const TORN: &[u8] = b" (torn)";

/// What stands for the seal of the entry before the first.
pub const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Why no bytes could be made.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The log has defects, so that nothing may be added.
    #[error("the log is damaged")]
    Damaged,
    /// An entry has no JSON form.
    #[error("an entry cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// The bytes that add entries to a log, to be written at its end in one piece. They begin a log that is
/// empty, and mark a torn end. No entries: no bytes.
pub fn append(log: &Log, at: Timestamp, entries: Vec<What>) -> Result<Vec<u8>, AppendError> {
    if !log.defects.is_empty() {
        return Err(AppendError::Damaged);
    }
    let mut bytes = Vec::new();
    if entries.is_empty() {
        return Ok(bytes);
    }
    let mut torn = None;
    if let Some(tail) = &log.tail {
        torn = Some(tail.torn.clone());
        if !tail.ended {
            bytes.extend_from_slice(TORN);
            bytes.push(b'\n');
        }
    }
    let begin = log.entries.is_empty().then(|| What::Begin(FORM.to_owned()));
    let mut before = log.head().to_owned();
    let first = log.entries.len() as u64 + 1;
    for (number, what) in (first..).zip(begin.into_iter().chain(entries)) {
        let body = Body {
            n: number,
            at,
            torn: torn.take(),
            what,
            before,
        };
        let mut line = serde_json::to_string(&body)?;
        line.pop();
        before = digest(line.as_bytes());
        bytes.extend_from_slice(line.as_bytes());
        bytes.extend_from_slice(format!(",\"seal\":\"{before}\"}}\n").as_bytes());
    }
    Ok(bytes)
}

/// SHA-256 in lower-case hexadecimal digits.
fn digest(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}
