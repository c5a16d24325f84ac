//! What is wrong with a candidate in which a wanted equilibrium cannot be reached.

use std::collections::{HashMap, HashSet, VecDeque};

use detente_model::PartyId;
use rustsat::types::Lit;

use super::optimizer::Term;
use super::question::{Reachable, Unsuited};
use super::search::{Candidate, Search};
use crate::coalition::coalitions;
use crate::{StateId, StepRule};

/// Joint steps that somebody has asked for: by coalition, from, to.
#[derive(Default)]
pub(super) struct Joint {
    steps: HashMap<(usize, StateId, StateId), Lit>,
}

impl Search<'_, '_> {
    /// Adds what is wrong when a state that is held to be a wanted equilibrium cannot be reached from
    /// the status quo in the way asked for; says whether anything is.
    pub(super) fn refuse_unreachable(
        &mut self,
        state: StateId,
        held: Lit,
        candidate: &Candidate,
    ) -> Result<bool, Unsuited> {
        let Some(start) = self.game.status_quo.filter(|start| *start != state) else {
            return Ok(false);
        };
        let steps = match self.question.reachable {
            None => return Ok(false),
            Some(Reachable::Joint) => return self.refuse_jointly(start, state, held, candidate),
            Some(Reachable::Moves) => StepRule::Moves,
            Some(Reachable::Improvements) => StepRule::Improvements,
        };
        let everybody: Vec<PartyId> = self.game.graph.party_ids().collect();
        let closure = self.closure(&everybody, steps, start, candidate);
        if closure.states().binary_search(&state).is_ok() {
            return Ok(false);
        }
        let mut clause = vec![Term::Lit(!held)];
        for step in closure.boundary {
            clause.push(self.takes(steps, step.party, step.from, step.to, step.guard)?);
        }
        self.optimizer.clause(&clause)?;
        Ok(true)
    }

    /// As [`Search::refuse_unreachable`], with joint improvements of coalitions.
    fn refuse_jointly(
        &mut self,
        start: StateId,
        state: StateId,
        held: Lit,
        candidate: &Candidate,
    ) -> Result<bool, Unsuited> {
        let parties = self.game.graph.parties();
        let mut actors: Vec<Vec<PartyId>> = self.game.graph.party_ids().map(|p| vec![p]).collect();
        actors.extend(coalitions(parties).coalitions);
        let mut known: HashSet<(StateId, usize)> = HashSet::new();
        let mut queue = VecDeque::from([(start, usize::MAX)]);
        let mut refused: Vec<(usize, StateId, StateId)> = Vec::new();
        while let Some((from, last)) = queue.pop_front() {
            for (actor, members) in actors.iter().enumerate().filter(|(a, _)| *a != last) {
                let could = self.could_reach(members, from);
                let does = self
                    .closure(members, StepRule::Moves, from, candidate)
                    .states();
                for to in could {
                    let gain = members.iter().all(|p| candidate.prefers(*p, to, from));
                    if gain && does.binary_search(&to).is_ok() {
                        if to == state {
                            return Ok(false);
                        }
                        if known.insert((to, actor)) {
                            queue.push_back((to, actor));
                        }
                    } else {
                        refused.push((actor, from, to));
                    }
                }
            }
        }
        refused.retain(|(actor, _, to)| !known.contains(&(*to, *actor)));
        refused.sort_unstable();
        refused.dedup();
        let mut clause = vec![Term::Lit(!held)];
        for (actor, from, to) in refused {
            let lit = self.joint_step(&actors[actor], actor, from, to, candidate)?;
            clause.push(lit);
        }
        self.optimizer.clause(&clause)?;
        Ok(true)
    }

    /// What a coalition could reach if every move that may come to exist did.
    fn could_reach(&self, members: &[PartyId], from: StateId) -> Vec<StateId> {
        let mut known: HashSet<(StateId, Option<PartyId>)> = HashSet::from([(from, None)]);
        let mut queue = VecDeque::from([(from, None)]);
        let mut states = Vec::new();
        while let Some((at, last)) = queue.pop_front() {
            for party in members.iter().copied().filter(|p| Some(*p) != last) {
                for edge in self.arena.edges(party, at) {
                    if known.insert((edge.to, Some(party))) {
                        queue.push_back((edge.to, Some(party)));
                        states.push(edge.to);
                    }
                }
            }
        }
        states.sort_unstable();
        states.dedup();
        states.retain(|s| *s != from);
        states
    }

    /// That a coalition takes a joint step: all members gain, and can reach it together.
    fn joint_step(
        &mut self,
        members: &[PartyId],
        actor: usize,
        from: StateId,
        to: StateId,
        candidate: &Candidate,
    ) -> Result<Term, Unsuited> {
        let known = self.joint.steps.get(&(actor, from, to)).copied();
        let lit = if let Some(lit) = known {
            lit
        } else {
            let lit = self.optimizer.fresh();
            for party in members {
                let gains = self.prefers(*party, to, from)?;
                self.optimizer.clause(&[Term::Lit(!lit), gains])?;
            }
            self.joint.steps.insert((actor, from, to), lit);
            lit
        };
        // Each time that it is missing for want of moves, say which.
        let closure = self.closure(members, StepRule::Moves, from, candidate);
        if closure.states().binary_search(&to).is_err() {
            let mut clause = vec![Term::Lit(!lit)];
            for step in closure.boundary {
                clause.push(self.guard(step.guard)?);
            }
            self.optimizer.clause(&clause)?;
        }
        Ok(Term::Lit(lit))
    }
}
