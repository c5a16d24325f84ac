//! The elements at the top level of a negotiation.

use super::blocks::Context;
use super::party;
use super::{Parser, Read, Reported, shorten};
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;
use crate::lexer;

/// The words that an element starts with.
const ITEMS: &[&str] = &[
    "negotiation",
    "as",
    "source",
    "party",
    "never",
    "when",
    "no",
    "class",
    "state",
    "status",
    "term",
    "in",
    "issues",
    "package",
    "fact",
    "agreed",
    "track",
    "calendar",
    "commitment",
    "claim",
    "reference",
    "variant",
];
/// How they are shown to the reader.
const SHOWN: &[&str] = &[
    "negotiation",
    "as of",
    "source",
    "party",
    "never",
    "when",
    "no move",
    "class",
    "state",
    "status quo",
    "term",
    "in the eyes of",
    "issues",
    "package",
    "fact",
    "agreed",
    "track",
    "calendar",
    "commitment",
    "claim",
    "reference",
    "variant",
];
/// Words that belong in the block of a party.
const PARTY_ITEMS: &[&str] = &[
    "option",
    "speaks",
    "acts",
    "prefers",
    "ranks",
    "weights",
    "candidate",
    "moves",
    "concept",
    "attitude",
    "utility",
    "ratifier",
    "ratified",
];

