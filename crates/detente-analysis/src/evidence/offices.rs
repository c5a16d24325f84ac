//! Persons and the roles in which they act: who speaks for whom, when, and at which track.

use detente_model::Model;
use detente_model::model::Agent;
use jiff::civil::Date;

use super::conflicts::{Conflict, ConflictKind, conflict, side};
use super::ledger::{Ledger, Mark};

/// A person with the party for which it acts, as places in the model.
pub(super) type Office = (usize, usize);

/// The days on which both act; `None` when there are none. A single day on which one follows the other is a
/// handover and does not count.
fn together(a: &Agent, b: &Agent) -> Option<(Option<Date>, Option<Date>)> {
    let bounds = |agent: &Agent| match agent.during {
        Some(during) => (during.first(), during.last()),
        None => (None, None),
    };
    let ((a_from, a_to), (b_from, b_to)) = (bounds(a), bounds(b));
    let from = a_from.max(b_from);
    let to = match (a_to, b_to) {
        (Some(x), Some(y)) => Some(x.min(y)),
        (x, y) => x.or(y),
    };
    let apart = matches!((from, to), (Some(from), Some(to)) if from >= to);
    (!apart).then_some((from, to))
}

fn when(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => "at all times".to_owned(),
    }
}

/// A term of office in words: `from 2018-08-23`.
pub(super) fn term(agent: &Agent) -> String {
    match agent.during {
        Some(during) => when(during.first(), during.last()),
        None => when(None, None),
    }
}

/// Two persons of one party in one role at one time, whatever their tracks; and one person at two tracks at one
/// time.
pub(super) fn conflicts(ledger: &Ledger, model: &Model) -> Vec<Conflict> {
    let mut offices: Vec<Office> = Vec::new();
    for (party, one) in model.parties.iter().enumerate() {
        offices.extend((0..one.agents.len()).map(|agent| (party, agent)));
    }
    let agent = |office: Office| &model.parties[office.0].agents[office.1];
    let mut out = Vec::new();
    for (at, first) in offices.iter().enumerate() {
        for second in &offices[at + 1..] {
            let (a, b) = (agent(*first), agent(*second));
            let Some((from, to)) = together(a, b) else {
                continue;
            };
            let apart = matches!((a.track, b.track), (Some(x), Some(y)) if x != y);
            let found = if a.name == b.name {
                apart.then_some(ConflictKind::Track)
            } else {
                let role = |agent: &Agent| agent.role.as_ref().map(|r| r.to_lowercase());
                let one = first.0 == second.0 && a.role.is_some() && role(a) == role(b);
                one.then_some(ConflictKind::Role)
            };
            let Some(kind) = found else {
                continue;
            };
            let sides = [*first, *second].map(|office| {
                let number = ledger.at(Mark::Agent(office.0, office.1));
                side(ledger, number, office_text(model, office))
            });
            let party = &model.parties[first.0].name;
            let about = match (kind, &a.role) {
                (ConflictKind::Role, Some(role)) => format!("{role} of {party}"),
                _ => a.name.clone(),
            };
            let mut finding = format!("both {}", when(from, to));
            if kind == ConflictKind::Role && apart {
                finding.push_str(", at different tracks");
            }
            out.push(conflict(kind, about, sides.to_vec(), finding, a.place));
        }
    }
    out
}

/// `Kim Yong-chol for DPRK as lead negotiator at leaders, from 2018-06-12`.
pub(super) fn office_text(model: &Model, office: Office) -> String {
    let party = &model.parties[office.0];
    let agent = &party.agents[office.1];
    let name = agent.title.as_ref().unwrap_or(&agent.name);
    let mut text = format!("{name} for {}", party.name);
    if let Some(role) = &agent.role {
        text.push_str(&format!(" as {role}"));
    }
    if let Some(track) = agent.track.and_then(|t| model.record.tracks.get(t)) {
        text.push_str(&format!(" at {}", track.name));
    }
    text.push_str(&format!(", {}", term(agent)));
    text
}
