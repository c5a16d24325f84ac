//! `detente perceive`.

use detente::analysis::hypergame::{
    Hypergame, Judged, NotJudged, Request, Sights, moves_deleted, study,
};
use detente::analysis::inverse::Judgement;
use detente::analysis::model::Model;
use detente::analysis::stability::ConceptError;
use detente::analysis::{Budget, Concept, Refusal};
use detente::report::build;
use detente::report::perception::{self as report, Found, Semantics};

use super::{judging, target};
use crate::cli::Format;
use crate::cli::perceive::{self, PerceiveArgs};
use crate::failure::Failure;
use crate::{Done, input, output, running};

/// The concepts by which the outcome is told besides the one asked for.
const USUAL: [Concept; 4] = [Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Seq];

pub(crate) fn run(args: &PerceiveArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    loaded.conflict_with(&args.which.variants)?;
    let budget = running::budget(&args.limits);
    ask(args, &loaded, &budget, |found| {
        let finding = report::finding(found);
        output::data(&match args.format {
            Format::Json => super::schema::json(&finding)?,
            Format::Text => report::text(found, &finding, output::look()),
        })?;
        if let Some(stop) = found.stop {
            return Err(judging::cut_short("analysis", stop));
        }
        if args.fail_surprised && !finding.surprises.is_empty() {
            output::note("somebody is surprised");
            return Err(Failure::Found);
        }
        Ok(())
    })?
}

/// Sets the views beside each other, and does something with what was found.
pub(crate) fn ask<R>(
    args: &PerceiveArgs,
    loaded: &input::Loaded,
    budget: &Budget,
    then: impl FnOnce(&Found<'_, '_>) -> R,
) -> Result<R, Failure> {
    let document = loaded.document_with(&args.which.variants)?;
    let told = |problems: Vec<_>| {
        loaded.draw(&problems);
        Failure::Told
    };
    let sights = Sights::new(&document).map_err(told)?;
    let truth = sights.truth();
    let asked = match &args.concept {
        Some(name) => Some(judging::concept(truth, name)?),
        None => None,
    };
    let eyes = if args.eyes.is_empty() {
        truth.party_ids().collect()
    } else {
        let parties = args.eyes.iter().map(|name| judging::party(truth, name));
        let mut eyes = parties.collect::<Result<Vec<_>, Failure>>()?;
        eyes.sort_unstable();
        eyes.dedup();
        eyes
    };
    let judgements = sights
        .models()
        .iter()
        .map(|model| judgement(loaded, model, asked))
        .collect::<Result<Vec<Judgement>, Failure>>()?;
    let hypergame = Hypergame::new(&sights, budget).map_err(told)?;
    let states = args.state.iter();
    let states = states.map(|text| target::state(hypergame.truth(), truth, text));
    let request = Request {
        eyes,
        states: states.collect::<Result<Vec<_>, Failure>>()?,
    };
    let judged = hypergame
        .judge(&judgements, budget)
        .map_err(|not| unsuited(&hypergame, &judgements, &not))?;
    let at_truth = |error| NotJudged { game: 0, error };
    let refused = |error| unsuited(&hypergame, &judgements, &at_truth(error));
    let deleted = moves_deleted(&hypergame, &judgements[0], budget).map_err(refused)?;
    let by_concept = by_concept(&hypergame, budget)?;
    let by = |model: &Model| judgement(loaded, model, asked).ok();
    let outcome = study(&document, &hypergame, &judged, &by, &request, budget).map_err(refused)?;
    let stop = outcome.stop();
    let found = Found {
        hypergame: &hypergame,
        variants: &args.which.variants,
        semantics: match args.semantics {
            perceive::Semantics::Hypergame => Semantics::Hypergame,
            perceive::Semantics::MovesDeleted => Semantics::MovesDeleted,
        },
        judged: &judged,
        deleted: &deleted,
        by_concept: &by_concept,
        findings: outcome.value(),
        stop,
    };
    Ok(then(&found))
}

/// One concept per party of a model: the one asked for, else each party's own, else seq.
fn judgement(
    loaded: &input::Loaded,
    model: &Model,
    asked: Option<Concept>,
) -> Result<Judgement, Failure> {
    let all = |concept| vec![concept; model.parties.len()];
    if let Some(concept) = asked {
        return Ok(all(concept));
    }
    let own = judging::assignment(loaded, model, Concept::Seq, &[])?;
    Ok(own.unwrap_or_else(|| all(Concept::Seq)))
}

/// The games judged by each usual concept.
fn by_concept(
    hypergame: &Hypergame<'_>,
    budget: &Budget,
) -> Result<Vec<(Concept, Judged)>, Failure> {
    let parties = hypergame.truth().model.parties.len();
    let judge = |concept: Concept| {
        let judgements = vec![vec![concept; parties]; hypergame.games.len()];
        let judged = hypergame.judge(&judgements, budget);
        let judged = judged.map_err(|not| unsuited(hypergame, &judgements, &not))?;
        Ok((concept, judged))
    };
    USUAL.into_iter().map(judge).collect()
}

/// Why a game cannot be judged, as the user is told.
fn unsuited(hypergame: &Hypergame<'_>, judgements: &[Judgement], not: &NotJudged) -> Failure {
    if let ConceptError::Stopped(stop) = &not.error {
        return Failure::with_hint(
            format!("the equilibria were not found: {stop}"),
            "raise the limits, or ask for another --concept",
        );
    }
    let game = &hypergame.games[not.game];
    let judgement = judgements.get(not.game);
    let unfit = judgement.into_iter().flatten().find(|c| {
        let reason = c.check(&game.conflict());
        reason.as_ref() == Err(&not.error)
    });
    let Some(concept) = unfit else {
        return Failure::bad(not.error.to_string());
    };
    let refusal = Refusal {
        concept: *concept,
        reason: not.error.clone(),
    };
    let view = if not.game == 0 {
        ""
    } else {
        " in the eyes of a party"
    };
    let name = build::concept_name(game, *concept);
    let why = build::refusal(game, &refusal);
    let hint = not.error.hint();
    Failure::with_hint(
        format!("`{name}` {why}{view}"),
        hint.unwrap_or("`detente explain concepts` says what each needs"),
    )
}
