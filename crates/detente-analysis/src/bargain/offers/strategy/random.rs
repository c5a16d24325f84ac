//! Offers without a plan: the page is `random.md`.

use super::{Aspiration, Luck, Negotiator, View};

/// The page of the strategy.
pub(super) const PAGE: &str = include_str!("random.md");

/// Any package that it can accept.
pub(super) struct Random;

impl Negotiator for Random {
    fn aspire(&mut self, view: &View<'_>, luck: &mut Luck) -> Aspiration {
        let place = luck.below(view.offerable());
        Aspiration::Place {
            offered: place,
            accepted: place,
        }
    }
}
