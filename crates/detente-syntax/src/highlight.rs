//! What each part of a text is, for terminals and editors.

use rowan::NodeOrToken;

use crate::diagnostic::Span;
use crate::kind::{SyntaxKind, SyntaxNode};

/// What a part of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenClass {
    /// A word of the language where it is used as such.
    Keyword,
    /// A name.
    Name,
    /// A text in quotes.
    String,
    /// A number or a date.
    Number,
    /// A comment.
    Comment,
    /// Anything within a citation but its quotation.
    Citation,
    /// Signs: brackets, commas, comparisons.
    Operator,
}

/// The parts of a text that are worth a colour, in order. White space is left out, as is what could
/// not be read.
pub fn highlight(text: &str) -> Vec<(Span, TokenClass)> {
    let tree: SyntaxNode = crate::parse(text).tree();
    let mut out = Vec::new();
    // Square brackets that are open: one that is never closed has no node of its own.
    let mut brackets = 0_usize;
    for token in tree
        .descendants_with_tokens()
        .filter_map(NodeOrToken::into_token)
    {
        let kind = token.kind();
        match kind {
            SyntaxKind::LBracket => brackets += 1,
            SyntaxKind::Newline if !in_citation(token.parent().as_ref()) => brackets = 0,
            _ => {}
        }
        let class = match kind {
            SyntaxKind::Comment => Some(TokenClass::Comment),
            SyntaxKind::String => Some(TokenClass::String),
            _ if kind.is_trivia() => None,
            _ if brackets > 0 => Some(TokenClass::Citation),
            SyntaxKind::Keyword => Some(TokenClass::Keyword),
            SyntaxKind::Ident => Some(TokenClass::Name),
            SyntaxKind::Number | SyntaxKind::Date => Some(TokenClass::Number),
            SyntaxKind::Other => None,
            _ => Some(TokenClass::Operator),
        };
        if kind == SyntaxKind::RBracket {
            brackets = brackets.saturating_sub(1);
        }
        if let Some(class) = class {
            out.push((crate::lower::token_span(&token), class));
        }
    }
    out
}

fn in_citation(node: Option<&SyntaxNode>) -> bool {
    node.is_some_and(|n| {
        matches!(
            n.kind(),
            SyntaxKind::Cites | SyntaxKind::Cite | SyntaxKind::Locator
        )
    })
}
