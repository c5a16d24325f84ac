//! Kept constructs: the author's lines stay; indentation and blanks are set right.

use rowan::NodeOrToken;

use super::Writer;
use super::lines::render;
use crate::kind::{SyntaxKind, SyntaxNode, SyntaxToken};

/// A kept construct by itself, in the one style.
pub(crate) fn kept_text(node: &SyntaxNode) -> String {
    let mut writer = Writer::default();
    writer.kept(node, 0, false);
    let text = render(&writer.lines);
    text.strip_suffix('\n').unwrap_or(&text).to_owned()
}

impl Writer {
    pub(super) fn kept(&mut self, node: &SyntaxNode, indent: usize, blank: bool) {
        use SyntaxKind as K;
        let tokens: Vec<SyntaxToken> = node
            .descendants_with_tokens()
            .filter_map(NodeOrToken::into_token)
            .collect();
        let trailing = trailing_cites(&tokens);
        self.open_line(indent, blank);
        let outer = self.list;
        // The indentation of the lines in which the open braces stand.
        let mut braces: Vec<usize> = Vec::new();
        let mut newlines = 0;
        let mut gap = 0;
        let mut before: Option<K> = None;
        let mut after_comment = false;
        let mut i = 0;
        while let Some(token) = tokens.get(i) {
            i += 1;
            let kind = token.kind();
            let level = braces.last().copied().unwrap_or(indent) + 2;
            match kind {
                K::Whitespace => gap = token.text().chars().count(),
                K::Newline => {
                    newlines += 1;
                    if newlines == 1 {
                        self.lists += 1;
                        self.list = if self.list == outer {
                            self.lists
                        } else {
                            self.list
                        };
                    }
                }
                K::Comment if newlines > 0 => {
                    self.own_comment(level, newlines > 1, token.text());
                    (newlines, gap, after_comment) = (0, 0, true);
                }
                K::Comment => self.line().add_comment(token.text()),
                _ => {
                    let joins =
                        kind == K::LBrace && !after_comment && self.line().comment.is_empty();
                    if newlines > 0 && !joins {
                        let at = if kind == K::RBrace {
                            level.saturating_sub(2)
                        } else {
                            level
                        };
                        // No blank line after an opening or before a closing brace.
                        let blank = newlines > 1 && kind != K::RBrace && before != Some(K::LBrace);
                        self.open_line(at, blank);
                        before = None;
                    }
                    if let Some(end) = trailing.get(i - 1).copied().flatten() {
                        let text = on_one_line(tokens.get(i - 1..=end).unwrap_or(&[]));
                        let line = self.line();
                        if line.body.is_empty() {
                            line.body = text;
                        } else {
                            line.add_cites(&text);
                        }
                        i = end + 1;
                        before = Some(K::RBracket);
                        (newlines, gap, after_comment) = (0, 0, false);
                        continue;
                    }
                    let blanks = blanks(before, kind, gap);
                    let line = self.line();
                    for _ in 0..blanks {
                        line.body.push(' ');
                    }
                    line.body.push_str(token.text());
                    match kind {
                        K::LBrace => {
                            braces.push(line.indent);
                            line.fixed = true;
                        }
                        K::RBrace => {
                            braces.pop();
                            line.fixed = line.body == "}";
                        }
                        _ => {}
                    }
                    before = Some(kind);
                    (newlines, gap, after_comment) = (0, 0, false);
                }
            }
        }
        self.list = outer;
    }
}

/// How many blanks stand between two tokens of a line: the author's, who may have set columns.
fn blanks(before: Option<SyntaxKind>, after: SyntaxKind, gap: usize) -> usize {
    use SyntaxKind as K;
    match (before, after) {
        (None, _) | (_, K::Comma) => 0,
        (Some(K::LBrace | K::Comma), _) | (_, K::LBrace | K::RBrace) => 1,
        _ => gap,
    }
}

/// For each bracket that starts a citation after which only citations follow on its line: the
/// bracket that closes it.
fn trailing_cites(tokens: &[SyntaxToken]) -> Vec<Option<usize>> {
    use SyntaxKind as K;
    let mut out = vec![None; tokens.len()];
    // Whether only citations stand between here and the end of the line.
    let mut only = true;
    let mut depth = 0_usize;
    let mut close = 0;
    for (i, (token, slot)) in tokens.iter().zip(&mut out).enumerate().rev() {
        match token.kind() {
            K::Newline => (only, depth) = (true, 0),
            K::RBracket => {
                if depth == 0 {
                    close = i;
                }
                depth += 1;
            }
            K::LBracket if depth == 0 => only = false,
            K::LBracket => {
                depth -= 1;
                if depth == 0 && only {
                    *slot = Some(close);
                }
            }
            K::Whitespace | K::Comment => {}
            _ if depth == 0 => only = false,
            _ => {}
        }
    }
    out
}

/// Tokens of one line with single blanks where there were any.
fn on_one_line(tokens: &[SyntaxToken]) -> String {
    let mut out = String::new();
    let mut gap = 0;
    let mut before = None;
    for token in tokens {
        if token.kind() == SyntaxKind::Whitespace {
            gap = 1;
            continue;
        }
        for _ in 0..blanks(before, token.kind(), gap) {
            out.push(' ');
        }
        out.push_str(token.text());
        before = Some(token.kind());
        gap = 0;
    }
    out
}
