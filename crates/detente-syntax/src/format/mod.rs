//! One style for every text.
//!
//! An item stands on a line of its own, two blanks deeper than what it is in. The author's line
//! breaks within an item stay, as do comments and single blank lines. A block on one line stays on
//! one line if it fits.

mod lines;
mod pieces;

use crate::kind::{SyntaxKind, SyntaxNode};
use crate::parse::{Parse, parse};
use lines::{Line, WIDTH, render, width};
use pieces::{Piece, pieces, pieces_in};

/// The text in the one style of the language. A text with errors is handed back as it is.
///
/// Formatting twice is the same as formatting once; comments stay, and what the text says does not
/// change.
pub fn format(text: &str) -> String {
    parse(text).format().unwrap_or_else(|| text.to_owned())
}

impl Parse {
    /// The text in the one style of the language; `None` if it has errors. See [`format()`].
    pub fn format(&self) -> Option<String> {
        if self.has_errors() {
            return None;
        }
        let mut writer = Writer::default();
        writer.list(&self.tree(), 0);
        Some(render(&writer.lines))
    }
}

/// How the items of a block on one line are separated.
fn separator(block: &SyntaxNode) -> &'static str {
    match block.parent().map(|p| p.kind()) {
        Some(SyntaxKind::Source | SyntaxKind::Package | SyntaxKind::Event) => "  ",
        Some(SyntaxKind::State | SyntaxKind::StatusQuo) => ", ",
        _ => "; ",
    }
}

#[derive(Debug, Default)]
pub(super) struct Writer {
    lines: Vec<Line>,
    /// The number of lists so far, and the one being written.
    lists: usize,
    list: usize,
}

impl Writer {
    fn open_line(&mut self, indent: usize, blank: bool) {
        let blank = blank && !self.lines.is_empty();
        self.lines.push(Line {
            indent,
            blank,
            list: self.list,
            ..Line::default()
        });
    }

    fn line(&mut self) -> &mut Line {
        if self.lines.is_empty() {
            self.open_line(0, false);
        }
        let last = self.lines.len() - 1;
        &mut self.lines[last]
    }

    fn own_comment(&mut self, indent: usize, blank: bool, text: &str) {
        self.open_line(indent, blank);
        let line = self.line();
        text.trim_end().clone_into(&mut line.body);
        line.fixed = true;
    }

    /// The items of the root or of a block, one a line.
    fn list(&mut self, node: &SyntaxNode, indent: usize) {
        let outer = self.list;
        self.lists += 1;
        self.list = self.lists;
        let mut newlines = 0;
        let mut first = true;
        let mut started = node.kind() == SyntaxKind::Block;
        for element in node.children_with_tokens() {
            match element {
                rowan::NodeOrToken::Token(token) => match token.kind() {
                    SyntaxKind::Newline => newlines += 1,
                    SyntaxKind::Comment => {
                        if newlines == 0 && started {
                            self.line().add_comment(token.text());
                        } else {
                            self.own_comment(indent, newlines > 1 && !first, token.text());
                            first = false;
                        }
                        started = true;
                        newlines = 0;
                    }
                    _ => {}
                },
                rowan::NodeOrToken::Node(item) => {
                    self.item(&item, indent, newlines > 1 && !first);
                    first = false;
                    started = true;
                    newlines = 0;
                }
            }
        }
        self.list = outer;
    }

    fn item(&mut self, node: &SyntaxNode, indent: usize, blank: bool) {
        self.open_line(indent, blank);
        let pieces = pieces(node);
        let block = pieces.iter().position(|p| matches!(p, Piece::Block(_)));
        // Comments on lines of their own before a block go into it.
        let mut deferred: Vec<String> = Vec::new();
        let mut broken = false;
        let stem = stem_words(node);
        let mut words = 0;
        for (i, piece) in pieces.iter().enumerate() {
            let in_head = block.is_some_and(|b| i < b);
            match piece {
                Piece::Newline => broken = true,
                Piece::Comment(text) if in_head && broken => deferred.push(text.clone()),
                Piece::Comment(text) if broken => {
                    self.own_comment(indent + 2, false, text);
                }
                Piece::Comment(text) => self.line().add_comment(text),
                Piece::Block(node) => {
                    self.block(node, indent, &deferred);
                    broken = false;
                }
                Piece::Token { text, glued } => {
                    if broken && !in_head {
                        self.open_line(indent + 2, false);
                    }
                    broken = false;
                    if stem == Some(words) {
                        let line = self.line();
                        line.stem = line.body.len();
                    }
                    words += 1;
                    self.word(text, *glued);
                }
                Piece::Cites {
                    text,
                    trailing,
                    comments,
                } => {
                    if broken && !in_head {
                        self.open_line(indent + 2, false);
                        self.line().body.clone_from(text);
                    } else if *trailing && !in_head && !self.line().body.is_empty() {
                        self.line().add_cites(text);
                    } else {
                        self.word(text, false);
                    }
                    broken = false;
                    for comment in comments {
                        self.line().add_comment(comment);
                    }
                }
            }
        }
    }

