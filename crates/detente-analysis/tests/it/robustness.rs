//! Robustness against a search through all orders of a party's ranks, judged by the literal
//! definitions.

use std::collections::BTreeMap;

use detente_analysis::robustness::{Own, robustness};
use detente_analysis::stability::margins;
use detente_analysis::{Budget, Concept, Conflict, Ranking, Settings, StateId};
use detente_model::PartyId;
use proptest::prelude::*;

use crate::generate::{graphs, option_forms};
use crate::literal::Literal;
use crate::model::Case;
use crate::properties::{ALL_FORMS, settings};

/// All orders of `0..n`, each with the least number of adjacent exchanges that lead to it, found by
/// making every exchange, breadth first.
fn orders(n: usize) -> BTreeMap<Vec<u32>, u32> {
    let start: Vec<u32> = (0..n as u32).collect();
    let mut found = BTreeMap::from([(start.clone(), 0)]);
    let mut now = vec![start];
    for swaps in 1.. {
        let mut next = Vec::new();
        for order in now {
            for k in 1..n {
                let mut other = order.clone();
                other.swap(k - 1, k);
                if !found.contains_key(&other) {
                    found.insert(other.clone(), swaps);
                    next.push(other);
                }
            }
        }
        if next.is_empty() {
            return found;
        }
        now = next;
    }
    found
}

/// The conflict with the ranks of one party in another order: rank `k` becomes `order[k]`.
fn reordered(case: &Case, party: PartyId, order: &[u32]) -> Case {
    let mut other = case.clone();
    let old = &case.rankings[party.index()];
    let values: Vec<u32> = case.states().map(|s| order[old.rank(s) as usize]).collect();
    other.rankings[party.index()] = Ranking::from_values(&values);
    other
}

/// For every state the fewest swaps of the party's ranks after which the state is not stable for it.
fn by_search(
    case: &Case,
    party: PartyId,
    concept: Concept,
    settings: &Settings,
) -> Vec<Option<u32>> {
    let levels = case.rankings[party.index()].levels() as usize;
    let mut least: Vec<Option<u32>> = vec![None; case.graph.states()];
    for (order, swaps) in orders(levels) {
        let other = reordered(case, party, &order);
        let conflict: Conflict<'_> = other.conflict();
        let literal = Literal {
            conflict: &conflict,
            settings: settings.clone(),
        };
        for s in case.states() {
            let best = &mut least[s.index()];
            if best.is_none_or(|b| swaps < b) && !literal.stable(concept, party, s) {
                *best = Some(swaps);
            }
        }
    }
    least
}

/// That after the swaps of a fall the move named pays, and that nothing deters it.
fn the_fall_breaks_it(
    case: &Case,
    party: PartyId,
    concept: Concept,
    settings: &Settings,
    state: StateId,
    fall: &detente_analysis::robustness::Fall,
) {
    let ranking = &case.rankings[party.index()];
    let rank = ranking.rank(state);
    let lowest = rank - fall.swaps;
    assert_eq!(ranking.rank(fall.below), lowest);
    let order: Vec<u32> = (0..ranking.levels())
        .map(|k| {
            if k == rank {
                lowest
            } else if (lowest..rank).contains(&k) {
                k + 1
            } else {
                k
            }
        })
        .collect();
    let other = reordered(case, party, &order);
    let conflict = other.conflict();
    let literal = Literal {
        conflict: &conflict,
        settings: settings.clone(),
    };
    assert!(!literal.stable(concept, party, state));
    assert!(other.graph.moves(party).from(state).contains(&fall.to));
    assert!(conflict.improves(party, state, fall.to));
    assert!(conflict.improves(party, state, fall.below));
    assert_eq!(
        case.conflict().improves(party, state, fall.to),
        fall.improves_now
    );
    // Without the move the state would still hold, or another move pays as well; with it alone the
    // state breaks.
    let mut lists = vec![Vec::new(); case.graph.states()];
    for s in case.states() {
        lists[s.index()] = case.graph.moves(party).from(s).to_vec();
    }
    lists[state.index()] = vec![fall.to];
    if !matches!(concept, Concept::Smr | Concept::Sseq) {
        let moves = case
            .parties()
            .map(|p| {
                if p == party {
                    detente_analysis::Moves::from_lists(lists.clone())
                } else {
                    case.graph.moves(p).clone()
                }
            })
            .collect();
        let graph = detente_analysis::Graph::new(case.graph.states(), moves).unwrap();
        let only = Case {
            graph,
            rankings: other.rankings.clone(),
            options: None,
        };
        let conflict = only.conflict();
        let literal = Literal {
            conflict: &conflict,
            settings: settings.clone(),
        };
        assert!(
            !literal.stable(concept, party, state),
            "the move named pays by itself"
        );
    }
    if fall.answer.is_empty() {
        assert_eq!(fall.below, fall.to);
    } else {
        let mut at = fall.to;
        for step in &fall.answer {
            assert_ne!(step.party, party);
            assert_eq!(step.from, at);
            at = step.to;
        }
        assert!(at == fall.below || case.graph.moves(party).from(at).contains(&fall.below));
    }
}

