//! What is wrong with a candidate in which a wanted state is not stable, or an unwanted one is.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};

use detente_model::PartyId;
use rustsat::types::Lit;

use super::arena::{Edge, Guard};
use super::optimizer::Term;
use super::question::Unsuited;
use super::search::{Candidate, Search, Undoing};
use crate::StateId;
use crate::stability::{Rule, rule};

/// A state with the party that moved last, if any has.
type Node = (StateId, Option<PartyId>);

/// One step of a sequence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    pub(super) party: PartyId,
    pub(super) from: StateId,
    pub(super) to: StateId,
    pub(super) guard: Guard,
}

/// What some parties reach in a candidate, and the steps that would lead them further.
pub(super) struct Closure {
    /// The nodes reached, the start first, each with the step that led there and the node before.
    nodes: Vec<(Node, Option<(Taken, usize)>)>,
    /// Steps out of it that they do not take.
    pub(super) boundary: Vec<Taken>,
}

impl Closure {
    /// The states reached by one or more steps, ascending.
    pub(super) fn states(&self) -> Vec<StateId> {
        let mut states: Vec<StateId> = self.nodes.iter().skip(1).map(|((s, _), _)| *s).collect();
        states.sort_unstable();
        states.dedup();
        states
    }

    /// A shortest sequence of one or more steps to a state.
    fn route(&self, to: StateId) -> Option<Vec<Taken>> {
        let mut at = 1 + self.nodes.iter().skip(1).position(|((s, _), _)| *s == to)?;
        let mut steps = Vec::new();
        while let Some((step, before)) = self.nodes[at].1 {
            steps.push(step);
            at = before;
        }
        steps.reverse();
        Some(steps)
    }
}

impl Search<'_, '_> {
    /// What parties reach from a state in a candidate by legal sequences.
    pub(super) fn closure(
        &self,
        movers: &[PartyId],
        steps: crate::StepRule,
        start: StateId,
        candidate: &Candidate,
    ) -> Closure {
        let first: Node = (start, None);
        let mut known: HashMap<Node, usize> = HashMap::from([(first, 0)]);
        let mut nodes = vec![(first, None)];
        let mut refused = Vec::new();
        let mut queue = VecDeque::from([0]);
        while let Some(at) = queue.pop_front() {
            let ((from, last), _) = nodes[at];
            for party in movers.iter().copied().filter(|p| Some(*p) != last) {
                for Edge { to, guard } in self.arena.edges(party, from) {
                    let step = Taken {
                        party,
                        from,
                        to: *to,
                        guard: *guard,
                    };
                    if !self.took(steps, party, from, *to, *guard, candidate) {
                        refused.push(step);
                        continue;
                    }
                    let node = (*to, Some(party));
                    if let Entry::Vacant(unknown) = known.entry(node) {
                        unknown.insert(nodes.len());
                        queue.push_back(nodes.len());
                        nodes.push((node, Some((step, at))));
                    }
                }
            }
        }
        refused.retain(|step| !known.contains_key(&(step.to, Some(step.party))));
        refused.sort_unstable_by_key(|s| (s.party, s.from, s.to, s.guard));
        refused.dedup_by_key(|s| (s.party, s.from, s.to, s.guard));
        Closure {
            nodes,
            boundary: refused,
        }
    }

    fn others(&self, party: PartyId) -> Vec<PartyId> {
        let all = self.game.graph.party_ids();
        all.filter(|p| *p != party).collect()
    }

    /// Adds what is wrong when `state` is held to be an equilibrium, as `held` says, and is none in
    /// the candidate; says whether anything is.
    pub(super) fn refuse_unstable(
        &mut self,
        state: StateId,
        held: Lit,
        candidate: &Candidate,
    ) -> Result<bool, Unsuited> {
        let mut wrong = false;
        for judgement in 0..self.question.judgements.len() {
            for party in self.game.graph.party_ids() {
                let rule = rule(self.concept(judgement, party));
                for edge in self.arena.edges(party, state).to_vec() {
                    let leaves = self.open(edge.guard, candidate)
                        && candidate.prefers(party, edge.to, state);
                    if leaves {
                        wrong |= self.refuse_open(party, state, edge, rule, held, candidate)?;
                    }
                }
            }
        }
        Ok(wrong)
    }

