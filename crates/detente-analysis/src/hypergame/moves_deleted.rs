//! The rule of GMCR+: the true conflict, in which parties do not move where they do not see.

use super::Hypergame;
use crate::graph::{Graph, Moves};
use crate::inverse::Judgement;
use crate::revised::equilibria;
use crate::stability::ConceptError;
use crate::{Budget, Game, StateId, StateSet};

/// The page of the rule.
pub const PAGE: &str = include_str!("moves_deleted.md");

/// The equilibria of the true game after all moves of a party into or out of states that it does not see
/// are deleted. Beliefs about preferences play no part, and a state that a party does not see is stable
/// for it. States have the numbers of the true game.
///
/// # Errors
///
/// Says why a concept does not apply, or that the budget ended.
pub fn moves_deleted(
    hypergame: &Hypergame<'_>,
    judgement: &Judgement,
    budget: &Budget,
) -> Result<StateSet, ConceptError> {
    let truth = hypergame.truth();
    let moves = |party| {
        let game = hypergame.sights.seen_by(party);
        let sees = |s: StateId| hypergame.universe.inward(game, s).is_some();
        let list = |from: StateId| {
            let targets = truth.graph.moves(party).from(from).iter().copied();
            let seen = targets.filter(|to| sees(from) && sees(*to));
            seen.collect::<Vec<_>>()
        };
        Moves::from_lists(truth.space.ids().map(list))
    };
    let lists = truth.graph.party_ids().map(moves).collect();
    let mut game: Game<'_> = truth.clone();
    if let Some(graph) = Graph::new(truth.space.len(), lists) {
        game.graph = graph;
    }
    equilibria(&game, judgement, budget)
}
