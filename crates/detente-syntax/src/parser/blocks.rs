//! Items one after another, and the braces around them.

use super::{Parser, Read};
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;

/// What a block holds; decides which words show that its closing brace is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    Top,
    Source,
    Party,
    Candidate,
    /// Statements, rankings, weights or moves.
    Inner,
    Settings,
    Term,
    /// Issues and rules about packages.
    Issues,
    /// A utility, of a party or a ratifier.
    Utility,
    /// What a package says of the issues.
    Picks,
    Agreed,
    Calendar,
    Event,
    Commitment,
    Claim,
    Variant,
    View,
    /// Statements, rankings or weights in a variant or a view.
    VariantInner,
}

impl Parser<'_> {
    /// Everything.
    pub(super) fn document(&mut self) {
        loop {
            while self.eat(SyntaxKind::Semi) {}
            match self.kind() {
                SyntaxKind::Eof => return,
                SyntaxKind::RBrace => {
                    self.stray_brace();
                    continue;
                }
                _ => {}
            }
            self.one(Context::Top, Self::item);
        }
    }

    fn stray_brace(&mut self) {
        let span = self.sig().span();
        if !self.displaced {
            self.displaced = true;
            self.report(
                Diagnostic::error("E0010", "nothing was opened that this `}` could close")
                    .at(span, "")
                    .hint("remove it, or look for a `}` too many before it"),
            );
        }
        self.start(SyntaxKind::Error);
        self.bump();
        self.finish();
    }

    /// One item, and what is wrong at its end.
    fn one(&mut self, context: Context, item: fn(&mut Self) -> Read) {
        let from = self.pos;
        self.item_start = from;
        let mut read = item(self);
        let separated = match context {
            Context::Settings | Context::Picks => self.at(SyntaxKind::Comma),
            Context::Utility => self.starts_worth(),
            Context::Issues => self.starts_issue(),
            Context::Event => self.starts_event_line(),
            Context::Commitment => self.starts_commitment_line(),
            Context::Claim => self.starts_claim_line(),
            _ => false,
        };
        if read.is_ok() && !separated && !self.ends() {
            read = Err(self.after_item());
        }
        if read.is_err() {
            self.skip_item(from, context);
        }
        if self.pos == from {
            // Not reached by a correct item; makes sure that reading ends.
            self.start(SyntaxKind::Error);
            self.bump();
            self.finish();
        }
    }

    /// `{ ... }` with items that are separated by newlines or `;`, settings also by `,`.
    pub(super) fn block(&mut self, context: Context, item: fn(&mut Self) -> Read) -> Read {
        self.block_with(context, |p, _| p.one(context, item))
    }

    /// `{ ... }` with contents that `contents` reads, one piece at a time. The flag says whether it is the first.
    pub(super) fn block_with(
        &mut self,
        context: Context,
        mut contents: impl FnMut(&mut Self, bool),
    ) -> Read {
        if !self.at(SyntaxKind::LBrace) {
            let here = self.here();
            return Err(self.report(
                Diagnostic::error("E0018", format!("`{{` is expected, not {}", self.found()))
                    .at(here, "")
                    .hint("write the block in braces, `{ }` if it is empty"),
            ));
        }
        let open = self.sig().span();
        self.start(SyntaxKind::Block);
        self.bump();
        let mut first = true;
        loop {
            while self.at(SyntaxKind::Semi)
                || (self.at(SyntaxKind::Comma)
                    && matches!(context, Context::Settings | Context::Picks))
            {
                self.bump();
            }
            if self.eat(SyntaxKind::RBrace) {
                break;
            }
            if self.at(SyntaxKind::Eof) || self.belongs_outside(context) {
                self.unclosed(open);
                break;
            }
            let from = self.pos;
            contents(self, first);
            first = false;
            if self.pos == from {
                self.bump();
            }
        }
        self.finish();
        Ok(())
    }

    /// Whether the line that starts here can only stand outside the block being read.
    fn belongs_outside(&self, context: Context) -> bool {
        use SyntaxKind as K;
        if !self.sig().newline {
            return false;
        }
        let next = |n: usize| {
            if self.nth_on_line(n) {
                self.nth(n).kind
            } else {
                K::Eof
            }
        };
        let next_word = |n: usize| {
            if self.nth_on_line(n) {
                self.nth_word(n)
            } else {
                ""
            }
        };
        let titled = matches!(next(2), K::String | K::LBrace);
        if context == Context::Source {
            // Anything else could be a property and its value.
            let declares = matches!(
                self.word(),
                "party" | "variant" | "source" | "state" | "track" | "commitment" | "claim"
            );
            return declares && next(1) == K::Ident && titled
                || self.word() == "calendar" && next(1) == K::LBrace;
        }
        let changes = matches!(context, Context::Variant | Context::View | Context::Event);
        let in_variant = changes || context == Context::VariantInner;
        // A party may be called `source`.
        let of_party = match context {
            Context::Term | Context::Commitment => next_word(1) == "reads",
            _ => in_variant && matches!(next_word(1), "prefers" | "ranks" | "weights"),
        };
        let top = match self.word() {
            "party" => next(1) == K::Ident && (titled || next(2) == K::Eof),
            "variant" => next(1) == K::Ident && (titled || next_word(2) == "extends"),
            "source" => next(1) == K::Ident && titled && !of_party,
            "in" => !changes && next_word(1) == "the" && next_word(2) == "eyes",
            "negotiation" => next(1) == K::String,
            "as" => next_word(1) == "of",
            "class" => next(1) == K::String && matches!(next_word(2), "when" | "otherwise"),
            "state" => matches!(next(1), K::Ident | K::Number) && titled,
            "term" => !in_variant && next(1) == K::Ident && titled,
            "never" => !in_variant && context != Context::Issues,
            "when" => !in_variant,
            "issues" | "agreed" | "calendar" => next(1) == K::LBrace,
            "track" if !of_party => {
                let goes_on = matches!(next_word(2), "binds" | "hands");
                next(1) == K::Ident
                    && (next(2) == K::String || goes_on && context != Context::Picks)
            }
            "commitment" | "claim" if !of_party => {
                let by = next_word(2) == "by" && context != Context::Picks;
                next(1) == K::Ident && (next(2) == K::String || by)
            }
            "reference" if !of_party => {
                // An issue may be called so.
                let number = |n| next(n) == K::Number && next(n + 1) != K::Colon;
                let bare = number(2) && context != Context::Utility;
                next(1) == K::Ident && (bare || next(2) == K::String && number(3))
            }
            "no" => !in_variant && next_word(1) == "move",
            "status" => !in_variant && next_word(1) == "quo",
            _ => false,
        };
        if top {
            return true;
        }
        // The next event. A value of an event may be called `by`.
        let dated = self.at(K::Date) || self.worded_time_at(0) && next(1) == K::Date;
        if dated && matches!(context, Context::Event | Context::VariantInner) {
            return true;
        }
        let block = |n: usize| next(n) == K::LBrace;
        let candidate = self.word() == "candidate"
            && next(1) == K::Ident
            && (titled || matches!(next(2), K::Number | K::LBracket));
        if candidate && matches!(context, Context::Candidate | Context::Inner) {
            return true;
        }
        let ratifier = match self.word() {
            "ratifier" => next(1) == K::Ident && (titled || next_word(2) == "votes"),
            "ratified" => next_word(1) == "by",
            _ => false,
        };
        match context {
            Context::Inner | Context::Utility if ratifier => true,
            Context::Inner | Context::Utility => match self.word() {
                "option" => true,
                "acts" => next_word(1) == "every",
                "prefers" | "ranks" | "weights" | "moves" | "utility" => block(1),
                "speaks" => next_word(1) == "through",
                _ => false,
            },
            Context::Term => {
                matches!(next_word(1), "prefers" | "ranks" | "weights") && block(2)
                    || self.word() == "without" && matches!(next_word(1), "never" | "when")
            }
            Context::VariantInner => match self.word() {
                "never" | "when" => true,
                "term" => next(1) == K::Ident && titled,
                "without" => matches!(next_word(1), "never" | "when"),
                "no" => next_word(1) == "move",
                "status" => next_word(1) == "quo",
                _ => matches!(next_word(1), "prefers" | "ranks" | "weights") && block(2),
            },
            _ => false,
        }
    }
}
