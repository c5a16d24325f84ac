//! Counting over very many samples: the same whoever counts what, and what independent programs found.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use detente_analysis::budget::Progress;
use detente_analysis::bulk::{self, Batch, CONCEPTS, Detail, LANES, Plan, Refused, Stream, Tally};
use detente_analysis::{
    Budget, Concept, Outcome, Ranking, Settings, StateId, StateSet, Stop, analyze,
};
use detente_model::PartyId;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::bulk::{free, plan};
use crate::model::Case;

fn uniform(stream: &Stream) -> impl Fn(u64, &mut Batch) + Sync + '_ {
    |block, batch| {
        let mut random = stream.block(block);
        for party in (0..batch.parties() as u16).map(PartyId) {
            batch.rows_mut(party).fill_with(|| random.row());
        }
    }
}

/// Mean numbers of equilibria of independent uniform ranks, from another program and its millions of
/// samples; Nash by linearity of the expectation.
#[test]
fn mean_numbers_of_equilibria() {
    let cases: [(&[u32], [f64; 5]); 4] = [
        (&[2, 1], [1.00, 2.93, 1.74, 1.81, 1.34]),
        (&[2, 2], [1.00, 6.89, 2.64, 3.26, 1.69]),
        (&[2, 2, 1], [1.00, 19.4, 6.1, 10.5, 3.8]),
        (&[2, 2, 2], [1.00, 45.7, 11.2, 29.5, 7.5]),
    ];
    let stream = Stream::new(1);
    for (widths, expected) in cases {
        let plan = plan(&free(widths), &CONCEPTS);
        let samples = 20_000;
        let counts = bulk::count(
            &plan,
            &Tally::default(),
            0..samples,
            uniform(&stream),
            &Budget::default(),
        )
        .complete()
        .unwrap();
        for (concept, expected) in CONCEPTS.into_iter().zip(expected) {
            let sum: u64 = counts.equilibria(concept).unwrap().iter().sum();
            let mean = sum as f64 / samples as f64;
            assert!(
                (mean - expected).abs() < 0.03 + 0.02 * expected,
                "{widths:?} {concept}: {mean}, expected {expected}"
            );
        }
    }
}

#[test]
fn counts_are_those_of_the_samples_one_by_one() {
    let graph = free(&[2, 1, 1]);
    let stream = Stream::new(5);
    let mut class = StateSet::empty(16);
    class.insert(StateId(3));
    class.insert(StateId(8));
    let tally = Tally {
        classes: vec![class, StateSet::empty(16), StateSet::all(16)],
        parties: true,
    };
    let range = 45..170_u64;
    let counts = bulk::count(
        &plan(&graph, &CONCEPTS),
        &tally,
        range.clone(),
        uniform(&stream),
        &Budget::default(),
    )
    .complete()
    .unwrap();
    let mut equilibria = vec![[0_u64; 16]; 5];
    let mut stable = vec![[[0_u64; 16]; 3]; 5];
    let mut classes = [[0_u64; 3]; 5];
    for sample in range {
        let mut batch = Batch::new(&graph);
        uniform(&stream)(sample / LANES as u64, &mut batch);
        let lane = sample as usize % LANES;
        let rankings = graph
            .party_ids()
            .map(|p| {
                let ranks: Vec<u16> = batch.rows(p).iter().map(|row| row.0[lane]).collect();
                Ranking::from_values(&ranks)
            })
            .collect();
        let case = Case {
            graph: graph.clone(),
            rankings,
            options: None,
        };
        let tables = analyze(
            &case.conflict(),
            &CONCEPTS,
            &Settings::default(),
            &Budget::default(),
        );
        for (place, table) in tables.value().tables.iter().enumerate() {
            let found = table.equilibria();
            for state in found.iter() {
                equilibria[place][state.index()] += 1;
            }
            classes[place][0] +=
                u64::from(found.contains(StateId(3)) || found.contains(StateId(8)));
            classes[place][2] += u64::from(!found.is_empty());
            for (party, sums) in case.parties().zip(&mut stable[place]) {
                for (state, sum) in case.states().zip(sums) {
                    *sum += u64::from(table.is_stable(party, state));
                }
            }
        }
    }
    assert_eq!(counts.samples(), 125);
    for (place, concept) in CONCEPTS.into_iter().enumerate() {
        assert_eq!(counts.equilibria(concept), Some(&equilibria[place][..]));
        assert_eq!(counts.classes(concept), Some(&classes[place][..]));
        assert_eq!(counts.any(concept), Some(classes[place][2]));
        for (party, sums) in graph.party_ids().zip(&stable[place]) {
            assert_eq!(counts.stable(concept, party), Some(&sums[..]));
        }
    }
}

