//! The walk through two documents at once.

use std::collections::{BTreeMap, BTreeSet};

use detente_syntax::ast::{Citation, Document, Formula, Name, Preferences};

use super::said::Said;
use super::{Bears, Change, Kind, What};
use crate::ids::PartyId;
use crate::resolve::Scope;

/// One of the two documents, as names in it are understood.
pub(super) struct Side<'d> {
    pub(super) scope: Scope<'d>,
    /// The party in whose block the walk is: its options need no prefix.
    pub(super) home: Option<PartyId>,
}

/// An element of a list.
pub(super) trait Element: Clone {
    /// What kind it is.
    const KIND: Kind;

    /// By what it is known in its list.
    fn key(&self, side: &Side<'_>) -> String;

    /// By what else it can be known, when no element has its key.
    fn other_key(&self, _side: &Side<'_>) -> Option<String> {
        None
    }

    /// What it says besides its key, in a few words.
    fn said(&self, _side: &Side<'_>) -> Option<String> {
        None
    }

    /// The party in whose block its formulas stand.
    fn home(&self) -> Option<&Name> {
        None
    }

    /// What can depend on whether it is there, of what can depend on what the walk is in.
    fn bears(&self) -> Bears {
        Bears {
            packages: true,
            ..Bears::CONFLICT
        }
    }

    /// Goes through both and puts them together. All fields are named.
    fn merge(a: &Self, b: &Self, walk: &mut Walk<'_>) -> Self;
}

/// Whether the order of a list counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Counts,
    DoesNot,
}

/// The walk: what it has met, and what is to be made.
pub(super) struct Walk<'d> {
    a: Side<'d>,
    b: Side<'d>,
    made: &'d BTreeSet<usize>,
    changes: Vec<Change>,
    at: Vec<(Kind, String)>,
    bears: Bears,
    /// Whether places of options count: where a formula is a pattern such as `"YN-"`.
    patterns: bool,
}

/// Puts two documents together with the changes that are to be made, and lists all changes.
pub(super) fn merge(a: &Document, b: &Document, made: &BTreeSet<usize>) -> (Document, Vec<Change>) {
    let side = |document| Side {
        scope: Scope::new(document, &mut Vec::new()),
        home: None,
    };
    let mut walk = Walk {
        a: side(a),
        b: side(b),
        made,
        changes: Vec::new(),
        at: Vec::new(),
        bears: Bears::CONFLICT,
        patterns: [a, b].into_iter().any(has_patterns),
    };
    let merged = walk.inside(Kind::Negotiation, String::new(), |walk| {
        super::document::merge(a, b, walk)
    });
    (merged, walk.changes)
}

