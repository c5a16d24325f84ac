//! `detente doubt`.

use detente::analysis::doubt::relations::{self, Chances, Unrelated};
use detente::analysis::doubt::{
    Because, Family, MOST_COMPLETIONS, Method, Request, SAMPLES, Target as Aim, Unjudged, doubt,
};
use detente::analysis::model::Model;
use detente::analysis::relation::{
    self, Degrees, Extension, Limits, RelationError, Structure, Thresholds, Tri, Unknown,
};
use detente::analysis::stability::Refusal;
use detente::analysis::{Budget, Concept, Game, Settings, StateSet, Stop};
use detente::report::build;
use detente::report::doubt::{self as report, Asked, PairsAsked};
use detente::syntax::ast;

use super::judging;
use super::target::Target;
use crate::cli::Format;
use crate::cli::doubt::{DoubtArgs, DoubtBy};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, input, output, running};

pub(crate) fn run(args: &DoubtArgs) -> Done {
    let loaded = input::load(&args.which.file)?;
    let model = loaded.conflict_with(&args.which.variants)?;
    let budget = running::budget(&args.limits);
    let game = judging::game(&loaded, &model, &budget)?;
    ask(args, &loaded, &game, &budget, |asked| {
        let stop = asked.stop.cloned();
        output::data(&match args.format {
            Format::Json => super::schema::json(&report::finding(asked))?,
            Format::Text => report::text(asked, output::look()),
        })?;
        match stop {
            None => Ok(()),
            Some(stop) => Err(Failure::with_hint(
                format!("not all completions were drawn: {stop}"),
                "what was found until then is printed",
            )),
        }
    })
    .and_then(|done| done.unwrap_or(Ok(())))
}

