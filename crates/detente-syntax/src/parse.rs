//! Reading a text.

use rowan::GreenNode;

use crate::ast::{Document, Formula};
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxNode;
use crate::{lower, parser};

/// What was read from a text.
#[derive(Debug, Clone)]
pub struct Parse {
    green: GreenNode,
    /// What the text says, as far as it could be read.
    pub document: Document,
    /// What is wrong with it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parse {
    /// The lossless tree: its tokens concatenate to the text.
    pub fn tree(&self) -> SyntaxNode {
        SyntaxNode::new_root(self.green.clone())
    }

    /// Whether the text has errors.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads a negotiation. Never fails: what cannot be read is in the tree as an error node and is
/// reported; all other elements are in the document.
pub fn parse(text: &str) -> Parse {
    let (green, mut diagnostics) = parser::parse_document(text);
    let tree = SyntaxNode::new_root(green.clone());
    let document = lower::document(&tree, &mut diagnostics);
    diagnostics.sort_by_key(|d| d.primary.as_ref().map(|label| label.span));
    Parse {
        green,
        document,
        diagnostics,
    }
}

/// Reads one formula, such as `not US.relief unless DPRK.yongbyon`.
///
/// # Errors
///
/// The first thing that is wrong with the text.
pub fn parse_formula(text: &str) -> Result<Formula, Diagnostic> {
    let (green, diagnostics) = parser::parse_formula(text);
    if let Some(first) = diagnostics.into_iter().next() {
        return Err(first);
    }
    let tree = SyntaxNode::new_root(green);
    lower::only_formula(&tree).ok_or_else(|| Diagnostic::error("E0020", "a formula is expected"))
}
