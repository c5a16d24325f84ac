//! `detente commitments`.

use detente::analysis::commitment::{self, Table};
use detente::analysis::inverse::{Question, StructuralChange, solve};
use detente::analysis::{Outcome, Stop};
use detente::report::breakthrough::{self, Asked, Unexplained};
use detente::report::commitments as report;

use super::{aim, judging, permitted};
use crate::cli::{CommitmentsArgs, Format};
use crate::failure::Failure;
use crate::{Done, input, output};

pub(crate) fn run(args: &CommitmentsArgs) -> Done {
    let aim = &args.aim;
    let loaded = input::load(&aim.which.file)?;
    let model = loaded.model_with(&aim.which.variants)?;
    let kinds = permitted::Kinds::read(&args.changes, true)?;
    let judgements = aim::judgements(&loaded, &model, aim)?;
    let prices = permitted::PriceList::read(&model, &aim.price)?;
    let fixed = aim::fixed(&model, aim)?;
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
            &[],
            &fixed,
            &[],
            (&wanted.linked, &wanted.among),
        )?,
        most_plans: aim.most as usize,
        up_to: aim.up_to,
    };
    let said = permitted::words(&game, &question.permitted);
    let outcome = solve(&game, &question, &budget);
    let outcome = outcome.map_err(|e| aim::unsuited(&e))?;
    let mut stop: Option<Stop> = stopped(&outcome);
    let answer = outcome.value();
    let could = answer.forbidden.as_ref().map_or(Vec::new(), |f| {
        permitted::could(&game, &kinds, &fixed, f, true)
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
        permitted: &said,
        could_permit: &could,
        variants: &aim.which.variants,
        taken: &taken,
    };
    let search = breakthrough::finding(&game, &asked, answer, stop.as_ref(), &budget)
        .map_err(|e| aim::unexplained(&loaded, e))?;
    let unexplained = |e: commitment::TableError| {
        aim::unexplained(
            &loaded,
            match e {
                commitment::TableError::Concept(error) => Unexplained::Concept(error),
                commitment::TableError::Model(problems) => Unexplained::Model(problems),
            },
        )
    };
    let options = commitment::turned_on(&game, &question.wants);
    let table: Outcome<Table> =
        commitment::table(&game, &question, &options, &budget).map_err(unexplained)?;
    let others = |s: &StructuralChange| !matches!(s, StructuralChange::Direction { .. });
    let any = question
        .permitted
        .structure
        .iter()
        .any(|s| others(&s.change));
    let singles = if any {
        Some(commitment::singles(&game, &question, &budget).map_err(unexplained)?)
    } else {
        None
    };
    let later = stopped(&table).or(singles.as_ref().and_then(stopped));
    let finding = report::finding(
        &game,
        &asked,
        search,
        table.value(),
        singles.as_ref().map(|s| s.value().as_slice()),
        later.as_ref(),
    );
    stop = stop.or(later);
    drop(budget);
    output::data(&match aim.format {
        Format::Json => super::schema::json(&finding)?,
        Format::Text => report::text(&game, &finding, output::look()),
    })?;
    if let Some(stop) = stop {
        return Err(Failure::with_hint(
            format!("the search is incomplete: {stop}"),
            "what was found until then is printed; raise the limits to go on, or permit fewer changes",
        ));
    }
    if aim.require && finding.search.plans.is_empty() {
        output::note("required: no permitted change does it");
        return Err(Failure::Found);
    }
    Ok(())
}

fn stopped<T>(outcome: &Outcome<T>) -> Option<Stop> {
    match outcome {
        Outcome::Complete(_) => None,
        Outcome::Stopped(_, stop) => Some(stop.clone()),
    }
}
