//! A survey by closed forms, without storing states.

use detente_model::Model;
use detente_model::model::Assignment;

use super::choice::STREAMED;
use super::classes::{headlines, sizes};
use super::{Engine, Portrait, Request, Shown, Summary, Survey, SurveyError, concepts};
use crate::engine::closed_form::{ClosedForm, NoClosedForm, Unconstrained};
use crate::{Budget, Concept, Outcome};

pub(super) fn survey(
    model: &Model,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Survey>, SurveyError> {
    let problem = |error: NoClosedForm| match error {
        NoClosedForm::Stopped(stop) => SurveyError::Stopped(stop),
        other @ NoClosedForm::Features(_) => SurveyError::Unsuitable {
            engine: Engine::ClosedForm,
            reason: other.to_string(),
        },
    };
    // The engine counts the states of each class; with classes that exclude each other that is the
    // number of states under each.
    let mut apart = model.clone();
    apart.classes = headlines(model);
    let conflict = Unconstrained::new(&apart).map_err(problem)?;
    let found = conflict.judge(request.shown, budget).map_err(problem)?;
    let mut survey = Survey {
        engine: Engine::ClosedForm,
        feasible: conflict.states().into(),
        classes: sizes(model, budget).unwrap_or_default(),
        summaries: Vec::new(),
        unanswered: Vec::new(),
        portrait: None,
    };
    for concept in concepts(request) {
        let Some(place) = STREAMED.iter().position(|c| *c == concept) else {
            let reason = "it has no closed form".to_owned();
            survey.unanswered.push((concept, reason));
            continue;
        };
        survey.summaries.push(Summary {
            concept,
            stable: found
                .parties
                .iter()
                .map(|p| p.stable[place].into())
                .collect(),
            equilibria: found.equilibria[place].into(),
            by_class: found.by_class.iter().map(|c| c[place].into()).collect(),
        });
        if concept == request.main {
            survey.portrait = Some(portrait(&found, concept, place));
        }
    }
    Ok(Outcome::Complete(survey))
}

/// The first equilibria; what else portrays them would need another pass.
fn portrait(found: &ClosedForm, concept: Concept, place: usize) -> Portrait {
    let levels = |code: &u64| -> Assignment {
        let level = |(first, width): &(u32, u32)| {
            let own = code >> first & ((1 << width) - 1);
            (u64::BITS - own.leading_zeros()) as u16
        };
        found.places.iter().map(level).collect()
    };
    let shown = |code| Shown {
        state: levels(code),
        margins: Vec::new(),
    };
    Portrait {
        concept,
        first: found.first[place].iter().map(shown).collect(),
        fixed: Vec::new(),
        nearest: None,
        best: Vec::new(),
        worst: Vec::new(),
    }
}
