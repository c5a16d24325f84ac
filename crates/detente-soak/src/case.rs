//! A negotiation under examination: its text, and what the text means.

use detente_model::{Model, resolve};
use detente_syntax::ast::Document;
use detente_syntax::{Diagnostic, parse, print};

use crate::literal::{Reading, Unread};

/// A negotiation that went through parser and resolution like any file.
#[derive(Debug, Clone)]
pub struct Case {
    /// The text.
    pub text: String,
    /// What was read from the text.
    pub document: Document,
    /// What it means.
    pub model: Model,
}

/// Why a text is no case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Parser or resolution report an error; the first message.
    #[error("{0}")]
    Refused(String),
    /// The text written from a document says something else than the document.
    #[error("the text says something else than the document")]
    Changed,
    /// It says nothing that can be examined.
    #[error(transparent)]
    Unread(#[from] Unread),
}

impl Case {
    /// Reads a text; warnings do not matter.
    ///
    /// # Errors
    ///
    /// Repeats the first error of the parser or of the resolution.
    pub fn read(text: String) -> Result<Self, Unfit> {
        let read = parse(&text);
        let resolved = resolve(&read.document);
        let mut all = read.diagnostics.iter().chain(&resolved.diagnostics);
        let error = all.find(|d: &&Diagnostic| d.is_error());
        match (error, resolved.model) {
            (None, Some(model)) => Ok(Self {
                text,
                document: read.document,
                model,
            }),
            (Some(error), _) => Err(Unfit::Refused(error.message.clone())),
            (None, None) => Err(Unfit::Refused("there is no model".to_owned())),
        }
    }

    /// Writes a document down and reads the text, and makes sure that the model can be read word for
    /// word.
    ///
    /// # Errors
    ///
    /// Refuses documents with errors, without a feasible state, with a status quo that is not
    /// feasible, with a ranking that leaves states out, and models that are too large.
    pub fn write(document: &Document) -> Result<Self, Unfit> {
        let case = Self::read(print(document))?;
        Reading::new(&case.model)?;
        Ok(case)
    }
}
