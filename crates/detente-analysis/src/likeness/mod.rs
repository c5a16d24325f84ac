//! How alike two negotiations are in their structure.
//!
//! A negotiation is described by [`FEATURES`], each a number from 0 to 1. The distance of two is the weighted mean of
//! the absolute differences of those features that both have, from 0 (alike in all) to 1: Gower's coefficient, as a
//! distance, for numbers and yes-or-no features (J. C. Gower, A General Coefficient of Similarity and Some of Its
//! Properties, Biometrics 27, 1971). It is a float, and so are the features; nothing but an order of cases is made
//! of it. What the negotiations are about is not looked at.
//!
//! Two games of two parties with two choices each and strict orders may be more than alike: they are the same game
//! when they have the same [`OrdinalType`].

mod order;
mod two_by_two;

use detente_model::model::{Form, Preferences};
use detente_model::record::When;
use detente_model::syntax::ast::{Direction, Document};
use detente_model::{Model, PartyId};

pub use order::{tau_b, tau_b_of};
pub use two_by_two::{OrdinalType, ordinal_type};

use crate::coalition::coalition_improvements;
use crate::concept::{Concept, Settings};
use crate::hypergame::Sights;
use crate::reach::{Reach, StepRule};
use crate::stability::{Analysis, analyze};
use crate::{Budget, Conflict, Game, Outcome, StateId, Stop};

/// One feature of a negotiation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feature {
    /// Its short name.
    pub id: &'static str,
    /// What it is, as a phrase.
    pub what: &'static str,
    /// How it is brought to a number from 0 to 1.
    pub scale: &'static str,
    /// What it weighs.
    pub weight: f64,
}

const fn feature(
    id: &'static str,
    what: &'static str,
    scale: &'static str,
    weight: f64,
) -> Feature {
    Feature {
        id,
        what,
        scale,
        weight,
    }
}

/// The features, in the order in which they are told. The weights are a choice, not an estimate: sizes count half,
/// what the parties want of each other counts double.
pub const FEATURES: [Feature; 15] = [
    feature(
        "parties",
        "how many parties",
        "log2 of their number over 3; 8 and more are 1",
        0.5,
    ),
    feature(
        "options",
        "options of a party, on average",
        "log2 of one more, over 4; 15 and more are 1",
        0.5,
    ),
    feature(
        "states",
        "how many outcomes are feasible",
        "log2 of their number over 20; 2^20 and more are 1",
        0.5,
    ),
    feature(
        "one_way",
        "options that cannot be taken back",
        "their share of all; of moves where there are no options",
        1.0,
    ),
    feature(
        "conflict",
        "how opposed the parties' orders are",
        "mean of (1 - tau-b) / 2 over pairs of parties; 1 is opposed",
        2.0,
    ),
    feature(
        "nash",
        "outcomes that are Nash equilibria",
        "their share of the feasible ones",
        1.0,
    ),
    feature(
        "seq",
        "outcomes that are sequentially stable",
        "their share of the feasible ones",
        1.0,
    ),
    feature(
        "quo_holds",
        "whether the status quo holds",
        "1 when it is sequentially stable, else 0",
        2.0,
    ),
    feature(
        "joint_gain",
        "whether all can gain together from the status quo",
        "1 or 0",
        2.0,
    ),
    feature(
        "joint_alone",
        "whether improvements of single parties lead to what all prefer",
        "1 when a best such outcome is reached, else 0",
        1.0,
    ),
    feature(
        "misread",
        "whether a party misreads the conflict",
        "1 or 0",
        1.0,
    ),
    feature(
        "doubt",
        "whether somebody's preferences are in doubt",
        "1 or 0",
        1.0,
    ),
    feature("ratified", "whether somebody must ratify", "1 or 0", 1.0),
    feature("deadline", "whether there is a deadline", "1 or 0", 1.0),
    feature(
        "tracks",
        "whether parties talk at several levels",
        "1 or 0",
        1.0,
    ),
];

/// What is known of a negotiation's features.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// For each of [`FEATURES`] its value from 0 to 1; `None` where the negotiation has no such thing, or where it
    /// was not computed.
    pub values: [Option<f64>; FEATURES.len()],
    /// What the game is, when it is one of two parties with two choices each and strict orders.
    pub ordinal: Option<OrdinalType>,
}

impl Features {
    fn set(&mut self, id: &str, value: Option<f64>) {
        if let Some(place) = FEATURES.iter().position(|f| f.id == id) {
            self.values[place] = value.map(|v| v.clamp(0.0, 1.0));
        }
    }
}

