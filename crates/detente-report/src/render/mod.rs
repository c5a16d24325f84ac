//! Renderers: one file for each format that a [`Document`](crate::document::Document) can be written in.

use serde_json::Value;

use crate::document::Document;
use crate::style::Look;

/// What is rendered.
#[derive(Debug, Clone, Copy)]
pub struct Rendered<'a> {
    /// The document.
    pub document: &'a Document,
    /// The findings that it is a view of.
    pub json: &'a Value,
    /// How text is laid out in a terminal.
    pub look: Look,
}

/// A format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name: what `--format` takes.
    pub name: &'static str,
    /// The endings of files by which it is recognised, the usual one first.
    pub endings: &'static [&'static str],
    /// What it is, in a line.
    pub says: &'static str,
    /// Whether it is no text, so that it is not printed on a terminal.
    pub binary: bool,
    /// Writes a document in it.
    pub render: fn(&Rendered<'_>) -> Result<Vec<u8>, Unrendered>,
}

/// Why a document cannot be written in a format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unrendered {
    /// The program was built without it.
    #[error("this build of detente cannot write {what}")]
    NotBuilt {
        /// The format.
        what: &'static str,
        /// What to do instead.
        hint: &'static str,
    },
    /// A library refused.
    #[error("{what} could not be written: {why}")]
    Refused {
        /// The format.
        what: &'static str,
        /// Why.
        why: String,
    },
}

/// All formats, in the order in which they are listed.
pub fn formats() -> &'static [Format] {
    &[]
}

/// The format of a name.
pub fn by_name(name: &str) -> Option<&'static Format> {
    formats().iter().find(|f| f.name == name)
}

/// The format that the ending of a file's name asks for, whatever its case.
pub fn by_ending(file: &str) -> Option<&'static Format> {
    let (_, ending) = file.rsplit_once('.')?;
    let asked = |f: &&Format| f.endings.iter().any(|e| e.eq_ignore_ascii_case(ending));
    formats().iter().find(asked)
}
