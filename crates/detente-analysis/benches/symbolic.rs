//! How long large conflicts take without listing their states.
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark may fail loudly, and is no library"
)]

#[path = "../tests/it/negotiations.rs"]
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
mod negotiations;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use detente_analysis::symbolic::{Encoding, Engine, Search, security_levels};
use detente_analysis::{Budget, Concept};
use negotiations::{Shape, negotiation};

const SIXTY: Shape = Shape {
    options: 60,
    parties: 5,
    statements: 20,
    patterns: 10,
    cross: 20,
    one_way: 0,
};

fn symbolic(criterion: &mut Criterion) {
    let budget = Budget::default();
    let mut group = criterion.benchmark_group("symbolic");
    group.sample_size(10);
    let model = negotiation(SIXTY, 0);
    let encoding = Encoding::new(&model, &budget).unwrap();
    group.bench_function("60 options: encode", |b| {
        b.iter(|| Encoding::new(black_box(&model), &budget).unwrap().width());
    });
    for concept in [Concept::Nash, Concept::Gmr, Concept::Smr] {
        group.bench_function(format!("60 options: {concept}, counted"), |b| {
            b.iter(|| {
                let engine = Engine::new(&encoding, &budget);
                let stable = engine.stable(concept).unwrap();
                engine.count(&engine.equilibria(&stable).unwrap())
            });
        });
    }
    group.bench_function("60 options: 10 Nash equilibria by search", |b| {
        b.iter(|| {
            Search::nash(&model, &budget)
                .unwrap()
                .list(10)
                .unwrap()
                .0
                .len()
        });
    });
    let large = Shape {
        options: 200,
        parties: 8,
        patterns: 0,
        ..SIXTY
    };
    let model = negotiation(large, 0);
    group.bench_function("200 options: Nash equilibrium or proof of none", |b| {
        b.iter(|| Search::nash(&model, &budget).unwrap().find_next().unwrap());
    });
    group.bench_function("200 options: maximin levels", |b| {
        b.iter(|| {
            security_levels(&model, Concept::Gmr, &budget)
                .unwrap()
                .iterations
        });
    });
    group.finish();
}

criterion_group!(benches, symbolic);
criterion_main!(benches);
