//! Who can step from where to where, in each way.

use std::borrow::Cow;

use detente_model::PartyId;

use super::Way;
use crate::graph::Moves;
use crate::status_quo::actors;
use crate::{Budget, Conflict, StateId, Stop};

/// After how many states or moves to look whether the user asked to stop.
const CHECK_EVERY: u64 = 1 << 16;

/// From this many states on, the work of a coalition is foretold from a few of them.
const FORETOLD_FROM: usize = 1 << 12;

/// From how many states it is foretold.
const PROBES: usize = 8;

/// The steps of every actor from every state.
pub(super) struct Steps<'a> {
    /// The way that they belong to.
    pub(super) way: Way,
    /// Who takes them: the parties, then the coalitions.
    pub(super) actors: Vec<Vec<PartyId>>,
    states: usize,
    by_actor: Vec<Cow<'a, Moves>>,
}

impl<'a> Steps<'a> {
    /// All moves.
    pub(super) fn moves(conflict: &Conflict<'a>) -> Self {
        let graph = conflict.graph();
        Self {
            way: Way::Moves,
            actors: actors(graph.parties(), &[]),
            states: graph.states(),
            by_actor: graph
                .party_ids()
                .map(|p| Cow::Borrowed(graph.moves(p)))
                .collect(),
        }
    }

    /// All unilateral improvements.
    pub(super) fn improvements(conflict: &Conflict<'_>, budget: &Budget) -> Result<Self, Stop> {
        let graph = conflict.graph();
        let mut steps = Vec::with_capacity(graph.parties());
        for party in graph.party_ids() {
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            let lists = graph
                .state_ids()
                .map(|s| conflict.improvements(party, s).collect());
            steps.push(Cow::Owned(Moves::from_lists(lists)));
        }
        Ok(Self {
            way: Way::Improvements,
            actors: actors(graph.parties(), &[]),
            states: graph.states(),
            by_actor: steps,
        })
    }

    /// All unilateral improvements, and the joint improvements of those actors that are coalitions.
    ///
    /// # Errors
    ///
    /// Stops when the budget is cancelled, when more moves would be looked at than its work, or when
    /// there are more joint improvements than its moves.
    pub(super) fn joint(
        conflict: &Conflict<'_>,
        actors: Vec<Vec<PartyId>>,
        budget: &Budget,
    ) -> Result<Self, Stop> {
        let mut steps = Self::improvements(conflict, budget)?.by_actor;
        let mut search = JointSearch::new(conflict, budget);
        let total = actors.len() as u64;
        for (done, members) in (0_u64..).zip(&actors) {
            if members.len() > 1 {
                budget.report("coalitions", done, total);
                steps.push(Cow::Owned(search.of(members)?));
            }
        }
        Ok(Self {
            way: Way::Joint,
            actors,
            states: conflict.graph().states(),
            by_actor: steps,
        })
    }

    /// Where an actor can step from a state, ascending.
    pub(super) fn from(&self, actor: usize, state: StateId) -> &[StateId] {
        self.by_actor
            .get(actor)
            .map_or(&[], |moves| moves.from(state))
    }

    /// The steps of every actor backwards.
    pub(super) fn reversed(&self, budget: &Budget) -> Result<Vec<Moves>, Stop> {
        let mut reversed = Vec::with_capacity(self.by_actor.len());
        for moves in &self.by_actor {
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            reversed.push(moves.reversed());
        }
        Ok(reversed)
    }

    /// The number of states.
    pub(super) fn states(&self) -> usize {
        self.states
    }
}

/// Finds joint improvements: `CI_H(s) = {t in R_H(s) : t >_i s for every i in H}`.
struct JointSearch<'a> {
    conflict: &'a Conflict<'a>,
    budget: &'a Budget,
    /// Moves looked at, and the next time to look whether the user asked to stop.
    work: u64,
    check: u64,
    /// Joint improvements found.
    found: u64,
    /// For every state and member, the last search that saw the situation.
    seen: Vec<u32>,
    search: u32,
    queue: Vec<(StateId, usize)>,
}

impl<'a> JointSearch<'a> {
    fn new(conflict: &'a Conflict<'a>, budget: &'a Budget) -> Self {
        Self {
            conflict,
            budget,
            work: 0,
            check: CHECK_EVERY,
            found: 0,
            seen: Vec::new(),
            search: 0,
            queue: Vec::new(),
        }
    }

    fn of(&mut self, members: &[PartyId]) -> Result<Moves, Stop> {
        let states = self.conflict.graph().states();
        self.seen.clear();
        self.seen.resize(states * members.len(), 0);
        self.search = 0;
        if states >= FORETOLD_FROM {
            let before = self.work;
            for probe in 0..PROBES {
                self.from(members, StateId((states / PROBES * probe) as u32))?;
            }
            let one = (self.work - before) / PROBES as u64;
            self.within(before.saturating_add(one.saturating_mul(states as u64)))?;
        }
        let mut moves = Moves::from_lists([]);
        for state in self.conflict.graph().state_ids() {
            let list = self.from(members, state)?;
            self.found += list.len() as u64;
            if self.found > self.budget.max_moves {
                return Err(Stop::Limit {
                    what: "joint improvements",
                    limit: self.budget.max_moves,
                });
            }
            moves.push(list);
        }
        Ok(moves)
    }

    fn within(&self, work: u64) -> Result<(), Stop> {
        let limit = self.budget.max_work;
        if work > limit {
            let what = "moves looked at for joint improvements";
            return Err(Stop::Limit { what, limit });
        }
        Ok(())
    }

    /// The joint improvements of a coalition from one state.
    fn from(&mut self, members: &[PartyId], from: StateId) -> Result<Vec<StateId>, Stop> {
        let conflict = self.conflict;
        let graph = conflict.graph();
        let satisfied = |p: &PartyId| {
            let ranking = conflict.ranking(*p);
            ranking.rank(from) + 1 >= ranking.levels()
        };
        self.work += 1;
        if members.iter().any(satisfied) {
            return Ok(Vec::new());
        }
        self.search += 1;
        self.queue.clear();
        let (states, search) = (graph.states(), self.search);
        let mut targets: Vec<StateId> = Vec::new();
        let mut next: Option<(StateId, usize)> = Some((from, usize::MAX));
        let mut done = 0;
        while let Some((state, last)) = next {
            for (member, party) in members.iter().enumerate() {
                if member == last {
                    continue;
                }
                let moves = graph.moves(*party).from(state);
                self.work += 1 + moves.len() as u64;
                for &to in moves {
                    let key = member * states + to.index();
                    if let Some(seen) = self.seen.get_mut(key).filter(|s| **s != search) {
                        *seen = search;
                        self.queue.push((to, member));
                        if members.iter().all(|p| conflict.improves(*p, from, to)) {
                            targets.push(to);
                        }
                    }
                }
            }
            if self.work >= self.check {
                self.check = self.work + CHECK_EVERY;
                if self.budget.is_cancelled() {
                    return Err(Stop::Cancelled);
                }
            }
            self.within(self.work)?;
            next = self.queue.get(done).copied();
            done += 1;
        }
        Ok(targets)
    }
}
