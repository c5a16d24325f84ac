//! Coalitions: what parties can do, and would gladly do, together.
//!
//! A coalition H of two or more parties reaches from a state whatever legal sequences of moves of
//! its members reach, `R_H(s)`. Its *coalition improvements* are those of these states that every
//! member prefers to `s`, whatever the states in between:
//! `CI_H(s) = {t in R_H(s) : t >_i s for every i in H}`. No unilateral move signs a treaty, so these
//! are reported next to the equilibria.
//!
//! [`CoalitionJudge`] holds what all coalitions can gain under one reading of what a coalition is
//! ([`Semantics`]); [`coalition_tables`], [`CoalitionWitness`], [`blocking`] and [`toward`] answer
//! from it.

mod block;
mod concept;
mod judge;
mod moves;
mod tables;
mod toward;
mod verdict;

pub use block::{BlockedState, Blocking, blocking};
pub use concept::{
    CoalitionConcept, CoalitionConceptInfo, Semantics, UnknownCoalitionConcept, coalition_concepts,
};
pub use judge::{CoalitionJudge, MergedMoves};
pub use moves::{merged_moves, sequential_moves};
pub use tables::{CoalitionTable, coalition_tables};
pub use toward::{MOST_FAMILIES, Toward, Way, toward};
pub use verdict::{Answer, CoalitionFate, CoalitionUndone, CoalitionVerdict, CoalitionWitness};

use detente_model::PartyId;

use crate::equilibrium::StabilityTable;
use crate::reach::{Reach, Step, StepRule};
use crate::{Budget, Conflict, StateId, StateSet, Stop};

/// What the work of an analysis of coalitions is counted in.
const STEPS: &str = "steps of the search over coalitions";

/// With more parties than this, only pairs and the grand coalition are looked at.
pub const ALL_COALITIONS_UP_TO: usize = 10;

/// Some coalitions, and whether they are all that there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coalitions {
    /// The coalitions of two or more parties, smaller ones first, each ascending.
    pub coalitions: Vec<Vec<PartyId>>,
    /// Whether these are all; otherwise they are the pairs and the coalition of everybody.
    pub all: bool,
}

/// The coalitions of two or more of `parties` parties: all of them up to
/// [`ALL_COALITIONS_UP_TO`] parties, beyond that the pairs and the coalition of everybody.
pub fn coalitions(parties: usize) -> Coalitions {
    let ids: Vec<PartyId> = (0..=u16::MAX).take(parties).map(PartyId).collect();
    let all = ids.len() <= ALL_COALITIONS_UP_TO;
    let mut coalitions: Vec<Vec<PartyId>> = if all {
        let members = |set: u32| ids.iter().copied().filter(move |p| set >> p.0 & 1 == 1);
        (1..1u32 << ids.len())
            .filter(|set| set.count_ones() >= 2)
            .map(|set| members(set).collect())
            .collect()
    } else {
        let after = |a: PartyId| ids.iter().copied().filter(move |b| *b > a);
        let mut some: Vec<Vec<PartyId>> = ids
            .iter()
            .flat_map(|&a| after(a).map(move |b| vec![a, b]))
            .collect();
        some.push(ids.clone());
        some
    };
    coalitions.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    Coalitions { coalitions, all }
}

/// A state that all members of a coalition prefer and can reach together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointImprovement {
    /// The state.
    pub to: StateId,
    /// A shortest legal sequence of moves of members that leads to it.
    pub steps: Vec<Step>,
}

/// `R_H(s)`: the states that the members of a coalition can reach from a state by legal sequences of
/// one or more of their moves.
pub fn reachable(conflict: &Conflict<'_>, members: &[PartyId], from: StateId) -> StateSet {
    Reach::new(conflict, members.iter().copied(), StepRule::Moves).reachable(from)
}

