//! How outcomes are reached from the status quo, for many rankings over one graph.
//!
//! The same questions as in [`status_quo`](crate::status_quo), without the sequences. What the members of
//! a coalition can reach together does not depend on what anybody prefers, so it is found once for each
//! state where it is needed, and kept.

use std::sync::OnceLock;

use detente_model::PartyId;

use crate::coalition::coalitions;
use crate::{Budget, Graph, Ranking, StateId, StateSet};

/// How an outcome is reached from the status quo, the easiest way that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// By improvements of single parties; also the status quo itself.
    Improvements,
    /// By improvements of parties and of coalitions acting together.
    JointSteps,
    /// By moves that are not all improvements.
    MovesOnly,
    /// Not at all.
    Nowise,
}

/// Joint steps are followed up to this many states.
pub const JOINT_UP_TO: usize = 1 << 12;

/// Bytes at most for what coalitions can reach.
const MOST_BYTES: u64 = 1 << 28;

/// The ways from one state of a graph.
pub(super) struct Ways<'g> {
    graph: &'g Graph,
    start: StateId,
    moves: StateSet,
    coalitions: Vec<Vec<PartyId>>,
    /// For each coalition and state what the members can reach together; empty when joint steps are not
    /// followed.
    together: Vec<OnceLock<StateSet>>,
}

impl<'g> Ways<'g> {
    pub(super) fn new(graph: &'g Graph, start: StateId, budget: &Budget) -> Self {
        let states = graph.states();
        let coalitions = coalitions(graph.parties()).coalitions;
        let bytes = (coalitions.len() as u64)
            .saturating_mul(states as u64)
            .saturating_mul(states.div_ceil(8) as u64 + 64);
        let follow = states <= JOINT_UP_TO && bytes <= MOST_BYTES.min(budget.max_memory);
        let slots = if follow { coalitions.len() * states } else { 0 };
        let all: Vec<PartyId> = graph.party_ids().collect();
        Self {
            graph,
            start,
            moves: by_moves(graph, &all, start),
            coalitions,
            together: std::iter::repeat_with(OnceLock::new).take(slots).collect(),
        }
    }

    /// Whether joint steps are followed.
    pub(super) fn joint(&self) -> bool {
        self.coalitions.is_empty() || !self.together.is_empty()
    }

    /// The easiest way to each state.
    pub(super) fn all(&self, rankings: &[Ranking]) -> Vec<Way> {
        let states = self.graph.states();
        let parties = self.graph.parties();
        let mut improving = |actor: usize, from: StateId, into: &mut Vec<StateId>| {
            self.improvements(rankings, actor, from, into);
        };
        let alone = spread(states, parties, self.start, &mut improving);
        let joint = (!self.together.is_empty()).then(|| {
            let better: Vec<Vec<StateSet>> = rankings.iter().map(better_than).collect();
            let mut step = |actor: usize, from: StateId, into: &mut Vec<StateId>| match actor
                .checked_sub(parties)
            {
                None => self.improvements(rankings, actor, from, into),
                Some(coalition) => {
                    self.joint_steps(coalition, from, rankings, &better, into);
                }
            };
            spread(
                states,
                parties + self.coalitions.len(),
                self.start,
                &mut step,
            )
        });
        let way = |s: StateId| {
            if alone.contains(s) {
                Way::Improvements
            } else if joint.as_ref().is_some_and(|j| j.contains(s)) {
                Way::JointSteps
            } else if self.moves.contains(s) {
                Way::MovesOnly
            } else {
                Way::Nowise
            }
        };
        self.graph.state_ids().map(way).collect()
    }

    fn improvements(
        &self,
        rankings: &[Ranking],
        actor: usize,
        from: StateId,
        into: &mut Vec<StateId>,
    ) {
        let Some(ranking) = rankings.get(actor) else {
            return;
        };
        let targets = self.graph.moves(PartyId(actor as u16)).from(from).iter();
        into.extend(targets.copied().filter(|t| ranking.prefers(*t, from)));
    }

    fn joint_steps(
        &self,
        coalition: usize,
        from: StateId,
        rankings: &[Ranking],
        better: &[Vec<StateSet>],
        into: &mut Vec<StateId>,
    ) {
        let Some(members) = self.coalitions.get(coalition) else {
            return;
        };
        let slot = coalition * self.graph.states() + from.index();
        let Some(slot) = self.together.get(slot) else {
            return;
        };
        let mut set = slot
            .get_or_init(|| by_moves(self.graph, members, from))
            .clone();
        for member in members {
            let rank = rankings[member.index()].rank(from) as usize;
            match better[member.index()].get(rank) {
                Some(better) => set.intersect(better),
                None => return,
            }
        }
        into.extend(set.iter());
    }
}

