//! Options and what they are set to.

use super::blocks::Context;
use super::{Parser, Read, Reported};
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;
use crate::lexer;

impl Parser<'_> {
    /// `{ US.relief, not US.drills }`.
    pub(super) fn settings(&mut self) -> Read {
        self.block(Context::Settings, Self::setting)
    }

    /// `US.relief`, `not US.relief`, `US.drills is hold`.
    pub(super) fn setting(&mut self) -> Read {
        self.node(SyntaxKind::Setting, |p| {
            if p.at_word("not") {
                p.keyword();
                return if p.at(SyntaxKind::Ident) {
                    p.reference()
                } else {
                    Err(p.no_setting())
                };
            }
            let reserved = lexer::is_reserved(p.word());
            if !p.at(SyntaxKind::Ident) || (reserved && p.pos != p.item_start) {
                return Err(p.no_setting());
            }
            p.reference()?;
            if !p.eat_word("is") {
                if !p.ends() && matches!(p.kind(), SyntaxKind::Eq) {
                    let span = p.sig().span();
                    return Err(p.report(
                        Diagnostic::error("E0019", "`=` is no operator in a formula")
                            .at(span, "")
                            .hint("write `is`"),
                    ));
                }
                return Ok(());
            }
            if p.at_word("not") {
                return Err(p.no_setting());
            }
            if p.ends() || !p.at(SyntaxKind::Ident) {
                let here = p.here();
                let message = format!("the name of a level is expected, not {}", p.found());
                return Err(p.report(
                    Diagnostic::error("E0022", message)
                        .at(here, "")
                        .hint("write, for example, `drills is cancel`"),
                ));
            }
            p.name("a level")
        })
    }

    pub(super) fn no_setting(&mut self) -> Reported {
        if self.at(SyntaxKind::Other) {
            return self.strange_character();
        }
        let here = self.here();
        let message = format!("an option and its value are expected, not {}", self.found());
        self.report(Diagnostic::error("E0026", message).at(here, "").hint(
            "write `US.relief`, `not US.relief` or `US.drills is hold`, joined by `and` or commas",
        ))
    }

    /// `US.cancel, not US.relief`.
    pub(super) fn setting_list(&mut self) -> Read {
        loop {
            if self.ends() {
                return Err(self.no_setting());
            }
            self.setting()?;
            if self.eat_word("and") {
                self.continue_line();
            } else if !self.comma() {
                return Ok(());
            }
        }
    }
}
