//! The calendar: what happened, when it became known, what is to come, and who acted for whom.

use detente_model::Model;
use detente_model::model::Agent;
use detente_model::record::{Event, When};
use detente_model::syntax::ast::{Citation, Document};
use detente_model::syntax::quote;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::conflicts::Conflict;
use super::ledger::{Cited, Ledger, supporters};
use super::offices;
use crate::describe;

/// Whether an event became known before it happened or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reported {
    /// Before its first day.
    Before,
    /// On one of its days.
    Meanwhile,
    /// After its last day.
    After,
    /// Nothing says when, or it has no day of its own.
    Unknown,
}

/// Where an event stands to the day of `as of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tense {
    /// It is over.
    Past,
    /// Its days are over; it was not certain, and the text does not say whether it took place.
    Lapsed,
    /// It was a plan, and became another event when more was known.
    Replaced,
    /// It has begun and is not over, or can be on any day of a span that has begun.
    Now,
    /// It is to come.
    Coming,
    /// The text has no `as of`.
    Unsaid,
}

/// An event of the calendar.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EventFound {
    /// When it is, as the language writes it.
    pub when: String,
    /// Its first day; `null` when it has none.
    pub first: Option<String>,
    /// Its last day; `null` when it has none.
    pub last: Option<String>,
    /// The words by which the text gives its day.
    pub words: Option<String>,
    /// What kind of event it is.
    pub kind: String,
    /// Its short name.
    pub name: Option<String>,
    /// What it is.
    pub title: Option<String>,
    /// The track at which parties meet.
    pub track: Option<String>,
    /// The parties and persons that take part, where the text says it.
    pub with: Vec<String>,
    /// Since when it is known.
    pub known: Option<String>,
    /// Whether that was before it happened or later.
    pub reported: Reported,
    /// How many days lie between: from `known` to its first day when it was known before, from its last day to
    /// `known` when later, 0 in between.
    pub gap: Option<i64>,
    /// Where it stands to the day of `as of`.
    pub tense: Tense,
    /// The event that it became when more was known of it.
    pub became: Option<String>,
    /// How likely it is, in hundredths: the least and the most; `null` when it is certain.
    pub chance: Option<(f64, f64)>,
    /// What sources say of it: `duration: "nearly two hours" [article ¶2]`.
    pub values: Vec<String>,
    /// What it changes.
    pub effects: Vec<String>,
    /// Where it is known from.
    pub cites: Vec<String>,
    /// Who is behind the sources.
    pub witnesses: Vec<String>,
}

/// A person who acts for a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OfficeFound {
    /// The party.
    pub party: String,
    /// The short name of the person.
    pub person: String,
    /// The full name.
    pub title: Option<String>,
    /// The role.
    pub role: Option<String>,
    /// The track.
    pub track: Option<String>,
    /// The first day; `null` for always.
    pub from: Option<String>,
    /// The last day; `null` for no end.
    pub to: Option<String>,
    /// Where it is known from.
    pub cites: Vec<String>,
}

/// The calendar of a negotiation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Timeline {
    /// The day whose knowledge the text states.
    pub as_of: Option<String>,
    /// What happened and what is to come, by day.
    pub events: Vec<EventFound>,
    /// References to history, which are no part of the timeline.
    pub precedents: Vec<EventFound>,
    /// Who acts for whom, and when.
    pub offices: Vec<OfficeFound>,
    /// Two persons in one role at one time, and one person at two tracks.
    pub overlaps: Vec<Conflict>,
}

/// How things were on a day.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct OnDay {
    /// The day.
    pub day: String,
    /// Who acted for whom.
    pub offices: Vec<OfficeFound>,
    /// Events that were under way, or could be.
    pub events: Vec<EventFound>,
    /// Events that were known by then and still to come.
    pub ahead: Vec<EventFound>,
    /// Commitments that were in force: made by then, or on a day that is not said.
    pub commitments: Vec<String>,
}

/// The calendar; of one party alone if that is asked for: the events in which it takes part.
pub fn timeline(document: &Document, model: &Model, party: Option<&str>) -> Timeline {
    let ledger = Ledger::of(document, model);
    let (precedents, events): (Vec<&Event>, Vec<&Event>) = model
        .record
        .events
        .iter()
        .filter(|e| concerns(model, e, party))
        .partition(|e| e.precedent);
    let found = |events: &[&Event]| events.iter().map(|e| event(model, e)).collect();
    let overlaps = offices::conflicts(&ledger, model);
    let of = |c: &Conflict| {
        let said = |p: &str| c.about.ends_with(&format!(" of {p}"));
        party.is_none_or(|p| said(p) || has_person(model, p, &c.about))
    };
    Timeline {
        as_of: model.as_of.map(|d| d.to_string()),
        events: found(&events),
        precedents: found(&precedents),
        offices: offices_of(model, party, None),
        overlaps: overlaps.into_iter().filter(of).collect(),
    }
}

/// How things were on a day, as it is known now.
pub fn on_day(model: &Model, day: Date, party: Option<&str>) -> OnDay {
    let events = model.record.events.iter();
    let events: Vec<&Event> = events
        .filter(|e| !e.precedent && concerns(model, e, party))
        .collect();
    // A plan counts until it is known what became of it.
    let became_known = |e: &Event| {
        let later = e.replaced_by.and_then(|at| model.record.events.get(at));
        later.is_some_and(|e| e.known.is_none_or(|known| known <= day))
    };
    let ahead = |e: &&&Event| {
        let later = e
            .when
            .first()
            .or(e.when.last())
            .is_some_and(|first| first > day);
        later && e.known.is_some_and(|known| known <= day) && !became_known(e)
    };
    let commitments = model.record.commitments.iter().filter(|c| {
        let by = |p: &str| {
            c.by.iter()
                .chain(&c.to)
                .any(|id| model.party(*id).name == p)
        };
        c.on.is_none_or(|on| on <= day) && party.is_none_or(by)
    });
    OnDay {
        day: day.to_string(),
        offices: offices_of(model, party, Some(day)),
        events: events
            .iter()
            .filter(|e| e.is_current() && spans(e.when) && e.when.covers(day))
            .map(|e| event(model, e))
            .collect(),
        ahead: events
            .iter()
            .filter(ahead)
            .map(|e| event(model, e))
            .collect(),
        commitments: commitments.map(|c| c.name.clone()).collect(),
    }
}

