//! For whom a state that matters is stable in one negotiation and not in the other, and why.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::PartyId;

use super::Request;
use super::answers::{Answers, Mark, judges, mark, named_concept};
use crate::stability::{ConceptError, explain};
use crate::{Budget, Concept, Game, StateId, Stop, Verdict};

/// States that are looked at, at most.
pub const MOST_STATES: usize = 60;

/// A party for which a state is stable in one of the two and not in the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictChange {
    /// The state.
    pub state: Mark,
    /// The party.
    pub party: String,
    /// The verdict in the first, in its numbers of states.
    pub a: Verdict,
    /// The verdict in the second, in its numbers of states.
    pub b: Verdict,
}

/// Looks at the states that hold in only one of the two, and at the status quo of each, as far as both have them;
/// and whether these were all.
///
/// # Errors
///
/// Stops when the budget ends.
pub fn verdicts(
    a: (&Game<'_>, &Answers),
    b: (&Game<'_>, &Answers),
    request: &Request,
    budget: &Budget,
) -> Result<(Vec<VerdictChange>, bool), Stop> {
    let none = BTreeSet::new();
    let held = |answers: &Answers| answers.held.clone().unwrap_or_default();
    let (held_a, held_b) = match (&a.1.held, &b.1.held) {
        (Some(_), Some(_)) => (held(a.1), held(b.1)),
        _ => (none.clone(), none),
    };
    let mut wanted: BTreeSet<Mark> = held_a.symmetric_difference(&held_b).cloned().collect();
    wanted.extend([a.1, b.1].iter().filter_map(|s| s.status_quo.clone()));
    let places = (places(a.0, &wanted), places(b.0, &wanted));
    let (Some(judges_a), Some(judges_b)) = (judging(a.0, request), judging(b.0, request)) else {
        return Ok((Vec::new(), true));
    };
    let mut found = Vec::new();
    let both: Vec<&Mark> = wanted
        .iter()
        .filter(|m| places.0.contains_key(*m) && places.1.contains_key(*m))
        .collect();
    for state in both.iter().take(MOST_STATES) {
        for (place, party) in b.0.model.parties.iter().enumerate() {
            let other = a.0.model.parties.iter();
            let Some(before) = other.clone().position(|p| p.name == party.name) else {
                continue;
            };
            let ask = |game: &Game<'_>, judges: &[Concept], party: usize, at: StateId| {
                let concept = judges[party];
                let party = PartyId(party as u16);
                let conflict = game.conflict();
                match explain(&conflict, concept, &request.settings, party, at, budget) {
                    Ok(verdict) => Ok(Some(verdict)),
                    Err(ConceptError::Stopped(stop)) => Err(stop),
                    Err(_) => Ok(None),
                }
            };
            let one = ask(a.0, &judges_a, before, places.0[*state])?;
            let two = ask(b.0, &judges_b, place, places.1[*state])?;
            if let (Some(one), Some(two)) = (one, two)
                && one.stable != two.stable
            {
                found.push(VerdictChange {
                    state: (*state).clone(),
                    party: party.name.clone(),
                    a: one,
                    b: two,
                });
            }
        }
    }
    Ok((found, both.len() <= MOST_STATES))
}

fn judging(game: &Game<'_>, request: &Request) -> Option<Vec<Concept>> {
    named_concept(game.model, &request.main).map(|main| judges(game.model, main))
}

/// Where the wanted states are in a game.
fn places(game: &Game<'_>, wanted: &BTreeSet<Mark>) -> BTreeMap<Mark, StateId> {
    let all = game.space.ids().map(|state| (mark(game, state), state));
    all.filter(|(mark, _)| wanted.contains(mark)).collect()
}
