//! Text to a lossless tree, by recursive descent with bounded depth.
//!
//! A function that returns [`Read`] has either read what it is named for, or has reported one
//! diagnostic; its caller then skips to the end of the line. Nothing is reported twice.

mod bargain;
mod blocks;
mod calendar;
mod cites;
mod claims;
mod edits;
mod formula;
mod items;
mod party;
mod rankings;
mod record;
mod recover;
mod settings;
mod terms;
mod tokens;
mod views;
mod worth;

use rowan::{Checkpoint, GreenNode, GreenNodeBuilder, Language};

use crate::diagnostic::{Diagnostic, Span};
use crate::kind::{Detente, SyntaxKind};
use crate::lexer;
use tokens::{Sig, Tokens};

/// How deep brackets and `not`s may be nested, and how high a formula's tree may grow.
pub(crate) const DEPTH: u32 = 64;

/// The largest text that is read, in bytes.
pub(crate) const MAX_BYTES: usize = 64 << 20;

/// An error has been reported; the caller recovers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reported;

/// What was read, or the mark that an error has been reported.
pub(crate) type Read<T = ()> = Result<T, Reported>;

pub(crate) struct Parser<'t> {
    text: &'t str,
    tokens: Tokens,
    /// The significant token that comes next.
    pos: usize,
    /// The raw token that comes next, and where it starts.
    raw: usize,
    raw_at: usize,
    builder: GreenNodeBuilder<'static>,
    diagnostics: Vec<Diagnostic>,
    /// Round and square brackets that are open: newlines do not count in them.
    brackets: usize,
    /// Brackets and `not`s around the formula being read.
    nesting: u32,
    /// Views around the item being read.
    views: usize,
    /// In a claim `if` at the start of a line is a line of its own.
    in_claim: bool,
    /// Where the item being read starts, and where the last formula ended.
    item_start: usize,
    formula_end: usize,
    /// After a misplaced item or brace: more of the same is not reported again.
    displaced: bool,
    /// Where the last missing brace was reported.
    brace_reported: Option<usize>,
}

/// Reads a whole text: the tree and what is wrong with it.
pub(crate) fn parse_document(text: &str) -> (GreenNode, Vec<Diagnostic>) {
    if text.len() > MAX_BYTES {
        return refuse(text);
    }
    let mut parser = Parser::new(text);
    parser
        .builder
        .start_node(Detente::kind_to_raw(SyntaxKind::Root));
    parser.document();
    parser.finish_root()
}

/// Reads a text that is one formula.
pub(crate) fn parse_formula(text: &str) -> (GreenNode, Vec<Diagnostic>) {
    if text.len() > MAX_BYTES {
        return refuse(text);
    }
    let mut parser = Parser::new(text);
    parser
        .builder
        .start_node(Detente::kind_to_raw(SyntaxKind::Root));
    parser.brackets = 1;
    if parser.formula().is_ok() && !parser.at(SyntaxKind::Eof) {
        parser.leftover();
    }
    parser.skip_all();
    parser.finish_root()
}

fn refuse(text: &str) -> (GreenNode, Vec<Diagnostic>) {
    let mut builder = GreenNodeBuilder::new();
    builder.start_node(Detente::kind_to_raw(SyntaxKind::Root));
    if u32::try_from(text.len()).is_ok() {
        builder.token(Detente::kind_to_raw(SyntaxKind::Other), text);
    }
    builder.finish_node();
    let diagnostic = Diagnostic::error(
        "E0005",
        format!("the text is too large to be read: {} bytes", text.len()),
    )
    .hint(format!(
        "a text of up to {} MiB can be read",
        MAX_BYTES >> 20
    ));
    (builder.finish(), vec![diagnostic])
}

