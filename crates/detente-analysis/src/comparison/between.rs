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

/// What the changes of a [`Group`] are about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A party, in one of its aspects or as a whole.
    Party(String, Option<Aspect>),
    /// The day from which the text looks.
    Day,
    /// Where things stand.
    StatusQuo,
    /// Events and what they do.
    Calendar,
    /// Tracks of talks.
    Tracks,
    /// Which states and moves there are.
    Rules,
    /// Classes and named states.
    Classes,
    /// Terms and their readings.
    Terms,
    /// Issues, and which packages there are.
    Issues,
    /// Packages with a name.
    Packages,
}

/// What a change of a party is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// That it is there, or by what it judges.
    Itself,
    /// What it can do.
    Options,
    /// What it prefers.
    Preferences,
    /// How often it acts.
    Pace,
    /// What packages are worth to it.
    Utility,
    /// Who must ratify.
    Ratifiers,
}

/// Changes that are made or left out together, because there are too many to tell each apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they are about.
    pub about: About,
    /// They, as indices into [`Difference::changes`].
    pub changes: Vec<usize>,
}

/// What a change is about.
fn about(change: &Change) -> About {
    let outermost = change.within.first().map_or(change.kind, |(kind, _)| *kind);
    match outermost {
        Kind::Party => {
            let party = change.within.first().map_or(&change.name, |(_, name)| name);
            let inner = change.within.get(1).map(|(kind, _)| *kind);
            let inner = inner.or((!change.within.is_empty()).then_some(change.kind));
            let preferences = matches!(
                change.what,
                What::Altered {
                    property: "preferences",
                    ..
                }
            );
            let aspect = match inner {
                _ if preferences => Aspect::Preferences,
                Some(Kind::Option | Kind::Move) => Aspect::Options,
                Some(Kind::Statement | Kind::Weight | Kind::Candidate) => Aspect::Preferences,
                Some(Kind::Pace) => Aspect::Pace,
                Some(Kind::Utility) => Aspect::Utility,
                Some(Kind::Ratifier) => Aspect::Ratifiers,
                _ => Aspect::Itself,
            };
            About::Party(party.clone(), Some(aspect))
        }
        Kind::Negotiation => match change.what {
            What::Altered {
                property: "as of", ..
            } => About::Day,
            _ => About::StatusQuo,
        },
        Kind::Event => About::Calendar,
        Kind::Track => About::Tracks,
        Kind::State | Kind::Class => About::Classes,
        Kind::Term => About::Terms,
        Kind::Issue | Kind::PackageRule => About::Issues,
        Kind::Package => About::Packages,
        _ => About::Rules,
    }
}

/// The changes by what they are about, in the order of the first of each group; `whole` takes all of a party together.
fn grouped(difference: &Difference, changes: &[usize], whole: bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for index in changes {
        let Some(change) = difference.changes.get(*index) else {
            continue;
        };
        let about = match about(change) {
            About::Party(party, _) if whole => About::Party(party, None),
            about => about,
        };
        match groups.iter_mut().find(|group| group.about == about) {
            Some(group) => group.changes.push(*index),
            None => groups.push(Group {
                about,
                changes: vec![*index],
            }),
        }
    }
    groups
}

/// The changes in at most so many groups: parties in their aspects, or as wholes; `None` when neither is few enough, or
/// all are about the same.
pub(super) fn groups(
    difference: &Difference,
    changes: &[usize],
    most: usize,
) -> Option<Vec<Group>> {
    let both = [false, true].map(|whole| grouped(difference, changes, whole));
    both.into_iter()
        .find(|groups| (2..=most).contains(&groups.len()))
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
