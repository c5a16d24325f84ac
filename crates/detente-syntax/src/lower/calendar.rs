//! Events and what they change.

use super::formula::settings;
use super::record::{day, likelihood, mandate, when};
use super::variant::references;
use super::{Lower, child, children, citations, name, names, span_of, text};
use crate::ast::{Effect, Event, Name, Place, StatedValue};
use crate::diagnostic::Span;
use crate::kind::{SyntaxKind, SyntaxNode};

impl Lower<'_> {
    pub(super) fn event(&mut self, node: &SyntaxNode) -> Option<Event> {
        use SyntaxKind as K;
        if node.kind() != K::Event {
            return None;
        }
        let time = when(&child(node, K::Time)?)?;
        let mut named = names(node).into_iter();
        let kind = named.next();
        let mut out = Event {
            when: time,
            kind: kind.clone().unwrap_or_else(|| Name::new("change")),
            name: named.next(),
            title: text(node),
            track: child(node, K::AtTrack).and_then(|t| name(&t)),
            with: child(node, K::With).map(|w| names(&w)).unwrap_or_default(),
            known: None,
            replaces: None,
            chance: None,
            values: Vec::new(),
            effects: Vec::new(),
            cites: citations(node),
            place: line(node),
        };
        if kind.is_none() {
            out.kind.place = out.place;
            out.effects = node.children().filter_map(|c| self.effect(&c)).collect();
            return (!out.effects.is_empty()).then_some(out);
        }
        let (mut known, mut replaces, mut chance) = (None, None, None);
        for line in children(node, K::Block).flat_map(|b| b.children()) {
            match line.kind() {
                K::Known if self.once(&mut known, span_of(&line), "`known`") => {
                    out.known = day(&line);
                }
                K::Replaces if self.once(&mut replaces, span_of(&line), "`replaces`") => {
                    out.replaces = name(&line);
                }
                K::Likelihood if self.once(&mut chance, span_of(&line), "how likely it is") => {
                    out.chance = likelihood(&line);
                }
                K::StatedValue => out.values.extend(value(&line)),
                _ => out.effects.extend(self.effect(&line)),
            }
        }
        Some(out)
    }

    fn effect(&mut self, node: &SyntaxNode) -> Option<Effect> {
        use SyntaxKind as K;
        let settings = || {
            let settings = settings(node);
            (!settings.is_empty()).then_some(settings)
        };
        let options = || {
            let options = references(node);
            (!options.is_empty()).then_some(options)
        };
        Some(match node.kind() {
            K::Sets => match name(node) {
                Some(state) => Effect::SetsState(state),
                None => Effect::Sets(settings()?),
            },
            K::TakesEffect => Effect::Default(settings()?),
            K::Opens => Effect::Opens(options()?),
            K::Closes => Effect::Closes(options()?),
            K::NewMandate => Effect::Mandate {
                track: name(node)?,
                binds: mandate(&child(node, K::Mandate)?)?,
            },
            _ => Effect::Change(self.change(node)?),
        })
    }
}

fn value(node: &SyntaxNode) -> Option<StatedValue> {
    Some(StatedValue {
        of: name(node)?,
        value: text(node)?,
        cites: citations(node),
        place: super::place(node),
    })
}

/// Where an element stands, without its block and what follows it.
fn line(node: &SyntaxNode) -> Place {
    let before = node
        .children_with_tokens()
        .take_while(|e| e.kind() != SyntaxKind::Block)
        .filter(|e| !e.kind().is_trivia())
        .last();
    let whole = span_of(node);
    let end = before.map_or(whole.end, |e| e.text_range().end().into());
    Place(Span::new(whole.start, end))
}