/// `CI_H(s)`: the states that the members of a coalition can reach from a state together and that
/// every member prefers to it, ascending. Members that the conflict does not have do not count; a
/// coalition without members has no improvement.
pub fn coalition_improvements(
    conflict: &Conflict<'_>,
    members: &[PartyId],
    from: StateId,
) -> Vec<JointImprovement> {
    let reach = Reach::new(conflict, members.iter().copied(), StepRule::Moves);
    if reach.movers().is_empty() || from.index() >= conflict.graph().states() {
        return Vec::new();
    }
    let routes = reach.routes(from);
    routes
        .states()
        .filter(|&to| {
            reach
                .movers()
                .iter()
                .all(|&p| conflict.improves(p, from, to))
        })
        .filter_map(|to| {
            Some(JointImprovement {
                to,
                steps: routes.to(to)?,
            })
        })
        .collect()
}

/// A shortest legal sequence of one or more moves of members that leads from one state to another;
/// `None` when there is none.
pub fn route(
    conflict: &Conflict<'_>,
    members: &[PartyId],
    from: StateId,
    to: StateId,
) -> Option<Vec<Step>> {
    let reach = Reach::new(conflict, members.iter().copied(), StepRule::Moves);
    if from.index() >= conflict.graph().states() {
        return None;
    }
    reach.shortest(from, |state| state == to)
}

/// A joint improvement, and what makes it worth while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatedImprovement {
    /// The improvement.
    pub improvement: JointImprovement,
    /// Whether it leads to an equilibrium of the table that was given, if one was.
    pub equilibrium: Option<bool>,
    /// Whether no other joint improvement of the coalition is at least as good for every member and
    /// better for one.
    pub best: bool,
}

/// The joint improvements of one coalition from a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoalitionFinding {
    /// The members, ascending.
    pub members: Vec<PartyId>,
    /// Their joint improvements by ascending state.
    pub improvements: Vec<RatedImprovement>,
}

/// The joint improvements of all coalitions from a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointImprovements {
    /// The state.
    pub from: StateId,
    /// The coalitions that have any, smaller ones first.
    pub coalitions: Vec<CoalitionFinding>,
    /// Whether all coalitions were looked at, or only the pairs and the coalition of everybody.
    pub all: bool,
}

/// Finds the joint improvements of all coalitions from a state; for each whether it leads to an
/// equilibrium of `table`, and whether it is best for the members.
///
/// # Errors
///
/// Stops when the budget is cancelled.
pub fn joint_improvements(
    conflict: &Conflict<'_>,
    from: StateId,
    table: Option<&StabilityTable>,
    budget: &Budget,
) -> Result<JointImprovements, Stop> {
    let Coalitions { coalitions, all } = coalitions(conflict.graph().parties());
    let mut findings = Vec::new();
    let total = coalitions.len() as u64;
    for (done, members) in (0u64..).zip(coalitions) {
        budget.report("coalitions", done, total);
        if budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let improvements = coalition_improvements(conflict, &members, from);
        if improvements.is_empty() {
            continue;
        }
        let best = pareto_maximal(conflict, &members, improvements.iter().map(|i| i.to));
        let improvements = improvements
            .into_iter()
            .map(|improvement| RatedImprovement {
                equilibrium: table.map(|t| t.is_equilibrium(improvement.to)),
                best: best.contains(improvement.to),
                improvement,
            })
            .collect();
        findings.push(CoalitionFinding {
            members,
            improvements,
        });
    }
    Ok(JointImprovements {
        from,
        coalitions: findings,
        all,
    })
}

/// The states among those given to which no other of them is at least as good for every member and
/// better for one.
pub(crate) fn pareto_maximal(
    conflict: &Conflict<'_>,
    members: &[PartyId],
    states: impl Iterator<Item = StateId>,
) -> StateSet {
    let rank = |p: &PartyId, s: StateId| conflict.ranking(*p).rank(s);
    let mut sorted: Vec<StateId> = states.collect();
    // What dominates a state has a larger sum of ranks, so it comes before it.
    sorted.sort_by_key(|&s| {
        std::cmp::Reverse(members.iter().map(|p| u64::from(rank(p, s))).sum::<u64>())
    });
    let mut maximal: Vec<StateId> = Vec::new();
    let mut set = StateSet::empty(conflict.graph().states());
    for state in sorted {
        let dominated = maximal.iter().any(|&other| {
            members.iter().all(|p| rank(p, other) >= rank(p, state))
                && members.iter().any(|p| rank(p, other) > rank(p, state))
        });
        if !dominated {
            maximal.push(state);
            set.insert(state);
        }
    }
    set
}
