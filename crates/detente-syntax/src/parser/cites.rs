//! Citations: `[scmp ¶5 "unclear whether either side has changed", biegun-2019]`.

use super::{Parser, Read};
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;

impl Parser<'_> {
    /// Any number of citations.
    pub(super) fn citations(&mut self) -> Read {
        while self.at(SyntaxKind::LBracket) {
            self.citation()?;
        }
        Ok(())
    }

    fn citation(&mut self) -> Read {
        use SyntaxKind as K;
        let open = self.sig();
        let Some(partner) = open.partner else {
            self.unclosed_citation();
            return Ok(());
        };
        self.node(K::Cites, |p| {
            p.bump();
            p.brackets += 1;
            let mut first = true;
            loop {
                p.node(K::Cite, |p| p.entry(first, partner))?;
                first = false;
                if !p.eat(K::Comma) {
                    break;
                }
            }
            p.brackets -= 1;
            if p.pos == partner {
                p.bump();
                return Ok(());
            }
            let span = p.sig().span();
            let text = super::shorten(p.text_of(p.sig()));
            Err(p.report(
                Diagnostic::error("E0030", format!("`{text}` cannot follow a quotation"))
                    .at(span, "")
                    .hint("write a comma between two entries, and the quotation last in its entry"),
            ))
        })
    }

    fn unclosed_citation(&mut self) {
        use SyntaxKind as K;
        let span = self.sig().span();
        self.report(
            Diagnostic::error("E0028", "this citation is not closed")
                .at(span, "opened here")
                .hint("write `]` at its end"),
        );
        self.start(K::Error);
        self.bump();
        while !self.ends() && !self.at(K::LBrace) {
            self.bump();
        }
        self.finish();
    }

    /// One entry; `partner` is the bracket that closes the citation.
    fn entry(&mut self, first: bool, partner: usize) -> Read {
        use SyntaxKind as K;
        let empty = self.pos >= partner || matches!(self.kind(), K::Comma);
        if empty {
            let here = self.sig().span();
            return Err(self.report(
                Diagnostic::error("E0030", "an entry of this citation is empty")
                    .at(here, "expected before this")
                    .hint("write a source, for example `[scmp ¶5]`"),
            ));
        }
        if self.at(K::Ident) {
            self.name("a source")?;
        } else if first {
            let here = self.sig().span();
            return Err(self.report(
                Diagnostic::error("E0029", "this citation names no source")
                    .at(here, "")
                    .hint("write the name of a source first, for example `[scmp ¶5]`"),
            ));
        }
        if !matches!(self.kind(), K::String | K::Comma) && self.pos < partner {
            self.start(K::Locator);
            while !matches!(self.kind(), K::String | K::Comma) && self.pos < partner {
                self.bump();
            }
            self.finish();
        }
        if self.pos < partner {
            self.eat(K::String);
        }
        Ok(())
    }
}
