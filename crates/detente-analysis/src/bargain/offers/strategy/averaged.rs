#![doc = include_str!("averaged.md")]

use super::{Aspiration, Luck, Negotiator, View, reciprocal};

/// The page of the strategy.
pub(super) const PAGE: &str = include_str!("averaged.md");

/// Answers what the others conceded over their last offers together.
pub(super) struct Averaged {
    window: usize,
    asked: Option<i128>,
}

impl Averaged {
    pub(super) fn new(window: usize) -> Self {
        Self {
            window,
            asked: None,
        }
    }
}

impl Negotiator for Averaged {
    fn aspire(&mut self, view: &View<'_>, _: &mut Luck) -> Aspiration {
        let Some(before) = self.asked else {
            self.asked = Some(view.ladder.best());
            return reciprocal::opening(view);
        };
        let seen = view.received;
        let recent = &seen[seen.len().saturating_sub(self.window + 1)..];
        let asked = match recent {
            [earlier, .., later] => reciprocal::answer(view, before, *earlier, *later),
            _ => before,
        };
        self.asked = Some(asked);
        Aspiration::AtLeast(asked)
    }
}
