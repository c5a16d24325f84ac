//! A test as disjoint products of sets of levels.

use std::collections::BTreeSet;

use crate::model::IssueId;
use crate::model::bargain::Test;

use super::residual::residual;

/// A product: for some issues, ascending, which cells are in the set.
pub(super) type Path = Vec<(usize, Vec<bool>)>;

/// The levels of each issue, cut into runs that no test tells apart.
pub(super) struct Cells {
    /// For each issue the first level of every cell, ascending.
    starts: Vec<Vec<u32>>,
}

impl Cells {
    /// Cuts the levels where some test does.
    pub fn new<'a>(sizes: &[u32], tests: impl Iterator<Item = &'a Test>) -> Self {
        let mut starts: Vec<BTreeSet<u32>> = sizes.iter().map(|_| BTreeSet::from([0])).collect();
        for test in tests {
            cut(test, &mut starts);
        }
        let within = |(set, size): (BTreeSet<u32>, &u32)| -> Vec<u32> {
            set.into_iter().filter(|start| start < size).collect()
        };
        Self {
            starts: starts.into_iter().zip(sizes).map(within).collect(),
        }
    }

    /// How many cells each issue has.
    pub fn counts(&self) -> impl Iterator<Item = usize> {
        self.starts.iter().map(Vec::len)
    }

    /// The cell of a level.
    pub fn of(&self, issue: usize, level: u32) -> usize {
        self.starts[issue].partition_point(|start| *start <= level) - 1
    }

    /// Adds an amount to the levels of some cells.
    pub fn add(
        &self,
        issue: usize,
        inside: &[bool],
        amount: i128,
        table: &mut Vec<i128>,
        size: u32,
    ) {
        table.resize(size as usize, 0);
        for (level, worth) in (0..size).zip(table) {
            if inside[self.of(issue, level)] {
                *worth += amount;
            }
        }
    }
}

/// Where the test cuts the levels.
fn cut(test: &Test, starts: &mut [BTreeSet<u32>]) {
    match test {
        Test::Constant(_) => {}
        Test::Between { issue, from, to } => {
            let starts = &mut starts[issue.index()];
            starts.insert(u32::from(*from));
            starts.insert(u32::from(*to) + 1);
        }
        Test::Not(inner) => cut(inner, starts),
        Test::And(parts) | Test::Or(parts) | Test::Count { of: parts, .. } => {
            parts.iter().for_each(|p| cut(p, starts));
        }
    }
}

/// The packages that satisfy the test, or (with `false`) those that do not, whichever needs fewer products;
/// `None` when both need more than the limit.
pub(super) fn paths(test: &Test, cells: &Cells, limit: usize) -> Option<(bool, Vec<Path>)> {
    let when = true_paths(test, cells, limit);
    if when.as_ref().is_some_and(|w| w.len() <= 1) {
        return when.map(|w| (true, w));
    }
    let unless = true_paths(&Test::Not(Box::new(test.clone())), cells, limit);
    match (when, unless) {
        (Some(when), Some(unless)) if unless.len() < when.len() => Some((false, unless)),
        (Some(when), _) => Some((true, when)),
        (None, unless) => unless.map(|u| (false, u)),
    }
}

/// The packages that satisfy the test as disjoint products; `None` when there are more than the limit.
pub(super) fn true_paths(test: &Test, cells: &Cells, limit: usize) -> Option<Vec<Path>> {
    let mut found = Vec::new();
    let mut work = limit * 64;
    let start = residual(test, None);
    walk(&start, cells, limit, &mut work, &mut Vec::new(), &mut found)?;
    Some(found)
}

fn walk(
    test: &Test,
    cells: &Cells,
    limit: usize,
    work: &mut usize,
    path: &mut Path,
    found: &mut Vec<Path>,
) -> Option<()> {
    *work = work.checked_sub(1)?;
    match test {
        Test::Constant(false) => return Some(()),
        Test::Constant(true) => {
            if found.len() == limit {
                return None;
            }
            let mut path = path.clone();
            path.sort_unstable_by_key(|(issue, _)| *issue);
            found.push(path);
            return Some(());
        }
        _ => {}
    }
    let issue = first_issue(test)?;
    let starts = &cells.starts[issue.index()];
    let mut groups: Vec<(Test, Vec<bool>)> = Vec::new();
    for (cell, level) in starts.iter().enumerate() {
        let level = u16::try_from(*level).unwrap_or(u16::MAX);
        let rest = residual(test, Some((issue, level)));
        let place = groups.iter().position(|(r, _)| *r == rest);
        let place = place.unwrap_or_else(|| {
            groups.push((rest, vec![false; starts.len()]));
            groups.len() - 1
        });
        groups[place].1[cell] = true;
    }
    for (rest, inside) in groups {
        if inside.iter().all(|i| *i) {
            walk(&rest, cells, limit, work, path, found)?;
        } else {
            path.push((issue.index(), inside));
            walk(&rest, cells, limit, work, path, found)?;
            path.pop();
        }
    }
    Some(())
}

/// The issue of the first bound in the test.
fn first_issue(test: &Test) -> Option<IssueId> {
    match test {
        Test::Constant(_) => None,
        Test::Between { issue, .. } => Some(*issue),
        Test::Not(inner) => first_issue(inner),
        Test::And(parts) | Test::Or(parts) | Test::Count { of: parts, .. } => {
            parts.iter().find_map(first_issue)
        }
    }
}
