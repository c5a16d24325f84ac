//! What parties can reach by legal sequences.

use detente_analysis::{Budget, Conflict, Reach, SequenceRule, Settings, StateId, StepRule};
use detente_model::PartyId;
use proptest::prelude::*;

use crate::generate::{graphs, option_forms};
use crate::literal::Literal;
use crate::model::Case;

const RULES: [StepRule; 3] = [
    StepRule::Moves,
    StepRule::Improvements,
    StepRule::BestImprovements,
];

fn subset(case: &Case, mask: u8) -> Vec<PartyId> {
    case.parties().filter(|p| mask >> p.0 & 1 == 1).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn sets_routes_and_least_values(
        case in graphs(),
        mask in 0..16u8,
        each_once in any::<bool>(),
        values in proptest::collection::vec(0..9u32, 6),
    ) {
        let conflict = case.conflict();
        let sequences = if each_once { SequenceRule::EachOnce } else { SequenceRule::Legal };
        let settings = Settings { sequences, ..Settings::default() };
        let literal = Literal { conflict: &conflict, settings };
        let movers = subset(&case, mask);
        for rule in RULES {
            let reach = Reach::new(&conflict, movers.iter().copied(), rule).with_sequences(sequences);
            let lowest = reach.lowest(&values, &Budget::default()).unwrap();
            for s in case.states() {
                let expected = literal.reach(&movers, s, rule);
                let found: Vec<StateId> = reach.reachable(s).iter().collect();
                prop_assert_eq!(&found, &expected.iter().copied().collect::<Vec<_>>());
                let least = expected.iter().map(|t| values[t.index()]).min();
                prop_assert_eq!(lowest[s.index()], least);
                let routes = reach.routes(s);
                prop_assert_eq!(routes.states().collect::<Vec<_>>(), found);
                for t in case.states() {
                    let direct = reach.shortest(s, |u| u == t);
                    prop_assert_eq!(&routes.to(t), &direct);
                    prop_assert_eq!(direct.is_some(), expected.contains(&t));
                    let Some(steps) = direct else { continue };
                    prop_assert_eq!(steps[0].from, s);
                    prop_assert_eq!(steps.last().unwrap().to, t);
                    for step in &steps {
                        prop_assert!(movers.contains(&step.party));
                        prop_assert!(literal.steps(step.party, step.from, rule).contains(&step.to));
                    }
                    for pair in steps.windows(2) {
                        prop_assert_eq!(pair[0].to, pair[1].from);
                        prop_assert_ne!(pair[0].party, pair[1].party);
                    }
                    if !each_once {
                        let layers = literal.layers(&movers, s, rule);
                        let first = layers.iter().position(|l| l.contains(&t)).unwrap();
                        prop_assert_eq!(first + 1, steps.len());
                    }
                }
            }
        }
    }

    /// Where every party's moves are transitive, whose turn it is does not matter, except that a
    /// party may need another to come back to where it began.
    #[test]
    fn transitive_moves_need_no_turns(case in option_forms(5)) {
        let transitive = case.parties().all(|p| case.graph.moves(p).is_transitive());
        prop_assume!(transitive);
        let conflict = case.conflict();
        for s in case.states() {
            let found = Reach::new(&conflict, case.parties(), StepRule::Moves).reachable(s);
            let mut plain = vec![s];
            let mut next = 0;
            while let Some(&at) = plain.get(next) {
                for p in case.parties() {
                    for &t in case.graph.moves(p).from(at) {
                        if !plain.contains(&t) {
                            plain.push(t);
                        }
                    }
                }
                next += 1;
            }
            for t in case.states().filter(|t| *t != s) {
                prop_assert_eq!(found.contains(t), plain.contains(&t));
            }
        }
    }
}

/// Party 0 moves 0 to 1 and 1 to 2; party 1 moves 1 to 3 and 3 to 1; everything is equally good.
fn ladder() -> Case {
    Case::by_graph(
        &[
            vec![vec![1], vec![2], vec![], vec![]],
            vec![vec![], vec![3], vec![], vec![1]],
        ],
        &[vec![0; 4], vec![0; 4]],
    )
}

#[test]
fn a_party_needs_another_to_move_again() {
    let case = ladder();
    let conflict: Conflict<'_> = case.conflict();
    let alone = Reach::new(&conflict, [PartyId(0)], StepRule::Moves);
    assert_eq!(
        alone.reachable(StateId(0)).iter().collect::<Vec<_>>(),
        [StateId(1)]
    );
    let both = Reach::new(&conflict, case.parties(), StepRule::Moves);
    // 0 to 1 by party 0, then 3 and back cannot be two steps of party 1 in a row.
    assert_eq!(both.shortest(StateId(0), |s| s == StateId(2)), None);
    assert_eq!(
        both.shortest(StateId(0), |s| s == StateId(3))
            .unwrap()
            .len(),
        2
    );
    // The start is reached only by coming back.
    assert_eq!(both.shortest(StateId(0), |s| s == StateId(0)), None);
}

#[test]
fn ties_go_to_the_lowest_party_and_state() {
    let case = Case::by_graph(
        &[
            vec![vec![1, 2], vec![], vec![], vec![]],
            vec![vec![1, 2], vec![3], vec![3], vec![]],
            vec![vec![1, 2], vec![3], vec![3], vec![]],
        ],
        &[vec![0; 4], vec![0; 4], vec![0; 4]],
    );
    let conflict = case.conflict();
    let reach = Reach::new(&conflict, [2, 1, 0].map(PartyId), StepRule::Moves);
    let steps = reach.shortest(StateId(0), |s| s == StateId(3)).unwrap();
    let moves: Vec<_> = steps
        .iter()
        .map(|s| (s.party.0, s.from.0, s.to.0))
        .collect();
    assert_eq!(moves, [(0, 0, 1), (1, 1, 3)]);
}

#[test]
fn strangers_are_left_out() {
    let case = ladder();
    let conflict = case.conflict();
    let reach = Reach::new(
        &conflict,
        [PartyId(7), PartyId(1), PartyId(1)],
        StepRule::Moves,
    );
    assert_eq!(reach.movers(), [PartyId(1)]);
    assert!(reach.reachable(StateId(99)).is_empty());
    assert_eq!(reach.shortest(StateId(99), |_| true), None);
}
