//! Views: the negotiation in the eyes of a party.

use super::blocks::Context;
use super::{Parser, Read, Reported};
use crate::ast::View;
use crate::diagnostic::Diagnostic;
use crate::kind::SyntaxKind;

impl Parser<'_> {
    /// `in the eyes of US "..." [...] { ... }`.
    pub(super) fn view(&mut self) -> Read {
        const HINT: &str = "write, for example, `in the eyes of DPRK { ... }`";
        let start = self.sig().span();
        self.keyword();
        for word in ["the", "eyes", "of"] {
            self.expect_word(word, HINT)?;
        }
        self.name("a party")?;
        self.title(&[]);
        self.citations()?;
        self.reach_block()?;
        if self.views == View::MOST_NESTED {
            return Err(self.report(
                Diagnostic::error("E0043", "this view is nested too deeply")
                    .at(start.cover(self.here()), "")
                    .hint(format!("up to {} views are read", View::MOST_NESTED)),
            ));
        }
        self.views += 1;
        let read = self.block(Context::View, Self::view_item);
        self.views -= 1;
        read
    }

    /// Whether what is being read stands in a view.
    pub(super) fn in_view(&self) -> bool {
        self.views > 0
    }

    fn view_item(&mut self) -> Read {
        use SyntaxKind as K;
        if self.of_party().is_some() {
            return self.change();
        }
        match self.word() {
            "hides" => self.node(K::Hides, |p| {
                p.keyword();
                p.names("an option", |p, _| p.reference_here())
            }),
            "invents" => self.node(K::Invents, Self::invents),
            "knows" => self.node(K::Knows, |p| {
                p.keyword();
                for word in ["the", "view", "of"] {
                    p.expect_word(word, "write, for example, `knows the view of DPRK`")?;
                }
                p.names("a party", Self::name)
            }),
            "status" => Err(self.never_in_view()),
            "without" if self.nth_word(1) == "view" => Err(self.never_in_view()),
            _ => self.change(),
        }
    }

    fn invents(&mut self) -> Read {
        self.keyword();
        let from = self.pos;
        self.reference_here()?;
        if self.pos < from + 3 {
            let span = self.tokens.at(from).span();
            let hint = "write, for example, `invents DPRK.secret \"Secret site\"`";
            return Err(self.report(
                Diagnostic::error("E0006", "the party whose option this is has to be named")
                    .at(span, "")
                    .hint(hint),
            ));
        }
        self.option_traits()
    }

    /// Reports what can stand in views only.
    pub(super) fn only_in_view(&mut self) -> Reported {
        let (span, word) = (self.sig().span(), self.word());
        self.report(
            Diagnostic::error("E0044", format!("`{word}` belongs in a view"))
                .at(span, "")
                .hint("write it between the braces of `in the eyes of US { ... }`"),
        )
    }

    /// Reports what a variant can say and a view cannot.
    fn never_in_view(&mut self) -> Reported {
        let (span, word) = (self.sig().span(), self.word());
        let hint = if word == "status" {
            "where things stand is the same for all; leave it out of the view"
        } else {
            "leave the view out, or take it away in a variant"
        };
        self.report(
            Diagnostic::error("E0045", format!("`{word}` cannot stand in a view"))
                .at(span, "")
                .hint(hint),
        )
    }
}
