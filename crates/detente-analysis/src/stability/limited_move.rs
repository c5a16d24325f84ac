#![doc = include_str!("limited_move.md")]

use detente_model::PartyId;

use super::horizon::{Ends, Sides};
use super::kernel::leaves_by;
use super::verdict::{Anticipation, Fate, ImprovementFate, Sanction};
use crate::{Budget, Conflict, StateId, StateSet, Stop};

/// The page that explains the concept.
pub(crate) const PAGE: &str = include_str!("limited_move.md");

/// For each party, the states that it expects not to leave when it looks `horizon` moves ahead.
pub(super) fn stable_states(
    conflict: &Conflict<'_>,
    horizon: u32,
    budget: &Budget,
) -> Result<Vec<StateSet>, Stop> {
    let sides = Sides::new(conflict);
    let limit = sides.horizons(budget);
    if u64::from(horizon) > limit {
        return Err(Stop::Limit {
            what: "moves looked ahead",
            limit,
        });
    }
    let mut ends = sides.start();
    for _ in 0..horizon {
        let next = sides.further(&ends, budget)?;
        if next == ends {
            break;
        }
        ends = next;
    }
    Ok(conflict
        .graph()
        .party_ids()
        .map(|p| unmoved(conflict, &sides, p, &ends))
        .collect())
}

/// The states at which the party expects to stay.
pub(super) fn unmoved(
    conflict: &Conflict<'_>,
    sides: &Sides<'_>,
    party: PartyId,
    ends: &Ends,
) -> StateSet {
    let states = conflict.graph().states();
    let Some(ends) = sides.side_of(party).and_then(|side| ends.get(side)) else {
        return StateSet::all(states);
    };
    let mut stable = StateSet::empty(states);
    for (state, end) in conflict.graph().state_ids().zip(ends) {
        if state == *end {
            stable.insert(state);
        }
    }
    stable
}

/// What the party expects at a state, and what it expects after each of its improvements.
pub(super) fn looking_ahead(
    conflict: &Conflict<'_>,
    party: PartyId,
    state: StateId,
    horizon: u64,
    budget: &Budget,
) -> Result<(Vec<ImprovementFate>, Anticipation), Stop> {
    let sides = Sides::new(conflict);
    let Some(side) = sides.side_of(party) else {
        return Ok((
            Vec::new(),
            Anticipation {
                horizon,
                steps: Vec::new(),
                end: state,
            },
        ));
    };
    let all = sides.up_to(horizon, budget)?;
    let (steps, end) = sides.play(side, state, &all);
    let before = all.get(..all.len().saturating_sub(1)).unwrap_or_default();
    let ranking = conflict.ranking(party);
    let fates = leaves_by(conflict, party, state)
        .map(|to| {
            let (answer, result) = sides.play(1 - side, to, before);
            let fate = if ranking.prefers(result, state) {
                Fate::Open { undone: None }
            } else {
                Fate::Sanctioned {
                    by: Sanction::Sequence(answer),
                    result,
                    best_escape: None,
                }
            };
            ImprovementFate { to, fate }
        })
        .collect();
    Ok((
        fates,
        Anticipation {
            horizon,
            steps,
            end,
        },
    ))
}