fn equals_search(case: &Case, settings: &Settings) {
    let states: Vec<StateId> = case.states().collect();
    for concept in ALL_FORMS {
        let judges = vec![concept; case.graph.parties()];
        let budget = Budget::default();
        let conflict = case.conflict();
        let found = robustness(&conflict, &judges, settings, &states, &budget).unwrap();
        let margins = margins(&conflict, &[concept], settings, &budget).unwrap();
        for party in case.parties() {
            let wanted = by_search(case, party, concept, settings);
            for (one, wanted) in found.iter().zip(&wanted) {
                let own = &one.own[party.index()];
                assert_eq!(own.swaps(), *wanted, "{concept} {party:?} {:?}", one.state);
                let can_move = !case.graph.moves(party).from(one.state).is_empty();
                match own {
                    Own::Breaks(fall) => {
                        assert!(fall.swaps > 0);
                        let margin = margins[0].margin(party, one.state).unwrap();
                        assert!(margin >= 0 && i64::from(fall.swaps) >= margin);
                        assert_eq!(fall.freedom() + 1, fall.swaps);
                        the_fall_breaks_it(case, party, concept, settings, one.state, fall);
                    }
                    Own::NoMove => assert!(!can_move),
                    Own::Unbreakable => assert!(can_move),
                    Own::Unstable => assert_eq!(*wanted, Some(0)),
                    Own::Undefined => panic!("{concept} has a count"),
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn swaps_on_graphs_equal_a_search_through_all_orders(
        case in graphs().prop_filter("few ranks", few_ranks),
        settings in settings(),
    ) {
        equals_search(&case, &settings);
    }

    #[test]
    fn swaps_in_option_form_equal_a_search_through_all_orders(
        case in option_forms(3).prop_filter("few ranks", few_ranks),
        settings in settings(),
    ) {
        equals_search(&case, &settings);
    }
}

fn few_ranks(case: &Case) -> bool {
    case.rankings.iter().all(|r| r.levels() <= 6) && case.graph.states() <= 6
}

/// Where the only answer returns to the state itself, no change of the party's own ranking breaks it,
/// though its margin is a number.
#[test]
fn a_return_to_the_state_itself_never_ceases_to_be_a_sanction() {
    let moves = [vec![vec![1], vec![]], vec![vec![], vec![0]]];
    let case = Case::by_graph(&moves, &[vec![1u8, 0], vec![1, 0]]);
    let judges = [Concept::Gmr, Concept::Gmr];
    let conflict = case.conflict();
    let budget = Budget::default();
    let settings = Settings::default();
    let found = robustness(&conflict, &judges, &settings, &[StateId(0)], &budget).unwrap();
    assert_eq!(found[0].own, [Own::Unbreakable, Own::NoMove]);
    assert_eq!(found[0].robustness(), None);
    let judges = [Concept::Nash, Concept::Sim];
    let found = robustness(&conflict, &judges, &settings, &[StateId(0)], &budget).unwrap();
    assert_eq!(found[0].own[0].swaps(), Some(1));
    assert_eq!(found[0].own[1], Own::Undefined);
}
