//! The elements of the conflict: sources, parties, options, preferences, rules and states.

use detente_syntax::ast::{
    Agent, AttitudeDecl, Candidate, Citation, Class, Consequence, Move, Name, OptionDecl, Party,
    Preferences, Prohibition, Rule, Source, StateDecl, Statement, WeightedFormula,
};
use detente_syntax::quote;

use super::said::{Said, formula, listed};
use super::walk::{Element, Order, Side, Walk};
use super::{Bears, Kind};

/// A title in quotes.
pub(super) fn titled(title: Option<&String>) -> Option<String> {
    title.map(|title| quote(title))
}

/// Parts of what an element says, with blanks between them.
pub(super) fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

impl Element for Source {
    const KIND: Kind = Kind::Source;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, _side: &Side<'_>) -> Option<String> {
        titled(self.title.as_ref())
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        let said = |source: &Self| -> Vec<String> {
            let properties = source.properties.iter();
            let mut said: Vec<String> = properties
                .map(|(key, value)| format!("{key} {}", quote(value)))
                .collect();
            said.sort();
            said
        };
        let properties = (said(a), said(b));
        let taken = walk.words("properties", &properties.0, &properties.1);
        let same = taken == properties.0;
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            properties: if same { &a.properties } else { &b.properties }.clone(),
            place: a.place,
        }
    }
}

impl Element for Citation {
    const KIND: Kind = Kind::Citation;

    fn key(&self, _side: &Side<'_>) -> String {
        self.text()
    }

    fn merge(a: &Self, _b: &Self, _walk: &mut Walk<'_>) -> Self {
        let Self {
            source: _,
            locator: _,
            quote: _,
            place: _,
        } = a;
        a.clone()
    }
}

