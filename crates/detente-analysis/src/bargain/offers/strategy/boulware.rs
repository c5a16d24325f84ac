#![doc = include_str!("boulware.md")]

use super::{Aspiration, Luck, Negotiator, View, time};

/// The page of the strategy.
pub(super) const PAGE: &str = include_str!("boulware.md");

/// Concedes late.
pub(super) struct Boulware(pub(super) f64);

impl Negotiator for Boulware {
    fn aspire(&mut self, view: &View<'_>, _: &mut Luck) -> Aspiration {
        time::aspiration(view, self.0)
    }
}
