//! Packages of a given worth by search, for spaces whose worths do not decompose by issues.

use crate::model::bargain::Test;
use crate::model::syntax::ast::Count;

use super::frontier::Ties;
use super::space::{Deal, DealSpace};

/// How many beginnings of packages are looked at. A list is shorter than it could be when that is not enough.
const STEPS: u64 = 1 << 22;

/// Looks for packages issue by issue, and leaves a beginning as soon as it can no longer have the worth.
#[derive(Debug)]
pub(super) struct Search {
    space: DealSpace,
    voices: Vec<usize>,
    /// For each voice, what the issues from each one on can still add: at least and at most.
    rest: Vec<Vec<(i128, i128)>>,
}

impl Search {
    /// For the packages of a space, and some voices as places in [`DealSpace::voices`].
    pub(super) fn new(space: &DealSpace, voices: &[usize]) -> Self {
        let rest = |voice: &usize| {
            let mut rest = vec![(0, 0)];
            for table in space.voices[*voice].worth.tables.iter().rev() {
                let (low, high) = rest.last().copied().unwrap_or_default();
                let least = table.iter().min().copied().unwrap_or(0);
                let most = table.iter().max().copied().unwrap_or(0);
                rest.push((low + least, high + most));
            }
            rest.reverse();
            rest
        };
        Self {
            rest: voices.iter().map(rest).collect(),
            space: space.clone(),
            voices: voices.to_vec(),
        }
    }

    /// Whether a package that begins like this can be permitted and have the worth.
    fn possible(&self, deal: &[u16], worth: &[i128]) -> bool {
        let permitted = |rule: &Test| decided(rule, deal) != Some(false);
        if !self.space.rules.iter().all(permitted) {
            return false;
        }
        let mut voices = self.voices.iter().zip(&self.rest).zip(worth);
        voices.all(|((voice, rest), wanted)| {
            let of = &self.space.voices[*voice].worth;
            let levels = of.tables.iter().zip(deal);
            let so_far: i128 = levels
                .map(|(table, level)| table[usize::from(*level)])
                .sum();
            let (low, high) = rest[deal.len()];
            let (mut low, mut high) = (of.base + so_far + low, of.base + so_far + high);
            for (units, test) in &of.terms {
                match decided(test, deal) {
                    Some(true) => (low, high) = (low + units, high + units),
                    Some(false) => {}
                    None => (low, high) = (low + units.min(&0), high + units.max(&0)),
                }
            }
            low <= *wanted && *wanted <= high
        })
    }
}

impl Ties for Search {
    fn packages(&self, worth: &[i128], limit: usize) -> Vec<Deal> {
        let mut found = Vec::new();
        let mut steps = 0;
        let mut deal: Deal = Vec::new();
        // Depth first; the deal is a beginning that is possible, and `next` the level to try after it.
        let mut next: u32 = 0;
        if worth.len() != self.voices.len() || !self.possible(&deal, worth) {
            return found;
        }
        while found.len() < limit && steps < STEPS {
            steps += 1;
            let size = self.space.sizes.get(deal.len()).copied();
            if size.is_some_and(|size| next < size) {
                deal.push(next as u16);
                if self.possible(&deal, worth) {
                    next = 0;
                    continue;
                }
            } else if size.is_none() {
                found.push(deal.clone());
            }
            match deal.pop() {
                Some(level) => next = u32::from(level) + 1,
                None => break,
            }
        }
        found
    }
}

/// What a condition comes to for all packages that begin like this; `None` when they differ, or may.
fn decided(test: &Test, deal: &[u16]) -> Option<bool> {
    match test {
        Test::Constant(value) => Some(*value),
        Test::Between { issue, from, to } => {
            let level = deal.get(issue.index())?;
            Some(from <= level && level <= to)
        }
        Test::Not(inner) => decided(inner, deal).map(|value| !value),
        Test::And(parts) => count(parts, deal, |holding, open| {
            if holding == parts.len() {
                Some(true)
            } else {
                (holding + open < parts.len()).then_some(false)
            }
        }),
        Test::Or(parts) => count(parts, deal, |holding, open| {
            if holding > 0 {
                Some(true)
            } else {
                (open == 0).then_some(false)
            }
        }),
        Test::Count {
            count: bound,
            number,
            of,
        } => count(of, deal, |holding, open| {
            let number = *number as usize;
            let all = |holds: fn(&usize, &usize) -> bool| {
                let first = holds(&holding, &number);
                (first == holds(&(holding + open), &number)).then_some(first)
            };
            match bound {
                Count::AtLeast => all(usize::ge),
                Count::AtMost => all(usize::le),
                Count::Exactly if open == 0 => Some(holding == number),
                Count::Exactly => (holding > number || holding + open < number).then_some(false),
            }
        }),
    }
}

/// What follows from how many parts hold and how many are not decided.
fn count(
    parts: &[Test],
    deal: &[u16],
    follows: impl Fn(usize, usize) -> Option<bool>,
) -> Option<bool> {
    let decided: Vec<Option<bool>> = parts.iter().map(|p| decided(p, deal)).collect();
    let holding = decided.iter().filter(|d| **d == Some(true)).count();
    let open = decided.iter().filter(|d| d.is_none()).count();
    follows(holding, open)
}
