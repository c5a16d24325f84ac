//! Which package is offered among those that are worth enough.

use super::ladder::Ladder;
use super::listing::Listing;
use super::strategy::Luck;

/// Among how many packages an offer is chosen when it is not simply the nearest.
pub const WINDOW: u32 = 100;

/// How an offer is chosen at an aspiration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// The package whose worth is nearest to the aspiration from above; the first one of several.
    #[default]
    Nearest,
    /// Among the [`WINDOW`] packages that are nearest from above, the one whose levels the others have offered
    /// most often, counted issue by issue; the nearest of several.
    Kindest,
    /// Any of the [`WINDOW`] packages that are nearest from above, all equally likely.
    Drawn,
}

/// How often others have offered each level of each issue.
#[derive(Debug, Clone)]
pub(super) struct Frequencies {
    counts: Vec<Vec<u32>>,
}

impl Frequencies {
    pub(super) fn new(sizes: &[u32]) -> Self {
        Self {
            counts: sizes.iter().map(|s| vec![0; *s as usize]).collect(),
        }
    }

    pub(super) fn saw(&mut self, deal: &[u16]) {
        for (counts, level) in self.counts.iter_mut().zip(deal) {
            if let Some(count) = counts.get_mut(usize::from(*level)) {
                *count += 1;
            }
        }
    }

    fn liking(&self, deal: &[u16]) -> u64 {
        let both = self.counts.iter().zip(deal);
        both.map(|(counts, level)| u64::from(counts.get(usize::from(*level)).copied().unwrap_or(0)))
            .sum()
    }
}

impl Choice {
    /// The place in the party's order of what it offers when a step of its ladder is the lowest that will do.
    pub(super) fn place(
        self,
        ladder: &Ladder,
        step: u32,
        listing: &Listing,
        seen: Option<&Frequencies>,
        luck: &mut Luck,
    ) -> u32 {
        let (first, end) = ladder.places(step);
        let window = end.saturating_sub(WINDOW)..end;
        match (self, seen) {
            (Self::Drawn, _) => window.start + luck.below(window.end - window.start),
            (Self::Kindest, Some(seen)) => {
                // From the nearest step upwards, each step in its order.
                let liking = |place: &u32| {
                    ladder
                        .at(*place)
                        .map_or(0, |deal| seen.liking(listing.deal(deal)))
                };
                let mut best = first.max(window.start);
                let mut most = liking(&best);
                let (here, above) = (best + 1..end, window.start..best);
                for place in here.chain(above.rev()) {
                    let this = liking(&place);
                    if this > most {
                        (best, most) = (place, this);
                    }
                }
                best
            }
            (Self::Nearest | Self::Kindest, _) => first,
        }
    }
}