/// How far two negotiations are apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Distance {
    /// From 0 to 1; `None` when they have no feature in common.
    pub value: Option<f64>,
    /// The share of all weights that the common features have.
    pub compared: f64,
    /// For each common feature, as a place in [`FEATURES`], by how much of the distance it parts them; the largest
    /// part first, then in their order.
    pub parts: Vec<(usize, f64)>,
}

/// The distance of two descriptions.
pub fn distance(one: &Features, other: &Features) -> Distance {
    let all: f64 = FEATURES.iter().map(|f| f.weight).sum();
    let mut parts = Vec::new();
    let mut common = 0.0;
    for (place, feature) in FEATURES.iter().enumerate() {
        if let (Some(a), Some(b)) = (one.values[place], other.values[place]) {
            common += feature.weight;
            parts.push((place, feature.weight * (a - b).abs()));
        }
    }
    let sum: f64 = parts.iter().map(|(_, part)| part).sum();
    for (_, part) in &mut parts {
        *part /= common;
    }
    parts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Distance {
        value: (common > 0.0).then(|| sum / common),
        compared: common / all,
        parts,
    }
}

/// Describes a negotiation. The model is that of the document.
///
/// Stops when the conflict is too large for the budget, or when it is cancelled: what needs no states is then
/// described all the same.
pub fn features(document: &Document, model: &Model, budget: &Budget) -> Outcome<Features> {
    let mut found = Features {
        values: [None; FEATURES.len()],
        ordinal: None,
    };
    of_text(document, model, &mut found);
    let no_conflict = model.form == Form::Options && model.options.is_empty();
    if no_conflict {
        return Outcome::Complete(found);
    }
    match of_conflict(model, &mut found, budget) {
        Ok(()) => Outcome::Complete(found),
        Err(stop) => Outcome::Stopped(found, stop),
    }
}

/// What is seen without any state.
fn of_text(document: &Document, model: &Model, found: &mut Features) {
    let yes = |value: bool| Some(f64::from(u8::from(value)));
    let parties = model.parties.len();
    found.set("parties", Some((parties.max(1) as f64).log2() / 3.0));
    if !model.options.is_empty() {
        let options = model.options.len();
        let mean = options as f64 / parties.max(1) as f64;
        found.set("options", Some((1.0 + mean).log2() / 4.0));
        let one_way = model
            .options
            .iter()
            .filter(|o| o.direction != Direction::Both);
        found.set("one_way", Some(one_way.count() as f64 / options as f64));
    }
    if !document.views.is_empty() || !model.terms.is_empty() {
        // A view that cannot be made has been reported with the document.
        let sights = Sights::new(document);
        let mistaken = sights.map(|s| model.party_ids().any(|p| s.is_mistaken(p)));
        found.set("misread", mistaken.ok().and_then(yes));
    } else {
        found.set("misread", yes(false));
    }
    let doubtful = model.parties.iter().any(|party| {
        let statements = match &party.preferences {
            Preferences::Statements(list) => list
                .iter()
                .any(|s| !s.certainty.is_certain() || s.either_order),
            _ => false,
        };
        statements || !party.candidates.is_empty() || !party.intervals.is_empty()
    });
    let sides = &model.bargain.sides;
    let utilities = || {
        let own = sides.iter().filter_map(|s| s.utility.as_ref());
        own.chain(
            sides
                .iter()
                .flat_map(|s| s.ratifiers.iter().map(|r| &r.utility)),
        )
    };
    found.set(
        "doubt",
        yes(doubtful || utilities().any(detente_model::bargain::Utility::is_doubtful)),
    );
    found.set(
        "ratified",
        yes(sides.iter().any(|s| !s.ratifiers.is_empty())),
    );
    let events = model.record.events.iter().filter(|e| !e.precedent);
    let mut events = events.filter(|e| e.kind == "deadline" || matches!(e.when, When::By(_)));
    let deadline = events.next().is_some() || utilities().any(|u| !u.discounts.is_empty());
    found.set("deadline", yes(deadline));
    found.set("tracks", yes(model.record.tracks.len() > 1));
}

