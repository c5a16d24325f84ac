//! The calendar: events, when they are, and what they change.

use super::blocks::Context;
use super::{Parser, Read, Reported, shorten};
use crate::ast::Event;
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;
use crate::lexer;

const EVENT_HINT: &str = "write the kind of the event in one word after its day, for example \
     `2019-02-27 .. 2019-02-28 summit hanoi \"Hanoi\" at leaders`, or what changes: `2019-05-01 opens US.relief`";
const LINES: &[&str] = &[
    "known", "replaces", "likely", "chance", "sets", "default", "opens", "closes", "mandate",
];

impl Parser<'_> {
    /// `calendar { ... }`.
    pub(super) fn calendar(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.block(Context::Calendar, |p| {
            p.node(SyntaxKind::Event, Self::event)
        })
    }

    fn event(&mut self) -> Read {
        use SyntaxKind as K;
        self.time()?;
        let changes = self.nth_on_line(1) && Event::CHANGED.contains(&self.nth_word(1));
        if !self.ends() && (changes || self.at_effect()) {
            self.effect()?;
            return self.citations();
        }
        let slip = self.days_slip();
        if slip.is_some() || self.ends() || !self.at(K::Ident) || lexer::is_reserved(self.word()) {
            if self.at(K::Other) && !self.ends() {
                return Err(self.strange_character());
            }
            let here = self.here();
            let message = format!(
                "the kind of the event, or what it changes, is expected, not {}",
                self.found()
            );
            return Err(self.report(
                Diagnostic::error("E0091", message)
                    .at(here, "")
                    .hint(slip.unwrap_or_else(|| EVENT_HINT.to_owned())),
            ));
        }
        self.name("a kind of events")?;
        let named = self.at(K::Ident) && !matches!(self.word(), "at" | "with");
        if named && !self.ends() {
            self.name("an event")?;
        }
        self.title(&["at", "with"]);
        if self.at_word("at") && !self.ends() {
            self.node(K::AtTrack, |p| {
                p.keyword();
                p.name("a track")
            })?;
        }
        if self.at_word("with") && !self.ends() {
            self.node(K::With, |p| {
                p.keyword();
                p.names("a party or a person", Self::name)
            })?;
        }
        self.citations()?;
        if self.ends() && !self.at_block() {
            return Ok(());
        }
        self.reach_block()?;
        self.block(Context::Event, Self::event_line)?;
        self.citations()
    }

    /// Whether a line of an event starts here, after another one on the same line.
    pub(super) fn starts_event_line(&self) -> bool {
        let day = matches!(self.nth(1).kind, SyntaxKind::Date | SyntaxKind::String);
        self.word() == "known" && day
            || self.at_replaces()
            || self.at_value()
            || self.at_likelihood()
            || self.at_effect()
    }

    fn at_replaces(&self) -> bool {
        // A party may be called so.
        self.word() == "replaces"
            && self.nth_on_line(1)
            && self.nth(1).kind == SyntaxKind::Ident
            && !self.party_changes()
    }

    /// Whether a word and a text come next.
    fn at_value(&self) -> bool {
        self.at(SyntaxKind::Ident)
            && !lexer::is_reserved(self.word())
            && self.nth_on_line(1)
            && self.nth(1).kind == SyntaxKind::String
    }

    fn event_line(&mut self) -> Read {
        use SyntaxKind as K;
        if self.word() == "known" && !self.party_changes() {
            return self.node(K::Known, |p| {
                p.keyword();
                p.day()
            });
        }
        if self.at_replaces() {
            return self.node(K::Replaces, |p| {
                p.keyword();
                p.name("an event")
            });
        }
        if self.at_value() {
            return self.node(K::StatedValue, |p| {
                p.first_name("a value")?;
                p.bump();
                p.citations()
            });
        }
        if self.at_effect() {
            return self.effect();
        }
        if self.at_likelihood() {
            return self.node(K::Likelihood, Self::likelihood);
        }
        if self.at(K::Number) {
            return Err(self.bare_chance());
        }
        Err(self.unknown("the start of anything in an event", LINES))
    }

    /// A probability without the word before it.
    pub(super) fn bare_chance(&mut self) -> Reported {
        let hint = format!("write `chance {}`", shorten(self.text_of(self.sig())));
        self.expected("`chance` before a probability", &hint)
    }

    /// Words about days that stand after the day: what to write instead.
    fn days_slip(&self) -> Option<String> {
        use SyntaxKind as K;
        if self.ends() || !self.nth_on_line(1) {
            return None;
        }
        let dash = self.at(K::Minus) || matches!(self.word(), "to" | "until");
        if dash && self.nth(1).kind == K::Date {
            return Some(
                "write two points between the first and the last day: `2019-02-27 .. 2019-02-28`"
                    .to_owned(),
            );
        }
        let word = self.word();
        let before = matches!(word, "by" | "from" | "until");
        // Otherwise it may be the kind of the event.
        let free = |n: usize| {
            self.nth_on_line(n)
                && self.nth(n).kind == K::Ident
                && !matches!(self.nth_word(n), "at" | "with")
        };
        (before && free(1) && free(2))
            .then(|| format!("write `{word}` before the day: `{word} 2019-02-28`"))
    }

    /// Whether what starts here says what an event changes.
    fn at_effect(&self) -> bool {
        self.party_changes()
            || Event::EFFECTS.contains(&self.word())
            || matches!(self.word(), "never" | "when" | "term")
    }

    /// Whether a change of a party's preferences, concept or attitude comes next.
    fn party_changes(&self) -> bool {
        use SyntaxKind as K;
        if !self.nth_on_line(1) || lexer::is_reserved(self.word()) {
            return false;
        }
        match self.nth_word(1) {
            "prefers" | "ranks" | "weights" => {
                let mut n = 2;
                while let (K::LBracket, Some(end)) = (self.nth(n).kind, self.nth(n).partner) {
                    n = end + 1 - self.pos;
                }
                self.nth(n).kind == K::LBrace
            }
            "concept" => {
                // The mandate of a track that is called `concept` is none.
                let bound = self.nth_word(2) == "binds" && self.nth(3).kind == K::Ident;
                let mandate = self.word() == "mandate" && bound && self.nth_on_line(3);
                let next = self.nth_word(2);
                let named = !next.is_empty() && !lexer::is_reserved(next);
                self.nth_on_line(2) && named && !mandate
            }
            "attitude" => self.nth_on_line(2) && self.nth_word(2) == "toward",
            _ => false,
        }
    }

    fn effect(&mut self) -> Read {
        use SyntaxKind as K;
        if self.party_changes() {
            return self.change();
        }
        match self.word() {
            "sets" => self.node(K::Sets, |p| {
                p.keyword();
                if p.eat_word("state") {
                    p.state_name()
                } else {
                    p.setting_list()
                }
            }),
            "default" => self.node(K::TakesEffect, |p| {
                p.keyword();
                p.setting_list()
            }),
            "opens" => self.node(K::Opens, |p| {
                p.keyword();
                p.option_list()
            }),
            "closes" => self.node(K::Closes, |p| {
                p.keyword();
                p.option_list()
            }),
            "mandate" => self.node(K::NewMandate, |p| {
                p.keyword();
                p.name("a track")?;
                p.mandate()
            }),
            _ => self.change(),
        }
    }
}
