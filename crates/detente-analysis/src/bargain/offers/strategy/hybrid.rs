#![doc = include_str!("hybrid.md")]

use super::{Aspiration, Luck, Negotiator, View, time};

/// The page of the strategy.
pub(super) const PAGE: &str = include_str!("hybrid.md");

/// How much each of the last concessions counts, the latest last, when so many are known; in hundredths.
const WEIGHTS: [&[i128]; 4] = [&[100], &[25, 75], &[11, 22, 66], &[5, 15, 30, 50]];
/// Offers that must have been seen before conduct counts.
const SEEN: usize = 3;

/// Conduct first, then time.
pub(super) struct Hybrid {
    e: f64,
    asked: Option<i128>,
}

impl Hybrid {
    pub(super) fn new(e: f64) -> Self {
        Self { e, asked: None }
    }
}

impl Negotiator for Hybrid {
    fn aspire(&mut self, view: &View<'_>, _: &mut Luck) -> Aspiration {
        let Aspiration::AtLeast(by_time) = time::aspiration(view, self.e) else {
            return Aspiration::AtLeast(view.ladder.best());
        };
        let asked = match self.asked {
            Some(before) if view.received.len() >= SEEN => {
                let (best, least) = (view.ladder.best(), view.ladder.disagreement);
                let (round, last) = (
                    i128::from(view.round),
                    i128::from(view.rounds.saturating_sub(1).max(1)),
                );
                let conceded = conceded(view.received);
                // Answered by half at first, in full in the end.
                let size = super::portion(conceded.abs(), last + round, 2 * last);
                let by_conduct = if conceded < 0 {
                    before + size
                } else {
                    before - size
                };
                let by_conduct = by_conduct.clamp(least, best);
                let (time, all) = (round * round, last * last);
                let late = super::portion((by_time - by_conduct).abs(), time, all);
                if by_time < by_conduct {
                    by_conduct - late
                } else {
                    by_conduct + late
                }
            }
            _ => by_time,
        };
        self.asked = Some(asked);
        Aspiration::AtLeast(asked)
    }

    fn offered_worth(&mut self, worth: i128) {
        self.asked = Some(worth);
    }
}

/// The weighted mean of the last concessions of the others; negative when they take back.
fn conceded(received: &[i128]) -> i128 {
    let steps = (received.len() - 1).min(WEIGHTS.len());
    let recent = &received[received.len() - steps - 1..];
    let weights = WEIGHTS[steps - 1];
    let gains = recent.windows(2).map(|w| w[1] - w[0]);
    let sum: i128 = gains.zip(weights).map(|(g, w)| g * w).sum();
    sum / 100
}
