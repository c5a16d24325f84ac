//! The lossless tree to the document. What could not be read is left out; the parser has reported
//! it.

mod bargain;
mod calendar;
mod claims;
mod formula;
mod items;
mod party;
mod record;
mod terms;
mod variant;
mod view;

use crate::ast::{Citation, Document, Formula, Name, Place, Ref};
use crate::diagnostic::{Diagnostic, Span};
use crate::kind::{SyntaxKind, SyntaxNode, SyntaxToken};
use crate::lexer::unquote;

/// Collects what is wrong with what the text says, though it can be read.
pub(crate) struct Lower<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
}

/// The document that a tree says.
pub(crate) fn document(tree: &SyntaxNode, diagnostics: &mut Vec<Diagnostic>) -> Document {
    Lower { diagnostics }.document(tree)
}

/// The formula of a tree that is nothing else.
pub(crate) fn only_formula(tree: &SyntaxNode) -> Option<Formula> {
    formula::formula_in(tree)
}

pub(crate) fn span_of(node: &SyntaxNode) -> Span {
    let range = node.text_range();
    Span::new(range.start().into(), range.end().into())
}

pub(crate) fn token_span(token: &SyntaxToken) -> Span {
    let range = token.text_range();
    Span::new(range.start().into(), range.end().into())
}

fn place(node: &SyntaxNode) -> Place {
    Place(span_of(node))
}

fn child(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxNode> {
    children(node, kind).next()
}

fn children(node: &SyntaxNode, kind: SyntaxKind) -> impl Iterator<Item = SyntaxNode> {
    node.children().filter(move |c| c.kind() == kind)
}

/// The tokens directly in a node.
fn tokens(node: &SyntaxNode) -> impl Iterator<Item = SyntaxToken> {
    node.children_with_tokens()
        .filter_map(rowan::NodeOrToken::into_token)
}

fn token(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxToken> {
    tokens(node).find(|t| t.kind() == kind)
}

/// The keywords directly in a node, in small letters.
fn keywords(node: &SyntaxNode) -> Vec<String> {
    tokens(node)
        .filter(|t| t.kind() == SyntaxKind::Keyword)
        .map(|t| t.text().to_ascii_lowercase())
        .collect()
}

fn has_keyword(node: &SyntaxNode, word: &str) -> bool {
    tokens(node).any(|t| t.kind() == SyntaxKind::Keyword && t.text().eq_ignore_ascii_case(word))
}

/// The text in quotes directly in a node.
fn text(node: &SyntaxNode) -> Option<String> {
    token(node, SyntaxKind::String).map(|t| unquote(t.text()))
}

/// The tokens of a node without white space and comments.
fn plain(node: &SyntaxNode) -> String {
    let tokens = tokens(node).filter(|t| !t.kind().is_trivia());
    tokens.map(|t| t.text().to_owned()).collect()
}

/// What a name node says.
fn as_name(node: &SyntaxNode) -> Name {
    Name {
        text: plain(node),
        place: place(node),
    }
}

/// The first name directly in a node.
fn name(node: &SyntaxNode) -> Option<Name> {
    child(node, SyntaxKind::Name).map(|n| as_name(&n))
}

fn names(node: &SyntaxNode) -> Vec<Name> {
    children(node, SyntaxKind::Name)
        .map(|n| as_name(&n))
        .collect()
}

/// What a reference node says.
fn as_reference(node: &SyntaxNode) -> Option<Ref> {
    let mut parts = names(node).into_iter();
    let first = parts.next()?;
    match parts.next() {
        Some(name) => Some(Ref {
            party: Some(first),
            name,
        }),
        None if token(node, SyntaxKind::Dot).is_some() => None,
        None => Some(Ref {
            party: None,
            name: first,
        }),
    }
}

fn reference(node: &SyntaxNode) -> Option<Ref> {
    child(node, SyntaxKind::Ref).and_then(|r| as_reference(&r))
}

/// The head of an element: its keyword, name and title.
fn head(node: &SyntaxNode) -> Place {
    let title = token(node, SyntaxKind::String).map(|t| token_span(&t));
    let named = child(node, SyntaxKind::Name).map(|n| span_of(&n));
    let whole = span_of(node);
    Place(Span::new(
        whole.start,
        title.or(named).map_or(whole.end, |s| s.end),
    ))
}

/// The text of a node with white space between tokens as one blank, and without comments.
pub(crate) fn plain_text(node: &SyntaxNode) -> String {
    let mut out = String::new();
    let mut gap = false;
    for token in node
        .descendants_with_tokens()
        .filter_map(rowan::NodeOrToken::into_token)
    {
        if token.kind().is_trivia() {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        out.push_str(token.text());
    }
    out
}

/// The citations directly in a node.
fn citations(node: &SyntaxNode) -> Vec<Citation> {
    let mut out = Vec::new();
    for cites in children(node, SyntaxKind::Cites) {
        let mut source: Option<Name> = None;
        for entry in children(&cites, SyntaxKind::Cite) {
            let named = name(&entry);
            if named.is_some() {
                source.clone_from(&named);
            }
            let Some(source) = source.clone() else {
                continue;
            };
            out.push(Citation {
                source,
                locator: child(&entry, SyntaxKind::Locator).map(|l| plain_text(&l)),
                quote: text(&entry),
                place: place(&entry),
            });
        }
    }
    out
}
