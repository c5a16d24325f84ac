//! The fewest swaps of neighbours that bring items into an order that some pairs are known of.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, VecDeque};
use std::ops::Range;

use super::Unsuited;
use super::linear::{Linear, Price};
use super::optimizer::{Optimizer, Step, Term};
use crate::Budget;

/// Two items, the lower first.
pub(super) type Pair = (usize, usize);

/// What is known of an order of the items 0, 1, ...: pairs that must change their order, and pairs
/// that must keep it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) inverted: Vec<Pair>,
    pub(super) kept: Vec<Pair>,
}

/// An order nearest to the original one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Nearest {
    /// The pairs that change their order, those with the centre left out, and how many they are beyond
    /// the gaps that they run through.
    Order(BTreeSet<Pair>, usize),
    /// These of the known pairs go round in a circle.
    Circle(Known),
}

/// Items, and one of them whose pairs are counted by somebody else.
#[derive(Debug, Clone, Copy)]
pub(super) struct Items {
    pub(super) count: usize,
    pub(super) centre: Option<usize>,
}

impl Items {
    fn counts(self, pair: Pair) -> bool {
        self.centre != Some(pair.0) && self.centre != Some(pair.1)
    }

    /// The place of an item when the centre is taken out.
    pub(super) fn place(self, item: usize) -> usize {
        item - usize::from(self.centre.is_some_and(|c| c < item))
    }

    fn item(self, place: usize) -> usize {
        place + usize::from(self.centre.is_some_and(|c| c <= place))
    }

    /// The stretches of places that inverted pairs run through: the union of their intervals, each
    /// from its first place to its last.
    fn stretches(self, inverted: &[Pair]) -> Vec<Range<usize>> {
        let counted = inverted.iter().filter(|p| self.counts(**p));
        let mut sorted: Vec<Pair> = counted
            .map(|(a, b)| (self.place(*a), self.place(*b)))
            .collect();
        sorted.sort_unstable();
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for (first, last) in sorted {
            match stretches.last_mut() {
                Some(open) if first <= open.end => open.end = open.end.max(last),
                _ => stretches.push(first..last),
            }
        }
        stretches
    }
}

impl Known {
    /// A nearest order: as few inversions as can be among the items without the centre.
    pub(super) fn nearest(&self, items: Items, budget: &Budget) -> Result<Nearest, Unsuited> {
        let mut order = BTreeSet::new();
        let mut extra = 0;
        for stretch in items.stretches(&self.inverted) {
            let mut labels: Vec<usize> = (stretch.start..=stretch.end)
                .map(|place| items.item(place))
                .collect();
            let mut centre = None;
            if let Some(c) = items.centre {
                let at = labels.partition_point(|l| *l < c);
                labels.insert(at, c);
                centre = Some(at);
            }
            let local = |pairs: &[Pair]| -> Vec<Pair> {
                let at = |item: &usize| labels.binary_search(item).ok();
                pairs
                    .iter()
                    .filter_map(|(a, b)| Some((at(a)?, at(b)?)))
                    .collect()
            };
            let part = Self {
                inverted: local(&self.inverted),
                kept: local(&self.kept),
            };
            let named = |(a, b): &Pair| (labels[*a], labels[*b]);
            let count = labels.len();
            match part.arranged(Items { count, centre }, stretch.len(), budget)? {
                Ok(inversions) => {
                    extra += inversions.len() - stretch.len();
                    order.extend(inversions.iter().map(named));
                }
                Err(circle) => {
                    return Ok(Nearest::Circle(Self {
                        inverted: circle.inverted.iter().map(named).collect(),
                        kept: circle.kept.iter().map(named).collect(),
                    }));
                }
            }
        }
        Ok(Nearest::Order(order, extra))
    }

