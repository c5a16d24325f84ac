//! Elements that are the same in everything but their names.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use detente_syntax::ast::Document;
use detente_syntax::{Span, TokenClass, highlight, is_name, parse, print, quote};

use super::walk::merge;
use super::{Change, Kind, What};

/// An element with another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    /// What kind of element it is.
    pub kind: Kind,
    /// Inside what it stands, in the new names.
    pub within: Vec<(Kind, String)>,
    /// Its name in the first document.
    pub was: String,
    /// Its name in the second document.
    pub now: String,
}

/// Pairs of names that are tried at most: each takes a walk through both documents.
const MOST_TRIALS: usize = 200;

/// The first document in the new names of what was renamed.
pub(super) fn renamed(a: &Document, b: &Document) -> (Document, Vec<Renaming>) {
    let mut from = a.clone();
    let mut renamings = Vec::new();
    let none = BTreeSet::new();
    let mut changes = merge(&from, b, &none).1;
    if pairs(&changes).is_empty() {
        return (from, renamings);
    }
    let after = Words::of(b);
    let mut trials = 0;
    'search: loop {
        let before = Words::of(&from);
        for (dropped, added) in pairs(&changes) {
            let (was, now) = (&changes[dropped], &changes[added]);
            let (old, new) = (written(was), written(now));
            if after.has(&old) || before.has(&new) || trials == MOST_TRIALS {
                continue;
            }
            trials += 1;
            let Some(trial) = before.with(&old, &new) else {
                continue;
            };
            let left = merge(&trial, b, &none).1;
            if is_same(now, changes.len(), &left) {
                renamings.push(Renaming {
                    kind: now.kind,
                    within: now.within.clone(),
                    was: was.name.clone(),
                    now: now.name.clone(),
                });
                (from, changes) = (trial, left);
                continue 'search;
            }
        }
        break;
    }
    (from, renamings)
}

/// Whether what was added is now the same as what was dropped: nothing of it is left among the changes, and more is
/// alike than that there is one of its kind: what it says, or where it is used.
fn is_same(added: &Change, before: usize, left: &[Change]) -> bool {
    let own = (added.kind, added.name.clone());
    let of_it = |change: &Change| {
        let itself = change.kind == own.0 && change.name == own.1;
        (itself && change.within == added.within) || change.within.contains(&own)
    };
    let says = matches!(added.what, What::Added(Some(_)));
    let alike = left.len() + 2 < before || (left.len() + 2 == before && says);
    alike && !left.iter().any(of_it)
}

/// A kind of element, and inside what it stands.
type Place<'c> = (Kind, &'c [(Kind, String)]);

/// What was dropped and what of the same kind was added in the same place.
fn pairs(changes: &[Change]) -> Vec<(usize, usize)> {
    let mut dropped: BTreeMap<Place<'_>, Vec<usize>> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate() {
        if matches!(change.what, What::Dropped(_)) && has_name(change) {
            let place = (change.kind, change.within.as_slice());
            dropped.entry(place).or_default().push(index);
        }
    }
    let mut pairs = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        if matches!(change.what, What::Added(_)) && has_name(change) {
            let place = (change.kind, change.within.as_slice());
            let fitting = dropped.get(&place).map_or(&[][..], Vec::as_slice);
            pairs.extend(fitting.iter().map(|before| (*before, index)));
        }
    }
    pairs
}

/// Whether the element has a name that other elements can use.
fn has_name(change: &Change) -> bool {
    match change.kind {
        Kind::Class => true,
        Kind::Source
        | Kind::Party
        | Kind::Agent
        | Kind::Option
        | Kind::Candidate
        | Kind::State
        | Kind::Term
        | Kind::Issue
        | Kind::Ratifier
        | Kind::Package
        | Kind::Variant
        | Kind::Track
        | Kind::Event
        | Kind::Commitment
        | Kind::Claim
        | Kind::Reference => is_name(&change.name),
        Kind::Negotiation
        | Kind::Citation
        | Kind::Move
        | Kind::Statement
        | Kind::Weight
        | Kind::Attitude
        | Kind::Never
        | Kind::Consequence
        | Kind::Prohibition
        | Kind::Stated
        | Kind::Reading
        | Kind::Communication
        | Kind::PackageRule
        | Kind::Utility
        | Kind::Worth
        | Kind::UtilityTerm
        | Kind::Importance
        | Kind::Reservation
        | Kind::Discount
        | Kind::Pace
        | Kind::Fact
        | Kind::Agreed
        | Kind::View
        | Kind::Change
        | Kind::Effect
        | Kind::StatedValue
        | Kind::Wording
        | Kind::Grade
        | Kind::Outcome => false,
    }
}

/// The name as it stands in a text.
fn written(change: &Change) -> Cow<'_, str> {
    if change.kind == Kind::Class {
        Cow::Owned(quote(&change.name))
    } else {
        Cow::Borrowed(&change.name)
    }
}

/// The names and quoted texts of a document in the language, with their places.
struct Words {
    text: String,
    places: BTreeMap<String, Vec<Span>>,
}

impl Words {
    fn of(document: &Document) -> Self {
        let text = print(document);
        let mut places: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        for (span, class) in highlight(&text) {
            let counts = matches!(
                class,
                TokenClass::Name | TokenClass::String | TokenClass::Citation | TokenClass::Keyword
            );
            if let (true, Some(word)) = (counts, text.get(span.start..span.end)) {
                places.entry(word.to_owned()).or_default().push(span);
            }
        }
        Self { text, places }
    }

    fn has(&self, word: &str) -> bool {
        self.places.contains_key(word)
    }

    /// The document with one word for another, if it can still be read.
    fn with(&self, old: &str, new: &str) -> Option<Document> {
        let mut text = String::with_capacity(self.text.len());
        let mut from = 0;
        for span in self.places.get(old)? {
            text.push_str(self.text.get(from..span.start)?);
            text.push_str(new);
            from = span.end;
        }
        text.push_str(self.text.get(from..)?);
        let read = parse(&text);
        (!read.has_errors()).then_some(read.document)
    }
}
