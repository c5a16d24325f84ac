#![doc = include_str!("conceder.md")]

use super::{Aspiration, Luck, Negotiator, View, time};

/// The page of the strategy.
pub(super) const PAGE: &str = include_str!("conceder.md");

/// Concedes early.
pub(super) struct Conceder(pub(super) f64);

impl Negotiator for Conceder {
    fn aspire(&mut self, view: &View<'_>, _: &mut Luck) -> Aspiration {
        time::aspiration(view, self.0)
    }
}
