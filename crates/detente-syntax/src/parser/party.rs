//! The block of a party: agents, options and preferences.

use super::blocks::Context;
use super::{Parser, Read, shorten};
use crate::ast::{Attitude, Strength};
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;

pub(super) const ITEMS: &[&str] = &[
    "speaks",
    "acts",
    "option",
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
const SHOWN: &[&str] = &[
    "speaks through",
    "acts every",
    "option",
    "prefers",
    "ranks",
    "weights",
    "candidate",
    "moves",
    "concept",
    "attitude toward",
    "utility",
    "ratifier",
    "ratified by",
];
/// What the block of a candidate holds.
const ORDERS: &[&str] = &["prefers", "ranks", "weights"];
/// The words that may follow the title of an option.
const TRAITS: &[&str] = &["one", "irreversible", "reversible", "only", "step"];

impl Parser<'_> {
    pub(super) fn party(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.name("a party")?;
        self.title(&[]);
        self.citations()?;
        self.reach_block()?;
        self.block(Context::Party, Self::party_item)
    }

    fn party_item(&mut self) -> Read {
        use SyntaxKind as K;
        match self.known(ITEMS) {
            Some("speaks") => self.node(K::Agent, Self::agent),
            Some("acts") => self.node(K::Pace, Self::pace),
            Some("option") => self.node(K::OptionDecl, Self::option),
            Some("prefers") => self.node(K::Prefers, Self::prefers),
            Some("ranks") => self.node(K::Ranks, Self::ranks),
            Some("weights") => self.node(K::Weights, Self::weights),
            Some("candidate") => self.node(K::Candidate, Self::candidate),
            Some("moves") => self.node(K::Moves, Self::moves),
            Some("utility") => self.node(K::Utility, Self::utility),
            Some("ratifier") => self.node(K::Ratifier, Self::ratifier),
            Some("ratified") => self.node(K::Ratified, Self::ratified),
            Some("attitude") => self.node(K::Attitude, |p| {
                p.attitude()?;
                p.citations()
            }),
            Some(_) => self.node(K::Concept, |p| {
                p.keyword();
                p.no_sign();
                p.name("a solution concept")
            }),
            None => Err(self.unknown("the start of anything in a party", SHOWN)),
        }
    }

    /// `attitude toward DPRK positive`.
    pub(super) fn attitude(&mut self) -> Read {
        self.keyword();
        self.expect_word(
            "toward",
            "write, for example, `attitude toward DPRK positive`",
        )?;
        self.name("a party or `self`")?;
        let named = Attitude::named(self.word()).filter(|_| !self.ends());
        if named.is_some() {
            self.keyword();
            return Ok(());
        }
        let here = self.here();
        let message = format!("an attitude is expected, not {}", self.found());
        Err(self.report(
            Diagnostic::error("E0071", message)
                .at(here, "")
                .hint("write `positive`, `neutral` or `negative`"),
        ))
    }

    fn option(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.name("an option")?;
        self.option_traits()
    }

    /// What follows the name of an option: its title, how it may be moved, citations.
    pub(super) fn option_traits(&mut self) -> Read {
        self.title(TRAITS);
        let mut seen: [Option<&str>; 3] = [None; 3];
        while !self.ends() {
            let slot = match self.word() {
                "one" => 0,
                "irreversible" | "reversible" | "only" => 1,
                "step" => 2,
                _ => break,
            };
            let word = self.word();
            let before = seen.get_mut(slot).and_then(|s| s.replace(word));
            if let Some(before) = before {
                let span = self.sig().span();
                return Err(self.report(
                    Diagnostic::error("E0041", format!("`{word}` comes after `{before}`"))
                        .at(span, "")
                        .hint("say each thing about an option once"),
                ));
            }
            match slot {
                0 => self.node(SyntaxKind::Levels, Self::levels)?,
                1 => self.direction()?,
                _ => self.node(SyntaxKind::Stepwise, |p| {
                    const HINT: &str = "write `step by step`";
                    p.keyword();
                    p.expect_word("by", HINT)?;
                    p.expect_word("step", HINT)
                })?,
            }
        }
        self.citations()
    }

    fn levels(&mut self) -> Read {
        let start = self.sig().span();
        self.keyword();
        self.expect_word("of", "write, for example, `one of hold, calibrate, cancel`")?;
        self.name("a level")?;
        let mut count = 1;
        while self.at(SyntaxKind::Comma) && !self.ends() {
            self.bump();
            self.continue_line();
            self.name("a level")?;
            count += 1;
        }
        if count < 2 && self.ends() {
            return Err(self.report(
                Diagnostic::error("E0042", "a choice has two levels or more")
                    .at(start.cover(self.here()), "")
                    .hint("write all levels with commas between them, lowest first"),
            ));
        }
        Ok(())
    }

    /// After a comma the line may go on below.
    pub(super) fn continue_line(&mut self) {
        self.tokens.join_line(self.pos);
    }

    /// `irreversible`, `reversible`, `only on`, `only off`.
    pub(super) fn direction(&mut self) -> Read {
        self.node(SyntaxKind::Direction, |p| {
            let only = p.at_word("only");
            p.keyword();
            if only && !p.eat_word("on") && !p.eat_word("off") {
                return Err(p.expected("`on` or `off`", "write `only on` or `only off`"));
            }
            Ok(())
        })
    }

    /// `candidate hard 0.6 "Hard line" { prefers { ... } }`.
    fn candidate(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.name("a candidate")?;
        if self.at(SyntaxKind::Number) && !self.ends() {
            self.probability()?;
        }
        self.title(&[]);
        self.citations()?;
        self.reach_block()?;
        self.block(Context::Candidate, Self::order)
    }

    /// What one candidate says: statements, a ranking or weights.
    fn order(&mut self) -> Read {
        use SyntaxKind as K;
        match self.known(ORDERS) {
            Some("prefers") => self.node(K::Prefers, Self::prefers),
            Some("ranks") => self.node(K::Ranks, Self::ranks),
            Some(_) => self.node(K::Weights, Self::weights),
            None => Err(self.unknown("the start of what a candidate wants", ORDERS)),
        }
    }

    pub(super) fn prefers(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.citations()?;
        self.block(Context::Inner, Self::statement)
    }

    /// One statement with what stands before its colon.
    pub(super) fn statement(&mut self) -> Read {
        self.node(SyntaxKind::Statement, |p| {
            p.prefix()?;
            p.formula()?;
            p.citations()
        })
    }

    /// How many tokens the modifiers and the label before a colon take, colon included; nothing if
    /// there is no colon.
    fn prefix_length(&self) -> Option<usize> {
        use SyntaxKind as K;
        let mut n = 0;
        loop {
            n += match (self.nth_word(n), self.nth(n + 1).kind) {
                ("maybe" | "strongly", K::Number) => 2,
                ("maybe" | "strongly", _) => 1,
                ("either", _) if self.nth_word(n + 1) == "order" => 2,
                _ => break,
            };
        }
        if self.nth(n).kind == K::Ident {
            n += 1;
        }
        let colon = self.nth(n).kind == K::Colon && n > 0;
        let one_line = (1..=n).all(|i| self.nth_on_line(i));
        (colon && one_line).then_some(n)
    }

    fn prefix(&mut self) -> Read {
        let Some(colon) = self.prefix_length().map(|n| self.pos + n) else {
            return self.colon_forgotten();
        };
        self.node(SyntaxKind::Prefix, |p| {
            let mut seen: Vec<&str> = Vec::new();
            while p.pos < colon {
                let word = p.word();
                let modifier = match word {
                    "maybe" | "strongly" => true,
                    "either" => p.nth_word(1) == "order",
                    _ => false,
                };
                if !modifier {
                    p.first_name("a statement")?;
                    continue;
                }
                if seen.contains(&word) {
                    let span = p.sig().span();
                    return Err(p.report(
                        Diagnostic::error("E0041", format!("`{word}` comes twice"))
                            .at(span, "")
                            .hint("say each thing about a statement once"),
                    ));
                }
                seen.push(word);
                p.keyword();
                if word == "either" {
                    p.keyword();
                } else if word == "maybe" && p.at(SyntaxKind::Number) {
                    p.probability()?;
                } else if word == "strongly" && p.at(SyntaxKind::Number) {
                    p.strength()?;
                }
            }
            p.bump();
            Ok(())
        })
    }

    pub(super) fn probability(&mut self) -> Read {
        let sig = self.sig();
        let text = self.text_of(sig);
        if !crate::ast::is_probability(text) {
            let hint = match text.parse::<u8>() {
                Ok(percent @ 2..=99) => {
                    let decimal = format!("0.{percent:02}");
                    let decimal = decimal.trim_end_matches('0');
                    format!("write a decimal from 0 to 1: `{decimal}` is {percent} in a hundred")
                }
                _ => "write a decimal from 0 to 1 with at most 6 digits after the point".to_owned(),
            };
            return Err(self.report(
                Diagnostic::error("E0032", format!("`{}` is no probability", shorten(text)))
                    .at(sig.span(), "")
                    .hint(hint),
            ));
        }
        self.bump();
        Ok(())
    }

    fn strength(&mut self) -> Read {
        let sig = self.sig();
        let text = self.text_of(sig);
        let degree = text.parse().ok().and_then(Strength::of);
        if degree.is_none_or(|s| s.is_plain() || text.len() > 1) {
            return Err(self.report(
                Diagnostic::error(
                    "E0070",
                    format!("`{}` is no degree of a strong preference", shorten(text)),
                )
                .at(sig.span(), "")
                .hint("write a number from 2 to 9; `strongly` alone is 2"),
            ));
        }
        self.bump();
        Ok(())
    }

    /// Reports a modifier that is followed by a formula instead of a colon.
    fn colon_forgotten(&mut self) -> Read {
        use SyntaxKind as K;
        let sig = self.sig();
        let word = self.word();
        let after = match (word, self.nth(1).kind) {
            ("maybe" | "strongly", K::Number) => 2,
            ("maybe" | "strongly", _) => 1,
            ("either", _) if self.nth_word(1) == "order" => 2,
            _ => return Ok(()),
        };
        let follows = self.nth(after);
        let operators = ["and", "or", "if", "unless", "iff", "is"];
        let formula = matches!(follows.kind, K::Ident | K::LParen)
            && self.nth_on_line(after)
            && !operators.contains(&self.nth_word(after))
            || after == 2;
        if !formula {
            return Ok(());
        }
        let span = sig.span().cover(self.nth(after - 1).span());
        let text = self.text.get(span.start..span.end).unwrap_or("");
        Err(self.report(
            Diagnostic::error("E0031", format!("a colon is missing after `{text}`"))
                .at(span, "")
                .hint(format!("write `{text}:` before the formula")),
        ))
    }
}
