//! `detente terms`.

use detente::analysis::model::Model;
use detente::analysis::terms::{Request, TermFound, islands, terms};
use detente::analysis::{Budget, Concept, Game};
use detente::report::terms::{self as report, Found};

use super::judging;
use crate::cli::Format;
use crate::cli::terms::TermsArgs;
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &TermsArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    let budget = running::budget(&args.limits);
    let game = judging::game(&loaded, &model, &budget)?;
    ask(args, &loaded, &game, &budget, |found| {
        output::data(&match args.format {
            Format::Json => super::schema::json(&report::finding(found))?,
            Format::Text => report::text(found, output::look()),
        })?;
        if let Some(stop) = found.stop {
            return Err(judging::cut_short("analysis", stop));
        }
        if args.fail_parted && found.terms.terms.iter().any(TermFound::parts) {
            output::note("readings of a term part on a feasible state");
            return Err(Failure::Found);
        }
        Ok(())
    })?
}

/// Compares readings, and does something with what was found.
pub(crate) fn ask<R>(
    args: &TermsArgs,
    loaded: &Loaded,
    game: &Game<'_>,
    budget: &Budget,
    then: impl FnOnce(&Found<'_, '_>) -> R,
) -> Result<R, Failure> {
    let model = game.model;
    let document = loaded.document_with(&args.which.variants)?;
    let wanted = wanted(args, model)?;
    let mut concepts: Vec<Concept> = Vec::new();
    for name in &args.concepts {
        let concept = judging::concept(model, name)?;
        if !concepts.contains(&concept) {
            concepts.push(concept);
        }
    }
    let request = Request {
        terms: wanted,
        concepts,
        settings: judging::settings(&args.rules),
    };
    let outcome = terms(&document, game, &request, budget).map_err(|problems| {
        loaded.draw(&problems);
        Failure::Told
    })?;
    let islands = args.islands.then(|| islands(game, budget));
    let stop = outcome.stop();
    let found = Found {
        game,
        variants: &args.which.variants,
        request: &request,
        terms: outcome.value(),
        islands: islands.as_ref(),
        stop,
    };
    Ok(then(&found))
}

/// The terms asked for, as places in the model.
fn wanted(args: &TermsArgs, model: &Model) -> Result<Vec<usize>, Failure> {
    let Some(name) = &args.term else {
        return Ok((0..model.terms.len()).collect());
    };
    let found = model.terms.iter().position(|t| t.name == *name);
    found.map(|t| vec![t]).ok_or_else(|| {
        let names: Vec<&str> = model.terms.iter().map(|t| t.name.as_str()).collect();
        let hint = if names.is_empty() {
            "the negotiation declares no terms: `term NAME \"The words\" { US reads ... }`"
                .to_owned()
        } else {
            format!("the terms are {}", names.join(", "))
        };
        Failure::unknown(format!("there is no term `{name}`"), name, &names, &hint)
    })
}
