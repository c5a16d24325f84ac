//! Spaces far too large to enumerate, set against other methods.

use std::collections::BTreeMap;

use detente_analysis::Budget;
use detente_analysis::bargain::{DealSpace, Point, Worth, coupled};
use detente_model::bargain::Test;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use num_bigint::BigUint;

use super::scenario::{Draw, boxes, voice};

fn points(space: &DealSpace) -> Vec<Point> {
    let found = coupled::frontier(space, &[0, 1], &Budget::default());
    found.complete().unwrap().points
}

/// Boxes between neighbouring issues alone: the best sums can be carried along, for each level of the last issue.
fn chain(issues: usize, boxes: usize, seed: u64) -> DealSpace {
    let mut draw = Draw(seed);
    let voices = (0..2).map(|party| {
        let terms = (0..boxes).map(|_| {
            let issue = draw.below(issues - 1);
            let bounds = [issue, issue + 1].map(|issue| draw.bound(issue, 10));
            (i128::from(draw.between(-3, 9)), Test::And(bounds.to_vec()))
        });
        let terms = terms.collect();
        voice(
            party,
            Worth {
                base: 0,
                tables: vec![vec![0; 10]; issues],
                terms,
            },
        )
    });
    DealSpace {
        voices: voices.collect(),
        rules: Vec::new(),
        sizes: vec![10; issues],
    }
}

/// The frontier of a chain, carried along.
fn carried(space: &DealSpace) -> Vec<(Vec<i128>, BigUint)> {
    type Sums = BTreeMap<Vec<i128>, BigUint>;
    let best = |sums: Sums| -> Sums {
        let all: Vec<_> = sums.into_iter().collect();
        let better = |a: &[i128], b: &[i128]| a != b && a[0] >= b[0] && a[1] >= b[1];
        let kept = all
            .iter()
            .filter(|(s, _)| !all.iter().any(|(o, _)| better(o, s)));
        kept.cloned().collect()
    };
    let start = Sums::from([(vec![0, 0], BigUint::from(1_u32))]);
    let mut here: Vec<Sums> = vec![start; 10];
    for issue in 1..space.sizes.len() {
        let mut next: Vec<Sums> = vec![Sums::new(); 10];
        for (from, sums) in here.iter().enumerate() {
            for (to, reached) in next.iter_mut().enumerate() {
                let mut package = vec![0; space.sizes.len()];
                (package[issue - 1], package[issue]) = (from as u16, to as u16);
                let paid = space.voices.iter().map(|v| {
                    let own =
                        v.worth.terms.iter().filter(|(_, t)| {
                            t.issues()[0].index() == issue - 1 && t.holds(&package)
                        });
                    own.map(|(units, _)| units).sum::<i128>()
                });
                let paid: Vec<i128> = paid.collect();
                for (sum, packages) in sums {
                    let sum = vec![sum[0] + paid[0], sum[1] + paid[1]];
                    *reached.entry(sum).or_default() += packages;
                }
            }
        }
        here = next.into_iter().map(best).collect();
    }
    let mut all = Sums::new();
    for (sum, packages) in here.into_iter().flatten() {
        *all.entry(sum).or_default() += packages;
    }
    best(all).into_iter().rev().collect()
}

#[test]
fn chains_of_1e40_packages_with_their_numbers() {
    for seed in 0..4 {
        let space = chain(40, 25, seed);
        let found = points(&space).into_iter().map(|p| (p.worth, p.packages));
        assert_eq!(found.collect::<Vec<_>>(), carried(&space), "seed {seed}");
    }
}

/// The most of a weighted sum where the voices have so much at least, by integer programming: the levels of each issue
/// are a choice, and a box pays when the chosen level of each of its issues lies in it.
fn most(space: &DealSpace, weights: [i128; 2], at_least: [i128; 2]) -> Option<i128> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let levels: Vec<Vec<Variable>> = space
        .sizes
        .iter()
        .map(|size| (0..*size).map(|_| problem.add_binary_var(0.0)).collect())
        .collect();
    for issue in &levels {
        let one: Vec<_> = issue.iter().map(|x| (*x, 1.0)).collect();
        problem.add_constraint(one, ComparisonOp::Eq, 1.0);
    }
    let inside = |test: &Test| -> Vec<(Variable, f64)> {
        match test {
            Test::Between { issue, from, to } => (*from..=*to)
                .map(|level| (levels[issue.index()][usize::from(level)], 1.0))
                .collect(),
            other => unreachable!("no bound: {other:?}"),
        }
    };
    for ((voice, weight), at_least) in space.voices.iter().zip(weights).zip(at_least) {
        let mut own = Vec::new();
        for (units, test) in &voice.worth.terms {
            let pays = problem.add_var((units * weight) as f64, (0.0, 1.0));
            own.push((pays, *units as f64));
            match test {
                Test::And(bounds) => {
                    for bound in bounds {
                        let mut terms = inside(bound);
                        terms.push((pays, -1.0));
                        problem.add_constraint(terms, ComparisonOp::Ge, 0.0);
                    }
                }
                Test::Or(bounds) => {
                    let mut terms = vec![(pays, 1.0)];
                    for bound in bounds {
                        match bound {
                            Test::Not(bound) => terms.extend(inside(bound)),
                            other => unreachable!("no exclusion: {other:?}"),
                        }
                    }
                    problem.add_constraint(terms, ComparisonOp::Le, bounds.len() as f64);
                }
                other => unreachable!("no box: {other:?}"),
            }
        }
        problem.add_constraint(own, ComparisonOp::Ge, at_least as f64);
    }
    match problem.solve() {
        Ok(outcome) => Some(outcome.into_solution().unwrap().objective().round() as i128),
        Err(microlp::Error::Infeasible) => None,
        Err(other) => panic!("{other}"),
    }
}

/// The whole frontier by integer programming: the most for the first voice, then the most for the second without loss to
/// the first, then again with one unit more for the second.
fn programmed(space: &DealSpace) -> Vec<Vec<i128>> {
    let mut found = Vec::new();
    let mut second = 0;
    while let Some(first) = most(space, [1, 0], [0, second]) {
        let best = most(space, [0, 1], [first, second]).unwrap();
        found.push(vec![first, best]);
        second = best + 1;
    }
    found
}

fn agrees(space: &DealSpace) {
    let found = points(space).into_iter().map(|p| p.worth);
    assert_eq!(found.collect::<Vec<_>>(), programmed(space));
}

#[test]
fn frontiers_of_1e20_packages_agree_with_integer_programming() {
    agrees(&boxes(20, 15, 1));
}

#[test]
#[ignore = "integer programming takes some seconds"]
fn frontiers_of_1e40_packages_agree_with_integer_programming() {
    agrees(&boxes(40, 30, 1));
}

#[test]
fn weighted_sums_of_1e40_packages_agree_with_integer_programming() {
    let space = boxes(40, 50, 1);
    let found = points(&space);
    for weights in [[1, 0], [0, 1], [1, 1], [2, 1], [1, 3]] {
        let sums = found
            .iter()
            .map(|p| p.worth[0] * weights[0] + p.worth[1] * weights[1]);
        assert_eq!(sums.max(), most(&space, weights, [0, 0]), "{weights:?}");
    }
}
