//! What can be agreed: issues, packages, facts, and what an agreement makes of options.

use super::blocks::Context;
use super::{Parser, Read, shorten};
use crate::ast::Amount;
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;
use crate::lexer;

const ISSUE_HINT: &str = "write, for example, `relief \"Sanctions relief\": none, waivers, all`";
const PICK_HINT: &str = "write an issue and its level, for example `relief waivers`, `yongbyon part or all`, \
     `troops 1000 .. 3000` or `drills any`";
const FACT_HINT: &str =
    "write, for example, `fact US rejects big_deal` or `fact US prefers vox to ri_offer`";
/// The words that a line in `issues` starts with, unless it starts with an issue.
const RULES: &[&str] = &["never", "always"];
const VERDICTS: &[&str] = &["accepts", "rejects", "prefers"];

impl Parser<'_> {
    /// `issues { ... }`.
    pub(super) fn issues(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.block(Context::Issues, Self::issue_line)
    }

    fn issue_line(&mut self) -> Read {
        use SyntaxKind as K;
        let declares = self.nth(1).kind == K::Colon
            || self.nth(1).kind == K::String && self.nth(2).kind == K::Colon;
        if !declares && self.known(RULES).is_some() {
            return self.node(K::PackageRule, Self::never);
        }
        self.node(K::Issue, Self::issue)
    }

    fn issue(&mut self) -> Read {
        use SyntaxKind as K;
        self.first_name("an issue")?;
        if !self.ends() {
            self.eat(K::String);
        }
        self.colon("the name and title of an issue", ISSUE_HINT)?;
        if self.at(K::Number) || self.at(K::Minus) {
            return self.numbered_levels();
        }
        loop {
            self.node(K::IssueLevel, |p| {
                p.name("a level")?;
                if !p.ends() {
                    p.eat(K::String);
                }
                Ok(())
            })?;
            if !self.comma() {
                break;
            }
        }
        self.between_commas("levels")?;
        self.citations()
    }

    /// `0 .. 28500 by 500`.
    fn numbered_levels(&mut self) -> Read {
        self.amount()?;
        if !self.at(SyntaxKind::DotDot) || self.ends() {
            return Err(self.expected(
                "`..`",
                "levels are names, or numbers from one to another: `0 .. 28500 by 500`",
            ));
        }
        self.bump();
        self.amount()?;
        if self.eat_word("by") {
            self.amount()?;
        }
        self.citations()
    }

    /// A colon after `what`.
    pub(super) fn colon(&mut self, what: &str, hint: &str) -> Read {
        if self.at(SyntaxKind::Colon) && !self.ends() {
            self.bump();
            return Ok(());
        }
        if self.at(SyntaxKind::Other) && !self.ends() {
            return Err(self.strange_character());
        }
        let here = self.here();
        let message = format!("a colon is expected after {what}, not {}", self.found());
        Err(self.report(Diagnostic::error("E0080", message).at(here, "").hint(hint)))
    }

    /// Takes a comma, after which the line may go on below.
    pub(super) fn comma(&mut self) -> bool {
        let found = self.at(SyntaxKind::Comma) && !self.ends();
        if found {
            self.bump();
            self.continue_line();
        }
        found
    }

    /// Reports a name or number that follows another one without a comma, unless another item starts with it.
    pub(super) fn between_commas(&mut self, what: &str) -> Read {
        use SyntaxKind as K;
        let follows = matches!(self.kind(), K::Ident | K::Number | K::Minus);
        if self.ends() || !follows || self.starts_worth() || self.starts_issue() {
            return Ok(());
        }
        let span = self.sig().span();
        let text = shorten(self.text_of(self.sig()));
        Err(self.report(
            Diagnostic::error("E0082", format!("a comma is missing before `{text}`"))
                .at(span, "")
                .hint(format!("write {what} with commas between them")),
        ))
    }

    /// `3`, `-2.5`, `2/7`.
    pub(super) fn amount(&mut self) -> Read {
        use SyntaxKind as K;
        self.node(K::Amount, |p| {
            let first = p.pos == p.item_start;
            if p.at(K::Minus) && (first || !p.ends()) {
                p.bump();
            }
            let sig = p.sig();
            let ended = p.ends() && p.pos != p.item_start;
            if sig.kind != K::Number || ended {
                let here = p.here();
                let message = format!("a number is expected, not {}", p.found());
                return Err(p.report(
                    Diagnostic::error("E0081", message)
                        .at(here, "")
                        .hint("write a number such as `3`, `-2.5` or `2/7`"),
                ));
            }
            p.digits()
        })
    }

    /// The digits of a number.
    pub(super) fn digits(&mut self) -> Read {
        let sig = self.sig();
        let text = self.text_of(sig);
        if Amount::is_valid(text) {
            self.bump();
            return Ok(());
        }
        let message = format!("`{}` cannot be read as a number", shorten(text));
        Err(self.report(
            Diagnostic::error("E0081", message)
                .at(sig.span(), "")
                .hint("up to 40 digits are read, and a fraction is not over 0"),
        ))
    }

    /// `3`, `1 .. 3.5`.
    pub(super) fn quantity(&mut self) -> Read {
        self.node(SyntaxKind::Quantity, |p| {
            p.amount()?;
            if p.at(SyntaxKind::DotDot) && !p.ends() {
                p.bump();
                p.amount()?;
            }
            Ok(())
        })
    }

    /// `package ri_offer "Ri's offer" [ri] { relief waivers  yongbyon part or all } [ri]`.
    pub(super) fn package(&mut self) -> Read {
        use SyntaxKind as K;
        self.keyword();
        self.no_sign();
        self.name("a package")?;
        self.title(&[]);
        self.citations()?;
        self.reach_block()?;
        self.block(Context::Picks, |p| {
            p.node(K::Pick, Self::pick)?;
            while !p.ends() && !p.at(K::Comma) {
                p.node(K::Pick, Self::pick)?;
            }
            Ok(())
        })?;
        self.citations()
    }

    /// `relief waivers`, `yongbyon part or all`, `troops 1000 .. 3000`, `drills any`.
    fn pick(&mut self) -> Read {
        use SyntaxKind as K;
        if !self.at(K::Ident) {
            return Err(self.no_pick("the name of an issue"));
        }
        self.first_name("an issue")?;
        self.no_sign();
        if self.at_word("is") && !self.ends() {
            let span = self.sig().span();
            return Err(self.report(
                Diagnostic::error("E0083", "no `is` is written in a package")
                    .at(span, "")
                    .hint(PICK_HINT),
            ));
        }
        if self.at_word("any") && !self.ends() && self.nth_word(1) != "or" {
            self.keyword();
            return Ok(());
        }
        loop {
            if self.ends() || !matches!(self.kind(), K::Ident | K::Number | K::Minus) {
                return Err(self.no_pick("a level"));
            }
            self.node(K::PickedLevel, |p| {
                if p.at(K::Ident) {
                    p.name("a level")
                } else {
                    p.quantity()
                }
            })?;
            if !self.eat_word("or") {
                return Ok(());
            }
            self.continue_line();
        }
    }

    fn no_pick(&mut self, what: &str) -> super::Reported {
        if self.at(SyntaxKind::Other) {
            return self.strange_character();
        }
        let here = self.here();
        let message = format!("{what} is expected in this package, not {}", self.found());
        self.report(
            Diagnostic::error("E0083", message)
                .at(here, "")
                .hint(PICK_HINT),
        )
    }

    /// `fact US rejects ri_offer [ri]`.
    pub(super) fn fact(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.node(SyntaxKind::Ref, |p| {
            p.name("a party or a ratifier")?;
            if p.at(SyntaxKind::Dot) && !p.ends() {
                p.bump();
                p.name("a ratifier")?;
            }
            Ok(())
        })?;
        let verdict = if self.ends() {
            None
        } else {
            self.known(VERDICTS)
        };
        let Some(verdict) = verdict else {
            let here = self.here();
            let message = format!(
                "`accepts`, `rejects` or `prefers` is expected, not {}",
                self.found()
            );
            return Err(self.report(
                Diagnostic::error("E0084", message)
                    .at(here, "")
                    .hint(FACT_HINT),
            ));
        };
        self.keyword();
        self.name("a package")?;
        if verdict == "prefers" {
            self.expect_word("to", FACT_HINT)?;
            self.name("a package")?;
        }
        self.citations()
    }

    /// `agreed { ... }`.
    pub(super) fn agreed(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.block(Context::Agreed, |p| {
            p.node(SyntaxKind::AgreedLine, |p| {
                p.setting()?;
                if p.eat_word("when") {
                    p.formula()?;
                }
                p.citations()
            })
        })
    }

    /// The level of a numbered issue in a formula.
    pub(super) fn level_number(&mut self) -> Read {
        self.node(SyntaxKind::Name, |p| {
            if p.at(SyntaxKind::Minus) {
                p.bump();
            }
            p.digits()
        })
    }

    /// Whether a number, perhaps with a minus, comes next on the line.
    pub(super) fn at_number(&self) -> bool {
        use SyntaxKind as K;
        let signed = self.at(K::Minus) && self.nth(1).kind == K::Number && self.nth_on_line(1);
        !self.ends() && (self.at(K::Number) || signed)
    }

    /// Whether the name that comes next, or a text after it, is followed by a colon: the next issue.
    pub(super) fn starts_issue(&self) -> bool {
        let title = usize::from(self.nth(1).kind == SyntaxKind::String);
        let named = self.at(SyntaxKind::Ident) && !lexer::is_reserved(self.word());
        named && self.nth_on_line(1 + title) && self.nth(1 + title).kind == SyntaxKind::Colon
    }
}
