//! Renderers: one file for each format that a [`Document`] can be written in.

mod columns;
pub mod csv;
pub mod html;
mod json;
mod labels;
mod latex;
mod markdown;
mod parquet;
mod pdf;
pub mod png;
mod tables;
pub mod text;
mod typst;
mod xlsx;

use sha2::{Digest, Sha256};

pub(crate) use self::labels::visible_lines;
pub use self::tables::tables;
use crate::document::{Block, Document, Figure, Findings, all_blocks};
use crate::style::Look;

/// What is rendered.
#[derive(Debug, Clone, Copy)]
pub struct Rendered<'a> {
    /// The document.
    pub document: &'a Document,
    /// The findings that it is a view of.
    pub findings: &'a dyn Findings,
    /// How text is laid out in a terminal.
    pub look: Look,
    /// The name of the file without folder and ending, when it is written to one: formats that cannot hold pictures
    /// refer to files beside it then ([`beside`]). Otherwise they say their pictures in words.
    pub stem: Option<&'a str>,
}

/// A file that a format refers to: a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Its name; it belongs into the folder of the document.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Makes the files that a document refers to, with names that begin with a stem.
pub type MakesBeside = fn(&Rendered<'_>, &str) -> Result<Vec<Beside>, Unrendered>;

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
    /// Makes the files that it refers to: pictures, for formats that cannot hold them.
    pub beside: Option<MakesBeside>,
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

const FORMATS: &[Format] = &[
    Format {
        name: "text",
        endings: &["txt"],
        says: "text for a terminal",
        binary: false,
        render: |r| Ok(text::page(r.document, r.look).into_bytes()),
        beside: None,
    },
    Format {
        name: "html",
        endings: &["html", "htm"],
        says: "one page for a browser, to read on any screen and to print",
        binary: false,
        render: |r| Ok(html::page_from(r.document, r.findings).into_bytes()),
        beside: None,
    },
    Format {
        name: "markdown",
        endings: &["md", "markdown"],
        says: "Markdown as code hosts show it, with its pictures as SVG files beside it",
        binary: false,
        render: |r| Ok(markdown::page(r).into_bytes()),
        beside: Some(|r, stem| Ok(markdown::beside(r, stem))),
    },
    Format {
        name: "latex",
        endings: &["tex"],
        says: "LaTeX source for any engine, with its pictures as files beside it",
        binary: false,
        render: |r| Ok(latex::source(r).into_bytes()),
        beside: Some(latex::beside),
    },
    Format {
        name: "typst",
        endings: &["typ"],
        says: "Typst source with its pictures in it",
        binary: false,
        render: |r| Ok(typst::source(r.document).into_bytes()),
        beside: None,
    },
    Format {
        name: "pdf",
        endings: &["pdf"],
        says: "a PDF to print or send (feature `pdf`)",
        binary: true,
        render: pdf::render,
        beside: None,
    },
    Format {
        name: "csv",
        endings: &["csv"],
        says: "all tables as one, a line for each cell",
        binary: false,
        render: |r| Ok(csv::long(r.document, r.findings).into_bytes()),
        beside: None,
    },
    Format {
        name: "xlsx",
        endings: &["xlsx"],
        says: "a workbook with a sheet for each table",
        binary: true,
        render: xlsx::render,
        beside: None,
    },
    Format {
        name: "json",
        endings: &["json"],
        says: "the findings, whole",
        binary: false,
        render: json::render,
        beside: None,
    },
    Format {
        name: "parquet",
        endings: &["parquet"],
        says: "all tables as one file of Apache Parquet (feature `parquet`)",
        binary: true,
        render: parquet::render,
        beside: None,
    },
];

/// The files that a document refers to in a format: pictures, for those that cannot hold them. None without
/// [`Rendered::stem`].
pub fn beside(format: &Format, rendered: &Rendered<'_>) -> Result<Vec<Beside>, Unrendered> {
    match (format.beside, rendered.stem) {
        (Some(beside), Some(stem)) => beside(rendered, stem),
        _ => Ok(Vec::new()),
    }
}

/// All formats, in the order in which they are listed.
pub fn formats() -> &'static [Format] {
    FORMATS
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

/// All pictures of a document in their order, those within entries too.
pub fn figures(document: &Document) -> Vec<&Figure> {
    let blocks = all_blocks(&document.sections).into_iter();
    let figures = blocks.filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    });
    figures.collect()
}

/// The name of a picture's file beside a document: letters and digits of ASCII, so that every program finds it. Where
/// the document's own name has others, a digest of it stands for them, so that two such documents share no picture.
fn beside_name(stem: &str, id: &str, ending: &str) -> String {
    let mut plain = labels::anchor(stem);
    if !stem.is_ascii() {
        let digest = Sha256::digest(stem);
        plain.push('-');
        plain.extend(digest.iter().take(4).map(|byte| format!("{byte:02x}")));
    }
    format!("{plain}-{}.{ending}", labels::anchor(id))
}