    /// Adds what is wrong when nothing stops an improvement.
    fn refuse_open(
        &mut self,
        party: PartyId,
        state: StateId,
        edge: Edge,
        rule: Option<Rule>,
        held: Lit,
        candidate: &Candidate,
    ) -> Result<bool, Unsuited> {
        let improvement = crate::StepRule::Improvements;
        let leaves = self.takes(improvement, party, state, edge.to, edge.guard)?;
        let mut clause = vec![Term::Lit(!held), leaves.negated()];
        if let Some(rule) = rule {
            let others = self.others(party);
            let closure = self.closure(&others, rule.steps, edge.to, candidate);
            let ends = closure.states();
            if ends
                .iter()
                .any(|end| self.sanctioned(party, rule.escapes, state, *end, candidate))
            {
                return Ok(false);
            }
            for end in ends {
                clause.push(self.sanctions(party, rule.escapes, state, end)?);
            }
            for step in closure.boundary {
                clause.push(self.takes(rule.steps, step.party, step.from, step.to, step.guard)?);
            }
        }
        self.optimizer.clause(&clause)?;
        Ok(true)
    }

    /// Adds what is wrong when an unwanted state is an equilibrium of the candidate; says whether one
    /// is.
    pub(super) fn refuse_unwanted(
        &mut self,
        want: usize,
        candidate: &Candidate,
    ) -> Result<bool, Unsuited> {
        let mut wrong = false;
        let states: Vec<StateId> = self.wants[want].states.iter().map(|(s, _)| *s).collect();
        for judgement in 0..self.question.judgements.len() {
            for state in &states {
                let possible = self.arena.barred(*state);
                if possible.iter().any(|c| candidate.chosen[*c])
                    || !self.is_equilibrium(judgement, *state, candidate)
                {
                    continue;
                }
                wrong = true;
                if self.wants[want].undone.contains_key(&(judgement, *state)) {
                    self.refuse_undoings(want, judgement, *state, candidate)?;
                } else {
                    self.open_undoings(want, judgement, *state)?;
                }
            }
        }
        Ok(wrong)
    }

    /// Says that some improvement undoes an unwanted state.
    fn open_undoings(
        &mut self,
        want: usize,
        judgement: usize,
        state: StateId,
    ) -> Result<(), Unsuited> {
        let improvement = crate::StepRule::Improvements;
        let mut any = vec![Term::Lit(!self.wants[want].fact)];
        for candidate in self.arena.barred(state) {
            any.push(Term::Lit(self.chosen[*candidate]));
        }
        let mut undoings = Vec::new();
        for party in self.game.graph.party_ids() {
            for edge in self.arena.edges(party, state).to_vec() {
                let leaves = self.takes(improvement, party, state, edge.to, edge.guard)?;
                if leaves == Term::Known(false) {
                    continue;
                }
                let lit = self.optimizer.fresh();
                self.optimizer.clause(&[Term::Lit(!lit), leaves])?;
                any.push(Term::Lit(lit));
                undoings.push(Undoing {
                    party,
                    to: edge.to,
                    lit,
                });
            }
        }
        self.optimizer.clause(&any)?;
        self.wants[want].undone.insert((judgement, state), undoings);
        Ok(())
    }

    /// Says what stops the improvements that are held to undo an unwanted state.
    fn refuse_undoings(
        &mut self,
        want: usize,
        judgement: usize,
        state: StateId,
        candidate: &Candidate,
    ) -> Result<(), Unsuited> {
        let claimed: Vec<(PartyId, StateId, Lit)> = self.wants[want].undone[&(judgement, state)]
            .iter()
            .filter(|u| self.optimizer.holds(u.lit))
            .map(|u| (u.party, u.to, u.lit))
            .collect();
        for (party, to, lit) in claimed {
            let Some(rule) = rule(self.concept(judgement, party)) else {
                continue;
            };
            let others = self.others(party);
            let closure = self.closure(&others, rule.steps, to, candidate);
            let end = closure
                .states()
                .into_iter()
                .find(|end| self.sanctioned(party, rule.escapes, state, *end, candidate));
            let Some((end, route)) = end.and_then(|end| Some((end, closure.route(end)?))) else {
                continue;
            };
            let mut clause = vec![Term::Lit(!lit)];
            for step in route {
                let takes = self.takes(rule.steps, step.party, step.from, step.to, step.guard)?;
                clause.push(takes.negated());
            }
            clause.push(self.sanctions(party, rule.escapes, state, end)?.negated());
            self.optimizer.clause(&clause)?;
        }
        Ok(())
    }

    /// Whether a state is an equilibrium of a candidate.
    fn is_equilibrium(&self, judgement: usize, state: StateId, candidate: &Candidate) -> bool {
        self.game.graph.party_ids().all(|party| {
            let rule = rule(self.concept(judgement, party));
            self.arena.edges(party, state).iter().all(|edge| {
                if !self.open(edge.guard, candidate) || !candidate.prefers(party, edge.to, state) {
                    return true;
                }
                let Some(rule) = rule else { return false };
                let others = self.others(party);
                let closure = self.closure(&others, rule.steps, edge.to, candidate);
                let mut ends = closure.states().into_iter();
                ends.any(|end| self.sanctioned(party, rule.escapes, state, end, candidate))
            })
        })
    }
}
