//! Many profiles at once against the engine for one, the literal definitions, independent tables and
//! independent statistics.

use detente_analysis::bulk::{
    self, Batch, CONCEPTS, Detail, LANES, Mismatch, Plan, Refused, Row, Tally, Verdicts,
};
use detente_analysis::{Budget, Concept, Graph, Moves, Ranking, Settings, StateId, analyze};
use detente_model::PartyId;
use proptest::prelude::*;

use crate::generate::{graphs_of, option_forms};
use crate::literal::Literal;
use crate::model::Case;
use crate::oracles::random_rows;
use crate::random::Random;

pub(crate) fn plan(graph: &Graph, concepts: &[Concept]) -> Plan {
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
            rankings: profile.iter().map(|r| Ranking::from_values(r)).collect(),
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
pub(crate) fn free(widths: &[u32]) -> Graph {
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
    let ranking = Ranking::from_values(&many);
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
