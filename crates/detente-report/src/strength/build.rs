//! The finding and its sentences.

use detente_analysis::doubt::in_doubt;
use detente_analysis::relation::{GradedFate, Known, Standing, Standings};
use detente_analysis::stability::{ImprovementFate, Verdict};
use detente_analysis::{Game, StateId, model::PartyId};

use indexmap::IndexMap;

use super::{ByConcept, ByParty, Found, Move, Reason, Stands, Strength};
use crate::build::{options, parties, size, state, verdict as verdict_finding};
use crate::doubt::unknown_pairs;
use crate::text::concept_in_text;
use crate::why::{Wording, reason_in};
use crate::words;

/// The finding of what was computed.
pub fn finding(found: &Found<'_, '_>) -> Strength {
    let game = found.game;
    let unknown = found.graded.unknown;
    let extension = unknown.map(|(_, e)| e.id().to_owned());
    Strength {
        format: "detente-strength/1".to_owned(),
        negotiation: game.model.title.clone(),
        as_of: game.model.as_of.map(|d| d.to_string()),
        variants: found.variants.to_vec(),
        extension,
        doubt_set_aside: set_aside(found),
        unknown_pairs: unknown.map_or_else(IndexMap::new, |(tri, _)| unknown_pairs(game, tri)),
        size: size(game),
        parties: parties(game),
        options: options(game),
        status_quo: game.status_quo.map(|s| game.id(s)),
        states: game.space.ids().map(|s| state(game, s)).collect(),
        degrees: found.graded.degrees.used().to_vec(),
        concepts: found
            .standings
            .iter()
            .map(|s| by_concept(game, s))
            .collect(),
        reasons: reasons(found),
    }
}

/// The parties whose doubt is set aside.
pub(super) fn set_aside(found: &Found<'_, '_>) -> Vec<String> {
    if found.graded.unknown.is_some() {
        return Vec::new();
    }
    let model = found.game.model;
    let marked = model.parties.iter().zip(in_doubt(model));
    let names = marked.filter(|(_, doubtful)| *doubtful);
    names.map(|(party, _)| party.name.clone()).collect()
}

fn by_concept(game: &Game<'_>, standings: &Standings) -> ByConcept {
    let equilibria = standings.equilibria();
    let by_party = |party: PartyId| ByParty {
        party: words::party(game, party).to_owned(),
        states: game
            .space
            .ids()
            .map(|s| stands(game, s, standings.of(party, s)))
            .collect(),
    };
    ByConcept {
        concept: standings.concept.id(),
        equilibria: equilibria
            .iter()
            .map(|s| stands(game, s, standings.weakest(s)))
            .collect(),
        parties: game.model.party_ids().map(by_party).collect(),
    }
}

fn stands(game: &Game<'_>, state: StateId, standing: Standing) -> Stands {
    Stands {
        state: game.id(state),
        standing: standing.id().to_owned(),
        level: match standing {
            Standing::Held(level) => Some(level),
            Standing::Unstable | Standing::Nash => None,
        },
    }
}

/// What holds the state that was asked about, party by party.
fn reasons(found: &Found<'_, '_>) -> Vec<Reason> {
    let Some(asked) = found.state else {
        return Vec::new();
    };
    let of_state = found.fates.iter().filter(|(s, _)| *s == asked);
    of_state
        .flat_map(|(_, lists)| found.game.model.party_ids().zip(lists))
        .map(|(party, fates)| reason(found, party, asked, fates))
        .collect()
}

/// How a state stands for a party, from what becomes of its moves.
fn standing(fates: &[GradedFate]) -> Standing {
    let worst = fates.iter().map(|f| f.degree).min();
    match worst {
        None => Standing::Nash,
        Some(None) => Standing::Unstable,
        Some(Some(level)) => Standing::Held(level),
    }
}

