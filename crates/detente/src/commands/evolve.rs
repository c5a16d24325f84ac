//! `detente evolve`.

use detente::analysis::coalition::{Coalitions, coalitions};
use detente::analysis::evolution::{Aim, Request, Way, courses, equilibria_by_class};
use detente::analysis::model::{Model, PartyId};
use detente::analysis::{
    Analysis, Budget, Concept, Game, Settings, StateId, StateSet, analyze, mixed_equilibria,
};
use detente::report::evolution::{self as report, Found};

use super::judging;
use super::target::{self, Target};
use crate::cli::Format;
use crate::cli::evolve::EvolveArgs;
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &EvolveArgs) -> Done {
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
        if args.fail_unreachable {
            return reached(found);
        }
        Ok(())
    })?
}

/// Follows the negotiation, and does something with what was found.
pub(crate) fn ask<R>(
    args: &EvolveArgs,
    loaded: &Loaded,
    game: &Game<'_>,
    budget: &Budget,
    then: impl FnOnce(&Found<'_, '_>) -> R,
) -> Result<R, Failure> {
    let model = game.model;
    let concepts = concepts(args, loaded, model)?;
    let (coalitions, all_coalitions) = followed(args, model)?;
    let start = match (&args.from, game.status_quo) {
        (Some(text), _) => target::state(game, model, text)?,
        (None, Some(state)) => state,
        (None, None) => {
            return Err(Failure::with_hint(
                "the file does not say where things stand",
                "name a start with --from, or write `status quo { ... }`",
            ));
        }
    };
    let equilibria = equilibria(game, &concepts, budget)?;
    let (aims, targets) = targets(args, game, &equilibria)?;
    let request = Request {
        start,
        targets,
        coalitions,
        tables: args.table,
    };
    let outcome = courses(&game.conflict(), &request, budget);
    let stop = outcome.stop();
    let found = Found {
        game,
        variants: &args.which.variants,
        request: &request,
        aims: &aims,
        concepts: &concepts,
        equilibria: &equilibria,
        all_coalitions,
        courses: outcome.value(),
        stop,
    };
    Ok(then(&found))
}

/// Fails when no target is reached by improvements, joint ones counted.
fn reached(found: &Found<'_, '_>) -> Done {
    let wanted = [Way::Improvements, Way::Joint];
    let mut courses = wanted.into_iter().filter_map(|w| found.courses.of(w));
    if courses.any(|c| c.targets.iter().any(|t| t.nearest.is_some())) {
        return Ok(());
    }
    if let Some(stop) = &found.courses.joint_skipped {
        return Err(Failure::with_hint(
            format!("whether joint steps reach a target is not known: {stop}"),
            "name the coalitions that matter with --coalition, or raise the limits",
        ));
    }
    output::note("no target is reached by improvements, not even by joint ones");
    Err(Failure::Found)
}

/// Where the negotiation should get: what was asked for, else the equilibria by their classes.
fn targets(
    args: &EvolveArgs,
    game: &Game<'_>,
    equilibria: &[StateId],
) -> Result<(Vec<Aim>, Vec<StateSet>), Failure> {
    if args.to.is_empty() {
        let aims = equilibria_by_class(game, equilibria);
        let sets = aims.iter().map(|a| a.states(game, equilibria)).collect();
        return Ok((aims, sets));
    }
    let (mut aims, mut sets) = (Vec::new(), Vec::new());
    for text in &args.to {
        let target = Target::read(game, game.model, text)?;
        let aim = match target {
            Target::Class(class) => Aim::Class(class),
            Target::State(state) => Aim::State(state),
        };
        if aims.contains(&aim) {
            continue;
        }
        let mut set = StateSet::empty(game.space.len());
        for state in target.states(game) {
            set.insert(state);
        }
        aims.push(aim);
        sets.push(set);
    }
    Ok((aims, sets))
}

/// One concept per party: the one asked for, else each party's own, else seq.
fn concepts(
    args: &EvolveArgs,
    loaded: &input::Loaded,
    model: &Model,
) -> Result<Vec<Concept>, Failure> {
    let all = |concept| vec![concept; model.parties.len()];
    if let Some(name) = &args.concept {
        return Ok(all(judging::concept(model, name)?));
    }
    let own = judging::assignment(loaded, model, Concept::Seq, &[])?;
    Ok(own.unwrap_or_else(|| all(Concept::Seq)))
}

/// The coalitions whose joint steps are followed, and whether they are all that were meant.
fn followed(args: &EvolveArgs, model: &Model) -> Result<(Vec<Vec<PartyId>>, bool), Failure> {
    if args.coalition.is_empty() {
        let Coalitions { coalitions, all } = coalitions(model.parties.len());
        return Ok((coalitions, all));
    }
    let mut named: Vec<Vec<PartyId>> = Vec::new();
    for text in &args.coalition {
        let names = text.split('+').map(str::trim);
        let members: Result<Vec<PartyId>, Failure> =
            names.map(|name| judging::party(model, name)).collect();
        let mut members = members?;
        members.sort_unstable();
        members.dedup();
        if members.len() < 2 {
            let parties: Vec<&str> = model.parties.iter().map(|p| p.name.as_str()).collect();
            return Err(Failure::with_hint(
                format!("`{text}` names no coalition of two or more parties"),
                format!("join parties with `+`; they are {}", parties.join(", ")),
            ));
        }
        if !named.contains(&members) {
            named.push(members);
        }
    }
    Ok((named, true))
}

fn equilibria(
    game: &Game<'_>,
    concepts: &[Concept],
    budget: &Budget,
) -> Result<Vec<StateId>, Failure> {
    let outcome = analyze(&game.conflict(), concepts, &Settings::default(), budget);
    let Analysis { tables, refused } = outcome.complete().map_err(|stop| {
        Failure::with_hint(
            format!("the equilibria were not found: {stop}"),
            "raise the limits, or ask for another --concept",
        )
    })?;
    if let Some(refused) = refused.first() {
        let name = detente::report::build::concept_name(game, refused.concept);
        let why = detente::report::build::refusal(game, refused);
        let hint = refused.reason.hint();
        return Err(Failure::with_hint(
            format!("`{name}` {why}"),
            hint.unwrap_or("`detente explain concepts` says what each needs"),
        ));
    }
    let found = mixed_equilibria(&tables, concepts);
    Ok(found.map_or(Vec::new(), |set| set.iter().collect()))
}
