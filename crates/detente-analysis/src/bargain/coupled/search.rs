//! Depth-first branch and bound over blocks.

use num_bigint::BigUint;

use super::branch::{Choice, choose};
use super::compile::Problem;
use super::leaf;
use super::node::Node;
use super::relax::{Bench, Direction, bound};
use crate::budget::{Budget, Stop};

/// Rounds of improving a bound at the root, and below.
const ROUNDS: (usize, usize) = (200, 4);

/// What is looked for.
pub(super) trait Goal {
    /// For each place of interest the value that packages must reach in each direction.
    fn needs(&self) -> &[Vec<f64>];
    /// Whether every package counts, rather than only those that nobody can better.
    fn every(&self) -> bool {
        false
    }
    /// Packages are worth this: one of these classes, or so many where every package counts.
    fn offer(&mut self, worth: &[i128], packages: Packages<'_>);
}

/// Packages of the same worth.
#[derive(Debug, Clone, Copy)]
pub(super) enum Packages<'a> {
    /// One of them, as the class of each issue.
    One(&'a [usize]),
    /// How many there are.
    Number(&'a BigUint),
}

/// How much work a search did and may do.
#[derive(Debug)]
pub(super) struct Meter<'a> {
    /// The limits.
    pub budget: &'a Budget,
    /// Nodes looked at.
    pub steps: u64,
}

impl Meter<'_> {
    /// One more node.
    pub(super) fn tick(&mut self) -> Result<(), Stop> {
        if self.steps >= self.budget.max_steps {
            return Err(Stop::Limit {
                what: "parts of the packages",
                limit: self.budget.max_steps,
            });
        }
        self.steps += 1;
        if self.steps.is_multiple_of(256) {
            if self.budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            self.budget.report("parts of the packages", self.steps, 0);
        }
        Ok(())
    }
}

/// Offers the goal all packages that may reach one of its needs. The first direction leads the search.
pub(super) fn search(
    problem: &Problem,
    directions: &[&Direction],
    goal: &mut dyn Goal,
    meter: &mut Meter,
) -> Result<(), Stop> {
    let mut stack = vec![Node::root(problem, directions.len())];
    let mut bench = Bench::default();
    let mut lead = Bench::default();
    let mut rounds = ROUNDS.0;
    while let Some(mut node) = stack.pop() {
        meter.tick()?;
        let found = examine(
            problem, directions, goal, &mut node, &mut lead, &mut bench, rounds,
        );
        rounds = ROUNDS.1;
        let Some((best, least)) = found else {
            continue;
        };
        if !goal.every()
            && let Some((worth, classes)) = leaf::rounded(problem, &node, &lead)
        {
            goal.offer(&worth, Packages::One(&classes));
        }
        match choose(problem, directions[0], &node, &lead, best, least) {
            Choice::Nothing => {}
            Choice::Forced(changes) => {
                for change in changes {
                    change.apply(problem, &mut node);
                }
                stack.push(node);
            }
            // Blocks that are worth nothing in the direction may be undecided; the package of the best classes
            // is a best one then, and was offered.
            Choice::Leaf if directions[0].weights.contains(&0.0) => {}
            Choice::Leaf => leaf::offer(problem, directions[0], &node, least, goal),
            Choice::Branch(first, second) => {
                let mut other = node.clone();
                second.apply(problem, &mut other);
                stack.push(other);
                first.apply(problem, &mut node);
                stack.push(node);
            }
        }
    }
    Ok(())
}

/// Bounds a node in all directions and closes classes that lead nowhere; the bound and the least need in the first
/// direction, or `None` when nothing of interest is left.
fn examine(
    problem: &Problem,
    directions: &[&Direction],
    goal: &dyn Goal,
    node: &mut Node,
    lead: &mut Bench,
    bench: &mut Bench,
    rounds: usize,
) -> Option<(f64, f64)> {
    if !node.propagate(problem) {
        return None;
    }
    let mut alive: Vec<&Vec<f64>> = goal.needs().iter().collect();
    let mut stale = false;
    let mut best = f64::INFINITY;
    for (number, direction) in directions.iter().enumerate() {
        let bench: &mut Bench = if number == 0 { lead } else { bench };
        let mut reached = f64::INFINITY;
        for again in 0..3 {
            let least = least(&alive, number) - direction.margin;
            let mut shares = std::mem::take(&mut node.shares[number]);
            let rounds = if again == 0 { rounds } else { 2 };
            let most = bound(problem, direction, node, &mut shares, bench, rounds, least);
            node.shares[number] = shares;
            if number == 0 {
                best = most;
            }
            reached = most;
            if most < least {
                return None;
            }
            if !close(problem, node, bench, most - least) {
                break;
            }
            stale |= number > 0 || again == 2;
            if !node.propagate(problem) {
                return None;
            }
        }
        alive.retain(|need| need[number] <= reached + direction.margin);
        if alive.is_empty() {
            return None;
        }
    }
    let direction = directions[0];
    let least = least(&alive, 0) - direction.margin;
    if stale {
        let mut shares = std::mem::take(&mut node.shares[0]);
        best = bound(problem, direction, node, &mut shares, lead, 0, least);
        node.shares[0] = shares;
    }
    (best >= least).then_some((best, least))
}

/// The least that some place of interest asks for in a direction.
fn least(alive: &[&Vec<f64>], direction: usize) -> f64 {
    let needs = alive.iter().map(|need| need[direction]);
    needs.fold(f64::INFINITY, f64::min)
}

/// Closes the classes that are worse than the best of their issue by more than there is to lose.
pub(super) fn close(problem: &Problem, node: &mut Node, bench: &Bench, slack: f64) -> bool {
    let mut changed = false;
    for (issue, best) in problem.issues.iter().zip(&bench.best) {
        for word in 0..issue.words {
            let mut open = node.domain[issue.word + word];
            while open != 0 {
                let bit = open.trailing_zeros() as usize;
                if best - bench.full[issue.first + word * 64 + bit] > slack {
                    node.domain[issue.word + word] &= !(1 << bit);
                    changed = true;
                }
                open &= open - 1;
            }
        }
    }
    changed
}
