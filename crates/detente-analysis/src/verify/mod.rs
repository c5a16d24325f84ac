//! Checks certificates, without the engine.
//!
//! The checker reads the model by itself: it evaluates every rule on option levels, makes every move
//! option by option, and compares states as the preferences say. It shares no code with the parts that
//! enumerate states, build graphs and judge stability; the budget alone is common. What it takes as
//! given: the resolved [`Model`], the definitions of the concepts, this module, and of
//! [`crate::certificate`] the forms, the names and the report.

mod proof;
mod reading;

use std::collections::BTreeSet;

use detente_model::model::{Form, Model};

use self::reading::{Reading, feasible};
use crate::certificate::{Certificate, Examination, Names, Report, Values, header};
use crate::{Budget, Stop};

/// The negotiation that a certificate is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The model, with the changes of the variants made.
    pub model: &'a Model,
    /// The variants, in order.
    pub variants: &'a [String],
    /// Its fingerprint; see [`crate::certificate::fingerprint`].
    pub fingerprint: &'a str,
}

/// Checks every claim of a certificate against a negotiation.
///
/// The limits of the budget on states and steps bound the work; a check that needs more says so in the
/// report, and the certificate then counts as not valid. Never panics, whatever the certificate says.
pub fn verify(subject: &Subject<'_>, certificate: &Certificate, budget: &Budget) -> Report {
    let ex = Examination::new(budget);
    let end = claims(subject, certificate, &ex);
    ex.finish(end)
}

fn claims(subject: &Subject<'_>, c: &Certificate, ex: &Examination<'_>) -> Result<(), Stop> {
    let model = subject.model;
    header(c, model, subject.variants, subject.fingerprint, ex);
    let (what, limit) = ("states", ex.budget.max_states);
    if c.states.len() as u64 > limit {
        return Err(Stop::Limit { what, limit });
    }
    let (states, names) = Names::read(c, model, ex)?;
    ex.count(|c| c.states = states.len() as u64);
    // The last option counts most. What stands in ascending order stands there once.
    if !states.is_sorted_by(|a, b| a.iter().rev().lt(b.iter().rev())) {
        ex.defect("/states", "they do not stand in ascending order, each once");
    }
    let shown = |state: &Values| match model.form {
        Form::Graph => format!("state `{}`", model.states[state[0] as usize].name),
        Form::Options => format!("the state with the levels {state:?}"),
    };
    let reading = Reading::new(model, states, ex)?;
    let mut infeasible: BTreeSet<u32> = (0..reading.states.len() as u32).collect();
    feasible(model, ex, |state| match reading.index.get(state) {
        Some(listed) => _ = infeasible.remove(listed),
        None => ex.defect("/states", format!("{} is left out", shown(state))),
    })?;
    for state in infeasible {
        let state = shown(&reading.states[state as usize]);
        ex.defect("/states", format!("{state} is not feasible"));
    }
    proof::check(&reading, c, &names)
}