impl Walk<'_> {
    /// Tells a change of an element inside what the walk is in; whether it is to be made.
    fn meets(&mut self, kind: Kind, name: String, what: What) -> bool {
        // The negotiation itself is around everything and says nothing about the place.
        let within = self.at.iter().filter(|(k, _)| *k != Kind::Negotiation);
        self.changes.push(Change {
            kind,
            name,
            within: within.cloned().collect(),
            what,
            shifts: Vec::new(),
            bears: self.bears,
        });
        self.made.contains(&(self.changes.len() - 1))
    }

    /// Tells that an element is there in one of the two only.
    fn meets_one<T: Element>(&mut self, element: &T, name: String, what: What) -> bool {
        let own = element.bears();
        let bears = Bears {
            conflict: self.bears.conflict && own.conflict,
            // Who is a party may sit at the table.
            packages: own.packages && (self.bears.packages || T::KIND == Kind::Party),
            course: self.bears.course && own.course,
        };
        self.bearing(bears, |walk| walk.meets(T::KIND, name, what))
    }

    /// Works inside an element.
    fn inside<T>(&mut self, kind: Kind, name: String, work: impl FnOnce(&mut Self) -> T) -> T {
        self.at.push((kind, name));
        let done = work(self);
        self.at.pop();
        done
    }

    /// Works on what nothing depends on.
    pub(super) fn aside<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.bearing(Bears::NOTHING, work)
    }

    /// Works on what only this can depend on.
    pub(super) fn bearing<T>(&mut self, bears: Bears, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.bears, bears);
        let done = work(self);
        self.bears = before;
        done
    }

    /// Works where the options of a party need no prefix.
    fn at_home<T>(&mut self, party: &Name, work: impl FnOnce(&mut Self) -> T) -> T {
        let find = |side: &Side<'_>| side.scope.parties.get(party.as_str()).copied();
        let homes = (find(&self.a), find(&self.b));
        let before = (self.a.home, self.b.home);
        (self.a.home, self.b.home) = homes;
        let done = work(self);
        (self.a.home, self.b.home) = before;
        done
    }

    /// Whether the order of parties and of their options counts.
    pub(super) fn places(&self) -> Order {
        if self.patterns {
            Order::Counts
        } else {
            Order::DoesNot
        }
    }

    /// A property of the element that the walk is in.
    pub(super) fn property<T: Said + Clone + PartialEq>(
        &mut self,
        property: &'static str,
        a: &T,
        b: &T,
    ) -> T {
        if a == b {
            return a.clone();
        }
        let (was, now) = (a.said(&self.a), b.said(&self.b));
        if was == now {
            return a.clone();
        }
        let (kind, name) = self.at.pop().unwrap_or((Kind::Negotiation, String::new()));
        let what = What::Altered { property, was, now };
        let made = self.meets(kind, name.clone(), what);
        self.at.push((kind, name));
        if made { b.clone() } else { a.clone() }
    }

    /// Preferences as a whole, and what moved in them where both are rankings.
    pub(super) fn preferences(
        &mut self,
        a: Option<&Preferences>,
        b: Option<&Preferences>,
    ) -> Option<Preferences> {
        let met = self.changes.len();
        let merged = self.property("preferences", &a.cloned(), &b.cloned());
        let shifts = super::ranking::shifts(a, b, (&self.a, &self.b));
        if let Some(change) = self.changes.get_mut(met) {
            change.shifts = shifts;
        }
        merged
    }

    /// A property in words, on which nothing depends.
    pub(super) fn words<T: Said + Clone + PartialEq>(
        &mut self,
        property: &'static str,
        a: &T,
        b: &T,
    ) -> T {
        self.aside(|walk| walk.property(property, a, b))
    }

    /// Citations; nothing depends on them.
    pub(super) fn cites(&mut self, a: &[Citation], b: &[Citation]) -> Vec<Citation> {
        self.aside(|walk| walk.list(a, b, Order::DoesNot))
    }

    /// One element that may be there or not.
    pub(super) fn maybe<T: Element>(&mut self, a: Option<&T>, b: Option<&T>) -> Option<T> {
        if let (Some(a), Some(b)) = (a, b) {
            return Some(self.pair(a, b));
        }
        let list = |one: Option<&T>| one.cloned().into_iter().collect::<Vec<T>>();
        self.list(&list(a), &list(b), Order::DoesNot).pop()
    }

    /// Two elements that are the same one.
    fn pair<T: Element>(&mut self, a: &T, b: &T) -> T {
        let name = b.key(&self.b);
        let work = |walk: &mut Self| walk.inside(T::KIND, name, |walk| T::merge(a, b, walk));
        match b.home() {
            Some(party) => self.at_home(party, work),
            None => work(self),
        }
    }

    /// The elements of two lists: which are the same, dropped, added, and moved where the order counts.
    pub(super) fn list<T: Element>(&mut self, a: &[T], b: &[T], order: Order) -> Vec<T> {
        let partner = self.partners(a, b);
        let fixed = match order {
            Order::Counts => {
                let keys: Vec<String> = (0..a.len())
                    .map(|i| {
                        let own = self.name(&a[i], false);
                        let other = partner[i].map(|j| self.name(&b[j], true));
                        other.map_or(own.clone(), |other| other.min(own))
                    })
                    .collect();
                unmoved(&partner, &keys)
            }
            Order::DoesNot => vec![true; a.len()],
        };
        // What stays where it is, with its place in `b`; and what goes to a place in `b`.
        let mut kept: Vec<(Option<usize>, T)> = Vec::with_capacity(a.len());
        let mut placed: BTreeMap<usize, T> = BTreeMap::new();
        for (i, element) in a.iter().enumerate() {
            let Some(j) = partner[i] else {
                let what = What::Dropped(self.said(element, false));
                let name = self.name(element, false);
                if !self.meets_one(element, name, what) {
                    kept.push((None, element.clone()));
                }
                continue;
            };
            let merged = self.pair(element, &b[j]);
            if fixed[i] {
                kept.push((Some(j), merged));
                continue;
            }
            let moved = What::Moved {
                from: i + 1,
                to: j + 1,
            };
            let name = self.name(&b[j], true);
            if self.meets(T::KIND, name, moved) {
                placed.insert(j, merged);
            } else {
                kept.push((None, merged));
            }
        }
        let known: BTreeSet<usize> = partner.iter().flatten().copied().collect();
        for (j, element) in b.iter().enumerate() {
            if !known.contains(&j) {
                let what = What::Added(self.said(element, true));
                let name = self.name(element, true);
                if self.meets_one(element, name, what) {
                    placed.insert(j, element.clone());
                }
            }
        }
        put_in(kept, placed)
    }

    fn name<T: Element>(&mut self, element: &T, second: bool) -> String {
        self.asked_at_home(element, second, T::key)
    }

    fn said<T: Element>(&mut self, element: &T, second: bool) -> Option<String> {
        self.asked_at_home(element, second, T::said)
    }

    fn asked_at_home<T: Element, R>(
        &mut self,
        element: &T,
        second: bool,
        ask: impl FnOnce(&T, &Side<'_>) -> R,
    ) -> R {
        let side = |walk: &Self| {
            if second {
                ask(element, &walk.b)
            } else {
                ask(element, &walk.a)
            }
        };
        match element.home() {
            Some(party) => self.at_home(party, |walk| side(walk)),
            None => side(self),
        }
    }

    /// For each element of `a` the one of `b` that it is: by its key, then by its other key; the first of several
    /// is the first.
    fn partners<T: Element>(&mut self, a: &[T], b: &[T]) -> Vec<Option<usize>> {
        let mut partner = vec![None; a.len()];
        let mut free: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for j in (0..b.len()).rev() {
            free.entry(self.name(&b[j], true)).or_default().push(j);
        }
        for (i, element) in a.iter().enumerate() {
            let key = self.name(element, false);
            partner[i] = free.get_mut(&key).and_then(Vec::pop);
        }
        let mut others: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut left: Vec<usize> = free.into_values().flatten().collect();
        left.sort_unstable();
        for j in left.into_iter().rev() {
            if let Some(key) = self.asked_at_home(&b[j], true, T::other_key) {
                others.entry(key).or_default().push(j);
            }
        }
        for (i, element) in a.iter().enumerate() {
            if partner[i].is_none()
                && !others.is_empty()
                && let Some(key) = self.asked_at_home(element, false, T::other_key)
            {
                partner[i] = others.get_mut(&key).and_then(Vec::pop);
            }
        }
        partner
    }
}

