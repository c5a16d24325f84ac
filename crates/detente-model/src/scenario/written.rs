//! Conditions on packages as boxes.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::Zero;

use crate::bargain::Test;

/// Boxes that one condition may become.
const MAX_BOXES: usize = 4096;

/// A box of GENIUS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rectangle {
    /// Whether it pays outside.
    pub(crate) outside: bool,
    /// Issue, lowest level, highest level.
    pub(crate) bounds: Vec<(usize, usize, usize)>,
}

/// What the levels of one issue are worth, as boxes: one for each row of levels with the same worth.
pub(crate) fn table_rectangles(
    issue: usize,
    values: &[BigRational],
) -> Vec<(BigRational, Rectangle)> {
    let mut found: Vec<(BigRational, Rectangle)> = Vec::new();
    let mut start = 0;
    for (level, value) in values.iter().enumerate() {
        let ends = values.get(level + 1) != Some(value);
        if ends {
            if !value.is_zero() {
                let bounds = if start == 0 && level + 1 == values.len() {
                    Vec::new()
                } else {
                    vec![(issue, start, level)]
                };
                found.push((
                    value.clone(),
                    Rectangle {
                        outside: false,
                        bounds,
                    },
                ));
            }
            start = level + 1;
        }
    }
    found
}

/// A condition as boxes that do not overlap; `None` when it is not of a kind that becomes boxes.
pub(crate) fn rectangles(test: &Test, sizes: &[usize]) -> Option<Vec<Rectangle>> {
    if let Some(sets) = sets(test, sizes) {
        return product(&sets);
    }
    if let Test::Not(inner) = test
        && let Some(sets) = sets(inner, sizes)
    {
        let inside = product(&sets)?;
        return match inside.as_slice() {
            [] => Some(vec![Rectangle {
                outside: false,
                bounds: Vec::new(),
            }]),
            [one] if one.bounds.is_empty() => Some(Vec::new()),
            [one] => Some(vec![Rectangle {
                outside: true,
                bounds: one.bounds.clone(),
            }]),
            _ => None,
        };
    }
    None
}

/// For each issue that matters, which levels hold, when the condition is such a bound of each issue alone.
fn sets(test: &Test, sizes: &[usize]) -> Option<BTreeMap<usize, Vec<bool>>> {
    let issues = test.issues();
    match (issues.as_slice(), test) {
        ([], _) => {
            // It holds always or never, whatever the package.
            let none: Vec<u16> = vec![0; sizes.len()];
            let mut sets = BTreeMap::new();
            if !test.holds(&none) {
                sets.insert(0, vec![false; *sizes.first()?]);
            }
            Some(sets)
        }
        ([issue], _) => {
            let mut package: Vec<u16> = vec![0; sizes.len()];
            let mut levels = Vec::new();
            for level in 0..*sizes.get(issue.index())? {
                package[issue.index()] = u16::try_from(level).ok()?;
                levels.push(test.holds(&package));
            }
            Some(BTreeMap::from([(issue.index(), levels)]))
        }
        (_, Test::And(parts)) => {
            let mut joined: BTreeMap<usize, Vec<bool>> = BTreeMap::new();
            for part in parts {
                for (issue, levels) in sets(part, sizes)? {
                    match joined.get_mut(&issue) {
                        Some(both) => {
                            for (a, b) in both.iter_mut().zip(levels) {
                                *a = *a && b;
                            }
                        }
                        None => {
                            joined.insert(issue, levels);
                        }
                    }
                }
            }
            Some(joined)
        }
        _ => None,
    }
}

/// All combinations of rows of levels, one row of each issue.
fn product(sets: &BTreeMap<usize, Vec<bool>>) -> Option<Vec<Rectangle>> {
    let mut boxes = vec![Vec::new()];
    for (issue, levels) in sets {
        if levels.iter().all(|l| *l) {
            continue;
        }
        let rows = rows(levels);
        if boxes.len() * rows.len() > MAX_BOXES {
            return None;
        }
        boxes = boxes
            .into_iter()
            .flat_map(|bounds: Vec<(usize, usize, usize)>| {
                rows.iter().map(move |(from, to)| {
                    let mut longer = bounds.clone();
                    longer.push((*issue, *from, *to));
                    longer
                })
            })
            .collect();
    }
    let inside = |bounds| Rectangle {
        outside: false,
        bounds,
    };
    Some(boxes.into_iter().map(inside).collect())
}

/// The rows of levels that hold.
fn rows(levels: &[bool]) -> Vec<(usize, usize)> {
    let mut rows: Vec<(usize, usize)> = Vec::new();
    for (level, holds) in levels.iter().enumerate() {
        match rows.last_mut() {
            _ if !holds => {}
            Some((_, to)) if *to + 1 == level => *to = level,
            _ => rows.push((level, level)),
        }
    }
    rows
}
