//! A survey by decision diagrams.

use detente_model::Model;

use super::classes::headlines;
use super::{
    Engine as Chosen, Portrait, Request, Shown, Summary, Survey, SurveyError, concepts, parties,
};
use crate::symbolic::{Encoding, Engine, States, Unanswered, Unsuited};
use crate::{Budget, Concept, Outcome, Stop};

pub(super) fn survey(
    model: &Model,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Survey>, SurveyError> {
    let encoding = Encoding::new(model, budget).map_err(|problem| match problem {
        Unsuited::NoFeasibleState => SurveyError::NoFeasibleState,
        Unsuited::Stopped(stop) => SurveyError::Stopped(stop),
        other => SurveyError::Unsuitable {
            engine: Chosen::Symbolic,
            reason: other.to_string(),
        },
    })?;
    let engine = Engine::new(&encoding, budget);
    let mut survey = Survey {
        engine: Chosen::Symbolic,
        feasible: engine.count(&engine.feasible()),
        classes: Vec::new(),
        summaries: Vec::new(),
        unanswered: Vec::new(),
        portrait: None,
    };
    let mut classes = Vec::new();
    for class in headlines(model) {
        match engine.matching(&class.condition.expr) {
            Ok(states) => classes.push(states),
            Err(Unanswered::Stopped(stop)) => return Ok(Outcome::Stopped(survey, stop)),
            Err(other) => return Err(unsuitable(&other)),
        }
    }
    survey.classes = classes.iter().map(|c| engine.count(c)).collect();
    // What the main concept leaves without a portrait, the first concept that was computed gets.
    let mut other: Option<(Concept, States)> = None;
    // Every concept has the whole budget: one that is too hard leaves the others their answers.
    for concept in concepts(request) {
        let engine = Engine::new(&encoding, budget);
        match judged(&engine, concept, &classes) {
            Ok((summary, equilibria)) => {
                survey.summaries.push(summary);
                if concept == request.main {
                    match portrait(model, &engine, concept, &equilibria, request) {
                        Ok(portrait) => survey.portrait = Some(portrait),
                        Err(why) => survey.unanswered.push((concept, told(&why))),
                    }
                } else {
                    other.get_or_insert((concept, equilibria));
                }
            }
            Err(Unanswered::Stopped(Stop::Cancelled)) => {
                return Ok(Outcome::Stopped(survey, Stop::Cancelled));
            }
            Err(why) => survey.unanswered.push((concept, told(&why))),
        }
    }
    if let (None, Some((concept, equilibria))) = (&survey.portrait, &other) {
        let engine = Engine::new(&encoding, budget);
        survey.portrait = portrait(model, &engine, *concept, equilibria, request).ok();
    }
    Ok(Outcome::Complete(survey))
}

fn unsuitable(why: &Unanswered) -> SurveyError {
    SurveyError::Unsuitable {
        engine: Chosen::Symbolic,
        reason: why.to_string(),
    }
}

fn told(why: &Unanswered) -> String {
    match why {
        Unanswered::Stopped(stop) => format!("its decision diagrams {stop}"),
        other => other.to_string(),
    }
}

fn judged(
    engine: &Engine<'_, '_, '_>,
    concept: Concept,
    classes: &[States],
) -> Result<(Summary, States), Unanswered> {
    let stable = engine.stable(concept)?;
    let equilibria = engine.equilibria(&stable)?;
    let by_class = classes.iter().map(|class| {
        let common = engine.joint(&[&equilibria, class])?;
        Ok(engine.count(&common))
    });
    let summary = Summary {
        concept,
        stable: stable.parties.iter().map(|s| engine.count(s)).collect(),
        equilibria: engine.count(&equilibria),
        by_class: by_class.collect::<Result<_, Unanswered>>()?,
    };
    Ok((summary, equilibria))
}

fn portrait(
    model: &Model,
    engine: &Engine<'_, '_, '_>,
    concept: Concept,
    equilibria: &States,
    request: &Request,
) -> Result<Portrait, Unanswered> {
    let shown = |state| Shown {
        state,
        margins: Vec::new(),
    };
    let mut portrait = Portrait {
        concept,
        first: engine
            .first(equilibria, request.shown)?
            .into_iter()
            .map(shown)
            .collect(),
        fixed: Vec::new(),
        nearest: None,
        best: Vec::new(),
        worst: Vec::new(),
    };
    if equilibria.is_empty() {
        return Ok(portrait);
    }
    let levels = engine.levels(equilibria)?;
    let fixed = levels.into_iter().filter(|l| l.is_fixed());
    portrait.fixed = fixed.map(|l| (l.option, l.lowest)).collect();
    if let Some(status_quo) = &request.status_quo {
        let nearest = engine.nearest(equilibria, status_quo)?;
        portrait.nearest = nearest.map(|n| (n.distance as usize, shown(n.state)));
    }
    for party in parties(model) {
        let best = engine.best_for(party, equilibria)?;
        portrait.best.extend(best.map(|e| shown(e.state)));
        let worst = engine.worst_for(party, equilibria)?;
        portrait.worst.extend(worst.map(|e| shown(e.state)));
    }
    Ok(portrait)
}
