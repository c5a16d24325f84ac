//! Which belief the result hangs on: each corrected by itself, and each view as a whole.

use detente_model::model::Model;
use detente_model::syntax::ast::{Change, Communicated, Document, PreferenceEdit, View};
use detente_model::syntax::{Span, print_change};
use detente_model::term;

use super::beliefs::{parts, uncited};
use super::{Hypergame, Judged, Misheard, Sights, misheard};
use crate::inverse::Judgement;
use crate::{Budget, Outcome, StateSet, Stop};

/// One belief corrected, and what follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Whose view it is in, and in whose eyes that is, outermost first.
    pub path: Vec<String>,
    /// The belief, in the language; `None` for a reading that is told, and for everything that the party
    /// is wrong about: its view as a whole, with the views in it, and the readings that it does not know.
    pub belief: Option<String>,
    /// The reading that is told.
    pub reading: Option<Misheard>,
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
    /// The corrections; when a party is wrong about one thing only, everything together is left out.
    pub all: Vec<Correction>,
}

/// Corrects one belief at a time: every atomic edit of every view is taken back by itself, every reading
/// of a term that a party does not know is told to it, and then everything that the party is wrong about.
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
    let beliefs = all(document);
    let quiet = budget.silent();
    for (done, belief) in beliefs.iter().enumerate() {
        budget.report("beliefs", done as u64, beliefs.len() as u64);
        if budget.is_cancelled() {
            return Outcome::Stopped(found, Stop::Cancelled);
        }
        let mut corrected = document.clone();
        take_back(&mut corrected.views, &belief.views, belief.part);
        for told in &belief.told {
            tell(&mut corrected, *told);
        }
        found.all.push(Correction {
            path: belief.path.clone(),
            belief: belief.text.clone(),
            reading: belief.reading(),
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

/// What can be corrected: a belief taken back, readings told, or both.
struct Belief {
    path: Vec<String>,
    /// The views around it, as places in their lists; none when there is nothing to take back.
    views: Vec<usize>,
    /// The change and its part; `None` for the whole view.
    part: Option<(usize, usize)>,
    text: Option<String>,
    /// The readings that are told.
    told: Vec<Misheard>,
    /// Whether this is everything that the party is wrong about.
    whole: bool,
    place: Span,
}

impl Belief {
    /// The one reading that is told.
    fn reading(&self) -> Option<Misheard> {
        let first = self.told.first().copied();
        first.filter(|_| !self.whole)
    }
}

/// Everything that can be corrected: by view, in the order of the text, then of the parties without one.
fn all(document: &Document) -> Vec<Belief> {
    let unknown = misheard(document);
    let mut out = Vec::new();
    for (index, view) in document.views.iter().enumerate() {
        let before = out.len();
        list(view, &mut vec![(index, view.viewer.text.clone())], &mut out);
        let viewer = view.viewer.as_str();
        close(document, &unknown, viewer, vec![index], before, &mut out);
    }
    for party in &document.parties {
        if document.views.iter().all(|v| v.viewer != party.name) {
            let before = out.len();
            let viewer = party.name.as_str();
            close(document, &unknown, viewer, Vec::new(), before, &mut out);
        }
    }
    out
}

/// Adds the readings that a party does not know to its beliefs from `before` on, and everything together.
fn close(
    document: &Document,
    unknown: &[Misheard],
    viewer: &str,
    views: Vec<usize>,
    before: usize,
    out: &mut Vec<Belief>,
) {
    let party = document.parties.iter();
    let is_viewer = |m: &&Misheard| {
        let mut party = party.clone();
        party.position(|p| p.name.as_str() == viewer) == Some(m.viewer.index())
    };
    let told: Vec<Misheard> = unknown.iter().filter(is_viewer).copied().collect();
    for one in &told {
        out.push(Belief {
            path: vec![viewer.to_owned()],
            views: Vec::new(),
            part: None,
            text: None,
            told: vec![*one],
            whole: false,
            place: document.terms[one.term].place.0,
        });
    }
    if out.len() > before + 1 {
        out.push(Belief {
            path: vec![viewer.to_owned()],
            place: match views.first() {
                Some(index) => document.views[*index].place.0,
                None => out[before].place,
            },
            views,
            part: None,
            text: None,
            told,
            whole: true,
        });
    }
}

/// The beliefs of a view and of the views in it.
fn list(view: &View, around: &mut Vec<(usize, String)>, out: &mut Vec<Belief>) {
    for (c, change) in view.changes.iter().enumerate() {
        for (p, (part, span)) in parts(change).into_iter().enumerate() {
            out.push(Belief {
                path: around.iter().map(|(_, name)| name.clone()).collect(),
                views: around.iter().map(|(index, _)| *index).collect(),
                part: Some((c, p)),
                text: Some(print_change(&uncited(part))),
                told: Vec::new(),
                whole: false,
                place: span.unwrap_or(view.place.0),
            });
        }
    }
    for (index, inner) in view.views.iter().enumerate() {
        around.push((index, inner.viewer.text.clone()));
        list(inner, around, out);
        around.pop();
    }
}

/// Says in a document that a reading is known.
pub(super) fn tell(document: &mut Document, told: Misheard) {
    let name = |party: detente_model::PartyId| {
        let party = document.parties.get(party.index());
        party.map(|p| p.name.text.clone()).unwrap_or_default()
    };
    let (by, to) = (name(told.by), name(told.viewer));
    if let Some(term) = document.terms.get_mut(told.term) {
        term::communicate(term, &by, &to, Communicated::Yes);
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