/// What is wrong with a text in quotes, taken by itself.
fn check_string(source: &str, sig: &Sig) -> Option<Diagnostic> {
    if sig.kind != SyntaxKind::String {
        return None;
    }
    let text = source.get(sig.start..sig.end).unwrap_or("");
    if sig.flawed {
        let diagnostic = Diagnostic::error("E0001", "this text has no closing quote")
            .at(sig.span(), "starts here")
            .hint("close it with `\"` on the same line");
        return Some(diagnostic);
    }
    if !text.starts_with('"') || !text.ends_with('"') {
        let diagnostic = Diagnostic::error("E0002", "typographic quotes do not delimit a text")
            .at(sig.span(), "")
            .hint(format!("write {}", crate::quote(&lexer::unquote(text))));
        return Some(diagnostic);
    }
    let (at, len) = lexer::bad_escape(text)?;
    let escape = text.get(at..at + len).unwrap_or("");
    let diagnostic = Diagnostic::error("E0003", format!("`{escape}` means nothing in a text"))
        .at(Span::new(sig.start + at, sig.start + at + len), "")
        .hint("write `\\\\` for a backslash; the other escapes are `\\\"`, `\\n`, `\\t` and `\\r`");
    Some(diagnostic)
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        let tokens = Tokens::new(text);
        let diagnostics = tokens
            .iter()
            .filter_map(|sig| check_string(text, sig))
            .collect();
        Self {
            text,
            tokens,
            pos: 0,
            raw: 0,
            raw_at: 0,
            builder: GreenNodeBuilder::new(),
            diagnostics,
            brackets: 0,
            nesting: 0,
            views: 0,
            in_claim: false,
            item_start: 0,
            formula_end: 0,
            displaced: false,
            brace_reported: None,
        }
    }

    fn finish_root(mut self) -> (GreenNode, Vec<Diagnostic>) {
        self.flush(usize::MAX);
        self.builder.finish_node();
        self.diagnostics
            .sort_by_key(|d| d.primary.as_ref().map(|label| label.span));
        (self.builder.finish(), self.diagnostics)
    }

    // Looking.

    fn sig(&self) -> Sig {
        self.tokens.at(self.pos)
    }

    fn nth(&self, n: usize) -> Sig {
        self.tokens.at(self.pos + n)
    }

    fn kind(&self) -> SyntaxKind {
        self.sig().kind
    }

    fn at(&self, kind: SyntaxKind) -> bool {
        self.kind() == kind
    }

    fn text_of(&self, sig: Sig) -> &'t str {
        self.text.get(sig.start..sig.end).unwrap_or("")
    }

    /// The nth token from here if it is a word, else nothing.
    fn nth_word(&self, n: usize) -> &'t str {
        let sig = self.nth(n);
        if sig.kind == SyntaxKind::Ident {
            self.text_of(sig)
        } else {
            ""
        }
    }

    fn word(&self) -> &'t str {
        self.nth_word(0)
    }

    fn at_word(&self, word: &str) -> bool {
        self.word() == word
    }

    /// Whether the nth token from here is on the same line as the one before it.
    fn nth_on_line(&self, n: usize) -> bool {
        let sig = self.nth(n);
        sig.kind != SyntaxKind::Eof && (!sig.newline || self.brackets > 0)
    }

    /// Whether the item that is being read ends before the next token.
    fn ends(&self) -> bool {
        matches!(
            self.kind(),
            SyntaxKind::Eof | SyntaxKind::RBrace | SyntaxKind::Semi
        ) || (self.sig().newline && self.brackets == 0)
    }

    /// The place to point at when the next token is not what was expected: the token, or the one
    /// before it at the end of a line.
    fn here(&self) -> Span {
        if self.pos > 0 && self.cut_short() {
            self.tokens.at(self.pos - 1).span()
        } else {
            self.sig().span()
        }
    }

    /// Whether the item ends here, after it has begun.
    fn cut_short(&self) -> bool {
        matches!(self.kind(), SyntaxKind::Eof | SyntaxKind::RBrace)
            || (self.ends() && self.pos != self.item_start)
    }

    // Building.

    fn raw_kind(kind: SyntaxKind) -> rowan::SyntaxKind {
        Detente::kind_to_raw(kind)
    }

    /// Adds the raw tokens before the given one.
    fn flush(&mut self, until: usize) {
        while self.raw < until {
            let Some(token) = self.tokens.raw(self.raw) else {
                return;
            };
            let text = self
                .text
                .get(self.raw_at..self.raw_at + token.len)
                .unwrap_or("");
            self.builder.token(Self::raw_kind(token.kind), text);
            self.raw += 1;
            self.raw_at += token.len;
        }
    }

    fn flush_trivia(&mut self) {
        self.flush(self.sig().raw);
    }

    fn start(&mut self, kind: SyntaxKind) {
        self.flush_trivia();
        self.builder.start_node(Self::raw_kind(kind));
    }

    fn checkpoint(&mut self) -> Checkpoint {
        self.flush_trivia();
        self.builder.checkpoint()
    }

    fn start_at(&mut self, checkpoint: Checkpoint, kind: SyntaxKind) {
        self.builder.start_node_at(checkpoint, Self::raw_kind(kind));
    }

    fn finish(&mut self) {
        self.builder.finish_node();
    }

    /// Reads a node of the kind.
    fn node<T>(&mut self, kind: SyntaxKind, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        self.start(kind);
        let result = read(self);
        self.finish();
        result
    }

    fn bump_as(&mut self, kind: SyntaxKind) {
        let sig = self.sig();
        if sig.kind == SyntaxKind::Eof {
            return;
        }
        self.flush(sig.raw);
        self.builder.token(Self::raw_kind(kind), self.text_of(sig));
        self.raw = sig.raw + 1;
        self.raw_at = sig.end;
        self.pos += 1;
    }

    fn bump(&mut self) {
        self.bump_as(self.kind());
    }

    /// Takes the next word as a keyword.
    fn keyword(&mut self) {
        self.bump_as(SyntaxKind::Keyword);
    }

    fn eat(&mut self, kind: SyntaxKind) -> bool {
        let found = self.at(kind);
        if found {
            self.bump();
        }
        found
    }

    /// Takes the word as a keyword if it comes next on the line.
    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word) && !self.ends();
        if found {
            self.keyword();
        }
        found
    }

    // Reporting.

    /// Reports, unless the place is spoilt by a text without a closing quote.
    fn report(&mut self, diagnostic: Diagnostic) -> Reported {
        let spoilt = self.sig().flawed || (self.pos > 0 && self.tokens.at(self.pos - 1).flawed);
        if !spoilt {
            self.diagnostics.push(diagnostic);
        }
        Reported
    }

    /// How the next token is named in a message.
    fn found(&self) -> String {
        if self.at(SyntaxKind::Eof) {
            return "the end of the text".to_owned();
        }
        if self.cut_short() && self.sig().newline {
            return "the end of the line".to_owned();
        }
        format!("`{}`", shorten(self.text_of(self.sig())))
    }

    /// Reports that something else was expected.
    fn expected(&mut self, what: &str, hint: &str) -> Reported {
        if self.at(SyntaxKind::Other) {
            return self.strange_character();
        }
        let message = format!("{what} is expected, not {}", self.found());
        let here = self.here();
        let diagnostic = Diagnostic::error("E0006", message).at(here, "");
        self.report(if hint.is_empty() {
            diagnostic
        } else {
            diagnostic.hint(hint)
        })
    }

    fn strange_character(&mut self) -> Reported {
        let sig = self.sig();
        let text = shorten(self.text_of(sig));
        self.report(
            Diagnostic::error(
                "E0004",
                format!("the character `{text}` has no meaning here"),
            )
            .at(sig.span(), "")
            .hint("such characters may stand in quotes, comments and citations only"),
        )
    }

    /// Takes the word as a keyword, or reports that it is missing.
    fn expect_word(&mut self, word: &str, hint: &str) -> Read {
        if self.eat_word(word) {
            return Ok(());
        }
        Err(self.expected(&format!("`{word}`"), hint))
    }
}

/// A user's words, cut to a length that fits a message, with control characters made visible.
pub(crate) fn shorten(text: &str) -> String {
    shorten_to(text, 40)
}

/// Likewise, cut to so many characters.
fn shorten_to(text: &str, length: usize) -> String {
    let visible = |c: char| {
        if c.is_control() {
            c.escape_default().to_string()
        } else {
            c.into()
        }
    };
    let mut out: String = text.chars().take(length).map(visible).collect();
    if text.chars().nth(length).is_some() {
        out.push('…');
    }
    out
}
