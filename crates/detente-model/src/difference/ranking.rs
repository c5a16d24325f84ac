//! What moved in a ranking.

use std::collections::{BTreeMap, BTreeSet};

use detente_syntax::ast::{Preferences, RankGroup, RankItem};

use super::said::formula;
use super::walk::Side;

/// What became of one item of a ranking, or of the step between two places. Places are counted from 1, the best first;
/// items that are tied stand at the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shift {
    /// An item is liked better or less than before, compared with others that both rankings have.
    Moved {
        /// The item.
        item: String,
        /// Its place in the first ranking.
        from: usize,
        /// Its place in the second.
        to: usize,
        /// Whether it is liked better than before.
        up: bool,
        /// The items to which it stands otherwise than before: above, below or level.
        past: Vec<String>,
    },
    /// The second ranking alone has it.
    Added {
        /// The item.
        item: String,
        /// Its place there.
        to: usize,
    },
    /// The first ranking alone has it.
    Dropped {
        /// The item.
        item: String,
        /// Its place there.
        from: usize,
    },
    /// A step between two neighbours is of another strength.
    Step {
        /// The items of the better place.
        better: String,
        /// The items of the next.
        worse: String,
        /// The sign between them in the first ranking.
        was: String,
        /// The sign in the second.
        now: String,
    },
}

impl Shift {
    /// The same, from the second ranking to the first.
    #[must_use]
    pub fn reversed(&self) -> Self {
        match self.clone() {
            Self::Moved {
                item,
                from,
                to,
                up,
                past,
            } => Self::Moved {
                item,
                from: to,
                to: from,
                up: !up,
                past,
            },
            Self::Added { item, to } => Self::Dropped { item, from: to },
            Self::Dropped { item, from } => Self::Added { item, to: from },
            Self::Step {
                better,
                worse,
                was,
                now,
            } => Self::Step {
                better,
                worse,
                was: now,
                now: was,
            },
        }
    }
}

/// Pairs of places at most of which it is asked which stay as they are.
const MOST_CELLS: usize = 2000;

/// What moved from one ranking to another, the fewest items that can be said to: all others stand to each other as
/// before. Nothing where one of the two is no ranking, or where an item stands in one twice.
pub(super) fn shifts(
    a: Option<&Preferences>,
    b: Option<&Preferences>,
    sides: (&Side<'_>, &Side<'_>),
) -> Vec<Shift> {
    let (Some(Preferences::Ranks(a)), Some(Preferences::Ranks(b))) = (a, b) else {
        return Vec::new();
    };
    let (a, b) = (said(a, sides.0), said(b, sides.1));
    let (Some(before), Some(after)) = (places(&a), places(&b)) else {
        return Vec::new();
    };
    let mut cells: BTreeMap<(usize, usize), Vec<&String>> = BTreeMap::new();
    for (item, from) in &before {
        if let Some(to) = after.get(item) {
            cells.entry((*from, *to)).or_default().push(item);
        }
    }
    if cells.len() > MOST_CELLS {
        return Vec::new();
    }
    let kept = staying(&cells);
    let mut found = Vec::new();
    for (item, from) in &before {
        if !after.contains_key(item) {
            found.push(Shift::Dropped {
                item: (*item).clone(),
                from: from + 1,
            });
        }
    }
    for (item, to) in &after {
        if !before.contains_key(item) {
            found.push(Shift::Added {
                item: (*item).clone(),
                to: to + 1,
            });
        }
    }
    for ((from, to), items) in cells.iter().filter(|(cell, _)| !kept.contains(cell)) {
        for item in items {
            let others = before.iter().filter_map(|(other, was)| {
                let now = after.get(other)?;
                let (was, now) = (from.cmp(was), to.cmp(now));
                (was != now).then_some((other, now < was))
            });
            let others: Vec<(&&String, bool)> = others.collect();
            let better = others.iter().filter(|(_, better)| *better).count();
            found.push(Shift::Moved {
                item: (*item).clone(),
                from: from + 1,
                to: to + 1,
                up: 2 * better >= others.len(),
                past: others.iter().map(|(other, _)| (**other).clone()).collect(),
            });
        }
    }
    found.extend(steps(&a, &b));
    found
}

/// A ranking's places in words, each with the sign that stands after it.
type Places = Vec<(Vec<String>, String)>;

fn said(groups: &[RankGroup], side: &Side<'_>) -> Places {
    let item = |item: &RankItem| match item {
        RankItem::State(name) => name.to_string(),
        RankItem::Formula(f) => formula(f, side),
        RankItem::Rest(_) => "rest".to_owned(),
    };
    let place = |group: &RankGroup| {
        let mut items: Vec<String> = group.items.iter().map(item).collect();
        items.sort();
        (items, group.strength.sign())
    };
    groups.iter().map(place).collect()
}

/// The place of every item, from 0; `None` when one has two.
fn places(ranking: &Places) -> Option<BTreeMap<&String, usize>> {
    let mut found = BTreeMap::new();
    for (place, (items, _)) in ranking.iter().enumerate() {
        for item in items {
            if found.insert(item, place).is_some() {
                return None;
            }
        }
    }
    Some(found)
}

/// The pairs of places that rise together in both rankings and have the most items; of several such choices the one
/// that is met first.
fn staying(cells: &BTreeMap<(usize, usize), Vec<&String>>) -> BTreeSet<(usize, usize)> {
    let cells: Vec<(&(usize, usize), usize)> = cells.iter().map(|(c, i)| (c, i.len())).collect();
    // The most items of a chain that ends here, and the cell before this one in it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(cells.len());
    for (here, (cell, items)) in cells.iter().enumerate() {
        let mut most = (0, None);
        for (before, (other, _)) in cells[..here].iter().enumerate() {
            if other.0 < cell.0 && other.1 < cell.1 && best[before].0 > most.0 {
                most = (best[before].0, Some(before));
            }
        }
        best.push((most.0 + items, most.1));
    }
    let mut last: Option<usize> = None;
    for (place, (items, _)) in best.iter().enumerate() {
        if last.is_none_or(|l| *items > best[l].0) {
            last = Some(place);
        }
    }
    let mut kept = BTreeSet::new();
    while let Some(place) = last {
        kept.insert(*cells[place].0);
        last = best[place].1;
    }
    kept
}

/// Steps between places that are neighbours in both, with another sign.
fn steps(a: &Places, b: &Places) -> Vec<Shift> {
    let pairs = |ranking: &Places| -> BTreeMap<(Vec<String>, Vec<String>), String> {
        let next = ranking.iter().zip(ranking.iter().skip(1));
        next.map(|((items, sign), (worse, _))| ((items.clone(), worse.clone()), sign.clone()))
            .collect()
    };
    let after = pairs(b);
    let before = pairs(a).into_iter();
    before
        .filter_map(|((better, worse), was)| {
            let now = after.get(&(better.clone(), worse.clone()))?.clone();
            (was != now).then(|| Shift::Step {
                better: better.join(" = "),
                worse: worse.join(" = "),
                was,
                now,
            })
        })
        .collect()
}
