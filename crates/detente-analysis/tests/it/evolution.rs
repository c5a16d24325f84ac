//! How a conflict evolves from the status quo.

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::coalition::coalition_improvements;
use detente_analysis::status_quo::{Evolution, EvolutionRule, evolve};
use detente_analysis::{Budget, Settings, StateId, StepRule};
use detente_model::PartyId;
use proptest::prelude::*;

use crate::generate::graphs;
use crate::literal::Literal;
use crate::model::Case;
use crate::published::{named, numbers};

/// The fewest steps to each state, over pairs of a state and the last actor, by brute force.
fn distances(
    case: &Case,
    start: StateId,
    rule: &EvolutionRule,
    left_out: Option<PartyId>,
) -> BTreeMap<StateId, usize> {
    let conflict = case.conflict();
    let literal = Literal {
        conflict: &conflict,
        settings: Settings::default(),
    };
    let mut actors: Vec<Vec<PartyId>> = case.parties().map(|p| vec![p]).collect();
    if let EvolutionRule::Joint(coalitions) = rule {
        actors.extend(coalitions.clone());
    }
    actors.retain(|a| !left_out.is_some_and(|p| a.contains(&p)));
    let steps = |actor: &[PartyId], from: StateId| -> BTreeSet<StateId> {
        match (actor, rule) {
            ([p], EvolutionRule::Moves) => literal.steps(*p, from, StepRule::Moves),
            ([p], _) => literal.steps(*p, from, StepRule::Improvements),
            _ => literal
                .reach(actor, from, StepRule::Moves)
                .into_iter()
                .filter(|t| {
                    actor
                        .iter()
                        .all(|p| literal.rank(*p, *t) > literal.rank(*p, from))
                })
                .collect(),
        }
    };
    let table: Vec<Vec<BTreeSet<StateId>>> = actors
        .iter()
        .map(|a| case.states().map(|s| steps(a, s)).collect())
        .collect();
    let mut distances = BTreeMap::from([(start, 0)]);
    let mut now: BTreeSet<(StateId, Option<usize>)> = BTreeSet::from([(start, None)]);
    for length in 1..=case.graph.states() * actors.len() {
        let mut next = BTreeSet::new();
        for (s, last) in now {
            for (a, steps) in table.iter().enumerate().filter(|(a, _)| Some(*a) != last) {
                next.extend(steps[s.index()].iter().map(|t| (*t, Some(a))));
            }
        }
        for (t, _) in &next {
            distances.entry(*t).or_insert(length);
        }
        now = next;
    }
    distances
}

