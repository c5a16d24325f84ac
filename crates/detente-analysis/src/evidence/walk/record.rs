//! The record, element by element: events, commitments, claims.

use detente_model::syntax::ast::{
    Came, Claim, ClaimOutcome, Commitment, Effect, Event, Name, Wording,
};
use detente_model::syntax::quote;

use super::{change, entry};
use crate::evidence::ledger::{Kind, Ledger, Mark};

pub(super) fn event(ledger: &mut Ledger, at: usize, event: &Event) {
    let called = event
        .name
        .as_ref()
        .map(Name::as_str)
        .or(event.title.as_deref());
    let name = match called {
        Some(called) => format!("event {called}"),
        None => format!("event {} ({})", at + 1, event.kind),
    };
    let says = event.title.clone().filter(|t| Some(t.as_str()) != called);
    let number = ledger.add(entry(
        Kind::Event,
        name.clone(),
        says,
        &event.cites,
        event.place,
    ));
    ledger.mark(Mark::Event(at), number);
    for (place, one) in event.values.iter().enumerate() {
        let says = Some(quote(&one.value));
        let of = format!("{} of {name}", one.of);
        let value = ledger.add_within(number, entry(Kind::Value, of, says, &one.cites, one.place));
        ledger.mark(Mark::Value(at, place), value);
    }
    let within = format!("{name}: ");
    for (place, effect) in event.effects.iter().enumerate() {
        if let Effect::Change(one) = effect {
            change(ledger, &within, place, Some(number), one);
        }
    }
}

pub(super) fn commitment(ledger: &mut Ledger, at: usize, one: &Commitment) {
    let name = format!("commitment {}", one.name);
    let number = ledger.add(entry(
        Kind::Commitment,
        name.clone(),
        one.title.clone(),
        &one.cites,
        one.place,
    ));
    ledger.mark(Mark::Commitment(at), number);
    for (place, text) in one.texts.iter().enumerate() {
        let text = wording(ledger, number, format!("text of {name}"), text);
        ledger.mark(Mark::Text(at, place), text);
    }
    for (place, text) in one.quoted.iter().enumerate() {
        let text = wording(ledger, number, format!("quotation of {name}"), text);
        ledger.mark(Mark::Quoted(at, place), text);
    }
    for (place, reading) in one.readings.iter().enumerate() {
        let of = format!("reading of {name} by {}", reading.party);
        let says = Some(reading.formula.to_string());
        let entry = entry(Kind::Reading, of, says, &reading.cites, reading.place);
        let reading = ledger.add(entry);
        ledger.mark(Mark::CommitmentReading(at, place), reading);
    }
}

fn wording(ledger: &mut Ledger, around: usize, name: String, one: &Wording) -> usize {
    let says = Some(quote(&one.text));
    ledger.add_within(
        around,
        entry(Kind::Wording, name, says, &one.cites, one.place),
    )
}

pub(super) fn claim(ledger: &mut Ledger, at: usize, one: &Claim) {
    let name = format!("claim {}", one.name);
    let says = match &one.title {
        Some(title) => format!("{}: {title}", one.by),
        None => format!("by {}", one.by),
    };
    let number = ledger.add(entry(
        Kind::Claim,
        name.clone(),
        Some(says),
        &one.cites,
        one.place,
    ));
    ledger.mark(Mark::Claim(at), number);
    for (place, text) in one.worded.iter().enumerate() {
        let text = wording(ledger, number, format!("wording of {name}"), text);
        ledger.mark(Mark::Worded(at, place), text);
    }
    if let Some(came) = &one.outcome {
        outcome(ledger, &name, came);
    }
}

fn outcome(ledger: &mut Ledger, of: &str, came: &ClaimOutcome) {
    let verdict = match &came.verdict {
        Came::Yes => "yes".to_owned(),
        Came::No => "no".to_owned(),
        Came::Partly => "partly".to_owned(),
        Came::Void => "void".to_owned(),
        Came::Grade(grade) => quote(grade),
    };
    let name = format!("outcome of {of}");
    ledger.add(entry(
        Kind::Outcome,
        name,
        Some(verdict),
        &came.cites,
        came.place,
    ));
}
