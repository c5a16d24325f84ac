//! The fast engine over sizes, parties, constraints and concepts.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a benchmark may fail loudly, and is no library"
)]

mod common;

use std::hint::black_box;

use common::{Recipe, Wants, even, gatt, model};
use criterion::{Criterion, criterion_group, criterion_main};
use detente_analysis::Budget;
use detente_analysis::engine::coset::{self, CONCEPTS};
use detente_analysis::engine::{Arena, Request};

fn budget() -> Budget {
    let mut budget = Budget::default();
    budget.max_states = u64::from(u32::MAX);
    budget.max_memory = 16 << 30;
    budget
}

fn engine(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("coset");
    group.sample_size(10);
    for options in [4, 8, 12, 16, 20, 24] {
        for parties in 2..=6 {
            for (kind, never, one_way) in [("free", 0, 0), ("holes", 4, 0), ("one-way", 0, 1)] {
                let widths = even(options, parties);
                if widths.contains(&0) || (options > 16 && parties > 3 && one_way == 0) {
                    continue;
                }
                let recipe = Recipe {
                    widths,
                    wants: Wants::Random(14),
                    never,
                    one_way,
                    seed: 7,
                };
                let model = model(&recipe);
                let name = format!("{options} options, {parties} parties, {kind}");
                group.bench_function(format!("{name}: arena"), |b| {
                    b.iter(|| Arena::new(black_box(&model), &budget()).unwrap().states());
                });
                let arena = Arena::new(&model, &budget()).unwrap();
                for concept in CONCEPTS {
                    let request = Request {
                        concepts: vec![concept],
                        ..Request::default()
                    };
                    group.bench_function(format!("{name}: {concept}"), |b| {
                        b.iter(|| coset::analyze(black_box(&arena), &request, &budget()));
                    });
                }
                group.bench_function(format!("{name}: all five"), |b| {
                    let request = Request::default();
                    b.iter(|| coset::analyze(black_box(&arena), &request, &budget()));
                });
            }
        }
    }
    let strict = model(&Recipe {
        widths: even(12, 3),
        wants: Wants::Single,
        never: 0,
        one_way: 0,
        seed: 7,
    });
    for (name, model) in [
        ("12 options, 3 parties, strict", strict),
        ("GATT shape", gatt(1)),
    ] {
        group.bench_function(format!("{name}: arena and all five"), |b| {
            b.iter(|| {
                let arena = Arena::new(black_box(&model), &budget()).unwrap();
                coset::analyze(&arena, &Request::default(), &budget())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, engine);
criterion_main!(benches);