/// Whether an event is on days of its own, rather than up to a day.
fn spans(when: When) -> bool {
    !matches!(when, When::By(_) | When::Until(_))
}

fn has_person(model: &Model, party: &str, person: &str) -> bool {
    let mut of = model.parties.iter().filter(|p| p.name == party);
    of.any(|p| p.agents.iter().any(|a| a.name == person))
}

/// Whether a party, or somebody who acts for it, takes part in an event; an event that names nobody concerns all.
fn concerns(model: &Model, event: &Event, party: Option<&str>) -> bool {
    let Some(party) = party else {
        return true;
    };
    let persons = event.persons.iter().any(|p| has_person(model, party, p));
    let nobody = event.parties.is_empty() && event.persons.is_empty();
    nobody || persons || event.parties.iter().any(|p| model.party(*p).name == party)
}

fn offices_of(model: &Model, party: Option<&str>, day: Option<Date>) -> Vec<OfficeFound> {
    let parties = model
        .parties
        .iter()
        .filter(|p| party.is_none_or(|n| p.name == n));
    let offices = parties.flat_map(|p| p.agents.iter().map(|a| (p.name.clone(), a)));
    offices
        .filter(|(_, a)| day.is_none_or(|day| a.acts_on(day)))
        .map(|(party, agent)| office(model, party, agent))
        .collect()
}

fn office(model: &Model, party: String, agent: &Agent) -> OfficeFound {
    let track = agent.track.and_then(|t| model.record.tracks.get(t));
    let bound = |day: Option<Date>| day.map(|d| d.to_string());
    OfficeFound {
        party,
        person: agent.name.clone(),
        title: agent.title.clone(),
        role: agent.role.clone(),
        track: track.map(|t| t.name.clone()),
        from: bound(agent.during.and_then(When::first)),
        to: bound(agent.during.and_then(When::last)),
        cites: agent.cites.iter().map(Citation::text).collect(),
    }
}

fn event(model: &Model, event: &Event) -> EventFound {
    let cites: Vec<Cited> = event.cites.iter().map(Cited::of).collect();
    let (_, witnesses) = supporters(&cites, model);
    let (reported, gap) = reported(event);
    let track = event.track.and_then(|t| model.record.tracks.get(t));
    let every = event.parties.len() == model.parties.len() && event.persons.is_empty();
    let parties = event.parties.iter().filter(|_| !every);
    let parties = parties.map(|p| model.party(*p).name.clone());
    let day = |day: Option<Date>| day.map(|d| d.to_string());
    EventFound {
        when: event.when.to_string(),
        first: day(event.when.first()),
        last: day(event.when.last()),
        words: event.words.clone(),
        kind: event.kind.clone(),
        name: event.name.clone(),
        title: event.title.clone(),
        track: track.map(|t| t.name.clone()),
        with: parties.chain(event.persons.iter().cloned()).collect(),
        known: day(event.known),
        reported,
        gap,
        tense: tense(event, model.as_of),
        became: event
            .replaced_by
            .and_then(|at| model.record.events.get(at))
            .map(|e| e.display().to_owned()),
        chance: event.chance.map(chance),
        values: event
            .values
            .iter()
            .map(|v| {
                let cites: Vec<String> = v.cites.iter().map(Citation::text).collect();
                let said = format!("{}: {}", v.of, quote(&v.value));
                if cites.is_empty() {
                    said
                } else {
                    format!("{said} [{}]", cites.join(", "))
                }
            })
            .collect(),
        effects: event
            .effects
            .iter()
            .map(|e| describe::effect(model, e))
            .collect(),
        cites: event.cites.iter().map(Citation::text).collect(),
        witnesses,
    }
}

/// Bounds in hundredths.
fn chance(chance: detente_model::estimative::Chance) -> (f64, f64) {
    let (least, most) = chance.bounds();
    (f64::from(least) / 10_000.0, f64::from(most) / 10_000.0)
}

fn tense(event: &Event, as_of: Option<Date>) -> Tense {
    if event.replaced_by.is_some() {
        return Tense::Replaced;
    }
    let Some(day) = as_of else {
        return Tense::Unsaid;
    };
    if event.is_over(day) && !matches!(event.when, When::From(_)) {
        let certain = event.is_certain() || event.precedent;
        return if certain { Tense::Past } else { Tense::Lapsed };
    }
    let begun = event.when.first().is_some_and(|first| first <= day);
    if begun { Tense::Now } else { Tense::Coming }
}

/// Whether it was known before it happened, and how many days lie between.
fn reported(event: &Event) -> (Reported, Option<i64>) {
    let Some(known) = event.known else {
        return (Reported::Unknown, None);
    };
    let days = |from: Date, to: Date| Some(i64::from((to - from).get_days()));
    match (event.when.first(), event.when.last()) {
        (Some(first), _) if known < first => (Reported::Before, days(known, first)),
        (_, Some(last)) if known > last => (Reported::After, days(last, known)),
        (Some(_), _) => (Reported::Meanwhile, Some(0)),
        (None, Some(last)) => (Reported::Before, days(known, last)),
        (None, None) => (Reported::Unknown, None),
    }
}
