//! Random spaces, set against the enumeration of all packages.

use detente_analysis::bargain::{DealSpace, Worth, coupled};
use detente_analysis::{Budget, Outcome};
use detente_model::bargain::Test;
use detente_model::syntax::ast::Count;
use num_bigint::BigUint;

use crate::bargain_naive as naive;

use super::scenario::{Draw, bound, boxes, voice};

/// A test over the issues, of any shape.
fn test(draw: &mut Draw, sizes: &[u32], depth: u32) -> Test {
    let kind = if depth == 0 { 0 } else { draw.between(0, 6) };
    let parts = |draw: &mut Draw| -> Vec<Test> {
        let number = draw.between(0, 3);
        (0..number).map(|_| test(draw, sizes, depth - 1)).collect()
    };
    match kind {
        1 => Test::Not(Box::new(test(draw, sizes, depth - 1))),
        2 | 3 => Test::And(parts(draw)),
        4 => Test::Or(parts(draw)),
        5 => {
            let count = [Count::AtLeast, Count::AtMost, Count::Exactly];
            Test::Count {
                count: count[draw.below(3)],
                number: draw.below(4) as u32,
                of: parts(draw),
            }
        }
        6 if draw.between(0, 3) == 0 => Test::Constant(draw.between(0, 1) == 0),
        _ => {
            let issue = draw.below(sizes.len());
            draw.bound(issue, sizes[issue] as usize)
        }
    }
}

fn space(seed: u64, voices: usize) -> DealSpace {
    let mut draw = Draw(seed);
    let issues = 1 + draw.below(5);
    let sizes: Vec<u32> = (0..issues).map(|_| 1 + draw.below(4) as u32).collect();
    let scale = [3, 20, 1000][draw.below(3)];
    // Now and then numbers that floats do not hold.
    let unit = [1, 1, (1_i128 << 70) + 1][draw.below(3)];
    let voices = (0..voices).map(|party| {
        let flat = draw.between(0, 2) == 0;
        let tables = sizes.iter().map(|size| {
            let value = |_| {
                if flat {
                    0
                } else {
                    unit * i128::from(draw.between(-scale, scale))
                }
            };
            (0..*size).map(value).collect()
        });
        let tables = tables.collect();
        let terms = (0..draw.between(0, 8)).map(|_| {
            let amount = unit * i128::from(draw.between(-scale, scale));
            (amount, test(&mut draw, &sizes, 3))
        });
        let terms = terms.collect();
        let base = i128::from(draw.between(-5, 5));
        voice(
            party,
            Worth {
                base,
                tables,
                terms,
            },
        )
    });
    let voices = voices.collect();
    let rules = (0..draw.between(0, 2)).map(|_| test(&mut draw, &sizes, 3));
    let rules = rules.collect();
    DealSpace {
        sizes,
        rules,
        voices,
    }
}

fn agrees(space: &DealSpace, voices: &[usize], what: &str) {
    let Outcome::Complete(found) = coupled::frontier(space, voices, &Budget::default()) else {
        panic!("{what}: stopped");
    };
    let found = found.points.into_iter().map(|p| (p.worth, p.packages));
    let expected = naive::frontier(space, voices).into_iter();
    let expected = expected.map(|(worth, deals)| (worth, BigUint::from(deals.len())));
    assert!(found.eq(expected), "{what}: {space:?}");
}

#[test]
fn random_spaces_agree_with_enumeration() {
    for seed in 0..1500 {
        for voices in 0..=4 {
            let all: Vec<usize> = (0..voices).collect();
            agrees(
                &space(seed, voices),
                &all,
                &format!("seed {seed}, {voices} voices"),
            );
        }
    }
}

#[test]
fn random_boxes_agree_with_enumeration() {
    for seed in 0..6 {
        agrees(&boxes(4, 12, seed), &[0, 1], &format!("seed {seed}"));
    }
}

/// A test that needs thousands of blocks, so that packages are told apart issue by issue.
#[test]
fn counts_over_many_issues_agree_with_enumeration() {
    for seed in 0..20 {
        let mut draw = Draw(seed);
        let issues = 14;
        let half: Vec<Test> = (0..issues).map(|issue| bound(issue, 1, 1)).collect();
        let many = |count, number| Test::Count {
            count,
            number,
            of: half.clone(),
        };
        let counts = [Count::AtLeast, Count::AtMost, Count::Exactly];
        let voices = (0..2).map(|party| {
            let value = |_| vec![0, i128::from(draw.between(-2, 2))];
            let tables = (0..issues).map(value).collect();
            let number = 5 + draw.below(5) as u32;
            let terms = vec![
                (
                    i128::from(draw.between(-9, 9)),
                    many(counts[(seed % 3) as usize], number),
                ),
                (
                    i128::from(draw.between(-9, 9)),
                    test(&mut draw, &[2; 14], 2),
                ),
            ];
            let base = 0;
            voice(
                party,
                Worth {
                    base,
                    tables,
                    terms,
                },
            )
        });
        let space = DealSpace {
            voices: voices.collect(),
            rules: vec![many(Count::AtMost, 10)],
            sizes: vec![2; issues],
        };
        agrees(&space, &[0, 1], &format!("seed {seed}"));
    }
}

/// A frontier that stops short is made of what packages are worth.
#[test]
fn what_is_found_before_a_limit_is_no_better_than_the_frontier() {
    let space = boxes(10, 30, 5);
    let whole = coupled::frontier(&space, &[0, 1], &Budget::default());
    let whole = whole.complete().unwrap();
    let mut budget = Budget::default();
    for limit in [0, 1, 10, 100, 400] {
        budget.max_steps = limit;
        let found = coupled::frontier(&space, &[0, 1], &budget);
        assert!(found.clone().complete().is_err(), "{limit}");
        for point in &found.value().points {
            let known = |w: &[i128]| w.iter().zip(&point.worth).all(|(a, b)| a >= b);
            assert!(whole.points.iter().any(|p| known(&p.worth)));
        }
    }
}
