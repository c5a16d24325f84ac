//! States and moves of several games in words.

use detente_analysis::hypergame::Hypergame;
use detente_analysis::model::PartyId;
use detente_analysis::{StateId, StateSet, describe};

use super::finding::{Departure, SeenState};
use crate::words::{self, Tense};

/// The number by which people refer to a state. States that are not real come after all that are.
pub(super) fn id(hypergame: &Hypergame<'_>, state: StateId) -> u32 {
    let truth = hypergame.truth();
    if hypergame.universe.is_real(state) {
        return truth.id(state);
    }
    let last = truth.space.ids().map(|s| truth.id(s)).max().unwrap_or(0);
    last.saturating_add(state.0.saturating_sub(truth.space.len() as u32))
        .saturating_add(1)
}

pub(super) fn ids(hypergame: &Hypergame<'_>, states: &StateSet) -> Vec<u32> {
    states.iter().map(|s| id(hypergame, s)).collect()
}

/// What a state is, without its number.
pub(super) fn content(hypergame: &Hypergame<'_>, state: StateId) -> String {
    match hypergame.universe.home(state) {
        Some((game, there)) => words::content(&hypergame.games[game], there),
        None => String::new(),
    }
}

/// A state in short, with its number: `4 (Small deal)`.
pub(super) fn brief(hypergame: &Hypergame<'_>, state: StateId) -> String {
    let number = id(hypergame, state);
    let Some((game, there)) = hypergame.universe.home(state) else {
        return number.to_string();
    };
    let game = &hypergame.games[game];
    let what = if hypergame.universe.is_real(state) {
        words::headline(game, there).unwrap_or_else(|| words::on_by_party(game, there))
    } else {
        // What is not real is told by what is on: its class would hide it.
        words::on_by_party(game, there)
    };
    if what.is_empty() {
        number.to_string()
    } else {
        format!("{number} ({what})")
    }
}

/// A move as the party that is named makes it in a game.
pub(super) fn departure(
    hypergame: &Hypergame<'_>,
    game: usize,
    mover: PartyId,
    from: StateId,
    to: StateId,
) -> Departure {
    let universe = &hypergame.universe;
    let says = match (universe.inward(game, from), universe.inward(game, to)) {
        (Some(a), Some(b)) => words::deed(&hypergame.games[game], mover, a, b, Tense::Present),
        _ => String::new(),
    };
    Departure {
        to: id(hypergame, to),
        says,
    }
}

/// A state with who does not see it.
pub(super) fn seen_state(hypergame: &Hypergame<'_>, state: StateId) -> SeenState {
    let universe = &hypergame.universe;
    let home = universe.home(state);
    let unseen = |p: &PartyId| {
        let game = hypergame.sights.seen_by(*p);
        universe.inward(game, state).is_none()
    };
    SeenState {
        id: id(hypergame, state),
        real: universe.is_real(state),
        says: content(hypergame, state),
        on: home.map_or(Vec::new(), |(g, s)| describe::on(&hypergame.games[g], s)),
        class: home.and_then(|(g, s)| {
            let game = &hypergame.games[g];
            let class = game.headline(s)?;
            Some(game.model.classes[class].name.clone())
        }),
        unseen_by: names(hypergame, hypergame.party_ids().filter(unseen)),
    }
}

pub(super) fn name(hypergame: &Hypergame<'_>, party: PartyId) -> String {
    words::party(hypergame.truth(), party).to_owned()
}

pub(super) fn names(
    hypergame: &Hypergame<'_>,
    parties: impl Iterator<Item = PartyId>,
) -> Vec<String> {
    parties.map(|p| name(hypergame, p)).collect()
}