fn check(case: &Case, rule: &EvolutionRule) {
    let conflict = case.conflict();
    for start in case.states() {
        let evolution = evolve(&conflict, start, rule, &Budget::default()).unwrap();
        let expected = distances(case, start, rule, None);
        let without: Vec<_> = case
            .parties()
            .map(|p| distances(case, start, rule, Some(p)))
            .collect();
        for s in case.states() {
            assert_eq!(evolution.distance(s), expected.get(&s).copied());
            assert_eq!(evolution.reachable().contains(s), expected.contains_key(&s));
            let Some(legs) = evolution.legs_to(s) else {
                assert_eq!(evolution.must_move(s), None);
                continue;
            };
            assert_eq!(Some(legs.len()), evolution.distance(s));
            let must: Vec<PartyId> = case
                .parties()
                .filter(|p| !without[p.index()].contains_key(&s))
                .collect();
            assert_eq!(evolution.must_move(s), Some(must.clone()));
            assert_eq!(legs.first().map_or(start, |l| l.from), start);
            assert_eq!(legs.last().map_or(start, |l| l.to), s);
            for p in must {
                assert!(legs.iter().any(|l| l.movers.contains(&p)));
            }
            for pair in legs.windows(2) {
                assert_eq!(pair[0].to, pair[1].from);
                assert_ne!(pair[0].movers, pair[1].movers);
            }
            for leg in legs {
                assert_eq!(
                    (leg.moves[0].from, leg.moves.last().unwrap().to),
                    (leg.from, leg.to)
                );
                if let [party] = leg.movers[..] {
                    assert_eq!(leg.moves.len(), 1);
                    assert_eq!(leg.moves[0].party, party);
                    assert!(case.graph.moves(party).from(leg.from).contains(&leg.to));
                    let better = conflict.improves(party, leg.from, leg.to);
                    assert!(better || *rule == EvolutionRule::Moves);
                } else {
                    let joint = coalition_improvements(&conflict, &leg.movers, leg.from);
                    let joint = joint.into_iter().find(|i| i.to == leg.to).unwrap();
                    assert_eq!(joint.steps, leg.moves);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn on_graphs(case in graphs()) {
        check(&case, &EvolutionRule::Moves);
        check(&case, &EvolutionRule::Improvements);
        let parties: Vec<PartyId> = case.parties().collect();
        let mut coalitions = Vec::new();
        if parties.len() >= 2 {
            coalitions.push(vec![parties[0], parties[1]]);
        }
        if parties.len() >= 3 {
            coalitions.push(parties.clone());
        }
        check(&case, &EvolutionRule::Joint(coalitions));
    }
}

fn of(case: &Case, start: u32, rule: &EvolutionRule) -> Evolution {
    evolve(&case.conflict(), StateId(start), rule, &Budget::default()).unwrap()
}

#[test]
fn elmira() {
    let row = named("elmira-9state");
    let case = row.build();
    let expected = row.status_quo.unwrap();
    let start = expected.start;

    let improvements = of(&case, start, &EvolutionRule::Improvements);
    let mut reached = numbers(&improvements.reachable());
    reached.retain(|s| *s != start);
    assert_eq!(reached, expected.by_improvements);

    let moves = of(&case, start, &EvolutionRule::Moves);
    for (steps, states) in (1..).zip(&expected.by_moves) {
        let found: Vec<u32> = case
            .states()
            .filter(|s| moves.distance(*s) == Some(steps))
            .map(|s| s.0)
            .collect();
        assert_eq!(&found, states);
    }
    assert_eq!(moves.reachable().len(), 9);

    // The actual outcome, state 8 of the publication, needs the ministry and the company together.
    let (ministry, company, local) = (PartyId(0), PartyId(1), PartyId(2));
    let rule = EvolutionRule::Joint(vec![vec![company, ministry]]);
    let joint = of(&case, start, &rule);
    assert_eq!(improvements.legs_to(StateId(7)), None);
    let legs = joint.legs_to(StateId(7)).unwrap();
    assert_eq!(legs.len(), 2);
    assert_eq!(
        (&legs[0].movers[..], legs[0].to),
        (&[local][..], StateId(4))
    );
    assert_eq!(
        (&legs[1].movers[..], legs[1].moves.len()),
        (&[ministry, company][..], 2)
    );
    assert_eq!(
        joint.must_move(StateId(7)),
        Some(vec![ministry, company, local])
    );
    assert_eq!(joint.must_move(StateId(start)), Some(vec![]));
}

#[test]
fn odd_inputs() {
    let case = named("chicken").build();
    let rule = EvolutionRule::Joint(vec![
        vec![],
        vec![PartyId(1)],
        vec![PartyId(0), PartyId(40)],
    ]);
    let evolution = of(&case, 0, &rule);
    let plain = of(&case, 0, &EvolutionRule::Improvements);
    assert_eq!(evolution.reachable(), plain.reachable());
    let nowhere = of(&case, 77, &EvolutionRule::Moves);
    assert!(nowhere.reachable().is_empty());
    assert_eq!(nowhere.start(), StateId(77));
    assert_eq!(nowhere.legs_to(StateId(77)), None);
    assert_eq!(nowhere.must_move(StateId(0)), None);
}
