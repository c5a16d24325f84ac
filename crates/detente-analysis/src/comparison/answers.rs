//! What is found of one negotiation, told so that it can be set beside another.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use detente_model::Model;
use detente_model::model::Form;

use super::Request;
use crate::stability::{Analysis, analyze};
use crate::{
    Budget, Concept, Game, StateId, StateSet, Stop, describe, mixed_equilibria, robustness, study,
};

/// By what a state is known in every negotiation: what is on in it, in alphabetical order, or its name in the graph
/// form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(pub Vec<String>);

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing");
        }
        f.write_str(&self.0.join(", "))
    }
}

/// By what a state of a game is known.
pub fn mark(game: &Game<'_>, state: StateId) -> Mark {
    let mut on = match game.model.form {
        Form::Options => describe::on(game, state),
        Form::Graph => {
            let named = game.named(state).and_then(|n| game.model.states.get(n));
            named.map(|n| n.name.clone()).into_iter().collect()
        }
    };
    on.sort();
    Mark(on)
}

/// The easiest way from the status quo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// It is the status quo.
    There,
    /// By improvements of single parties.
    Improvements,
    /// By improvements of parties and of coalitions acting together.
    JointSteps,
    /// By moves that are not all improvements.
    MovesOnly,
    /// Not at all.
    Nowise,
}

/// What is found of the states that count under one class.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfClass {
    /// How many there are.
    pub states: usize,
    /// Those that hold.
    pub held: BTreeSet<Mark>,
    /// The easiest way to one of them; `None` without a status quo.
    pub way: Option<Way>,
}

/// What is found of one negotiation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// How many states are feasible.
    pub feasible: usize,
    /// The status quo.
    pub status_quo: Option<Mark>,
    /// For each concept that was asked for the states that are stable for all by it; `None` where it does not apply.
    pub equilibria: Vec<(String, Option<BTreeSet<Mark>>)>,
    /// The states that are stable for all, each party judging by its own concept or by the main one; `None` where
    /// one does not apply.
    pub held: Option<BTreeSet<Mark>>,
    /// What is found of each class, a state counting under its first; `None` for states of no class.
    pub classes: BTreeMap<Option<String>, OfClass>,
    /// For the states that hold, by how many swaps of adjacent ranks in one party's order they break, see
    /// [`robustness`](mod@crate::robustness); `None` when no such change breaks them.
    pub firmness: BTreeMap<Mark, Option<u32>>,
    /// Whether joint steps were followed; else what only they lead to counts as reached by moves only.
    pub joint: bool,
}

/// A concept by its name, with its leader in this model; `None` when there is none.
pub fn named_concept(model: &Model, name: &str) -> Option<Concept> {
    if let Some(leader) = name.strip_prefix("stackelberg_") {
        let party = model.party_ids().find(|p| model.party(*p).name == leader)?;
        return Some(Concept::Stackelberg(party));
    }
    name.parse().ok()
}

/// By which concept each party judges: by its own where the text names one, else by the main one. A concept that is
/// not known in this model counts as not named.
pub fn judges(model: &Model, main: Concept) -> Vec<Concept> {
    let own = |party: &detente_model::model::Party| {
        let name = party.concept.as_ref()?;
        named_concept(model, name.as_str())
    };
    let parties = model.parties.iter();
    parties.map(|party| own(party).unwrap_or(main)).collect()
}

/// Finds the answers of one negotiation.
///
/// # Errors
///
/// Stops when the budget ends.
pub fn answers(game: &Game<'_>, request: &Request, budget: &Budget) -> Result<Answers, Stop> {
    let conflict = game.conflict();
    let asked: Vec<(&String, Option<Concept>)> = request
        .concepts
        .iter()
        .map(|name| (name, named_concept(game.model, name)))
        .collect();
    let main = named_concept(game.model, &request.main);
    let judging = main.map(|main| judges(game.model, main));
    let mut concepts: Vec<Concept> = asked.iter().filter_map(|(_, c)| *c).collect();
    concepts.extend(judging.iter().flatten());
    let Analysis { tables, refused: _ } =
        analyze(&conflict, &concepts, &request.settings, budget).complete()?;
    let marks = |states: &StateSet| -> BTreeSet<Mark> {
        states.iter().map(|state| mark(game, state)).collect()
    };
    let of = |concept: Concept| tables.iter().find(|t| t.concept == concept);
    let equilibria = asked.into_iter().map(|(name, concept)| {
        let table = concept.and_then(of);
        (name.clone(), table.map(|t| marks(&t.equilibria())))
    });
    let equilibria: Vec<(String, Option<BTreeSet<Mark>>)> = equilibria.collect();
    let held: Option<StateSet> = judging
        .as_ref()
        .and_then(|judging| mixed_equilibria(&tables, judging));
    let firmness = match (&held, &judging) {
        (Some(held), Some(judging)) => firmness(game, judging, held, request, budget)?,
        _ => BTreeMap::new(),
    };
    let evolutions = study::evolutions(game, budget)?;
    let mut classes: BTreeMap<Option<String>, OfClass> = BTreeMap::new();
    for class in &game.model.classes {
        classes.insert(Some(class.name.clone()), OfClass::default());
    }
    for state in game.space.ids() {
        let name = game
            .headline(state)
            .map(|c| game.model.classes[c].name.clone());
        let class = classes.entry(name).or_default();
        class.states += 1;
        if held.as_ref().is_some_and(|held| held.contains(state)) {
            class.held.insert(mark(game, state));
        }
        if let Some(evolutions) = &evolutions {
            let way = way(game, evolutions, state);
            class.way = Some(class.way.map_or(way, |before| before.min(way)));
        }
    }
    if evolutions.is_some() {
        for class in classes.values_mut() {
            class.way.get_or_insert(Way::Nowise);
        }
    }
    Ok(Answers {
        feasible: game.space.len(),
        status_quo: game.status_quo.map(|state| mark(game, state)),
        equilibria,
        held: held.as_ref().map(marks),
        classes,
        firmness,
        joint: evolutions.is_none_or(|e| e.joint.is_some()),
    })
}

fn way(game: &Game<'_>, evolutions: &study::Evolutions, state: StateId) -> Way {
    let joint = evolutions.joint.as_ref();
    if game.status_quo == Some(state) {
        Way::There
    } else if evolutions.improvements.distance(state).is_some() {
        Way::Improvements
    } else if joint.is_some_and(|joint| joint.distance(state).is_some()) {
        Way::JointSteps
    } else if evolutions.moves.distance(state).is_some() {
        Way::MovesOnly
    } else {
        Way::Nowise
    }
}

/// States that hold of which it is asked how firmly, at most.
const MOST_FIRM: usize = 200;

fn firmness(
    game: &Game<'_>,
    judging: &[Concept],
    held: &StateSet,
    request: &Request,
    budget: &Budget,
) -> Result<BTreeMap<Mark, Option<u32>>, Stop> {
    let states: Vec<StateId> = held.iter().take(MOST_FIRM).collect();
    let found = robustness::robustness(
        &game.conflict(),
        judging,
        &request.settings,
        &states,
        budget,
    )?;
    let firm = |r: &robustness::Robustness| (mark(game, r.state), r.robustness());
    Ok(found.iter().map(firm).collect())
}
