//! What a certificate says of its negotiation: the header, the names, and the numbers of the states.

use std::collections::HashMap;

use detente_model::PartyId;
use detente_model::model::{Choice, Form, Model, NamedState};

use super::report::{Checked, Examination, so};
use super::{Certificate, FORMAT, State};
use crate::Stop;

/// A state by its values: the level of every option, or in the graph form the index of its node alone.
pub(crate) type Values = Vec<u32>;

/// Compares the header of a certificate with a negotiation.
pub(crate) fn header(
    c: &Certificate,
    model: &Model,
    variants: &[String],
    fingerprint: &str,
    found: &Examination<'_>,
) {
    let parties = model.parties.iter().map(|p| &p.name);
    let options = model.options.iter();
    let options = options.map(|o| (&model.party(o.owner).name, &o.name, &o.levels));
    let listed = c.options.iter().map(|o| (&o.party, &o.option, &o.levels));
    for (same, place, message) in [
        (
            c.format == FORMAT,
            "/format",
            "this is another form of certificate",
        ),
        (
            c.title == model.title,
            "/title",
            "the negotiation has another title",
        ),
        (
            c.variants == variants,
            "/variants",
            "the variants are others",
        ),
        (
            c.fingerprint == fingerprint,
            "/fingerprint",
            "this is another negotiation",
        ),
        (
            parties.eq(&c.parties),
            "/parties",
            "the negotiation has other parties",
        ),
        (
            options.eq(listed),
            "/options",
            "the negotiation has other options",
        ),
        (
            c.complete,
            "/complete",
            "the list of states does not claim to be complete",
        ),
        (
            !c.equilibria.is_empty(),
            "/equilibria",
            "nothing is claimed of any concept",
        ),
    ] {
        if !same {
            found.defect(place, message);
        }
    }
}

/// How many values there are at each place of [`Values`].
pub(crate) fn sizes(model: &Model) -> Vec<u32> {
    match model.form {
        Form::Graph => vec![model.states.len() as u32],
        Form::Options => {
            let options = model.options.iter();
            options.map(|o| Choice::level_count(o).into()).collect()
        }
    }
}

/// What the parties and states of a certificate are called.
pub(crate) struct Names<'m> {
    parties: HashMap<&'m str, PartyId>,
    /// The places of the states by number.
    numbers: HashMap<u32, u32>,
}

impl<'m> Names<'m> {
    /// The listed states that the model can express, and the names. Tells what is wrong with states
    /// that it cannot, and with the numbers. Whether states are feasible is not looked at.
    pub(crate) fn read(
        certificate: &Certificate,
        model: &'m Model,
        found: &Examination<'_>,
    ) -> Result<(Vec<Values>, Self), Stop> {
        let parties = model.parties.iter().map(|p| p.name.as_str());
        let parties = parties.zip(model.party_ids()).collect();
        let nodes = model.states.iter().map(|s| s.name.as_str());
        let nodes: HashMap<&str, u32> = nodes.zip(0..).collect();
        let (mut states, mut numbers) = (Vec::new(), HashMap::new());
        // The number is the place in the list, or the author's when all states have one.
        let (mut by_place, mut by_name) = (true, true);
        for (i, listed) in certificate.states.iter().enumerate() {
            let old = numbers.get(&listed.number);
            let new = so(old.is_none(), "another state has the number");
            let read = values(listed, model, &nodes).and_then(|values| new.map(|()| values));
            let Some(values) = found.told(format!("/states/{i}"), read)? else {
                continue;
            };
            numbers.insert(listed.number, states.len() as u32);
            let named = nodes.get(listed.number.to_string().as_str());
            by_place &= listed.number as usize == i + 1;
            by_name &= named.is_some_and(|n| values == of_node(model, *n));
            states.push(values);
        }
        if !by_place && !by_name {
            found.defect("/states", "the states have other numbers");
        }
        Ok((states, Self { parties, numbers }))
    }

    /// The party of a name.
    pub(crate) fn party(&self, name: &str) -> Checked<PartyId> {
        let found = self.parties.get(name).copied();
        found.ok_or_else(|| format!("there is no party `{name}`").into())
    }

    /// The place of the state with a number.
    pub(crate) fn state(&self, number: u32) -> Checked<u32> {
        let found = self.numbers.get(&number).copied();
        found.ok_or_else(|| format!("no state {number} is listed").into())
    }
}

fn of_node(model: &Model, node: u32) -> Values {
    let levels = |s: &NamedState| s.assignment.iter().map(|l| u32::from(*l)).collect();
    match model.form {
        Form::Graph => vec![node],
        Form::Options => model.states.get(node as usize).map_or(Vec::new(), levels),
    }
}

fn values(listed: &State, model: &Model, nodes: &HashMap<&str, u32>) -> Checked<Values> {
    let values: Option<Values> = match (model.form, &listed.levels, &listed.node) {
        (Form::Options, Some(levels), None) => Some(levels.iter().map(|l| (*l).into()).collect()),
        (Form::Graph, None, Some(name)) => nodes.get(name.as_str()).map(|n| vec![*n]),
        _ => None,
    };
    let sizes = sizes(model);
    let fits = |v: &Values| v.len() == sizes.len() && v.iter().zip(&sizes).all(|(v, n)| v < n);
    let values = values.filter(fits);
    values.ok_or_else(|| "the model has no such state".into())
}
