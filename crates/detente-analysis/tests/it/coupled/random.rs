//! Random spaces, set against the enumeration of all packages.

use detente_analysis::Budget;
use detente_analysis::bargain::{DealSpace, Worth, coupled, frontier};
use detente_model::bargain::Test;
use detente_model::syntax::ast::Count;

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
                count: count[draw.between(0, 2) as usize],
                number: draw.between(0, 3) as u32,
                of: parts(draw),
            }
        }
        6 if draw.between(0, 3) == 0 => Test::Constant(draw.between(0, 1) == 0),
        _ => {
            let issue = draw.between(0, sizes.len() as i64 - 1) as usize;
            let from = draw.between(0, i64::from(sizes[issue]) - 1);
            let to = draw.between(from, i64::from(sizes[issue]) - 1);
            bound(issue, from as u16, to as u16)
        }
    }
}

fn space(seed: u64, voices: usize) -> DealSpace {
    let mut draw = Draw(seed);
    let issues = draw.between(1, 5) as usize;
    let sizes: Vec<u32> = (0..issues).map(|_| draw.between(1, 4) as u32).collect();
    let scale = [3, 20, 1000][draw.between(0, 2) as usize];
    let voices = (0..voices).map(|party| {
        let flat = draw.between(0, 2) == 0;
        let tables = sizes.iter().map(|size| {
            let value = |_| {
                if flat {
                    0
                } else {
                    i128::from(draw.between(-scale, scale))
                }
            };
            (0..*size).map(value).collect()
        });
        let tables = tables.collect();
        let terms = (0..draw.between(0, 8)).map(|_| {
            let amount = i128::from(draw.between(-scale, scale));
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
    let budget = Budget::default();
    assert_eq!(
        coupled::frontier(space, voices, &budget),
        frontier(space, voices, &budget),
        "{what}: {space:?}"
    );
}

#[test]
fn random_spaces_agree_with_enumeration() {
    for seed in 0..1500 {
        for voices in 1..=4 {
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
