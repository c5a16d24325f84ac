//! How many packages are worth the same, and which.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use num_traits::ToPrimitive;

use super::solve::{Solved, Step, nothing};
use super::tally::Tally;
use super::vector::{Vector, Whole, minus, plus};
use crate::bargain::frontier::Ties;
use crate::bargain::space::Deal;

impl<N: Whole, const M: usize> Solved<N, M> {
    /// For each efficient worth, how many packages have it; `size` is how many there are without rules.
    ///
    /// Every part of an efficient package is among the choices that were kept, so that the ways that lead
    /// through these are all packages.
    pub(super) fn tally(&self, size: &BigUint) -> Vec<BigUint> {
        if size.to_u64().is_some() {
            self.ways::<u128>().into_iter().map(Into::into).collect()
        } else {
            self.ways::<BigUint>()
        }
    }

    fn ways<C: Tally>(&self) -> Vec<C> {
        let mut total: Vec<C> = Vec::new();
        let mut so_far: &[Vector<N, M>] = &[];
        for (place, group) in self.groups.iter().enumerate() {
            let ways = ways_of_steps::<N, C, M>(&group.steps);
            if place == 0 {
                total = ways;
                so_far = group.last();
                continue;
            }
            let sums = &self.sums[place - 1];
            let mut after = vec![C::zero(); sums.len()];
            for (worth, ways) in group.last().iter().zip(&ways) {
                meeting(so_far, worth, sums, |from, to| {
                    after[to] += &total[from].times(ways);
                });
            }
            total = after;
            so_far = sums;
        }
        total
    }
}

/// For each worth at the end of a group, in how many ways it is reached.
fn ways_of_steps<N: Whole, C: Tally, const M: usize>(steps: &[Step<N, M>]) -> Vec<C> {
    let first = nothing();
    let mut before: &[Vec<Vector<N, M>>] = &first;
    let mut ways = vec![vec![C::one()]];
    for step in steps {
        let mut after: Vec<Vec<C>> = step
            .kept
            .iter()
            .map(|kept| vec![C::zero(); kept.len()])
            .collect();
        for taken in &step.moves {
            let (ways, after) = (&ways[taken.from], &mut after[taken.to]);
            let kept = &step.kept[taken.to];
            meeting(&before[taken.from], &taken.worth, kept, |from, to| {
                after[to] += &ways[from];
            });
        }
        before = &step.kept;
        ways = after;
    }
    ways.into_iter().next().unwrap_or_default()
}

/// Calls `meet` with every place in `from` and place in `to` where the worth there plus `worth` is the worth here;
/// both lists are sorted, greatest first.
fn meeting<N: Whole, const M: usize>(
    from: &[Vector<N, M>],
    worth: &Vector<N, M>,
    to: &[Vector<N, M>],
    mut meet: impl FnMut(usize, usize),
) {
    if from.len() * 16 < to.len() {
        for (place, v) in from.iter().enumerate() {
            if let Some(there) = find(to, &plus(v, worth)) {
                meet(place, there);
            }
        }
        return;
    }
    let mut there = 0;
    for (place, v) in from.iter().enumerate() {
        let sum = plus(v, worth);
        while to.get(there).is_some_and(|t| *t > sum) {
            there += 1;
        }
        if to.get(there) == Some(&sum) {
            meet(place, there);
        }
    }
}

/// The place of a worth in a list that is sorted, greatest first.
fn find<N: Whole, const M: usize>(list: &[Vector<N, M>], worth: &Vector<N, M>) -> Option<usize> {
    list.binary_search_by(|v| worth.cmp(v)).ok()
}

/// Lists the packages of efficient worths.
#[derive(Debug)]
pub(super) struct Listing<N, const M: usize> {
    pub(super) solved: Solved<N, M>,
    pub(super) base: Vec<i128>,
    pub(super) sizes: Vec<u32>,
}

impl<N: Whole, const M: usize> Ties for Listing<N, M> {
    fn packages(&self, worth: &[i128], limit: usize) -> Vec<Deal> {
        let mut inner = [N::default(); M];
        for ((place, worth), base) in inner.iter_mut().zip(worth).zip(&self.base) {
            match worth.checked_sub(*base).map(N::try_from) {
                Some(Ok(units)) => *place = units,
                _ => return Vec::new(),
            }
        }
        let Some(ways) = Ways::to(&self.solved, &inner) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut deal = Vec::with_capacity(self.sizes.len());
        ways.list(&self.levels(&ways), &mut deal, limit, &mut found);
        found
    }
}

impl<N: Whole, const M: usize> Listing<N, M> {
    /// For each issue the levels that occur, ascending.
    fn levels(&self, ways: &Ways) -> Vec<Vec<u16>> {
        let mut levels = vec![Vec::new(); self.sizes.len()];
        for way in ways.nodes.iter().flatten() {
            if let Some((issue, level)) = way.settles {
                levels[issue].push(level);
            }
        }
        for list in &mut levels {
            list.sort_unstable();
            list.dedup();
        }
        levels
    }
}

/// How a worth is reached: for each node the ways to it, each from earlier nodes.
struct Ways {
    nodes: Vec<Vec<Way>>,
}

/// One way to a node: from all of some earlier nodes, settling an issue or not.
struct Way {
    from: Vec<usize>,
    settles: Option<(usize, u16)>,
}