#[test]
fn counts_do_not_depend_on_who_counts_what() {
    let graph = free(&[2, 2, 1]);
    let plan = plan(&graph, &CONCEPTS);
    let tally = Tally {
        classes: vec![StateSet::all(32)],
        parties: true,
    };
    let stream = Stream::new(99);
    let count = |samples| {
        bulk::count(&plan, &tally, samples, uniform(&stream), &Budget::default())
            .complete()
            .unwrap()
    };
    let whole = count(7..40_003);
    assert_eq!(whole.samples(), 39_996);
    for threads in 1..=3 {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        assert_eq!(
            pool.install(|| count(7..40_003)),
            whole,
            "{threads} threads"
        );
    }
    for cuts in [
        vec![8],
        vec![32, 33, 64, 9_999],
        vec![20_000, 40_002],
        vec![7, 39],
    ] {
        let mut from = 7;
        let mut sum = count(0..0);
        for to in cuts.into_iter().chain([40_003]) {
            sum = sum.join(&count(from..to));
            from = to;
        }
        assert_eq!(sum, whole);
    }
}

#[test]
fn what_is_gathered_comes_in_the_order_of_the_samples() {
    let graph = free(&[1, 1]);
    let plan = plan(&graph, &[Concept::Nash]);
    let stream = Stream::new(3);
    let gather = || {
        bulk::fold(
            &plan,
            Detail::Equilibria,
            40..1_000_000,
            uniform(&stream),
            Vec::new,
            |list: &mut Vec<(u64, u32)>, block, live, _| list.push((block, live)),
            |mut a, b| {
                a.extend(b);
                a
            },
            &Budget::default(),
        )
        .complete()
        .unwrap()
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(3)
        .build()
        .unwrap();
    let list = pool.install(gather);
    let blocks: Vec<u64> = list.iter().map(|(block, _)| *block).collect();
    assert_eq!(blocks, (1..=31_249).collect::<Vec<u64>>());
    assert_eq!(list[0].1, u32::MAX << 8);
    assert!(list[1..].iter().all(|(_, live)| *live == u32::MAX));
}

#[test]
fn the_last_samples_of_all() {
    let graph = free(&[1, 1]);
    let plan = plan(&graph, &[Concept::Nash]);
    let end = u64::MAX;
    let counts = bulk::count(
        &plan,
        &Tally::default(),
        end - 70..end,
        |_, _| {},
        &Budget::default(),
    );
    assert_eq!(counts.complete().unwrap().samples(), 70);
}

struct Seen {
    last: AtomicU64,
    flag: Arc<AtomicBool>,
    at: u64,
}

impl Progress for Seen {
    fn report(&self, what: &str, done: u64, total: u64) {
        assert_eq!(what, "samples");
        assert!(done <= total);
        assert!(self.last.swap(done, Ordering::Relaxed) <= done);
        if done >= self.at {
            self.flag.store(true, Ordering::Relaxed);
        }
    }
}

#[test]
fn what_is_cancelled_counts_the_first_samples() {
    let graph = free(&[2, 1]);
    let plan = plan(&graph, &CONCEPTS);
    let stream = Stream::new(4);
    let flag = Arc::new(AtomicBool::new(false));
    let seen = Arc::new(Seen {
        last: AtomicU64::new(0),
        flag: flag.clone(),
        at: 1,
    });
    let budget = Budget::default()
        .cancelled_by(flag.clone())
        .watched_by(seen);
    let count = |samples, budget: &Budget| {
        bulk::count(&plan, &Tally::default(), samples, uniform(&stream), budget)
    };
    let Outcome::Stopped(part, stop) = count(5..1 << 40, &budget) else {
        panic!("cannot be complete");
    };
    assert_eq!(stop, Stop::Cancelled);
    assert!(part.samples() > 0);
    let Outcome::Stopped(nothing, _) = count(0..100, &Budget::default().cancelled_by(flag)) else {
        panic!("was cancelled before");
    };
    let whole = count(5..5 + part.samples(), &Budget::default());
    assert_eq!(whole, Outcome::Complete(part));
    assert_eq!(nothing.samples(), 0);
    assert_eq!(
        Plan::new(&graph, &CONCEPTS, &budget).unwrap_err(),
        Refused::Stopped(Stop::Cancelled)
    );
}

#[test]
fn numbers_of_a_block_are_those_of_its_stream() {
    let stream = Stream::new(42);
    for block in [0, 1, 77, u64::MAX] {
        let mut random = ChaCha8Rng::seed_from_u64(42);
        random.set_stream(block);
        let mut draws = stream.block(block);
        for _ in 0..20 {
            let words: Vec<u32> = (0..LANES / 2).map(|_| random.next_u32()).collect();
            let numbers: Vec<u16> = words
                .iter()
                .flat_map(|w| [*w as u16, (*w >> 16) as u16])
                .collect();
            assert_eq!(draws.row().0, numbers[..]);
        }
        let wide: Vec<u64> = (0..LANES).map(|_| random.next_u64()).collect();
        let mut again = draws.clone();
        let mut third = draws.clone();
        assert_eq!(draws.numbers(), wide[..]);
        for (number, below) in wide.iter().zip(again.below(1000)) {
            assert_eq!(u128::from(below), (u128::from(*number) * 1000) >> 64);
        }
        assert!(third.fractions().iter().all(|f| (0.0..1.0).contains(f)));
        assert_eq!(third.below(0), [0; LANES]);
    }
    assert_ne!(Stream::new(1).block(0).row(), Stream::new(2).block(0).row());
}
