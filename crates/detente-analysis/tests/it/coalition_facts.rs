//! Coalitions in published cases, and at the edges.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use detente_analysis::coalition::{
    Answer, CoalitionConcept, CoalitionJudge, CoalitionTable, CoalitionWitness, Semantics,
    blocking, coalition_concepts, coalition_tables, toward,
};
use detente_analysis::{Budget, Conflict, Moves, StateId, StateSet, Stop};
use detente_model::PartyId;
use serde::Deserialize;

use crate::coalition_definitions::merged;
use crate::model::{Case, Direction, Options};
use crate::published::named;

#[derive(Deserialize)]
struct Row {
    members: Vec<u16>,
    states: Vec<u32>,
}

#[derive(Deserialize)]
struct Facts {
    equilibria: BTreeMap<String, Vec<u32>>,
    stable: BTreeMap<String, Vec<Row>>,
}

fn ids(members: &[u16]) -> Vec<PartyId> {
    members.iter().copied().map(PartyId).collect()
}

/// Published numbers, from 1.
fn numbers(set: &StateSet) -> Vec<u32> {
    set.iter().map(|s| s.0 + 1).collect()
}

fn set(case: &Case, states: &[u32]) -> StateSet {
    let mut set = StateSet::empty(case.graph.states());
    for s in states {
        set.insert(StateId(*s));
    }
    set
}

