//! Offers that are worth the same to the one who makes them.

use num_bigint::BigUint;

use super::super::frontier;
use super::super::space::{Deal, DealSpace, dominates};
use super::talks::{Talks, witness};
use crate::budget::{Budget, Stop};

/// One of several offers of about the same worth to one voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EqualOffer {
    /// The package; of several of the same worths the first in lexicographic order.
    pub deal: Deal,
    /// What it is worth to every voice of the space, in its units.
    pub worth: Vec<i128>,
    /// How many packages are worth the same to the one who offers and to the others.
    pub packages: BigUint,
}

/// The packages whose worth to `voice` differs from `worth` by no more than `tolerance`, and among which none is
/// as good for all of the `others` and better for one of them: multiple equivalent simultaneous offers. The best
/// for the first of the others come first. Which of them another party likes best says what matters to it.
///
/// # Errors
///
/// Stops when the budget does not suffice: packages that are worth different things to the one who offers cannot
/// replace each other, so that there may be as many as different worths.
///
/// # References
///
/// - Medvec, V. H. and Galinsky, A. D. (2005). Putting more on the table: how making multiple offers can increase
///   the final value of the deal.
pub fn equal_offers(
    talks: &Talks<'_>,
    voice: usize,
    others: &[usize],
    worth: i128,
    tolerance: i128,
    budget: &Budget,
) -> Result<Vec<EqualOffer>, Stop> {
    // With somebody at the table who wants the opposite, only packages of the same worth to `voice` compare.
    let mut space: DealSpace = talks.space.clone();
    space.voices.push(space.voices[voice].opposite());
    let mut voices = others.to_vec();
    voices.extend([voice, space.voices.len() - 1]);
    let own = others.len();
    let near =
        |w: i128| w >= worth.saturating_sub(tolerance) && w <= worth.saturating_add(tolerance);
    let frontier = frontier(&space, &voices, budget).complete()?;
    let points = frontier.points.iter().enumerate();
    let points: Vec<_> = points.filter(|(_, p)| near(p.worth[own])).collect();
    let for_others = points.iter().map(|(_, p)| &p.worth[..own]);
    let mut for_others: Vec<&[i128]> = for_others.collect();
    for_others.sort_unstable();
    for_others.dedup();
    let beaten = |w: &[i128]| for_others.iter().any(|o| dominates(o, w));
    let mut offers = Vec::new();
    for (number, point) in points.iter().filter(|(_, p)| !beaten(&p.worth[..own])) {
        let deal = witness(&frontier, *number)?;
        offers.push(EqualOffer {
            worth: talks.worth(&deal),
            packages: point.packages.clone(),
            deal,
        });
    }
    offers.sort_by(|a, b| {
        let key = |o: &EqualOffer| -> Vec<i128> {
            let order = others.iter().chain([&voice]);
            order.map(|v| o.worth[*v]).collect()
        };
        key(b).cmp(&key(a)).then_with(|| a.deal.cmp(&b.deal))
    });
    Ok(offers)
}
