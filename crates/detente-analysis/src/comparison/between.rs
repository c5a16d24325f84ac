//! The texts between the two: with some of the changes made.

use std::collections::BTreeSet;

use detente_model::difference::{Bears, Change, Difference, Kind, What};
use detente_model::syntax::ast::Document;

/// What is asked of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What holds and what is reached.
    Conflict,
    /// What could be agreed.
    Packages,
    /// How probable the classes are.
    Course,
}

impl Part {
    fn of(self, bears: Bears) -> bool {
        match self {
            Self::Conflict => bears.conflict,
            Self::Packages => bears.packages,
            Self::Course => bears.course,
        }
    }

    /// The changes on which its answers can depend, as indices into [`Difference::changes`].
    pub(super) fn changes(self, difference: &Difference) -> Vec<usize> {
        let listed = difference.changes.iter().enumerate();
        let bearing = listed.filter(|(_, change)| self.of(change.bears));
        bearing.map(|(index, _)| index).collect()
    }

    /// The text with these changes, as far as the answers depend on it. What names elements and changes no answer,
    /// such as claims and variants, would only keep the text from making sense. Sources, people, tracks and events on
    /// which the answers do not depend are those of both.
    pub(super) fn between(self, difference: &Difference, made: &BTreeSet<usize>) -> Document {
        let named =
            |kind: Kind| matches!(kind, Kind::Source | Kind::Agent | Kind::Track | Kind::Event);
        let beside = |change: &Change| {
            !self.of(change.bears) && named(change.kind) && matches!(change.what, What::Added(_))
        };
        let listed = difference.changes.iter().enumerate();
        let added = listed.filter(|(_, change)| beside(change));
        let mut made = made.clone();
        made.extend(added.map(|(index, _)| index));
        let mut document = difference.with(&made).bare();
        document.claims.clear();
        document.commitments.clear();
        document.references.clear();
        document.facts.clear();
        document.agreed.clear();
        if self == Self::Packages {
            without_conflict(&mut document);
        } else {
            without_packages(&mut document);
        }
        document
    }
}

fn without_packages(document: &mut Document) {
    document.packages.clear();
    document.package_rules.clear();
    document.issues.clear();
    for party in &mut document.parties {
        party.utility = None;
        party.ratifiers.clear();
    }
}

fn without_conflict(document: &mut Document) {
    document.never.clear();
    document.when.clear();
    document.no_move.clear();
    document.states.clear();
    document.classes.clear();
    document.terms.clear();
    document.status_quo = None;
    document.calendar.clear();
    document.tracks.clear();
    for party in &mut document.parties {
        party.agents.clear();
        party.options.clear();
        party.moves.clear();
        party.preferences = None;
        party.candidates.clear();
        party.concept = None;
        party.attitudes.clear();
        party.pace = None;
    }
}
