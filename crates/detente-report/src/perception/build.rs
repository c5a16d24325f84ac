//! From what was found to its serialisable form.

use detente_analysis::hypergame::{
    Corrected, EmptySanction, Likeness, Misheard, Refused, Surprise, Unwilling, Wish, distance,
};
use detente_analysis::model::PartyId;
use detente_analysis::model::syntax::ast::Communicated;
use detente_analysis::{Game, StateId, StateSet};
use indexmap::IndexMap;

use super::Found;
use super::finding::{
    ByConcept, CorrectedFinding, CorrectionFinding, DistanceFinding, EmptySanctionFinding,
    Perception, Standing, SurpriseFinding, UnknownReading, Viewer, WishFinding, WishPlan,
};
use super::parts::{departure, id, ids, name, names, seen_state};
use crate::breakthrough::plan_change;
use crate::build::concept_name;
use crate::finding::Step;

/// How many unseen states are listed, and how many states are described, at most.
const MOST_LISTED: usize = 1000;

/// Puts what was found into its serialisable form.
pub fn finding(found: &Found<'_, '_>) -> Perception {
    let hypergame = found.hypergame;
    let truth = hypergame.truth();
    let set = |states: &StateSet| ids(hypergame, states);
    let standing = |s: detente_analysis::hypergame::Standing| Standing {
        state: id(hypergame, s.state),
        expected_by: names(hypergame, s.expected_by.into_iter()),
        steady: s.steady,
        stealthy: s.stealthy,
    };
    let own = |expected: &[StateSet]| -> IndexMap<String, Vec<u32>> {
        let parties = hypergame.party_ids().zip(expected);
        parties.map(|(p, e)| (name(hypergame, p), set(e))).collect()
    };
    let now = found.now();
    let findings = found.findings;
    let correction = |c: &detente_analysis::hypergame::Correction| CorrectionFinding {
        eyes: c.path.clone(),
        belief: c.belief.clone(),
        reading: c.reading.map(|r| unknown_reading(found, r)),
        result: c.result.as_ref().map(|r| corrected(found, &now, r)),
    };
    Perception {
        format: "detente-perception/1".to_owned(),
        negotiation: truth.model.title.clone(),
        variants: found.variants.to_vec(),
        semantics: found.semantics.name().to_owned(),
        concepts: hypergame
            .party_ids()
            .zip(found.judged.judgements.first().into_iter().flatten())
            .map(|(p, c)| (name(hypergame, p), concept_name(truth, *c)))
            .collect(),
        feasible: truth.space.len(),
        status_quo: truth.status_quo.map(|s| truth.id(s)),
        truth: set(&found.judged.equilibria[0]),
        parties: hypergame.party_ids().map(|p| viewer(found, p)).collect(),
        hypergame: found
            .judged
            .standings(hypergame)
            .into_iter()
            .map(standing)
            .collect(),
        moves_deleted: set(found.deleted),
        by_concept: found
            .by_concept
            .iter()
            .map(|(concept, judged)| {
                let by = ByConcept {
                    truth: set(&judged.equilibria[0]),
                    expected: own(&judged.expected),
                    hypergame: set(&judged.hypergame),
                };
                (concept_name(truth, *concept), by)
            })
            .collect(),
        surprises: findings
            .surprises
            .iter()
            .map(|s| surprise(found, s))
            .collect(),
        empty_sanctions: findings.empty.iter().map(|e| empty(found, e)).collect(),
        corrections: findings.corrections.all.iter().map(correction).collect(),
        wishes: findings.wishes.all.iter().map(|w| wish(found, w)).collect(),
        wishes_refused: findings.wishes.refused.map(|refused| match refused {
            Refused::Concept(concept) => format!(
                "the inverse question is not answered for `{}`",
                concept_name(truth, concept)
            ),
            Refused::Solver => "the solver failed".to_owned(),
        }),
        states: mentioned(found)
            .iter()
            .take(MOST_LISTED)
            .map(|s| seen_state(hypergame, s))
            .collect(),
        stopped: found.stop.map(ToString::to_string),
    }
}

/// The states that are referred to.
fn mentioned(found: &Found<'_, '_>) -> StateSet {
    let universe = &found.hypergame.universe;
    if universe.len() <= MOST_LISTED {
        return StateSet::all(universe.len());
    }
    let mut all = StateSet::empty(universe.len());
    let judged = found.judged;
    let sets = judged.expected.iter().chain(judged.equilibria.first());
    for state in sets.flat_map(StateSet::iter).chain(judged.hypergame.iter()) {
        all.insert(state);
    }
    for (_, states, _) in &found.findings.examined {
        for state in states {
            all.insert(*state);
        }
    }
    all
}

fn viewer(found: &Found<'_, '_>, party: PartyId) -> Viewer {
    let hypergame = found.hypergame;
    let (sights, universe) = (hypergame.sights, &hypergame.universe);
    let place = sights.seen_by(party);
    let (truth, game) = (hypergame.truth(), &hypergame.games[place]);
    let unseen: Vec<StateId> = truth
        .space
        .ids()
        .filter(|s| universe.inward(place, *s).is_none())
        .collect();
    let (hidden, invented) = options(truth, game);
    let far = |of: PartyId| {
        let found = distance(hypergame, party, of);
        let finding = DistanceFinding {
            opposite: found.opposite,
            tied_in_one: found.tied_in_one,
        };
        (name(hypergame, of), finding)
    };
    Viewer {
        name: name(hypergame, party),
        mistaken: sights.is_mistaken(party),
        minded: names(hypergame, sights.minded(party).iter().copied()),
        states: game.space.len(),
        unseen: unseen
            .iter()
            .take(MOST_LISTED)
            .map(|s| truth.id(*s))
            .collect(),
        unseen_count: unseen.len(),
        unreal_count: universe
            .of_game(place)
            .iter()
            .filter(|s| !universe.is_real(*s))
            .count(),
        hidden,
        invented,
        equilibria: ids(hypergame, &found.judged.equilibria[place]),
        expected: ids(hypergame, &found.judged.expected[party.index()]),
        distances: hypergame.party_ids().map(far).collect(),
    }
}

