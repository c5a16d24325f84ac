//! Certificates as text, and the fingerprint of a negotiation.

use std::io;

use detente_model::syntax::ast::Document;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use sha2::{Digest, Sha256};

use super::Certificate;

/// A text that is no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct ReadError {
    /// What is wrong.
    pub message: String,
    /// In which line, counted from 1; 0 when the text has none.
    pub line: usize,
    /// At which byte of the line, counted from 1; 0 means before the first.
    pub column: usize,
}

/// The fingerprint of a negotiation: the SHA-256 hash of its JSON form, as
/// [`detente_model::json::to_json`] writes it. For a negotiation with some variants' changes, give the
/// document that [`detente_model::variant::apply`] returns.
pub fn fingerprint(document: &Document) -> String {
    let hash = Sha256::digest(detente_model::json::to_json(document));
    let mut text = String::from("sha256:");
    for byte in hash {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// Reads a certificate. Whether what it claims is so, is for [`crate::verify`] to say.
///
/// # Errors
///
/// Text that is no JSON, that nests deeper than 128 levels, or that is not of the form.
pub fn from_json(text: &str) -> Result<Certificate, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let end = message.rfind(" at line ").unwrap_or(message.len());
        ReadError {
            message: message.get(..end).unwrap_or_default().to_owned(),
            line: error.line(),
            column: error.column(),
        }
    })
}

/// A certificate as JSON: one line for every state, closed set and verdict, and a final newline.
pub fn to_json(certificate: &Certificate) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Lines::default());
    // A certificate has only string keys and whole numbers; writing it into memory cannot fail.
    let _ = certificate.serialize(&mut serializer);
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

/// The outer two levels line by line, everything within on one line.
#[derive(Default)]
struct Lines {
    depth: usize,
    filled: bool,
}

impl Lines {
    fn open(&mut self) {
        self.depth += 1;
        self.filled = false;
    }

    fn item<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.filled = true;
        if !first {
            writer.write_all(b",")?;
        }
        if self.depth <= 2 {
            writer.write_all(b"\n")?;
            writer.write_all(if self.depth == 1 { b" " } else { b"  " })?;
        }
        Ok(())
    }

    fn close<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.filled && self.depth <= 2 {
            writer.write_all(if self.depth == 1 { b"\n" } else { b"\n " })?;
        }
        self.depth -= 1;
        self.filled = true;
        Ok(())
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open();
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer)?;
        writer.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.item(writer, first)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open();
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer)?;
        writer.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.item(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(if self.depth <= 2 { b": " } else { b":" })
    }
}
