//! Which states a set of parties can reach, by which sequence of moves.
//!
//! A **legal sequence** is a sequence of moves in which no party moves twice in succession; a party
//! may move again after another has. Only the last mover decides who may move next, so the search
//! runs over pairs of a state and the last mover. A sequence may pass through the state where it
//! began. Whoever moved before the sequence began has no influence on it.

mod lowest;
mod search;

use crate::{Budget, Conflict, StateId, StateSet, Stop};
use detente_model::PartyId;

pub(crate) use lowest::{Lowest, LowestReachable, sets_of_movers};
pub(crate) use search::{Tree, explore};

/// One move of one party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// The party that moves.
    pub party: PartyId,
    /// The state that it leaves.
    pub from: StateId,
    /// The state that it moves to.
    pub to: StateId,
}

/// Which moves a party makes within a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum StepRule {
    /// Any of its moves.
    #[default]
    Moves,
    /// Its unilateral improvements, judged from the state that each step leaves.
    Improvements,
    /// Those of its improvements that it likes best, judged from the state that each step leaves.
    BestImprovements,
}

/// Which sequences of moves by several parties count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum SequenceRule {
    /// No party moves twice in succession; this is the rule of the graph model.
    #[default]
    Legal,
    /// Each party moves once at most, in any order, as GMCR+ has it.
    EachOnce,
}

/// What some parties can reach together, under one rule for steps and one for sequences.
#[derive(Clone)]
pub struct Reach<'a> {
    conflict: &'a Conflict<'a>,
    movers: Vec<PartyId>,
    steps: StepRule,
    sequences: SequenceRule,
}

impl<'a> Reach<'a> {
    /// What the parties `movers` can reach by steps of the given kind in legal sequences. Parties
    /// that the conflict does not have are left out.
    pub fn new(
        conflict: &'a Conflict<'a>,
        movers: impl IntoIterator<Item = PartyId>,
        steps: StepRule,
    ) -> Self {
        let mut movers: Vec<PartyId> = movers
            .into_iter()
            .filter(|p| p.index() < conflict.graph().parties())
            .collect();
        movers.sort_unstable();
        movers.dedup();
        Self {
            conflict,
            movers,
            steps,
            sequences: SequenceRule::Legal,
        }
    }

    /// What everybody but `party` can reach.
    pub fn opponents(conflict: &'a Conflict<'a>, party: PartyId, steps: StepRule) -> Self {
        Self::new(
            conflict,
            conflict.graph().party_ids().filter(|p| *p != party),
            steps,
        )
    }

    /// Takes another rule for sequences.
    #[must_use]
    pub fn with_sequences(mut self, sequences: SequenceRule) -> Self {
        self.sequences = sequences;
        self
    }

    /// The parties that move, ascending.
    pub fn movers(&self) -> &[PartyId] {
        &self.movers
    }

    /// The rule for sequences.
    pub fn sequences(&self) -> SequenceRule {
        self.sequences
    }

    /// The conflict.
    pub(crate) fn conflict(&self) -> &'a Conflict<'a> {
        self.conflict
    }

    /// Appends the targets of the steps of one mover from a state, ascending.
    pub(crate) fn steps_of(&self, mover: PartyId, from: StateId, into: &mut Vec<StateId>) {
        match self.steps {
            StepRule::Moves => {
                into.extend_from_slice(self.conflict.graph().moves(mover).from(from));
            }
            StepRule::Improvements => into.extend(self.conflict.improvements(mover, from)),
            StepRule::BestImprovements => {
                let ranking = self.conflict.ranking(mover);
                let best = self
                    .conflict
                    .improvements(mover, from)
                    .map(|t| ranking.rank(t))
                    .max();
                into.extend(
                    self.conflict
                        .improvements(mover, from)
                        .filter(|t| Some(ranking.rank(*t)) == best),
                );
            }
        }
    }

