//! Whether there is anything to agree on, and who stands in the way.

use std::collections::BTreeSet;

use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::super::space::Deal;
use super::talks::{Talks, witness};
use crate::budget::{Budget, Stop};

/// Voices at most, of whom sets that cannot agree are looked for.
pub const MOST_VOICES: usize = 20;

/// The zone of possible agreement of some voices: the packages that all of them accept.
///
#[doc = include_str!("zone.md")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// The voices, as places in the space.
    pub voices: Vec<usize>,
    /// The package for which the largest concession beyond a disagreement value is smallest; `None` when the
    /// rules permit no package.
    pub nearest: Option<Shift>,
    /// The smallest conflicting sets, as places in the space; by size, then in the order of the voices.
    pub conflicts: Vec<Vec<usize>>,
    /// For each of the voices: how far its disagreement value alone would have to fall for a package to be
    /// accepted by all, in its units. Zero or negative when there is a zone: by how much it could rise. `None`
    /// when the others conflict without it.
    pub alone: Vec<Option<i128>>,
}

/// A package, and by how much all disagreement values would have to fall for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// The package; the first in lexicographic order of several.
    pub deal: Deal,
    /// The utility by which the disagreement values of all voices together would have to fall for it to be
    /// accepted; zero or negative when it is accepted.
    pub by: BigRational,
}

impl Zone {
    /// Whether some package is accepted by all.
    pub fn exists(&self) -> bool {
        let by = self.nearest.as_ref().map(|n| &n.by);
        by.is_some_and(|by| !by.is_positive())
    }
}

/// The zone of possible agreement of some voices, given as places in the space.
///
/// # Errors
///
/// Stops when the budget does not suffice for the frontier, or for more than [`MOST_VOICES`] voices.
pub fn zone(talks: &Talks<'_>, voices: &[usize], budget: &Budget) -> Result<Zone, Stop> {
    if voices.len() > MOST_VOICES {
        return Err(Stop::Limit {
            what: "voices",
            limit: MOST_VOICES as u64,
        });
    }
    let frontier = talks.frontier(voices, budget)?;
    let mut nearest: Option<(BigRational, usize)> = None;
    let mut accepting = BTreeSet::new();
    let mut alone: Vec<Option<i128>> = vec![None; voices.len()];
    for (number, point) in frontier.points.iter().enumerate() {
        let mut accepted = 0_u32;
        let mut by: Option<BigRational> = None;
        for (place, (voice, worth)) in voices.iter().zip(&point.worth).enumerate() {
            let short = talks.floors[*voice] - worth;
            accepted |= u32::from(short <= 0) << place;
            let short = talks.utility(*voice, short);
            by = Some(by.map_or(short.clone(), |by| by.max(short)));
        }
        accepting.insert(accepted);
        let by = by.unwrap_or_else(BigRational::zero);
        if nearest.as_ref().is_none_or(|(best, _)| by < *best) {
            nearest = Some((by, number));
        }
        for (place, (voice, worth)) in voices.iter().zip(&point.worth).enumerate() {
            let others = full(voices.len()) & !(1 << place);
            if accepted & others == others {
                let short = talks.floors[*voice] - worth;
                alone[place] = Some(alone[place].map_or(short, |a| a.min(short)));
            }
        }
    }
    let nearest = match nearest {
        None => None,
        Some((by, point)) => Some(Shift {
            deal: witness(&frontier, point)?,
            by,
        }),
    };
    Ok(Zone {
        nearest,
        conflicts: conflicts(voices, &accepting),
        alone,
        voices: voices.to_vec(),
    })
}

fn full(voices: usize) -> u32 {
    (1 << voices) - 1
}

/// The smallest sets of voices that no package satisfies, given who accepts each efficient package.
fn conflicts(voices: &[usize], accepting: &BTreeSet<u32>) -> Vec<Vec<usize>> {
    let agrees = |set: u32| accepting.iter().any(|accepted| accepted & set == set);
    if accepting.is_empty() || agrees(full(voices.len())) {
        return Vec::new();
    }
    let mut sets: Vec<u32> = (1..=full(voices.len())).collect();
    // Among sets of one size, those with the first voices come first.
    sets.sort_by_key(|set| (set.count_ones(), std::cmp::Reverse(set.reverse_bits())));
    let mut found: Vec<u32> = Vec::new();
    for set in sets {
        if !found.iter().any(|known| set & known == *known) && !agrees(set) {
            found.push(set);
        }
    }
    let members = |set: u32| {
        let places = voices.iter().enumerate();
        let members = places.filter(|(place, _)| set >> place & 1 == 1);
        members.map(|(_, voice)| *voice).collect()
    };
    found.into_iter().map(members).collect()
}

/// A voice that a package fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Objection {
    /// The voice, as a place in the space.
    pub voice: usize,
    /// By how much the package falls short of its disagreement value, in its units; positive.
    pub short: i128,
}

/// Whom a package fails among some voices: those that it fails most, in utilities, come first. The first one is
/// the binding one.
pub fn objections(talks: &Talks<'_>, voices: &[usize], deal: &[u16]) -> Vec<Objection> {
    let gains = talks.gains(deal);
    let failed = voices.iter().filter(|v| gains[**v] < 0);
    let mut failed: Vec<Objection> = failed
        .map(|v| Objection {
            voice: *v,
            short: -gains[*v],
        })
        .collect();
    failed.sort_by_key(|o| std::cmp::Reverse(talks.utility(o.voice, o.short)));
    failed
}
