//! `detente conditions`.

use detente::analysis::Concept;
use detente::analysis::inverse::Unsuited;
use detente::report::conditions::{self as report, Asked};

use super::{judging, target};
use crate::cli::Format;
use crate::cli::conditions::ConditionsArgs;
use crate::failure::Failure;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &ConditionsArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    let party = match &args.party {
        Some(name) => Some(judging::party(&model, name)?),
        None => None,
    };
    let judgement = match &args.concept {
        Some(name) => vec![judging::concept(&model, name)?; model.parties.len()],
        None => judging::assignment(&loaded, &model, Concept::Seq, &[])?
            .unwrap_or_else(|| vec![Concept::Seq; model.parties.len()]),
    };
    let budget = running::budget(&args.limits);
    let game = judging::game(&loaded, &model, &budget)?;
    let asked = Asked {
        state: target::state(&game, &model, &args.state)?,
        party,
        judgement,
        settings: judging::settings(&args.rules),
        variants: &args.which.variants,
    };
    let found = report::finding(&game, &asked, &budget);
    drop(budget);
    let found = found.map_err(|error| match error {
        Unsuited::Concept(concept) => Failure::with_hint(
            format!(
                "there is no condition of this kind under `{}`",
                detente::report::why::named(&game, concept)
            ),
            "ask by nash, gmr, smr, seq, sseq or best_response_seq",
        ),
        Unsuited::Stopped(_) => Failure::with_hint(
            error.to_string(),
            "raise the limits, or ask for one party with --party",
        ),
        other => Failure::bad(other.to_string()),
    })?;
    output::data(&match args.format {
        Format::Json => super::schema::json(&found)?,
        Format::Text => report::text(&game, &asked, &found, output::look()),
    })
}
