//! Constructs that are read and kept for later: a keyword, the rest of its line, a block in braces
//! if one opens, and lines that are indented deeper than the keyword.

use super::{Parser, Read};
use crate::kind::SyntaxKind;

/// The words that they start with.
pub(super) const KEPT: &[&str] = &["calendar", "claim"];

impl Parser<'_> {
    pub(super) fn kept(&mut self) -> Read {
        self.node(SyntaxKind::Kept, |p| {
            let column = p.sig().column;
            p.keyword();
            if p.ends() && !p.at_block() {
                return Err(p.expected("what this is about", ""));
            }
            p.kept_rest(column);
            Ok(())
        })
    }

    /// Takes tokens up to the end of the construct.
    fn kept_rest(&mut self, column: usize) {
        use SyntaxKind as K;
        let mut closed = true;
        loop {
            let sig = self.sig();
            match sig.kind {
                K::Eof | K::RBrace | K::Semi => return,
                // A block may open on the next line, as everywhere.
                K::LBrace => {
                    if sig.partner.is_none() && closed {
                        closed = false;
                        self.unclosed(sig.span());
                    }
                    self.kept_block(sig.partner);
                    continue;
                }
                _ => {}
            }
            if sig.newline && (sig.blank || sig.column <= column) {
                return;
            }
            self.bump();
        }
    }

    fn kept_block(&mut self, partner: Option<usize>) {
        self.bump();
        while partner.is_some_and(|end| self.pos <= end) {
            self.bump();
        }
    }
}
