//! Very many preference profiles of one conflict: profiles per second, on one thread.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a benchmark may fail loudly, and is no library"
)]

#[expect(dead_code, reason = "other benchmarks draw other models")]
mod common;

use std::hint::black_box;

use common::{Recipe, Wants, model};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_analysis::bulk::{self, Batch, CONCEPTS, Detail, LANES, Plan, Stream, Tally, Verdicts};
use detente_analysis::model::{PartyId, resolve, syntax};
use detente_analysis::{Budget, Conflict, Game, Graph, Ranking, Settings, analyze};

/// Batches that are judged in turn, so that no branch is learnt by heart.
const BATCHES: u64 = 64;

fn options(widths: &[u32], never: usize) -> Graph {
    let recipe = Recipe {
        widths: widths.to_vec(),
        wants: Wants::Single,
        never,
        one_way: 0,
        seed: 7,
    };
    let model = model(&recipe);
    Game::new(&model, &Budget::default()).unwrap().graph
}

fn january() -> Graph {
    let text = include_str!("../../../cases/diplomacy/us-dprk-2019/january.detente");
    let model = resolve(&syntax::parse(text).document).model.unwrap();
    Game::new(&model, &Budget::default()).unwrap().graph
}

fn draw(stream: &Stream, block: u64, batch: &mut Batch) {
    let mut random = stream.block(block);
    for party in (0..batch.parties() as u16).map(PartyId) {
        batch.rows_mut(party).fill_with(|| random.row());
    }
}

fn bulk(criterion: &mut Criterion) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let mut group = criterion.benchmark_group("bulk");
    group.sample_size(20);
    let stream = Stream::new(1);
    let budget = Budget::default();
    for (name, graph) in [
        ("8 states, 2 parties", options(&[2, 1], 0)),
        ("16 states, 2 parties", options(&[2, 2], 0)),
        ("32 states, 3 parties", options(&[2, 2, 1], 0)),
        ("64 states, 2 parties", options(&[3, 3], 0)),
        ("64 states, 3 parties", options(&[2, 2, 2], 0)),
        ("holes in 64 states, 3 parties", options(&[2, 2, 2], 2)),
        ("January 2019, 70 states, 3 parties", january()),
        ("256 states, 4 parties", options(&[2, 2, 2, 2], 0)),
        ("1024 states, 3 parties", options(&[4, 3, 3], 0)),
    ] {
        let plan = Plan::new(&graph, &CONCEPTS, &budget).unwrap();
        let batches: Vec<Batch> = (0..BATCHES)
            .map(|block| {
                let mut batch = plan.batch();
                draw(&stream, block, &mut batch);
                batch
            })
            .collect();
        let mut verdicts = Verdicts::new(&plan, Detail::Equilibria);
        group.throughput(Throughput::Elements(BATCHES * LANES as u64));
        group.bench_function(format!("{name}: judged"), |b| {
            b.iter(|| {
                for batch in &batches {
                    plan.judge(black_box(batch), &mut verdicts).unwrap();
                    black_box(&verdicts);
                }
            });
        });
        group.bench_function(format!("{name}: drawn, judged and counted"), |b| {
            let tally = Tally::default();
            let samples = 0..BATCHES * LANES as u64;
            b.iter(|| {
                pool.install(|| {
                    let by = |block, batch: &mut Batch| draw(&stream, block, batch);
                    bulk::count(&plan, &tally, black_box(samples.clone()), by, &budget)
                })
            });
        });
        group.throughput(Throughput::Elements(1));
        group.bench_function(format!("{name}: one at a time"), |b| {
            let rankings: Vec<Ranking> = graph
                .party_ids()
                .map(|party| {
                    let ranks: Vec<u16> = batches[0].rows(party).iter().map(|r| r.0[0]).collect();
                    Ranking::from_values(&ranks)
                })
                .collect();
            let conflict = Conflict::new(&graph, &rankings).unwrap();
            b.iter(|| {
                analyze(
                    black_box(&conflict),
                    &CONCEPTS,
                    &Settings::default(),
                    &budget,
                )
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bulk);
criterion_main!(benches);
