//! The frontier of packages without enumeration, on one thread.
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark may fail loudly, and is no library"
)]

#[expect(dead_code, reason = "other benchmarks draw other models")]
mod common;

use std::hint::black_box;

use common::Random;
use criterion::{Criterion, criterion_group, criterion_main};
use detente_analysis::Budget;
use detente_analysis::bargain::{DealSpace, Floor, Voice, Worth, acceptable, frontier};
use detente_analysis::model::bargain::{Test, Who};
use detente_analysis::model::{IssueId, PartyId};

/// Issues with so many levels; evaluations from 0 to 100, weights in hundredths that sum to about 100.
fn scenario(sizes: &[u32], voices: u16, seed: u64) -> DealSpace {
    let mut random = Random(seed);
    let voice = |number| {
        let raw: Vec<u64> = sizes.iter().map(|_| 1 + random.below(100)).collect();
        let sum: u64 = raw.iter().sum();
        let weights = raw.iter().map(|w| i128::from((w * 100 + sum / 2) / sum));
        let weights: Vec<i128> = weights.collect();
        let mut table = |(size, weight): (&u32, &i128)| -> Vec<i128> {
            (0..*size)
                .map(|_| weight * i128::from(random.below(101)))
                .collect()
        };
        Voice {
            who: Who {
                party: PartyId(number),
                ratifier: None,
            },
            worth: Worth {
                base: 0,
                tables: sizes.iter().zip(&weights).map(&mut table).collect(),
                terms: Vec::new(),
            },
            reservation: Some(3000),
            unit: 10_000_u32.into(),
        }
    };
    DealSpace {
        sizes: sizes.to_vec(),
        rules: Vec::new(),
        voices: (0..voices).map(voice).collect(),
    }
}

/// Rules that exclude high levels of one issue together with low levels of another.
fn with_rules(mut space: DealSpace, rules: u32, seed: u64) -> DealSpace {
    let mut random = Random(seed);
    let issues = space.sizes.len() as u64;
    for _ in 0..rules {
        let high = random.below(issues);
        let low = (high + 1 + random.below(issues - 1)) % issues;
        let mut level = |issue: u64| random.below(u64::from(space.sizes[issue as usize])) as u16;
        let (from, to) = (level(high), level(low));
        let parts = vec![
            Test::Between {
                issue: IssueId(high as u32),
                from,
                to: (space.sizes[high as usize] - 1) as u16,
            },
            Test::Between {
                issue: IssueId(low as u32),
                from: 0,
                to,
            },
        ];
        space.rules.push(Test::Not(Box::new(Test::And(parts))));
    }
    space
}

fn frontiers(c: &mut Criterion) {
    let real = [5, 4, 4, 5, 6, 5, 5, 4];
    let scenarios = [
        ("2 voices, 10^6 packages", scenario(&[10; 6], 2, 1)),
        ("2 voices, 10^30 packages", scenario(&[10; 30], 2, 1)),
        ("2 voices, 10^100 packages", scenario(&[10; 100], 2, 1)),
        ("3 voices, 10^6 packages", scenario(&[10; 6], 3, 1)),
        ("3 voices, 10^10 packages", scenario(&[10; 10], 3, 1)),
        ("4 voices, 10^6 packages", scenario(&[10; 6], 4, 1)),
        (
            "4 voices, 10^6 packages, 5 rules",
            with_rules(scenario(&[10; 6], 4, 1), 5, 3),
        ),
        ("5 voices, 240,000 packages", scenario(&real, 5, 1)),
        ("5 voices, 10^6 packages", scenario(&[10; 6], 5, 1)),
    ];
    let mut group = c.benchmark_group("frontier");
    group.sample_size(10);
    for (name, space) in &scenarios {
        let voices: Vec<usize> = (0..space.voices.len()).collect();
        group.bench_function(*name, |b| {
            b.iter(|| {
                frontier(black_box(space), &voices, &Budget::default())
                    .complete()
                    .unwrap()
            });
        });
    }
    group.finish();
}

fn counts(c: &mut Criterion) {
    let space = scenario(&[10; 6], 2, 1);
    let floors: Vec<Floor> = (0..2).map(|voice| Floor { voice, worth: 3000 }).collect();
    let mut group = c.benchmark_group("count");
    group.sample_size(10);
    group.bench_function("acceptable to 2 voices of 10^6 packages", |b| {
        b.iter(|| {
            acceptable(black_box(&space), &floors, &Budget::default())
                .complete()
                .unwrap()
        });
    });
    group.finish();
}

criterion_group!(benches, frontiers, counts);
criterion_main!(benches);
