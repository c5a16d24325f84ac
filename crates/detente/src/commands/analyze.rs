//! `detente analyze`.

use std::path::Path;

use detente::analysis::certificate::{self, MOST_ENTRIES};
use detente::analysis::study::{Request, Study, study};
use detente::analysis::survey::Engine;
use detente::analysis::{Budget, Concept, Game, Outcome, Stop};
use detente::report::build::{self, Witnesses};
use detente::report::{text, why};

use super::{judging, survey};
use crate::cli::{AnalyzeArgs, Format, WitnessChoice};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &AnalyzeArgs) -> Done {
    running::watched(&args.which.file, args.watch, || once(args))
}

fn once(args: &AnalyzeArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    for class in &args.require {
        judging::class(&model, class)?;
    }
    let budget = running::budget(&args.limits);
    let main = judging::concept(&model, &args.concept)?;
    let assignment = judging::assignment(&loaded, &model, main, &args.by)?;
    let chosen = survey::engine(args, &model, main, assignment.is_some(), &budget)?;
    if chosen.0.engine != Engine::Graph {
        return survey::run(args, &loaded, &model, main, chosen, &budget);
    }
    let game = judging::game(&loaded, &model, &budget)?;
    let request = request(args, &loaded, &game)?;
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
    if let (Some(path), None) = (&args.certificate, &stop) {
        certify(args, path, &loaded, found, &budget)?;
    }
    drop(budget);
    output::data(&match args.format {
        Format::Json => super::schema::json(&finding)?,
        Format::Text => text::analysis(found, &finding, stop.as_ref(), output::look()),
    })?;
    if let Some(stop) = stop {
        return Err(Failure::with_hint(
            format!("the analysis is incomplete: {stop}"),
            match &args.certificate {
                None => "what was found until then is printed; raise the limits to go on",
                Some(_) => {
                    "what was found until then is printed, and no certificate is written; raise \
                     the limits to go on"
                }
            },
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

/// What the command line asks of a game.
pub(crate) fn request(
    args: &AnalyzeArgs,
    loaded: &Loaded,
    game: &Game<'_>,
) -> Result<Request, Failure> {
    let mut request = Request::usual(game);
    if !args.concepts.is_empty() {
        request.concepts = args
            .concepts
            .iter()
            .map(|c| judging::concept(game.model, c))
            .collect::<Result<_, _>>()?;
    }
    request.main = judging::concept(game.model, &args.concept)?;
    request.assignment = judging::assignment(loaded, game.model, request.main, &args.by)?;
    request.settings = judging::settings(&args.rules);
    Ok(request)
}

/// Writes the certificate of the concepts that apply and that certificates have proofs for.
fn certify(
    args: &AnalyzeArgs,
    path: &Path,
    loaded: &Loaded,
    found: &Study<'_, '_>,
    budget: &Budget,
) -> Result<(), Failure> {
    let computed: Vec<Concept> = found.tables.iter().map(|t| t.concept).collect();
    let (concepts, without): (Vec<_>, Vec<_>) = computed
        .into_iter()
        .partition(|c| certificate::supports(*c));
    if concepts.is_empty() {
        return Err(Failure::with_hint(
            "there is nothing to certify",
            "certificates prove nash, gmr, smr, seq, sseq, best_response_seq, sim and sim_one_sided",
        ));
    }
    let document = loaded.document_with(&args.which.variants)?;
    let request = certificate::Request {
        variants: &args.which.variants,
        fingerprint: certificate::fingerprint(&document),
        concepts: &concepts,
        settings: found.request.settings.clone(),
        most_entries: MOST_ENTRIES,
    };
    let written = certificate::write(found.game, &request, budget).map_err(|error| {
        Failure::with_hint(
            error.to_string(),
            "nothing is written; certify fewer concepts with --concepts nash,seq",
        )
    })?;
    output::file(path, &certificate::to_json(&written))?;
    output::note(&format!(
        "wrote {}: {} verdicts",
        path.display(),
        written.verdicts.len()
    ));
    for concept in without {
        let name = why::named(found.game, concept);
        output::note(&format!(
            "`{name}` is not in it: certificates have no proofs for concepts that look a number \
             of moves ahead"
        ));
    }
    Ok(())
}
