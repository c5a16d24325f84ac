//! Forecasts of the founding case: all of it exactly, and histories per second.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a benchmark may fail loudly, and is no library"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_analysis::model::{present, resolve, syntax};
use detente_analysis::timed::{
    Behaviour, MEETING, Method, PACE, Request, Target, forecast, horizon,
};
use detente_analysis::{Budget, Game, StateSet};

fn forecasts(c: &mut Criterion) {
    let text = include_str!("../../../cases/diplomacy/us-dprk-2019/january.detente");
    let document = syntax::parse(text).document;
    let model = resolve(&document).model.unwrap();
    let game = Game::new(&model, &Budget::default()).unwrap();
    let target = |class: usize| {
        let mut states = StateSet::empty(game.space.len());
        for state in game
            .space
            .ids()
            .filter(|s| game.headline(*s) == Some(class))
        {
            states.insert(state);
        }
        Target {
            name: model.classes[class].name.clone(),
            states,
            class: Some(class),
        }
    };
    let request = |method, replicates| Request {
        until: horizon(&model).unwrap().0,
        paces: model
            .parties
            .iter()
            .map(|p| p.pace.unwrap_or(PACE))
            .collect(),
        behaviours: vec![Behaviour::Improving; model.parties.len()],
        meeting: MEETING,
        targets: (0..model.classes.len()).map(target).collect(),
        dates: Vec::new(),
        method,
        replicates,
        seed: 1,
        comparisons: method == Method::Exact,
    };
    let after = |events: &[usize]| present::after(&document, events);
    let mut group = c.benchmark_group("forecast");
    group.sample_size(10);
    let exact = request(Method::Exact, 1);
    group.bench_function("exact, with comparisons", |b| {
        b.iter(|| forecast(black_box(&game), &after, &exact, &Budget::default()).unwrap());
    });
    let drawn = request(Method::Sampled, 100_000);
    group.throughput(Throughput::Elements(drawn.replicates));
    group.bench_function("histories", |b| {
        b.iter(|| forecast(black_box(&game), &after, &drawn, &Budget::default()).unwrap());
    });
    group.finish();
}

criterion_group!(benches, forecasts);
criterion_main!(benches);
