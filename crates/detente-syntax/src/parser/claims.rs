//! Claims: what somebody says was, is or will be.

use super::blocks::Context;
use super::{Parser, Read, Reported};
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;
use crate::lexer;

const CLAIM_HINT: &str =
    "write, for example, `claim summit \"A second summit will take place\" by author { likely }`";
const RESOLVES_HINT: &str =
    "write, for example, `resolves when event hanoi` or `resolves when US.relief`";
const LINES: &[&str] = &[
    "worded",
    "if",
    "resolves",
    "then",
    "denies",
    "advice",
    "graded",
    "reference",
    "outcome",
];
const SHOWN: &[&str] = &[
    "likely",
    "chance",
    "by",
    "between",
    "from",
    "until",
    "if",
    "then",
    "resolves when",
    "worded",
    "denies",
    "advice",
    "graded",
    "reference",
    "outcome",
];
const OUTCOMES: &[&str] = &["yes", "no", "partly", "void"];

impl Parser<'_> {
    /// `claim summit "..." by author said 2019-01-20 [cites] { ... }`.
    pub(super) fn claim(&mut self) -> Read {
        use SyntaxKind as K;
        let column = self.sig().column;
        self.keyword();
        self.no_sign();
        self.name("a claim")?;
        self.title(&["by"]);
        self.expect_word("by", CLAIM_HINT)?;
        self.name("a party or a person")?;
        if self.at_word("said") && !self.ends() {
            self.node(K::Said, |p| {
                p.keyword();
                p.day()
            })?;
        }
        self.citations()?;
        if !self.at_block() && self.content_without_braces(column) {
            return Err(self.no_braces(column));
        }
        if self.ends() && !self.at_block() {
            return Ok(());
        }
        self.reach_block()?;
        self.in_claim = true;
        let read = self.block(Context::Claim, Self::claim_line);
        self.in_claim = false;
        read?;
        self.citations()
    }

    /// Whether what a claim says goes on without braces: on its line, or deeper than its keyword, which stands in
    /// `column`.
    fn content_without_braces(&self, column: usize) -> bool {
        let sig = self.sig();
        let near = !sig.newline || !sig.blank && sig.column > column;
        near && self.starts_claim_line()
    }

    /// Reports what a claim says without braces, and skips it.
    fn no_braces(&mut self, column: usize) -> Reported {
        use SyntaxKind as K;
        let start = self.sig().span();
        let mut end = start;
        self.start(K::Error);
        loop {
            let sig = self.sig();
            let over = matches!(sig.kind, K::Eof | K::RBrace | K::Semi)
                || sig.newline && (sig.blank || sig.column <= column);
            if over {
                break;
            }
            end = sig.span();
            self.bump();
        }
        self.finish();
        let span = start.cover(end);
        let text = self.text.get(span.start..span.end).unwrap_or("");
        let lines: Vec<&str> = text.split([',', '\n']).map(str::trim).collect();
        let lines: Vec<&str> = lines.into_iter().filter(|l| !l.is_empty()).collect();
        let shown = super::shorten_to(&lines.join("; "), 72);
        self.report(
            Diagnostic::error("E0093", "what a claim says stands in braces")
                .at(span, "")
                .hint(format!(
                    "write it after the claim's first line: `{{ {shown} }}`"
                )),
        )
    }

    /// Whether a line of a claim starts here.
    pub(super) fn starts_claim_line(&self) -> bool {
        LINES.contains(&self.word())
            || self.at_likelihood()
            || self.time_at(0)
            || self.at(SyntaxKind::String)
    }

    fn claim_line(&mut self) -> Read {
        use SyntaxKind as K;
        if self.time_at(0) || self.at(K::String) {
            return self.node(K::Window, Self::time);
        }
        if self.at_likelihood() {
            return self.node(K::Likelihood, Self::likelihood);
        }
        if self.at(K::Number) {
            return Err(self.bare_chance());
        }
        match self.known(LINES) {
            Some("worded") => self.node(K::Wording, Self::wording),
            Some("if") => self.node(K::Condition, |p| {
                p.keyword();
                p.resolution()
            }),
            Some("resolves") => self.node(K::Resolves, |p| {
                p.keyword();
                p.expect_word("when", RESOLVES_HINT)?;
                p.resolution()
            }),
            Some("then") => self.node(K::Resolves, |p| {
                p.keyword();
                p.resolution()
            }),
            Some("denies") => self.node(K::Denies, |p| {
                p.keyword();
                p.name("a claim")
            }),
            Some("advice") => self.node(K::Advice, |p| {
                p.keyword();
                Ok(())
            }),
            Some("graded") => self.node(K::Graded, Self::graded),
            Some("reference") => self.node(K::AgainstReference, |p| {
                p.keyword();
                p.name("a reference class")
            }),
            Some(_) => self.node(K::CameOf, Self::outcome),
            None if matches!(self.word(), "by" | "between" | "from" | "until") => {
                self.node(K::Window, Self::time)
            }
            None => Err(self.unknown("the start of anything in a claim", SHOWN)),
        }
    }

    /// `event hanoi`, `not event hanoi`, or a formula.
    fn resolution(&mut self) -> Read {
        let event = |p: &Self, n: usize| {
            p.nth_word(n) == "event"
                && p.nth_on_line(n + 1)
                && !p.nth_word(n + 1).is_empty()
                && !lexer::is_reserved(p.nth_word(n + 1))
        };
        if event(self, 0) {
            self.keyword();
            return self.name("an event");
        }
        if self.at_word("not") && event(self, 1) {
            self.keyword();
            self.keyword();
            return self.name("an event");
        }
        self.formula().map(|_| ())
    }

    /// `graded "no text" 0.3, "vague text" 0.5`.
    fn graded(&mut self) -> Read {
        use SyntaxKind as K;
        self.keyword();
        loop {
            self.node(K::GradedOutcome, |p| {
                p.required_text("an outcome", &[])?;
                if p.at(K::Number) && !p.ends() {
                    return p.probability();
                }
                let here = p.here();
                let message = format!(
                    "the probability of the outcome is expected, not {}",
                    p.found()
                );
                Err(p.report(
                    Diagnostic::error("E0092", message)
                        .at(here, "")
                        .hint("write, for example, `graded \"no text\" 0.3, \"small deal\" 0.7`"),
                ))
            })?;
            if !self.comma() {
                return Ok(());
            }
        }
    }

    /// `outcome yes on 2019-02-27 because "..." [cites]`.
    fn outcome(&mut self) -> Read {
        use SyntaxKind as K;
        self.keyword();
        if !self.ends() && self.at(K::String) {
            self.bump();
        } else if !self.ends() && self.known(OUTCOMES).is_some() {
            self.keyword();
        } else {
            let here = self.here();
            let message = format!("what came of the claim is expected, not {}", self.found());
            return Err(
                self.report(Diagnostic::error("E0094", message).at(here, "").hint(
                    "write `yes`, `no`, `partly`, `void`, or in quotes an outcome of `graded`",
                )),
            );
        }
        self.on_day()?;
        self.reason()
    }
}