pub(super) fn reason(
    found: &Found<'_, '_>,
    party: PartyId,
    state: StateId,
    fates: &[GradedFate],
) -> Reason {
    let game = found.game;
    let held = standing(fates);
    let moves = fates.iter().map(|fate| {
        let verdict = one(found, party, state, &fate.fate);
        let text = said(found, &verdict, fate);
        let mut improvements = verdict_finding(game, &verdict).improvements;
        improvements.pop().map(|improvement| Move {
            degree: fate.degree,
            improvement,
            text,
        })
    });
    Reason {
        party: words::party(game, party).to_owned(),
        concept: found.concept.id(),
        stands: stands(game, state, held),
        claim: claim(found, party, held, fates),
        moves: moves.flatten().collect(),
    }
}

/// A verdict on one move alone.
fn one(found: &Found<'_, '_>, party: PartyId, state: StateId, fate: &ImprovementFate) -> Verdict {
    Verdict {
        party,
        state,
        concept: found.concept,
        stable: matches!(
            fate.fate,
            detente_analysis::stability::Fate::Sanctioned { .. }
        ),
        improvements: vec![fate.clone()],
        anticipation: None,
    }
}

fn claim(found: &Found<'_, '_>, party: PartyId, held: Standing, fates: &[GradedFate]) -> String {
    let name = words::party(found.game, party);
    let concept = concept_in_text(found.concept);
    let total = fates.len();
    let open = fates.iter().filter(|f| f.degree.is_none()).count();
    let gains = if total == 1 {
        "its one move that gains".to_owned()
    } else {
        format!("each of its {total} moves that gain")
    };
    let maybe = if found.graded.fears_the_unknown() {
        ", or by what may be no better"
    } else {
        ""
    };
    match held {
        Standing::Nash => format!("{name}: Nash stable: no move of it gains."),
        Standing::Unstable if total == 1 => {
            format!("{name}: not stable under {concept}: nothing stops its one move that gains.")
        }
        Standing::Unstable => format!(
            "{name}: not stable under {concept}: nothing stops {open} of its {total} moves that gain."
        ),
        Standing::Held(0) => format!(
            "{name}: weakly stable under {concept}: {gains} can be answered, but only by something \
             that is no better."
        ),
        Standing::Held(1) => format!(
            "{name}: weakly stable under {concept}: {gains} can be answered, but not always by \
             something much worse{maybe}."
        ),
        Standing::Held(2) => format!(
            "{name}: strongly stable under {concept}: {gains} can be answered by something much \
             worse{maybe}."
        ),
        Standing::Held(level) => format!(
            "{name}: strongly stable under {concept}: {gains} can be answered by something worse by \
             degree {level} or more{maybe}."
        ),
    }
}

/// A move and the severest answer to it, in a sentence.
fn said(found: &Found<'_, '_>, verdict: &Verdict, fate: &GradedFate) -> String {
    let game = found.game;
    let name = words::party(game, verdict.party);
    let here = game.id(verdict.state);
    let unknown = |first: StateId, second: StateId| {
        let tri = found.graded.unknown.map(|(tri, _)| tri);
        tri.is_some_and(|t| t.known(verdict.party, first, second) == Known::Unknown)
    };
    let doubtful = |state: StateId| unknown(state, verdict.state);
    let judged = |result: StateId| {
        let there = game.id(result);
        let degrees = found.graded.degrees;
        let degree = degrees.degree(verdict.party, verdict.state, result);
        match degree {
            _ if result == verdict.state => format!("{name} would be back at {here}"),
            _ if doubtful(result) => {
                format!("it is not known whether {there} is better for {name} than {here}")
            }
            _ if unknown(verdict.state, result) => {
                format!("{there} is no better for {name} than {here}, and may be worse")
            }
            0 => format!("{there} is no better for {name} than {here}"),
            1 => format!("{there} is worse for {name} than {here}"),
            2 => format!("{there} is much worse for {name} than {here}"),
            n => format!("{there} is worse for {name} than {here} by degree {n}"),
        }
    };
    let wording = Wording {
        leaves: if doubtful(fate.fate.to) {
            "might gain by"
        } else {
            "would gain by"
        },
        escapes: "which it prefers to",
        judged: &judged,
    };
    reason_in(game, verdict, &fate.fate, &wording)
}
