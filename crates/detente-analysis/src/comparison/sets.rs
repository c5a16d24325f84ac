//! Sets of changes: which give an answer, which are needed for it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use detente_model::difference::Difference;

use super::attribution::{Attribution, Cause, MOST_CHANGES, MOST_TRIALS, Unattributed};
use super::between::{Group, Part, groups};
use crate::{Budget, Stop};

/// Texts that are analysed at the same time.
const BATCH: usize = 32;

/// Analyses the text with these changes made; `None` when it makes no sense with them.
pub(super) type Judge<'t, V> = dyn Fn(&BTreeSet<usize>) -> Result<Option<Vec<V>>, Stop> + Sync + 't;

/// The texts between the two, each analysed once. A set of changes, or of groups of them, is a number with a bit for
/// each.
pub(super) struct Sets<'t, V> {
    /// What is made or left out as one.
    units: Vec<Vec<usize>>,
    /// What the units are about; empty when each is a single change.
    groups: Vec<Group>,
    judge: &'t Judge<'t, V>,
    budget: &'t Budget,
    known: BTreeMap<u32, Option<Vec<V>>>,
    left: usize,
}

impl<'t, V: Send + Sync> Sets<'t, V> {
    /// At most `trials` texts are analysed.
    ///
    /// # Errors
    ///
    /// When there are too many changes, or not even each can be tried alone.
    pub(super) fn new(
        (difference, part): (&Difference, Part),
        trials: usize,
        judge: &'t Judge<'t, V>,
        budget: &'t Budget,
    ) -> Result<Self, Unattributed> {
        let changes = part.changes(difference);
        let left = trials.min(MOST_TRIALS);
        let groups = if changes.len() > MOST_CHANGES {
            // So few that all sets of them can be looked at, if there is such a choice.
            let few = left.max(1).ilog2() as usize;
            let groups = groups(difference, &changes, few)
                .or_else(|| groups(difference, &changes, MOST_CHANGES));
            groups.ok_or(Unattributed::TooMany(changes.len()))?
        } else {
            Vec::new()
        };
        let units: Vec<Vec<usize>> = if groups.is_empty() {
            changes.into_iter().map(|change| vec![change]).collect()
        } else {
            groups.iter().map(|group| group.changes.clone()).collect()
        };
        let count = units.len();
        if left < (2 * count + 2).min(1 << count) {
            return Err(Unattributed::TooLarge);
        }
        Ok(Self {
            units,
            groups,
            judge,
            budget,
            known: BTreeMap::new(),
            left,
        })
    }

    /// How many changes or groups there are.
    pub(super) fn count(&self) -> usize {
        self.units.len()
    }

    /// What stands for a change or a group: the index of the change, or the place of the group.
    pub(super) fn label(&self, place: usize) -> usize {
        let change = self.units.get(place).and_then(|unit| unit.first());
        match change {
            Some(change) if self.groups.is_empty() => *change,
            _ => place,
        }
    }

    /// All changes.
    pub(super) fn all(&self) -> u32 {
        (1 << self.count()) - 1
    }

    /// The changes or groups of a set.
    fn members(&self, set: u32) -> Vec<usize> {
        let inside = (0..self.count()).filter(|place| set & (1 << place) != 0);
        inside.map(|place| self.label(place)).collect()
    }

    /// The changes of a set.
    fn made(&self, set: u32) -> BTreeSet<usize> {
        let units = self.units.iter().enumerate();
        let inside = units.filter(|(place, _)| set & (1 << place) != 0);
        inside.flat_map(|(_, unit)| unit).copied().collect()
    }

    /// The answers of a text that was looked at; `None` when it makes no sense.
    pub(super) fn of(&self, set: u32) -> Option<&[V]> {
        self.known.get(&set)?.as_deref()
    }

    /// Looks at the texts of these sets, or at none where that are too many.
    pub(super) fn look(&mut self, sets: impl IntoIterator<Item = u32>) -> Result<(), Stop> {
        let open: BTreeSet<u32> = sets
            .into_iter()
            .filter(|set| !self.known.contains_key(set))
            .collect();
        if open.len() > self.left {
            return Err(Stop::Limit {
                what: "texts between the two",
                limit: (self.left + self.known.len()) as u64,
            });
        }
        self.left -= open.len();
        let open: Vec<u32> = open.into_iter().collect();
        for batch in open.chunks(BATCH) {
            if self.budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            let total = 1_u64 << self.count();
            let done = self.known.len() as u64;
            self.budget.report("texts between the two", done, total);
            let one = |set: &u32| (self.judge)(&self.made(*set));
            let found: Vec<_> = batch.par_iter().map(one).collect();
            for (set, found) in batch.iter().zip(found) {
                self.known.insert(*set, found?);
            }
        }
        Ok(())
    }

    /// What is behind each changed answer: `same` says when two answers to one question are the same, `before` and
    /// `after` are the answers of the two texts.
    pub(super) fn causes<Q: Clone>(
        &mut self,
        questions: &[Q],
        (before, after): (&[V], &[V]),
        same: impl Fn(&V, &V) -> bool,
    ) -> Result<Attribution<Q>, Unattributed> {
        let all = self.all();
        self.look([0, all])?;
        let fits = |found: Option<&[V]>, expected: &[V]| {
            found.is_some_and(|found| found.iter().zip(expected).all(|(a, b)| same(a, b)))
        };
        if !fits(self.of(0), before) || !fits(self.of(all), after) {
            return Err(Unattributed::Inseparable);
        }
        let places = 0..self.count();
        self.look(places.clone().flat_map(|p| [1 << p, all & !(1 << p)]))?;
        let gives = |found: &[V], index: usize| {
            found
                .get(index)
                .zip(after.get(index))
                .is_some_and(|(a, b)| same(a, b))
        };
        let mut causes: Vec<Cause<Q>> = questions
            .iter()
            .map(|question| Cause {
                question: question.clone(),
                alone: Vec::new(),
                needed: Vec::new(),
                together: Vec::new(),
            })
            .collect();
        let (mut not_alone, mut not_omitted) = (Vec::new(), Vec::new());
        for place in 0..self.count() {
            let label = self.label(place);
            let alone = self.of(1 << place);
            let without = self.of(all & !(1 << place));
            for (index, cause) in causes.iter_mut().enumerate() {
                if alone.is_some_and(|found| gives(found, index)) {
                    cause.alone.push(label);
                }
                if without.is_some_and(|found| !gives(found, index)) {
                    cause.needed.push(label);
                }
            }
            if alone.is_none() {
                not_alone.push(label);
            }
            if without.is_none() {
                not_omitted.push(label);
            }
        }
        let mut stopped = None;
        for size in 2..=self.count() as u32 {
            let open = |cause: &Cause<Q>| cause.alone.is_empty() && cause.together.is_empty();
            if !causes.iter().any(open) {
                break;
            }
            let sets: Vec<u32> = (0..=all).filter(|set| set.count_ones() == size).collect();
            if let Err(stop) = self.look(sets.iter().copied()) {
                stopped = Some(stop);
                break;
            }
            for (index, cause) in causes.iter_mut().enumerate().filter(|(_, c)| open(c)) {
                let giving = sets.iter().filter(|set| {
                    let found = self.of(**set);
                    found.is_some_and(|found| gives(found, index))
                });
                cause.together = giving.map(|set| self.members(*set)).collect();
            }
        }
        Ok(Attribution {
            changes: self.units.iter().flatten().copied().collect(),
            groups: self.groups.clone(),
            causes,
            not_alone,
            not_omitted,
            stopped,
        })
    }
}
