//! From text to findings, through the public library.

use std::collections::BTreeSet;

use detente::analysis::{Analysis, Budget, Concept, Game, Settings, StateId, analyze};
use detente::model::{Model, PartyId, resolve, variant};
use detente::syntax::ast::Document;
use detente::syntax::{Diagnostic, parse};

use crate::collection::CASES;

/// The text of a case of the collection.
pub(crate) fn case(name: &str) -> &'static str {
    let found = CASES.iter().find(|c| c.name == name);
    found.unwrap_or_else(|| panic!("no case {name}")).text
}

/// The document of a text without errors or warnings, with the changes of some variants made.
pub(crate) fn document(text: &str, variants: &[&str]) -> Document {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    variant::apply(&parsed.document, variants).unwrap_or_else(|e| panic!("{variants:?}: {e:?}"))
}

pub(crate) fn model(document: &Document) -> Model {
    let resolved = resolve(document);
    let errors: Vec<&Diagnostic> = resolved
        .diagnostics
        .iter()
        .filter(|d| d.is_error())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    resolved.model.unwrap()
}

/// Runs the whole pipeline up to the game.
pub(crate) fn with_game<R>(
    text: &str,
    variants: &[&str],
    use_it: impl FnOnce(&Game<'_>) -> R,
) -> R {
    let model = model(&document(text, variants));
    let game = Game::new(&model, &Budget::default()).unwrap_or_else(|e| panic!("{e:?}\n{text}"));
    use_it(&game)
}

/// Tables of all concepts asked for; none may be refused.
pub(crate) fn tables(game: &Game<'_>, concepts: &[Concept]) -> Analysis {
    let analysis = analyze(
        &game.conflict(),
        concepts,
        &Settings::default(),
        &Budget::default(),
    )
    .complete()
    .unwrap();
    assert_eq!(analysis.refused, []);
    analysis
}

pub(crate) fn party(game: &Game<'_>, name: &str) -> PartyId {
    let mut parties = game.model.party_ids();
    parties
        .find(|p| game.model.party(*p).name == name)
        .unwrap_or_else(|| panic!("no party {name}"))
}

/// What is on, as `US.sign`; options of one case are compared as sets of these.
pub(crate) type On = BTreeSet<String>;

pub(crate) fn on(game: &Game<'_>, state: StateId) -> On {
    let on = game.space.on(state).into_iter();
    on.map(|(option, _)| game.model.qualified(option)).collect()
}

/// The state in which exactly these binary options are on.
pub(crate) fn state_with(game: &Game<'_>, wanted: &On) -> StateId {
    let mut states = game.space.ids();
    states
        .find(|s| on(game, *s) == *wanted)
        .unwrap_or_else(|| panic!("no feasible state {wanted:?}"))
}

/// The name of a state that the author named.
pub(crate) fn name(game: &Game<'_>, state: StateId) -> String {
    let place = game
        .named(state)
        .unwrap_or_else(|| panic!("{state:?} has no name"));
    game.model.states[place].name.clone()
}

/// The state of this name.
pub(crate) fn state_named(game: &Game<'_>, wanted: &str) -> StateId {
    let mut states = game.space.ids();
    states
        .find(|s| game.named(*s).is_some() && name(game, *s) == wanted)
        .unwrap_or_else(|| panic!("no state {wanted}"))
}

/// The equilibria under one concept.
pub(crate) fn equilibria(game: &Game<'_>, concept: Concept) -> Vec<StateId> {
    tables(game, &[concept]).tables[0]
        .equilibria()
        .iter()
        .collect()
}

/// The names of the equilibria under one concept, in the order of the states.
pub(crate) fn named_equilibria(game: &Game<'_>, concept: Concept) -> Vec<String> {
    let found = equilibria(game, concept).into_iter();
    found.map(|s| name(game, s)).collect()
}

/// The states that are stable for every party under at least one of the concepts.
pub(crate) fn under_any(game: &Game<'_>, concepts: &[Concept]) -> Vec<StateId> {
    let found = tables(game, concepts);
    let for_all = |s: &StateId| {
        let stable = |p| found.tables.iter().any(|t| t.is_stable(p, *s));
        game.graph.party_ids().all(stable)
    };
    game.space.ids().filter(for_all).collect()
}

/// The title of the class that a state is counted under.
pub(crate) fn class<'g>(game: &'g Game<'_>, state: StateId) -> &'g str {
    let place = game.headline(state).expect("every state has a class");
    &game.model.classes[place].name
}