fn of_conflict(model: &Model, found: &mut Features, budget: &Budget) -> Result<(), Stop> {
    let game = game(model, budget)?;
    let conflict = game.conflict();
    let states = game.space.len();
    found.set("states", Some((states.max(1) as f64).log2() / 20.0));
    if model.options.is_empty() {
        found.set("one_way", one_way_moves(&conflict));
    }
    found.set("conflict", opposed(&conflict, budget)?);
    let outcome = analyze(
        &conflict,
        &[Concept::Nash, Concept::Seq],
        &Settings::default(),
        budget,
    );
    let Analysis { tables, .. } = outcome.complete()?;
    for table in &tables {
        let share = table.equilibria().iter().count() as f64 / states as f64;
        if table.concept == Concept::Nash {
            found.set("nash", Some(share));
            continue;
        }
        found.set("seq", Some(share));
        let holds = game.status_quo.map(|s| table.is_equilibrium(s));
        found.set("quo_holds", holds.map(|h| f64::from(u8::from(h))));
    }
    if let Some(start) = game.status_quo {
        let (gain, alone) = together(&conflict, start, budget)?;
        found.set("joint_gain", Some(f64::from(u8::from(gain))));
        found.set("joint_alone", alone.map(|a| f64::from(u8::from(a))));
    }
    found.ordinal = ordinal_type(&conflict);
    Ok(())
}

fn game<'m>(model: &'m Model, budget: &Budget) -> Result<Game<'m>, Stop> {
    if budget.is_cancelled() {
        return Err(Stop::Cancelled);
    }
    // What is wrong with a model besides its size has been reported with it.
    Game::new(model, budget).map_err(|_| Stop::Limit {
        what: "states",
        limit: budget.max_states,
    })
}

/// The share of moves that their party cannot take back by one move; `None` when nobody can move.
fn one_way_moves(conflict: &Conflict<'_>) -> Option<f64> {
    let graph = conflict.graph();
    let (mut all, mut kept) = (0_u64, 0_u64);
    for party in graph.party_ids() {
        let moves = graph.moves(party);
        for from in graph.state_ids() {
            for to in moves.from(from) {
                all += 1;
                kept += u64::from(moves.from(*to).binary_search(&from).is_err());
            }
        }
    }
    (all > 0).then(|| kept as f64 / all as f64)
}

/// The mean of (1 - tau-b) / 2 over the pairs of parties that both distinguish some states.
fn opposed(conflict: &Conflict<'_>, budget: &Budget) -> Result<Option<f64>, Stop> {
    let graph = conflict.graph();
    let ranks = |party: PartyId| -> Vec<u32> {
        let ranking = conflict.ranking(party);
        graph.state_ids().map(|s| ranking.rank(s)).collect()
    };
    let all: Vec<Vec<u32>> = graph.party_ids().map(ranks).collect();
    let (mut sum, mut pairs) = (0.0, 0_u32);
    for (place, one) in all.iter().enumerate() {
        for other in all.iter().skip(place + 1) {
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            if let Some(tau) = tau_b(one, other) {
                sum += (1.0 - tau) / 2.0;
                pairs += 1;
            }
        }
    }
    Ok((pairs > 0).then(|| sum / f64::from(pairs)))
}

/// Whether all parties together can reach a state that all prefer to the start; and if they can, whether
/// improvements of single parties lead to one of those that nothing betters for all.
fn together(
    conflict: &Conflict<'_>,
    start: StateId,
    budget: &Budget,
) -> Result<(bool, Option<bool>), Stop> {
    let parties: Vec<PartyId> = conflict.graph().party_ids().collect();
    let gains: Vec<StateId> = coalition_improvements(conflict, &parties, start)
        .into_iter()
        .map(|g| g.to)
        .collect();
    if gains.is_empty() {
        return Ok((false, None));
    }
    let work = (gains.len() as u64).saturating_mul(gains.len() as u64);
    if work > budget.max_work {
        return Err(Stop::Limit {
            what: "work",
            limit: budget.max_work,
        });
    }
    let betters = |a: StateId, b: StateId| {
        let ranks = || {
            parties
                .iter()
                .map(|p| (conflict.ranking(*p).rank(a), conflict.ranking(*p).rank(b)))
        };
        ranks().all(|(a, b)| a >= b) && ranks().any(|(a, b)| a > b)
    };
    let reached =
        Reach::new(conflict, parties.iter().copied(), StepRule::Improvements).reachable(start);
    let alone = gains
        .iter()
        .filter(|s| reached.contains(**s))
        .any(|s| !gains.iter().any(|other| betters(*other, *s)));
    Ok((true, Some(alone)))
}
