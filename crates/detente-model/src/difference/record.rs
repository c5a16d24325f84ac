//! The elements of the record: tracks, the calendar, commitments and claims.

use detente_syntax::ast::{
    Change, Claim, ClaimOutcome, Commitment, Effect, Event, Grade, Pace, Reference, Rule,
    StatedValue, Track, Wording,
};
use detente_syntax::quote;

use super::conflict::{joined, titled};
use super::said::Said;
use super::walk::{Element, Order, Side, Walk};
use super::{Bears, Kind};

impl Element for Track {
    const KIND: Kind = Kind::Track;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        let binds = self.binds.said(side).map(|binds| format!("binds {binds}"));
        joined([titled(self.title.as_ref()), binds])
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            binds: walk.property("binds", &a.binds, &b.binds),
            hands_to: walk.property("hands to", &a.hands_to, &b.hands_to),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Pace {
    const KIND: Kind = Kind::Pace;

    fn key(&self, _side: &Side<'_>) -> String {
        String::new()
    }

    fn said(&self, _side: &Side<'_>) -> Option<String> {
        Some(format!("every {} days", self.days))
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            days: walk.property("days", &a.days, &b.days),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Event {
    const KIND: Kind = Kind::Event;

    fn key(&self, _side: &Side<'_>) -> String {
        match (&self.name, &self.title) {
            (Some(name), _) => name.text.clone(),
            (None, Some(title)) => format!("{} {} {}", self.when, self.kind, quote(title)),
            (None, None) => format!("{} {}", self.when, self.kind),
        }
    }

    fn said(&self, _side: &Side<'_>) -> Option<String> {
        let title = titled(self.title.as_ref());
        let head = format!("{} {}", self.when, self.kind);
        self.name.as_ref().and(joined([Some(head), title]))
    }

    /// One without effects changes no state, unless it is a meeting that is yet to come.
    fn bears(&self) -> Bears {
        if !self.effects.is_empty() || self.replaces.is_some() {
            Bears::CONFLICT
        } else if self.track.is_some() {
            Bears::COURSE
        } else {
            Bears::NOTHING
        }
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        let (was, now) = (a.bears(), b.bears());
        if was.conflict || now.conflict {
            return event(a, b, walk);
        }
        let meeting = was.course || now.course;
        let bears = if meeting {
            Bears::COURSE
        } else {
            Bears::NOTHING
        };
        walk.bearing(bears, |walk| event(a, b, walk))
    }
}

/// Goes through both events. All fields are named.
fn event(a: &Event, b: &Event, walk: &mut Walk<'_>) -> Event {
    // Who meets matters where there is a meeting.
    let meets = if a.track.is_some() || b.track.is_some() {
        Bears::COURSE
    } else {
        Bears::NOTHING
    };
    Event {
        when: walk.property("when", &a.when, &b.when),
        kind: walk.words("kind", &a.kind, &b.kind),
        name: b.name.clone(),
        title: walk.words("title", &a.title, &b.title),
        track: walk.bearing(meets, |w| w.property("track", &a.track, &b.track)),
        with: walk.bearing(meets, |w| w.property("with", &a.with, &b.with)),
        known: walk.property("known", &a.known, &b.known),
        replaces: walk.property("replaces", &a.replaces, &b.replaces),
        chance: walk.property("chance", &a.chance, &b.chance),
        values: walk.aside(|w| w.list(&a.values, &b.values, Order::DoesNot)),
        effects: walk.list(&a.effects, &b.effects, Order::Counts),
        cites: walk.cites(&a.cites, &b.cites),
        place: a.place,
    }
}

impl Element for StatedValue {
    const KIND: Kind = Kind::StatedValue;

    fn key(&self, _side: &Side<'_>) -> String {
        self.of.text.clone()
    }

    fn said(&self, _side: &Side<'_>) -> Option<String> {
        Some(quote(&self.value))
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            of: b.of.clone(),
            value: walk.words("value", &a.value, &b.value),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Effect {
    const KIND: Kind = Kind::Effect;

    fn key(&self, side: &Side<'_>) -> String {
        match self {
            Self::Change(change) => change.key(side),
            Self::Sets(_)
            | Self::SetsState(_)
            | Self::Default(_)
            | Self::Opens(_)
            | Self::Closes(_)
            | Self::Mandate { .. } => self.said_of(side),
        }
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        match (a, b) {
            (Self::Change(Change::Never(a)), Self::Change(Change::Never(b))) => {
                Self::Change(Change::Never(Rule::merge(a, b, walk)))
            }
            _ => a.clone(),
        }
    }
}

/// Values that always say something.
trait SaidOf: Said {
    fn said_of(&self, side: &Side<'_>) -> String {
        self.said(side).unwrap_or_default()
    }
}

impl SaidOf for Effect {}

impl Element for Commitment {
    const KIND: Kind = Kind::Commitment;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, _side: &Side<'_>) -> Option<String> {
        titled(self.title.as_ref())
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        let any = Order::DoesNot;
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            by: walk.property("by", &a.by, &b.by),
            to: walk.property("to", &a.to, &b.to),
            on: walk.property("on", &a.on, &b.on),
            texts: walk.list(&a.texts, &b.texts, any),
            quoted: walk.list(&a.quoted, &b.quoted, any),
            terms: walk.property("terms", &a.terms, &b.terms),
            readings: walk.list(&a.readings, &b.readings, any),
            kept: walk.property("kept when", &a.kept, &b.kept),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Wording {
    const KIND: Kind = Kind::Wording;

    fn key(&self, _side: &Side<'_>) -> String {
        quote(&self.text)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            text: a.text.clone(),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Claim {
    const KIND: Kind = Kind::Claim;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        joined([
            titled(self.title.as_ref()),
            Some(format!("by {}", self.by)),
            self.likelihood.said(side),
        ])
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        let any = Order::DoesNot;
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            by: walk.property("by", &a.by, &b.by),
            said: walk.property("said", &a.said, &b.said),
            likelihood: walk.property("likelihood", &a.likelihood, &b.likelihood),
            worded: walk.list(&a.worded, &b.worded, any),
            window: walk.property("window", &a.window, &b.window),
            condition: walk.property("condition", &a.condition, &b.condition),
            resolves: walk.property("resolves", &a.resolves, &b.resolves),
            denies: walk.property("denies", &a.denies, &b.denies),
            advice: walk.property("advice", &a.advice, &b.advice),
            graded: walk.list(&a.graded, &b.graded, Order::Counts),
            reference: walk.property("reference", &a.reference, &b.reference),
            outcome: walk.maybe(a.outcome.as_ref(), b.outcome.as_ref()),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Grade {
    const KIND: Kind = Kind::Grade;

    fn key(&self, _side: &Side<'_>) -> String {
        self.outcome.clone()
    }

    fn said(&self, _side: &Side<'_>) -> Option<String> {
        Some(self.probability.clone())
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            outcome: b.outcome.clone(),
            probability: walk.property("probability", &a.probability, &b.probability),
            place: a.place,
        }
    }
}

impl Element for ClaimOutcome {
    const KIND: Kind = Kind::Outcome;

    fn key(&self, _side: &Side<'_>) -> String {
        String::new()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        self.verdict.said(side)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            verdict: walk.property("verdict", &a.verdict, &b.verdict),
            on: walk.property("on", &a.on, &b.on),
            because: walk.words("because", &a.because, &b.because),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Reference {
    const KIND: Kind = Kind::Reference;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        self.chance.said(side)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            chance: walk.property("chance", &a.chance, &b.chance),
            classes: walk.property("for", &a.classes, &b.classes),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}
