//! `detente strength`.

use detente::analysis::relation::{
    Degrees, Extension, Graded, GradedFate, RelationError, Standings, graded_fates, standings,
};
use detente::analysis::{ConceptError, Game, StateId};
use detente::report::strength::{self as report, Found, MOST_WEAK};

use super::{doubt, judging, target};
use crate::cli::Format;
use crate::cli::strength::{ExtensionName, StrengthArgs};
use crate::failure::Failure;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &StrengthArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    let concept =
        judging::relational_concept(&model, &args.concept, &["gmr", "smr", "seq", "sseq"])?;
    let budget = running::budget(&args.limits);
    let game = judging::game(&loaded, &model, &budget)?;
    let state = match &args.state {
        Some(text) => Some(target::state(&game, &model, text)?),
        None => None,
    };
    let settings = judging::settings(&args.rules);
    let (degrees, tri) = if args.extension.is_some() {
        let (degrees, tri) = doubt::hybrid(&game, &budget)?;
        (degrees, Some(tri))
    } else {
        (Degrees::of(&game, &budget).map_err(unrelated)?, None)
    };
    let graded = Graded {
        degrees: &degrees,
        unknown: tri.as_ref().zip(args.extension.map(extension)),
    };
    let tables = standings(&game.graph, graded, &settings, &budget)
        .complete()
        .map_err(judging::incomplete)?;
    let main = tables.iter().find(|t| t.concept == concept);
    let explained = match (state, main) {
        (Some(state), _) => vec![state],
        (None, Some(main)) => weak(&game, main),
        (None, None) => Vec::new(),
    };
    let mut fates = Vec::new();
    for state in explained {
        let lists = model.party_ids().map(|party| {
            let at = (party, state);
            graded_fates(&game.graph, graded, concept, &settings, at, &budget).map_err(unproved)
        });
        let lists: Result<Vec<Vec<GradedFate>>, Failure> = lists.collect();
        fates.push((state, lists?));
    }
    drop(budget);
    let found = Found {
        game: &game,
        variants: &args.which.variants,
        graded,
        standings: &tables,
        concept,
        state,
        fates: &fates,
    };
    output::data(&match args.format {
        Format::Json => super::schema::json(&report::finding(&found))?,
        Format::Text => report::text(&found, output::look()),
    })
}

fn extension(name: ExtensionName) -> Extension {
    match name {
        ExtensionName::A => Extension::A,
        ExtensionName::B => Extension::B,
        ExtensionName::C => Extension::C,
        ExtensionName::D => Extension::D,
    }
}

/// The first weak equilibria.
fn weak(game: &Game<'_>, main: &Standings) -> Vec<StateId> {
    let weak = |s: &StateId| {
        let standing = main.weakest(*s);
        standing.is_stable() && !standing.is_firm()
    };
    game.space.ids().filter(weak).take(MOST_WEAK).collect()
}

fn unrelated(error: RelationError) -> Failure {
    match error {
        RelationError::Stopped(stop) => judging::incomplete(stop),
        other => Failure::bad(other.to_string()),
    }
}

fn unproved(error: ConceptError) -> Failure {
    match error {
        ConceptError::Stopped(stop) => judging::incomplete(stop),
        other => Failure::bad(other.to_string()),
    }
}
