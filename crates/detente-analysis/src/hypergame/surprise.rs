//! Where expectations fail: moves that come and were not expected, moves that were expected and do not
//! come, and sanctions that nobody would carry out.

use detente_model::PartyId;

use super::{Hypergame, Judged};
use crate::concept::Settings;
use crate::reach::Step;
use crate::stability::{ConceptError, Fate, Sanction, explain};
use crate::{Budget, Concept, StateId};

/// What one party expects of another at a state, and what the other does. States are in the numbers of
/// [`super::Universe`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surprise {
    /// Where.
    pub at: StateId,
    /// Who is surprised.
    pub viewer: PartyId,
    /// By whom.
    pub by: PartyId,
    /// Where the viewer expects the other to move: the moves that it would gain by, as the viewer thinks
    /// that the other sees it. None when it is expected to stay.
    pub expected: Vec<StateId>,
    /// Where the other moves by its own lights; none when it stays. `None` when it does not think of the
    /// state at all, so that nothing can be said.
    pub happens: Option<Vec<StateId>>,
}

/// The surprises that a party meets at a state, by party; empty when it does not think of the state.
///
/// # Errors
///
/// Says why a concept does not apply, or that the budget ended.
pub fn surprises(
    hypergame: &Hypergame<'_>,
    judged: &Judged,
    viewer: PartyId,
    at: StateId,
    budget: &Budget,
) -> Result<Vec<Surprise>, ConceptError> {
    let sights = hypergame.sights;
    let mut found = Vec::new();
    if hypergame.at(sights.seen_by(viewer), at).is_none() {
        return Ok(found);
    }
    for by in hypergame.party_ids().filter(|p| *p != viewer) {
        let (thought, own) = (sights.thought_of(viewer, by), sights.seen_by(by));
        if thought == own {
            continue;
        }
        // Of a party that is thought not to think of the state, nothing is expected.
        let Some(expected) = departures(hypergame, judged, thought, by, at, budget)? else {
            continue;
        };
        let happens = departures(hypergame, judged, own, by, at, budget)?;
        if happens.as_ref() != Some(&expected) {
            found.push(Surprise {
                at,
                viewer,
                by,
                expected,
                happens,
            });
        }
    }
    Ok(found)
}

/// Where a party moves from a state in a game: its improvements that nothing stops, or the first move that
/// it makes when it looks ahead. `None` when the game does not have the state.
fn departures(
    hypergame: &Hypergame<'_>,
    judged: &Judged,
    place: usize,
    party: PartyId,
    at: StateId,
    budget: &Budget,
) -> Result<Option<Vec<StateId>>, ConceptError> {
    let Some((game, state)) = hypergame.at(place, at) else {
        return Ok(None);
    };
    let concept = concept_of(judged, place, party);
    let settings = Settings::default();
    let verdict = explain(&game.conflict(), concept, &settings, party, state, budget)?;
    let outward = |s: StateId| hypergame.universe.outward(place, s);
    if verdict.stable {
        return Ok(Some(Vec::new()));
    }
    let mut moves: Vec<StateId> = if let Some(ahead) = &verdict.anticipation {
        let first = ahead.steps.first();
        first.map(|s| outward(s.to)).into_iter().collect()
    } else {
        let open = verdict.improvements.iter();
        let open = open.filter(|i| matches!(i.fate, Fate::Open { .. }));
        open.map(|i| outward(i.to)).collect()
    };
    moves.sort_unstable();
    Ok(Some(moves))
}

fn concept_of(judged: &Judged, game: usize, party: PartyId) -> Concept {
    let judgement = judged.judgements.get(game);
    let concept = judgement.and_then(|j| j.get(party.index()));
    concept.copied().unwrap_or(Concept::Seq)
}

/// A sanction that a party counts on when it stays, and that is none in truth. States are in the numbers
/// of [`super::Universe`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmptySanction {
    /// Who stays for fear of it.
    pub viewer: PartyId,
    /// Where.
    pub at: StateId,
    /// The improvement that it would deter from; in the true game nothing stops it.
    pub improvement: StateId,
    /// The moves that the party fears.
    pub steps: Vec<Step>,
    /// The first of these moves that its mover would not make, by its own lights, and why; `None` when all
    /// would be made, but the last does not hurt.
    pub unwilling: Option<(usize, Unwilling)>,
}

/// Why a party would not make a move that another fears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwilling {
    /// It does not think of the state that it would leave, or that it would reach.
    Unseen,
    /// It has no such move.
    NoMove,
    /// It would gain nothing by it.
    NoGain,
}

/// The empty sanctions that a party counts on at a state that both the true game and its own have, and
/// that is stable for it in its own. Under concepts without sequences of sanctions there are none.
///
/// # Errors
///
/// Says why a concept does not apply, or that the budget ended.
pub fn empty_sanctions(
    hypergame: &Hypergame<'_>,
    judged: &Judged,
    viewer: PartyId,
    at: StateId,
    budget: &Budget,
) -> Result<Vec<EmptySanction>, ConceptError> {
    let place = hypergame.sights.seen_by(viewer);
    let (Some((truth, real)), Some((game, state))) = (hypergame.at(0, at), hypergame.at(place, at))
    else {
        return Ok(Vec::new());
    };
    let settings = Settings::default();
    let in_eyes = concept_of(judged, place, viewer);
    let believed = explain(&game.conflict(), in_eyes, &settings, viewer, state, budget)?;
    if !believed.stable || believed.anticipation.is_some() || place == 0 {
        return Ok(Vec::new());
    }
    let concept = concept_of(judged, 0, viewer);
    let actual = explain(&truth.conflict(), concept, &settings, viewer, real, budget)?;
    let open = |improvement: StateId| {
        hypergame.universe.inward(0, improvement).is_some_and(|to| {
            let found = actual.improvements.iter().find(|i| i.to == to);
            found.is_some_and(|i| matches!(i.fate, Fate::Open { .. }))
        })
    };
    let outward = |s: StateId| hypergame.universe.outward(place, s);
    let mut found = Vec::new();
    for fate in &believed.improvements {
        let Fate::Sanctioned {
            by: Sanction::Sequence(steps),
            ..
        } = &fate.fate
        else {
            continue;
        };
        let improvement = outward(fate.to);
        if !open(improvement) {
            continue;
        }
        let steps: Vec<Step> = steps
            .iter()
            .map(|s| Step {
                party: s.party,
                from: outward(s.from),
                to: outward(s.to),
            })
            .collect();
        let unwilling = steps
            .iter()
            .enumerate()
            .find_map(|(i, s)| Some((i, unwilling(hypergame, s)?)));
        found.push(EmptySanction {
            viewer,
            at,
            improvement,
            steps,
            unwilling,
        });
    }
    Ok(found)
}

/// Why the mover of a step would not make it in the game that it sees; `None` when it would.
fn unwilling(hypergame: &Hypergame<'_>, step: &Step) -> Option<Unwilling> {
    let own = hypergame.sights.seen_by(step.party);
    let (Some((game, from)), Some((_, to))) =
        (hypergame.at(own, step.from), hypergame.at(own, step.to))
    else {
        return Some(Unwilling::Unseen);
    };
    if game
        .graph
        .moves(step.party)
        .from(from)
        .binary_search(&to)
        .is_err()
    {
        return Some(Unwilling::NoMove);
    }
    let gains = game.rankings[step.party.index()].prefers(to, from);
    (!gains).then_some(Unwilling::NoGain)
}
