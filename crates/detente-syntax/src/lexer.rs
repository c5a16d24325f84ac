//! Text to tokens. Total and lossless: the tokens of a text concatenate to it.

use unicode_ident::{is_xid_continue, is_xid_start};

use crate::kind::SyntaxKind;

/// A token: its kind and its length in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: SyntaxKind,
    pub(crate) len: usize,
    /// A string whose closing quote is missing.
    pub(crate) unterminated: bool,
}

/// The words that cannot be names.
pub const RESERVED: &[&str] = &[
    "and",
    "at",
    "because",
    "class",
    "exactly",
    "false",
    "if",
    "iff",
    "is",
    "least",
    "most",
    "negotiation",
    "never",
    "not",
    "of",
    "option",
    "or",
    "otherwise",
    "party",
    "rest",
    "state",
    "term",
    "then",
    "true",
    "unless",
    "variant",
    "when",
];

/// Whether the word cannot be a name.
pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.binary_search(&word).is_ok()
}

/// Whether the text is one word.
pub(crate) fn is_word(text: &str) -> bool {
    is_one(text, SyntaxKind::Ident)
}

/// Whether the text is exactly one well-formed token of the kind.
pub(crate) fn is_one(text: &str, kind: SyntaxKind) -> bool {
    next(text).is_some_and(|t| t.kind == kind && t.len == text.len() && !t.unterminated)
}

/// Whether the text is a word that can be a name.
pub fn is_name(text: &str) -> bool {
    is_word(text) && !is_reserved(text)
}

/// The tokens of a text.
pub(crate) fn lex(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 4);
    let mut rest = text;
    if let Some(after) = rest.strip_prefix('\u{feff}') {
        tokens.push(plain(SyntaxKind::Whitespace, rest.len() - after.len()));
        rest = after;
    }
    while let Some(token) = next(rest) {
        tokens.push(token);
        rest = rest.get(token.len..).unwrap_or("");
    }
    tokens
}

fn plain(kind: SyntaxKind, len: usize) -> Token {
    Token {
        kind,
        len,
        unterminated: false,
    }
}

/// Whether the character may stand where a string begins; the typographic ones are an error.
pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

fn next(rest: &str) -> Option<Token> {
    use SyntaxKind as K;
    let first = rest.chars().next()?;
    let two = |second: char| rest.chars().nth(1) == Some(second);
    let token = match first {
        '\n' => plain(K::Newline, 1),
        '\r' if two('\n') => plain(K::Newline, 2),
        '#' => plain(K::Comment, line_length(rest)),
        '{' => plain(K::LBrace, 1),
        '}' => plain(K::RBrace, 1),
        '[' => plain(K::LBracket, 1),
        ']' => plain(K::RBracket, 1),
        '(' => plain(K::LParen, 1),
        ')' => plain(K::RParen, 1),
        ',' => plain(K::Comma, 1),
        ';' => plain(K::Semi, 1),
        ':' => plain(K::Colon, 1),
        '=' => plain(K::Eq, 1),
        '.' if two('.') => plain(K::DotDot, 2),
        '.' => plain(K::Dot, 1),
        '>' if two('>') => plain(K::GtGt, rest.len() - rest.trim_start_matches('>').len()),
        '>' if two('=') => plain(K::Ge, 2),
        '>' => plain(K::Gt, 1),
        '<' if two('=') => plain(K::Le, 2),
        '<' => plain(K::Lt, 1),
        '-' if two('>') => plain(K::Arrow, 2),
        '-' => plain(K::Minus, 1),
        c if is_quote(c) => string(rest, c),
        c if c.is_ascii_digit() => number(rest),
        c if c == '_' || is_xid_start(c) => plain(K::Ident, word_length(rest)),
        c if c.is_whitespace() => plain(K::Whitespace, blank_length(rest)),
        c => plain(K::Other, c.len_utf8()),
    };
    Some(token)
}

/// Bytes up to the end of the line.
fn line_length(rest: &str) -> usize {
    let line = rest
        .find('\n')
        .map_or(rest, |at| rest.get(..at).unwrap_or(rest));
    if line.len() < rest.len() {
        line.strip_suffix('\r').unwrap_or(line).len()
    } else {
        line.len()
    }
}

fn blank_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let line_end = c == '\n' || (c == '\r' && chars.peek().is_some_and(|(_, c)| *c == '\n'));
        if line_end || !c.is_whitespace() {
            return at;
        }
    }
    rest.len()
}

/// A word: letters, digits and `_`, with single `-` between them.
fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_xid_continue(c) {
            continue;
        }
        if c == '-' && at > 0 && chars.peek().is_some_and(|(_, c)| is_xid_continue(*c)) {
            continue;
        }
        return at;
    }
    rest.len()
}

fn digits(rest: &str) -> usize {
    rest.bytes().take_while(u8::is_ascii_digit).count()
}

