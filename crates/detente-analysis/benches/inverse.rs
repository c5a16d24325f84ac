//! Inverse questions: by ranks and by statements, on models of some size.
#![expect(
    clippy::panic,
    reason = "a benchmark may fail loudly, and is no library"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use detente_analysis::inverse::{
    Permitted, PreferenceChange, Prices, Question, StatementChanges, Want, solve,
};
use detente_analysis::{Budget, Concept, Game, StateId};

#[expect(dead_code, reason = "shared with other benchmarks")]
mod common;
use common::{Recipe, Wants, even, model};

fn question(
    game: &Game<'_>,
    target: StateId,
    concept: Concept,
    change: &PreferenceChange,
) -> Question {
    let parties = game.graph.parties();
    Question {
        wants: vec![Want::Some(vec![target])],
        judgements: vec![vec![concept; parties]],
        reachable: None,
        permitted: Permitted {
            preferences: vec![change.clone(); parties],
            structure: Vec::new(),
        },
        most_plans: 10,
        up_to: None,
    }
}

fn ranks() -> PreferenceChange {
    PreferenceChange::Ranks(Prices::default())
}

fn statements() -> PreferenceChange {
    PreferenceChange::Statements(
        Prices::default(),
        StatementChanges {
            drop: true,
            reverse: true,
            pass: true,
            insert: Vec::new(),
        },
    )
}

/// What is measured: options, parties, rules, statements (none: one per option), and by what.
const CASES: [(&str, u32, u32, usize, Wants, bool); 4] = [
    ("64 states, 4 parties, ranks", 6, 4, 0, Wants::Single, true),
    (
        "64 states, 4 parties, statements",
        6,
        4,
        0,
        Wants::Random(8),
        false,
    ),
    ("256 states, 4 parties, ranks", 8, 4, 0, Wants::Single, true),
    (
        "1024 states, 4 parties, 30 statements",
        10,
        4,
        0,
        Wants::Random(8),
        false,
    ),
];

fn inverse(c: &mut Criterion) {
    for (name, options, parties, never, wants, by_ranks) in CASES {
        let recipe = Recipe {
            widths: even(options, parties),
            wants,
            never,
            one_way: 0,
            seed: 7,
        };
        let model = model(&recipe);
        let Ok(game) = Game::new(&model, &Budget::default()) else {
            continue;
        };
        let change = if by_ranks { ranks() } else { statements() };
        for concept in [Concept::Nash, Concept::Seq] {
            // The state that is worst for the first party: nothing short of its own preferences helps.
            let ranking = &game.rankings[0];
            let Some(target) = game.space.ids().min_by_key(|s| ranking.rank(*s)) else {
                continue;
            };
            let question = question(&game, target, concept, &change);
            let mut budget = Budget::default();
            // As the commands have it; what takes longer ends with a bound.
            budget.max_work = 300_000;
            let run = || solve(&game, &question, &budget);
            c.bench_function(&format!("{name}, {concept:?}"), |b| {
                b.iter(|| black_box(run()));
            });
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = inverse
}
criterion_main!(benches);
