//! Frontiers of packages whose worth is a sum of boxes.
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark may fail loudly, and is no library"
)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use detente_analysis::Budget;
use detente_analysis::bargain::coupled;

#[path = "../tests/it/coupled/scenario.rs"]
mod scenario;

fn boxes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("boxes");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(10));
    for (issues, boxes) in [(10, 30), (20, 40), (40, 50), (40, 60), (40, 80)] {
        let space = scenario::boxes(issues, boxes, 1);
        group.bench_function(format!("{issues} issues, {boxes} boxes a party"), |b| {
            b.iter(|| {
                let found = coupled::frontier(black_box(&space), &[0, 1], &Budget::default());
                found.complete().unwrap()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, boxes);
criterion_main!(benches);
