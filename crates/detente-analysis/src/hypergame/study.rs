//! Everything that is asked of a hypergame, answered together.

use detente_model::PartyId;
use detente_model::model::Model;
use detente_model::syntax::ast::Document;

use super::{
    Corrections, EmptySanction, Hypergame, Judged, Surprise, Wishes, corrections, empty_sanctions,
    surprises, wishes,
};
use crate::inverse::Judgement;
use crate::stability::ConceptError;
use crate::{Budget, Outcome, StateId, StateSet};

/// At how many states expectations of one party are examined, at most.
const MOST_STATES: usize = 200;

/// How much work the search for what would have to be true may do, at most.
const WISH_WORK: u64 = 300_000;

/// What to examine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// Whose expectations, ascending.
    pub eyes: Vec<PartyId>,
    /// At these states too, in the numbers of the true game; besides those that a party expects to hold
    /// and the status quo.
    pub states: Vec<StateId>,
}

/// The answers. States are in the numbers of [`super::Universe`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// For each party whose expectations are examined, at which states they are, and how many more it
    /// expects to hold.
    pub examined: Vec<(PartyId, Vec<StateId>, usize)>,
    /// Where expectations fail, by viewer and state.
    pub surprises: Vec<Surprise>,
    /// Sanctions that parties count on and that are none, by viewer and state.
    pub empty: Vec<EmptySanction>,
    /// Each belief corrected.
    pub corrections: Corrections,
    /// What would have to be true.
    pub wishes: Wishes,
}

/// Examines the expectations of parties, corrects each belief, and looks for what would have to be true.
///
/// `judgement` says by which concepts the parties of a model judge; `None` when that cannot be said. The
/// outcome holds what was found until the budget ended; when only the search for what would have to be true
/// ends early, [`Wishes`] hold what it found.
///
/// # Errors
///
/// Says why a concept does not apply, or that the budget ended before anything was known.
pub fn study(
    document: &Document,
    hypergame: &Hypergame<'_>,
    judged: &Judged,
    judgement: &dyn Fn(&Model) -> Option<Judgement>,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Findings>, ConceptError> {
    let mut examined = Vec::new();
    let mut unexpected = Vec::new();
    let mut empty = Vec::new();
    for viewer in &request.eyes {
        let (states, left_out) = to_examine(hypergame, judged, *viewer, &request.states);
        for state in &states {
            unexpected.extend(surprises(hypergame, judged, *viewer, *state, budget)?);
            empty.extend(empty_sanctions(hypergame, judged, *viewer, *state, budget)?);
        }
        examined.push((*viewer, states, left_out));
    }
    let (corrections, mut stop) = match corrections(document, judgement, budget) {
        Outcome::Complete(found) => (found, None),
        Outcome::Stopped(found, stop) => (found, Some(stop)),
    };
    let mut small = budget.clone();
    small.max_work = small.max_work.min(WISH_WORK);
    let mut wishes = match wishes(hypergame, judged, &small) {
        Outcome::Complete(found) => found,
        Outcome::Stopped(found, early) => {
            stop = stop.or(Some(early));
            found
        }
    };
    wishes.all.retain(|w| request.eyes.contains(&w.viewer));
    let findings = Findings {
        examined,
        surprises: unexpected,
        empty,
        corrections,
        wishes,
    };
    Ok(match stop {
        None => Outcome::Complete(findings),
        Some(stop) => Outcome::Stopped(findings, stop),
    })
}

/// The states at which the expectations of a party are examined, ascending, and how many are left out.
fn to_examine(
    hypergame: &Hypergame<'_>,
    judged: &Judged,
    viewer: PartyId,
    more: &[StateId],
) -> (Vec<StateId>, usize) {
    let mut wanted = StateSet::empty(hypergame.universe.len());
    let known = hypergame.truth().status_quo.iter().chain(more);
    for state in known {
        wanted.insert(*state);
    }
    for state in judged.expected[viewer.index()].iter() {
        wanted.insert(state);
    }
    let all: Vec<StateId> = wanted.iter().collect();
    if all.len() <= MOST_STATES {
        return (all, 0);
    }
    let left_out = all.len() - MOST_STATES;
    (all.into_iter().take(MOST_STATES).collect(), left_out)
}
