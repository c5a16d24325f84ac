//! A game after changes, told in the numbers of the game before them.
//!
//! A change of rules can take states away, and the states that are left are numbered anew. Who
//! compares before and after wants one numbering: here states keep the numbers that they had.

use detente_model::Model;
use detente_model::syntax::Diagnostic;

use crate::concept::{Concept, Settings};
use crate::graph::{Graph, Moves, Ranking, StateId};
use crate::inverse::Judgement;
use crate::stability::{ConceptError, analyze};
use crate::{Budget, Game, Outcome, StateSet, mixed_equilibria};

/// A game after changes, in which states have the numbers that they had before.
pub struct Revised<'m> {
    /// The states, names and classes of the game before, with the moves and rankings of the game
    /// after. States that are no longer feasible have no moves to or from them.
    pub game: Game<'m>,
    /// The states that are feasible after the changes.
    pub feasible: StateSet,
}

impl<'m> Revised<'m> {
    /// Builds the game of a changed model and maps it to the states of the game before the changes,
    /// by their numbers in the option form or their places in the graph form. The changed model has
    /// the parties, options and named states of the one before; states that only it has are left out.
    ///
    /// # Errors
    ///
    /// Reports what is wrong with the changed model: its status quo may be excluded, or the budget
    /// too small.
    pub fn new(
        before: &Game<'m>,
        changed: &Model,
        budget: &Budget,
    ) -> Result<Self, Vec<Diagnostic>> {
        let after = Game::new(changed, budget)?;
        let mut game = before.clone();
        let old = |s: StateId| before.space.find(after.space.value(s));
        let kept = |s: StateId| after.space.find(before.space.value(s));
        let moves = |p| {
            let list = |s| {
                let from = kept(s).map_or(&[][..], |s| after.graph.moves(p).from(s));
                from.iter().filter_map(|t| old(*t)).collect::<Vec<_>>()
            };
            Moves::from_lists(before.space.ids().map(list))
        };
        let lists: Vec<Moves> = before.graph.party_ids().map(moves).collect();
        let ranking = |ranking: &Ranking| {
            let rank = |s| kept(s).map_or(0, |s| ranking.rank(s));
            Ranking::from_values(&before.space.ids().map(rank).collect::<Vec<_>>())
        };
        let rankings = after.rankings.iter().map(ranking).collect();
        if let Some(graph) = Graph::new(before.space.len(), lists) {
            game.graph = graph;
        }
        game.rankings = rankings;
        let mut feasible = StateSet::empty(before.space.len());
        for state in before.space.ids().filter(|s| kept(*s).is_some()) {
            feasible.insert(state);
        }
        Ok(Self { game, feasible })
    }

    /// The feasible states that are equilibria when each party judges by the concept of the
    /// judgement.
    ///
    /// # Errors
    ///
    /// Says why a concept does not apply, or that the budget ended.
    pub fn equilibria(
        &self,
        judgement: &Judgement,
        budget: &Budget,
    ) -> Result<StateSet, ConceptError> {
        let mut found = equilibria(&self.game, judgement, budget)?;
        found.intersect(&self.feasible);
        Ok(found)
    }
}

/// The states of a game that are equilibria when each party judges by the concept of the judgement.
///
/// # Errors
///
/// Says why a concept does not apply, or that the budget ended.
pub fn equilibria(
    game: &Game<'_>,
    judgement: &Judgement,
    budget: &Budget,
) -> Result<StateSet, ConceptError> {
    let mut concepts: Vec<Concept> = judgement.clone();
    concepts.dedup();
    let found = match analyze(&game.conflict(), &concepts, &Settings::default(), budget) {
        Outcome::Complete(found) => found,
        Outcome::Stopped(_, stop) => return Err(stop.into()),
    };
    if let Some(refused) = found.refused.into_iter().next() {
        return Err(refused.reason);
    }
    // Without parties there is nothing to judge by, and every state holds.
    Ok(mixed_equilibria(&found.tables, judgement)
        .unwrap_or_else(|| StateSet::all(game.space.len())))
}
