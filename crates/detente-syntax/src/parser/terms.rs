//! Terms: words of the negotiation that parties read in their own ways.

use super::blocks::Context;
use super::{Parser, Read};
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;

/// The words that a line in the block of a term starts with, unless it starts with a party.
const LINES: &[&str] = &["stated", "means", "communicated"];
const SHOWN: &[&str] = &["stated in", "means", "US reads", "communicated by"];

/// The words that may follow the parties of `communicated`.
const KNOWN: &[&str] = &["yes", "no", "unclear"];

impl Parser<'_> {
    /// `term denuclearised "..." { ... }`, at the top level and in a variant.
    pub(super) fn term(&mut self) -> Read {
        self.keyword();
        self.no_sign();
        self.name("a term")?;
        self.title(&[]);
        self.citations()?;
        self.reach_block()?;
        self.block(Context::Term, Self::term_line)
    }

    fn term_line(&mut self) -> Read {
        use SyntaxKind as K;
        let reads = self.nth_on_line(1) && self.nth_word(1) == "reads";
        if reads && !self.means_option_called_reads() {
            return self.node(K::Reading, Self::reading);
        }
        match self.known(LINES) {
            Some("stated") => self.node(K::Stated, Self::stated),
            Some("means") => self.node(K::Means, |p| {
                p.keyword();
                p.formula()?;
                p.citations()
            }),
            Some(_) => self.node(K::Communicated, Self::communicated),
            None => Err(self.unknown("the start of anything in a term", SHOWN)),
        }
    }

    /// `US reads DPRK.declare [cites]`.
    pub(super) fn reading(&mut self) -> Read {
        self.first_name("a party")?;
        self.keyword();
        self.formula()?;
        self.citations()
    }

    /// A party may be called `means`, and an option or a party `reads`: `means reads x` is what that party
    /// reads, `means reads`, `means reads.x` and `means reads and x` are formulas.
    fn means_option_called_reads(&self) -> bool {
        use SyntaxKind as K;
        let follows = self.nth(2).kind;
        let operators = ["and", "or", "if", "unless", "iff", "is"];
        let formula = matches!(follows, K::Ident | K::LParen | K::String)
            && !operators.contains(&self.nth_word(2));
        self.word() == "means" && !(self.nth_on_line(2) && formula)
    }

    fn stated(&mut self) -> Read {
        self.keyword();
        self.expect_word(
            "in",
            "write, for example, `stated in singapore \"work toward\"`",
        )?;
        self.name("a source")?;
        self.required_text("the words quoted", &[])?;
        self.citations()
    }

    fn communicated(&mut self) -> Read {
        const HINT: &str = "write, for example, `communicated by DPRK to US unclear`";
        self.keyword();
        self.expect_word("by", HINT)?;
        self.name("a party")?;
        self.expect_word("to", HINT)?;
        self.name("a party")?;
        if self.at(SyntaxKind::Ident) && !self.ends() {
            if self.known(KNOWN).is_none() {
                let here = self.here();
                let message = format!("`yes`, `no` or `unclear` is expected, not {}", self.found());
                return Err(self.report(
                    Diagnostic::error("E0006", message)
                        .at(here, "")
                        .hint("leave the word out where the reading is known to the other party"),
                ));
            }
            self.keyword();
        }
        self.citations()
    }
}
