//! Other versions of the conflict: views, variants and the changes of both.

use detente_syntax::ast::{Change, Rule, Variant, View};
use detente_syntax::print_change;

use super::Kind;
use super::conflict::titled;
use super::said::{formula, option};
use super::walk::{Element, Order, Side, Walk};

impl Element for View {
    const KIND: Kind = Kind::View;

    fn key(&self, _side: &Side<'_>) -> String {
        self.viewer.text.clone()
    }

    fn said(&self, _side: &Side<'_>) -> Option<String> {
        titled(self.title.as_ref())
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        let any = Order::DoesNot;
        Self {
            viewer: b.viewer.clone(),
            title: walk.words("title", &a.title, &b.title),
            knows: walk.words("knows the view of", &a.knows, &b.knows),
            changes: walk.list(&a.changes, &b.changes, Order::Counts),
            views: walk.list(&a.views, &b.views, any),
            cites: walk.cites(&a.cites, &b.cites),
            place: a.place,
        }
    }
}

impl Element for Variant {
    const KIND: Kind = Kind::Variant;

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
            extends: walk.words("extends", &a.extends, &b.extends),
            changes: walk.list(&a.changes, &b.changes, Order::Counts),
            place: a.place,
        }
    }
}

impl Element for Change {
    const KIND: Kind = Kind::Change;

    // A view in a variant, or a term, is told as a whole.
    fn key(&self, side: &Side<'_>) -> String {
        match self {
            Self::Never(rule) => format!("never {}", formula(&rule.formula, side)),
            Self::WithoutNever(rule) => format!("without never {}", formula(rule, side)),
            Self::WithoutWhen(rule) => format!("without when {}", formula(rule, side)),
            Self::Hide(options) => {
                let options: Vec<String> = options.iter().map(|o| option(o, side)).collect();
                format!("hides {}", options.join(", "))
            }
            Self::Preferences { .. }
            | Self::Direction { .. }
            | Self::Concept { .. }
            | Self::Attitude { .. }
            | Self::When(_)
            | Self::NoMove(_)
            | Self::StatusQuo(_)
            | Self::Term(_)
            | Self::Invent { .. }
            | Self::View(_)
            | Self::WithoutView(_) => print_change(self),
        }
    }

    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self {
        match (a, b) {
            // Its reason and its sources are not part of what it is known by.
            (Self::Never(a), Self::Never(b)) => Self::Never(Rule::merge(a, b, walk)),
            _ => a.clone(),
        }
    }
}
