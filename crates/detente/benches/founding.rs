//! How long the founding case takes, from text to report, and step by step.
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark may fail loudly, and is no library"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use detente::analysis::study::{Request, study};
use detente::analysis::{Budget, Game};
use detente::report::build::{self, Witnesses};
use detente::report::style::Look;
use detente::report::text;

const JANUARY: &str = include_str!("../../../cases/diplomacy/us-dprk-2019/january.detente");

fn founding(criterion: &mut Criterion) {
    let budget = Budget::default();
    criterion.bench_function("january: parse", |b| {
        b.iter(|| detente::syntax::parse(black_box(JANUARY)));
    });
    let document = detente::syntax::parse(JANUARY).document;
    criterion.bench_function("january: resolve with all variants", |b| {
        b.iter(|| detente::model::resolve(black_box(&document)));
    });
    let model = detente::model::resolve(&document).model.unwrap();
    criterion.bench_function("january: states, moves and rankings", |b| {
        b.iter(|| Game::new(black_box(&model), &budget).unwrap().space.len());
    });
    let game = Game::new(&model, &budget).unwrap();
    criterion.bench_function("january: study", |b| {
        b.iter(|| {
            study(&game, Request::usual(&game), &budget)
                .value()
                .tables
                .len()
        });
    });
    let outcome = study(&game, Request::usual(&game), &budget);
    criterion.bench_function("january: text report", |b| {
        b.iter(|| {
            let finding = build::analysis(outcome.value(), &[], Witnesses::None, None, &budget);
            text::analysis(outcome.value(), &finding, None, Look::default())
        });
    });
}

criterion_group!(benches, founding);
criterion_main!(benches);
