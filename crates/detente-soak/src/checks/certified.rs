//! Certificates: that of a model is valid, comes back from its text, and proves the verdicts of the
//! definitions.

use std::collections::HashMap;

use detente_analysis::certificate::{
    Certificate, MOST_ENTRIES, Request, WriteError, fingerprint, from_json, supports, to_json,
    write,
};
use detente_analysis::verify::{self, verify};
use detente_analysis::{Budget, Concept, Settings, Stop};

use super::{Given, Held};
use crate::case::Case;
use crate::examiner::Subject;
use crate::verdicts::Verdicts;

pub(super) fn run(case: &Case, subject: &Subject<'_>, given: &Given) -> Held {
    let Some((_, measure)) = given.first() else {
        return Ok(0);
    };
    let game = subject.game()?;
    let conflict = game.conflict();
    let apply = |c: &Concept| supports(*c) && c.check(&conflict).is_ok();
    let concepts: Vec<Concept> = subject.concepts().iter().copied().filter(apply).collect();
    let request = Request {
        variants: &[],
        fingerprint: fingerprint(&case.document),
        concepts: &concepts,
        settings: Settings::default(),
        most_entries: MOST_ENTRIES,
    };
    let certificate = match write(game, &request, subject.budget()) {
        Ok(certificate) => certificate,
        // It would be too large.
        Err(WriteError::Stopped(Stop::Limit { .. })) => return Ok(0),
        Err(error) => return Err(error.to_string()),
    };
    if from_json(&to_json(&certificate)).as_ref() != Ok(&certificate) {
        return Err("the certificate does not come back from its text".to_owned());
    }
    match defect(case, &certificate, subject.budget()) {
        Some(defect) => Err(defect),
        None => proves(case, &certificate, measure),
    }
}

/// The first thing for which the checker rejects a certificate of a negotiation.
pub fn defect(case: &Case, certificate: &Certificate, budget: &Budget) -> Option<String> {
    let subject = verify::Subject {
        model: &case.model,
        variants: &[],
        fingerprint: &fingerprint(&case.document),
    };
    let report = verify(&subject, certificate, budget);
    let first = report.defects.into_iter().next().map(|d| d.message);
    first
        .or(report.stopped)
        .or_else(|| (!report.valid).then(|| "the certificate is not valid".to_owned()))
}

/// Whether the verdicts of a certificate are those of the first examiner, and how many there are.
fn proves(case: &Case, certificate: &Certificate, measure: &Verdicts) -> Held {
    let places: HashMap<&[u16], usize> = (measure.states.iter().map(Vec::as_slice))
        .zip(0..)
        .collect();
    let nodes: HashMap<&str, u16> = (case.model.states.iter().map(|s| s.name.as_str()))
        .zip(0..)
        .collect();
    let mut states = HashMap::new();
    for state in &certificate.states {
        let node = state.node.as_ref().and_then(|n| nodes.get(n.as_str()));
        let levels = match (&state.levels, node) {
            (Some(levels), _) => levels.clone(),
            (None, node) => node.copied().into_iter().collect(),
        };
        let place = places.get(levels.as_slice());
        states.insert(state.number, *place.ok_or("it lists an unknown state")?);
    }
    let parties: HashMap<&str, usize> = (case.model.parties.iter().map(|p| p.name.as_str()))
        .zip(0..)
        .collect();
    let mut compared = 0;
    for verdict in &certificate.verdicts {
        let concept: Concept = verdict.concept.parse().map_err(|_| "an unknown concept")?;
        let right = || {
            let (party, state) = (
                parties.get(verdict.party.as_str())?,
                states.get(&verdict.state)?,
            );
            measure.table(concept)?.verdict(*party, *state)
        };
        match right() {
            Some(stable) if stable == verdict.stable => compared += 1,
            // The first examiner does not judge by this concept.
            None if measure.table(concept).is_none() => {}
            _ => return Err(format!("{concept}: the certificate proves another verdict")),
        }
    }
    Ok(compared)
}
