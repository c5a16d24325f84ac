//! Going on after a mistake, and saying which mistake it probably was.

use super::blocks::Context;
use super::{Parser, Reported, shorten};
use crate::ast::Event;
use crate::diagnostic::{Diagnostic, Span};
use crate::kind::SyntaxKind;
use crate::words::nearest;

/// The words by which a line goes on from the line before it.
const CONTINUING: &[&str] = &["and", "or", "if", "unless", "iff", "because", "then"];

impl Parser<'_> {
    /// Skips the rest of the item that starts at the token `from` and could not be read.
    pub(super) fn skip_item(&mut self, from: usize, context: Context) {
        use SyntaxKind as K;
        self.brackets = 0;
        self.nesting = 0;
        // A bracket that was opened before the mistake is skipped to its end.
        let mut until = (from..self.pos)
            .filter_map(|i| {
                let sig = self.tokens.at(i);
                sig.partner
                    .filter(|_| matches!(sig.kind, K::LParen | K::LBracket))
            })
            .max()
            .map_or(self.pos, |last| (last + 1).max(self.pos));
        let goes_on = |p: &Self| {
            let sig = p.sig();
            match sig.kind {
                K::Eof | K::RBrace | K::Semi => false,
                K::Comma if matches!(context, Context::Settings | Context::Picks) => false,
                _ if !sig.newline || p.pos == from => true,
                K::LBracket => true,
                // Lines of their own there.
                _ if p.in_claim && matches!(p.word(), "if" | "then") => false,
                _ => CONTINUING.contains(&p.word()),
            }
        };
        if self.pos >= until && !goes_on(self) {
            return;
        }
        self.start(K::Error);
        while self.pos < until || goes_on(self) {
            if self.at(K::Eof) {
                break;
            }
            if let Some(partner) = self.sig().partner {
                until = until.max(partner + 1);
            }
            self.bump();
        }
        self.finish();
    }

    /// Skips to the block of an item whose head could not be read, or to the end of the line.
    pub(super) fn skip_to_block(&mut self) {
        if self.ends() || self.at(SyntaxKind::LBrace) {
            return;
        }
        self.start(SyntaxKind::Error);
        while !self.ends() && !self.at(SyntaxKind::LBrace) {
            self.bump();
        }
        self.finish();
    }

    /// Skips whatever is left.
    pub(super) fn skip_all(&mut self) {
        if self.at(SyntaxKind::Eof) {
            return;
        }
        self.start(SyntaxKind::Error);
        while !self.at(SyntaxKind::Eof) {
            self.bump();
        }
        self.finish();
    }

    /// Reports what stands after the end of an item on its line.
    pub(super) fn leftover(&mut self) -> Reported {
        use SyntaxKind as K;
        let sig = self.sig();
        let text = shorten(self.text_of(sig));
        match sig.kind {
            K::Other => return self.strange_character(),
            K::RParen | K::RBracket => {
                let message = format!("nothing was opened that this `{text}` could close");
                return self.report(
                    Diagnostic::error("E0010", message)
                        .at(sig.span(), "")
                        .hint("remove it, or open the bracket before it"),
                );
            }
            _ => {}
        }
        let hint = match sig.kind {
            K::LBracket => "citations are not kept for this; write a comment with `#` instead",
            K::Comma => "write `and` or `or` between formulas, and each item on a line of its own",
            _ if CONTINUING.contains(&self.word()) => {
                "join a line's parts in the order that the language reference shows"
            }
            _ if Event::EFFECTS.contains(&self.word()) => {
                "what an event changes stands in braces after it: `{ opens US.relief }`"
            }
            _ if nearest(self.word(), &["hands"]).is_some() && self.nth_word(1) == "to" => {
                "did you mean `hands to`?"
            }
            _ => "start a new line, or write `;` between two items on one line",
        };
        let message = format!("`{text}` does not belong at the end of this line");
        self.report(
            Diagnostic::error("E0017", message)
                .at(sig.span(), "")
                .hint(hint),
        )
    }

    /// Reports a word that is none of those that can stand here.
    pub(super) fn unknown(&mut self, what: &str, known: &[&str]) -> Reported {
        use SyntaxKind as K;
        match self.kind() {
            K::Other => return self.strange_character(),
            K::Ident => {}
            _ => return self.expected(what, &listing(known)),
        }
        let word = self.word();
        let message = format!("`{}` is not {what}", shorten(word));
        let diagnostic = Diagnostic::error("E0007", message).at(self.sig().span(), "");
        let hint = match nearest(word, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => listing(known),
        };
        self.report(diagnostic.hint(hint))
    }

    /// Reports a word in capitals that is meant as a keyword.
    pub(super) fn capitals(&mut self, keyword: &str) {
        let span = self.sig().span();
        let word = shorten(self.word());
        self.report(
            Diagnostic::error(
                "E0008",
                format!("keywords are written in small letters, not `{word}`"),
            )
            .at(span, "")
            .hint(format!("write `{keyword}`")),
        );
    }

    /// The keyword that the next word is, if it is one; capitals are reported and forgiven.
    pub(super) fn known(&mut self, keywords: &[&'static str]) -> Option<&'static str> {
        let word = self.word();
        if word.is_empty() {
            return None;
        }
        if let Some(keyword) = keywords.iter().find(|k| **k == word) {
            return Some(keyword);
        }
        let keyword = *keywords.iter().find(|k| k.eq_ignore_ascii_case(word))?;
        self.capitals(keyword);
        Some(keyword)
    }

    /// Reports a brace that is never closed; `open` is where it stands.
    pub(super) fn unclosed(&mut self, open: Span) {
        let again = self.brace_reported == Some(self.pos);
        self.brace_reported = Some(self.pos);
        if again {
            return;
        }
        let diagnostic = Diagnostic::error("E0009", "this block is not closed")
            .at(open, "opened here")
            .hint("write `}` at its end");
        let diagnostic = if self.at(SyntaxKind::Eof) {
            diagnostic
        } else {
            let text = shorten(self.text_of(self.sig()));
            diagnostic.see(self.sig().span(), format!("`{text}` cannot stand in it"))
        };
        self.diagnostics.push(diagnostic);
    }
}

fn listing(known: &[&str]) -> String {
    let quoted: Vec<String> = known.iter().map(|k| format!("`{k}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("write one of {} or {last}", rest.join(", "))
        }
        Some((last, _)) => format!("write {last}"),
        None => String::new(),
    }
}
