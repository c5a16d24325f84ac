#![doc = include_str!("linear.md")]

use super::{Aspiration, Luck, Negotiator, View, time};

/// The page of the strategy.
pub(super) const PAGE: &str = include_str!("linear.md");

/// Concedes the same in every round.
pub(super) struct Linear;

impl Negotiator for Linear {
    fn aspire(&mut self, view: &View<'_>, _: &mut Luck) -> Aspiration {
        time::aspiration(view, 1.0)
    }
}
