//! Bargaining scenarios of other tools: GENIUS, GeniusWeb, NegMAS and NegoLog in, GENIUS out.
//!
//! A scenario is a set of files: a domain, which lists the issues and their levels, and a profile for each party,
//! which says what packages are worth to it. [`import`] finds out which form the files have and which of them is
//! the domain.
//!
//! What the same file means differs between tools. [`Evaluations`] chooses; all numbers are exact, and none
//! passes through a float. Names are made valid and unique; the file's own stay as titles.

mod boxes;
mod build;
pub mod codes;
mod evaluator;
mod export;
mod genius;
mod geniusweb;
mod kinds;
mod negmas;
mod negmas_functions;
mod negolog;
mod number;
mod parties;
mod raw;
mod reader;
mod text;
mod tree;
mod written;
mod xml;

use detente_syntax::Diagnostic;
use detente_syntax::ast::Document;

pub use codes::CODES;
pub use export::{Exported, export};

use reader::Reader;

/// A file of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioFile {
    /// How it is called, with or without its folder. Parties are named after their files.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What the numbers of a GENIUS profile mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Evaluations {
    /// Weight times evaluation as they stand, sums of boxes as they stand: what NegMAS reads.
    #[default]
    Raw,
    /// As GENIUS computes: an issue's evaluations divided by the greatest, linear evaluators of whole numbers
    /// shifted to the lower bound and kept between 0 and 1, sums of boxes divided by `maxutility`.
    Genius,
}

/// How a scenario is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What the numbers of GENIUS profiles mean.
    pub evaluations: Evaluations,
    /// Into how many equal steps an issue with real numbers is cut: 1 to 65,535.
    pub steps: u32,
    /// Which profiles are ratifiers of which parties: the ratifier, then the party.
    pub ratifiers: Vec<(String, String)>,
    /// What the negotiation is called when no file says it.
    pub name: Option<String>,
    /// Whether the files were named one by one, so that none of them may be left out.
    pub named: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            evaluations: Evaluations::Raw,
            steps: 10,
            ratifiers: Vec::new(),
            name: None,
            named: false,
        }
    }
}

/// A document, and what there is to say of how it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The negotiation. Places in it mean nothing: it comes from several files.
    pub document: Document,
    /// What was left out, repaired or read in one of several ways.
    pub notes: Vec<Remark>,
}

/// Something to say of one of the files, or of all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Which file, as a place in the list of files; `None` for all of them together.
    pub file: Option<usize>,
    /// What there is to say, with a place in the file's [`text`].
    pub diagnostic: Diagnostic,
}

/// Reads a scenario from its files. Which is the domain and which form they have is recognised; of a folder, what
/// is no part of a scenario is left out with a note.
///
/// # Errors
///
/// Everything that is wrong with the files; see [`codes`].
pub fn import(files: &[ScenarioFile], options: &Options) -> Result<Imported, Vec<Remark>> {
    let mut reader = Reader::new(options);
    let document = kinds::recognise(files, &mut reader)
        .and_then(|found| kinds::read(&found, &mut reader))
        .and_then(|(domain, profiles)| build::document(&domain, &profiles, files, &mut reader));
    match document {
        Some(document) if reader.problems.is_empty() => Ok(Imported {
            document,
            notes: reader.notes,
        }),
        _ => Err(reader.problems),
    }
}

/// The text of a file, in which the places of remarks are counted. Bytes that are no UTF-8 text are decoded as the
/// file says, else as Windows-1252; a byte-order mark is left out.
pub fn text(bytes: &[u8]) -> String {
    text::decode(bytes).text
}

/// What a file is in a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It lists the issues.
    Domain,
    /// It says what packages are worth to somebody.
    Profile,
}

/// Which part of a scenario a file is; `None` when it is none, or cannot be read.
pub fn part(bytes: &[u8]) -> Option<Part> {
    kinds::part(&text(bytes))
}

/// The beginning of a text of a file, for a message.
pub(crate) use crate::gmcr::read::shorten;