/// Whether some formula has a pattern, whose letters stand for the options in their order.
fn has_patterns(document: &Document) -> bool {
    let formulas = document.formulas();
    formulas.into_iter().any(Formula::has_pattern)
}

/// Puts elements behind what stands before them in the second document.
fn put_in<T>(kept: Vec<(Option<usize>, T)>, mut placed: BTreeMap<usize, T>) -> Vec<T> {
    let mut out = Vec::with_capacity(kept.len() + placed.len());
    let anchors: Vec<usize> = {
        let mut list: Vec<usize> = kept.iter().filter_map(|(j, _)| *j).collect();
        list.sort_unstable();
        list
    };
    let next = |j: usize| {
        let after = anchors.partition_point(|anchor| *anchor <= j);
        anchors.get(after).copied()
    };
    let mut behind = |from: usize, to: Option<usize>, out: &mut Vec<T>| {
        let range: Vec<usize> = match to {
            Some(to) => placed.range(from..to).map(|(j, _)| *j).collect(),
            None => placed.range(from..).map(|(j, _)| *j).collect(),
        };
        out.extend(range.iter().filter_map(|j| placed.remove(j)));
    };
    behind(0, anchors.first().copied(), &mut out);
    for (anchor, element) in kept {
        out.push(element);
        if let Some(j) = anchor {
            behind(j, next(j), &mut out);
        }
    }
    out
}

/// Which pairs of places stay where they are: the most of them that rise together. Of several such choices it is
/// the one whose keys come first, so that it is the same from either side.
fn unmoved(partner: &[Option<usize>], keys: &[String]) -> Vec<bool> {
    // How many can rise from each place on; and for each such number the highest place where that begins.
    let mut length = vec![0; partner.len()];
    let mut highest: Vec<usize> = Vec::new();
    for (i, place) in partner.iter().enumerate().rev() {
        let Some(place) = place else { continue };
        let above = highest.partition_point(|begin| begin > place);
        length[i] = above + 1;
        if above == highest.len() {
            highest.push(*place);
        } else {
            highest[above] = *place;
        }
    }
    let mut by_length: Vec<Vec<(usize, usize)>> = vec![Vec::new(); highest.len()];
    for (i, place) in partner.iter().enumerate() {
        if let Some(place) = place {
            by_length[length[i] - 1].push((i, *place));
        }
    }
    let mut fixed = vec![false; partner.len()];
    let mut last: Option<(usize, usize)> = None;
    for group in by_length.into_iter().rev() {
        let later = |(i, j): &(usize, usize)| last.is_none_or(|(a, b)| *i > a && *j > b);
        let first = group
            .into_iter()
            .filter(later)
            .min_by_key(|(i, _)| &keys[*i]);
        if let Some((i, j)) = first {
            fixed[i] = true;
            last = Some((i, j));
        }
    }
    fixed
}
