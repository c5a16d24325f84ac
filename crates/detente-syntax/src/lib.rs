//! The language that a negotiation is written in: text to a lossless tree, the tree to a
//! [`ast::Document`], and back to text.
//!
//! This crate knows how a negotiation is *spelled*, not what it means: names are not resolved here
//! and no state is ever built. Reading never fails and never panics: [`parse`] returns a tree that
//! reproduces its input byte for byte, the document that could be made out, and every diagnostic at
//! once.
#![doc(html_no_source)]

pub mod ast;
pub mod codes;
pub mod diagnostic;
mod format;
mod highlight;
mod kind;
mod lexer;
mod lower;
mod parse;
mod parser;
mod print;
mod words;

pub use diagnostic::{CodeDoc, Diagnostic, Label, Severity, Span};
pub use format::format;
pub use highlight::{TokenClass, highlight};
pub use kind::{Detente, SyntaxElement, SyntaxKind, SyntaxNode, SyntaxToken};
pub use lexer::{RESERVED, is_name};
pub use parse::{Parse, parse, parse_formula};
pub use print::{is_writable, print, print_change};
pub use words::nearest;

/// A text in double quotes, with `"`, `\` and line ends escaped, as the language writes it.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
