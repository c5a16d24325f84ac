//! How the conflict may evolve from a state, usually the status quo.
//!
//! For every state: whether it can be reached by legal sequences of all parties, by how few moves,
//! through which states, and who has to take part.

use std::collections::HashMap;

use detente_model::PartyId;

use crate::coalition::coalition_improvements;
use crate::reach::{SequenceRule, Step, Tree, explore};
use crate::{Budget, Conflict, StateId, StateSet, Stop};

/// By which steps the conflict evolves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvolutionRule {
    /// Any move of any party.
    Moves,
    /// Unilateral improvements only.
    Improvements,
    /// Unilateral improvements, and joint improvements of these coalitions.
    ///
    /// A joint improvement is one step of the coalition to a state that all its members prefer and
    /// can reach together, whatever the states in between. It counts as a step of the coalition: the
    /// same coalition cannot take the next step, but a member may, and so may another coalition,
    /// even with members in common.
    Joint(Vec<Vec<PartyId>>),
}

/// One step of an evolution, by a party or by a coalition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// Who takes the step: one party, or the members of a coalition, ascending.
    pub movers: Vec<PartyId>,
    /// The state that is left.
    pub from: StateId,
    /// The state that is reached.
    pub to: StateId,
    /// The moves of the members that make up the step; a single one for a single party.
    pub moves: Vec<Step>,
}

/// What can be reached from a state, and how.
#[derive(Debug, Clone)]
pub struct Evolution {
    start: StateId,
    actors: Vec<Vec<PartyId>>,
    tree: Tree,
    firsts: Vec<Option<u32>>,
    joint_moves: HashMap<(usize, StateId, StateId), Vec<Step>>,
    /// For each party, what can be reached without it.
    without: Vec<StateSet>,
}

/// Follows the conflict from a state.
///
/// Parties that the conflict does not have are dropped from the coalitions named in the rule;
/// coalitions of fewer than two parties, and repeated ones, are dropped.
///
/// # Errors
///
/// Stops when the budget is cancelled.
pub fn evolve(
    conflict: &Conflict<'_>,
    start: StateId,
    rule: &EvolutionRule,
    budget: &Budget,
) -> Result<Evolution, Stop> {
    let graph = conflict.graph();
    let actors = match rule {
        EvolutionRule::Joint(coalitions) => actors(graph.parties(), coalitions),
        EvolutionRule::Moves | EvolutionRule::Improvements => actors(graph.parties(), &[]),
    };
    let mut joint = Joint {
        found: HashMap::new(),
    };
    let members = actors.clone();
    let mut steps = |actor: usize, from: StateId, into: &mut Vec<StateId>| match (
        members.get(actor).map(Vec::as_slice),
        rule,
    ) {
        (Some(&[party]), EvolutionRule::Moves) => {
            into.extend_from_slice(graph.moves(party).from(from));
        }
        (Some(&[party]), _) => into.extend(conflict.improvements(party, from)),
        (Some(members), _) => {
            into.extend_from_slice(joint.steps(conflict, actor, members, from));
        }
        (None, _) => {}
    };
    let mut evolution = follow(
        graph.states(),
        graph.parties(),
        actors,
        start,
        &mut steps,
        budget,
    )?;
    evolution.joint_moves = joint.moves(&evolution.tree);
    Ok(evolution)
}

/// Who takes steps: every party, then the coalitions of two or more parties that the conflict has,
/// each once, members ascending.
pub(crate) fn actors(parties: usize, coalitions: &[Vec<PartyId>]) -> Vec<Vec<PartyId>> {
    let singles = (0..parties as u16).map(PartyId);
    let mut actors: Vec<Vec<PartyId>> = singles.map(|p| vec![p]).collect();
    for members in coalitions {
        let mut members: Vec<PartyId> = members
            .iter()
            .copied()
            .filter(|p| p.index() < parties)
            .collect();
        members.sort_unstable();
        members.dedup();
        if members.len() >= 2 && !actors.contains(&members) {
            actors.push(members);
        }
    }
    actors
}