impl Element for Party {
    const KIND: Kind = Kind::Party;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, _side: &Side<'_>) -> Option<String> {
        titled(self.title.as_ref())
    }

    fn home(&self) -> Option<&Name> {
        Some(&self.name)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        let any = Order::DoesNot;
        let options = walk.places();
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            agents: walk.aside(|w| w.list(&a.agents, &b.agents, any)),
            options: walk.list(&a.options, &b.options, options),
            moves: walk.list(&a.moves, &b.moves, any),
            preferences: preferences(a.preferences.as_ref(), b.preferences.as_ref(), walk),
            // The first one counts where none is more probable.
            candidates: walk.list(&a.candidates, &b.candidates, Order::Counts),
            concept: walk.property("concept", &a.concept, &b.concept),
            attitudes: walk.list(&a.attitudes, &b.attitudes, any),
            utility: walk.bearing(Bears::PACKAGES, |w| {
                w.maybe(a.utility.as_ref(), b.utility.as_ref())
            }),
            pace: walk.bearing(Bears::COURSE, |w| w.maybe(a.pace.as_ref(), b.pace.as_ref())),
            ratifiers: walk.bearing(Bears::PACKAGES, |w| w.list(&a.ratifiers, &b.ratifiers, any)),
            ratified: walk.words("ratified", &a.ratified, &b.ratified),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

/// Statement by statement or weight by weight; preferences of another form are others altogether.
fn preferences(
    a: Option<&Preferences>,
    b: Option<&Preferences>,
    walk: &mut Walk<'_>,
) -> Option<Preferences> {
    use Preferences::{Ranks, Statements, Weights};
    match (a, b) {
        (Some(Statements(a)), Some(Statements(b))) => {
            Some(Statements(walk.list(a, b, Order::Counts)))
        }
        (Some(Weights(a)), Some(Weights(b))) => Some(Weights(walk.list(a, b, Order::DoesNot))),
        (Some(Statements(_) | Ranks(_) | Weights(_)) | None, _) => walk.preferences(a, b),
    }
}

impl Element for Agent {
    const KIND: Kind = Kind::Agent;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, _side: &Side<'_>) -> Option<String> {
        titled(self.title.as_ref())
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            role: walk.words("role", &a.role, &b.role),
            track: walk.words("track", &a.track, &b.track),
            during: walk.words("during", &a.during, &b.during),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for OptionDecl {
    const KIND: Kind = Kind::Option;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        joined([
            titled(self.title.as_ref()),
            self.levels.said(side),
            self.direction.said(side),
            self.stepwise.then(|| "stepwise".to_owned()),
        ])
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            levels: walk.property("levels", &a.levels, &b.levels),
            direction: walk.property("direction", &a.direction, &b.direction),
            stepwise: walk.property("stepwise", &a.stepwise, &b.stepwise),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Move {
    const KIND: Kind = Kind::Move;

    fn key(&self, _side: &Side<'_>) -> String {
        let Self { from, to } = self;
        format!("{from} -> {to}")
    }

    fn merge(a: &Self, _b: &Self, _walk: &mut Walk<'_>) -> Self {
        a.clone()
    }
}

impl Element for Statement {
    const KIND: Kind = Kind::Statement;

    fn key(&self, side: &Side<'_>) -> String {
        match &self.label {
            Some(label) => label.text.clone(),
            None => formula(&self.formula, side),
        }
    }

    fn other_key(&self, side: &Side<'_>) -> Option<String> {
        Some(formula(&self.formula, side))
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        let text = self.label.is_some().then(|| formula(&self.formula, side));
        let either = self.either_order.then(|| "either order".to_owned());
        joined([
            self.strength.said(side),
            self.certainty.said(side),
            either,
            text,
        ])
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            label: walk.words("label", &a.label, &b.label),
            formula: walk.property("formula", &a.formula, &b.formula),
            certainty: walk.property("certainty", &a.certainty, &b.certainty),
            strength: walk.property("strength", &a.strength, &b.strength),
            either_order: walk.property("either order", &a.either_order, &b.either_order),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for WeightedFormula {
    const KIND: Kind = Kind::Weight;

    fn key(&self, side: &Side<'_>) -> String {
        formula(&self.formula, side)
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        let up_to = self.up_to.as_ref().map(|u| format!(".. {}", u.text));
        joined([self.weight.said(side), up_to])
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            weight: walk.property("weight", &a.weight, &b.weight),
            up_to: walk.property("upper bound", &a.up_to, &b.up_to),
            formula: a.formula.clone(),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Candidate {
    const KIND: Kind = Kind::Candidate;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        joined([self.probability.clone(), self.preferences.said(side)])
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        let merged = preferences(Some(&a.preferences), Some(&b.preferences), walk);
        Self {
            name: b.name.clone(),
            probability: walk.property("probability", &a.probability, &b.probability),
            title: walk.words("title", &a.title, &b.title),
            preferences: merged.unwrap_or_else(|| a.preferences.clone()),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for AttitudeDecl {
    const KIND: Kind = Kind::Attitude;

    fn key(&self, _side: &Side<'_>) -> String {
        self.toward.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        self.attitude.said(side)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            toward: b.toward.clone(),
            attitude: walk.property("attitude", &a.attitude, &b.attitude),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Rule {
    const KIND: Kind = Kind::Never;

    fn key(&self, side: &Side<'_>) -> String {
        formula(&self.formula, side)
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            formula: a.formula.clone(),
            because: walk.words("because", &a.because, &b.because),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Consequence {
    const KIND: Kind = Kind::Consequence;

    fn key(&self, side: &Side<'_>) -> String {
        let condition = formula(&self.condition, side);
        format!("{condition} then {}", listed(&self.then, side))
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            condition: a.condition.clone(),
            then: a.then.clone(),
            because: walk.words("because", &a.because, &b.because),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Prohibition {
    const KIND: Kind = Kind::Prohibition;

    fn key(&self, side: &Side<'_>) -> String {
        let party = self.party.as_ref().map(|p| format!("by {p} "));
        let (from, to) = (formula(&self.from, side), formula(&self.to, side));
        format!("{}from {from} to {to}", party.unwrap_or_default())
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            party: a.party.clone(),
            from: a.from.clone(),
            to: a.to.clone(),
            because: walk.words("because", &a.because, &b.because),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for StateDecl {
    const KIND: Kind = Kind::State;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.text.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        joined([titled(self.title.as_ref()), self.settings.said(side)])
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            name: b.name.clone(),
            title: walk.words("title", &a.title, &b.title),
            settings: walk.property("settings", &a.settings, &b.settings),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Class {
    const KIND: Kind = Kind::Class;

    fn key(&self, _side: &Side<'_>) -> String {
        self.name.clone()
    }

    fn said(&self, side: &Side<'_>) -> Option<String> {
        self.when.as_ref().map(|when| formula(when, side))
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        Self {
            name: b.name.clone(),
            when: walk.property("condition", &a.when, &b.when),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}
