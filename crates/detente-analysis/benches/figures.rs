//! The figures by which the engine is accepted, in one run: `cargo bench -p detente-analysis --bench
//! figures`, with `--large` for the large ones, `--only WORD` for those whose name has the word.
//! Times are the best of several; the machine's memory bandwidth stands beside them.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and may fail loudly, and is no library"
)]

mod common;

use std::hint::black_box;
use std::time::Instant;

use common::{Recipe, Wants, even, gatt, model};
use detente_analysis::engine::coset;
use detente_analysis::engine::{Arena, CosetAnalysis, Request, Shape, Unconstrained};
use detente_analysis::model::model::Model;
use detente_analysis::{Budget, Concept, Game, Settings, stability};

fn best<T>(times: usize, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut least = f64::INFINITY;
    let mut last = None;
    for _ in 0..times {
        let start = Instant::now();
        let value = black_box(work());
        least = least.min(start.elapsed().as_secs_f64());
        last = Some(value);
    }
    (least, last.unwrap())
}

fn budget() -> Budget {
    let mut budget = Budget::default();
    budget.max_states = u64::from(u32::MAX);
    budget.max_memory = 16 << 30;
    budget
}

fn five(model: &Model) -> CosetAnalysis {
    let arena = Arena::new(model, &budget()).unwrap();
    coset::analyze(&arena, &Request::default(), &budget())
        .complete()
        .unwrap()
}

fn on<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap()
        .install(work)
}

fn counts(analysis: &CosetAnalysis) -> String {
    let counts = analysis
        .tables
        .iter()
        .map(|t| t.equilibria.count().to_string());
    counts.collect::<Vec<_>>().join(" ")
}

fn line(name: &str, seconds: f64, note: &str) {
    println!("{name:<46} {:>12.3} ms  {note}", seconds * 1e3);
}

struct Selection {
    large: bool,
    only: Option<String>,
}

impl Selection {
    fn has(&self, name: &str) -> bool {
        self.only
            .as_ref()
            .is_none_or(|word| name.contains(word.as_str()))
    }
}

fn small(selection: &Selection) {
    for (wants, name) in [
        (Wants::Single, "single-option"),
        (Wants::Random(14), "random"),
    ] {
        for parties in 2..=4 {
            let name = format!("12 options, {parties} parties, {name} statements");
            if !selection.has(&name) {
                continue;
            }
            let recipe = Recipe {
                widths: even(12, parties),
                wants,
                never: 0,
                one_way: 0,
                seed: 7,
            };
            let model = model(&recipe);
            let (seconds, analysis) = best(200, || on_this(|| five(&model)));
            line(&name, seconds, &counts(&analysis));
        }
    }
}

/// Without a pool of its own.
fn on_this<T>(work: impl FnOnce() -> T) -> T {
    work()
}

fn sized(selection: &Selection, options: u32, parties: u32, threads: usize, times: usize) {
    for (never, one_way, kind) in [(0, 0, "free"), (4, 0, "holes"), (4, 2, "holes, one-way")] {
        let name = format!("2^{options}, {parties} parties, {kind}, {threads} threads");
        if !selection.has(&name) || (options > 24 && never > 0) {
            continue;
        }
        let recipe = Recipe {
            widths: even(options, parties),
            wants: Wants::Random(14),
            never,
            one_way,
            seed: 7,
        };
        let model = model(&recipe);
        on(threads, || {
            let (building, arena) = best(times, || Arena::new(&model, &budget()).unwrap());
            let (seconds, analysis) = best(times, || {
                coset::analyze(&arena, &Request::default(), &budget())
                    .complete()
                    .unwrap()
            });
            let predicted = Shape::of(&arena).coset(&Request::default());
            let note = format!(
                "(arena {:.1} ms; expected {:.1} ms; {} MB) sweeps {} visits/state {:.1}",
                building * 1e3,
                predicted.seconds * 1e3,
                (predicted.bytes + arena.bytes()) >> 20,
                analysis.effort.sweeps,
                analysis.effort.visits as f64 / arena.size() as f64,
            );
            line(&name, building + seconds, &note);
            if !selection.large || options <= 24 {
                for concept in coset::CONCEPTS {
                    let request = Request {
                        concepts: vec![concept],
                        ..Request::default()
                    };
                    let (seconds, _) = best(times, || coset::analyze(&arena, &request, &budget()));
                    line(&format!("    {concept}"), seconds, "");
                }
            }
        });
    }
}

/// Gigabytes a second that copying and the triad move with so many threads.
fn bandwidth(threads: usize) -> (f64, f64) {
    use rayon::prelude::*;
    let length = 1 << 26;
    let a: Vec<f64> = vec![1.0; length];
    let b: Vec<f64> = vec![2.0; length];
    let mut c: Vec<f64> = vec![0.0; length];
    let part = 1 << 16;
    on(threads, || {
        let (copy, ()) = best(5, || {
            c.par_chunks_mut(part)
                .zip(a.par_chunks(part))
                .for_each(|(c, a)| c.copy_from_slice(a));
        });
        let (triad, ()) = best(5, || {
            c.par_chunks_mut(part)
                .zip(a.par_chunks(part).zip(b.par_chunks(part)))
                .for_each(|(c, (a, b))| {
                    for (c, (a, b)) in c.iter_mut().zip(a.iter().zip(b)) {
                        *c = a + 3.0 * b;
                    }
                });
        });
        let bytes = (8 * length) as f64 * 1e-9;
        (2.0 * bytes / copy, 3.0 * bytes / triad)
    })
}

