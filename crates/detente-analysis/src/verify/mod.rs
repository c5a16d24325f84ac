//! Checks certificates, without the engine.
//!
//! The checker reads the model by itself: it evaluates every rule on option levels, makes every move
//! option by option, and compares states as the preferences say. It shares no code with the parts that
//! enumerate states, build graphs and judge stability; the budget alone is common. What it takes as
//! given: the resolved [`Model`], the definitions of the concepts, and this module.

mod proof;
mod reading;

use std::collections::HashMap;

use detente_model::model::{Choice, Form, Model};

use self::reading::{Meter, Reading, State, feasible};
use crate::certificate::{self, Certificate, FORMAT, Report};
use crate::{Budget, Stop};

/// The negotiation that a certificate is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The model, with the changes of the variants made.
    pub model: &'a Model,
    /// The variants, in order.
    pub variants: &'a [String],
    /// Its fingerprint; see [`certificate::fingerprint`].
    pub fingerprint: &'a str,
}

/// Checks every claim of a certificate against a negotiation.
///
/// The limits of the budget on states and steps bound the work; a check that needs more says so in the
/// report, and the certificate then counts as not valid. Never panics, whatever the certificate says.
pub fn verify(subject: &Subject<'_>, certificate: &Certificate, budget: &Budget) -> Report {
    let mut report = Report::default();
    header(subject, certificate, &mut report);
    let end = claims(subject.model, certificate, budget, &mut report);
    report.finish(end)
}

fn header(subject: &Subject<'_>, certificate: &Certificate, report: &mut Report) {
    let (model, c) = (subject.model, certificate);
    let parties = model.parties.iter().map(|p| &p.name);
    let options = model.options.iter();
    let options = options.map(|o| (&model.party(o.owner).name, &o.name, &o.levels));
    let listed = c.options.iter().map(|o| (&o.party, &o.option, &o.levels));
    let mut same = |holds: bool, place: &str, message: &str| {
        if !holds {
            report.defect(place, message);
        }
    };
    same(
        c.format == FORMAT,
        "/format",
        "this is another form of certificate",
    );
    same(
        c.title == model.title,
        "/title",
        "the negotiation has another title",
    );
    same(
        c.variants == subject.variants,
        "/variants",
        "the variants are others",
    );
    same(
        c.fingerprint == subject.fingerprint,
        "/fingerprint",
        "this is another negotiation",
    );
    same(
        parties.eq(&c.parties),
        "/parties",
        "the negotiation has other parties",
    );
    same(
        options.eq(listed),
        "/options",
        "the negotiation has other options",
    );
    same(
        c.complete,
        "/complete",
        "the list of states does not claim to be complete",
    );
}

/// Everything but the header.
fn claims(
    model: &Model,
    certificate: &Certificate,
    budget: &Budget,
    report: &mut Report,
) -> Result<(), Stop> {
    let (what, limit) = ("states", budget.max_states);
    if certificate.states.len() as u64 > limit {
        return Err(Stop::Limit { what, limit });
    }
    let mut meter = Meter(budget, 0);
    let (states, numbers) = states(model, certificate, report);
    let reading = Reading::new(model, states, &mut meter)?;
    report.checked.states = numbers.len() as u64;
    report.checked.moves = reading.move_count();
    feasible(model, &mut meter, |state| {
        if reading.find(state).is_none() {
            let named = state.node.and_then(|n| model.states.get(n as usize));
            let levels = || format!("with the levels {:?}", state.levels);
            let shown = named.map_or_else(levels, |s| format!("`{}`", s.name));
            report.defect("/states", format!("the feasible state {shown} is left out"));
        }
    })?;
    for party in model.party_ids().filter(|p| !reading.ranks_all(*p)) {
        let name = &model.party(party).name;
        report.defect("/states", format!("`{name}` does not rank all states"));
    }
    let end = proof::check(&reading, certificate, &numbers, &mut meter, report);
    report.checked.steps_of_check = meter.1;
    end
}

/// The listed states that are feasible and new, and their places by number.
fn states(
    model: &Model,
    certificate: &Certificate,
    report: &mut Report,
) -> (Vec<State>, HashMap<u32, u32>) {
    let (mut states, mut numbers) = (Vec::new(), HashMap::new());
    let mut seen: HashMap<State, usize> = HashMap::new();
    let nodes: HashMap<&str, u32> = model
        .states
        .iter()
        .map(|s| s.name.as_str())
        .zip(0..)
        .collect();
    // The number is the place in ascending order, or the author's when all states have one.
    let mut numbered = [true; 2];
    for (i, listed) in certificate.states.iter().enumerate() {
        let state = match read_state(model, &nodes, listed) {
            Ok(state) if !state.is_feasible(model) => Err("the state is not feasible"),
            Ok(state) if seen.insert(state.clone(), i).is_some() => Err("it is listed twice"),
            Ok(_) if numbers.contains_key(&listed.number) => Err("another state has the number"),
            other => other,
        };
        let state = match state {
            Ok(state) => state,
            Err(message) => {
                report.defect(format!("/states/{i}"), message);
                continue;
            }
        };
        let named = nodes.get(listed.number.to_string().as_str()).copied();
        let named = named.filter(|n| match model.form {
            Form::Graph => state.node == Some(*n),
            Form::Options => model.states[*n as usize].assignment == state.levels,
        });
        numbered[0] &= listed.number as usize == i + 1;
        numbered[1] &= named.is_some();
        numbers.insert(listed.number, states.len() as u32);
        states.push(state);
    }
    if numbered == [false; 2] {
        report.defect("/states", "the states have other numbers");
    }
    // The last option counts most.
    let ascending =
        |a: &State, b: &State| a.node <= b.node && a.levels.iter().rev().le(b.levels.iter().rev());
    if !states.is_sorted_by(ascending) {
        report.defect("/states", "the states do not stand in ascending order");
    }
    (states, numbers)
}

fn read_state(
    model: &Model,
    nodes: &HashMap<&str, u32>,
    listed: &certificate::State,
) -> Result<State, &'static str> {
    let fits = |levels: &Vec<u16>| {
        let counts = model.options.iter().map(Choice::level_count);
        levels.len() == model.options.len() && counts.zip(levels).all(|(count, l)| *l < count)
    };
    match (model.form, &listed.levels, &listed.node) {
        (Form::Options, Some(levels), None) if fits(levels) => {
            let (node, levels) = (None, levels.clone());
            Ok(State { node, levels })
        }
        (Form::Graph, None, Some(name)) if nodes.contains_key(name.as_str()) => {
            let (node, levels) = (nodes.get(name.as_str()).copied(), Vec::new());
            Ok(State { node, levels })
        }
        _ => Err("the model has no such state"),
    }
}
