//! The finding and its sentences.

use detente_analysis::model::PartyId;
use detente_analysis::relation::{Attitude, Attitudes as Structure, CONCEPTS};
use detente_analysis::stability::Fate;
use detente_analysis::{Analysis, Concept, Game, StateId, StateSet, Verdict};
use indexmap::IndexMap;

use super::{Attitudes, ByConcept, Change, Changed, Found, Reason, Tried};
use crate::build::{options, parties, size, state};
use crate::why::{Wording, reason_in};
use crate::words::{self, Tense};

/// The finding of what was computed.
pub fn finding(found: &Found<'_, '_>) -> Attitudes {
    let game = found.game;
    let name = |p: PartyId| words::party(game, p).to_owned();
    let row = |of: PartyId| {
        let each = game.model.party_ids();
        each.map(|to| (name(to), found.matrix.of(of, to).word().to_owned()))
            .collect::<IndexMap<_, _>>()
    };
    let tried = found.tried.iter().map(|(of, toward, attitude)| Tried {
        of: name(*of),
        toward: name(*toward),
        attitude: attitude.word().to_owned(),
    });
    Attitudes {
        format: "detente-attitudes/1".to_owned(),
        negotiation: game.model.title.clone(),
        as_of: game.model.as_of.map(|d| d.to_string()),
        variants: found.variants.to_vec(),
        size: size(game),
        parties: parties(game),
        options: options(game),
        status_quo: game.status_quo.map(|s| game.id(s)),
        states: game.space.ids().map(|s| state(game, s)).collect(),
        attitudes: game.model.party_ids().map(|p| (name(p), row(p))).collect(),
        tried: tried.collect(),
        concepts: CONCEPTS.iter().map(|c| by_concept(found, *c)).collect(),
        concept: found.concept.id(),
        changes: found.changed.iter().map(|c| change(found, c)).collect(),
    }
}

/// The states that are stable for everybody in one of the two analyses.
pub(super) fn equilibria(analysis: &Analysis, concept: Concept) -> Vec<StateId> {
    let table = analysis.table(concept);
    table.map_or_else(Vec::new, |t| t.equilibria().iter().collect())
}

fn by_concept(found: &Found<'_, '_>, concept: Concept) -> ByConcept {
    let game = found.game;
    let ids = |states: Vec<StateId>| states.into_iter().map(|s| game.id(s)).collect();
    let stable = |party: PartyId| {
        let table = found.relational.table(concept);
        let set = table.and_then(|t| t.stable_for(party));
        ids(set.into_iter().flat_map(StateSet::iter).collect())
    };
    ByConcept {
        concept: concept.id(),
        ordinary: ids(equilibria(found.ordinary, concept)),
        relational: ids(equilibria(found.relational, concept)),
        stable: game
            .model
            .party_ids()
            .map(|p| (words::party(game, p).to_owned(), stable(p)))
            .collect(),
    }
}

fn change(found: &Found<'_, '_>, changed: &Changed) -> Change {
    Change {
        state: found.game.id(changed.state),
        gained: changed.gained,
        reasons: reasons(found, changed),
    }
}

/// What changes the verdicts of the parties, a list of sentences for each.
pub(super) fn reasons(found: &Found<'_, '_>, changed: &Changed) -> Vec<Reason> {
    let conflict = found.game.conflict();
    let Ok(structure) = Structure::new(&conflict, found.matrix.clone()) else {
        return Vec::new();
    };
    let of_party = |(ordinary, relational): &(Verdict, Verdict)| Reason {
        party: words::party(found.game, ordinary.party).to_owned(),
        said: if changed.gained {
            held_back(found.game, &structure, ordinary, relational)
        } else {
            let fates = relational.improvements.iter();
            fates
                .filter(|f| matches!(f.fate, Fate::Open { .. }))
                .map(|f| relational_reason(found.game, &structure, relational, f))
                .collect()
        },
    };
    changed.verdicts.iter().map(of_party).collect()
}

/// Why a party that would leave if it cared for itself alone does not.
fn held_back(
    game: &Game<'_>,
    structure: &Structure<'_>,
    ordinary: &Verdict,
    relational: &Verdict,
) -> Vec<String> {
    let name = words::party(game, ordinary.party);
    let mut said = Vec::new();
    for fate in &ordinary.improvements {
        if !matches!(fate.fate, Fate::Open { .. }) {
            continue;
        }
        let (from, to) = (ordinary.state, fate.to);
        if let Some(still) = relational.improvements.iter().find(|f| f.to == to) {
            said.push(relational_reason(game, structure, relational, still));
            continue;
        }
        said.push(format!(
            "{name} would gain by {} ({} -> {}), but does not accept that: {}.",
            words::deed(game, ordinary.party, from, to, Tense::Gerund),
            game.id(from),
            game.id(to),
            objections(game, structure, ordinary.party, from, to)
        ));
    }
    said
}

fn relational_reason(
    game: &Game<'_>,
    structure: &Structure<'_>,
    verdict: &Verdict,
    fate: &detente_analysis::stability::ImprovementFate,
) -> String {
    let name = words::party(game, verdict.party);
    let (here, party) = (verdict.state, verdict.party);
    let judged = |result: StateId| {
        if result == here {
            return format!("{name} would be back at {}", game.id(here));
        }
        let why = objections(game, structure, party, here, result);
        format!(
            "{name} does not accept {} from {}: {why}",
            game.id(result),
            game.id(here)
        )
    };
    let wording = Wording {
        leaves: "would accept",
        escapes: "which it accepts from",
        judged: &judged,
    };
    reason_in(game, verdict, fate, &wording)
}

/// On whose account a party does not accept to come from one state to another: `it is worse for DPRK`.
fn objections(
    game: &Game<'_>,
    structure: &Structure<'_>,
    party: PartyId,
    from: StateId,
    to: StateId,
) -> String {
    let against = |attitude: Attitude| -> Vec<&str> {
        let each = game.model.party_ids();
        each.filter(|j| structure.matrix().of(party, *j) == attitude)
            .filter(|j| !structure.accepts_for(party, *j, from, to))
            .map(|j| {
                if j == party {
                    "itself"
                } else {
                    words::party(game, j)
                }
            })
            .collect()
    };
    let mut parts = Vec::new();
    for (attitude, word) in [
        (Attitude::Positive, "worse"),
        (Attitude::Negative, "better"),
    ] {
        let whom = against(attitude);
        if !whom.is_empty() {
            parts.push(format!("{word} for {}", words::list(&whom)));
        }
    }
    format!("it is {}", words::list(&parts))
}
