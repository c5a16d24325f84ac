//! `detente packages --doubt`: what must, may and cannot be agreed.

use detente::analysis::Budget;
use detente::analysis::bargain::doubt::{Found, Request, Undoubted, examine};
use detente::analysis::model::Model;
use detente::report::packages::doubt::{self as report, Asked};

use crate::cli::packages::{PackagesArgs, PackagesFormat};
use crate::commands::{judging, schema};
use crate::failure::Failure;
use crate::{Done, output};

/// Utilities that are drawn at most for each voice.
const MOST_SAMPLES: u64 = 1 << 20;

pub(super) fn run(args: &PackagesArgs, model: &Model, budget: &Budget) -> Done {
    if !matches!(args.format, PackagesFormat::Text | PackagesFormat::Json) {
        return Err(Failure::with_hint(
            "--doubt has no picture and no table for spreadsheets",
            "use --format text or --format json",
        ));
    }
    if args.samples == 0 || args.samples > MOST_SAMPLES {
        return Err(Failure::with_hint(
            format!("--samples {} cannot be drawn", args.samples),
            format!("give a number from 1 to {MOST_SAMPLES}"),
        ));
    }
    let request = Request {
        samples: args.samples,
        seed: args.seed,
        ..Request::default()
    };
    let outcome = examine(&model.bargain, &request, budget);
    let outcome = outcome.map_err(|why| refused(model, &why))?;
    let stop = outcome.stop();
    let finding = report::finding(Asked {
        model,
        variants: &args.which.variants,
        request: &request,
        found: outcome.value(),
        stop,
    });
    output::data(&match args.format {
        PackagesFormat::Json => schema::json(&finding)?,
        _ => report::text(&finding, output::look()),
    })?;
    if let Some(stop) = stop {
        return Err(judging::cut_short("analysis", stop));
    }
    if args.fail_contradicted && matches!(outcome.value(), Found::Contradictions(_)) {
        output::note("what is known of somebody contradicts itself");
        return Err(Failure::Found);
    }
    Ok(())
}

fn refused(model: &Model, why: &Undoubted) -> Failure {
    match why {
        Undoubted::Unfit(unfit) => super::unfit(model, unfit),
        Undoubted::Product { who, issue } => Failure::with_hint(
            format!(
                "the weight and the values of `{}` are both in doubt for {}, and their product is not linear",
                model.bargain.issue(*issue).name,
                who.name(model)
            ),
            "give bounds to the weight or to the values, not to both",
        ),
    }
}
