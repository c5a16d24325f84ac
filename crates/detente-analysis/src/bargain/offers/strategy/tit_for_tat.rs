#![doc = include_str!("tit_for_tat.md")]

use super::{Aspiration, Luck, Negotiator, View, reciprocal};

/// The page of the strategy.
pub(super) const PAGE: &str = include_str!("tit_for_tat.md");

/// Answers the concession that the others made so many of their offers ago.
pub(super) struct TitForTat {
    lag: usize,
    asked: Option<i128>,
}

impl TitForTat {
    pub(super) fn new(lag: usize) -> Self {
        Self { lag, asked: None }
    }
}

impl Negotiator for TitForTat {
    fn aspire(&mut self, view: &View<'_>, _: &mut Luck) -> Aspiration {
        let Some(before) = self.asked else {
            self.asked = Some(view.ladder.best());
            return reciprocal::opening(view);
        };
        let seen = view.received;
        let concession = seen.len().checked_sub(self.lag + 1);
        let asked = match concession.and_then(|at| seen.get(at..at + 2)) {
            Some([earlier, later]) => reciprocal::answer(view, before, *earlier, *later),
            _ => before,
        };
        self.asked = Some(asked);
        Aspiration::AtLeast(asked)
    }
}
