//! Alternating offers: offers per second on one thread, on 100,000 packages. Sorting them is measured apart.
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark may fail loudly, and is no library"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_analysis::Budget;
use detente_analysis::bargain::DealSpace;
use detente_analysis::bargain::offers::{
    Choice, Luck, Pairing, Plan, Scenario, Seats, Setting, Strategy, play, tournament,
};
use detente_analysis::model::PartyId;
use detente_analysis::model::bargain::{Bargain, Who};

/// Two parties and five issues of ten levels, with worths drawn by a fixed rule.
fn space() -> DealSpace {
    let mut state = 12_345_u64;
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        i128::from(state >> 33) % 100
    };
    let mut voice = |party| {
        let weights = [31, 24, 19, 15, 11];
        let tables = weights.map(|w| (0..10).map(|_| w * draw()).collect());
        detente_analysis::bargain::Voice {
            who: Who {
                party: PartyId(party),
                ratifier: None,
            },
            worth: detente_analysis::bargain::Worth {
                base: 0,
                tables: tables.to_vec(),
                terms: Vec::new(),
            },
            reservation: Some(3500),
            unit: 100_u32.into(),
        }
    };
    DealSpace {
        sizes: vec![10; 5],
        rules: Vec::new(),
        voices: vec![voice(0), voice(1)],
    }
}

fn scenario(space: &DealSpace, rounds: u32, choice: Choice) -> Scenario {
    let setting = Setting {
        rounds,
        calendar: None,
        ratified: false,
        choice,
    };
    Scenario::new(&Bargain::default(), space, setting, &Budget::default()).unwrap()
}

fn offers(criterion: &mut Criterion) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let space = space();
    let mut group = criterion.benchmark_group("offers");
    group.sample_size(10);
    group.bench_function("list and sort 100,000 packages", |b| {
        b.iter(|| pool.install(|| black_box(scenario(&space, 1000, Choice::Nearest))));
    });
    for (name, choice) in [("nearest", Choice::Nearest), ("kindest", Choice::Kindest)] {
        // Against somebody who never moves a session goes on to the last round.
        let long = scenario(&space, 100_000, choice);
        for strategy in ["boulware", "micro", "tit_for_tat", "hybrid", "random"] {
            let strategies = [strategy, "hardliner"].map(|s| Strategy::read(s).unwrap());
            let seats = Seats {
                strategies: &strategies,
                first: 0,
                traced: false,
            };
            let made = play(&long, seats, &mut Luck::new(1, 0)).offers;
            group.throughput(Throughput::Elements(made));
            group.bench_function(format!("long session, {strategy}, {name}"), |b| {
                b.iter(|| black_box(play(&long, seats, &mut Luck::new(1, 0))));
            });
        }
    }
    let place = [scenario(&space, 1000, Choice::Nearest)];
    let plan = Plan {
        strategies: Strategy::all(),
        pairing: Pairing::All,
        repeats: 1,
        seed: 1,
    };
    let played = tournament(&place, &plan, &Budget::default());
    group.throughput(Throughput::Elements(played.value().offers));
    group.bench_function("tournament of all strategies, 1000 rounds", |b| {
        b.iter(|| pool.install(|| black_box(tournament(&place, &plan, &Budget::default()))));
    });
    group.finish();
}

criterion_group!(benches, offers);
criterion_main!(benches);
