//! `detente breakthrough`.

use detente::analysis::inverse::{Question, solve};
use detente::analysis::{Outcome, Stop};
use detente::report::breakthrough::{self, Asked};

use super::{aim, judging, permitted};
use crate::cli::{BreakthroughArgs, Format};
use crate::failure::Failure;
use crate::{Done, input, output};

pub(crate) fn run(args: &BreakthroughArgs) -> Done {
    let aim = &args.aim;
    let loaded = input::load(&aim.which.file)?;
    let model = loaded.model_with(&aim.which.variants)?;
    let kinds = permitted::Kinds::read(&args.changes, false)?;
    let judgements = aim::judgements(&loaded, &model, aim)?;
    let prices = permitted::PriceList::read(&model, &aim.price)?;
    let fixed = aim::fixed(&model, aim)?;
    let inserted = permitted::insertions(&loaded, &model, &args.insert)?;
    let budget = aim::budget(aim);
    let game = judging::game(&loaded, &model, &budget)?;
    let wanted = aim::wants(&game, &model, aim)?;
    let question = Question {
        wants: wanted.list,
        judgements,
        reachable: aim::reachable(&game, aim)?,
        permitted: permitted::permitted(
            &game,
            &kinds,
            &prices,
            &inserted,
            &fixed,
            &wanted.classes,
            (&wanted.linked, &wanted.among),
        )?,
        most_plans: aim.most as usize,
        up_to: aim.up_to,
    };
    let outcome = solve(&game, &question, &budget).map_err(|e| aim::unsuited(&e))?;
    let stop: Option<Stop> = match &outcome {
        Outcome::Complete(_) => None,
        Outcome::Stopped(_, stop) => Some(stop.clone()),
    };
    let answer = outcome.value();
    let could = answer.forbidden.as_ref().map_or(Vec::new(), |f| {
        permitted::could(&game, &kinds, &fixed, f, false)
    });
    let taken: Vec<String> = loaded
        .document
        .variants
        .iter()
        .map(|v| v.name.text.clone())
        .collect();
    let asked = Asked {
        question: &question,
        names: &wanted.names,
        permitted: &permitted::words(&game, &question.permitted),
        could_permit: &could,
        variants: &aim.which.variants,
        taken: &taken,
    };
    let finding = breakthrough::finding(&game, &asked, answer, stop.as_ref(), &budget)
        .map_err(|e| aim::unexplained(&loaded, e))?;
    drop(budget);
    output::data(&match aim.format {
        Format::Json => super::schema::json(&finding)?,
        Format::Text => breakthrough::text(&game, &finding, output::look()),
    })?;
    if let Some(stop) = stop {
        return Err(Failure::with_hint(
            format!("the search is incomplete: {stop}"),
            "what was found until then is printed; raise the limits to go on, or permit fewer changes",
        ));
    }
    if aim.require && answer.plans.is_empty() {
        output::note("required: no permitted change does it");
        return Err(Failure::Found);
    }
    Ok(())
}
