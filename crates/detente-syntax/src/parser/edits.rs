//! Variants: their changes, and edits of lists of statements.

use super::blocks::Context;
use super::{Parser, Read};
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;
use crate::lexer;

const EDITS: &[&str] = &["drop", "insert", "move", "swap", "settle"];

impl Parser<'_> {
    pub(super) fn variant(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.name("a variant")?;
        self.title(&["extends"]);
        if self.at_word("extends") && !self.ends() {
            self.node(SyntaxKind::Extends, |p| {
                p.keyword();
                p.names("a variant", Self::name)
            })?;
        }
        self.reach_block()?;
        self.block(Context::Variant, Self::change)
    }

    /// Names with commas between them.
    pub(super) fn names(&mut self, what: &str, name: fn(&mut Self, &str) -> Read) -> Read {
        name(self, what)?;
        while self.at(SyntaxKind::Comma) && !self.ends() {
            self.bump();
            self.continue_line();
            name(self, what)?;
        }
        Ok(())
    }

    pub(super) fn change(&mut self) -> Read {
        use SyntaxKind as K;
        const WHAT: &str = "the start of a change";
        const KNOWN: &[&str] = &[
            "never",
            "when",
            "no move",
            "without never",
            "without when",
            "without view of",
            "in the eyes of",
            "status quo",
            "term",
            "irreversible",
            "reversible",
            "only on",
            "only off",
        ];
        const IN_VIEW: &[&str] = &[
            "never",
            "when",
            "no move",
            "without never",
            "without when",
            "hides",
            "invents",
            "knows the view of",
            "in the eyes of",
            "irreversible",
            "reversible",
            "only on",
            "only off",
        ];
        match self.of_party() {
            Some(K::ChangeConcept) => {
                return self.node(K::ChangeConcept, |p| {
                    p.first_name("a party")?;
                    p.keyword();
                    p.name("a solution concept")
                });
            }
            Some(K::ChangeAttitude) => {
                return self.node(K::ChangeAttitude, |p| {
                    p.first_name("a party")?;
                    p.attitude()
                });
            }
            Some(_) => return self.node(K::ChangePreferences, Self::change_preferences),
            None => {}
        }
        match self.word() {
            "never" => self.node(K::Never, Self::never),
            "when" => self.node(K::When, Self::when),
            "no" => self.node(K::NoMove, Self::no_move),
            "status" => self.node(K::StatusQuo, Self::status_quo),
            "term" => self.node(K::Term, Self::term),
            "irreversible" | "reversible" | "only" => self.node(K::ChangeDirection, |p| {
                p.direction()?;
                p.names("an option", |p, _| p.reference_here())
            }),
            "without" => self.without(),
            "in" if self.nth_word(1) == "the" => self.node(K::View, Self::view),
            "hides" | "invents" | "knows" => Err(self.only_in_view()),
            _ if matches!(self.second_word(), "prefers" | "ranks" | "weights") => {
                self.node(K::ChangePreferences, Self::change_preferences)
            }
            _ => {
                let hint = "write, for example, `US prefers { drop hinge }` or `never US.relief`";
                if self.at(K::Ident) {
                    let known = if self.in_view() { IN_VIEW } else { KNOWN };
                    return Err(self.unknown(WHAT, known));
                }
                Err(self.expected(WHAT, hint))
            }
        }
    }

    /// The word after the one that comes next, if a party can be called like that one.
    fn second_word(&self) -> &str {
        // A party may be called `no` or `without`, but not `never`.
        if lexer::is_reserved(self.word()) || !self.nth_on_line(1) {
            ""
        } else {
            self.nth_word(1)
        }
    }

    /// Whether a line that starts with the name of a party comes next, and of which kind.
    pub(super) fn of_party(&self) -> Option<SyntaxKind> {
        use SyntaxKind as K;
        match self.second_word() {
            "prefers" | "ranks" | "weights"
                if matches!(self.nth(2).kind, K::LBrace | K::LBracket) =>
            {
                Some(K::ChangePreferences)
            }
            "concept" if self.nth(2).kind == K::Ident && self.nth_on_line(2) => {
                Some(K::ChangeConcept)
            }
            "attitude" if self.nth_word(2) == "toward" && self.nth_on_line(2) => {
                Some(K::ChangeAttitude)
            }
            _ => None,
        }
    }

    /// A reference on the same line.
    pub(super) fn reference_here(&mut self) -> Read {
        if self.ends() {
            self.name("an option")
        } else {
            self.reference()
        }
    }

    fn without(&mut self) -> Read {
        if self.nth_word(1) == "view" {
            return self.node(SyntaxKind::WithoutView, |p| {
                p.keyword();
                p.keyword();
                p.expect_word("of", "write, for example, `without view of US`")?;
                p.name("a party")
            });
        }
        let kind = if self.nth_word(1) == "when" {
            SyntaxKind::WithoutWhen
        } else {
            SyntaxKind::WithoutNever
        };
        self.node(kind, |p| {
            p.keyword();
            if !p.eat_word("when") {
                p.expect_word(
                    "never",
                    "write `without never A`, `without when A` or `without view of US`",
                )?;
            }
            p.formula()?;
            Ok(())
        })
    }

    fn change_preferences(&mut self) -> Read {
        self.first_name("a party")?;
        let what = self.word();
        self.keyword();
        self.citations()?;
        self.preference_block(what)?;
        self.citations()
    }

    fn preference_block(&mut self, what: &str) -> Read {
        match what {
            "weights" => self.weight_block(),
            "ranks" if self.at_block() && self.edit_at(1) => {
                self.block(Context::VariantInner, Self::edit_or_statement)
            }
            "ranks" => self.ranking(),
            _ => {
                let edits = self.edit_at(1);
                let item = if edits {
                    Self::edit_only
                } else {
                    Self::statement_only
                };
                self.block(Context::VariantInner, item)
            }
        }
    }

    /// Whether the nth token from here starts an edit, and not a statement about an option that is
    /// called `drop`, say.
    fn edit_at(&self, n: usize) -> bool {
        use SyntaxKind as K;
        if !EDITS.contains(&self.nth_word(n)) || !self.nth_on_line(n + 1) {
            return false;
        }
        match self.nth(n + 1).kind {
            K::String | K::Number | K::LParen => true,
            K::Ident => !matches!(
                self.nth_word(n + 1),
                "and" | "or" | "if" | "unless" | "iff" | "is" | "because"
            ),
            _ => false,
        }
    }

    fn edit_only(&mut self) -> Read {
        if self.edit_at(0) || EDITS.contains(&self.word()) && !self.statement_like() {
            return self.edit();
        }
        Err(self.mixed("a statement", "an edit"))
    }

    fn statement_only(&mut self) -> Read {
        if self.edit_at(0) {
            return Err(self.mixed("an edit", "a statement"));
        }
        self.statement()
    }

    fn edit_or_statement(&mut self) -> Read {
        self.edit_only()
    }

    /// Whether what starts here can be a statement about an option named like an edit.
    fn statement_like(&self) -> bool {
        self.nth_on_line(1) && !matches!(self.nth(1).kind, SyntaxKind::RBrace | SyntaxKind::Semi)
    }

    fn mixed(&mut self, this: &str, other: &str) -> super::Reported {
        let span = self.sig().span();
        self.report(
            Diagnostic::error(
                "E0033",
                format!("{this} stands in a block that starts with {other}"),
            )
            .at(span, "")
            .hint("write either edits only, or the whole list of statements"),
        )
    }

    fn edit(&mut self) -> Read {
        use SyntaxKind as K;
        match self.word() {
            "drop" => self.node(K::Drop, |p| {
                p.keyword();
                p.target()
            }),
            "settle" => self.node(K::Settle, |p| {
                p.keyword();
                p.target()
            }),
            "insert" => self.node(K::Insert, |p| {
                p.keyword();
                p.item_start = p.pos;
                p.statement()?;
                p.position()?;
                p.citations()
            }),
            "move" => self.node(K::MoveEdit, |p| {
                p.keyword();
                p.target()?;
                p.position()
            }),
            _ => self.node(K::Swap, |p| {
                p.keyword();
                p.target()?;
                p.expect_word("and", "write, for example, `swap small and none`")?;
                p.continue_line();
                p.target()
            }),
        }
    }

    fn target(&mut self) -> Read {
        use SyntaxKind as K;
        self.node(K::Target, |p| {
            if !p.ends() && p.at(K::String) {
                p.bump();
                return Ok(());
            }
            if !p.ends() && matches!(p.kind(), K::Ident | K::Number) {
                return p.state_name();
            }
            let here = p.here();
            let message = format!("the statement is expected that is meant, not {}", p.found());
            Err(p.report(
                Diagnostic::error("E0034", message)
                    .at(here, "")
                    .hint("write its label, or its formula in quotes"),
            ))
        })
    }

    fn position(&mut self) -> Read {
        self.node(SyntaxKind::Position, |p| {
            if p.eat_word("first") || p.eat_word("last") {
                return Ok(());
            }
            if p.eat_word("before") || p.eat_word("after") {
                return p.target();
            }
            let here = p.here();
            let message = format!("a place in the list is expected, not {}", p.found());
            Err(p.report(
                Diagnostic::error("E0034", message)
                    .at(here, "")
                    .hint("write `first`, `last`, `before hinge` or `after hinge`"),
            ))
        })
    }
}
