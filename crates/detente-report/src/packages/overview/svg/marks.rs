//! What is marked and labelled in a picture, for two at the table.

use std::collections::BTreeMap;

use super::draw::Mark;
use crate::packages::overview::{NamedFinding, Packages, PointFinding};
use crate::packages::{Exact, words};

/// Something that is marked.
#[derive(Debug, Clone)]
pub(super) struct Marked {
    /// As what.
    pub(super) mark: Mark,
    /// What it is worth to the two.
    pub(super) worth: (f64, f64),
    /// The most that it may be worth to them, of a vague package.
    pub(super) most: Option<(f64, f64)>,
    /// The lines of the label; none when another says it.
    pub(super) label: Vec<String>,
    /// What is said when it is pointed at.
    pub(super) says: String,
}

/// Longer titles of packages give way to their short names.
const MOST_LETTERS: usize = 26;

/// How many tied points of a rule are labelled; the others are marked only.
const LABELLED_TIES: usize = 3;

/// What is efficient, as dots.
pub(super) fn dots(finding: &Packages, axes: (usize, usize)) -> Vec<Marked> {
    let points = finding.frontier.points.iter();
    let dot = |point: &PointFinding| Marked {
        mark: if point.acceptable {
            Mark::Full
        } else {
            Mark::Hollow
        },
        worth: worth(point, axes),
        most: None,
        label: Vec::new(),
        says: says(finding, point),
    };
    points.map(dot).collect()
}

/// The solution points, each with the names of the rules that pick it.
pub(super) fn solutions(finding: &Packages, axes: (usize, usize)) -> Vec<Marked> {
    let mut names: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for solution in &finding.solutions {
        for (number, place) in solution.points.iter().enumerate() {
            let names = names.entry(*place).or_default();
            match solution.points.len() {
                1 => names.push(solution.title.clone()),
                ties if number < LABELLED_TIES => {
                    names.push(format!("{} ({} of {ties})", solution.title, number + 1));
                }
                _ => {}
            }
        }
    }
    let point = |(place, names): (usize, Vec<String>)| {
        let point = finding.frontier.points.get(place)?;
        Some(Marked {
            mark: Mark::Ring,
            worth: worth(point, axes),
            most: None,
            label: names,
            says: says(finding, point),
        })
    };
    names.into_iter().filter_map(point).collect()
}

/// The packages with a name.
pub(super) fn named(finding: &Packages, axes: (usize, usize)) -> Vec<Marked> {
    let one = |named: &NamedFinding| {
        let (x, y) = (named.worth.get(axes.0)?, named.worth.get(axes.1)?);
        let bounds = |n: usize| Some((x.get(n)?.rounded(), y.get(n)?.rounded()));
        let (least, most) = (bounds(0)?, bounds(1)?);
        let worths = finding.worths(named);
        let called = named.title.as_deref().unwrap_or(&named.name);
        Some(Marked {
            mark: Mark::Named,
            worth: (
                f64::midpoint(least.0, most.0),
                f64::midpoint(least.1, most.1),
            ),
            most: (least != most).then_some(most),
            label: vec![if called.chars().count() > MOST_LETTERS {
                named.name.clone()
            } else {
                called.to_owned()
            }],
            says: format!("{called}: {}", worths.join(", ")),
        })
    };
    finding.named.iter().filter_map(one).collect()
}

/// What a point is worth to two at the table.
fn worth(point: &PointFinding, axes: (usize, usize)) -> (f64, f64) {
    let of = |axis: usize| point.worth.get(axis).map_or(0.0, Exact::rounded);
    (of(axes.0), of(axes.1))
}

/// A point in words: its worths, its first package, how many there are.
fn says(finding: &Packages, point: &PointFinding) -> String {
    let worths: Vec<String> = finding
        .table
        .iter()
        .zip(&point.worth)
        .map(|(side, worth)| format!("{} {worth}", side.name))
        .collect();
    let mut says = worths.join(", ");
    if let Some(example) = point.examples.first() {
        says.push_str(": ");
        says.push_str(&words::changes(example));
    }
    if point.packages != "1" {
        says.push_str(&format!(" (one of {} packages)", point.packages));
    }
    says
}
