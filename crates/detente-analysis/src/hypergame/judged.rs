//! Equilibria in each party's eyes, those that each expects, and those of the hypergame.

use detente_model::PartyId;

use super::{Hypergame, NotJudged};
use crate::concept::Settings;
use crate::inverse::Judgement;
use crate::stability::{ConceptError, analyze};
use crate::{Budget, Concept, Outcome, StateId, StateSet};

/// What is stable in whose eyes. All sets are in the numbers of [`super::Universe`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// For each game, by which concept each party judges.
    pub judgements: Vec<Judgement>,
    /// For each game, the states that are stable for each party.
    pub stable: Vec<Vec<StateSet>>,
    /// For each game, its equilibria.
    pub equilibria: Vec<StateSet>,
    /// For each party, the states that it expects to hold: that it sees, that are stable for it in its own
    /// game, and for every other party in the game that it thinks the other sees.
    pub expected: Vec<StateSet>,
    /// The equilibria of the hypergame: states of the true game that every party sees and that are stable
    /// for each in its own game.
    pub hypergame: StateSet,
}

/// How an equilibrium of the hypergame stands. After Aljefri, Bashar, Fang and Hipel (2018).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: StateId,
    /// The parties that expect it to hold.
    pub expected_by: Vec<PartyId>,
    /// Whether every party expects it. An equilibrium that is not steady is called unsteady: somebody
    /// waits for a move that does not come.
    pub steady: bool,
    /// Whether somebody sees things otherwise than they are, and everybody who does expects the state:
    /// nothing that happens there shows the mistake.
    pub stealthy: bool,
}

impl Judged {
    /// How each equilibrium of the hypergame stands, ascending.
    pub fn standings(&self, hypergame: &Hypergame<'_>) -> Vec<Standing> {
        let sights = hypergame.sights;
        let parties: Vec<PartyId> = hypergame.party_ids().collect();
        let mistaken: Vec<PartyId> = parties
            .iter()
            .copied()
            .filter(|p| sights.is_mistaken(*p))
            .collect();
        let standing = |state| {
            let expects = |p: &PartyId| self.expected[p.index()].contains(state);
            let expected_by: Vec<PartyId> = parties.iter().copied().filter(expects).collect();
            Standing {
                state,
                steady: expected_by.len() == parties.len(),
                stealthy: !mistaken.is_empty() && mistaken.iter().all(expects),
                expected_by,
            }
        };
        self.hypergame.iter().map(standing).collect()
    }
}

pub(super) fn judge(
    hypergame: &Hypergame<'_>,
    judgements: &[Judgement],
    budget: &Budget,
) -> Result<Judged, NotJudged> {
    let (sights, universe) = (hypergame.sights, &hypergame.universe);
    let mut stable: Vec<Vec<StateSet>> = Vec::with_capacity(hypergame.games.len());
    for (game, judgement) in judgements.iter().enumerate().take(hypergame.games.len()) {
        let sets = stable_sets(hypergame, game, judgement, budget)
            .map_err(|error| NotJudged { game, error })?;
        stable.push(sets.iter().map(|s| universe.outward_set(game, s)).collect());
    }
    let all = |game: usize| {
        let mut states = universe.of_game(game);
        for set in &stable[game] {
            states.intersect(set);
        }
        states
    };
    let equilibria: Vec<StateSet> = (0..stable.len()).map(all).collect();
    let expected = |viewer: PartyId| {
        let mut states = universe.of_game(sights.seen_by(viewer));
        for party in hypergame.party_ids() {
            let game = if party == viewer {
                sights.seen_by(viewer)
            } else {
                sights.thought_of(viewer, party)
            };
            states.intersect(&stable[game][party.index()]);
        }
        states
    };
    let mut together = universe.of_game(0);
    for party in hypergame.party_ids() {
        let game = sights.seen_by(party);
        // A state that is stable for a party in its own game is in that game.
        together.intersect(&stable[game][party.index()]);
    }
    Ok(Judged {
        expected: hypergame.party_ids().map(expected).collect(),
        judgements: judgements.to_vec(),
        stable,
        equilibria,
        hypergame: together,
    })
}

/// The states of a game that are stable for each party by its concept, in the numbers of the game.
fn stable_sets(
    hypergame: &Hypergame<'_>,
    game: usize,
    judgement: &Judgement,
    budget: &Budget,
) -> Result<Vec<StateSet>, ConceptError> {
    let game = &hypergame.games[game];
    let mut concepts: Vec<Concept> = Vec::new();
    for concept in judgement {
        if !concepts.contains(concept) {
            concepts.push(*concept);
        }
    }
    let outcome = analyze(&game.conflict(), &concepts, &Settings::default(), budget);
    let found = match outcome {
        Outcome::Complete(found) => found,
        Outcome::Stopped(_, stop) => return Err(stop.into()),
    };
    if let Some(refused) = found.refused.into_iter().next() {
        return Err(refused.reason);
    }
    let of = |(party, concept): (PartyId, &Concept)| {
        let table = found.tables.iter().find(|t| t.concept == *concept);
        let set = table.and_then(|t| t.stable_for(party));
        set.cloned()
            .unwrap_or_else(|| StateSet::all(game.space.len()))
    };
    Ok(game.graph.party_ids().zip(judgement).map(of).collect())
}
