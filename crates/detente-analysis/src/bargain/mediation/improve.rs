//! Improvements of a package that change as little of it as possible.

use super::super::space::Deal;
use super::exchange::{improves, merit, step};
use super::talks::Talks;
use crate::budget::{Budget, Outcome, Stop};

/// A package by which none of some voices loses and one gains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Improvement {
    /// The package.
    pub deal: Deal,
    /// What it is worth more than the package that it improves, to every voice of the space, in its units.
    pub gains: Vec<i128>,
}

/// The improvements of a package that change the fewest issues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Improvements {
    /// How many issues they change; when there are none or the search stopped, so many were tried in vain.
    pub changed: usize,
    /// The best of them: the smallest gain is largest, then the sum of the gains, in utilities.
    pub deals: Vec<Improvement>,
    /// How many there are.
    pub found: u64,
}

/// The improvements of a package for these voices that change the fewest issues, and of those the best `limit`.
///
/// All changes of one issue are tried, then of two, and so on, leaving out those by which a voice cannot but
/// lose. `Complete` without any means that the package is Pareto-efficient for these voices.
pub fn improvements(
    talks: &Talks<'_>,
    voices: &[usize],
    from: &[u16],
    limit: usize,
    budget: &Budget,
) -> Outcome<Improvements> {
    let mut search = Search::new(talks, voices, from, limit, budget);
    for changes in 1..=search.issues.len() {
        let start = search.base.clone();
        let stop = search.go(0, changes, &start).err();
        search.sort();
        let done = stop.is_some() || search.found > 0 || changes == search.issues.len();
        if done {
            let found = Improvements {
                changed: changes,
                deals: search.kept,
                found: search.found,
            };
            return match stop {
                None => Outcome::Complete(found),
                Some(stop) => Outcome::Stopped(found, stop),
            };
        }
    }
    Outcome::Complete(Improvements {
        changed: 0,
        deals: Vec::new(),
        found: 0,
    })
}

struct Search<'t, 's> {
    talks: &'t Talks<'s>,
    voices: &'t [usize],
    from: &'t [u16],
    budget: &'t Budget,
    limit: usize,
    /// The issues with more than one level.
    issues: Vec<usize>,
    /// `most[place][changes][voice]`: what so many changes of the issues from this place on bring a voice at
    /// most, by their tables.
    most: Vec<Vec<Vec<i128>>>,
    /// What the terms can bring each voice at most.
    base: Vec<i128>,
    before: Vec<i128>,
    deal: Deal,
    tried: u64,
    found: u64,
    kept: Vec<Improvement>,
}

impl<'t, 's> Search<'t, 's> {
    fn new(
        talks: &'t Talks<'s>,
        voices: &'t [usize],
        from: &'t [u16],
        limit: usize,
        budget: &'t Budget,
    ) -> Self {
        let space = talks.space;
        let sizes = space.sizes.iter().enumerate();
        let issues: Vec<usize> = sizes.filter(|(_, s)| **s > 1).map(|(i, _)| i).collect();
        let best = |issue: usize, voice: usize| {
            let table = &space.voices[voice].worth.tables[issue];
            let now = table[usize::from(from[issue])];
            let others = (0..).zip(table).filter(|(l, _)| *l != from[issue]);
            others.map(|(_, w)| w - now).max().unwrap_or(0)
        };
        let mut most = Vec::with_capacity(issues.len() + 1);
        for place in 0..=issues.len() {
            let rest = &issues[place..];
            let mut sums = vec![vec![0; voices.len()]; rest.len() + 1];
            for (column, voice) in voices.iter().enumerate() {
                let mut gains: Vec<i128> = rest.iter().map(|i| best(*i, *voice)).collect();
                gains.sort_unstable_by(|a, b| b.cmp(a));
                for (row, gain) in gains.into_iter().enumerate() {
                    sums[row + 1][column] = sums[row][column] + gain;
                }
            }
            most.push(sums);
        }
        let terms = |voice: &usize| {
            let terms = space.voices[*voice].worth.terms.iter();
            let gains = terms.map(|(worth, test)| {
                let now = test.holds(from);
                if now {
                    (-worth).max(0)
                } else {
                    (*worth).max(0)
                }
            });
            gains.sum()
        };
        Self {
            before: talks.worth(from),
            base: voices.iter().map(terms).collect(),
            deal: from.to_vec(),
            talks,
            voices,
            from,
            budget,
            limit,
            issues,
            most,
            tried: 0,
            found: 0,
            kept: Vec::new(),
        }
    }

    /// Tries just so many changes among the issues from a place on; `sum` is what the changes so far bring each
    /// of the voices, with the most that terms can bring.
    fn go(&mut self, place: usize, changes: usize, sum: &[i128]) -> Result<(), Stop> {
        if changes == 0 {
            self.look();
            return step(&mut self.tried, self.budget);
        }
        if self.issues.len() - place < changes {
            return Ok(());
        }
        let reach = &self.most[place][changes];
        if sum.iter().zip(reach).any(|(s, m)| s + m < 0) {
            return Ok(());
        }
        let issue = self.issues[place];
        let now = self.from[issue];
        for level in (0..self.talks.space.sizes[issue]).filter_map(|l| u16::try_from(l).ok()) {
            if level == now {
                continue;
            }
            let gain = |voice: &usize| {
                let table = &self.talks.space.voices[*voice].worth.tables[issue];
                table[usize::from(level)] - table[usize::from(now)]
            };
            let more: Vec<i128> = self
                .voices
                .iter()
                .zip(sum)
                .map(|(v, s)| s + gain(v))
                .collect();
            let reach = &self.most[place + 1];
            let reach = reach.get(changes - 1);
            if reach.is_none_or(|r| more.iter().zip(r).any(|(s, m)| s + m < 0)) {
                step(&mut self.tried, self.budget)?;
                continue;
            }
            self.deal[issue] = level;
            let result = self.go(place + 1, changes - 1, &more);
            self.deal[issue] = now;
            result?;
        }
        self.go(place + 1, changes, sum)
    }

    fn look(&mut self) {
        let after = self.talks.worth(&self.deal).into_iter();
        let gains: Vec<i128> = after.zip(&self.before).map(|(a, b)| a - b).collect();
        if improves(self.voices, &gains) && self.talks.space.permits(&self.deal) {
            self.found += 1;
            self.kept.push(Improvement {
                deal: self.deal.clone(),
                gains,
            });
            if self.kept.len() > 4 * self.limit + 1000 {
                self.sort();
            }
        }
    }

    fn sort(&mut self) {
        self.kept.sort_by_cached_key(|i| {
            let merit = merit(self.talks, self.voices, &i.gains);
            (std::cmp::Reverse(merit), i.deal.clone())
        });
        self.kept.truncate(self.limit);
    }
}