    /// A nearest order of items that cannot be cut anywhere, of which it takes `least` inversions
    /// at least; or a circle.
    fn arranged(
        &self,
        items: Items,
        least: usize,
        budget: &Budget,
    ) -> Result<Result<BTreeSet<Pair>, Self>, Unsuited> {
        let counted = |order: BTreeSet<Pair>| -> BTreeSet<Pair> {
            order.into_iter().filter(|p| items.counts(*p)).collect()
        };
        let order = match self.greedy(items.count) {
            Ok(order) => counted(order),
            Err(circle) => return Ok(Err(circle)),
        };
        if order.len() == least {
            return Ok(Ok(order));
        }
        let mut optimizer = Optimizer::new(budget);
        let mut linear = Linear::new(Price::Of(1));
        let mut free = Linear::new(Price::Of(0));
        let mut lit = |optimizer: &mut Optimizer, a: usize, b: usize| -> Result<Term, Unsuited> {
            let order = if items.counts((a, b)) {
                &mut linear
            } else {
                &mut free
            };
            Ok(Term::Lit(order.inverted(optimizer, a, b)?.0))
        };
        for (a, b) in &self.inverted {
            let inverted = lit(&mut optimizer, *a, *b)?;
            optimizer.clause(&[inverted])?;
        }
        for (a, b) in &self.kept {
            let inverted = lit(&mut optimizer, *a, *b)?;
            optimizer.clause(&[inverted.negated()])?;
        }
        let mut known: BTreeSet<Pair> = BTreeSet::new();
        known.extend(&self.inverted);
        known.extend(&self.kept);
        let mut asked: Vec<Pair> = known.into_iter().collect();
        loop {
            if optimizer.step()? != Step::Found {
                // The greedy order exists, so that something is found.
                return Ok(Ok(order));
            }
            let mut inversions = BTreeSet::new();
            for (a, b) in &asked {
                if let Term::Lit(inverted) = lit(&mut optimizer, *a, *b)?
                    && optimizer.holds(inverted)
                {
                    inversions.insert((*a, *b));
                }
            }
            let broken = Linear::broken(&inversions, items.count, |_| false);
            if broken.is_empty() {
                return Ok(Ok(counted(inversions)));
            }
            for (a, b, c, outer) in broken {
                asked.extend([(a, b), (b, c), (a, c)]);
                let ab = lit(&mut optimizer, a, b)?;
                let bc = lit(&mut optimizer, b, c)?;
                let ac = lit(&mut optimizer, a, c)?;
                if outer {
                    optimizer.clause(&[ac.negated(), ab, bc])?;
                } else {
                    optimizer.clause(&[ab.negated(), bc.negated(), ac])?;
                }
            }
            asked.sort_unstable();
            asked.dedup();
        }
    }

    /// The order that takes the lowest item that may come next each time; or a circle.
    fn greedy(&self, count: usize) -> Result<BTreeSet<Pair>, Self> {
        let mut after: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut waits = vec![0_usize; count];
        let inverted = self.inverted.iter().map(|(a, b)| (*b, *a));
        for (first, then) in inverted.chain(self.kept.iter().copied()) {
            after[first].push(then);
            waits[then] += 1;
        }
        let mut ready: BinaryHeap<Reverse<usize>> =
            (0..count).filter(|i| waits[*i] == 0).map(Reverse).collect();
        let mut order = Vec::with_capacity(count);
        while let Some(Reverse(item)) = ready.pop() {
            order.push(item);
            for then in &after[item] {
                waits[*then] -= 1;
                if waits[*then] == 0 {
                    ready.push(Reverse(*then));
                }
            }
        }
        if order.len() < count {
            return Err(Self::circle(&after, &waits));
        }
        let mut inversions = BTreeSet::new();
        for (place, item) in order.iter().enumerate() {
            for later in &order[place + 1..] {
                if later < item {
                    inversions.insert((*later, *item));
                }
            }
        }
        Ok(inversions)
    }

