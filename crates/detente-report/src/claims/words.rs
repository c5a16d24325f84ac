//! Claims in words.

use detente_analysis::claims::{Reason, Standing};
use detente_analysis::model::Model;
use detente_analysis::model::record::{Claim, ClaimKind, Event, Resolution, When};
use detente_analysis::model::syntax::ast::Came;

/// The name of a kind of claims.
pub(super) fn kind(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Forecast => "forecast",
        ClaimKind::Conditional => "conditional",
        ClaimKind::Assertion => "assertion",
        ClaimKind::Denial => "denial",
        ClaimKind::Advice => "advice",
    }
}

/// `by 2019-03-05`, `between 2019-02-15 and 2019-03-05`.
pub(super) fn window(when: When) -> String {
    match when {
        When::On(day) => format!("on {day}"),
        When::During(first, last) => format!("from {first} to {last}"),
        other => other.to_string(),
    }
}

/// How an event is called in a sentence: `the event hanoi`, `the event "Hanoi"`.
fn event(event: &Event) -> String {
    match &event.name {
        Some(name) => format!("the event {name}"),
        None => format!("the event \"{}\"", event.display()),
    }
}

/// What is to be so, as it is written.
pub fn resolution(model: &Model, what: &Resolution) -> String {
    let named = |place: &usize| {
        let event = model.record.events.get(*place);
        event.map_or_else(String::new, |e| {
            e.name.clone().unwrap_or_else(|| e.display().to_owned())
        })
    };
    match what {
        Resolution::Event(event) => format!("event {}", named(event)),
        Resolution::NoEvent(event) => format!("not event {}", named(event)),
        Resolution::State(condition) => condition.text.clone(),
    }
}

/// What came, in one word or as the grade.
pub fn came(came: &Came) -> &str {
    match came {
        Came::Yes => "yes",
        Came::No => "no",
        Came::Partly => "partly",
        Came::Void => "void",
        Came::Grade(grade) => grade,
    }
}

/// How a claim stands, in one word: `open`, `due`, `unjudged`, `yes`, `no`, `partly`, `void`, `grade`.
pub(super) fn standing(standing: &Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Due => "due",
        Standing::Unjudged => "unjudged",
        Standing::Came(came) => came_word(came),
    }
}

/// As [`came`], with one word for all grades.
pub(super) fn came_word(came: &Came) -> &'static str {
    match came {
        Came::Yes => "yes",
        Came::No => "no",
        Came::Partly => "partly",
        Came::Void => "void",
        Came::Grade(_) => "grade",
    }
}

/// Why a claim stands as it does, as a clause.
pub(super) fn why(model: &Model, claim: &Claim, reason: &Reason) -> String {
    let named = |place: &usize| {
        let found = model.record.events.get(*place);
        found.map_or_else(|| "the event".to_owned(), event)
    };
    match reason {
        Reason::Stated => "the file says so".to_owned(),
        Reason::TookPlace(place) => {
            let when = model.record.events.get(*place).map(|e| window(e.when));
            format!("{} took place {}", named(place), when.unwrap_or_default())
        }
        Reason::DidNotTakePlace(place) => {
            format!("{} did not take place in that time", named(place))
        }
        Reason::Stood { day, holds } => {
            let fits = if *holds { "holds" } else { "does not hold" };
            let what = claim.resolves.as_ref().map(|what| resolution(model, what));
            let what = what.unwrap_or_else(|| "it".to_owned());
            format!("{what} {fits} as things stood on {day}")
        }
        Reason::Class {
            day,
            class: Some(class),
        } => format!("things stood at \"{class}\" on {day}"),
        Reason::Class { day, class: None } => {
            format!("things as they stood on {day} belong to no class")
        }
        Reason::Condition(inner) => format!(
            "its condition did not hold: {}",
            condition(model, claim, inner)
        ),
        Reason::ConditionOpen(inner) => {
            format!(
                "its condition is not decided: {}",
                condition(model, claim, inner)
            )
        }
        Reason::Opposite(place) => {
            let other = model
                .record
                .claims
                .get(*place)
                .map_or("another claim", |c| &c.name);
            format!("{other}, which is decided, says the opposite")
        }
        Reason::NotYet(day) => format!("its time ends on {day}"),
        Reason::NoEnd => "no day ends its time".to_owned(),
        Reason::NoRule => "the file does not say what would make it true".to_owned(),
        Reason::NoDay => "the file has no `as of`, so it is not known what has happened".to_owned(),
        Reason::NoStatusQuo => "the file does not say how things stood".to_owned(),
        Reason::Uncertain(place) => {
            format!(
                "the file does not say for certain that {} took place",
                named(place)
            )
        }
        Reason::Straddles(place) => format!("{} lies partly outside its time", named(place)),
        Reason::Advice => "advice is not judged".to_owned(),
    }
}

/// As [`why`], of the condition of a claim.
fn condition(model: &Model, claim: &Claim, reason: &Reason) -> String {
    let conditional = Claim {
        resolves: claim.condition.clone(),
        ..claim.clone()
    };
    why(model, &conditional, reason)
}

/// A score with two to four digits after the point: `0.09`, `-0.3567`.
pub(super) fn score(value: f64) -> String {
    let mut text = format!("{value:.4}");
    for _ in 0..2 {
        if text.ends_with('0') {
            text.pop();
        }
    }
    if text == "-0.00" {
        "0.00".to_owned()
    } else {
        text
    }
}

/// Two scores as bounds: `0.04 to 0.2025`.
pub(super) fn bounds(low: f64, high: f64) -> String {
    format!("{} to {}", score(low), score(high))
}
