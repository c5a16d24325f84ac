//! What stands between the start and a target that is not reached.

use detente_model::PartyId;

use super::open::Open;
use super::routes::Routes;
use super::steps::Steps;
use super::{ActorStep, Way};
use crate::graph::Moves;
use crate::reach::Step;
use crate::status_quo::Evolution;
use crate::{Budget, Conflict, StateId, StateSet, Stop};

/// How many openings are listed for one target and way, at most; all are counted.
const MOST_OPENINGS: usize = 1000;

/// Objections of coalitions are sought up to so many moves times coalitions times states of the target.
const OBJECTION_WORK: usize = 200_000_000;

/// After how many situations to look whether the user asked to stop.
const CHECK_EVERY: usize = 1 << 14;

/// Why nobody takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwanted {
    /// The mover would lose so many steps of its ranking; one at least.
    Worse(u32),
    /// The mover would gain nothing and lose nothing.
    Tie,
    /// The mover would gain, but it moved last, and nobody may move twice in succession.
    OutOfTurn,
}

/// A move that nobody makes in this way, and after which the target could be reached in this way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The move, out of a state that is reached.
    pub step: Step,
    /// Why it is not made.
    pub unwanted: Unwanted,
}

/// A step of a route that may hold unwanted steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RouteLeg {
    /// The step.
    pub step: ActorStep,
    /// Why the party would not take it; `None` for a step of this way.
    pub unwanted: Option<Unwanted>,
}

/// A joint move of a coalition that would reach the target, but that some members do not want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// The coalition, as a place among the actors of the course.
    pub actor: usize,
    /// The state that it would leave, one that is reached.
    pub from: StateId,
    /// The state of the target that it would reach.
    pub to: StateId,
    /// The members that would not gain, ascending; never none.
    pub against: Vec<PartyId>,
}

/// What stands between the start and a target that is not reached in a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// For each party, in how many of its moves it would leave the states that are reached; nobody
    /// makes them in this way.
    pub leaving: Vec<usize>,
    /// The moves of which one would be enough, those from the nearest states first and a thousand at
    /// most.
    pub openings: Vec<Opening>,
    /// How many of them there are, listed or not.
    pub all_openings: usize,
    /// The legal sequence to the target with the fewest unwanted steps, and among these the shortest;
    /// `None` when no moves at all lead there.
    pub route: Option<Vec<RouteLeg>>,
    /// For each coalition that could go from a state that is reached to the target, the way to which
    /// the fewest members object, and among these the one from the nearest state. Followed joint
    /// steps only, and not sought where there are very many moves.
    pub objections: Vec<Objection>,
}

/// Finds the obstacles of one way; what they have in common is computed once.
pub(super) struct Obstacles<'a> {
    conflict: &'a Conflict<'a>,
    start: StateId,
    steps: &'a Steps<'a>,
    evolution: &'a Evolution,
    /// The states that are reached, nearest first.
    order: Vec<StateId>,
    /// For each actor the states that are reached by a step of it.
    arrived: Vec<StateSet>,
    routes: Option<Routes>,
    backwards: Option<Vec<Moves>>,
}

impl<'a> Obstacles<'a> {
    pub(super) fn new(
        conflict: &'a Conflict<'a>,
        start: StateId,
        steps: &'a Steps<'a>,
        evolution: &'a Evolution,
    ) -> Self {
        let states = steps.states();
        let mut arrived = vec![StateSet::empty(states); steps.actors.len()];
        let mut ordered = StateSet::empty(states);
        let mut order = Vec::new();
        if ordered.insert(start) {
            order.push(start);
        }
        for (actor, state, _) in evolution.tree().arrivals() {
            if ordered.insert(state) {
                order.push(state);
            }
            if let Some(set) = arrived.get_mut(actor) {
                set.insert(state);
            }
        }
        Self {
            conflict,
            start,
            steps,
            evolution,
            order,
            arrived,
            routes: None,
            backwards: None,
        }
    }

    /// Whether an actor may take the next step at a state that is reached.
    fn in_turn(&self, actor: usize, state: StateId) -> bool {
        state == self.start
            || (0..)
                .zip(&self.arrived)
                .any(|(last, set)| last != actor && set.contains(state))
    }

