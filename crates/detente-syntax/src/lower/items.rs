//! The elements at the top level.

use indexmap::IndexMap;

use super::formula::{formula_in, formulas_in, settings};
use super::{
    Lower, as_name, bargain, child, children, citations, has_keyword, head, name, place, record,
    span_of, text, token, token_span, tokens,
};
use crate::ast::{
    Class, Consequence, Date, Document, Prohibition, Rule, Source, StateDecl, StatusQuo,
};
use crate::diagnostic::{Diagnostic, Span};
use crate::kind::{SyntaxKind, SyntaxNode};
use crate::lexer::unquote;

impl Lower<'_> {
    pub(super) fn document(&mut self, tree: &SyntaxNode) -> Document {
        use SyntaxKind as K;
        let mut out = Document::default();
        // Where the elements of which there is one only stand.
        let (mut negotiation, mut as_of, mut status_quo) = (None, None, None);
        let (mut issues, mut agreed) = (None, None);
        for node in tree.children() {
            let span = span_of(&node);
            match node.kind() {
                K::Negotiation if self.once(&mut negotiation, span, "`negotiation`") => {
                    out.negotiation = text(&node);
                }
                K::AsOf if self.once(&mut as_of, span, "`as of`") => {
                    out.as_of = token(&node, K::Date).map(|t| Date {
                        text: t.text().to_owned(),
                        place: token_span(&t).into(),
                    });
                }
                K::StatusQuo if self.once(&mut status_quo, span, "`status quo`") => {
                    out.status_quo = status_quo_of(&node);
                }
                K::Source => out.sources.extend(self.source(&node)),
                K::Party => out.parties.extend(self.party(&node)),
                K::Never => out.never.extend(rule(&node)),
                K::When => out.when.extend(consequence(&node)),
                K::NoMove => out.no_move.extend(prohibition(&node)),
                K::Class => out.classes.extend(class(&node)),
                K::State => out.states.extend(state(&node)),
                K::Term => out.terms.extend(self.term(&node)),
                K::View => out.views.extend(self.view(&node)),
                K::Variant => out.variants.extend(self.variant(&node)),
                K::Issues if self.once(&mut issues, span, "`issues`") => {
                    bargain::issues(&node, &mut out);
                }
                K::Package => out.packages.extend(bargain::package(&node)),
                K::Fact => out.facts.extend(bargain::fact(&node)),
                K::Track => out.tracks.extend(record::track(&node)),
                K::Calendar => {
                    let lines = children(&node, K::Block).flat_map(|b| b.children());
                    let events: Vec<_> = lines.filter_map(|l| self.event(&l)).collect();
                    out.calendar.extend(events);
                }
                K::Commitment => out.commitments.extend(self.commitment(&node)),
                K::Claim => out.claims.extend(self.claim(&node)),
                K::Reference => out.references.extend(record::reference_class(&node)),
                K::Agreed if self.once(&mut agreed, span, "`agreed`") => {
                    out.agreed = bargain::agreed(&node);
                }
                _ => {}
            }
        }
        out
    }

    /// Notes where something stands of which there is one only; false if it is not the first.
    pub(super) fn once(&mut self, first: &mut Option<Span>, span: Span, what: &str) -> bool {
        let Some(before) = *first else {
            *first = Some(span);
            return true;
        };
        self.diagnostics.push(
            Diagnostic::error("E0016", format!("{what} stands here a second time"))
                .at(span, "")
                .see(before, "the first")
                .hint("keep one of the two"),
        );
        false
    }

    fn source(&mut self, node: &SyntaxNode) -> Option<Source> {
        let mut properties = IndexMap::new();
        let mut seen: IndexMap<String, Span> = IndexMap::new();
        for block in children(node, SyntaxKind::Block) {
            for property in children(&block, SyntaxKind::Property) {
                let parts: Vec<_> = tokens(&property)
                    .filter(|t| !t.kind().is_trivia())
                    .collect();
                let [key, value] = parts.as_slice() else {
                    continue;
                };
                let mut first = seen.get(key.text()).copied();
                if !self.once(&mut first, span_of(&property), &format!("`{}`", key.text())) {
                    continue;
                }
                seen.insert(key.text().to_owned(), span_of(&property));
                let text = match value.kind() {
                    SyntaxKind::String => unquote(value.text()),
                    _ => value.text().to_owned(),
                };
                properties.insert(key.text().to_owned(), text);
            }
        }
        Some(Source {
            name: name(node)?,
            title: text(node),
            properties,
            place: head(node),
        })
    }
}

pub(super) fn because(node: &SyntaxNode) -> Option<String> {
    child(node, SyntaxKind::Because).and_then(|b| text(&b))
}

pub(super) fn rule(node: &SyntaxNode) -> Option<Rule> {
    Some(Rule {
        formula: formula_in(node)?,
        because: because(node),
        cites: citations(node),
        place: place(node),
    })
}

pub(super) fn consequence(node: &SyntaxNode) -> Option<Consequence> {
    let then = settings(node);
    if then.is_empty() {
        return None;
    }
    Some(Consequence {
        condition: formula_in(node)?,
        then,
        because: because(node),
        cites: citations(node),
        place: place(node),
    })
}

pub(super) fn prohibition(node: &SyntaxNode) -> Option<Prohibition> {
    let mut formulas = formulas_in(node);
    Some(Prohibition {
        party: name(node),
        from: formulas.next()??,
        to: formulas.next()??,
        because: because(node),
        cites: citations(node),
        place: place(node),
    })
}

fn class(node: &SyntaxNode) -> Option<Class> {
    let when = formula_in(node);
    if when.is_none() && !has_keyword(node, "otherwise") {
        return None;
    }
    Some(Class {
        name: text(node)?,
        when,
        cites: citations(node),
        place: place(node),
    })
}

fn state(node: &SyntaxNode) -> Option<StateDecl> {
    Some(StateDecl {
        name: name(node)?,
        title: text(node),
        settings: child(node, SyntaxKind::Block).map(|b| settings(&b)),
        cites: citations(node),
        place: head(node),
    })
}

pub(super) fn status_quo_of(node: &SyntaxNode) -> Option<StatusQuo> {
    if let Some(block) = child(node, SyntaxKind::Block) {
        return Some(StatusQuo::Settings {
            settings: settings(&block),
            place: place(node),
        });
    }
    child(node, SyntaxKind::Name).map(|n| StatusQuo::State(as_name(&n)))
}
