//! What a view says, belief by belief.

use detente_model::syntax::Span;
use detente_model::syntax::ast::{
    Change, Citation, PreferenceEdit, Preferences, StatementEdit, Target, View,
};
use detente_model::syntax::print_change;

/// One belief: an atomic change of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belief {
    /// Whose view it is in, and in whose eyes that is, outermost first.
    pub path: Vec<String>,
    /// The belief, in the language, without its citations.
    pub text: String,
    /// Where it is known from: its own citations, else those of the view around it.
    pub cites: Vec<Citation>,
    /// Where it stands in the text.
    pub place: Span,
}

/// All beliefs of views and of the views in them, in the order of the text.
pub fn beliefs(views: &[View]) -> Vec<Belief> {
    let mut out = Vec::new();
    collect(views, &mut Vec::new(), &mut out);
    out
}

fn collect(views: &[View], around: &mut Vec<String>, out: &mut Vec<Belief>) {
    for view in views {
        around.push(view.viewer.text.clone());
        for change in &view.changes {
            for (part, span) in parts(change) {
                let own = cited(change, &part);
                out.push(Belief {
                    path: around.clone(),
                    cites: if own.is_empty() {
                        view.cites.clone()
                    } else {
                        own
                    },
                    text: print_change(&uncited(part)),
                    place: span.unwrap_or(view.place.0),
                });
            }
        }
        collect(&view.views, around, out);
        around.pop();
    }
}

/// What a part of a change is known from.
fn cited(change: &Change, part: &Change) -> Vec<Citation> {
    let mut out = match change {
        Change::Preferences { cites, .. } => cites.clone(),
        Change::Never(rule) => rule.cites.clone(),
        Change::When(rule) => rule.cites.clone(),
        Change::NoMove(rule) => rule.cites.clone(),
        Change::Invent { option, .. } => option.cites.clone(),
        Change::Term(term) => term.cites.clone(),
        _ => Vec::new(),
    };
    if let Change::Preferences { edit, .. } = part {
        match edit {
            PreferenceEdit::Replace(Preferences::Statements(list)) => {
                out.extend(list.iter().flat_map(|s| s.cites.iter().cloned()));
            }
            PreferenceEdit::Replace(Preferences::Weights(list)) => {
                out.extend(list.iter().flat_map(|w| w.cites.iter().cloned()));
            }
            PreferenceEdit::Replace(Preferences::Ranks(_)) => {}
            PreferenceEdit::Edit(edits) => {
                for edit in edits {
                    if let StatementEdit::Insert { statement, .. } = edit {
                        out.extend(statement.cites.iter().cloned());
                    }
                }
            }
        }
    }
    out
}

/// The parts of a change that can be taken back one by one, each as a change of its own, and where it
/// stands.
pub(super) fn parts(change: &Change) -> Vec<(Change, Option<Span>)> {
    match change {
        Change::Preferences {
            party,
            edit: PreferenceEdit::Edit(edits),
            ..
        } => {
            let one = |edit: &StatementEdit| {
                let single = Change::Preferences {
                    party: party.clone(),
                    edit: PreferenceEdit::Edit(vec![edit.clone()]),
                    cites: Vec::new(),
                };
                (single, Some(edit_span(edit)))
            };
            edits.iter().map(one).collect()
        }
        Change::Hide(options) => options
            .iter()
            .map(|o| (Change::Hide(vec![o.clone()]), Some(o.span())))
            .collect(),
        Change::Direction { direction, options } => options
            .iter()
            .map(|o| {
                let single = Change::Direction {
                    direction: *direction,
                    options: vec![o.clone()],
                };
                (single, Some(o.span()))
            })
            .collect(),
        Change::Preferences { party, .. }
        | Change::Concept { party, .. }
        | Change::Attitude { party, .. } => vec![(change.clone(), Some(party.span()))],
        Change::Term(term) => vec![(change.clone(), Some(term.name.span()))],
        Change::Never(rule) => vec![(change.clone(), Some(rule.place.0))],
        Change::When(rule) => vec![(change.clone(), Some(rule.place.0))],
        Change::NoMove(rule) => vec![(change.clone(), Some(rule.place.0))],
        Change::WithoutNever(formula) | Change::WithoutWhen(formula) => {
            vec![(change.clone(), Some(formula.place.0))]
        }
        Change::Invent { option, .. } => vec![(change.clone(), Some(option.place.0))],
        Change::StatusQuo(_) | Change::View(_) | Change::WithoutView(_) => {
            vec![(change.clone(), None)]
        }
    }
}

/// A change without its citations.
pub(super) fn uncited(mut change: Change) -> Change {
    match &mut change {
        Change::Preferences { edit, cites, .. } => {
            cites.clear();
            match edit {
                PreferenceEdit::Replace(Preferences::Statements(list)) => {
                    for statement in list {
                        statement.cites.clear();
                    }
                }
                PreferenceEdit::Replace(Preferences::Weights(list)) => {
                    for weight in list {
                        weight.cites.clear();
                    }
                }
                PreferenceEdit::Replace(Preferences::Ranks(_)) => {}
                PreferenceEdit::Edit(edits) => {
                    for edit in edits {
                        if let StatementEdit::Insert { statement, .. } = edit {
                            statement.cites.clear();
                        }
                    }
                }
            }
        }
        Change::Never(rule) => rule.cites.clear(),
        Change::When(rule) => rule.cites.clear(),
        Change::NoMove(rule) => rule.cites.clear(),
        Change::Invent { option, .. } => option.cites.clear(),
        _ => {}
    }
    change
}

fn edit_span(edit: &StatementEdit) -> Span {
    let of = |target: &Target| match target {
        Target::Name(name) => name.span(),
        Target::Text { place, .. } => place.0,
    };
    match edit {
        StatementEdit::Drop(target)
        | StatementEdit::Settle(target)
        | StatementEdit::Move {
            statement: target, ..
        } => of(target),
        StatementEdit::Swap(a, b) => of(a).cover(of(b)),
        StatementEdit::Insert { statement, .. } => statement.place.0,
    }
}
