//! `detente analyze`.

use detente::analysis::study::{Request, study};
use detente::analysis::{Outcome, Stop};
use detente::report::build::{self, Witnesses};
use detente::report::text;

use super::judging;
use crate::cli::{AnalyzeArgs, Format, WitnessChoice};
use crate::failure::Failure;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &AnalyzeArgs) -> Done {
    running::watched(&args.which.file, args.watch, || once(args))
}

fn once(args: &AnalyzeArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.model_with(&args.which.variants)?;
    for class in &args.require {
        judging::class(&model, class)?;
    }
    let budget = running::budget(&args.limits);
    let main = judging::concept(&model, &args.concept)?;
    let assignment = judging::assignment(&loaded, &model, main, &args.by)?;
    let game = judging::game(&loaded, &model, &budget)?;
    let mut request = Request::usual(&game);
    if !args.concepts.is_empty() {
        request.concepts = args
            .concepts
            .iter()
            .map(|c| judging::concept(&model, c))
            .collect::<Result<_, _>>()?;
    }
    request.main = main;
    request.assignment = assignment;
    request.settings = judging::settings(&args.rules);
    let outcome = study(&game, request, &budget);
    let stop: Option<Stop> = match &outcome {
        Outcome::Complete(_) => None,
        Outcome::Stopped(_, stop) => Some(stop.clone()),
    };
    let found = outcome.value();
    let witnesses = match (args.witnesses, args.format) {
        (_, Format::Text) | (Some(WitnessChoice::None), _) => Witnesses::None,
        (Some(WitnessChoice::All), _) => Witnesses::All,
        (Some(WitnessChoice::Equilibria), _) => Witnesses::Equilibria,
        (None, _) => Witnesses::usual(found),
    };
    let finding = build::analysis(
        found,
        &args.which.variants,
        witnesses,
        stop.as_ref(),
        &budget,
    );
    drop(budget);
    output::data(&match args.format {
        Format::Json => super::schema::json(&finding)?,
        Format::Text => text::analysis(found, &finding, stop.as_ref(), output::look()),
    })?;
    if let Some(stop) = stop {
        return Err(Failure::with_hint(
            format!("the analysis is incomplete: {stop}"),
            "what was found until then is printed; raise the limits to go on",
        ));
    }
    if let Some(refused) = found.refused.iter().find(|r| r.concept == main) {
        return Err(Failure::with_hint(
            format!("`{}` {}", args.concept, build::refusal(&game, refused)),
            refused
                .reason
                .hint()
                .unwrap_or("`detente explain concepts` says what each needs"),
        ));
    }
    let equilibria = found.equilibria();
    for class in &args.require {
        let holds = equilibria.iter().any(|s| {
            game.classes[s.index()]
                .iter()
                .any(|c| model.classes[*c].name == *class)
        });
        if !holds {
            output::note(&format!(
                "required: no equilibrium belongs to class `{class}`"
            ));
            return Err(Failure::Found);
        }
    }
    Ok(())
}
