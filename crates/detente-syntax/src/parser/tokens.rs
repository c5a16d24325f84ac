//! The tokens of a text as the parser sees them: white space and comments put aside, lines and
//! matching brackets noted.

use crate::diagnostic::Span;
use crate::kind::SyntaxKind;
use crate::lexer::{self, Token};

/// A token that is neither white space nor a comment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sig {
    pub(crate) kind: SyntaxKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Its index among all tokens.
    pub(crate) raw: usize,
    /// Whether a new line starts between the token before it and this one.
    pub(crate) newline: bool,
    /// Whether a blank line stands between them.
    pub(crate) blank: bool,
    /// The column in which it starts, with tabs every eight columns.
    pub(crate) column: usize,
    /// A text whose closing quote is missing.
    pub(crate) flawed: bool,
    /// The token that closes this bracket, if there is one.
    pub(crate) partner: Option<usize>,
}

impl Sig {
    pub(crate) fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

pub(crate) struct Tokens {
    raw: Vec<Token>,
    sigs: Vec<Sig>,
    end: Sig,
}

impl Tokens {
    pub(crate) fn new(text: &str) -> Self {
        let raw = lexer::lex(text);
        let mut sigs: Vec<Sig> = Vec::with_capacity(raw.len() / 2);
        let (mut at, mut column) = (0, 0);
        let (mut newline, mut blank) = (true, false);
        // Whether nothing but blanks stands on the line so far.
        let mut empty = true;
        for (index, token) in raw.iter().enumerate() {
            let end = at + token.len;
            let piece = text.get(at..end).unwrap_or("");
            if token.kind == SyntaxKind::Newline {
                blank |= empty;
                newline = true;
                empty = true;
                column = 0;
            } else {
                empty &= token.kind == SyntaxKind::Whitespace;
                if !token.kind.is_trivia() {
                    let sig = Sig {
                        kind: token.kind,
                        start: at,
                        end,
                        raw: index,
                        newline,
                        blank,
                        column,
                        flawed: token.unterminated,
                        partner: None,
                    };
                    sigs.push(sig);
                    (newline, blank) = (false, false);
                }
                column = advance(column, piece);
            }
            at = end;
        }
        let end = Sig {
            kind: SyntaxKind::Eof,
            start: at,
            end: at,
            raw: raw.len(),
            newline: true,
            blank,
            column,
            flawed: false,
            partner: None,
        };
        let mut tokens = Self { raw, sigs, end };
        tokens.match_brackets();
        tokens
    }

    /// The token at the index, or the end.
    pub(crate) fn at(&self, index: usize) -> Sig {
        self.sigs.get(index).copied().unwrap_or(self.end)
    }

    pub(crate) fn raw(&self, index: usize) -> Option<Token> {
        self.raw.get(index).copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Sig> {
        self.sigs.iter()
    }

    /// Lets the line before the token at the index go on with it.
    pub(crate) fn join_line(&mut self, index: usize) {
        if let Some(sig) = self.sigs.get_mut(index) {
            sig.newline = false;
        }
    }

    /// Notes which bracket closes which. Braces outrank the others.
    fn match_brackets(&mut self) {
        use SyntaxKind as K;
        let mut open: Vec<usize> = Vec::new();
        let mut closing: Vec<(usize, usize)> = Vec::new();
        for (index, sig) in self.sigs.iter().enumerate() {
            match sig.kind {
                K::LBrace | K::LBracket | K::LParen => open.push(index),
                K::RBrace | K::RBracket | K::RParen => {
                    let wanted = match sig.kind {
                        K::RBrace => K::LBrace,
                        K::RBracket => K::LBracket,
                        _ => K::LParen,
                    };
                    let outranks = |kind: K| match wanted {
                        K::LBrace => kind != K::LBrace,
                        K::LBracket => kind == K::LParen,
                        _ => false,
                    };
                    let kind_at = |i: &usize| self.sigs.get(*i).map_or(K::Eof, |s| s.kind);
                    // A square bracket looks past a few round ones only: this stays linear.
                    let floor = if wanted == K::LBrace {
                        0
                    } else {
                        open.len().saturating_sub(64)
                    };
                    let mut depth = open.len();
                    while depth > floor && open.get(depth - 1).is_some_and(|i| outranks(kind_at(i)))
                    {
                        depth -= 1;
                    }
                    let found = open.get(depth.wrapping_sub(1)).copied();
                    if found.is_some_and(|i| kind_at(&i) == wanted) {
                        open.truncate(depth.saturating_sub(1));
                        closing.extend(found.map(|i| (i, index)));
                    } else if wanted == K::LBrace {
                        open.clear();
                    }
                }
                _ => {}
            }
        }
        for (opener, closer) in closing {
            if let Some(sig) = self.sigs.get_mut(opener) {
                sig.partner = Some(closer);
            }
        }
    }
}

fn advance(column: usize, piece: &str) -> usize {
    piece.chars().fold(column, |column, c| match c {
        '\u{feff}' => column,
        '\t' => (column / 8 + 1) * 8,
        _ => column + 1,
    })
}
