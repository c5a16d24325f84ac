//! Random conflicts.

use std::ops::RangeInclusive;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::model::{Case, Direction, Literal, Options};

/// A digraph per party, rankings with ties.
pub(crate) fn graphs() -> impl Strategy<Value = Case> {
    graphs_of(1..=4, 1..=6)
}

/// As [`graphs`], with so many parties and states.
pub(crate) fn graphs_of(
    parties: RangeInclusive<usize>,
    states: RangeInclusive<usize>,
) -> impl Strategy<Value = Case> {
    (parties, states, 1..=5u8, 1..=6u8).prop_flat_map(|(parties, states, density, levels)| {
        let arcs = vec(vec(vec(0..10u8, states), states), parties);
        let values = vec(vec(0..levels, states), parties);
        (arcs, values).prop_map(move |(arcs, values)| {
            let moves = drawn(&arcs, density);
            Case::by_graph(&moves, &values)
        })
    })
}

/// For each party and state, the states whose draw is below the density.
fn drawn(arcs: &[Vec<Vec<u8>>], density: u8) -> Vec<Vec<Vec<u32>>> {
    let targets = |row: &Vec<u8>| -> Vec<u32> {
        (0u32..)
            .zip(row)
            .filter(|(_, x)| **x < density)
            .map(|(t, _)| t)
            .collect()
    };
    arcs.iter()
        .map(|rows| rows.iter().map(targets).collect())
        .collect()
}

fn direction() -> impl Strategy<Value = Direction> {
    prop_oneof![
        3 => Just(Direction::Both),
        1 => Just(Direction::On),
        1 => Just(Direction::Off)
    ]
}

/// Options with directions, infeasible patterns and forced consequences.
pub(crate) fn option_forms(max_options: usize) -> impl Strategy<Value = Case> {
    (2..=5usize, 1..=max_options).prop_flat_map(|(parties, n)| {
        let literal = (0..n, any::<bool>());
        (
            vec((0..parties, direction()), n),
            vec(vec(literal.clone(), 1..=3), 0..=3),
            vec((literal.clone(), literal), 0..=2),
            vec(vec(0..(1u8 << n.min(4)), 1 << n), parties),
        )
            .prop_filter_map(
                "no feasible state",
                move |(options, never, forced, values)| {
                    let feasible = |s: u32| {
                        !never.iter().any(|pattern: &Vec<Literal>| {
                            pattern.iter().all(|(k, v)| (s >> k & 1 == 1) == *v)
                        })
                    };
                    let model = Options::new(parties, options, feasible, forced);
                    let values: Vec<Vec<u8>> = values
                        .iter()
                        .map(|v| model.states.iter().map(|s| v[*s as usize]).collect())
                        .collect();
                    (!model.states.is_empty()).then(|| Case::by_options(model, &values))
                },
            )
    })
}

/// Two parties, strict rankings, any graph.
pub(crate) fn duels() -> impl Strategy<Value = Case> {
    (1..=7usize, 1..=6u8).prop_flat_map(|(states, density)| {
        let arcs = vec(vec(vec(0..10u8, states), states), 2);
        let order = || Just((0..states).collect::<Vec<_>>()).prop_shuffle();
        (arcs, order(), order()).prop_map(move |(arcs, a, b)| {
            let moves = drawn(&arcs, density);
            Case::by_graph(&moves, &[a, b])
        })
    })
}
