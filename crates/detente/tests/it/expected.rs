//! The form of the `expected.json` files that stand beside the cases.

use std::collections::BTreeMap;

use detente::analysis::{Game, StateId};
use serde::Deserialize;

use crate::harness::{state_named, state_with};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    #[serde(rename = "note")]
    _note: String,
    pub(crate) cases: Vec<ExpectedCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedCase {
    pub(crate) case: String,
    pub(crate) analyses: Vec<Row>,
    /// How often a state is in a published list.
    #[serde(default)]
    pub(crate) published_tally: BTreeMap<String, usize>,
}

/// The results of one case with some of its variants.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) variants: Vec<String>,
    pub(crate) provenance: String,
    pub(crate) feasible: usize,
    /// Of a concept, or of one of [`EITHER`].
    pub(crate) equilibria: BTreeMap<String, Vec<State>>,
    /// How many equilibria, where they are not listed.
    #[serde(default)]
    pub(crate) counts: BTreeMap<String, usize>,
    /// By concept and party.
    #[serde(default)]
    pub(crate) stable: BTreeMap<String, BTreeMap<String, Vec<State>>>,
    pub(crate) horizon: Option<Horizon>,
    pub(crate) reachability: Option<Reachability>,
    /// All joint improvements of all coalitions from all states.
    pub(crate) joint_improvements: Option<Vec<Joint>>,
    /// The joint improvements of some coalitions from some states.
    #[serde(default)]
    pub(crate) joint_improvements_from: Vec<Joint>,
    pub(crate) coalition_nash: Option<CoalitionNash>,
    pub(crate) rankings_that_hold: Option<Rankings>,
    #[serde(default)]
    pub(crate) published: Vec<Published>,
}

/// A state by its name, or by what is on.
#[derive(Deserialize, Debug, Clone)]
#[serde(untagged)]
pub(crate) enum State {
    Name(String),
    On(Vec<String>),
}

impl State {
    pub(crate) fn find(&self, game: &Game<'_>) -> StateId {
        match self {
            Self::Name(name) => state_named(game, name),
            Self::On(on) => state_with(game, &on.iter().cloned().collect()),
        }
    }
}

pub(crate) fn find_all(states: &[State], game: &Game<'_>) -> Vec<StateId> {
    let mut found: Vec<StateId> = states.iter().map(|s| s.find(game)).collect();
    found.sort_unstable();
    let count = found.len();
    found.dedup();
    assert_eq!(found.len(), count, "a state is listed twice");
    found
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Horizon {
    pub(crate) settles: u64,
    pub(crate) cycle: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reachability {
    pub(crate) from: State,
    pub(crate) improvements: Vec<State>,
    /// The states that need one move, two moves, ...
    pub(crate) first_reached_by_moves: Vec<Vec<State>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Joint {
    pub(crate) members: Vec<String>,
    pub(crate) from: State,
    pub(crate) to: Vec<State>,
}

/// The states from which a coalition has no joint improvement, and those from which nobody has one,
/// single parties included.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CoalitionNash {
    pub(crate) stable: Vec<Coalition>,
    pub(crate) equilibria: Vec<State>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Coalition {
    pub(crate) members: Vec<String>,
    pub(crate) states: Vec<State>,
}

/// How many of all strict rankings of one party make a state an equilibrium.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rankings {
    pub(crate) party: String,
    pub(crate) state: State,
    pub(crate) counts: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Published {
    pub(crate) concept: String,
    pub(crate) equilibria: Vec<State>,
    /// Whether the publication is right.
    pub(crate) agrees: bool,
}
