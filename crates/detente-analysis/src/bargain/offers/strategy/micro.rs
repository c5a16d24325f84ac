//! One new offer for each: the page is `micro.md`.

use super::{Aspiration, Luck, Negotiator, View};

/// The page of the strategy.
pub(super) const PAGE: &str = include_str!("micro.md");

/// One new offer for each new offer of the others.
pub(super) struct Micro {
    /// How many different offers were made.
    made: u32,
}

impl Micro {
    pub(super) fn new() -> Self {
        Self { made: 0 }
    }
}

impl Negotiator for Micro {
    fn aspire(&mut self, view: &View<'_>, luck: &mut Luck) -> Aspiration {
        let ready = self.made <= view.different_offers && self.made < view.offerable();
        if ready || self.made == 0 {
            let place = self.made.min(view.offerable().saturating_sub(1));
            return Aspiration::Place {
                offered: place,
                accepted: place,
            };
        }
        // What has become too little by coming late is offered no more.
        let made = self.made.min(view.offerable());
        Aspiration::Place {
            offered: luck.below(made),
            accepted: made.saturating_sub(1),
        }
    }

    fn offered(&mut self, place: u32) {
        self.made = self.made.max(place + 1);
    }
}
