//! The language that a negotiation is written in: text to a lossless tree, the tree to a
//! [`ast::Document`], and back to text.
//!
//! This crate knows how a negotiation is *spelled*, not what it means: names are not resolved here
//! and no state is ever built. Reading never fails and never panics: [`parse`] returns a tree that
//! reproduces its input byte for byte, the document that could be made out, and every diagnostic at
//! once.
#![doc(html_no_source)]

pub mod ast;
pub mod diagnostic;
mod lexer;

pub use diagnostic::{CodeDoc, Diagnostic, Label, Severity, Span};

/// A text in double quotes, with `"` and `\` escaped.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// stub
pub fn parse_formula(_: &str) -> Result<ast::Formula, Diagnostic> {
    Err(Diagnostic::error("E0000", "stub"))
}
