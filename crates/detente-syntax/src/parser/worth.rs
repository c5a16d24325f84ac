//! What packages are worth: utilities, and who must ratify.

use super::blocks::Context;
use super::{Parser, Read};
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;
use crate::words::nearest;

/// The words that a line of a utility starts with, unless it starts with an issue or a number.
const LINES: &[&str] = &["importance", "reservation", "discount"];
const SHOWN: &[&str] = &[
    "relief: 0, 12, 35",
    "6: relief is all",
    "importance",
    "reservation",
    "discount",
];
const TRENDS: &[&str] = &["rising", "falling"];
const ENOUGH: &[&str] = &["all", "any", "majority"];
const WORTH_HINT: &str = "write, for example, `relief: 0, -8, -30`, `relief weight 0.4: none 100, all 0` or \
     `troops weight ? falling: 0 at 0, -30 at 28500`";

impl Parser<'_> {
    /// `utility { ... }`.
    pub(super) fn utility(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.block(Context::Utility, Self::worth_line)
    }

    /// `ratifier hawks "Hard-liners" votes 2 [cite] { ... }`.
    pub(super) fn ratifier(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.name("a ratifier")?;
        self.title(&["votes"]);
        if self.eat_word("votes") {
            self.votes("write, for example, `ratifier hawks votes 2 { ... }`")?;
        }
        self.citations()?;
        self.reach_block()?;
        self.block(Context::Utility, Self::worth_line)
    }

    /// `ratified by all`, `any`, `majority`, `3 votes`.
    pub(super) fn ratified(&mut self) -> Read {
        const HINT: &str = "write `ratified by all`, `ratified by any`, `ratified by majority` or `ratified by 3 votes`";
        self.keyword();
        self.expect_word("by", HINT)?;
        if self.at(SyntaxKind::Number) && !self.ends() {
            self.votes(HINT)?;
            return self.expect_word("votes", HINT);
        }
        if !self.ends() && self.known(ENOUGH).is_some() {
            self.keyword();
            return Ok(());
        }
        let here = self.here();
        let message = format!("who is enough is expected, not {}", self.found());
        Err(self.report(Diagnostic::error("E0085", message).at(here, "").hint(HINT)))
    }

    /// A whole number of votes.
    fn votes(&mut self, hint: &str) -> Read {
        let sig = self.sig();
        let number = sig.kind == SyntaxKind::Number && !self.ends();
        if number && self.text_of(sig).parse::<u32>().is_ok() {
            self.bump();
            return Ok(());
        }
        let here = self.here();
        let message = format!("a whole number of votes is expected, not {}", self.found());
        Err(self.report(Diagnostic::error("E0085", message).at(here, "").hint(hint)))
    }

    /// Whether a line of a utility starts here, even in the middle of a line.
    pub(super) fn starts_worth(&self) -> bool {
        use SyntaxKind as K;
        let on_line = |n| {
            if self.nth_on_line(n) {
                self.nth(n).kind
            } else {
                K::Eof
            }
        };
        match self.kind() {
            K::Ident => {
                self.starts_issue_worth()
                    || match self.word() {
                        "reservation" | "discount" => matches!(on_line(1), K::Number | K::Minus),
                        "importance" => on_line(1) == K::Ident && on_line(2) == K::Gt,
                        _ => false,
                    }
            }
            K::Number | K::Minus => {
                // `6:`, `-3 .. 5:`
                let mut n = usize::from(self.at(K::Minus)) + 1;
                if on_line(n) == K::DotDot {
                    n += 1 + usize::from(on_line(n + 1) == K::Minus) + 1;
                }
                on_line(n) == K::Colon
            }
            _ => false,
        }
    }

    /// Whether what comes next is an issue with its values. An issue may be called `reservation`.
    fn starts_issue_worth(&self) -> bool {
        use SyntaxKind as K;
        let next = self.nth(1);
        let value = self.nth(2);
        self.at(K::Ident)
            && self.nth_on_line(1)
            && match self.nth_word(1) {
                "weight" => value.kind != K::Gt && self.nth_on_line(2),
                "rising" | "falling" => value.kind == K::Colon,
                _ => next.kind == K::Colon,
            }
    }

    fn worth_line(&mut self) -> Read {
        use SyntaxKind as K;
        match self.kind() {
            K::Number | K::Minus => {
                return self.node(K::UtilityTerm, |p| {
                    p.quantity()?;
                    p.colon(
                        "the worth of a combination",
                        "write, for example, `6: relief is all and yongbyon is all`",
                    )?;
                    p.formula()?;
                    p.citations()
                });
            }
            K::Ident if !self.starts_issue_worth() => match self.known(LINES) {
                Some("importance") => return self.node(K::Importance, Self::importance),
                Some("reservation") => {
                    return self.node(K::Reservation, |p| {
                        p.keyword();
                        p.no_sign();
                        p.quantity()?;
                        p.citations()
                    });
                }
                Some(_) => return self.node(K::Discount, Self::discount),
                None if nearest(self.word(), LINES).is_some() => {
                    return Err(self.unknown("the start of a line of a utility", SHOWN));
                }
                None => {}
            },
            K::Ident => {}
            _ => return Err(self.unknown("the start of a line of a utility", SHOWN)),
        }
        self.node(K::IssueWorth, Self::issue_worth)
    }

    fn issue_worth(&mut self) -> Read {
        use SyntaxKind as K;
        self.first_name("an issue")?;
        if self.eat_word("weight") {
            let unknown = self.at(K::Other) && self.text_of(self.sig()) == "?" && !self.ends();
            if unknown {
                self.keyword();
            } else {
                self.quantity()?;
            }
        }
        if !self.ends() && self.known(TRENDS).is_some() {
            self.keyword();
        }
        self.colon("the issue", WORTH_HINT)?;
        let named = self.at(K::Ident);
        let first = self.sig();
        loop {
            if self.at(K::Ident) != named {
                let here = self.here();
                return Err(self.report(
                    Diagnostic::error(
                        "E0082",
                        "values are given by name for all levels or for none",
                    )
                    .at(here, "")
                    .see(
                        first.span(),
                        if named { "by name" } else { "without a name" },
                    )
                    .hint(WORTH_HINT),
                ));
            }
            self.node(K::Value, |p| {
                if named {
                    p.name("a level")?;
                }
                p.quantity()?;
                if p.at_word("at") && !p.ends() {
                    p.keyword();
                    p.amount()?;
                }
                Ok(())
            })?;
            if !self.comma() {
                break;
            }
        }
        self.between_commas("values")?;
        self.citations()
    }

    /// `importance relief > yongbyon > drills`.
    fn importance(&mut self) -> Read {
        const HINT: &str = "write, for example, `importance relief > yongbyon > drills`";
        self.keyword();
        self.no_sign();
        self.name("an issue")?;
        loop {
            if !self.at(SyntaxKind::Gt) || self.ends() {
                return Err(self.expected("`>`", HINT));
            }
            self.bump();
            self.continue_line();
            self.name("an issue")?;
            if !self.at(SyntaxKind::Gt) || self.ends() {
                break;
            }
        }
        self.citations()
    }

    /// `discount 0.9 from 2019-03-04 "Spring drills"`, `discount 0.9 from event drills`.
    fn discount(&mut self) -> Read {
        const HINT: &str = "write, for example, `discount 0.9 from 2019-03-04 \"Spring drills\"` or `discount 0.9 from event drills`";
        self.keyword();
        self.no_sign();
        self.amount()?;
        self.expect_word("from", HINT)?;
        if !self.ends() && self.at_word("event") {
            self.keyword();
            self.name("an event")?;
        } else if !self.ends() && self.at(SyntaxKind::Date) {
            self.bump();
        } else {
            let here = self.here();
            let message = format!("a date or an event is expected, not {}", self.found());
            return Err(self.report(Diagnostic::error("E0039", message).at(here, "").hint(HINT)));
        }
        if !self.ends() {
            self.eat(SyntaxKind::String);
        }
        self.citations()
    }
}
