//! `detente find`.

use detente::analysis::survey::SurveyError;
use detente::analysis::survey::find::{Wanted, find};
use detente::report::find as report;

use super::judging;
use crate::cli::{FindArgs, Format};
use crate::failure::Failure;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &FindArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    let condition = match &args.filter {
        Some(text) => Some(judging::condition(&loaded, "--where", text)?),
        None => None,
    };
    let wanted = Wanted {
        concept: judging::concept(&model, &args.concept)?,
        condition,
        most: args.most,
        seed: args.seed,
    };
    let budget = running::budget(&args.limits);
    let found = find(&model, &wanted, &budget).map_err(|error| match error {
        SurveyError::NoFeasibleState => {
            loaded.draw(&[detente::analysis::game::no_feasible_state(&model)]);
            Failure::Told
        }
        SurveyError::Stopped(_) => Failure::with_hint(
            error.to_string(),
            "raise the limit, or ask for another concept: nash is the easiest",
        ),
        SurveyError::Unsuitable { .. } => Failure::bad(error.to_string()),
    })?;
    drop(budget);
    output::data(&match args.format {
        Format::Json => {
            let finding = report::finding(&model, &wanted, &found, &args.which.variants);
            super::schema::json(&finding)?
        }
        Format::Text => report::text(&model, &wanted, &found, output::look()),
    })?;
    if args.require && found.states.is_empty() && args.most > 0 {
        return Err(Failure::Found);
    }
    Ok(())
}