/// The options that a game never takes though the true one does, and those that only it has.
fn options(truth: &Game<'_>, game: &Game<'_>) -> (Vec<String>, Vec<String>) {
    let names = |of: &Game<'_>| -> Vec<String> {
        of.model
            .option_ids()
            .map(|o| of.model.qualified(o))
            .collect()
    };
    let taken = |of: &Game<'_>| -> Vec<String> {
        let used = |o: &detente_analysis::model::OptionId| {
            of.space.ids().any(|s| of.space.level(s, *o) > 0)
        };
        let options = of.model.option_ids().filter(used);
        options.map(|o| of.model.qualified(o)).collect()
    };
    let real = names(truth);
    let seen = taken(game);
    let hidden = taken(truth)
        .into_iter()
        .filter(|o| !seen.contains(o))
        .collect();
    let invented = names(game)
        .into_iter()
        .filter(|o| !real.contains(o))
        .collect();
    (hidden, invented)
}

fn surprise(found: &Found<'_, '_>, surprise: &Surprise) -> SurpriseFinding {
    let hypergame = found.hypergame;
    let sights = hypergame.sights;
    let moves = |game: usize, list: &[StateId]| {
        let one = |to: &StateId| departure(hypergame, game, surprise.by, surprise.at, *to);
        list.iter().map(one).collect::<Vec<_>>()
    };
    let happens = surprise.happens.as_deref();
    SurpriseFinding {
        viewer: name(hypergame, surprise.viewer),
        by: name(hypergame, surprise.by),
        state: id(hypergame, surprise.at),
        kind: match happens {
            None => "unaware",
            Some([]) => "stays",
            Some(_) if surprise.expected.is_empty() => "leaves",
            Some(_) => "otherwise",
        }
        .to_owned(),
        expected: moves(
            sights.thought_of(surprise.viewer, surprise.by),
            &surprise.expected,
        ),
        happens: moves(sights.seen_by(surprise.by), happens.unwrap_or(&[])),
    }
}

fn empty(found: &Found<'_, '_>, empty: &EmptySanction) -> EmptySanctionFinding {
    let hypergame = found.hypergame;
    let game = hypergame.sights.seen_by(empty.viewer);
    let step = |s: &detente_analysis::Step| Step {
        party: name(hypergame, s.party),
        from: id(hypergame, s.from),
        to: id(hypergame, s.to),
    };
    EmptySanctionFinding {
        viewer: name(hypergame, empty.viewer),
        state: id(hypergame, empty.at),
        improvement: departure(hypergame, game, empty.viewer, empty.at, empty.improvement),
        steps: empty.steps.iter().map(step).collect(),
        unwilling: empty.unwilling.map(|(place, _)| place),
        why: empty.unwilling.map(|(_, why)| {
            match why {
                Unwilling::Unseen => "unseen",
                Unwilling::NoMove => "no_move",
                Unwilling::NoGain => "no_gain",
            }
            .to_owned()
        }),
    }
}

fn unknown_reading(found: &Found<'_, '_>, reading: Misheard) -> UnknownReading {
    let hypergame = found.hypergame;
    let term = hypergame.truth().model.terms.get(reading.term);
    let sense = |party: PartyId| {
        let sense = term.and_then(|t| t.sense(party));
        sense.map_or_else(String::new, |c| c.text.clone())
    };
    UnknownReading {
        term: term.map_or_else(String::new, |t| t.name.clone()),
        by: name(hypergame, reading.by),
        meant: sense(reading.by),
        heard: sense(reading.viewer),
        unclear: term.is_some_and(|t| t.known(reading.by, reading.viewer) == Communicated::Unclear),
    }
}

fn corrected(found: &Found<'_, '_>, now: &Corrected, result: &Corrected) -> CorrectedFinding {
    let hypergame = found.hypergame;
    let parties = hypergame.party_ids().zip(&result.expected);
    CorrectedFinding {
        changes: result != now,
        hypergame: ids(hypergame, &result.hypergame),
        expected: parties
            .map(|(p, e)| (name(hypergame, p), ids(hypergame, e)))
            .collect(),
    }
}

fn wish(found: &Found<'_, '_>, wish: &Wish) -> WishFinding {
    let hypergame = found.hypergame;
    let truth = hypergame.truth();
    WishFinding {
        viewer: name(hypergame, wish.viewer),
        class: wish.class.map(|c| truth.model.classes[c].name.clone()),
        states: wish.states.iter().map(|s| truth.id(*s)).collect(),
        plans: wish
            .plans
            .iter()
            .map(|(plan, likeness)| WishPlan {
                price: plan.price,
                says: plan
                    .changes
                    .iter()
                    .flat_map(|c| plan_change(truth, c).said)
                    .collect(),
                likeness: match likeness {
                    Likeness::Same => "same",
                    Likeness::Part => "part",
                    Likeness::Other => "other",
                }
                .to_owned(),
            })
            .collect(),
        all: wish.all,
    }
}
