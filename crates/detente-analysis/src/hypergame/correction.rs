//! Which belief the result hangs on: each corrected by itself, and each view as a whole.

use detente_model::model::Model;
use detente_model::syntax::ast::{
    Change, Document, PreferenceEdit, Preferences, StatementEdit, Target, View,
};
use detente_model::syntax::{Span, print_change};

use super::{Hypergame, Judged, Sights};
use crate::inverse::Judgement;
use crate::{Budget, Outcome, StateSet, Stop};

/// One belief corrected, and what follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Whose view it is in, and in whose eyes that is, outermost first.
    pub path: Vec<String>,
    /// The belief, in the language; `None` for a view as a whole, with the views in it.
    pub belief: Option<String>,
    /// Where it stands in the text.
    pub place: Span,
    /// What holds when it is corrected; `None` when what is left of the view makes no sense without it,
    /// as when a later edit refers to what it inserts.
    pub result: Option<Corrected>,
}

/// What holds after a correction. States are those of the true game, in its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The equilibria of the hypergame.
    pub hypergame: StateSet,
    /// For each party, the states of the true game that it expects to hold.
    pub expected: Vec<StateSet>,
}

impl Corrected {
    /// What holds in a judged hypergame, over the states of the true game.
    pub fn of(hypergame: &Hypergame<'_>, judged: &Judged) -> Self {
        let real = hypergame.truth().space.len();
        let kept = |states: &StateSet| {
            let mut out = StateSet::empty(real);
            for state in states.iter() {
                // States that are not real have no place here.
                out.insert(state);
            }
            out
        };
        Self {
            hypergame: kept(&judged.hypergame),
            expected: judged.expected.iter().map(kept).collect(),
        }
    }
}

/// All corrections, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Corrections {
    /// The corrections; of a view with one belief only, the view as a whole is left out.
    pub all: Vec<Correction>,
}

/// Corrects one belief at a time: every atomic edit of every view is taken back by itself, and then
/// every outer view as a whole.
///
/// `judgement` says by which concepts the parties of a model judge; `None` when that cannot be said.
///
/// The outcome holds the corrections tried until the budget ended.
pub fn corrections(
    document: &Document,
    judgement: &dyn Fn(&Model) -> Option<Judgement>,
    budget: &Budget,
) -> Outcome<Corrections> {
    let mut found = Corrections::default();
    let mut beliefs = Vec::new();
    list(&document.views, &mut Vec::new(), &mut beliefs);
    let quiet = budget.silent();
    for (done, belief) in beliefs.iter().enumerate() {
        budget.report("beliefs", done as u64, beliefs.len() as u64);
        if budget.is_cancelled() {
            return Outcome::Stopped(found, Stop::Cancelled);
        }
        let mut corrected = document.clone();
        take_back(&mut corrected.views, &belief.views, belief.part);
        found.all.push(Correction {
            path: belief.path.clone(),
            belief: belief.text.clone(),
            place: belief.place,
            result: after(&corrected, judgement, &quiet),
        });
    }
    Outcome::Complete(found)
}

fn after(
    document: &Document,
    judgement: &dyn Fn(&Model) -> Option<Judgement>,
    budget: &Budget,
) -> Option<Corrected> {
    let sights = Sights::new(document).ok()?;
    let hypergame = Hypergame::new(&sights, budget).ok()?;
    let judgements: Vec<Judgement> = sights
        .models()
        .iter()
        .map(judgement)
        .collect::<Option<_>>()?;
    let judged = hypergame.judge(&judgements, budget).ok()?;
    Some(Corrected::of(&hypergame, &judged))
}

/// A belief that can be taken back.
struct Belief {
    path: Vec<String>,
    /// The views around it, as places in their lists.
    views: Vec<usize>,
    /// The change and its part; `None` for the whole view.
    part: Option<(usize, usize)>,
    text: Option<String>,
    place: Span,
}

fn list(views: &[View], around: &mut Vec<(usize, String)>, out: &mut Vec<Belief>) {
    for (index, view) in views.iter().enumerate() {
        around.push((index, view.viewer.text.clone()));
        let belief = |part, text, place| Belief {
            path: around.iter().map(|(_, name)| name.clone()).collect(),
            views: around.iter().map(|(index, _)| *index).collect(),
            part,
            text,
            place,
        };
        let before = out.len();
        for (c, change) in view.changes.iter().enumerate() {
            for (p, (part, span)) in parts(change).into_iter().enumerate() {
                let span = span.unwrap_or(view.place.0);
                let text = print_change(&uncited(part));
                out.push(belief(Some((c, p)), Some(text), span));
            }
        }
        let whole = belief(None, None, view.place.0);
        list(&view.views, around, out);
        if around.len() == 1 && out.len() > before + 1 {
            out.push(whole);
        }
        around.pop();
    }
}

/// The parts of a change that can be taken back one by one, each as a change of its own, and where it
/// stands.
fn parts(change: &Change) -> Vec<(Change, Option<Span>)> {
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
fn uncited(mut change: Change) -> Change {
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
        | StatementEdit::Move {
            statement: target, ..
        } => of(target),
        StatementEdit::Swap(a, b) => of(a).cover(of(b)),
        StatementEdit::Insert { statement, .. } => statement.place.0,
    }
}

/// Takes a part of a change, or a whole view, out of nested views.
fn take_back(views: &mut Vec<View>, at: &[usize], part: Option<(usize, usize)>) {
    let Some((first, rest)) = at.split_first() else {
        return;
    };
    if *first >= views.len() {
        return;
    }
    let (true, Some((change, part))) = (rest.is_empty(), part) else {
        if rest.is_empty() {
            views.remove(*first);
        } else {
            take_back(&mut views[*first].views, rest, part);
        }
        return;
    };
    let changes = &mut views[*first].changes;
    let emptied = match changes.get_mut(change) {
        Some(Change::Preferences {
            edit: PreferenceEdit::Edit(edits),
            ..
        }) => without(edits, part),
        Some(Change::Hide(options) | Change::Direction { options, .. }) => without(options, part),
        Some(_) => true,
        None => return,
    };
    if emptied {
        changes.remove(change);
    }
}

/// Takes one out of a list; says whether nothing is left.
fn without<T>(list: &mut Vec<T>, at: usize) -> bool {
    if at < list.len() {
        list.remove(at);
    }
    list.is_empty()
}
