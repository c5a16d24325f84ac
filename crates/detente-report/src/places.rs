//! How firm the rankings of parties are: the places that doubt leaves the states, and the degrees between ranks. For
//! pictures of preferences.

use std::cmp::Reverse;

use detente_analysis::doubt::places::{Extent, Places as Found, Run};
use detente_analysis::relation::{Degree, Degrees};
use detente_analysis::{Game, StateId, Stop};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// How firm the rankings of parties are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Places {
    /// What this is: `detente-places/1`.
    pub format: String,
    /// The parties whose preferences are in doubt; what the text marks may be settled by what happened since.
    pub parties: Vec<PartyPlaces>,
    /// For each party that prefers some rank strongly to the next lower one, the degrees of these preferences in the
    /// basic reading, from the boundary above the lowest rank upwards: 1 is plain, 2 strong.
    pub boundaries: IndexMap<String, Vec<Degree>>,
    /// Why the computation stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// The places that states may take in the order of one party. States that it ranks alike share places: two states
/// above, and three alike take the places 3 to 5.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartyPlaces {
    /// Whose order.
    pub party: String,
    /// From what they are known. `every`: from all its orders. `pairs`: from every two states by themselves; no state
    /// leaves its places, but it need not come to all of them. `drawn`: from completions that were drawn; states may
    /// come to other places too.
    pub found: String,
    /// How many completions the party has; `null` unless all its orders were compared.
    pub completions: Option<usize>,
    /// How many different orders they give; `null` likewise.
    pub orders: Option<usize>,
    /// How many completions were drawn; `null` unless some were.
    pub samples: Option<u64>,
    /// The states that may take other places than in the basic reading, in their order.
    pub states: Vec<StatePlaces>,
    /// Where the order may be another than in the basic reading, the best first.
    pub runs: Vec<RunEntry>,
}

/// The places that a state may take, or share with others; 1 is the best.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatePlaces {
    /// The state.
    pub state: u32,
    /// The best.
    pub best: usize,
    /// The worst.
    pub worst: usize,
}

/// Neighbouring ranks of the basic reading between which the order may be another. What is above or below them is so
/// in every order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RunEntry {
    /// The best rank, as the analysis numbers them; larger is better.
    pub highest: u32,
    /// The worst. When it is the same, states that are alike in the basic reading may not be.
    pub lowest: u32,
    /// The states, the best first.
    pub states: Vec<u32>,
}

/// Puts what was found into its serialisable form.
pub fn finding(
    game: &Game<'_>,
    found: &[Found],
    degrees: Option<&Degrees>,
    stop: Option<&Stop>,
) -> Places {
    let of = |degrees: &Degrees| {
        let parties = game.model.party_ids().zip(&game.rankings);
        let each = parties.map(|(party, ranking)| {
            let name = game.model.party(party).name.clone();
            (name, degrees.boundaries(party, ranking))
        });
        let strong = each.filter(|(_, degrees)| degrees.iter().any(|d| *d > 1));
        strong.collect()
    };
    Places {
        format: "detente-places/1".to_owned(),
        parties: found.iter().map(|places| party(game, places)).collect(),
        boundaries: degrees.map(of).unwrap_or_default(),
        stopped: stop.map(ToString::to_string),
    }
}

fn party(game: &Game<'_>, found: &Found) -> PartyPlaces {
    let (kind, completions, orders, samples) = match found.extent {
        Extent::Every {
            completions,
            orders,
        } => ("every", Some(completions), Some(orders), None),
        Extent::Pairs => ("pairs", None, None, None),
        Extent::Drawn { samples } => ("drawn", None, None, Some(samples)),
    };
    let rank = |state: StateId| {
        let ranking = game.rankings.get(found.party.index());
        ranking.map_or(0, |r| r.rank(state))
    };
    let mut order: Vec<StateId> = game.space.ids().collect();
    order.sort_by_key(|state| Reverse(rank(*state)));
    let states = game.space.ids().zip(&found.spans);
    let moved = states.filter(|(state, span)| {
        let above = order.partition_point(|s| rank(*s) > rank(*state));
        let until = order.partition_point(|s| rank(*s) >= rank(*state));
        (span.best, span.worst) != (above + 1, until)
    });
    let run = |run: &Run| {
        let within = |s: &&StateId| (run.lowest..=run.highest).contains(&rank(**s));
        let states = order.iter().filter(within);
        RunEntry {
            highest: run.highest,
            lowest: run.lowest,
            states: states.map(|s| game.id(*s)).collect(),
        }
    };
    PartyPlaces {
        party: game.model.party(found.party).name.clone(),
        found: kind.to_owned(),
        completions,
        orders,
        samples,
        states: moved
            .map(|(state, span)| StatePlaces {
                state: game.id(state),
                best: span.best,
                worst: span.worst,
            })
            .collect(),
        runs: found.runs.iter().map(run).collect(),
    }
}
