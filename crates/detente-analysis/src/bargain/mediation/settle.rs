//! What would be agreed, when packages must be accepted by more people than sit at the table.

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::Zero;

use super::super::space::Deal;
use super::talks::{Talks, witness};
use crate::budget::{Budget, Stop};

/// What is made as large as possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// The product of the gains over the disagreement point, after Nash (1950).
    Nash,
    /// The sum of the utilities.
    Utilitarian,
}

/// What would be agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The package; of several the first in lexicographic order among those of the first worth.
    pub deal: Deal,
    /// What it is worth to every voice of the space, in its units.
    pub worth: Vec<i128>,
    /// What is made as large as possible, at its largest: for the Nash product in the product of the units.
    pub value: BigRational,
    /// The different worths to the voices at the table and at home that are as good, without this one.
    pub ties: usize,
    /// How many packages are as good and as good to everybody as this one, itself included.
    pub packages: BigUint,
}

/// The best package for the voices at the `table` among those that they and the voices at `home` accept; `None`
/// when there is none.
///
/// # Errors
///
/// Stops when the budget does not suffice for the frontier.
pub fn settle(
    talks: &Talks<'_>,
    table: &[usize],
    home: &[usize],
    aim: Aim,
    budget: &Budget,
) -> Result<Option<Settlement>, Stop> {
    settle_any(talks, table, &[home.to_vec()], aim, budget)
}

/// As [`settle`], but the packages need only be accepted by one of several groups at home.
pub(super) fn settle_any(
    talks: &Talks<'_>,
    table: &[usize],
    homes: &[Vec<usize>],
    aim: Aim,
    budget: &Budget,
) -> Result<Option<Settlement>, Stop> {
    let mut best: Option<Settlement> = None;
    let mut seen: Vec<Vec<i128>> = Vec::new();
    for home in homes {
        let mut voices = table.to_vec();
        voices.extend(home.iter().filter(|v| !table.contains(v)));
        let frontier = talks.frontier(&voices, budget)?;
        for (number, point) in frontier.points.iter().enumerate() {
            if !talks.all_accept(&voices, &point.worth) {
                continue;
            }
            let value = value(talks, table, &point.worth, aim);
            if best.as_ref().is_some_and(|known| value < known.value) {
                continue;
            }
            let deal = witness(&frontier, number)?;
            let worth = talks.worth(&deal);
            match &mut best {
                // Groups overlap: what one has found is no tie of itself.
                Some(known) if value == known.value => {
                    if !seen.contains(&worth) {
                        seen.push(worth);
                        known.ties += 1;
                    }
                }
                _ => {
                    seen = vec![worth.clone()];
                    best = Some(Settlement {
                        deal,
                        worth,
                        value,
                        ties: 0,
                        packages: point.packages.clone(),
                    });
                }
            }
        }
    }
    Ok(best)
}

/// What is made as large as possible, of a package with these worths to the voices at the table.
fn value(talks: &Talks<'_>, table: &[usize], worth: &[i128], aim: Aim) -> BigRational {
    let both = table.iter().zip(worth);
    match aim {
        Aim::Nash => {
            let gains = both.map(|(v, w)| BigInt::from(w - talks.floors[*v]));
            BigRational::from_integer(gains.product())
        }
        Aim::Utilitarian => both.fold(BigRational::zero(), |sum, (v, w)| {
            sum + talks.utility(*v, *w)
        }),
    }
}
