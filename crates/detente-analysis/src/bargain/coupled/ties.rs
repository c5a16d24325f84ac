//! Packages of a given worth, issue by issue: a beginning is left as soon as the bounds say that no package that
//! begins like this is worth so much.

use std::collections::BTreeMap;

use super::compile::Problem;
use super::directions::{proportions, upper_hull};
use super::leaf;
use super::node::Node;
use super::relax::{Bench, Direction, bound};
use super::search::close;
use crate::bargain::frontier::Ties;
use crate::bargain::space::Deal;

/// How many beginnings of packages are looked at. A list is shorter than it could be when that is not enough: it has
/// the package that the search for the worth found then.
const STEPS: u32 = 1 << 9;

/// Rounds of improving a bound before the first issue, and after each.
const ROUNDS: (usize, usize) = (30, 2);

/// Lists packages of a problem.
#[derive(Debug)]
pub(super) struct Listing {
    problem: Problem,
    /// With two voices: the corners of the hull of all points, ascending for the first voice.
    corners: Vec<Vec<i128>>,
    /// The worths, and the classes of one package of each.
    examples: BTreeMap<Vec<i128>, Vec<usize>>,
}

/// A beginning of packages.
struct Begun {
    node: Node,
    /// The next level of the next issue.
    next: usize,
}

impl Listing {
    /// For the packages of these worths, of which one each is known.
    pub(super) fn new(problem: Problem, examples: BTreeMap<Vec<i128>, Vec<usize>>) -> Self {
        let corners = if problem.base.len() == 2 {
            let worths: Vec<Vec<i128>> = examples.keys().cloned().collect();
            upper_hull(&worths).into_iter().cloned().collect()
        } else {
            Vec::new()
        };
        Self {
            problem,
            corners,
            examples,
        }
    }

    /// The package of a worth that is known, with the first level of each of its classes.
    fn example(&self, worth: &[i128]) -> Option<Deal> {
        let classes = self.examples.get(worth)?;
        let issues = self.problem.issues.iter().zip(classes);
        let levels = issues.map(|(issue, class)| {
            let level = issue.class_of.iter().position(|c| *c == Some(*class));
            level.and_then(|level| u16::try_from(level).ok())
        });
        let deal: Option<Deal> = levels.collect();
        deal.filter(|deal| deal.len() == self.problem.issues.len())
    }

    /// Directions in which a worth is near the best: those of the voices, and one or two with weight for all.
    fn directions(&self, worth: &[i128]) -> Vec<Direction> {
        let voices = self.problem.base.len();
        let mut weights: Vec<Vec<f64>> = Vec::new();
        let edges = self.corners.windows(2).filter(|pair| {
            let (from, to) = (pair[0][0], pair[1][0]);
            (from..=to).contains(&worth[0])
        });
        weights
            .extend(edges.map(|pair| proportions(&pair[0], &pair[1]).map(|w| w as f64).to_vec()));
        if weights.is_empty() {
            weights.push(vec![1.0; voices]);
        }
        if voices > 1 {
            let own = |voice| (0..voices).map(move |v| f64::from(u8::from(v == voice)));
            weights.extend((0..voices).map(|voice| own(voice).collect()));
        }
        let direction = |w: &Vec<f64>| Direction::new(&self.problem, w);
        weights.iter().map(direction).collect()
    }
}

/// Whether a package in the node may be worth so much in every direction; closes what cannot.
fn possible(
    problem: &Problem,
    directions: &[(Direction, f64)],
    node: &mut Node,
    bench: &mut Bench,
    rounds: usize,
) -> bool {
    if !node.propagate(problem) {
        return false;
    }
    for (number, (direction, wanted)) in directions.iter().enumerate() {
        let least = wanted - direction.margin;
        let mut shares = std::mem::take(&mut node.shares[number]);
        let most = bound(problem, direction, node, &mut shares, bench, rounds, least);
        node.shares[number] = shares;
        if most < least {
            return false;
        }
        if close(problem, node, bench, most - least) && !node.propagate(problem) {
            return false;
        }
    }
    true
}

impl Ties for Listing {
    fn packages(&self, worth: &[i128], limit: usize) -> Vec<Deal> {
        let problem = &self.problem;
        let mut found = Vec::new();
        if worth.len() != problem.base.len() || limit == 0 {
            return found;
        }
        let directions: Vec<(Direction, f64)> = self
            .directions(worth)
            .into_iter()
            .map(|direction| {
                let wanted = direction.value(worth);
                (direction, wanted)
            })
            .collect();
        let mut bench = Bench::default();
        let mut root = Node::root(problem, directions.len());
        if !possible(problem, &directions, &mut root, &mut bench, ROUNDS.0) {
            return found;
        }
        let mut deal: Deal = Vec::new();
        let mut begun = vec![Begun {
            node: root,
            next: 0,
        }];
        let mut steps = 0;
        while let Some(place) = begun.len().checked_sub(1) {
            let last = &mut begun[place];
            let Some(issue) = problem.issues.get(place) else {
                let classes = problem.issues.iter().zip(&deal);
                let classes = classes.map(|(issue, level)| issue.class_of[usize::from(*level)]);
                let classes: Option<Vec<usize>> = classes.collect();
                let reached = classes.and_then(|classes| leaf::worth(problem, &classes));
                if reached.is_some_and(|reached| reached == worth) {
                    found.push(deal.clone());
                    if found.len() >= limit {
                        break;
                    }
                }
                begun.pop();
                deal.pop();
                continue;
            };
            let level = last.next;
            last.next += 1;
            let Some(class) = issue.class_of.get(level) else {
                begun.pop();
                deal.pop();
                continue;
            };
            let Some(class) = class.filter(|class| last.node.is_open(issue, *class)) else {
                continue;
            };
            steps += 1;
            if steps > STEPS {
                break;
            }
            let mut node = last.node.clone();
            node.choose(issue, class);
            if possible(problem, &directions, &mut node, &mut bench, ROUNDS.1) {
                deal.push(level as u16);
                begun.push(Begun { node, next: 0 });
            }
        }
        if found.is_empty() {
            found.extend(self.example(worth));
        }
        found
    }
}