    pub(super) fn of(
        &mut self,
        target: &StateSet,
        open: &Open,
        reached: &StateSet,
        budget: &Budget,
    ) -> Result<Obstacle, Stop> {
        let graph = self.conflict.graph();
        let mut leaving = vec![0; graph.parties()];
        let mut openings = Vec::new();
        let mut all_openings = 0;
        for (done, &from) in self.order.iter().enumerate() {
            if done % CHECK_EVERY == 0 && budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            for (party, leaving) in graph.party_ids().zip(&mut leaving) {
                let actor = party.index();
                for &to in graph.moves(party).from(from) {
                    if !reached.contains(to) {
                        *leaving += 1;
                    }
                    if !open.from(to, Some(actor)) {
                        continue;
                    }
                    let why = unwanted(self.conflict, party, from, to);
                    let unwanted = match (why, self.in_turn(actor, from)) {
                        (Some(why), true) => why,
                        (None, false) => Unwanted::OutOfTurn,
                        // Unwanted and out of turn as well; or what would have been made.
                        (Some(_), false) | (None, true) => continue,
                    };
                    all_openings += 1;
                    if openings.len() < MOST_OPENINGS {
                        let step = Step { party, from, to };
                        openings.push(Opening { step, unwanted });
                    }
                }
            }
        }
        let routes = match self.routes.take() {
            Some(routes) => routes,
            None => Routes::new(self.conflict, self.start, self.steps, budget)?,
        };
        let route = routes.to(self.conflict, self.steps, self.start, target);
        self.routes = Some(routes);
        Ok(Obstacle {
            leaving,
            openings,
            all_openings,
            route,
            objections: self.objections(target, reached, budget)?,
        })
    }

    fn objections(
        &mut self,
        target: &StateSet,
        reached: &StateSet,
        budget: &Budget,
    ) -> Result<Vec<Objection>, Stop> {
        let graph = self.conflict.graph();
        let coalitions = self.steps.actors.len() - graph.parties().min(self.steps.actors.len());
        let work = graph
            .total_moves()
            .max(graph.states())
            .saturating_mul(coalitions)
            .saturating_mul(target.len());
        if self.steps.way != Way::Joint || work > OBJECTION_WORK {
            return Ok(Vec::new());
        }
        let backwards = self.backwards.take().unwrap_or_else(|| {
            let all = graph.party_ids();
            all.map(|p| graph.moves(p).reversed()).collect()
        });
        let mut found = Vec::new();
        for (actor, members) in self.steps.actors.iter().enumerate() {
            if members.len() < 2 {
                continue;
            }
            let mut best: Option<(usize, usize, StateId, StateId)> = None;
            for to in target.iter() {
                if budget.is_cancelled() {
                    return Err(Stop::Cancelled);
                }
                for from in before(&backwards, members, to).iter() {
                    if !reached.contains(from) || !self.in_turn(actor, from) {
                        continue;
                    }
                    let Some(distance) = self.evolution.distance(from) else {
                        continue;
                    };
                    let against = self.against(members, from, to).count();
                    let candidate = (against, distance, from, to);
                    if against > 0 && best.is_none_or(|b| candidate < b) {
                        best = Some(candidate);
                    }
                }
            }
            if let Some((_, _, from, to)) = best {
                found.push(Objection {
                    actor,
                    from,
                    to,
                    against: self.against(members, from, to).collect(),
                });
            }
        }
        self.backwards = Some(backwards);
        Ok(found)
    }

    fn against(
        &self,
        members: &[PartyId],
        from: StateId,
        to: StateId,
    ) -> impl Iterator<Item = PartyId> {
        let conflict = self.conflict;
        let gains = move |p: &PartyId| conflict.improves(*p, from, to);
        members.iter().copied().filter(move |p| !gains(p))
    }
}

/// Why a party would not make a move in its turn; `None` when it would gain.
pub(super) fn unwanted(
    conflict: &Conflict<'_>,
    party: PartyId,
    from: StateId,
    to: StateId,
) -> Option<Unwanted> {
    let ranking = conflict.ranking(party);
    let (before, after) = (ranking.rank(from), ranking.rank(to));
    if after > before {
        return None;
    }
    Some(match before - after {
        0 => Unwanted::Tie,
        steps => Unwanted::Worse(steps),
    })
}

/// The states from which the members of a coalition can reach a state by legal sequences of one or more
/// of their moves; `backwards` are the moves of all parties backwards.
fn before(backwards: &[Moves], members: &[PartyId], to: StateId) -> StateSet {
    let states = backwards.first().map_or(0, Moves::states);
    let mut departed = vec![StateSet::empty(states); members.len()];
    let mut all = StateSet::empty(states);
    let mut stack = vec![(to, usize::MAX)];
    while let Some((state, next)) = stack.pop() {
        for (member, (party, departed)) in members.iter().zip(&mut departed).enumerate() {
            if member == next {
                continue;
            }
            let sources = backwards.get(party.index());
            for &from in sources.map_or(&[][..], |moves| moves.from(state)) {
                if departed.insert(from) {
                    all.insert(from);
                    stack.push((from, member));
                }
            }
        }
    }
    all
}
