//! Words with readings: terms, where they are stated, what they mean and who knows it.

use detente_syntax::ast::{Communication, Meaning, Name, Reading, Stated, Term};
use detente_syntax::quote;

use super::Kind;
use super::conflict::titled;
use super::said::Said;
use super::walk::{Element, Order, Side, Walk};

impl Element for Term {
    const KIND: Kind = Kind::Term;

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
            stated: walk.aside(|w| w.list(&a.stated, &b.stated, any)),
            means: walk.maybe(a.means.as_ref(), b.means.as_ref()),
            readings: walk.list(&a.readings, &b.readings, any),
            communicated: walk.list(&a.communicated, &b.communicated, any),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Stated {
    const KIND: Kind = Kind::Stated;

    fn key(&self, _side: &Side<'_>) -> String {
        format!("{} {}", self.source, quote(&self.quote))
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            source: a.source.clone(),
            quote: a.quote.clone(),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Meaning {
    const KIND: Kind = Kind::Reading;

    fn key(&self, _side: &Side<'_>) -> String {
        "neutral".to_owned()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        self.formula.said(side)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            formula: walk.property("formula", &a.formula, &b.formula),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Reading {
    const KIND: Kind = Kind::Reading;

    fn key(&self, _side: &Side<'_>) -> String {
        self.party.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        self.formula.said(side)
    }

    fn home(&self) -> Option<&Name> {
        Some(&self.party)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            party: b.party.clone(),
            formula: walk.property("formula", &a.formula, &b.formula),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Communication {
    const KIND: Kind = Kind::Communication;

    fn key(&self, _side: &Side<'_>) -> String {
        format!("by {} to {}", self.by, self.to)
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        self.known.said(side)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            by: b.by.clone(),
            to: b.to.clone(),
            known: walk.property("known", &a.known, &b.known),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}