fn number(rest: &str) -> Token {
    let bytes = rest.as_bytes();
    let shape = |at: usize| match at {
        4 | 7 => bytes.get(at) == Some(&b'-'),
        _ => bytes.get(at).is_some_and(u8::is_ascii_digit),
    };
    if (0..10).all(shape) {
        let after = rest.get(10..).and_then(|r| r.chars().next());
        if !after.is_some_and(is_xid_continue) {
            return plain(SyntaxKind::Date, 10);
        }
    }
    let whole = digits(rest);
    let mut len = whole;
    if matches!(bytes.get(whole), Some(b'.' | b'/')) {
        let fraction = digits(rest.get(whole + 1..).unwrap_or(""));
        if fraction > 0 {
            len = whole + 1 + fraction;
        }
    }
    plain(SyntaxKind::Number, len)
}

/// A text in quotes. Without a closing quote it ends with its line, but leaves closing brackets and
/// an opening brace at the end of the line alone, so that one missing quote is one mistake.
fn string(rest: &str, open: char) -> Token {
    let start = open.len_utf8();
    let after = rest.get(start..).unwrap_or("");
    let mut escaped = false;
    for (at, c) in after.char_indices() {
        if c == '\n' {
            break;
        } else if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == '"' || (open != '"' && is_quote(c)) {
            return plain(SyntaxKind::String, start + at + c.len_utf8());
        }
    }
    let body = rest.get(start..line_length(rest)).unwrap_or("");
    let kept =
        body.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | ']' | ')'));
    Token {
        kind: SyntaxKind::String,
        len: start + kept.len(),
        unterminated: true,
    }
}

/// The text that a string token stands for.
pub(crate) fn unquote(token: &str) -> String {
    let mut chars = token.chars();
    if token.starts_with(is_quote) {
        chars.next();
    }
    let mut out = String::with_capacity(token.len());
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some(c) => out.push(c),
                None => {}
            },
            c if is_quote(c) && chars.as_str().is_empty() => {}
            c => out.push(c),
        }
    }
    out
}

/// The first escape in a string token that means nothing: its offset and length.
pub(crate) fn bad_escape(token: &str) -> Option<(usize, usize)> {
    let mut chars = token.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            match chars.next() {
                Some((_, '"' | '\\' | 'n' | 't' | 'r')) => {}
                Some((_, c)) => return Some((at, 1 + c.len_utf8())),
                None => return None,
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<(SyntaxKind, &str)> {
        let mut at = 0;
        lex(text)
            .into_iter()
            .map(|t| {
                at += t.len;
                (t.kind, &text[at - t.len..at])
            })
            .filter(|(kind, _)| *kind != SyntaxKind::Whitespace)
            .collect()
    }

    #[test]
    fn reserved_words_are_sorted() {
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn hyphens_bind_inside_words_only() {
        use SyntaxKind as K;
        assert_eq!(
            pieces("treaty-text ri-2019-02-28 a->b a--b a- -1"),
            [
                (K::Ident, "treaty-text"),
                (K::Ident, "ri-2019-02-28"),
                (K::Ident, "a"),
                (K::Arrow, "->"),
                (K::Ident, "b"),
                (K::Ident, "a"),
                (K::Minus, "-"),
                (K::Minus, "-"),
                (K::Ident, "b"),
                (K::Ident, "a"),
                (K::Minus, "-"),
                (K::Minus, "-"),
                (K::Number, "1"),
            ]
        );
    }

    #[test]
    fn numbers_dates_and_ranges() {
        use SyntaxKind as K;
        assert_eq!(
            pieces("2/7 2 /7 12 0.4 1..2 2019-01-19 .. 2019-1-1"),
            [
                (K::Number, "2/7"),
                (K::Number, "2"),
                (K::Other, "/"),
                (K::Number, "7"),
                (K::Number, "12"),
                (K::Number, "0.4"),
                (K::Number, "1"),
                (K::DotDot, ".."),
                (K::Number, "2"),
                (K::Date, "2019-01-19"),
                (K::DotDot, ".."),
                (K::Number, "2019"),
                (K::Minus, "-"),
                (K::Number, "1"),
                (K::Minus, "-"),
                (K::Number, "1"),
            ]
        );
    }

    #[test]
    fn strings_and_their_escapes() {
        use SyntaxKind as K;
        assert_eq!(
            pieces(r#""a \" b" c"#),
            [(K::String, r#""a \" b""#), (K::Ident, "c")]
        );
        assert_eq!(
            pieces("\"open {\nx"),
            [
                (K::String, "\"open"),
                (K::LBrace, "{"),
                (K::Newline, "\n"),
                (K::Ident, "x"),
            ]
        );
        assert_eq!(unquote(r#""a \"\\\n\t" "#.trim()), "a \"\\\n\t");
        assert_eq!(unquote("“so”"), "so");
        assert_eq!(bad_escape(r#""a\n\q""#), Some((4, 2)));
    }
}
