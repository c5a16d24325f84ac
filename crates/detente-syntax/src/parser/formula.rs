//! Formulas: one operator-precedence reader, flat for chains and bounded in depth.

use super::{DEPTH, Parser, Read, Reported, shorten};
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;
use crate::lexer;

/// The height of a formula's tree.
type Height = u32;

/// Words that can only stand between or after formulas.
const JOINING: &[&str] = &[
    "and",
    "or",
    "if",
    "unless",
    "iff",
    "is",
    "of",
    "then",
    "because",
    "when",
    "otherwise",
];

/// Words that may follow a formula without being reserved.
const FOLLOWING: &[&str] = &["to", "first", "last", "before", "after"];

impl Parser<'_> {
    /// A formula; `iff` binds loosest.
    pub(super) fn formula(&mut self) -> Read<Height> {
        let height = self.chain(SyntaxKind::Iff, &["iff"], true, Self::conditional);
        self.formula_end = self.pos;
        height
    }

    fn conditional(&mut self) -> Read<Height> {
        self.chain(
            SyntaxKind::Conditional,
            &["if", "unless"],
            true,
            Self::either,
        )
    }

    fn either(&mut self) -> Read<Height> {
        self.chain(SyntaxKind::Or, &["or"], false, Self::both)
    }

    fn both(&mut self) -> Read<Height> {
        self.chain(SyntaxKind::And, &["and"], false, Self::unary)
    }

    /// Operands joined by operators of one rank. A `deep` chain is a tree that grows to the left.
    fn chain(
        &mut self,
        kind: SyntaxKind,
        words: &[&'static str],
        deep: bool,
        operand: fn(&mut Self) -> Read<Height>,
    ) -> Read<Height> {
        let checkpoint = self.checkpoint();
        let first = operand(self)?;
        if !self.at_operator(words) {
            return Ok(first);
        }
        self.start_at(checkpoint, kind);
        let result = self.chain_rest(first, words, deep, operand);
        self.finish();
        result
    }

    fn chain_rest(
        &mut self,
        first: Height,
        words: &[&'static str],
        deep: bool,
        operand: fn(&mut Self) -> Read<Height>,
    ) -> Read<Height> {
        let mut highest = first;
        let mut height = first;
        while self.at_operator(words) {
            let operator = self.sig();
            self.operator();
            let next = operand(self)?;
            highest = highest.max(next);
            height = 1 + if deep { height.max(next) } else { highest };
            if height > DEPTH {
                return Err(self.too_deep(operator));
            }
        }
        Ok(height)
    }

    /// Whether one of the operators comes next, also misspelt as a symbol or in capitals.
    fn at_operator(&mut self, words: &[&'static str]) -> bool {
        let word = self.word();
        if words.contains(&word) {
            return word != "if" || !self.in_claim || !self.ends();
        }
        if self.ends() {
            return false;
        }
        self.meant().is_some_and(|meant| words.contains(&meant))
    }

    /// The operator that a symbol or a word in capitals stands for.
    fn meant(&self) -> Option<&'static str> {
        let sig = self.sig();
        match sig.kind {
            SyntaxKind::Other => match self.text_of(sig) {
                "&" | "∧" => Some("and"),
                "|" | "∨" => Some("or"),
                _ => None,
            },
            SyntaxKind::Ident => {
                let word = self.text_of(sig);
                let same = |k: &&&str| k.eq_ignore_ascii_case(word) && **k != word;
                ["and", "or", "if", "unless", "iff"]
                    .iter()
                    .find(same)
                    .copied()
            }
            _ => None,
        }
    }

    /// Takes an operator word, or what was written for it, which is reported.
    fn operator(&mut self) {
        let sig = self.sig();
        match (sig.kind, self.meant()) {
            (SyntaxKind::Ident, None) => self.keyword(),
            (SyntaxKind::Ident, Some(word)) => {
                self.capitals(word);
                self.bump_as(SyntaxKind::Keyword);
            }
            (_, meant) => {
                let twice =
                    self.text_of(self.nth(1)) == self.text_of(sig) && self.nth(1).start == sig.end;
                let count = if twice { 2 } else { 1 };
                self.symbol(count, meant.unwrap_or("and"));
                // The tree says what was meant, the text stays as it is.
                for _ in 0..count {
                    self.bump_as(SyntaxKind::Keyword);
                }
            }
        }
    }

    /// Reports the next tokens as a symbol for which a word is written.
    fn symbol(&mut self, tokens: usize, word: &str) {
        let span = self.sig().span().cover(self.nth(tokens - 1).span());
        let text = self.text.get(span.start..span.end).unwrap_or("");
        self.report(
            Diagnostic::error("E0019", format!("`{text}` is no operator in a formula"))
                .at(span, "")
                .hint(format!("write `{word}`")),
        );
    }

    fn too_deep(&mut self, at: super::Sig) -> Reported {
        self.report(
            Diagnostic::error("E0024", "this formula is nested too deeply")
                .at(at.span(), "the limit is passed here")
                .hint(format!(
                    "up to {DEPTH} levels are read; name parts of it with `class`, or split it"
                )),
        )
    }

    /// Reads something nested one level deeper.
    fn nested<T>(&mut self, at: super::Sig, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.nesting >= DEPTH {
            return Err(self.too_deep(at));
        }
        self.nesting += 1;
        let result = read(self);
        self.nesting = self.nesting.saturating_sub(1);
        result
    }

    fn unary(&mut self) -> Read<Height> {
        let sig = self.sig();
        let text = self.text_of(sig);
        let symbol = sig.kind == SyntaxKind::Other && matches!(text, "!" | "~" | "¬");
        let shouted = sig.kind == SyntaxKind::Ident
            && text != "not"
            && text.eq_ignore_ascii_case("not")
            && self.nth_on_line(1)
            && matches!(self.nth(1).kind, SyntaxKind::Ident | SyntaxKind::LParen)
            && !JOINING.contains(&self.nth_word(1))
            && !FOLLOWING.contains(&self.nth_word(1));
        let plain = text == "not" && sig.kind == SyntaxKind::Ident;
        if !(plain || symbol || shouted) {
            return self.atom();
        }
        self.node(SyntaxKind::Not, |p| {
            if symbol {
                p.symbol(1, "not");
            } else if shouted {
                p.capitals("not");
            }
            p.bump_as(SyntaxKind::Keyword);
            let height = 1 + p.nested(sig, Self::unary)?;
            if height > DEPTH {
                Err(p.too_deep(sig))
            } else {
                Ok(height)
            }
        })
    }

    /// A formula that needs no brackets in a ranking.
    pub(super) fn rank_formula(&mut self) -> Read {
        self.atom().map(|_| ())
    }

    fn atom(&mut self) -> Read<Height> {
        use SyntaxKind as K;
        let sig = self.sig();
        if self.line_ended() {
            return Err(self.no_formula());
        }
        match sig.kind {
            K::LParen => self.node(K::Paren, |p| p.nested(sig, |p| p.bracketed(sig))),
            K::String => self.node(K::PatternAtom, |p| {
                p.bump();
                Ok(1)
            }),
            K::Ident => match self.word() {
                "true" | "false" => self.node(K::Constant, |p| {
                    p.keyword();
                    Ok(1)
                }),
                "at" | "exactly" => self.node(K::Count, |p| p.nested(sig, |p| p.count(sig))),
                "class" => self.node(K::ClassAtom, |p| {
                    p.keyword();
                    if p.ends() || !p.at(K::String) {
                        return Err(p.expected(
                            "the name of a class in quotes",
                            "write, for example, `class \"small deal\"`",
                        ));
                    }
                    p.bump();
                    Ok(1)
                }),
                "term" => self.node(K::TermAtom, |p| {
                    p.keyword();
                    p.name("a term")?;
                    Ok(1)
                }),
                "state" => self.node(K::StateAtom, |p| {
                    p.keyword();
                    p.state_name()?;
                    Ok(1)
                }),
                word if JOINING.contains(&word) => Err(self.no_formula()),
                // The next line starts something else.
                word if self.ends() && self.pos != self.item_start && lexer::is_reserved(word) => {
                    Err(self.no_formula())
                }
                _ => self.option_atom(),
            },
            _ => Err(self.no_formula()),
        }
    }

    /// Whether the line has ended where a formula should stand. It may go on after an operator.
    fn line_ended(&self) -> bool {
        let before = self
            .pos
            .checked_sub(1)
            .map_or("", |at| self.text_of(self.tokens.at(at)));
        self.sig().newline
            && self.brackets == 0
            && self.pos != self.item_start
            && !matches!(before, "and" | "or" | "if" | "unless" | "iff" | "not")
    }

    fn no_formula(&mut self) -> Reported {
        if self.at(SyntaxKind::Other) {
            return self.strange_character();
        }
        let here = self.here();
        let message = format!("a formula is expected, not {}", self.found());
        self.report(
            Diagnostic::error("E0020", message)
                .at(here, "")
                .hint("write an option, such as `US.relief`, or a formula of options"),
        )
    }

    fn bracketed(&mut self, open: super::Sig) -> Read<Height> {
        use SyntaxKind as K;
        let before = self.brackets;
        self.bump();
        self.brackets += 1;
        let height = self.formula()?;
        if self.at(K::RParen) {
            self.bump();
            self.brackets = before;
            return Ok(height);
        }
        Err(self.no_closing(open))
    }

    /// Reports what stands where a round bracket should close.
    fn no_closing(&mut self, open: super::Sig) -> Reported {
        if open.partner.is_some() {
            if let Some(reported) = self.implication() {
                return reported;
            }
            if self.starts_formula() {
                return self.side_by_side();
            }
            return self.expected("`)` or an operator", "");
        }
        let found = if self.sig().newline {
            "the end of the line".into()
        } else {
            self.found()
        };
        self.report(
            Diagnostic::error("E0021", "this bracket is not closed")
                .at(open.span(), "opened here")
                .hint(format!("write `)` before {found}")),
        )
    }

    /// Whether a formula could start here.
    pub(super) fn starts_formula(&self) -> bool {
        match self.kind() {
            SyntaxKind::LParen | SyntaxKind::String => true,
            SyntaxKind::Ident => !JOINING.contains(&self.word()),
            _ => false,
        }
    }

    /// Reports two formulas without an operator between them.
    fn side_by_side(&mut self) -> Reported {
        let span = self.sig().span();
        let text = shorten(self.text_of(self.sig()));
        self.report(
            Diagnostic::error("E0025", format!("an operator is missing before `{text}`"))
                .at(span, "")
                .hint("write `and` or `or` between two formulas, or give each a line of its own"),
        )
    }

    /// Reports what follows an item on its line.
    pub(super) fn after_item(&mut self) -> Reported {
        if self.formula_end == self.pos {
            if let Some(reported) = self.implication() {
                return reported;
            }
            if self.starts_formula() {
                return self.side_by_side();
            }
        }
        self.leftover()
    }

    /// Reports an arrow after a formula.
    fn implication(&mut self) -> Option<Reported> {
        let tokens = match self.kind() {
            SyntaxKind::Arrow => 1,
            SyntaxKind::Eq if self.nth(1).kind == SyntaxKind::Gt => 2,
            _ => return None,
        };
        let span = self.sig().span().cover(self.nth(tokens - 1).span());
        let text = self.text.get(span.start..span.end).unwrap_or("");
        Some(
            self.report(
                Diagnostic::error("E0019", format!("`{text}` is no operator in a formula"))
                    .at(span, "")
                    .hint("write `B if A` for \"A implies B\""),
            ),
        )
    }

    fn count(&mut self, open: super::Sig) -> Read<Height> {
        use SyntaxKind as K;
        const HINT: &str = "write, for example, `at least 2 of (A, B, C)`";
        if self.at_word("at") {
            self.keyword();
            if !self.eat_word("least") && !self.eat_word("most") {
                return Err(self.count_error("`least` or `most`", HINT));
            }
        } else {
            self.keyword();
        }
        if !self.at(K::Number) || self.ends() {
            return Err(self.count_error("a number", HINT));
        }
        let sig = self.sig();
        let number = self.text_of(sig);
        if number.parse::<u32>().is_err() {
            let message = format!("`{}` is no number that can be counted to", shorten(number));
            return Err(self.report(
                Diagnostic::error("E0027", message)
                    .at(sig.span(), "")
                    .hint("write a whole number, at most the number of formulas in the brackets"),
            ));
        }
        self.bump();
        if !self.eat_word("of") {
            return Err(self.count_error("`of`", HINT));
        }
        let bracket = self.sig();
        if !self.at(K::LParen) {
            return Err(self.count_error("`(`", HINT));
        }
        let before = self.brackets;
        self.bump();
        self.brackets += 1;
        let mut highest = 0;
        loop {
            highest = highest.max(self.formula()?);
            if !self.eat(K::Comma) {
                break;
            }
        }
        if !self.at(K::RParen) {
            return Err(self.no_closing(bracket));
        }
        self.bump();
        self.brackets = before;
        if highest + 1 > DEPTH {
            Err(self.too_deep(open))
        } else {
            Ok(highest + 1)
        }
    }

    fn count_error(&mut self, what: &str, hint: &str) -> Reported {
        let here = self.here();
        let message = format!("{what} is expected in a count, not {}", self.found());
        self.report(Diagnostic::error("E0023", message).at(here, "").hint(hint))
    }

    /// `US.relief`, `US.drills is hold`, `drills >= calibrate`.
    fn option_atom(&mut self) -> Read<Height> {
        use SyntaxKind as K;
        let checkpoint = self.checkpoint();
        self.reference()?;
        let compares = !self.ends()
            && (self.at_word("is")
                || self.at_word("IS")
                || self.at_word("Is")
                || matches!(self.kind(), K::Lt | K::Le | K::Gt | K::Ge)
                || self.equals().is_some());
        self.start_at(
            checkpoint,
            if compares {
                K::LevelAtom
            } else {
                K::OptionAtom
            },
        );
        let result = if compares { self.level() } else { Ok(()) };
        self.finish();
        result.map(|()| 1)
    }

    /// How many tokens `=`, `==` or `!=` take if one comes next, and what is written for it.
    fn equals(&self) -> Option<(usize, &'static str)> {
        use SyntaxKind as K;
        let next = self.nth(1);
        match self.kind() {
            K::Eq if next.kind == K::Eq => Some((2, "is")),
            K::Eq if next.kind == K::Gt => None,
            K::Eq => Some((1, "is")),
            K::Other if self.text_of(self.sig()) == "!" && next.kind == K::Eq => {
                Some((2, "is not"))
            }
            _ => None,
        }
    }

    fn level(&mut self) -> Read {
        if let Some((tokens, word)) = self.equals() {
            self.symbol(tokens, word);
            for _ in 0..tokens {
                self.bump();
            }
        } else if self.at(SyntaxKind::Ident) {
            if !self.at_word("is") {
                self.capitals("is");
            }
            self.keyword();
            self.eat_word("not");
        } else {
            self.bump();
        }
        if self.at_number() {
            return self.level_number();
        }
        let named = self.at(SyntaxKind::Ident) && !lexer::is_reserved(self.word());
        if self.ends() || !named {
            let here = self.here();
            let message = format!("the name of a level is expected, not {}", self.found());
            return Err(self.report(
                Diagnostic::error("E0022", message).at(here, "").hint(
                    "write, for example, `drills is cancel`; a yes-or-no option stands alone",
                ),
            ));
        }
        self.name("a level")
    }
}