    /// A shortest sequence of one or more steps from a state to one that satisfies `goal`; `None`
    /// when there is none.
    ///
    /// Among the shortest sequences it is the one whose first step has the lowest party, then the
    /// lowest state, and so on step by step.
    pub fn shortest(
        &self,
        from: StateId,
        mut goal: impl FnMut(StateId) -> bool,
    ) -> Option<Vec<Step>> {
        let (tree, found) = self.explore(from, &mut goal);
        found.map(|node| self.steps_to(&tree, node))
    }

    /// The states that can be reached from a state by one or more steps. The state itself is among
    /// them only when a sequence returns to it.
    pub fn reachable(&self, from: StateId) -> StateSet {
        let mut set = StateSet::empty(self.conflict.graph().states());
        for state in self.explore(from, &mut |_| false).0.reached() {
            set.insert(state);
        }
        set
    }

    /// A shortest sequence to every state that can be reached from a state.
    pub fn routes(&self, from: StateId) -> Routes {
        let tree = self.explore(from, &mut |_| false).0;
        let firsts = tree.firsts(self.conflict.graph().states());
        Routes {
            movers: self.movers.clone(),
            tree,
            firsts,
        }
    }

    /// For every state, the least of `values` (one per state) over everything that can be reached
    /// from it by one or more steps; `None` where nothing can be reached.
    ///
    /// One pass over the strongly connected components of the pairs of a state and a last mover.
    ///
    /// # Errors
    ///
    /// Stops when the budget is cancelled or too small for the search.
    pub fn lowest(&self, values: &[u32], budget: &Budget) -> Result<Vec<Option<u32>>, Stop> {
        let lowest = LowestReachable::new(self, budget)?.of(values, budget)?;
        Ok(lowest.iter().map(Lowest::value).collect())
    }

    /// Whether the search under the rule that each party moves once fits the budget; the search
    /// under the usual rule always does.
    pub(crate) fn fits(&self, budget: &Budget) -> Result<(), Stop> {
        match self.sequences {
            SequenceRule::Legal => Ok(()),
            SequenceRule::EachOnce => {
                let graph = self.conflict.graph();
                let movers = self
                    .movers
                    .iter()
                    .filter(|p| !graph.moves(**p).is_empty())
                    .count();
                lowest::sets_of_movers(movers, graph.states(), budget).map(|_| ())
            }
        }
    }

    fn explore(
        &self,
        from: StateId,
        goal: &mut dyn FnMut(StateId) -> bool,
    ) -> (Tree, Option<usize>) {
        explore(
            self.conflict.graph().states(),
            self.movers.len(),
            from,
            self.sequences,
            &mut |mover, state, into| {
                if let Some(&party) = self.movers.get(mover) {
                    self.steps_of(party, state, into);
                }
            },
            goal,
        )
    }

    fn steps_to(&self, tree: &Tree, node: usize) -> Vec<Step> {
        steps_to(&self.movers, tree, node)
    }
}

fn steps_to(movers: &[PartyId], tree: &Tree, node: usize) -> Vec<Step> {
    tree.path(node)
        .into_iter()
        .filter_map(|(mover, from, to)| movers.get(mover).map(|&party| Step { party, from, to }))
        .collect()
}

/// Shortest sequences from one state to every state that can be reached from it.
#[derive(Debug, Clone)]
pub struct Routes {
    movers: Vec<PartyId>,
    tree: Tree,
    firsts: Vec<Option<u32>>,
}

impl Routes {
    /// A shortest sequence of one or more steps to a state, `None` when it cannot be reached.
    pub fn to(&self, state: StateId) -> Option<Vec<Step>> {
        let node = (*self.firsts.get(state.index())?)?;
        Some(steps_to(&self.movers, &self.tree, node as usize))
    }

    /// The states that can be reached, ascending.
    pub fn states(&self) -> impl Iterator<Item = StateId> + '_ {
        (0..)
            .map(StateId)
            .zip(&self.firsts)
            .filter_map(|(s, first)| first.map(|_| s))
    }
}
