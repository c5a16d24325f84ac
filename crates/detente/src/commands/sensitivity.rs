//! `detente sensitivity`.

use detente::analysis::sensitivity::{About, Request, Sensitivity, sensitivity};
use detente::analysis::{Budget, Concept, Game, Outcome, Stop};
use detente::model::Model;
use detente::report::{build, sensitivity as report};

use super::judging;
use crate::cli::{AboutKind, SensitivityArgs, TableFormat};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &SensitivityArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    judging::concept(&model, &args.concept)?;
    let class = class(args, &model)?;
    let required = args
        .fail_fragile
        .iter()
        .map(|name| Ok((name, judging::class(&model, name)?)))
        .collect::<Result<Vec<_>, Failure>>()?;
    if let (Some(class), Some((name, _))) = (
        class,
        required
            .iter()
            .find(|(_, required)| Some(*required) != class),
    ) {
        let looked_at = &model.classes[class].name;
        return Err(Failure::with_hint(
            format!("`{name}` cannot be judged when only `{looked_at}` is looked at"),
            "leave out --class",
        ));
    }
    let budget = running::budget(&args.limits);
    let game = judging::game(&loaded, &model, &budget)?;
    let (main, outcome) = find(args, &loaded, &game, &budget)?;
    drop(budget);
    let stop: Option<&Stop> = outcome.stop();
    let found = outcome.value();
    let finding = report::finding(&game, found, main, &args.which.variants, stop);
    output::data(&match args.format {
        TableFormat::Json => super::schema::json(&finding)?,
        TableFormat::Csv => report::csv(&finding, args.top),
        TableFormat::Text => report::text(&game, found, main, &finding, args.top, output::look()),
    })?;
    if let Some(stop) = stop {
        return Err(Failure::with_hint(
            format!("the analysis is incomplete: {stop}"),
            "what was found until then is printed; raise the limits, or doubt less with --about",
        ));
    }
    let mut fragile = false;
    for (name, class) in required {
        if let Some(why) = fragility(&game, found, class) {
            output::note(&format!("fragile: class `{name}` {why}"));
            fragile = true;
        }
    }
    if fragile {
        return Err(Failure::Found);
    }
    Ok(())
}

/// The class that alone is looked at.
fn class(args: &SensitivityArgs, model: &Model) -> Result<Option<usize>, Failure> {
    let name = args.class.as_ref();
    name.map(|name| judging::class(model, name)).transpose()
}

/// What single assumptions carry, with the concept by which that is judged.
pub(crate) fn find(
    args: &SensitivityArgs,
    loaded: &Loaded,
    game: &Game<'_>,
    budget: &Budget,
) -> Result<(Concept, Outcome<Sensitivity>), Failure> {
    let model = game.model;
    let main = judging::concept(model, &args.concept)?;
    let mut request = Request::new(game, main);
    if let Some(assignment) = judging::assignment(loaded, model, main, &args.by)? {
        request.judges = assignment;
    }
    request.settings = judging::settings(&args.rules);
    request.class = class(args, model)?;
    if !args.about.is_empty() {
        request.about = About {
            preferences: args.about.contains(&AboutKind::Preferences),
            directions: args.about.contains(&AboutKind::Directions),
            rules: args.about.contains(&AboutKind::Rules),
        };
    }
    let outcome = sensitivity(game, &request, budget).map_err(|refused| {
        let name = build::concept_name(game, refused.concept);
        Failure::with_hint(
            format!("`{name}` {}", build::refusal(game, &refused)),
            refused
                .reason
                .hint()
                .unwrap_or("`detente explain concepts` says what each needs"),
        )
    })?;
    Ok((main, outcome))
}

/// Why a class does not hold whatever single change is made; `None` when it does.
fn fragility(game: &Game<'_>, found: &Sensitivity, class: usize) -> Option<String> {
    let class = Some(class);
    if !found.equilibria.iter().any(|s| game.headline(*s) == class) {
        return Some("has no equilibrium".to_owned());
    }
    let trial = found.emptying(class).next()?;
    let change = report::changed(game.model, trial.change);
    Some(format!("would have no equilibrium with {change}"))
}
