//! Many profiles at once against the engine for one, the literal definitions, independent tables and
//! independent statistics.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use detente_analysis::budget::Progress;
use detente_analysis::bulk::{
    self, Batch, CONCEPTS, Detail, LANES, Mismatch, Plan, Refused, Row, Stream, Tally, Verdicts,
};
use detente_analysis::{
    Budget, Concept, Graph, Moves, Outcome, Settings, StateId, StateSet, Stop, analyze,
};
use detente_model::PartyId;
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::generate::{graphs_of, option_forms};
use crate::literal::Literal;
use crate::model::Case;
use crate::oracles::random_rows;
use crate::random::Random;

fn plan(graph: &Graph, concepts: &[Concept]) -> Plan {
    Plan::new(graph, concepts, &Budget::default()).unwrap()
}

/// A profile for each lane, with few or many ties.
fn profiles(graph: &Graph, seed: u64) -> Vec<Vec<Vec<u16>>> {
    let mut random = Random::new(seed);
    (0..LANES)
        .map(|lane| {
            let levels = [2, 3, 5, 9, 1 << 16][lane % 5];
            let mut ranks = || -> Vec<u16> {
                let states = 0..graph.states();
                states.map(|_| random.below(levels) as u16).collect()
            };
            (0..graph.parties()).map(|_| ranks()).collect()
        })
        .collect()
}

fn batch(graph: &Graph, profiles: &[Vec<Vec<u16>>]) -> Batch {
    let mut batch = Batch::new(graph);
    for (lane, profile) in profiles.iter().enumerate() {
        for (party, ranks) in graph.party_ids().zip(profile) {
            batch.set(party, lane, ranks).unwrap();
        }
    }
    batch
}

fn judged(graph: &Graph, concepts: &[Concept], batch: &Batch) -> Verdicts {
    let plan = plan(graph, concepts);
    let mut verdicts = Verdicts::new(&plan, Detail::Parties);
    plan.judge(batch, &mut verdicts).unwrap();
    verdicts
}

fn stable(
    verdicts: &Verdicts,
    concept: Concept,
    party: PartyId,
    state: StateId,
    lane: usize,
) -> bool {
    verdicts.stable(concept, party).unwrap()[state.index()] >> lane & 1 == 1
}

/// Every lane says what the engine for one profile says, some lanes also what the definitions say.
fn agrees(graph: &Graph, seed: u64, by_definition: usize) {
    let profiles = profiles(graph, seed);
    let batch = batch(graph, &profiles);
    let found = judged(graph, &CONCEPTS, &batch);
    for (lane, profile) in profiles.iter().enumerate() {
        let case = Case {
            graph: graph.clone(),
            rankings: profile
                .iter()
                .map(|r| detente_analysis::Ranking::from_values(r))
                .collect(),
            options: None,
        };
        let conflict = case.conflict();
        let settings = Settings::default();
        let tables = analyze(&conflict, &CONCEPTS, &settings, &Budget::default())
            .complete()
            .unwrap();
        let literal = Literal {
            conflict: &conflict,
            settings,
        };
        for table in &tables.tables {
            let concept = table.concept;
            for state in case.states() {
                for party in case.parties() {
                    let here = stable(&found, concept, party, state, lane);
                    assert_eq!(
                        here,
                        table.is_stable(party, state),
                        "{concept} {party:?} {state:?} {lane}"
                    );
                    if (lane + seed as usize) % LANES < by_definition {
                        assert_eq!(
                            here,
                            literal.stable(concept, party, state),
                            "{concept} {party:?} {state:?} {lane}"
                        );
                    }
                }
                assert_eq!(
                    found.is_equilibrium(concept, state, lane),
                    table.equilibria().contains(state)
                );
            }
        }
    }
    parts_agree(graph, &batch, &found);
    shuffled(graph, &profiles, &found, seed);
}

/// What is asked for besides makes no difference.
fn parts_agree(graph: &Graph, batch: &Batch, found: &Verdicts) {
    for chosen in 1_u32..32 {
        let some: Vec<Concept> = (0..CONCEPTS.len())
            .rev()
            .filter(|place| chosen >> place & 1 == 1)
            .map(|place| CONCEPTS[place])
            .collect();
        let plan = plan(graph, &some);
        let mut bare = Verdicts::new(&plan, Detail::Equilibria);
        plan.judge(batch, &mut bare).unwrap();
        let full = judged(graph, &some, batch);
        for &concept in &some {
            assert_eq!(bare.equilibria(concept), found.equilibria(concept));
            assert_eq!(full.equilibria(concept), found.equilibria(concept));
            for party in graph.party_ids() {
                assert_eq!(bare.stable(concept, party), None);
                assert_eq!(full.stable(concept, party), found.stable(concept, party));
            }
        }
    }
}

