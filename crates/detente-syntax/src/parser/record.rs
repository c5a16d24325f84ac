//! Days, tracks, agents, reference classes and commitments.

use super::blocks::Context;
use super::{Parser, Read};
use crate::ast::estimative;
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;
use crate::lexer;

const DAY_HINT: &str = "write the date as `2019-01-20`, or the words of a source in quotes, such as \
     `\"last Friday\"`; words count from the day of `as of`";
const COMMITMENT_HINT: &str =
    "write, for example, `commitment singapore4 \"Complete denuclearization\" by DPRK to US`";
const COMMITMENT_LINES: &[&str] = &["text", "quoted", "term", "kept"];
const COMMITMENT_SHOWN: &[&str] = &["text", "quoted", "term", "US reads", "kept when"];
/// The words that a time starts with, unless it starts with a day.
const TIMES: &[&str] = &["between", "by", "from", "until"];

impl Parser<'_> {
    // Days.

    /// `2019-01-18`, `"last Friday"`.
    pub(super) fn day(&mut self) -> Read {
        use SyntaxKind as K;
        let sig = self.sig();
        let given = match sig.kind {
            K::Date => true,
            K::String => !lexer::unquote(self.text_of(sig)).trim().is_empty(),
            _ => false,
        };
        let ended = self.ends() && self.pos != self.item_start;
        if !given || ended {
            if self.at(K::Other) {
                return Err(self.strange_character());
            }
            let here = self.here();
            let message = format!("a day is expected, not {}", self.found());
            return Err(self.report(
                Diagnostic::error("E0090", message)
                    .at(here, "")
                    .hint(DAY_HINT),
            ));
        }
        self.node(K::Day, |p| {
            p.bump();
            Ok(())
        })
    }

    /// Whether the nth token from here starts a time.
    pub(super) fn time_at(&self, n: usize) -> bool {
        use SyntaxKind as K;
        match self.nth(n).kind {
            K::Date => true,
            K::String => self.nth_on_line(n + 1) && self.nth(n + 1).kind == K::DotDot,
            _ => self.worded_time_at(n),
        }
    }

    /// Whether `between`, `by`, `from` or `until` and a day come next.
    pub(super) fn worded_time_at(&self, n: usize) -> bool {
        TIMES.contains(&self.nth_word(n))
            && self.nth_on_line(n + 1)
            && matches!(self.nth(n + 1).kind, SyntaxKind::Date | SyntaxKind::String)
    }

    /// `2019-01-18`, `2019-01-19 .. 2019-01-21`, `between D and D`, `by D`, `from D`, `until D`.
    pub(super) fn time(&mut self) -> Read {
        use SyntaxKind as K;
        self.node(K::Time, |p| {
            let word = p.word();
            if TIMES.contains(&word) {
                p.keyword();
                p.day()?;
                if word == "between" {
                    p.expect_word(
                        "and",
                        "write, for example, `between 2019-02-15 and 2019-03-05`",
                    )?;
                    p.continue_line();
                    p.day()?;
                }
                return Ok(());
            }
            p.day()?;
            if p.at(K::DotDot) && !p.ends() {
                p.bump();
                p.day()?;
            }
            Ok(())
        })
    }

    /// `on 2018-06-12`, if it comes next.
    pub(super) fn on_day(&mut self) -> Read {
        if !self.at_word("on") || self.ends() {
            return Ok(());
        }
        self.node(SyntaxKind::OnDay, |p| {
            p.keyword();
            p.day()
        })
    }

    // Words of likelihood.

    /// How many words of likelihood come next; the longest that there are.
    fn likelihood_words(&self) -> Option<usize> {
        let count = |words: &&&str| words.split(' ').count();
        let here = |words: &&&str| {
            words.split(' ').enumerate().all(|(n, word)| {
                (n == 0 || self.nth_on_line(n)) && self.nth_word(n).eq_ignore_ascii_case(word)
            })
        };
        let found = estimative::WORDS.iter().filter(here).max_by_key(count);
        found.map(|words| words.split(' ').count())
    }

    /// Whether a likelihood comes next: words of it, or `chance` and a number.
    pub(super) fn at_likelihood(&self) -> bool {
        if self.likelihood_words().is_some() {
            return true;
        }
        let near = matches!(
            self.word(),
            "very" | "highly" | "almost" | "nearly" | "roughly"
        );
        (self.word() == "chance" || near) && self.nth(1).kind != SyntaxKind::String
    }

    /// `likely`, `likely 0.7`, `chance 0.7`.
    pub(super) fn likelihood(&mut self) -> Read {
        use SyntaxKind as K;
        let words = self.likelihood_words();
        if let Some(words) = words {
            let phrase: Vec<&str> = (0..words).map(|n| self.nth_word(n)).collect();
            let phrase = phrase.join(" ");
            if phrase.chars().any(|c| c.is_ascii_uppercase()) {
                self.capitals(&phrase.to_ascii_lowercase());
            }
        }
        let chance = words.is_none() && self.at_word("chance");
        for _ in 0..words.unwrap_or(usize::from(chance)) {
            self.keyword();
        }
        if (words.is_some() || chance) && self.at(K::Number) && !self.ends() {
            return self.probability();
        }
        if words.is_some() {
            return Ok(());
        }
        let here = self.here();
        let message = format!("a likelihood is expected, not {}", self.found());
        let listed: Vec<String> = estimative::WORDS.iter().map(|w| format!("`{w}`")).collect();
        Err(self.report(
            Diagnostic::error("E0092", message)
                .at(here, "")
                .hint(format!(
                    "write `chance 0.7`, or one of {}",
                    listed.join(", ")
                )),
        ))
    }

    // Tracks and who talks at them.

    /// `track working "Envoys" binds US.sign hands to leaders [cites]`.
    pub(super) fn track(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.name("a track")?;
        self.title(&["binds", "hands"]);
        if self.at_word("binds") && !self.ends() {
            self.mandate()?;
        }
        if self.at_word("hands") && !self.ends() {
            self.node(SyntaxKind::HandsTo, |p| {
                p.keyword();
                p.expect_word("to", "write, for example, `hands to leaders`")?;
                p.name("a track")
            })?;
        }
        self.citations()
    }

    /// `binds all`, `binds nothing`, `binds US.sign, DPRK.sign`.
    pub(super) fn mandate(&mut self) -> Read {
        use SyntaxKind as K;
        self.node(K::Mandate, |p| {
            p.expect_word(
                "binds",
                "write, for example, `binds US.sign` or `binds all`",
            )?;
            let one = !p.nth_on_line(1) || !matches!(p.nth(1).kind, K::Dot | K::Comma);
            if matches!(p.word(), "all" | "nothing") && one && !p.ends() {
                p.keyword();
                return Ok(());
            }
            p.option_list()
        })
    }

    /// Options with commas between them.
    pub(super) fn option_list(&mut self) -> Read {
        self.names("an option", |p, _| p.reference_here())
    }

    /// `speaks through Biegun "Stephen Biegun" as "special representative" at working from 2018-08-23`.
    pub(super) fn agent(&mut self) -> Read {
        use SyntaxKind as K;
        const TIMED: &[&str] = &["as", "at", "from", "until"];
        self.keyword();
        self.expect_word(
            "through",
            "write, for example, `speaks through Biegun at working`",
        )?;
        self.no_sign();
        self.name("a person")?;
        // A day in words that another follows is no title.
        if !self.time_at(0) {
            self.title(TIMED);
        }
        if self.at_word("as") && !self.ends() {
            self.node(K::Role, |p| {
                p.keyword();
                p.required_text("the role", &["at", "from", "until"])
            })?;
        }
        if self.eat_word("at") {
            self.name("a level or track")?;
        }
        if !self.ends() && self.time_at(0) && !matches!(self.word(), "by" | "between") {
            let start = self.sig().span();
            self.time()?;
            let before = |n: usize| self.pos.checked_sub(n).map(|at| self.tokens.at(at).kind);
            let alone = before(1) == Some(K::Date)
                && before(2) != Some(K::DotDot)
                && self.tokens.at(self.pos - 1).span() == start;
            if alone {
                return Err(self.report(
                    Diagnostic::error("E0090", "one day alone is no time in which a person acts")
                        .at(start, "")
                        .hint("write `from`, `until` or `..` with it: `from 2018-08-23`"),
                ));
            }
        }
        self.citations()
    }

    /// `acts every 30 days [cites]`.
    pub(super) fn pace(&mut self) -> Read {
        const HINT: &str = "paces are in days: write, for example, `acts every 30 days`";
        self.keyword();
        self.expect_word("every", HINT)?;
        if self.at(SyntaxKind::Ident) && !self.ends() {
            let here = self.here();
            let message = format!("a number of days is expected, not {}", self.found());
            let diagnostic = Diagnostic::error("E0081", message).at(here, "");
            return Err(self.report(diagnostic.hint(HINT)));
        }
        self.amount()?;
        if !self.eat_word("day") {
            self.expect_word("days", HINT)?;
        }
        self.citations()
    }

    /// `reference deadline "..." 0.15 .. 0.20 for class "small deal" [cites]`.
    pub(super) fn reference_class(&mut self) -> Read {
        const HINT: &str = "write, for example, `for class \"small deal\", class \"big deal\"`";
        self.keyword();
        self.no_sign();
        self.name("a reference class")?;
        self.title(&["for"]);
        self.quantity()?;
        if self.eat_word("for") {
            loop {
                self.expect_word("class", HINT)?;
                self.required_text("the name of the class", &[])?;
                if !self.comma() {
                    break;
                }
            }
        }
        self.citations()
    }

    // Commitments.

    /// `commitment singapore4 "..." by DPRK to US on 2018-06-12 [cites] { ... }`.
    pub(super) fn commitment(&mut self) -> Read {
        use SyntaxKind as K;
        self.keyword();
        self.no_sign();
        self.name("a commitment")?;
        self.title(&["by"]);
        self.node(K::Bound, |p| {
            p.expect_word("by", COMMITMENT_HINT)?;
            p.names("a party", Self::name)
        })?;
        if self.at_word("to") && !self.ends() {
            self.node(K::Toward, |p| {
                p.keyword();
                p.names("a party", Self::name)
            })?;
        }
        self.on_day()?;
        self.citations()?;
        if self.ends() && !self.at_block() {
            return Ok(());
        }
        self.reach_block()?;
        self.block(Context::Commitment, Self::commitment_line)?;
        self.citations()
    }

    /// Whether a line of a commitment starts here.
    pub(super) fn starts_commitment_line(&self) -> bool {
        use SyntaxKind as K;
        let next = if self.nth_on_line(1) {
            self.nth(1).kind
        } else {
            K::Eof
        };
        self.at_reading()
            || match self.word() {
                "text" | "quoted" => next == K::String,
                "term" => next == K::Ident,
                "kept" => self.nth_word(1) == "when",
                _ => false,
            }
    }

    fn at_reading(&self) -> bool {
        !lexer::is_reserved(self.word()) && self.nth_on_line(1) && self.nth_word(1) == "reads"
    }

    fn commitment_line(&mut self) -> Read {
        use SyntaxKind as K;
        if self.at_reading() {
            return self.node(K::Reading, Self::reading);
        }
        match self.known(COMMITMENT_LINES) {
            Some("term") => self.node(K::HeldTerm, |p| {
                p.keyword();
                p.name("a term")
            }),
            Some("kept") => self.node(K::KeptWhen, |p| {
                p.keyword();
                p.expect_word("when", "write, for example, `kept when DPRK.yongbyon`")?;
                p.formula().map(|_| ())
            }),
            Some(_) => self.node(K::Wording, Self::wording),
            None => Err(self.unknown("the start of anything in a commitment", COMMITMENT_SHOWN)),
        }
    }

    /// `text "..." [cites]`.
    pub(super) fn wording(&mut self) -> Read {
        self.keyword();
        self.required_text("the exact words", &[])?;
        self.citations()
    }
}