    /// A shortest circle through one of the items that wait forever.
    fn circle(after: &[Vec<usize>], waits: &[usize]) -> Self {
        let mut best: Option<Vec<usize>> = None;
        for start in (0..after.len()).filter(|i| waits[*i] > 0) {
            let mut from: Vec<Option<usize>> = vec![None; after.len()];
            let mut queue = VecDeque::from([start]);
            'search: while let Some(at) = queue.pop_front() {
                for then in &after[at] {
                    if *then == start {
                        let mut path = vec![at];
                        while let Some(before) = from[path[path.len() - 1]] {
                            path.push(before);
                        }
                        path.reverse();
                        if best.as_ref().is_none_or(|b| path.len() < b.len()) {
                            best = Some(path);
                        }
                        break 'search;
                    }
                    if from[*then].is_none() && *then != start {
                        from[*then] = Some(at);
                        queue.push_back(*then);
                    }
                }
            }
        }
        let path = best.unwrap_or_default();
        let mut known = Self::default();
        for (at, item) in path.iter().enumerate() {
            let (a, b) = (*item, path[(at + 1) % path.len()]);
            if a < b {
                known.kept.push((a, b));
            } else {
                known.inverted.push((b, a));
            }
        }
        known
    }

    /// The pairs that are kept, or that are inverted.
    fn pairs(&mut self, kept: bool) -> &mut Vec<Pair> {
        if kept {
            &mut self.kept
        } else {
            &mut self.inverted
        }
    }

    /// A smaller part of what is known that still takes `extra` inversions beyond its gaps.
    pub(super) fn reason(
        &self,
        extra: usize,
        items: Items,
        budget: &Budget,
    ) -> Result<Self, Unsuited> {
        let enough = |known: &Self| -> Result<bool, Unsuited> {
            Ok(match known.nearest(items, budget)? {
                Nearest::Order(_, beyond) => beyond >= extra,
                Nearest::Circle(_) => true,
            })
        };
        let mut reason = self.clone();
        let bare = Self {
            inverted: self.inverted.clone(),
            kept: Vec::new(),
        };
        if enough(&bare)? {
            reason = bare;
        }
        for kept in [true, false] {
            let mut size = reason.pairs(kept).len().div_ceil(2);
            while size > 0 {
                let mut at = 0;
                while at < reason.pairs(kept).len() {
                    let mut trial = reason.clone();
                    let pairs = trial.pairs(kept);
                    let end = (at + size).min(pairs.len());
                    pairs.drain(at..end);
                    if enough(&trial)? {
                        reason = trial;
                    } else {
                        at += size;
                    }
                }
                size /= 2;
            }
        }
        Ok(reason)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{Items, Known, Nearest, Pair};
    use crate::Budget;

    /// All orders of so many items, lowest place first.
    fn orders(count: usize) -> Vec<Vec<usize>> {
        if count == 0 {
            return vec![Vec::new()];
        }
        let shorter = orders(count - 1);
        let insert = |order: &Vec<usize>| -> Vec<Vec<usize>> {
            let put = |at: usize| {
                let mut longer = order.clone();
                longer.insert(at, count - 1);
                longer
            };
            (0..=order.len()).map(put).collect()
        };
        shorter.iter().flat_map(insert).collect()
    }

    fn inversions(order: &[usize]) -> BTreeSet<Pair> {
        let mut found = BTreeSet::new();
        for (place, high) in order.iter().enumerate() {
            for low in order[place + 1..].iter().filter(|low| *low < high) {
                found.insert((*low, *high));
            }
        }
        found
    }

    proptest! {
        /// The fewest inversions among the items without the centre are those of the best of all
        /// orders, and there is a circle exactly when there is no order.
        #[test]
        fn nearest_orders_are_those_of_exhaustive_search(
            count in 2..=6_usize,
            centre in proptest::option::of(0..6_usize),
            said in proptest::collection::vec(0..5_u8, 15),
        ) {
            let items = Items { count, centre: centre.filter(|c| *c < count) };
            let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
            let mut known = Known::default();
            for (pair, said) in pairs.zip(said) {
                match said {
                    0 => known.inverted.push(pair),
                    1 => known.kept.push(pair),
                    _ => {}
                }
            }
            // What is asked of the centre is complete, as it is when a ranking is found.
            if let Some(c) = items.centre {
                for other in (0..count).filter(|o| *o != c) {
                    let pair = (other.min(c), other.max(c));
                    if !known.inverted.contains(&pair) && !known.kept.contains(&pair) {
                        known.kept.push(pair);
                    }
                }
            }
            let fits = |found: &BTreeSet<Pair>| {
                known.inverted.iter().all(|p| found.contains(p))
                    && known.kept.iter().all(|p| !found.contains(p))
            };
            let all = orders(count).into_iter().map(|o| inversions(&o)).filter(fits);
            let best = all.map(|found| found.iter().filter(|p| items.counts(**p)).count()).min();
            match known.nearest(items, &Budget::default()).unwrap() {
                Nearest::Order(order, extra) => {
                    // Pairs around the centre may still be at odds with each other; those of the
                    // others are as few as can be when they are not.
                    if let Some(best) = best {
                        prop_assert!(order.len() <= best);
                        if items.centre.is_none() {
                            prop_assert_eq!(order.len(), best);
                        }
                    } else {
                        prop_assert!(items.centre.is_some());
                    }
                    prop_assert!(extra <= order.len());
                }
                Nearest::Circle(circle) => {
                    prop_assert_eq!(best, None);
                    let goes_round = |found: &BTreeSet<Pair>| {
                        !(circle.inverted.iter().all(|p| found.contains(p))
                            && circle.kept.iter().all(|p| !found.contains(p)))
                    };
                    prop_assert!(orders(count).iter().all(|o| goes_round(&inversions(o))));
                }
            }
        }
    }
}