/// For each rank the states with a larger one.
fn better_than(ranking: &Ranking) -> Vec<StateSet> {
    let mut of_rank: Vec<Vec<StateId>> = vec![Vec::new(); ranking.levels() as usize];
    for state in (0..ranking.states() as u32).map(StateId) {
        of_rank[ranking.rank(state) as usize].push(state);
    }
    let mut above = StateSet::empty(ranking.states());
    let mut sets = Vec::with_capacity(of_rank.len());
    for states in of_rank.iter().rev() {
        sets.push(above.clone());
        for state in states {
            above.insert(*state);
        }
    }
    sets.reverse();
    sets
}

/// What some parties reach from a state by legal sequences of any of their moves, the state included.
fn by_moves(graph: &Graph, members: &[PartyId], from: StateId) -> StateSet {
    let mut step = |actor: usize, from: StateId, into: &mut Vec<StateId>| {
        into.extend_from_slice(graph.moves(members[actor]).from(from));
    };
    spread(graph.states(), members.len(), from, &mut step)
}

/// The states that sequences of steps lead to in which no actor takes two steps in succession, the start
/// included.
///
/// Who took the last step matters only until a state was reached by two different actors: then all may
/// go on from it. So every actor's steps from a state are looked at once.
fn spread(
    states: usize,
    actors: usize,
    start: StateId,
    step: &mut impl FnMut(usize, StateId, &mut Vec<StateId>),
) -> StateSet {
    /// Who may go on from a state.
    #[derive(Clone, Copy)]
    enum Turn {
        All,
        AllBut(usize),
        Only(usize),
    }
    let mut reached = StateSet::empty(states);
    let mut by: Vec<Option<usize>> = vec![None; states];
    reached.insert(start);
    let mut open = vec![(start, Turn::All)];
    let mut targets = Vec::new();
    while let Some((state, turn)) = open.pop() {
        for actor in 0..actors {
            let may = match turn {
                Turn::All => true,
                Turn::AllBut(last) => actor != last,
                Turn::Only(one) => actor == one,
            };
            if !may {
                continue;
            }
            targets.clear();
            step(actor, state, &mut targets);
            for &to in &targets {
                let Some(first) = by.get_mut(to.index()) else {
                    continue;
                };
                if reached.insert(to) {
                    *first = Some(actor);
                    open.push((to, Turn::AllBut(actor)));
                } else if let Some(earlier) = *first
                    && earlier != actor
                {
                    *first = None;
                    open.push((to, Turn::Only(earlier)));
                }
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status_quo::{EvolutionRule, evolve};
    use crate::{Conflict, Moves};

    /// Numbers that look random.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, limit: u64) -> u64 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % limit
        }
    }

    #[test]
    fn the_ways_are_those_that_the_evolution_finds() {
        let mut numbers = Numbers(1);
        let mut seen = [0; 4];
        for _ in 0..600 {
            let states = 2 + numbers.below(7) as usize;
            let parties = 1 + numbers.below(4) as usize;
            let density = 1 + numbers.below(3);
            let moves = (0..parties).map(|_| {
                let numbers = &mut numbers;
                let lists = (0..states).map(|_| {
                    let targets = (0..states as u32).filter(|_| numbers.below(8) < density);
                    targets.map(StateId).collect()
                });
                Moves::from_lists(lists.collect::<Vec<_>>())
            });
            let graph = Graph::new(states, moves.collect()).unwrap();
            let rankings: Vec<Ranking> = (0..parties)
                .map(|_| {
                    let values: Vec<u64> = (0..states).map(|_| numbers.below(5)).collect();
                    Ranking::from_values(&values)
                })
                .collect();
            let conflict = Conflict::new(&graph, &rankings).unwrap();
            let budget = Budget::default();
            let start = StateId(0);
            let reached = |rule| {
                evolve(&conflict, start, &rule, &budget)
                    .unwrap()
                    .reachable()
            };
            let all = coalitions(parties).coalitions;
            let sets = [
                reached(EvolutionRule::Improvements),
                reached(EvolutionRule::Joint(all)),
                reached(EvolutionRule::Moves),
            ];
            let ways = Ways::new(&graph, start, &budget);
            assert!(ways.joint());
            for (state, way) in graph.state_ids().zip(ways.all(&rankings)) {
                let place = sets.iter().position(|s| s.contains(state)).unwrap_or(3);
                assert_eq!(way as usize, place, "{graph:?} {rankings:?} {state:?}");
                seen[place] += 1;
            }
        }
        assert!(seen.iter().all(|n| *n > 20), "{seen:?}");
    }
}
