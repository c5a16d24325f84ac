//! Prints how long large random conflicts take, in one run:
//! `cargo run --release -p detente-analysis --example symbolic_acceptance [-- seeds [SEQ seconds]]`.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement: it reads the clock, prints, and may fail loudly"
)]

#[path = "../tests/it/negotiations.rs"]
mod negotiations;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use detente_analysis::symbolic::{Encoding, Engine, Search, Unanswered, security_levels};
use detente_analysis::{Budget, Concept};
use negotiations::{Shape, families, negotiation};

/// Best of three, in milliseconds, and what came out.
fn timed<T>(mut run: impl FnMut() -> T) -> (f64, T) {
    let mut once = || {
        let start = Instant::now();
        let result = run();
        (start.elapsed().as_secs_f64() * 1e3, result)
    };
    let (first, result) = once();
    let best = (0..2).map(|_| once().0).fold(first, f64::min);
    (best, result)
}

fn main() {
    let mut given = std::env::args().skip(1).map(|a| a.parse::<u64>().unwrap());
    let seeds = given.next().unwrap_or(3);
    let patience = Duration::from_secs(given.next().unwrap_or(60));
    let shape = |options, parties, statements, patterns, cross| Shape {
        options,
        parties,
        statements,
        patterns,
        cross,
        one_way: 0,
    };
    let budget = Budget::default();
    for (shape, sequential) in [
        (shape(60, 5, 20, 0, 20), true),
        (shape(60, 5, 20, 10, 60), true),
        (shape(100, 6, 16, 16, 20), true),
        (shape(100, 6, 40, 0, 20), false),
    ] {
        for seed in 0..seeds {
            let model = negotiation(shape, seed);
            let (ms, sizes) = timed(|| {
                let encoding = Encoding::new(&model, &budget).unwrap();
                [Concept::Nash, Concept::Gmr, Concept::Smr].map(|concept| {
                    let engine = Engine::new(&encoding, &budget);
                    let stable = engine.stable(concept).unwrap();
                    let joint = engine.equilibria(&stable).map(|e| engine.count(&e));
                    joint.map_or_else(|e| e.to_string(), |c| format!("2^{:.1}", bits(&c)))
                })
            });
            println!("{shape:?} seed {seed}: encode, Nash, GMR, SMR, counts: {ms:.1} ms {sizes:?}");
            if sequential {
                one_state(&model, &budget);
            }
        }
    }
    for (options, statements, patterns) in [(200, 20, 0), (200, 20, 33), (200, 60, 0)] {
        for seed in 0..seeds {
            let shape = shape(options, 8, statements, patterns, 20);
            let model = negotiation(shape, seed);
            let (ms, found) = timed(|| {
                let mut search = Search::nash(&model, &budget).unwrap();
                (search.find_next().unwrap().is_some(), search.refinements())
            });
            print!("{shape:?} seed {seed}: Nash witness {found:?} {ms:.1} ms");
            if patterns == 0 {
                for concept in [Concept::Gmr, Concept::Smr] {
                    let (ms, levels) = timed(|| security_levels(&model, concept, &budget).unwrap());
                    print!(
                        ", {concept} levels {ms:.1} ms ({} choices)",
                        levels.iterations
                    );
                }
            }
            println!();
        }
    }
    for (name, model) in [
        ("pennies, 60 options", families::pennies(30)),
        ("pennies, 200 options", families::pennies(100)),
        ("coordination, 60 options", families::coordination(2, 30)),
        ("coordination, 200 options", families::coordination(2, 100)),
        (
            "coordination of three, 60 options",
            families::coordination(3, 20),
        ),
        (
            "coordination of three, 198 options",
            families::coordination(3, 66),
        ),
        ("dominant, 200 options", families::dominant(2, 100)),
        ("others, 200 options", families::others(2, 100)),
    ] {
        print!("{name}:");
        for concept in [
            Concept::Nash,
            Concept::Gmr,
            Concept::Smr,
            Concept::Seq,
            Concept::Sseq,
        ] {
            all_states(&model, concept, Duration::from_secs(3));
        }
        println!();
    }
    for (patterns, cross) in [(0, 20), (10, 60)] {
        for seed in 0..seeds {
            let shape = shape(60, 5, 20, patterns, cross);
            print!("{shape:?} seed {seed}:");
            all_states(&negotiation(shape, seed), Concept::Seq, patience);
            println!();
        }
    }
}

/// Sequential stability of one Nash-unstable state for every party: the first feasible one sampled.
fn one_state(model: &detente_analysis::model::Model, budget: &Budget) {
    let encoding = Encoding::new(model, budget).unwrap();
    let engine = Engine::new(&encoding, budget);
    let states = engine.sample(&engine.feasible(), 5, 1).unwrap();
    let times: Vec<String> = states
        .iter()
        .map(|state| {
            let start = Instant::now();
            let engine = Engine::new(&encoding, budget);
            let stable = model
                .party_ids()
                .filter(|p| engine.is_stable(Concept::Seq, *p, state).unwrap())
                .count();
            format!(
                "{:.0} ms ({stable}; {} M node pairs)",
                start.elapsed().as_secs_f64() * 1e3,
                engine.work() / 1_000_000
            )
        })
        .collect();
    println!(
        "    SEQ of one state, all parties (stable for so many): {}",
        times.join(", ")
    );
}

fn all_states(model: &detente_analysis::model::Model, concept: Concept, patience: Duration) {
    let flag = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&flag);
    let (done, waiting) = std::sync::mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        if waiting.recv_timeout(patience).is_err() {
            stop.store(true, Ordering::Relaxed);
        }
    });
    let mut budget = Budget::default().cancelled_by(flag);
    budget.max_work = u64::MAX;
    let encoding = Encoding::new(model, &budget).unwrap();
    let engine = Engine::new(&encoding, &budget);
    let start = Instant::now();
    let result = engine
        .stable(concept)
        .and_then(|s| engine.equilibria(&s))
        .map(|e| format!("2^{:.1}", bits(&engine.count(&e))));
    let result = match result {
        Ok(count) => count,
        Err(Unanswered::Stopped(stop)) => format!("not finished: {stop}"),
        Err(other) => other.to_string(),
    };
    print!(
        " {concept} {result} in {:.2} s, largest diagram {}, {} M node pairs;",
        start.elapsed().as_secs_f64(),
        engine.largest(),
        engine.work() / 1_000_000
    );
    let _ = done.send(());
    let _ = watch.join();
}

fn bits(count: &num_bigint::BigUint) -> f64 {
    let shift = count.bits().saturating_sub(53);
    let top: u64 = (count >> shift).try_into().unwrap();
    (top as f64).log2() + shift as f64
}
