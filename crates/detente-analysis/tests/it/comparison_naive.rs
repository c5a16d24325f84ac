//! States by what is on, equilibria and what is reached, by the definitions written down literally.

use std::collections::BTreeSet;

use detente_analysis::{Concept, Game, Settings, StateId};

use crate::literal::Literal;

/// What is on in a state, read off the levels one by one.
pub(crate) fn naive_mark(game: &Game<'_>, state: StateId) -> Vec<String> {
    let mut on = Vec::new();
    for (option, level) in game.space.on(state) {
        let choice = game.model.option(option);
        let party = &game.model.party(choice.owner).name;
        let mut text = format!("{party}.{}", choice.name);
        if !choice.levels.is_empty() {
            text = format!("{text} is {}", choice.levels[usize::from(level)]);
        }
        on.push(text);
    }
    on.sort();
    on
}

/// The equilibria by the definitions written down literally.
pub(crate) fn naive(game: &Game<'_>, concept: Concept) -> BTreeSet<Vec<String>> {
    let conflict = game.conflict();
    let literal = Literal {
        conflict: &conflict,
        settings: Settings::default(),
    };
    let stable = |s: &StateId| {
        game.graph
            .party_ids()
            .all(|p| literal.stable(concept, p, *s))
    };
    game.space
        .ids()
        .filter(stable)
        .map(|s| naive_mark(game, s))
        .collect()
}

/// From where improvements of single parties lead, step by step.
pub(crate) fn naive_reach(game: &Game<'_>, improving: bool) -> BTreeSet<StateId> {
    let mut reached: BTreeSet<StateId> = game.status_quo.into_iter().collect();
    loop {
        let mut more = reached.clone();
        for party in game.graph.party_ids() {
            let ranking = &game.rankings[party.index()];
            for from in &reached {
                let moves = game.graph.moves(party).from(*from).iter();
                more.extend(moves.filter(|to| !improving || ranking.prefers(**to, *from)));
            }
        }
        if more == reached {
            return reached;
        }
        reached = more;
    }
}