/// Follows from a state what the actors do by `steps`, which appends where an actor can go from a
/// state, ascending. The moves that make up joint steps are left out.
pub(crate) fn follow(
    states: usize,
    parties: usize,
    actors: Vec<Vec<PartyId>>,
    start: StateId,
    steps: &mut dyn FnMut(usize, StateId, &mut Vec<StateId>),
    budget: &Budget,
) -> Result<Evolution, Stop> {
    let legal = SequenceRule::Legal;
    let mut steps_until_cancelled = |actor: usize, from: StateId, into: &mut Vec<StateId>| {
        // A cancelled search runs dry at once.
        if !budget.is_cancelled() {
            steps(actor, from, into);
        }
    };
    let (tree, _) = explore(
        states,
        actors.len(),
        start,
        legal,
        &mut steps_until_cancelled,
        &mut |_| false,
    );
    let firsts = tree.firsts(states);
    let mut without = Vec::with_capacity(parties);
    for party in (0..parties as u16).map(PartyId) {
        budget.report("parties", u64::from(party.0), parties as u64);
        let mut steps_of_others = |actor: usize, from: StateId, into: &mut Vec<StateId>| {
            if actors
                .get(actor)
                .is_some_and(|members| !members.contains(&party))
            {
                steps_until_cancelled(actor, from, into);
            }
        };
        let (rest, _) = explore(
            states,
            actors.len(),
            start,
            legal,
            &mut steps_of_others,
            &mut |_| false,
        );
        let mut set = StateSet::empty(states);
        set.insert(start);
        for state in rest.reached() {
            set.insert(state);
        }
        without.push(set);
    }
    if budget.is_cancelled() {
        return Err(Stop::Cancelled);
    }
    Ok(Evolution {
        start,
        actors,
        tree,
        firsts,
        joint_moves: HashMap::new(),
        without,
    })
}

/// The joint improvements found so far, per coalition and state.
struct Joint {
    found: HashMap<(usize, StateId), Improvements>,
}

/// Targets, and the moves that lead to each.
type Improvements = (Vec<StateId>, Vec<Vec<Step>>);

impl Joint {
    fn steps(
        &mut self,
        conflict: &Conflict<'_>,
        actor: usize,
        members: &[PartyId],
        from: StateId,
    ) -> &[StateId] {
        let entry = self.found.entry((actor, from)).or_insert_with(|| {
            coalition_improvements(conflict, members, from)
                .into_iter()
                .map(|improvement| (improvement.to, improvement.steps))
                .unzip()
        });
        &entry.0
    }

    /// The moves that make up the joint steps of a tree.
    fn moves(mut self, tree: &Tree) -> HashMap<(usize, StateId, StateId), Vec<Step>> {
        let mut moves = HashMap::new();
        for (actor, from, to) in tree.steps() {
            let Some((targets, sequences)) = self.found.get_mut(&(actor, from)) else {
                continue;
            };
            if let Some(place) = targets.iter().position(|t| *t == to)
                && let Some(sequence) = sequences.get_mut(place)
            {
                moves.insert((actor, from, to), std::mem::take(sequence));
            }
        }
        moves
    }
}

impl Evolution {
    /// What was seen, nearest first.
    pub(crate) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The state where it starts.
    pub fn start(&self) -> StateId {
        self.start
    }

    /// The states that can be reached, the start among them.
    pub fn reachable(&self) -> StateSet {
        let mut set = StateSet::empty(self.firsts.len());
        set.insert(self.start);
        for state in self.tree.reached() {
            set.insert(state);
        }
        set
    }

    /// A shortest sequence of steps to a state, none for the start itself; `None` when the state
    /// cannot be reached. Among the shortest it is the first by mover, then state, step by step;
    /// single parties come before coalitions.
    pub fn legs_to(&self, state: StateId) -> Option<Vec<Leg>> {
        if state == self.start {
            return (state.index() < self.firsts.len()).then(Vec::new);
        }
        let node = (*self.firsts.get(state.index())?)? as usize;
        let leg = |(actor, from, to): (usize, StateId, StateId)| {
            let movers = self.actors.get(actor)?.clone();
            let moves = match movers.as_slice() {
                &[party] => vec![Step { party, from, to }],
                _ => self
                    .joint_moves
                    .get(&(actor, from, to))
                    .cloned()
                    .unwrap_or_default(),
            };
            Some(Leg {
                movers,
                from,
                to,
                moves,
            })
        };
        Some(self.tree.path(node).into_iter().filter_map(leg).collect())
    }

    /// How many steps a state is away, `None` when it cannot be reached.
    pub fn distance(&self, state: StateId) -> Option<usize> {
        if state == self.start {
            return (state.index() < self.firsts.len()).then_some(0);
        }
        let node = (*self.firsts.get(state.index())?)?;
        Some(self.tree.path(node as usize).len())
    }

    /// The parties without which a state cannot be reached in this way, neither by steps of theirs
    /// nor by steps of coalitions with them; `None` when it cannot be reached at all.
    pub fn must_move(&self, state: StateId) -> Option<Vec<PartyId>> {
        self.distance(state)?;
        let parties = (0..).map(PartyId).zip(&self.without);
        Some(
            parties
                .filter(|(_, without)| !without.contains(state))
                .map(|(p, _)| p)
                .collect(),
        )
    }
}
