//! Joint improvements.

use std::collections::BTreeSet;

use detente_analysis::coalition::{
    ALL_COALITIONS_UP_TO, coalition_improvements, coalitions, joint_improvements, reachable,
};
use detente_analysis::{Budget, Concept, Settings, StateId, StepRule};
use detente_model::PartyId;
use proptest::prelude::*;

use crate::generate::{graphs, option_forms};
use crate::literal::Literal;
use crate::model::Case;
use crate::properties::run;
use crate::published::named;

fn check(case: &Case) {
    let conflict = case.conflict();
    let literal = Literal {
        conflict: &conflict,
        settings: Settings::default(),
    };
    let table = &run(case, &[Concept::Seq], &Settings::default()).tables[0];
    for s in case.states() {
        let joint = joint_improvements(&conflict, s, Some(table), &Budget::default()).unwrap();
        assert!(joint.all);
        let mut found = joint.coalitions.iter();
        for members in coalitions(case.graph.parties()).coalitions {
            let reached = literal.reach(&members, s, StepRule::Moves);
            assert_eq!(
                reachable(&conflict, &members, s)
                    .iter()
                    .collect::<BTreeSet<_>>(),
                reached
            );
            let expected: Vec<StateId> = reached
                .into_iter()
                .filter(|t| {
                    members
                        .iter()
                        .all(|p| literal.rank(*p, *t) > literal.rank(*p, s))
                })
                .collect();
            let improvements = coalition_improvements(&conflict, &members, s);
            assert_eq!(
                improvements.iter().map(|i| i.to).collect::<Vec<_>>(),
                expected
            );
            for i in &improvements {
                assert_eq!((i.steps[0].from, i.steps.last().unwrap().to), (s, i.to));
                for step in &i.steps {
                    assert!(members.contains(&step.party));
                    assert!(
                        case.graph
                            .moves(step.party)
                            .from(step.from)
                            .contains(&step.to)
                    );
                }
                for pair in i.steps.windows(2) {
                    assert_eq!(pair[0].to, pair[1].from);
                    assert_ne!(pair[0].party, pair[1].party);
                }
            }
            if improvements.is_empty() {
                continue;
            }
            let finding = found.next().unwrap();
            assert_eq!(finding.members, members);
            for (rated, improvement) in finding.improvements.iter().zip(improvements) {
                let to = improvement.to;
                assert_eq!(rated.improvement, improvement);
                let all = case.parties().all(|p| literal.stable(Concept::Seq, p, to));
                assert_eq!(rated.equilibrium, Some(all));
                let beaten = expected.iter().any(|u| {
                    members
                        .iter()
                        .all(|p| literal.rank(*p, *u) >= literal.rank(*p, to))
                        && members
                            .iter()
                            .any(|p| literal.rank(*p, *u) > literal.rank(*p, to))
                });
                assert_eq!(rated.best, !beaten);
            }
        }
        assert_eq!(found.next(), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn on_graphs(case in graphs()) {
        check(&case);
    }

    #[test]
    fn on_option_forms(case in option_forms(4)) {
        check(&case);
    }
}

#[test]
fn elmira() {
    let row = named("elmira-9state");
    let case = row.build();
    let conflict = case.conflict();
    assert_eq!(row.coalition_improvements.len(), 4);
    for coalition in &row.coalition_improvements {
        let members: Vec<PartyId> = coalition.members.iter().copied().map(PartyId).collect();
        for s in case.states() {
            let expected = coalition.from.iter().find(|(from, _)| *from == s.0);
            let expected = expected.map_or(&[][..], |(_, to)| to);
            let found: Vec<u32> = coalition_improvements(&conflict, &members, s)
                .iter()
                .map(|i| i.to.0)
                .collect();
            assert_eq!(found, expected, "{members:?} from {}", s.0);
        }
    }
}

#[test]
fn which_coalitions() {
    let three = coalitions(3);
    let numbers: Vec<Vec<u16>> = three
        .coalitions
        .iter()
        .map(|c| c.iter().map(|p| p.0).collect())
        .collect();
    assert_eq!(numbers, [vec![0, 1], vec![0, 2], vec![1, 2], vec![0, 1, 2]]);
    assert!(three.all);
    assert!(coalitions(0).coalitions.is_empty() && coalitions(1).coalitions.is_empty());
    assert_eq!(
        coalitions(ALL_COALITIONS_UP_TO).coalitions.len(),
        (1 << 10) - 11
    );
    let many = coalitions(12);
    assert!(!many.all);
    assert_eq!(many.coalitions.len(), 66 + 1);
    assert_eq!(many.coalitions[66].len(), 12);
}

#[test]
fn strangers_do_not_count() {
    let case = named("chicken").build();
    let conflict = case.conflict();
    assert_eq!(
        coalition_improvements(&conflict, &[PartyId(9)], StateId(0)),
        []
    );
    assert_eq!(
        coalition_improvements(&conflict, &[PartyId(0)], StateId(99)),
        []
    );
}
