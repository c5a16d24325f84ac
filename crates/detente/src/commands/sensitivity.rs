//! `detente sensitivity`.

use detente::analysis::sensitivity::{About, Request, Sensitivity, sensitivity};
use detente::analysis::{Game, Stop};
use detente::report::{build, sensitivity as report};

use super::judging;
use crate::cli::{AboutKind, SensitivityArgs, TableFormat};
use crate::failure::Failure;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &SensitivityArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    let main = judging::concept(&model, &args.concept)?;
    let assignment = judging::assignment(&loaded, &model, main, &args.by)?;
    let class = match &args.class {
        Some(name) => Some(judging::class(&model, name)?),
        None => None,
    };
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
    let mut request = Request::new(&game, main);
    if let Some(assignment) = assignment {
        request.judges = assignment;
    }
    request.settings = judging::settings(&args.rules);
    request.class = class;
    if !args.about.is_empty() {
        request.about = About {
            preferences: args.about.contains(&AboutKind::Preferences),
            directions: args.about.contains(&AboutKind::Directions),
            rules: args.about.contains(&AboutKind::Rules),
        };
    }
    let outcome = sensitivity(&game, &request, &budget).map_err(|refused| {
        let name = build::concept_name(&game, refused.concept);
        Failure::with_hint(
            format!("`{name}` {}", build::refusal(&game, &refused)),
            refused
                .reason
                .hint()
                .unwrap_or("`detente explain concepts` says what each needs"),
        )
    })?;
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
