//! An item as a row of pieces: words, citations, blocks, line breaks and comments.

use rowan::{NodeOrToken, WalkEvent};

use crate::kind::{SyntaxKind, SyntaxNode};
use crate::lower::plain_text;

#[derive(Debug)]
pub(super) enum Piece {
    /// A token; `glued` when no blank stands before it.
    Token {
        text: String,
        glued: bool,
    },
    /// One bracket of citations on one line, with the comments that stand in it; `trailing` when
    /// nothing else follows on the line.
    Cites {
        text: String,
        trailing: bool,
        comments: Vec<String>,
    },
    Block(SyntaxNode),
    Newline,
    Comment(String),
}

/// The pieces of an item.
pub(super) fn pieces(node: &SyntaxNode) -> Vec<Piece> {
    let mut out = Vec::new();
    collect(node, false, &mut out);
    mark_trailing(&mut out);
    out
}

/// The pieces between the braces of a block.
pub(super) fn pieces_in(block: &SyntaxNode) -> Vec<Piece> {
    let mut out = Vec::new();
    collect(block, true, &mut out);
    out
}

fn collect(node: &SyntaxNode, inside: bool, out: &mut Vec<Piece>) {
    let mut before: Option<SyntaxKind> = None;
    let mut walk = node.preorder_with_tokens();
    while let Some(event) = walk.next() {
        let WalkEvent::Enter(element) = event else {
            continue;
        };
        match element {
            NodeOrToken::Node(n) if n == *node => {}
            NodeOrToken::Node(n) => match n.kind() {
                SyntaxKind::Block => {
                    out.push(Piece::Block(n));
                    walk.skip_subtree();
                }
                SyntaxKind::Cites => {
                    let comments = comments(&n);
                    out.push(Piece::Cites {
                        text: cites(&n),
                        trailing: false,
                        comments,
                    });
                    before = Some(SyntaxKind::RBracket);
                    walk.skip_subtree();
                }
                _ => {}
            },
            NodeOrToken::Token(token) => {
                let kind = token.kind();
                match kind {
                    SyntaxKind::Whitespace => {}
                    SyntaxKind::Newline => out.push(Piece::Newline),
                    SyntaxKind::Comment => out.push(Piece::Comment(token.text().to_owned())),
                    SyntaxKind::LBrace | SyntaxKind::RBrace if inside => {}
                    _ => {
                        let glued = before.is_none_or(|before| tight(before, kind));
                        out.push(Piece::Token {
                            text: token.text().to_owned(),
                            glued,
                        });
                        before = Some(kind);
                    }
                }
            }
        }
    }
}

/// Whether no blank stands between two tokens.
fn tight(before: SyntaxKind, after: SyntaxKind) -> bool {
    use SyntaxKind as K;
    matches!(before, K::LParen | K::Dot | K::Minus)
        || matches!(after, K::RParen | K::Comma | K::Colon | K::Dot | K::Semi)
}

fn mark_trailing(pieces: &mut [Piece]) {
    let mut last = true;
    for piece in pieces.iter_mut().rev() {
        match piece {
            Piece::Newline => last = true,
            Piece::Comment(_) => {}
            Piece::Cites { trailing, .. } => *trailing = last,
            Piece::Token { .. } | Piece::Block(_) => last = false,
        }
    }
}

/// One bracket of citations.
fn cites(node: &SyntaxNode) -> String {
    let entries: Vec<String> = node
        .children()
        .map(|entry| {
            let parts: Vec<String> = entry
                .children_with_tokens()
                .filter_map(|part| match part {
                    NodeOrToken::Node(node) => Some(plain_text(&node)),
                    NodeOrToken::Token(token) if token.kind().is_trivia() => None,
                    NodeOrToken::Token(token) => Some(token.text().to_owned()),
                })
                .collect();
            parts.join(" ")
        })
        .collect();
    format!("[{}]", entries.join(", "))
}

fn comments(node: &SyntaxNode) -> Vec<String> {
    node.descendants_with_tokens()
        .filter(|e| e.kind() == SyntaxKind::Comment)
        .filter_map(NodeOrToken::into_token)
        .map(|t| t.text().to_owned())
        .collect()
}
