//! What becomes of a draft: who accepts it, and by what it is beaten.

use num_bigint::BigUint;

use super::super::readings::{Answer, Best, Readings};
use super::super::space::{Deal, dominates};
use super::super::{Frontier, Point, Range};
use super::talks::{Talks, witness};
use crate::budget::{Budget, Stop};

/// A draft in all its readings.
///
#[doc = include_str!("drafts.md")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// How many readings the rules permit.
    pub readings: BigUint,
    /// The least and the most that it is worth to every voice of the space, in its units; `None` when the rules
    /// permit no reading.
    pub worth: Option<Vec<Range>>,
    /// Which voices of the space accept it.
    pub accepted: Vec<Answer>,
    /// Whether all of them together accept it, in the same reading.
    pub by_all: Answer,
    /// Whether it is Pareto-efficient for the voices that were asked about.
    pub efficient: Answer,
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
    let everybody: Vec<usize> = (0..talks.floors.len()).collect();
    let Some(read) = Readings::new(talks.space, levels, budget)? else {
        return Ok(Draft {
            readings: BigUint::ZERO,
            worth: None,
            accepted: vec![Answer::No; everybody.len()],
            by_all: Answer::No,
            efficient: Answer::No,
            beaten_by_acceptable: false,
            dominators: Vec::new(),
        });
    };
    let readings = read.number(budget)?;
    let accepting = talks.about(&read.space).count(&everybody, budget)?;
    let beats = Beats {
        voices,
        readings: read.best(voices, budget)?,
    };
    let all = talks.frontier(&everybody, budget)?;
    let mut dominators = beats.best(talks, &all, true)?;
    let beaten_by_acceptable = !dominators.is_empty();
    let frontier = talks.frontier(voices, budget)?;
    if dominators.is_empty() {
        dominators = beats.best(talks, &frontier, false)?;
    }
    Ok(Draft {
        accepted: read.accepted(talks.floors.iter().copied()),
        by_all: Answer::new(accepting > BigUint::ZERO, accepting == readings),
        efficient: beats.readings.efficient(&readings, &frontier),
        beaten_by_acceptable,
        dominators,
        readings,
        worth: Some(read.worth),
    })
}

/// What it takes to beat a draft.
struct Beats<'a> {
    voices: &'a [usize],
    readings: Best,
}

impl Beats<'_> {
    /// For each of the voices the best package of a frontier that beats the draft, of those that everybody
    /// accepts or of all. The voices of the draft are among those of the frontier.
    fn best(
        &self,
        talks: &Talks<'_>,
        frontier: &Frontier,
        acceptable: bool,
    ) -> Result<Vec<Dominator>, Stop> {
        let places = |v: &usize| frontier.voices.iter().position(|f| f == v);
        let places: Vec<usize> = self.voices.iter().filter_map(places).collect();
        let own = |p: &Point| -> Vec<i128> { places.iter().map(|at| p.worth[*at]).collect() };
        let beats = |p: &Point| {
            let accepted = !acceptable || talks.all_accept(&frontier.voices, &p.worth);
            accepted && self.readings.beaten_by(&own(p))
        };
        let points = frontier.points.iter().enumerate();
        let beating: Vec<(usize, &Point)> = points.filter(|(_, p)| beats(p)).collect();
        let mut found = Vec::new();
        for (voice, at) in self.voices.iter().zip(&places) {
            // Among equally good ones for this voice the best for the others, in their order.
            let best = beating.iter().max_by_key(|(_, p)| (p.worth[*at], &p.worth));
            let Some((number, _)) = best else {
                continue;
            };
            let deal = witness(frontier, *number)?;
            found.push(Dominator {
                best_for: *voice,
                worth: talks.worth(&deal),
                acceptable: (0..talks.floors.len()).all(|v| talks.accepts(v, &deal)),
                deal,
            });
        }
        Ok(found)
    }
}

/// How two drafts compare for some voices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// Whether the first dominates the second: in all pairs of readings, in some, or in none.
    pub first: Answer,
    /// Whether the second dominates the first.
    pub second: Answer,
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
        let own = talks.space.restricted(levels);
        let mut turned = own.clone();
        for voice in voices {
            turned.voices[*voice] = own.voices[*voice].opposite();
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
    fn over(&self, other: &Self) -> Answer {
        let some = self
            .best
            .iter()
            .any(|a| other.worst.iter().any(|b| dominates(a, b)));
        // Each of these is beaten by each of those just when the worst of these beat the best of those.
        let all = self
            .worst
            .iter()
            .all(|a| other.best.iter().all(|b| dominates(a, b)));
        Answer::new(
            some,
            all && !self.worst.is_empty() && !other.best.is_empty(),
        )
    }
}
