//! What becomes of a draft: who accepts it, and by what it is beaten.

use num_bigint::BigUint;

use super::super::frontier::{Frontier, Point};
use super::super::space::{Deal, DealSpace};
use super::talks::{Talks, count, greatest, least, opposite, restricted, witnesses};
use crate::budget::{Budget, Stop};

/// In how many readings of a vague draft something holds. Of a precise draft there is one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// In all: it holds necessarily.
    Necessary,
    /// In some, but not in all: it holds possibly.
    Possible,
    /// In none.
    Never,
}

impl Quality {
    fn of(some: bool, all: bool) -> Self {
        match (some, all) {
            (_, true) => Self::Necessary,
            (true, false) => Self::Possible,
            (false, false) => Self::Never,
        }
    }
}

/// A draft in all its readings.
///
/// # Definition
///
/// A draft with vague levels stands for all packages that its levels allow and the rules permit: its readings. It
/// is necessarily accepted when all readings are, possibly when one is. A package dominates another one when it is
/// worth no less to any of the voices and more to one. It beats the draft when it dominates every reading.
///
/// # Reading
///
/// A draft that is beaten leaves something on the table whatever it turns out to mean. A vague draft that is only
/// possibly accepted by somebody is an agreement about words.
///
/// # Witness
///
/// For each voice the package that beats the draft and is best for that voice, preferably among those that all
/// accept.
///
/// # Relations
///
/// A precise draft is Pareto-efficient or beaten. A vague draft may be neither: its readings may be beaten by
/// different packages, or only some of them may be efficient.
///
/// # Example
///
/// "Some relief" is waivers or all. Waivers are worth 1 to both, all is worth 3 to the one and costs the other 2:
/// the draft is necessarily accepted by the first and possibly by the second.
///
/// # References
///
/// - Salo, A. and Hamalainen, R. P. (1992). Preference assessment by imprecise ratio statements. Operations
///   Research 40(6), for dominance under imprecise values.
/// - Raiffa, H. (1982). The Art and Science of Negotiation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// How many readings the rules permit.
    pub readings: BigUint,
    /// The least and the most that it is worth to every voice of the space, in its units; `None` when the rules
    /// permit no reading.
    pub worth: Option<Vec<(i128, i128)>>,
    /// Which voices of the space accept it.
    pub accepted: Vec<Quality>,
    /// Whether all of them together accept it, in the same reading.
    pub by_all: Quality,
    /// Whether it is Pareto-efficient for the voices that were asked about.
    pub efficient: Quality,
    /// Whether a package beats it that all voices of the space accept.
    pub beaten_by_acceptable: bool,
    /// The best packages that beat it, one for each of the voices that were asked about; none when nothing does.
    pub dominators: Vec<Dominator>,
}

/// A package that beats a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dominator {
    /// For whom it is the best one.
    pub best_for: usize,
    /// The package.
    pub deal: Deal,
    /// What it is worth to every voice of the space, in its units.
    pub worth: Vec<i128>,
    /// Whether all voices of the space accept it.
    pub acceptable: bool,
}

/// What becomes of a draft among some voices, given the levels that it allows for each issue.
///
/// # Errors
///
/// Stops when the budget does not suffice for a frontier.
pub fn draft(
    talks: &Talks<'_>,
    voices: &[usize],
    levels: &[Vec<u16>],
    budget: &Budget,
) -> Result<Draft, Stop> {
    let space = talks.space;
    let own = restricted(space, levels);
    let everybody: Vec<usize> = (0..space.voices.len()).collect();
    let readings = count(&own, &[], &talks.floors, budget)?;
    let mut worth = Vec::with_capacity(everybody.len());
    for voice in &everybody {
        if let (Some(low), Some(high)) = (
            least(&own, *voice, budget)?,
            greatest(&own, *voice, budget)?,
        ) {
            worth.push((low, high));
        }
    }
    if worth.len() < everybody.len() {
        return Ok(Draft {
            readings,
            worth: None,
            accepted: vec![Quality::Never; everybody.len()],
            by_all: Quality::Never,
            efficient: Quality::Never,
            beaten_by_acceptable: false,
            dominators: Vec::new(),
        });
    }
    let both = worth.iter().zip(&talks.floors);
    let accepted: Vec<Quality> = both
        .map(|((low, high), floor)| Quality::of(high >= floor, low >= floor))
        .collect();
    let accepting = count(&own, &everybody, &talks.floors, budget)?;
    let efficient = efficient(talks, &own, voices, &readings, budget)?;
    let high: Vec<i128> = voices.iter().map(|v| worth[*v].1).collect();
    // A reading may be worth just the most to all; then it must be bettered, else only matched.
    let tops = !witnesses(&own, voices, &high, 1, budget)?.is_empty();
    let beats =
        |p: &&Point| p.worth.iter().zip(&high).all(|(w, h)| w >= h) && (!tops || p.worth != high);
    let mut dominators = Vec::new();
    let acceptable = talks.frontier(&everybody, budget)?;
    let acceptable = beating_all(talks, voices, &everybody, &acceptable, &high, tops);
    let frontier = talks.frontier(voices, budget)?;
    let beating: Vec<&Point> = frontier.points.iter().filter(beats).collect();
    for (place, voice) in voices.iter().enumerate() {
        let of_all = everybody.iter().position(|v| v == voice).unwrap_or(0);
        // Among equally good ones for this voice the best for the others, in their order.
        let best = if acceptable.is_empty() {
            let best = beating.iter().max_by_key(|p| (p.worth[place], &p.worth));
            best.map(|p| (voices, &p.worth))
        } else {
            let best = acceptable.iter().max_by_key(|w| (w[of_all], *w));
            best.map(|w| (everybody.as_slice(), w))
        };
        let Some((whose, best)) = best else {
            continue;
        };
        for deal in witnesses(space, whose, best, 1, budget)? {
            dominators.push(Dominator {
                best_for: *voice,
                worth: talks.worth(&deal),
                acceptable: everybody.iter().all(|v| talks.accepts(*v, &deal)),
                deal,
            });
        }
    }
    Ok(Draft {
        readings: readings.clone(),
        worth: Some(worth),
        accepted,
        by_all: Quality::of(accepting > BigUint::ZERO, accepting == readings),
        efficient,
        beaten_by_acceptable: !acceptable.is_empty(),
        dominators,
    })
}