    fn word(&mut self, text: &str, glued: bool) {
        let line = self.line();
        if !glued && !line.body.is_empty() {
            line.body.push(' ');
        }
        line.body.push_str(text);
    }

    /// A block after its head, which is the last line so far.
    fn block(&mut self, node: &SyntaxNode, indent: usize, deferred: &[String]) {
        let whole = deferred.is_empty() && !has_breaks(node);
        if whole {
            let text = one_line(node);
            let fits = |text: &String| self.line_width() + 1 + width(text) <= WIDTH;
            if let Some(text) = text.filter(fits) {
                self.word(&text, false);
                // Packages are long and of many lengths, and so in no column with what follows.
                self.line().fixed |= is_package(node);
                return;
            }
        }
        self.word("{", false);
        self.line().fixed = true;
        for comment in deferred {
            self.own_comment(indent + 2, false, comment);
        }
        let before = self.lines.len();
        if is_ranking(node) {
            self.ranking(node, indent + 2, whole);
        } else {
            self.list(node, indent + 2);
        }
        let empty = self.lines.len() == before && deferred.is_empty();
        if empty && self.line().comment.is_empty() {
            self.word("}", false);
            return;
        }
        self.open_line(indent, false);
        self.line().body.push('}');
        self.line().fixed = true;
    }

    fn line_width(&self) -> usize {
        self.lines.last().map_or(0, Line::width)
    }

    /// A ranking over several lines. `wrap` puts each group on a line of its own; else the author's
    /// line breaks stay.
    fn ranking(&mut self, node: &SyntaxNode, indent: usize, wrap: bool) {
        let mut newlines = 0;
        let mut fresh = true;
        let mut first = true;
        for piece in pieces_in(node) {
            match piece {
                Piece::Newline => newlines += 1,
                Piece::Comment(text) => {
                    if newlines > 0 {
                        self.own_comment(indent, newlines > 1 && !first, &text);
                        first = false;
                        fresh = true;
                    } else {
                        self.line().add_comment(&text);
                    }
                    newlines = 0;
                }
                Piece::Token { text, glued } => {
                    if fresh || newlines > 0 {
                        self.open_line(indent, newlines > 1 && !first);
                        first = false;
                    }
                    newlines = 0;
                    fresh = wrap && matches!(text.as_str(), ">" | ">>");
                    self.word(&text, glued);
                }
                Piece::Cites { text, .. } => self.word(&text, false),
                Piece::Block(_) => {}
            }
        }
    }
}

/// Whether the block holds a line break or a comment.
fn has_breaks(node: &SyntaxNode) -> bool {
    node.descendants_with_tokens()
        .any(|e| matches!(e.kind(), SyntaxKind::Newline | SyntaxKind::Comment))
}

/// How many words at the start of the item stand in a column of their own: the keyword and name of
/// options with a title and of classes, the party of a reading, the days of an event.
fn stem_words(item: &SyntaxNode) -> Option<usize> {
    let titled = |node: &SyntaxNode| {
        node.children_with_tokens()
            .any(|e| e.kind() == SyntaxKind::String)
    };
    match item.kind() {
        SyntaxKind::OptionDecl => titled(item).then_some(2),
        SyntaxKind::Class => Some(2),
        SyntaxKind::Reading => Some(1),
        SyntaxKind::Event => days(item),
        _ => None,
    }
}

/// How many words the time of an event takes; `between` is too long for a column.
fn days(event: &SyntaxNode) -> Option<usize> {
    let time = event.children().find(|c| c.kind() == SyntaxKind::Time)?;
    let tokens = time.descendants_with_tokens();
    let words = tokens.filter_map(rowan::NodeOrToken::into_token);
    let words: Vec<_> = words.filter(|t| !t.kind().is_trivia()).collect();
    (words.first()?.text() != "between").then_some(words.len())
}

fn is_package(block: &SyntaxNode) -> bool {
    block
        .parent()
        .is_some_and(|p| p.kind() == SyntaxKind::Package)
}

fn is_ranking(block: &SyntaxNode) -> bool {
    block.children().any(|c| c.kind() == SyntaxKind::RankItem)
}

/// The block on one line, unless something in it needs more.
fn one_line(node: &SyntaxNode) -> Option<String> {
    let mut inner = Writer::default();
    let mut parts: Vec<String> = Vec::new();
    if is_ranking(node) {
        inner.ranking(node, 0, false);
        parts.extend(inner.lines.iter().map(|line| line.body.clone()));
    } else {
        for item in node.children() {
            let before = inner.lines.len();
            inner.item(&item, 0, false);
            let [line] = inner.lines.get(before..)? else {
                return None;
            };
            let gap = if line.cites.is_empty() { "" } else { " " };
            parts.push(format!("{}{gap}{}", line.body, line.cites));
        }
    }
    if parts.is_empty() {
        return Some("{ }".to_owned());
    }
    Some(format!("{{ {} }}", parts.join(separator(node))))
}