/// Calls with the judge of a case under one reading.
fn judged<T>(case: &Case, semantics: Semantics, then: impl FnOnce(&CoalitionJudge<'_>) -> T) -> T {
    let conflict = case.conflict();
    let moves = |members: &[PartyId], budget: &Budget| merged(case, members, budget);
    let judge = CoalitionJudge::new(&conflict, semantics, &moves, &Budget::default()).unwrap();
    then(&judge)
}

fn tables(judge: &CoalitionJudge<'_>) -> Vec<CoalitionTable> {
    coalition_tables(judge, &CoalitionConcept::ALL, &Budget::default())
        .complete()
        .unwrap()
}

#[test]
fn elmira() {
    let facts: Facts =
        serde_json::from_str(include_str!("../data/elmira-coalitions.json")).unwrap();
    let row = named("elmira-9state");
    let case = row.build();
    judged(&case, Semantics::InoharaHipel, |judge| {
        assert_eq!(judge.coalitions().len(), 7);
        for table in tables(judge) {
            let id = table.concept.id();
            assert_eq!(numbers(&table.equilibria()), facts.equilibria[id], "{id}");
            assert_eq!(facts.stable[id].len(), 4);
            for fact in &facts.stable[id] {
                let k = judge.find(&ids(&fact.members)).unwrap();
                let found = numbers(table.stable_for(k).unwrap());
                assert_eq!(found, fact.states, "{id} {:?}", fact.members);
            }
        }
        // Single parties: the ordinary concepts, but for SEQ, where the others may act together.
        for (ordinary, concept) in [("nash", 0), ("gmr", 1), ("smr", 2)] {
            for p in 0..3u16 {
                let table = &tables(judge)[concept];
                let k = judge.find(&[PartyId(p)]).unwrap();
                let found: Vec<u32> = table.stable_for(k).unwrap().iter().map(|s| s.0).collect();
                assert_eq!(found, row.stable(ordinary)[usize::from(p)]);
            }
        }
    });
}

/// The stable states of some coalitions under one concept and reading, by published numbers.
fn stable(
    case: &Case,
    semantics: Semantics,
    concept: CoalitionConcept,
    members: &[u16],
) -> Vec<u32> {
    judged(case, semantics, |judge| {
        let tables = tables(judge);
        let table = tables.iter().find(|t| t.concept == concept).unwrap();
        let k = judge.find(&ids(members)).unwrap();
        numbers(table.stable_for(k).unwrap())
    })
}

/// The two readings differ on Elmira, under CSEQ only. By hand:
///
/// - The local governments leave 1 for 5. Free or merged, the ministry and the company together
///   answer by 8, which the local governments like less than 1: stable, unlike ordinary SEQ.
/// - They leave 2 for 6, and 3 for 7. The company alone gains by going from there to 9, the worst for
///   the local governments; the ministry does not. So 2 and 3 are stable when coalitions are free,
///   and unstable when ministry and company are merged: from 6 they gain together by 8 only, which
///   the local governments prefer to 2, and from 7 by nothing.
/// - They leave 4 for 8, and nobody gains by leaving that.
#[test]
fn readings_differ_on_elmira() {
    let row = named("elmira-9state");
    let case = row.build();
    let free = || Semantics::InoharaHipel;
    let merged = || Semantics::Merged(Some(vec![ids(&[0, 1])]));
    let seq = CoalitionConcept::Cseq;
    assert_eq!(stable(&case, free(), seq, &[2]), [1, 2, 3, 5, 6, 7, 8, 9]);
    assert_eq!(stable(&case, merged(), seq, &[2]), [1, 5, 6, 7, 8, 9]);
    let plain: Vec<u32> = row.stable("seq")[2].iter().map(|s| s + 1).collect();
    assert_eq!(plain, [2, 3, 5, 6, 7, 8, 9]);
    assert_eq!(stable(&case, Semantics::Merged(None), seq, &[2]), plain);
    for pair in [[0, 1], [0, 2], [1, 2]] {
        let alone = 3 - pair[0] - pair[1];
        let merged = || Semantics::Merged(Some(vec![ids(&pair)]));
        for concept in CoalitionConcept::ALL {
            for h in [&pair[..], &[alone]] {
                let same = stable(&case, free(), concept, h) == stable(&case, merged(), concept, h);
                let expected = concept != seq || (pair, h) != ([0, 1], &[2][..]);
                assert_eq!(same, expected, "{pair:?} merged, {concept} for {h:?}");
            }
        }
    }
}

/// The examples on the pages of the concepts.
#[test]
fn pages_tell_the_truth() {
    let case = named("elmira-9state").build();
    judged(&case, Semantics::InoharaHipel, |judge| {
        let verdict = |members: &[u16], concept, state: u32| {
            let k = judge.find(&ids(members)).unwrap();
            let budget = Budget::default();
            let witness = CoalitionWitness::new(judge, k, concept, &budget).unwrap();
            witness
                .unwrap()
                .verdict(StateId(state - 1), &budget)
                .unwrap()
        };
        let nash = verdict(&[0, 1], CoalitionConcept::Cnash, 5);
        assert!(!nash.stable);
        let movers: Vec<u16> = nash.improvements[0]
            .moves
            .iter()
            .map(|m| m.party.0)
            .collect();
        assert_eq!((nash.improvements[0].to.0 + 1, movers), (8, vec![0, 1]));
        for concept in [CoalitionConcept::Cgmr, CoalitionConcept::Csmr] {
            let answered = verdict(&[0, 2], concept, 1);
            let [only] = answered.improvements.as_slice() else {
                panic!("{answered:?}")
            };
            let Answer::Sanction {
                by,
                result,
                unwilling,
            } = &only.answer
            else {
                panic!("{only:?}")
            };
            assert_eq!((only.to.0 + 1, result.0 + 1), (5, 9));
            assert_eq!(by.len(), 1);
            assert_eq!(by[0].movers, ids(&[1]));
            assert_eq!(*unwilling, ids(&[0, 2]));
        }
        assert!(
            case.parties()
                .all(|p| case.graph.moves(p).from(StateId(8)).is_empty())
        );
        assert!(!verdict(&[0, 2], CoalitionConcept::Cseq, 1).stable);
        let together = verdict(&[2], CoalitionConcept::Cseq, 1);
        let Answer::Sanction { by, result, .. } = &together.improvements[0].answer else {
            panic!("{together:?}")
        };
        assert_eq!((by[0].movers.clone(), result.0 + 1), (ids(&[0, 1]), 8));
    });
}

#[test]
fn elmira_is_led_to_its_outcome() {
    let case = named("elmira-9state").build();
    judged(&case, Semantics::InoharaHipel, |judge| {
        let budget = Budget::default();
        let found = toward(judge, StateId(0), &set(&case, &[7]), 100, &budget).unwrap();
        assert!(found.complete);
        assert_eq!((found.coalitions_needed, found.ways.len()), (1, 1));
        let way = &found.ways[0];
        assert_eq!(way.coalitions, [ids(&[0, 1])]);
        let legs: Vec<_> = way
            .legs
            .iter()
            .map(|l| (l.movers.clone(), l.to.0 + 1))
            .collect();
        assert_eq!(legs, [(ids(&[2]), 5), (ids(&[0, 1]), 8)]);
        let alone = toward(judge, StateId(0), &set(&case, &[4]), 100, &budget).unwrap();
        assert_eq!((alone.coalitions_needed, alone.ways.len()), (0, 1));
        let never = toward(judge, StateId(0), &set(&case, &[8]), 100, &budget).unwrap();
        assert!(never.complete && !never.is_reachable());
        let here = toward(judge, StateId(0), &set(&case, &[0]), 100, &budget).unwrap();
        assert_eq!(here.ways[0].legs, []);
        // From 5, nobody alone leaves; the ministry and the company do, unanswered.
        let five = blocking(judge, &set(&case, &[4]), CoalitionConcept::Cseq, &budget).unwrap();
        assert_eq!(five.whole, [ids(&[0, 1])]);
        assert!(five.states[0].is_blocked() && five.states[0].deterred.is_empty());
        let one = blocking(judge, &set(&case, &[0]), CoalitionConcept::Cgmr, &budget).unwrap();
        assert!(!one.states[0].is_blocked() && one.whole.is_empty());
        let deterred: Vec<_> = one.states[0]
            .deterred
            .iter()
            .map(|v| v.members.clone())
            .collect();
        assert_eq!(deterred, [ids(&[2]), ids(&[0, 2])]);
    });
}

/// Two parties who can only sign at the same time: neither state between is feasible.
#[test]
fn merged_parties_act_at_once() {
    let options = Options::new(
        2,
        vec![(0, Direction::Both), (1, Direction::Both)],
        |s| s == 0 || s == 3,
        Vec::new(),
    );
    let case = Case::by_options(options, &[vec![0, 1], vec![0, 1]]);
    let nash = CoalitionConcept::Cnash;
    assert_eq!(
        stable(&case, Semantics::InoharaHipel, nash, &[0, 1]),
        [1, 2]
    );
    assert_eq!(stable(&case, Semantics::Merged(None), nash, &[0, 1]), [2]);
    judged(&case, Semantics::Merged(None), |judge| {
        let budget = Budget::default();
        let found = toward(judge, StateId(0), &set(&case, &[1]), 0, &budget).unwrap();
        assert_eq!(found.ways[0].coalitions, [ids(&[0, 1])]);
        assert!(found.ways[0].legs[0].moves.is_empty());
    });
    judged(&case, Semantics::InoharaHipel, |judge| {
        let budget = Budget::default();
        let found = toward(judge, StateId(0), &set(&case, &[1]), 0, &budget).unwrap();
        assert!(found.complete && !found.is_reachable());
    });
}

/// Four parties; two pairs, one after the other, and no other way.
#[test]
fn two_coalitions_may_be_needed() {
    // State 0 to 1 needs parties 0 and 1, from 1 to 2 parties 2 and 3: each pair passes through a
    // state that both dislike.
    let (a, b) = (3, 4);
    let moves = vec![
        vec![vec![a], vec![], vec![], vec![], vec![]],
        vec![vec![], vec![], vec![], vec![1], vec![]],
        vec![vec![], vec![b], vec![], vec![], vec![]],
        vec![vec![], vec![], vec![], vec![], vec![2]],
    ];
    let first = vec![1, 2, 1, 0, 0];
    let second = vec![1, 1, 2, 0, 0];
    let case = Case::by_graph(&moves, &[first.clone(), first, second.clone(), second]);
    for semantics in [Semantics::InoharaHipel, Semantics::Merged(None)] {
        judged(&case, semantics, |judge| {
            let budget = Budget::default();
            let goal = set(&case, &[2]);
            let found = toward(judge, StateId(0), &goal, 1000, &budget).unwrap();
            assert!(found.complete);
            assert_eq!(found.coalitions_needed, 2);
            assert_eq!(found.ways.len(), 1);
            assert_eq!(found.ways[0].coalitions, [ids(&[0, 1]), ids(&[2, 3])]);
            assert_eq!(found.ways[0].legs.len(), 2);
            let cut = toward(judge, StateId(0), &goal, 0, &budget).unwrap();
            assert!(!cut.complete && !cut.is_reachable());
        });
    }
}

#[test]
fn partitions_are_put_in_order() {
    let case = named("elmira-9state").build();
    let odd = vec![ids(&[2, 0, 0, 9]), ids(&[0, 1]), vec![], ids(&[7])];
    judged(&case, Semantics::Merged(Some(odd)), |judge| {
        assert_eq!(judge.coalitions(), [ids(&[1]), ids(&[0, 2])]);
        assert_eq!(judge.find(&ids(&[2, 0])), Some(1));
        assert_eq!(judge.find(&ids(&[0])), None);
    });
}

#[test]
fn budgets_and_cancellation() {
    let case = named("elmira-9state").build();
    let conflict = case.conflict();
    let moves = |members: &[PartyId], budget: &Budget| merged(&case, members, budget);
    let new = |budget: &Budget| {
        CoalitionJudge::new(&conflict, Semantics::InoharaHipel, &moves, budget).map(|_| ())
    };
    let cancelled = Budget::default().cancelled_by(Arc::new(AtomicBool::new(true)));
    assert_eq!(new(&cancelled), Err(Stop::Cancelled));
    let mut small = Budget::default();
    small.max_work = 3;
    assert!(matches!(new(&small), Err(Stop::Limit { limit: 3, .. })));
    let mut few = Budget::default();
    few.max_moves = 2;
    assert!(matches!(new(&few), Err(Stop::Limit { what: "moves", .. })));
    judged(&case, Semantics::InoharaHipel, |judge| {
        for budget in [&cancelled, &small] {
            let tables = coalition_tables(judge, &CoalitionConcept::ALL, budget);
            assert!(tables.value().is_empty());
            assert!(tables.complete().is_err());
            let two = set(&case, &[1]);
            assert!(blocking(judge, &two, CoalitionConcept::Csmr, budget).is_err());
        }
        let nine = set(&case, &[8]);
        assert!(toward(judge, StateId(0), &nine, 10, &small).is_err());
        assert!(
            CoalitionWitness::new(judge, 99, CoalitionConcept::Cseq, &small)
                .unwrap()
                .is_none()
        );
    });
}

/// With more than ten parties single parties, pairs and everybody are looked at, and it is said.
#[test]
fn many_parties() {
    let parties = 12;
    let moves: Vec<Vec<Vec<u32>>> = vec![vec![vec![1], vec![0]]; parties];
    let case = Case::by_graph(&moves, &vec![vec![0, 1]; parties]);
    judged(&case, Semantics::InoharaHipel, |judge| {
        assert!(!judge.all() && judge.answers_are_partial());
        assert_eq!(judge.coalitions().len(), 12 + 66 + 1);
        let tables = tables(judge);
        assert_eq!(numbers(&tables[0].equilibria()), [2]);
        let found = toward(judge, StateId(1), &set(&case, &[0]), 10, &Budget::default()).unwrap();
        assert!(!found.complete && !found.is_reachable());
    });
}

#[test]
fn no_parties_and_no_coalition() {
    let graph = detente_analysis::Graph::new(2, Vec::new()).unwrap();
    let conflict = Conflict::new(&graph, &[]).unwrap();
    let moves = |_: &[PartyId], _: &Budget| -> Result<Moves, Stop> { panic!("nobody to merge") };
    for semantics in [Semantics::InoharaHipel, Semantics::Merged(None)] {
        let judge = CoalitionJudge::new(&conflict, semantics, &moves, &Budget::default()).unwrap();
        assert!(judge.coalitions().is_empty());
        assert_eq!(numbers(&tables(&judge)[3].equilibria()), [1, 2]);
    }
}

#[test]
fn concepts_have_names() {
    for info in coalition_concepts() {
        assert_eq!(info.id.parse::<CoalitionConcept>().unwrap(), info.concept);
        assert_eq!(info.concept.info(), info);
        assert_eq!(info.concept.to_string(), info.id);
    }
    let unknown = "seq".parse::<CoalitionConcept>().unwrap_err();
    assert_eq!(unknown.to_string(), "there is no coalitional concept `seq`");
    assert_eq!(Semantics::InoharaHipel.id(), "inohara-hipel");
    assert_eq!(Semantics::Merged(None).id(), "merged");
}

/// With drawn arcs an answer by improvements of coalitions need not be a legal sequence of single
/// parties: the second opponent moves last in the first step and first in the second.
#[test]
fn cseq_without_cgmr() {
    let moves = vec![
        vec![vec![1], vec![], vec![], vec![], vec![]],
        vec![vec![], vec![2], vec![3], vec![], vec![]],
        vec![vec![], vec![], vec![], vec![4], vec![]],
    ];
    let ranks = [
        vec![1, 2, 2, 2, 0],
        vec![0, 0, 1, 0, 2],
        vec![0, 0, 0, 0, 1],
    ];
    let case = Case::by_graph(&moves, &ranks);
    let at = |concept| stable(&case, Semantics::InoharaHipel, concept, &[0]).contains(&1);
    assert!(at(CoalitionConcept::Cseq));
    assert!(!at(CoalitionConcept::Cgmr) && !at(CoalitionConcept::Csmr));
}

/// Among families of one size, one that only adds members to another is not listed.
#[test]
fn families_without_needless_members() {
    // As above, but party 2 gains by the first step too, so that it could come along.
    let moves = vec![
        vec![vec![3], vec![], vec![], vec![], vec![]],
        vec![vec![], vec![], vec![], vec![1], vec![]],
        vec![vec![], vec![4], vec![], vec![], vec![]],
        vec![vec![], vec![], vec![], vec![], vec![2]],
    ];
    let first = vec![1, 2, 1, 0, 0];
    let ranks = [
        first.clone(),
        first,
        vec![1, 2, 3, 0, 0],
        vec![1, 1, 2, 0, 0],
    ];
    let case = Case::by_graph(&moves, &ranks);
    judged(&case, Semantics::InoharaHipel, |judge| {
        let with = judge.find(&ids(&[0, 1, 2])).unwrap();
        assert_eq!(judge.improvements(with).from(StateId(0)), [StateId(1)]);
        let budget = Budget::default();
        let found = toward(judge, StateId(0), &set(&case, &[2]), 1000, &budget).unwrap();
        let families: Vec<_> = found.ways.iter().map(|w| w.coalitions.clone()).collect();
        assert_eq!(families, [vec![ids(&[0, 1]), ids(&[2, 3])]]);
    });
}

/// Many opponents: that nobody takes two steps in succession counts where two steps of one are not
/// one step, and makes no difference where they are.
#[test]
fn many_opponents_and_two_steps_of_one() {
    // Party 0 leaves 0 for 1; party 1 goes on to 2, which is no harm, and from there to 3, which is.
    // The other four have a step of their own elsewhere, so that every set of them is an opponent.
    let others = vec![vec![], vec![], vec![], vec![], vec![5], vec![]];
    for direct in [false, true] {
        let from_one = if direct { vec![2, 3] } else { vec![2] };
        let mut moves = vec![
            vec![vec![1], vec![], vec![], vec![], vec![], vec![]],
            vec![vec![], from_one, vec![3], vec![], vec![], vec![]],
        ];
        let mut ranks = vec![vec![1, 2, 2, 0, 0, 0], vec![0, 0, 1, 2, 0, 0]];
        for _ in 0..4 {
            moves.push(others.clone());
            ranks.push(vec![0, 0, 0, 0, 0, 1]);
        }
        let case = Case::by_graph(&moves, &ranks);
        let found = stable(&case, Semantics::InoharaHipel, CoalitionConcept::Cseq, &[0]);
        assert_eq!(found.contains(&1), direct);
    }
}
