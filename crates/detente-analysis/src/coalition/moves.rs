//! What a coalition can do: by its members' moves one after another, or as one merged party.

use detente_model::model::{Form, Model};
use detente_model::{OptionId, PartyId};

use super::STEPS;
use crate::graph::Moves;
use crate::meter::Meter;
use crate::reach::{Reach, StepRule};
use crate::space;
use crate::{Budget, Conflict, Game, StateId, Stop};

/// The states that some parties reach from each state by legal sequences of one or more of their
/// moves, `R_H`, as the moves of one. A return to the start is no move.
///
/// # Errors
///
/// Stops when the budget is cancelled or its moves or work are used up.
pub fn sequential_moves(
    conflict: &Conflict<'_>,
    members: &[PartyId],
    budget: &Budget,
) -> Result<Moves, Stop> {
    sequential(
        conflict,
        members,
        |_, _| true,
        &mut Meter::new(budget, STEPS),
    )
}

/// As [`sequential_moves`], keeping only the moves that are wanted.
pub(super) fn sequential(
    conflict: &Conflict<'_>,
    members: &[PartyId],
    mut wanted: impl FnMut(StateId, StateId) -> bool,
    meter: &mut Meter<'_>,
) -> Result<Moves, Stop> {
    let graph = conflict.graph();
    let mut all = Moves::from_lists([]);
    let reach = Reach::new(conflict, members.iter().copied(), StepRule::Moves);
    for from in graph.state_ids() {
        let mut list: Vec<StateId> = match reach.movers() {
            [] => Vec::new(),
            &[one] => graph.moves(one).from(from).to_vec(),
            several => {
                let reached = reach.reachable(from);
                let mut seen = 0;
                for state in reached.iter() {
                    seen += several
                        .iter()
                        .map(|p| 1 + graph.moves(*p).from(state).len() as u64)
                        .sum::<u64>();
                }
                meter.add(seen)?;
                reached.iter().collect()
            }
        };
        meter.add(list.len() as u64)?;
        list.retain(|&to| wanted(from, to));
        all.push(list);
        within(&all, meter.budget())?;
    }
    Ok(all)
}

/// Refuses more moves than the budget has.
pub(super) fn within(moves: &Moves, budget: &Budget) -> Result<(), Stop> {
    if moves.len() as u64 > budget.max_moves.min(u64::from(u32::MAX)) {
        return Err(Stop::Limit {
            what: "moves",
            limit: budget.max_moves,
        });
    }
    Ok(())
}

/// The moves of some parties merged into one, as GMCR+ merges them: any number of the members'
/// options at once, each in a direction that it permits, with forced consequences, to a feasible
/// state. What a rule prohibits to a member is prohibited to the coalition. In the graph form, which
/// has no options, the moves are those of [`sequential_moves`].
///
/// A single party has its own moves. Parties that the game does not have are dropped.
///
/// # Errors
///
/// Stops when the budget is cancelled or its moves are used up.
pub fn merged_moves(game: &Game<'_>, members: &[PartyId], budget: &Budget) -> Result<Moves, Stop> {
    let mut members: Vec<PartyId> = members
        .iter()
        .copied()
        .filter(|p| p.index() < game.graph.parties())
        .collect();
    members.sort_unstable();
    members.dedup();
    match *members.as_slice() {
        [one] => Ok(game.graph.moves(one).clone()),
        [first, ..] if game.model.form == Form::Options => {
            let model = merged(game.model, first, &members);
            space::moves(&model, &game.space, first, budget)
        }
        _ => sequential_moves(&game.conflict(), &members, budget),
    }
}

/// The model in which one party has the options, and the prohibitions, of all members.
fn merged(model: &Model, into: PartyId, members: &[PartyId]) -> Model {
    let mut model = model.clone();
    let mut options: Vec<OptionId> = members
        .iter()
        .flat_map(|p| model.party(*p).options.iter().copied())
        .collect();
    options.sort_unstable();
    if let Some(party) = model.parties.get_mut(into.index()) {
        party.options = options;
    }
    for prohibition in &mut model.prohibitions {
        if prohibition.party.is_some_and(|p| members.contains(&p)) {
            prohibition.party = Some(into);
        }
    }
    model
}