impl Ways {
    /// All ways to an efficient worth; `None` when it is none.
    fn to<N: Whole, const M: usize>(solved: &Solved<N, M>, worth: &Vector<N, M>) -> Option<Self> {
        find(solved.efficient(), worth)?;
        // From the end backwards: which sums are on a way, and which worths of each group.
        let mut wanted: Vec<Vec<Vector<N, M>>> = vec![Vec::new(); solved.groups.len()];
        let mut sums = vec![*worth];
        let mut on_the_way = vec![sums.clone()];
        for place in (1..solved.groups.len()).rev() {
            let before = solved.sum(place - 1);
            let mut earlier = Vec::new();
            for sum in &sums {
                for part in solved.groups[place].last() {
                    let rest = minus(sum, part);
                    if find(before, &rest).is_some() {
                        wanted[place].push(*part);
                        earlier.push(rest);
                    }
                }
            }
            tidy(&mut wanted[place]);
            tidy(&mut earlier);
            sums = earlier;
            on_the_way.push(sums.clone());
        }
        wanted[0] = sums;
        on_the_way.reverse();
        // Then forwards: the nodes.
        let mut ways = Self { nodes: Vec::new() };
        let mut before: BTreeMap<Vector<N, M>, usize> = BTreeMap::new();
        for (place, group) in solved.groups.iter().enumerate() {
            let parts = ways.through(&group.steps, &wanted[place]);
            if place == 0 {
                before = parts;
                continue;
            }
            let mut after = BTreeMap::new();
            for sum in &on_the_way[place] {
                let mut node = Vec::new();
                for (part, reached) in &parts {
                    if let Some(earlier) = before.get(&minus(sum, part)) {
                        node.push(Way {
                            from: vec![*earlier, *reached],
                            settles: None,
                        });
                    }
                }
                after.insert(*sum, ways.add(node));
            }
            before = after;
        }
        Some(ways)
    }

    fn add(&mut self, node: Vec<Way>) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// The ways through a group to some worths at its end; their nodes.
    fn through<N: Whole, const M: usize>(
        &mut self,
        steps: &[Step<N, M>],
        wanted: &[Vector<N, M>],
    ) -> BTreeMap<Vector<N, M>, usize> {
        // What is on a way after each step: what is open, and the worth.
        let mut here: Vec<(usize, Vector<N, M>)> = wanted.iter().map(|w| (0, *w)).collect();
        let mut layers = vec![here.clone()];
        let first = nothing();
        for (place, step) in steps.iter().enumerate().rev() {
            let before = if place == 0 {
                &first
            } else {
                &steps[place - 1].kept
            };
            let mut earlier = Vec::new();
            for (open, worth) in &here {
                for taken in step.leading_to(*open) {
                    let rest = minus(worth, &taken.worth);
                    if find(&before[taken.from], &rest).is_some() {
                        earlier.push((taken.from, rest));
                    }
                }
            }
            tidy(&mut earlier);
            here = earlier;
            layers.push(here.clone());
        }
        layers.reverse();
        let mut before: BTreeMap<(usize, Vector<N, M>), usize> = BTreeMap::new();
        let start = self.add(vec![Way {
            from: Vec::new(),
            settles: None,
        }]);
        before.insert((0, [N::default(); M]), start);
        for (step, layer) in steps.iter().zip(&layers[1..]) {
            let mut after = BTreeMap::new();
            for (open, worth) in layer {
                let mut node = Vec::new();
                for taken in step.leading_to(*open) {
                    let rest = (taken.from, minus(worth, &taken.worth));
                    if let Some(earlier) = before.get(&rest) {
                        node.push(Way {
                            from: vec![*earlier],
                            settles: Some((step.issue, taken.level)),
                        });
                    }
                }
                after.insert((*open, *worth), self.add(node));
            }
            before = after;
        }
        before
            .into_iter()
            .map(|((_, worth), node)| (worth, node))
            .collect()
    }

    /// Whether a package remains when the issues before `fixed.len()` have these levels.
    fn possible(&self, fixed: &[u16]) -> bool {
        let mut reached = vec![false; self.nodes.len()];
        for (place, node) in self.nodes.iter().enumerate() {
            reached[place] = node.iter().any(|way| {
                let agrees = way
                    .settles
                    .is_none_or(|(issue, level)| fixed.get(issue).is_none_or(|f| *f == level));
                agrees && way.from.iter().all(|n| reached[*n])
            });
        }
        reached.last().copied().unwrap_or(false)
    }

    /// Adds packages that begin with `deal` in lexicographic order, until there are `limit` of them; there is one.
    fn list(&self, levels: &[Vec<u16>], deal: &mut Deal, limit: usize, found: &mut Vec<Deal>) {
        let Some(possible) = levels.get(deal.len()) else {
            found.push(deal.clone());
            return;
        };
        for level in possible {
            if found.len() >= limit {
                return;
            }
            deal.push(*level);
            // A level without alternative is possible, as something is.
            if possible.len() == 1 || self.possible(deal) {
                self.list(levels, deal, limit, found);
            }
            deal.pop();
        }
    }
}

impl<N: Whole, const M: usize> Step<N, M> {
    /// The moves after which this is open.
    fn leading_to(&self, open: usize) -> &[super::solve::Move<N, M>] {
        let from = self.moves.partition_point(|m| m.to < open);
        let to = self.moves.partition_point(|m| m.to <= open);
        &self.moves[from..to]
    }
}

impl<N: Whole, const M: usize> Solved<N, M> {
    /// What is kept of the groups up to this one.
    fn sum(&self, place: usize) -> &[Vector<N, M>] {
        match place.checked_sub(1) {
            Some(before) => &self.sums[before],
            None => self.groups[0].last(),
        }
    }
}

/// Ascending, each once.
fn tidy<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}
