#![doc = include_str!("hardliner.md")]

use super::{Aspiration, Luck, Negotiator, View};

/// The page of the strategy.
pub(super) const PAGE: &str = include_str!("hardliner.md");

/// Never concedes.
pub(super) struct Hardliner;

impl Negotiator for Hardliner {
    fn aspire(&mut self, view: &View<'_>, _: &mut Luck) -> Aspiration {
        Aspiration::AtLeast(view.ladder.best())
    }
}
