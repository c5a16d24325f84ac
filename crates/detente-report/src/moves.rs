//! The moves between the states, one by one or counted between outcome classes, for pictures of the conflict.

use std::collections::BTreeMap;

use detente_analysis::Game;
use detente_analysis::model::PartyId;
use schemars::JsonSchema;
use serde::Serialize;

/// More moves than these are only counted between classes.
pub const MOST_MOVES: usize = 20_000;

/// The moves of a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Moves {
    /// What this is: `detente-moves/1`.
    pub format: String,
    /// Every move of every party, by state that is left, party and state that is reached; `null` when there are very
    /// many.
    pub each: Option<Vec<MoveFinding>>,
    /// How many there are between classes, by class that is left, class that is reached and party.
    pub between: Vec<BetweenFinding>,
}

/// A move that a party can make by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MoveFinding {
    /// Who moves.
    pub party: String,
    /// The number of the state that is left.
    pub from: u32,
    /// The number of the state that is reached.
    pub to: u32,
    /// Whether the mover prefers where it leads: a unilateral improvement.
    pub improves: bool,
    /// Whether the mover can move back.
    pub reversible: bool,
}

/// The moves of a party between the states of two classes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BetweenFinding {
    /// The class that is left, as a place among the classes of the analysis; `null` for states of no class.
    pub from: Option<usize>,
    /// The class that is reached.
    pub to: Option<usize>,
    /// Who moves.
    pub party: String,
    /// How many moves.
    pub moves: usize,
    /// How many of them are improvements.
    pub improvements: usize,
}

/// Moves that are counted together.
#[derive(Default)]
struct Count {
    moves: usize,
    improvements: usize,
}

/// The moves of a game.
pub fn finding(game: &Game<'_>) -> Moves {
    let listed = game.graph.total_moves() <= MOST_MOVES;
    let mut each = Vec::new();
    let mut between: BTreeMap<(Option<usize>, Option<usize>, PartyId), Count> = BTreeMap::new();
    let conflict = game.conflict();
    for from in game.space.ids() {
        for party in game.model.party_ids() {
            let moves = game.graph.moves(party);
            for to in moves.from(from) {
                let improves = conflict.improves(party, from, *to);
                let key = (game.headline(from), game.headline(*to), party);
                let count = between.entry(key).or_default();
                count.moves += 1;
                count.improvements += usize::from(improves);
                if listed {
                    each.push(MoveFinding {
                        party: game.model.party(party).name.clone(),
                        from: game.id(from),
                        to: game.id(*to),
                        improves,
                        reversible: moves.from(*to).contains(&from),
                    });
                }
            }
        }
    }
    Moves {
        format: "detente-moves/1".to_owned(),
        each: listed.then_some(each),
        between: between
            .into_iter()
            .map(|((from, to, party), count)| BetweenFinding {
                from,
                to,
                party: game.model.party(party).name.clone(),
                moves: count.moves,
                improvements: count.improvements,
            })
            .collect(),
    }
}