fn streaming(selection: &Selection) {
    let name = "bandwidth";
    if !selection.has(name) {
        return;
    }
    let sizes: &[u32] = if selection.large { &[24, 26] } else { &[24] };
    for threads in [1, 2] {
        for &options in sizes {
            stream(options, threads);
        }
    }
}

/// How near to the machine's bandwidth the concepts come that are judged by passes over the ranks.
fn stream(options: u32, threads: usize) {
    let recipe = Recipe {
        widths: even(options, 3),
        wants: Wants::Random(14),
        never: 0,
        one_way: 0,
        seed: 7,
    };
    let arena = Arena::new(&model(&recipe), &budget()).unwrap();
    let (copy, triad) = bandwidth(threads);
    println!("bandwidth, {threads} threads: copy {copy:.1} GB/s, triad {triad:.1} GB/s");
    for concept in [Concept::Nash, Concept::Gmr, Concept::Smr] {
        let request = Request {
            concepts: vec![concept],
            ..Request::default()
        };
        let (seconds, _) = on(threads, || {
            best(7, || coset::analyze(&arena, &request, &budget()))
        });
        // Ranks are read twice, which Nash stability does while they are in the cache, and one bit per
        // state is written.
        let reads = if concept == Concept::Nash { 2.0 } else { 4.0 };
        let cells = arena.size() as f64 * 3.0;
        let rate = |bytes: f64| cells * bytes / seconds * 1e-9;
        println!(
            "{concept}, 2^{options} free, 3 parties, {threads} threads: {:.1} ms, {:.2} ns per state and party, {:.1} GB/s of {} bytes, {:.0} % of copy ({:.0} % counting 4.25 bytes)",
            seconds * 1e3,
            seconds * 1e9 / cells,
            rate(reads + 0.125),
            reads + 0.125,
            100.0 * rate(reads + 0.125) / copy,
            100.0 * rate(4.25) / copy,
        );
    }
}

/// Simultaneous stability, by the other engine.
fn simultaneous(selection: &Selection) {
    for (options, parties) in [
        (10, 2),
        (10, 3),
        (12, 2),
        (12, 3),
        (12, 4),
        (16, 2),
        (16, 3),
        (16, 4),
    ] {
        let name = format!("SIM, {options} options, {parties} parties");
        if !selection.has(&name) || (options > 12 && !selection.large) {
            continue;
        }
        let recipe = Recipe {
            widths: even(options, parties),
            wants: Wants::Random(14),
            never: 0,
            one_way: 0,
            seed: 7,
        };
        let model = model(&recipe);
        let mut budget = budget();
        budget.max_moves = 1 << 31;
        budget.max_steps = 1 << 33;
        let game = Game::new(&model, &budget).unwrap();
        let settings = Settings::default();
        for concept in [Concept::Sim, Concept::SimOneSided] {
            let (seconds, outcome) = best(1, || {
                stability::analyze(&game.conflict(), &[concept], &settings, &budget)
            });
            let tables = outcome.value().tables.iter();
            let found: Vec<usize> = tables.map(|t| t.equilibria().len()).collect();
            line(
                &format!("{name}, {concept}"),
                seconds,
                &format!("{found:?}"),
            );
        }
    }
}

fn closed_forms(selection: &Selection) {
    for (options, parties) in [(20, 3), (24, 3), (26, 3), (28, 3), (30, 3)] {
        let name = format!("closed form, 2^{options}, {parties} parties, 1 thread");
        if !selection.has(&name) || (options > 26 && !selection.large) {
            continue;
        }
        let recipe = Recipe {
            widths: even(options, parties),
            wants: Wants::Random(14),
            never: 0,
            one_way: 0,
            seed: 7,
        };
        let conflict = Unconstrained::new(&model(&recipe)).unwrap();
        let (seconds, found) = on(1, || best(1, || conflict.judge(3, &budget()).unwrap()));
        let note = format!(
            "expected {:.1} s, {} KB at most; {:?}",
            conflict.seconds(),
            conflict.bytes(1) >> 10,
            found.equilibria
        );
        line(&name, seconds, &note);
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let only = arguments.iter().position(|a| a == "--only");
    let selection = Selection {
        large: arguments.iter().any(|a| a == "--large"),
        only: only.and_then(|at| arguments.get(at + 1).cloned()),
    };
    small(&selection);
    if selection.has("GATT") {
        for seed in 1..=3 {
            let model = gatt(seed);
            let arena = Arena::new(&model, &budget()).unwrap();
            assert_eq!(arena.states(), 138_240);
            let (seconds, analysis) = on(1, || best(5, || five(&model)));
            let bytes = Shape::of(&arena).coset(&Request::default()).bytes + arena.bytes();
            let note = format!("{} MB; {}", bytes >> 20, counts(&analysis));
            line(
                &format!("GATT shape, seed {seed}, 1 thread"),
                seconds,
                &note,
            );
        }
    }
    sized(&selection, 16, 3, 1, 20);
    for parties in 2..=4 {
        sized(&selection, 20, parties, 1, 5);
    }
    sized(&selection, 24, 3, 1, 2);
    sized(&selection, 24, 3, 2, 2);
    if selection.large {
        sized(&selection, 26, 3, 2, 1);
    }
    closed_forms(&selection);
    simultaneous(&selection);
    streaming(&selection);
}
