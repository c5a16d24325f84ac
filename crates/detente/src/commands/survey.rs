//! `detente analyze` of conflicts that are too large to list.

use detente::analysis::survey::{self, Choice, Engine, Request, SurveyError, choose};
use detente::analysis::{Budget, Concept, Outcome};
use detente::model::Model;
use detente::report::survey as report;

use super::judging;
use crate::cli::{AnalyzeArgs, EngineChoice, Format};
use crate::failure::Failure;
use crate::input::Loaded;
use crate::{Done, output};

/// How many equilibria are shown.
const SHOWN: usize = 12;

/// The concepts that are judged by when none are named.
const USUAL: [Concept; 5] = [
    Concept::Nash,
    Concept::Sseq,
    Concept::Seq,
    Concept::Smr,
    Concept::Gmr,
];

/// The engine for an analysis: the one asked for, else the one that fits. What only the graph engine
/// can do keeps to it.
pub(crate) fn engine(
    args: &AnalyzeArgs,
    model: &Model,
    main: Concept,
    own_concepts: bool,
    budget: &Budget,
) -> Result<(Choice, Vec<Concept>), Failure> {
    let mut concepts = if args.concepts.is_empty() {
        USUAL.to_vec()
    } else {
        let given = args.concepts.iter();
        given
            .map(|c| judging::concept(model, c))
            .collect::<Result<Vec<_>, _>>()?
    };
    if !concepts.contains(&main) {
        concepts.push(main);
    }
    let mut choice = choose(model, &concepts, budget);
    let kept = if own_concepts {
        Some("parties judge by concepts of their own")
    } else if args.rules.no_diagonal || args.rules.sequences != crate::cli::Sequences::Legal {
        Some("the rules of stability are not the usual ones")
    } else {
        args.needs_states()
    };
    let asked = match args.engine {
        EngineChoice::Auto => None,
        EngineChoice::Graph => Some(Engine::Graph),
        EngineChoice::Explicit => Some(Engine::Explicit),
        EngineChoice::ClosedForm => Some(Engine::ClosedForm),
        EngineChoice::Symbolic => Some(Engine::Symbolic),
    };
    match (asked, kept) {
        (Some(engine), Some(why)) if engine != Engine::Graph => {
            return Err(Failure::with_hint(
                format!("the {engine} engine does not list states and moves, but {why}"),
                "leave out --engine, or what asks for single states",
            ));
        }
        (Some(engine), _) => {
            choice.engine = engine;
            "it was asked for".clone_into(&mut choice.because);
        }
        (None, Some(why)) => {
            choice.engine = Engine::Graph;
            why.clone_into(&mut choice.because);
        }
        (None, None) => {}
    }
    Ok((choice, concepts))
}

/// Surveys a model and prints what was found.
pub(crate) fn run(
    args: &AnalyzeArgs,
    loaded: &Loaded,
    model: &Model,
    main: Concept,
    (choice, concepts): (Choice, Vec<Concept>),
    budget: &Budget,
) -> Done {
    let outcome = find(args, loaded, model, main, (&choice, concepts), budget)?;
    let stop = outcome.stop();
    let found = outcome.value();
    let finding = report::finding(model, found, &choice, &args.which.variants, stop);
    output::data(&match args.format {
        Format::Json => super::schema::json(&finding)?,
        Format::Text => report::text(model, found, &finding, output::look()),
    })?;
    if let Some(stop) = stop {
        return Err(judging::cut_short("survey", stop));
    }
    let Some(summary) = found.summary(main) else {
        return Err(Failure::with_hint(
            format!("`{}` was not computed", args.concept),
            "the remarks say why; choose another --concept or --engine",
        ));
    };
    for class in &args.require {
        let place = judging::class(model, class)?;
        if summary
            .by_class
            .get(place)
            .is_none_or(|n| *n == 0_u32.into())
        {
            output::note(&format!(
                "required: no equilibrium is counted under class `{class}`"
            ));
            return Err(Failure::Found);
        }
    }
    Ok(())
}

/// Surveys a model.
pub(crate) fn find(
    args: &AnalyzeArgs,
    loaded: &Loaded,
    model: &Model,
    main: Concept,
    (choice, concepts): (&Choice, Vec<Concept>),
    budget: &Budget,
) -> Result<Outcome<survey::Survey>, Failure> {
    let request = Request {
        concepts,
        main,
        shown: SHOWN,
        status_quo: model.status_quo.as_ref().map(|s| s.assignment.clone()),
    };
    survey::survey(model, &request, choice.engine, budget).map_err(|error| {
        if error == SurveyError::NoFeasibleState {
            loaded.draw(&[detente::analysis::game::no_feasible_state(model)]);
            return Failure::Told;
        }
        let hint = match &error {
            SurveyError::Unsuitable { .. } if args.engine == EngineChoice::Auto => {
                "leave out options that do not matter to the question, or split the negotiation"
            }
            SurveyError::Unsuitable { .. } => "leave out --engine, or choose another one",
            _ => "raise the limit, or ask for fewer concepts with --concepts",
        };
        Failure::with_hint(error.to_string(), hint)
    })
}