impl Parser<'_> {
    /// One element.
    pub(super) fn item(&mut self) -> Read {
        use SyntaxKind as K;
        if let Some(keyword) = self.known(ITEMS) {
            self.displaced = false;
            return match keyword {
                "negotiation" => self.node(K::Negotiation, Self::negotiation),
                "as" => self.node(K::AsOf, Self::as_of),
                "source" => self.node(K::Source, Self::source),
                "party" => self.node(K::Party, Self::party),
                "never" => self.node(K::Never, Self::never),
                "when" => self.node(K::When, Self::when),
                "no" => self.node(K::NoMove, Self::no_move),
                "class" => self.node(K::Class, Self::class),
                "state" => self.node(K::State, Self::state),
                "status" => self.node(K::StatusQuo, Self::status_quo),
                "term" => self.node(K::Term, Self::term),
                "in" => self.node(K::View, Self::view),
                "issues" => self.node(K::Issues, Self::issues),
                "package" => self.node(K::Package, Self::package),
                "fact" => self.node(K::Fact, Self::fact),
                "agreed" => self.node(K::Agreed, Self::agreed),
                "track" => self.node(K::Track, Self::track),
                "calendar" => self.node(K::Calendar, Self::calendar),
                "commitment" => self.node(K::Commitment, Self::commitment),
                "claim" => self.node(K::Claim, Self::claim),
                "reference" => self.node(K::Reference, Self::reference_class),
                _ => self.node(K::Variant, Self::variant),
            };
        }
        if PARTY_ITEMS.contains(&self.word()) {
            return Err(self.misplaced());
        }
        Err(self.unknown("the start of an element", SHOWN))
    }

    fn misplaced(&mut self) -> Reported {
        if self.displaced {
            return Reported;
        }
        self.displaced = true;
        let span = self.sig().span();
        let word = self.word();
        self.report(
            Diagnostic::error("E0015", format!("`{word}` belongs in the block of a party"))
                .at(span, "")
                .hint("move it between the braces of its party; a `}` before it may be too many"),
        )
    }

    fn negotiation(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.required_text("the name of the negotiation", &[])
    }

    fn as_of(&mut self) -> Read {
        self.keyword();
        self.expect_word("of", "write, for example, `as of 2019-01-20`")?;
        if self.ends() || !self.at(SyntaxKind::Date) {
            let here = self.here();
            let message = format!("a date is expected, not {}", self.found());
            return Err(self.report(
                Diagnostic::error("E0039", message)
                    .at(here, "")
                    .hint("write the date as `2019-01-20`: year, month and day"),
            ));
        }
        self.bump();
        Ok(())
    }

    fn source(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.name("a source")?;
        self.title(&[]);
        if self.ends() && !self.at_block() {
            return Ok(());
        }
        self.reach_block()?;
        self.block(Context::Source, |p| {
            p.node(SyntaxKind::Property, Self::property)?;
            while !p.ends() {
                p.node(SyntaxKind::Property, Self::property)?;
            }
            Ok(())
        })
    }

    fn property(&mut self) -> Read {
        use SyntaxKind as K;
        if !self.at(K::Ident) {
            return Err(self.expected(
                "the name of a property",
                "write a property and its value, for example `kind commentary`",
            ));
        }
        self.keyword();
        self.no_sign();
        if self.ends() || !matches!(self.kind(), K::String | K::Date | K::Number | K::Ident) {
            return Err(self.expected(
                "the value of the property",
                "write a text in quotes, a date, a number or one word",
            ));
        }
        self.bump();
        Ok(())
    }

    /// `because "..."` and citations.
    pub(super) fn reason(&mut self) -> Read {
        if self.at_word("because") {
            self.node(SyntaxKind::Because, |p| {
                p.keyword();
                p.required_text("the reason", &[])
            })?;
        }
        self.citations()
    }

    pub(super) fn never(&mut self) -> Read {
        self.keyword();
        self.formula()?;
        self.reason()
    }

    pub(super) fn when(&mut self) -> Read {
        self.keyword();
        self.formula()?;
        if !self.at_word("then") {
            if !self.ends() {
                return Err(self.after_item());
            }
            let here = self.here();
            return Err(self.report(
                Diagnostic::error("E0040", "this `when` has no `then`").at(here, "").hint(
                    "write `when A then B`: whenever a move makes A true, B is switched with it",
                ),
            ));
        }
        self.keyword();
        loop {
            self.setting()?;
            let comma = self.at(SyntaxKind::Comma) && !self.ends();
            if comma {
                self.bump();
            } else if self.at_word("and") {
                self.keyword();
            } else {
                break;
            }
        }
        if matches!(self.word(), "or" | "if" | "unless" | "iff") {
            return Err(self.no_setting());
        }
        self.reason()
    }

    pub(super) fn no_move(&mut self) -> Read {
        const HINT: &str = "write `no move from A to B`, or `no move by US from A to B`";
        self.keyword();
        self.expect_word("move", HINT)?;
        if self.eat_word("by") {
            self.name("a party")?;
        }
        self.expect_word("from", HINT)?;
        self.formula()?;
        self.expect_word("to", HINT)?;
        self.formula()?;
        self.reason()
    }

    fn class(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.required_text("the name of the class", &["when", "otherwise"])?;
        if self.eat_word("when") {
            self.formula()?;
        } else if !self.eat_word("otherwise") {
            let here = self.here();
            return Err(self.report(
                Diagnostic::error("E0037", "this class does not say which states it holds")
                    .at(here, "")
                    .hint("write `when` and a formula, or `otherwise` for all that is left"),
            ));
        }
        self.citations()
    }

    fn state(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.state_name()?;
        self.title(&[]);
        if self.at_block() {
            self.settings()?;
        }
        self.citations()
    }

    pub(super) fn status_quo(&mut self) -> Read {
        const HINT: &str = "write `status quo { US.drills is hold }` or `status quo state 1`";
        self.keyword();
        self.expect_word("quo", HINT)?;
        if self.eat_word("state") {
            return self.state_name();
        }
        if !self.at_block() {
            return Err(self.expected("`{` or `state`", HINT));
        }
        self.settings()
    }

    // Parts that several elements share.

    pub(super) fn at_block(&self) -> bool {
        self.at(SyntaxKind::LBrace)
    }

    /// Reports what stands between a head and its block.
    pub(super) fn reach_block(&mut self) -> Read {
        if self.at_block() || self.ends() {
            return Ok(());
        }
        let reported = self.leftover();
        self.skip_to_block();
        if self.at_block() {
            Ok(())
        } else {
            Err(reported)
        }
    }

    /// Reports `:` or `=` where nothing of the kind is written, and goes on behind it.
    pub(super) fn no_sign(&mut self) {
        if self.ends() || !matches!(self.kind(), SyntaxKind::Colon | SyntaxKind::Eq) {
            return;
        }
        let sig = self.sig();
        let sign = self.text_of(sig);
        self.report(
            Diagnostic::error("E0014", format!("no `{sign}` is written here"))
                .at(sig.span(), "")
                .hint(format!("leave the `{sign}` out")),
        );
        self.start(SyntaxKind::Error);
        self.bump();
        self.finish();
    }

    /// A name; `what` says of what, with its article.
    pub(super) fn name(&mut self, what: &str) -> Read {
        let sig = self.sig();
        let word = self.word();
        if self.ends() || sig.kind != SyntaxKind::Ident {
            let here = self.here();
            let message = format!("the name of {what} is expected, not {}", self.found());
            let hint = if sig.kind == SyntaxKind::String && !self.ends() {
                "write a short name before the text in quotes"
            } else {
                "names are letters, digits, `_` and inner `-`, and do not start with a digit"
            };
            return Err(self.report(Diagnostic::error("E0012", message).at(here, "").hint(hint)));
        }
        if lexer::is_reserved(word) {
            return Err(self.reserved());
        }
        self.node(SyntaxKind::Name, |p| {
            p.bump();
            Ok(())
        })
    }

    fn reserved(&mut self) -> Reported {
        let span = self.sig().span();
        let word = self.word();
        self.report(
            Diagnostic::error(
                "E0013",
                format!("`{word}` is a word of the language, not a name"),
            )
            .at(span, "")
            .hint(format!("choose another name, such as `{word}_`")),
        )
    }

    /// The name or number of a state.
    pub(super) fn state_name(&mut self) -> Read {
        let sig = self.sig();
        let whole = self.text_of(sig).bytes().all(|b| b.is_ascii_digit());
        if sig.kind == SyntaxKind::Number && whole && !self.ends() {
            return self.node(SyntaxKind::Name, |p| {
                p.bump();
                Ok(())
            });
        }
        self.name("a state")
    }

    /// `relief`, `US.relief`.
    pub(super) fn reference(&mut self) -> Read {
        self.node(SyntaxKind::Ref, |p| {
            p.first_name("an option")?;
            if p.at(SyntaxKind::Dot) && !p.ends() {
                p.bump();
                p.name("an option")?;
            }
            Ok(())
        })
    }

    /// A name that may stand at the start of a line.
    pub(super) fn first_name(&mut self, what: &str) -> Read {
        if !self.at(SyntaxKind::Ident) {
            return self.name(what);
        }
        if lexer::is_reserved(self.word()) {
            return Err(self.reserved());
        }
        self.node(SyntaxKind::Name, |p| {
            p.bump();
            Ok(())
        })
    }

    /// A text in quotes, if there is one; words without quotes are reported and skipped. The words
    /// in `after` may follow instead; a word that starts the next item of a party is no text.
    pub(super) fn title(&mut self, after: &[&str]) {
        self.no_sign();
        if self.ends() {
            return;
        }
        if self.at(SyntaxKind::String) {
            self.bump();
            self.no_sign();
        } else if self.at(SyntaxKind::Ident)
            && !after.contains(&self.word())
            && !lexer::is_reserved(self.word())
            && !party::ITEMS.contains(&self.word())
        {
            self.unquoted(after);
        }
    }

    /// A text in quotes.
    pub(super) fn required_text(&mut self, what: &str, after: &[&str]) -> Read {
        if !self.ends() && self.at(SyntaxKind::String) {
            self.bump();
            return Ok(());
        }
        if !self.ends() && self.at(SyntaxKind::Ident) && !after.contains(&self.word()) {
            self.unquoted(after);
            return Ok(());
        }
        let hint = "write it in double quotes";
        Err(self.expected(&format!("{what} in quotes"), hint))
    }

    fn unquoted(&mut self, after: &[&str]) {
        use SyntaxKind as K;
        let start = self.sig().span();
        let mut span = start;
        self.start(K::Error);
        while !self.ends()
            && !matches!(self.kind(), K::LBrace | K::LBracket | K::String)
            && !after.contains(&self.word())
        {
            span = self.sig().span();
            self.bump();
        }
        self.finish();
        let span = start.cover(span);
        let text = shorten(self.text.get(span.start..span.end).unwrap_or(""));
        self.report(
            Diagnostic::error("E0011", format!("the text `{text}` stands without quotes"))
                .at(span, "")
                .hint(format!("write `\"{text}\"`")),
        );
    }
}