/// Lanes in another order get the same verdicts in that order.
fn shuffled(graph: &Graph, profiles: &[Vec<Vec<u16>>], found: &Verdicts, seed: u64) {
    let mut random = Random::new(seed ^ 1);
    let mut order: Vec<usize> = (0..LANES).collect();
    for i in (1..LANES).rev() {
        order.swap(i, random.below(i as u64 + 1) as usize);
    }
    let moved: Vec<_> = order.iter().map(|lane| profiles[*lane].clone()).collect();
    let again = judged(graph, &CONCEPTS, &batch(graph, &moved));
    for concept in CONCEPTS {
        for party in graph.party_ids() {
            for state in graph.state_ids() {
                for (lane, from) in order.iter().enumerate() {
                    assert_eq!(
                        stable(&again, concept, party, state, lane),
                        stable(found, concept, party, state, *from)
                    );
                }
            }
        }
    }
}

/// The graph of options in which some parties move by arcs that are drawn.
fn mixed() -> impl Strategy<Value = Graph> {
    (option_forms(4), any::<u64>()).prop_map(|(case, seed)| {
        let mut random = Random::new(seed);
        let states = case.graph.states() as u64;
        let moves = case
            .parties()
            .map(|party| match random.below(3) {
                0 => Moves::from_lists(case.states().map(|_| {
                    let count = random.below(3);
                    (0..count)
                        .map(|_| StateId(random.below(states) as u32))
                        .collect()
                })),
                _ => case.graph.moves(party).clone(),
            })
            .collect();
        Graph::new(case.graph.states(), moves).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_graph(case in graphs_of(1..=5, 1..=7), seed: u64) {
        agrees(&case.graph, seed, 2);
    }

    #[test]
    fn any_options(case in option_forms(5), seed: u64) {
        agrees(&case.graph, seed, 1);
    }

    #[test]
    fn options_beside_drawn_arcs(graph in mixed(), seed: u64) {
        agrees(&graph, seed, 1);
    }
}

/// A line of states along which two parties move in turn; a third one wants to go there.
fn line(states: u32, steps: &dyn Fn(u32) -> Option<u32>) -> Graph {
    let mover = |turn: u32| {
        Moves::from_lists((0..states).map(|s| {
            let to = if s == 0 || s % 2 != turn {
                None
            } else {
                steps(s)
            };
            to.into_iter().map(StateId).collect()
        }))
    };
    let own =
        Moves::from_lists((0..states).map(|s| if s == 0 { vec![StateId(1)] } else { Vec::new() }));
    Graph::new(states as usize, vec![own, mover(1), mover(0)]).unwrap()
}

#[test]
fn sanctions_at_the_end_of_a_long_sequence() {
    for states in [3, 10, 40] {
        for forward in [true, false] {
            // Either way along the numbers, so that neither order of going through them is lucky.
            let place = |s: u32| if forward || s < 2 { s } else { states + 1 - s };
            let graph = line(states, &|s| (s < states - 1).then_some(s + 1));
            let moves = graph
                .party_ids()
                .map(|p| {
                    let mut lists = vec![Vec::new(); states as usize];
                    for s in graph.state_ids() {
                        let to = graph.moves(p).from(s).iter();
                        lists[place(s.0) as usize] = to.map(|t| StateId(place(t.0))).collect();
                    }
                    Moves::from_lists(lists)
                })
                .collect();
            let graph = Graph::new(states as usize, moves).unwrap();
            let end = place(states - 1) as usize;
            let start = |rank_of_end: u16| {
                let mut mine = vec![2; states as usize];
                mine[0] = 1;
                mine[end] = rank_of_end;
                let theirs: Vec<u16> = (0..states as u16)
                    .map(|s| place(u32::from(s)) as u16)
                    .collect();
                vec![mine, theirs.clone(), theirs]
            };
            let profiles: Vec<_> = (0..LANES).map(|lane| start(lane as u16 % 3)).collect();
            let found = judged(&graph, &CONCEPTS, &batch(&graph, &profiles));
            for lane in 0..LANES {
                let sanctioned = lane % 3 < 2;
                for concept in [Concept::Gmr, Concept::Seq, Concept::Smr, Concept::Sseq] {
                    assert_eq!(
                        stable(&found, concept, PartyId(0), StateId(0), lane),
                        sanctioned,
                        "{states} {concept} {lane}"
                    );
                }
                assert!(!stable(&found, Concept::Nash, PartyId(0), StateId(0), lane));
            }
            agrees(&graph, u64::from(states), usize::from(states < 12));
        }
    }
}

#[test]
fn nobody_moves_or_nobody_is_there() {
    let still = |parties: usize| {
        Graph::new(3, vec![Moves::from_lists(vec![Vec::new(); 3]); parties]).unwrap()
    };
    for graph in [
        still(0),
        still(3),
        Graph::new(0, Vec::new()).unwrap(),
        Graph::new(0, vec![Moves::from_lists(Vec::new()); 2]).unwrap(),
    ] {
        let batch = batch(&graph, &profiles(&graph, 1));
        let found = judged(&graph, &CONCEPTS, &batch);
        for concept in CONCEPTS {
            let all = vec![u32::MAX; graph.states()];
            assert_eq!(found.equilibria(concept), Some(&all[..]));
            for party in graph.party_ids() {
                assert_eq!(found.stable(concept, party), Some(&all[..]));
            }
            assert_eq!(found.stable(concept, PartyId(7)), None);
        }
        let counts = bulk::count(
            &plan(&graph, &CONCEPTS),
            &Tally::default(),
            3..70,
            |_, _| {},
            &Budget::default(),
        );
        let counts = counts.complete().unwrap();
        assert_eq!(counts.samples(), 67);
        let each = vec![67; graph.states()];
        assert_eq!(counts.equilibria(Concept::Smr), Some(&each[..]));
    }
}

#[test]
fn independent_tables() {
    let mut cells = 0;
    for row in random_rows() {
        let case = row.case();
        let mut batch = Batch::new(&case.graph);
        for (party, ranking) in case.parties().zip(&case.rankings) {
            batch.set_ranking_everywhere(party, ranking).unwrap();
        }
        let found = judged(&case.graph, &CONCEPTS, &batch);
        for (key, concept) in ["Nash", "GMR", "SMR", "SEQ", "SSEQ"].iter().zip(CONCEPTS) {
            for (party, name) in case.parties().zip(row.parties()) {
                let expected: Vec<u32> = row
                    .expected(key, name)
                    .iter()
                    .map(|s| if *s { u32::MAX } else { 0 })
                    .collect();
                assert_eq!(found.stable(concept, party), Some(&expected[..]));
                cells += expected.len();
            }
        }
    }
    assert!(cells > 10_000);
}

/// So many binary options of each party, all free.
fn free(widths: &[u32]) -> Graph {
    let bits: u32 = widths.iter().sum();
    let mut first = 0;
    let moves = widths
        .iter()
        .map(|width| {
            let own = ((1_u32 << width) - 1) << first;
            first += width;
            Moves::from_lists((0..1_u32 << bits).map(|s| {
                let others = (0..1_u32 << bits).filter(|t| (s ^ t) & !own == 0);
                others.map(StateId).collect()
            }))
        })
        .collect();
    Graph::new(1 << bits, moves).unwrap()
}

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
                detente_analysis::Ranking::from_values(&ranks)
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

#[test]
fn what_does_not_fit_is_refused() {
    let graph = free(&[1, 1]);
    let refused = |concept| Plan::new(&graph, &[concept], &Budget::default()).unwrap_err();
    for concept in [
        Concept::BestResponseSeq,
        Concept::Sim,
        Concept::SimOneSided,
        Concept::LimitedMove(2),
        Concept::NonMyopic,
        Concept::Stackelberg(PartyId(0)),
    ] {
        assert_eq!(refused(concept), Refused::Concept { concept });
        assert!(refused(concept).hint().is_some());
    }
    let mut budget = Budget::default();
    budget.max_states = 3;
    assert!(Plan::new(&graph, &CONCEPTS, &budget).is_err());
    budget = Budget::default();
    budget.max_memory = 10;
    assert!(Plan::new(&graph, &CONCEPTS, &budget).is_err());
    let twice = plan(&graph, &[Concept::Seq, Concept::Nash, Concept::Seq]);
    assert_eq!(twice.concepts(), [Concept::Seq, Concept::Nash]);

    let mut batch = Batch::new(&graph);
    let (parties, states) = (2, 4);
    assert_eq!(
        batch.set(PartyId(2), 0, &[0; 4]),
        Err(Mismatch::Party {
            party: PartyId(2),
            parties
        })
    );
    assert_eq!(
        batch.set(PartyId(0), 32, &[0; 4]),
        Err(Mismatch::Lane { lane: 32 })
    );
    assert_eq!(
        batch.set(PartyId(0), 0, &[0; 5]),
        Err(Mismatch::States { found: 5, states })
    );
    let many: Vec<u32> = (0..65_537).collect();
    let ranking = detente_analysis::Ranking::from_values(&many);
    assert_eq!(
        batch.set_ranking(PartyId(0), 0, &ranking),
        Err(Mismatch::Levels { levels: 65_537 })
    );
    assert_eq!(batch.rows(PartyId(9)), []);
    assert_eq!(batch, Batch::new(&graph));
    let larger = free(&[1, 2]);
    let larger = plan(&larger, &CONCEPTS);
    let mut verdicts = Verdicts::new(&larger, Detail::Equilibria);
    assert_eq!(larger.judge(&batch, &mut verdicts), Err(Mismatch::Plan));
    let small = plan(&graph, &[Concept::Nash]);
    assert_eq!(small.judge(&batch, &mut verdicts), Err(Mismatch::Plan));
    let mut nash = Verdicts::new(&small, Detail::Equilibria);
    batch.rows_mut(PartyId(0))[3] = Row::splat(9);
    assert_eq!(small.judge(&batch, &mut nash), Ok(()));
    assert_eq!(nash.equilibria(Concept::Seq), None);
    assert_eq!(
        nash.equilibria(Concept::Nash).unwrap(),
        [u32::MAX, u32::MAX, 0, u32::MAX]
    );
}