/// The worths to everybody of the packages that beat a draft and that everybody accepts.
fn beating_all(
    talks: &Talks<'_>,
    voices: &[usize],
    everybody: &[usize],
    frontier: &Frontier,
    high: &[i128],
    tops: bool,
) -> Vec<Vec<i128>> {
    let mut found = Vec::new();
    for point in &frontier.points {
        let own: Vec<i128> = voices.iter().map(|v| point.worth[*v]).collect();
        let beats = own.iter().zip(high).all(|(w, h)| w >= h) && (!tops || own != high);
        if beats && talks.all_accept(everybody, &point.worth) {
            found.push(point.worth.clone());
        }
    }
    found
}

/// Whether the readings of a draft are Pareto-efficient.
fn efficient(
    talks: &Talks<'_>,
    own: &DealSpace,
    voices: &[usize],
    readings: &BigUint,
    budget: &Budget,
) -> Result<Quality, Stop> {
    let all = talks.frontier(voices, budget)?;
    let mut worths: Vec<&Vec<i128>> = all.points.iter().map(|p| &p.worth).collect();
    worths.sort_unstable();
    let best = talks.about(own).frontier(voices, budget)?;
    let efficient = best.points.iter();
    let efficient = efficient.filter(|p| worths.binary_search(&&p.worth).is_ok());
    let number: BigUint = efficient.map(|p| &p.packages).sum();
    Ok(Quality::of(number > BigUint::ZERO, number == *readings))
}

/// How two drafts compare for some voices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// Whether the first dominates the second: in all pairs of readings, in some, or in none.
    pub first: Quality,
    /// Whether the second dominates the first.
    pub second: Quality,
}

/// Compares two drafts in all pairs of their readings, given the levels that each allows for each issue. Drafts
/// without a reading dominate nothing and are dominated by nothing.
///
/// # Errors
///
/// Stops when the budget does not suffice for a frontier.
pub fn compare(
    talks: &Talks<'_>,
    voices: &[usize],
    first: &[Vec<u16>],
    second: &[Vec<u16>],
    budget: &Budget,
) -> Result<Over, Stop> {
    let first = Ends::new(talks, voices, first, budget)?;
    let second = Ends::new(talks, voices, second, budget)?;
    Ok(Over {
        first: first.over(&second),
        second: second.over(&first),
    })
}

/// The worths of a draft's readings that nothing in it dominates, and those that dominate nothing in it.
struct Ends {
    best: Vec<Vec<i128>>,
    worst: Vec<Vec<i128>>,
}

impl Ends {
    fn new(
        talks: &Talks<'_>,
        voices: &[usize],
        levels: &[Vec<u16>],
        budget: &Budget,
    ) -> Result<Self, Stop> {
        let own = restricted(talks.space, levels);
        let mut turned = own.clone();
        for voice in voices {
            turned.voices[*voice] = opposite(&own.voices[*voice]);
        }
        let best = talks.about(&own).frontier(voices, budget)?.points;
        let worst = talks.about(&turned).frontier(voices, budget)?.points;
        let negated = |p: Point| p.worth.into_iter().map(|w| -w).collect();
        Ok(Self {
            best: best.into_iter().map(|p| p.worth).collect(),
            worst: worst.into_iter().map(negated).collect(),
        })
    }

    /// Whether the readings of this one dominate those of the other.
    fn over(&self, other: &Self) -> Quality {
        let dominates = |a: &[i128], b: &[i128]| a != b && a.iter().zip(b).all(|(a, b)| a >= b);
        let some = self
            .best
            .iter()
            .any(|a| other.worst.iter().any(|b| dominates(a, b)));
        // Each of these is beaten by each of those just when the worst of these beat the best of those.
        let all = self
            .worst
            .iter()
            .all(|a| other.best.iter().all(|b| dominates(a, b)));
        Quality::of(
            some,
            all && !self.worst.is_empty() && !other.best.is_empty(),
        )
    }
}
