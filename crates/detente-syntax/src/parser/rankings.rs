//! Rankings, weights and the arcs of the graph form.

use super::blocks::Context;
use super::{Parser, Read, shorten};
use crate::ast::Strength;
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;

const WEIGHT_HINT: &str = "write, for example, `2.5: US.relief`";

impl Parser<'_> {
    pub(super) fn ranks(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.ranking()
    }

    /// `{ a > b = c >> rest }`; newlines do not count.
    pub(super) fn ranking(&mut self) -> Read {
        let mut failed = false;
        self.block_with(Context::Inner, |p, first| {
            let from = p.pos;
            if failed || p.rank_step(first).is_err() {
                failed = true;
                p.skip_item(from, Context::Inner);
                p.skip_ranking();
            }
        })
    }

    /// After a mistake, the rest of a ranking says little: it is skipped.
    fn skip_ranking(&mut self) {
        use SyntaxKind as K;
        if matches!(self.kind(), K::RBrace | K::Eof) {
            return;
        }
        let item = |kind| {
            matches!(
                kind,
                K::Ident | K::Number | K::String | K::LParen | K::RParen
            ) || matches!(kind, K::Gt | K::GtGt | K::Eq | K::Comma)
        };
        let declares = |p: &Self| {
            matches!(
                p.word(),
                "option" | "prefers" | "party" | "weights" | "ranks" | "speaks" | "candidate"
            ) || matches!(
                p.word(),
                "never" | "when" | "variant" | "negotiation" | "moves"
            )
        };
        self.start(K::Error);
        while item(self.kind()) && !declares(self) {
            self.bump();
        }
        self.finish();
    }

    fn rank_step(&mut self, first: bool) -> Read {
        use SyntaxKind as K;
        if !first {
            match self.kind() {
                K::GtGt
                    if self.text_of(self.sig()).len() > usize::from(Strength::MOST.degree()) =>
                {
                    let span = self.sig().span();
                    return Err(self.report(
                        Diagnostic::error("E0070", "a preference has 9 degrees at most")
                            .at(span, "")
                            .hint("write from one to nine `>`"),
                    ));
                }
                K::Eq | K::Gt | K::GtGt => self.bump(),
                K::Lt => {
                    let span = self.sig().span();
                    return Err(self.report(
                        Diagnostic::error("E0036", "a ranking is not written with `<`")
                            .at(span, "")
                            .hint("write the most preferred first, and `>` after it"),
                    ));
                }
                _ => {
                    let span = self.sig().span();
                    let message = format!("`>` is missing before {}", self.found_here());
                    return Err(self.report(
                        Diagnostic::error("E0036", message)
                            .at(span, "")
                            .hint("write `>`, `>>` or `=` between two elements, best first"),
                    ));
                }
            }
        }
        self.node(K::RankItem, Self::rank_item)
    }

    fn rank_item(&mut self) -> Read {
        use SyntaxKind as K;
        self.item_start = self.pos;
        match self.kind() {
            K::Number => {
                self.brackets += 1;
                let read = self.state_name();
                self.brackets -= 1;
                read
            }
            K::String | K::LParen => self.rank_formula(),
            K::Ident => match self.word() {
                "class" => self.rank_formula(),
                "state" => {
                    self.keyword();
                    self.state_name()
                }
                "rest" => {
                    self.keyword();
                    Ok(())
                }
                _ => self.first_name("a state"),
            },
            _ => {
                let here = self.here();
                let message = format!(
                    "an element of the ranking is expected, not {}",
                    self.found_here()
                );
                Err(self.report(
                    Diagnostic::error("E0036", message).at(here, "").hint(
                        "write a state, a class, a pattern, a formula in brackets, or `rest`",
                    ),
                ))
            }
        }
    }

    /// How the next token is named when newlines do not count.
    fn found_here(&self) -> String {
        match self.kind() {
            SyntaxKind::Eof => "the end of the text".to_owned(),
            _ => format!("`{}`", shorten(self.text_of(self.sig()))),
        }
    }

    pub(super) fn weights(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.weight_block()
    }

    pub(super) fn weight_block(&mut self) -> Read {
        self.block(Context::Inner, |p| {
            p.node(SyntaxKind::Weighted, Self::weighted)
        })
    }

    /// `2.5: US.relief`, or `1 .. 3.5: US.relief` when only bounds of the weight are known.
    fn weighted(&mut self) -> Read {
        use SyntaxKind as K;
        self.weight()?;
        if self.at(K::DotDot) && !self.ends() {
            self.bump();
            self.weight()?;
        }
        if !self.at(K::Colon) || self.ends() {
            let here = self.here();
            let message = format!("a colon is expected after the weight, not {}", self.found());
            return Err(self.report(
                Diagnostic::error("E0035", message)
                    .at(here, "")
                    .hint(WEIGHT_HINT),
            ));
        }
        self.bump();
        self.formula()?;
        self.citations()
    }

    fn weight(&mut self) -> Read {
        use SyntaxKind as K;
        let first = self.pos == self.item_start;
        if self.at(K::Minus) && (first || !self.ends()) {
            self.bump();
        }
        let sig = self.sig();
        let text = self.text_of(sig);
        let digits = text.split_once('.').unwrap_or((text, ""));
        let plain = !text.contains('/');
        let readable =
            sig.kind == K::Number && plain && digits.0.len() <= 12 && digits.1.len() <= 6;
        if !readable || (self.pos != self.item_start && self.ends()) {
            let here = self.here();
            let message = format!("a weight is expected, not {}", self.found_here());
            return Err(
                self.report(
                    Diagnostic::error("E0035", message)
                        .at(here, "")
                        .hint(format!(
                            "{WEIGHT_HINT}; up to 12 digits before and 6 after the point"
                        )),
                ),
            );
        }
        self.bump();
        Ok(())
    }

    pub(super) fn moves(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.block(Context::Inner, |p| {
            p.node(SyntaxKind::MoveEntry, Self::move_entry)
        })
    }

    fn move_entry(&mut self) -> Read {
        self.first_state()?;
        if !self.at(SyntaxKind::Arrow) || self.ends() {
            let here = self.here();
            let message = format!("`->` is expected, not {}", self.found());
            return Err(
                self.report(Diagnostic::error("E0038", message).at(here, "").hint(
                    "write, for example, `1 -> 2, 9`: from state 1 to state 2, and to state 9",
                )),
            );
        }
        self.bump();
        self.state_name()?;
        while self.at(SyntaxKind::Comma) && !self.ends() {
            self.bump();
            self.continue_line();
            self.state_name()?;
        }
        Ok(())
    }

    /// The name or number of a state at the start of a line.
    fn first_state(&mut self) -> Read {
        self.brackets += 1;
        let read = self.state_name();
        self.brackets -= 1;
        read
    }
}
