//! `detente brief`.

use detente::analysis::model::{Model, PartyId};
use detente::analysis::standpoint::{present_in, seen_by, standpoint};
use detente::analysis::{Concept, Game, Outcome, codes};
use detente::model::syntax::ast::Document;
use detente::report::brief::{self as report, Asked, Brief};
use detente::report::style::Look;

use super::judging;
use crate::cli::StatesFormat;
use crate::cli::brief::BriefArgs;
use crate::failure::Failure;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &BriefArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let truth = loaded.model_with(&args.which.variants)?;
    let document = loaded.document_with(&args.which.variants)?;
    if let Some(folder) = &args.all_parties {
        let briefs = truth
            .party_ids()
            .map(|party| brief(args, &loaded, &truth, &document, party));
        let briefs = briefs.collect::<Result<Vec<Brief>, Failure>>()?;
        output::folder(folder)?;
        for brief in &briefs {
            let (text, ending) = written(args.format, brief, Look::default())?;
            let path = folder.join(format!("{}.{ending}", brief.party));
            output::file(&path, &text)?;
            output::note(&format!("wrote {}", path.display()));
        }
        return Ok(());
    }
    let name = args.party.as_deref().unwrap_or_default();
    let party = judging::party(&truth, name)?;
    let brief = brief(args, &loaded, &truth, &document, party)?;
    output::data(&written(args.format, &brief, output::look())?.0)
}

/// A brief in the format that is asked for, and the ending of a file of it.
fn written(
    format: StatesFormat,
    brief: &Brief,
    look: Look,
) -> Result<(String, &'static str), Failure> {
    Ok(match format {
        StatesFormat::Text => (report::text(brief, look), "md"),
        StatesFormat::Json => (super::schema::json(brief)?, "json"),
        StatesFormat::Csv => (report::csv(std::slice::from_ref(brief)), "csv"),
    })
}

fn brief(
    args: &BriefArgs,
    loaded: &input::Loaded,
    truth: &Model,
    document: &Document,
    party: PartyId,
) -> Result<Brief, Failure> {
    let seen = seen_by(document, &truth.party(party).name).map_err(|problems| {
        loaded.draw(&problems);
        Failure::Told
    })?;
    let mut asked = Asked {
        truth,
        seen: &seen,
        party,
        judged: None,
        too_large: None,
    };
    let only_issues = seen.options.is_empty() && seen.states.is_empty();
    if only_issues {
        return Ok(report::finding(&asked));
    }
    let concepts = concepts(args, loaded, &seen)?;
    let budget = running::budget(&args.limits);
    let game = match Game::new(&seen, &budget) {
        Ok(game) => game,
        Err(problems) => {
            let large = problems.iter().find(|p| p.code == codes::TOO_LARGE);
            let Some(large) = large else {
                loaded.draw(&problems);
                return Err(Failure::Told);
            };
            asked.too_large = Some(large.message.clone());
            return Ok(report::finding(&asked));
        }
    };
    let found: Outcome<_> = standpoint(&game, party, present_in(&game, truth), &concepts, &budget);
    asked.judged = Some((&game, &found));
    Ok(report::finding(&asked))
}

/// One concept per party: the one asked for, else each party's own, else seq.
fn concepts(
    args: &BriefArgs,
    loaded: &input::Loaded,
    seen: &Model,
) -> Result<Vec<Concept>, Failure> {
    let all = |concept| vec![concept; seen.parties.len()];
    if let Some(name) = &args.concept {
        return Ok(all(judging::concept(seen, name)?));
    }
    let own = judging::assignment(loaded, seen, Concept::Seq, &[])?;
    Ok(own.unwrap_or_else(|| all(Concept::Seq)))
}