/// Computes with what is in doubt, and does something with what was found; `None` when pairs were asked for, which
/// are printed at once.
pub(crate) fn ask<R>(
    args: &DoubtArgs,
    loaded: &Loaded,
    game: &Game<'_>,
    budget: &Budget,
    then: impl FnOnce(Asked<'_, '_, '_>) -> R,
) -> Result<Option<R>, Failure> {
    let model = game.model;
    let main = match &args.concept {
        Some(name) => judging::concept(model, name)?,
        None => Concept::Seq,
    };
    let own = judging::assignment(loaded, model, main, &[])?;
    let own = own.filter(|_| args.concept.is_none());
    let concepts = args.concepts.iter();
    let concepts = concepts.map(|c| judging::concept(model, c));
    let concepts = concepts.collect::<Result<Vec<_>, _>>()?;
    let asked = concepts.iter().chain([&main]).chain(own.iter().flatten());
    for concept in asked {
        if !concept.info().ties {
            let name = build::name_of(model, *concept);
            return Err(Failure::with_hint(
                format!("`{name}` allows no ties, which completions may have"),
                "use nash, gmr, smr, seq, sseq, best_response_seq, sim or sim_one_sided",
            ));
        }
    }
    let family = Family::new(game, MOST_COMPLETIONS, budget).map_err(|stop| stopped(&stop))?;
    if args.by != DoubtBy::Completions {
        let concepts = if concepts.is_empty() {
            vec![main]
        } else {
            concepts
        };
        return by_pairs(args, &family, &concepts, budget).map(|()| None);
    }
    let mut request = Request::usual(model.parties.len(), main);
    if !concepts.is_empty() {
        request.concepts = concepts;
    }
    if let Some(own) = own {
        request.judges = own;
    }
    request.settings = judging::settings(&args.rules);
    request.targets = targets(args, game)?;
    request.max_profiles = args.most;
    request.samples = args.samples.unwrap_or(SAMPLES);
    request.seed = args.seed;
    request.method = match (args.exact, args.samples) {
        (true, _) => Method::Counted,
        (false, Some(0)) => {
            return Err(Failure::with_hint(
                "no completions would be drawn",
                "give --samples a number from 1",
            ));
        }
        (false, Some(_)) => Method::Sampled,
        (false, None) => Method::Auto,
    };
    let outcome = doubt(&family, &request, budget).map_err(|why| unjudged(game, &why))?;
    let stop = outcome.stop();
    let found = Asked {
        family: &family,
        request: &request,
        main,
        variants: &args.which.variants,
        doubts: outcome.value(),
        stop,
    };
    Ok(Some(then(found)))
}

fn targets(args: &DoubtArgs, game: &Game<'_>) -> Result<Option<Vec<Aim>>, Failure> {
    if args.target.is_empty() {
        return Ok(None);
    }
    let mut targets = Vec::new();
    for text in &args.target {
        let target = match Target::read(game, game.model, text)? {
            Target::Class(class) => Aim::Class(class),
            Target::State(state) => Aim::State(state),
        };
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    Ok(Some(targets))
}

fn stopped(stop: &Stop) -> Failure {
    Failure::with_hint(
        format!("the doubt was not resolved: {stop}"),
        "raise the limits, or leave out what does not matter",
    )
}

fn refused(game: &Game<'_>, refusal: &Refusal) -> Failure {
    let name = build::concept_name(game, refusal.concept);
    let why = build::refusal(game, refusal);
    let hint = refusal.reason.hint();
    Failure::with_hint(
        format!("`{name}` {why}"),
        hint.unwrap_or("`detente explain concepts` says what each needs"),
    )
}

fn unjudged(game: &Game<'_>, why: &Unjudged) -> Failure {
    match why {
        Unjudged::Refused(refusal) => refused(game, refusal),
        Unjudged::Stopped(stop) => stopped(stop),
        Unjudged::NotCounted(because) => {
            let (message, hint) = match because {
                Because::Unlisted(party) => {
                    let name = &game.model.party(*party).name;
                    let message = format!("the orders of `{name}` are too many to count");
                    (message, "leave out --exact: completions are drawn then")
                }
                Because::Asked | Because::TooMany => {
                    let message = "there are too many combinations of orders to count";
                    let hint = "raise --max-completions, or leave out --exact";
                    (message.to_owned(), hint)
                }
            };
            Failure::with_hint(message, hint)
        }
    }
}

/// Millionths from a decimal number of the command line.
fn millionths(flag: &str, text: &str) -> Result<u32, Failure> {
    let value = ast::probability(text).filter(|value| *value > 0);
    let value = value.and_then(|value| u32::try_from(value).ok());
    value.ok_or_else(|| {
        Failure::with_hint(
            format!("`{text}` is no value for {flag}"),
            "write a decimal number from 0.000001 to 1",
        )
    })
}

/// One threshold for each party.
fn thresholds(args: &DoubtArgs, model: &Model) -> Result<Vec<u32>, Failure> {
    let mut thresholds = vec![relation::ONE; model.parties.len()];
    for text in args.threshold.iter().filter(|t| !t.contains('=')) {
        thresholds.fill(millionths("--threshold", text)?);
    }
    for text in &args.threshold {
        let Some((name, value)) = text.split_once('=') else {
            continue;
        };
        let party = judging::party(model, name.trim())?;
        thresholds[party.index()] = millionths("--threshold", value.trim())?;
    }
    Ok(thresholds)
}

fn by_pairs(
    args: &DoubtArgs,
    family: &Family<'_, '_>,
    concepts: &[Concept],
    budget: &Budget,
) -> Done {
    let game = family.game();
    let model = game.model;
    let settings = judging::settings(&args.rules);
    let mut asked = PairsAsked {
        family,
        variants: &args.which.variants,
        by: "unknown",
        limits: Vec::new(),
        exact: true,
        tri: None,
        tables: Vec::new(),
    };
    let tables = |extension: Option<Extension>, structure: &dyn Structure| {
        equilibria(game, structure, concepts, &settings, budget).map(|sets| {
            let both = concepts.iter().zip(sets);
            both.map(move |(c, set)| (extension, *c, set))
                .collect::<Vec<_>>()
        })
    };
    let unrelated = |why: Unrelated| unrelated(game, &why);
    let tri;
    if args.by == DoubtBy::Unknown {
        tri = relations::known(family, budget).map_err(unrelated)?;
        for extension in Extension::ALL {
            let found = tables(Some(extension), &Unknown::new(&tri, extension))?;
            asked.tables.extend(found);
        }
        asked.tri = Some(&tri);
    } else {
        let samples = args.samples.unwrap_or(SAMPLES);
        let chances = Chances::new(family, samples, args.seed, budget).map_err(unrelated)?;
        asked.exact = chances.exact;
        if args.by == DoubtBy::Fuzzy {
            asked.by = "fuzzy";
            let thresholds = thresholds(args, model)?;
            for (party, threshold) in model.parties.iter().zip(&thresholds) {
                asked.limits.push((party.name.clone(), *threshold));
            }
            let fuzzy = relations::fuzzy(&chances, budget).map_err(unrelated)?;
            let acting = Thresholds::new(&fuzzy, thresholds).map_err(|e| unfit(&e))?;
            asked.tables = tables(None, &acting)?;
        } else {
            asked.by = "probabilistic";
            let limits = Limits {
                leave: millionths("--alpha", &args.alpha)?,
                sanction: millionths("--beta", &args.beta)?,
                step: millionths("--gamma", &args.gamma)?,
            };
            for (name, value) in [
                ("alpha", limits.leave),
                ("beta", limits.sanction),
                ("gamma", limits.step),
            ] {
                asked.limits.push((name.to_owned(), value));
            }
            let made = relations::probabilities(&chances, budget).map_err(unrelated)?;
            let acting = relation::Chances::new(&made, limits).map_err(|e| unfit(&e))?;
            asked.tables = tables(None, &acting)?;
        }
    }
    let finding = report::pairs(&asked);
    output::data(&match args.format {
        Format::Json => super::schema::json(&finding)?,
        Format::Text => report::pairs_text(&asked, &finding, output::look()),
    })
}

/// How strongly states are certainly preferred, and what is not known of it.
pub(super) fn hybrid(game: &Game<'_>, budget: &Budget) -> Result<(Degrees, Tri), Failure> {
    let family = Family::new(game, MOST_COMPLETIONS, budget).map_err(|stop| stopped(&stop))?;
    let unrelated = |why: Unrelated| unrelated(game, &why);
    let tri = relations::known(&family, budget).map_err(unrelated)?;
    let degrees = relations::degrees(&family, budget).map_err(unrelated)?;
    Ok((degrees, tri))
}

fn unfit(error: &RelationError) -> Failure {
    Failure::bad(error.to_string())
}

fn unrelated(game: &Game<'_>, why: &Unrelated) -> Failure {
    match why {
        Unrelated::Unlisted(party) => {
            let name = &game.model.party(*party).name;
            Failure::with_hint(
                format!("`{name}` has too many completions to say what it prefers in all of them"),
                "mark fewer statements, or use `detente doubt` by completions, which draws some",
            )
        }
        Unrelated::Refused(RelationError::Stopped(stop)) => stopped(stop),
        Unrelated::Refused(error) => unfit(error),
    }
}

/// The equilibria under each concept.
fn equilibria(
    game: &Game<'_>,
    structure: &dyn Structure,
    concepts: &[Concept],
    settings: &Settings,
    budget: &Budget,
) -> Result<Vec<StateSet>, Failure> {
    let outcome = relation::tables(&game.graph, structure, concepts, settings, budget);
    let found = outcome.complete().map_err(|stop| stopped(&stop))?;
    if let Some(refusal) = found.refused.first() {
        return Err(refused(game, refusal));
    }
    let tables = concepts.iter().filter_map(|c| found.table(*c));
    Ok(tables
        .map(detente::analysis::StabilityTable::equilibria)
        .collect())
}
