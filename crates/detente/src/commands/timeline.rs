//! `detente timeline`.

use detente::analysis::evidence::{on_day, timeline};
use detente::model::syntax::ast::{Day, Place};
use detente::model::{days, syntax};
use detente::report::timeline::{self as report, Found};

use super::judging;
use crate::cli::evidence::{TimelineArgs, TimelineFormat};
use crate::failure::Failure;
use crate::{Done, input, output};

pub(crate) fn run(args: &TimelineArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.model_with(&args.which.variants)?;
    let document = loaded.document_with(&args.which.variants)?;
    if let Some(party) = &args.party {
        judging::party(&model, party)?;
    }
    let party = args.party.as_deref();
    let calendar = timeline(&document, &model, party);
    let on = match &args.on {
        None => None,
        Some(text) => {
            let day = Day {
                text: text.clone(),
                place: Place(syntax::Span::new(0, text.len())),
            };
            let day = days::single(&day, model.as_of).map_err(|problem| {
                input::draw("--on", text, &[problem]);
                Failure::Told
            })?;
            Some(on_day(&model, day, party))
        }
    };
    let found = Found {
        model: &model,
        variants: &args.which.variants,
        party,
        timeline: &calendar,
        on: on.as_ref(),
    };
    output::data(&match args.format {
        TimelineFormat::Text => report::text(&found, output::look()),
        TimelineFormat::Json => super::schema::json(&report::finding(&found))?,
        TimelineFormat::Csv => report::csv(&report::finding(&found)),
        TimelineFormat::Svg => report::svg(&report::finding(&found)),
    })
}
