//! What is known and when, with every name and day resolved: tracks, the calendar, commitments, claims and
//! reference classes.

use std::fmt;

use detente_syntax::ast::{Came, Change, Citation, Place};
use jiff::civil::Date;

use crate::estimative::Chance;
use crate::expr::Condition;
use crate::ids::{OptionId, PartyId};

/// Everything that is said of what is known, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The levels at which parties talk, in order of declaration.
    pub tracks: Vec<Track>,
    /// The calendar, by first day, then in the order of the text. Precedents stand in it too, flagged.
    pub events: Vec<Event>,
    /// What parties have bound themselves to.
    pub commitments: Vec<Commitment>,
    /// What somebody says was, is or will be.
    pub claims: Vec<Claim>,
    /// How often the like came true elsewhere.
    pub references: Vec<Reference>,
}

/// When something is, in days. Words such as `"last Friday"` have been resolved against `as of`; words that
/// name several days, such as `"this month"`, make `On` a `Between`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// On that day.
    On(Date),
    /// From one day to another, both included.
    During(Date, Date),
    /// On one day of these; it is not known which.
    Between(Date, Date),
    /// On that day or before.
    By(Date),
    /// From that day on.
    From(Date),
    /// Up to that day, it included.
    Until(Date),
}

impl When {
    /// The first day that it can concern; `None` when it has no beginning.
    pub fn first(self) -> Option<Date> {
        match self {
            Self::On(day) | Self::From(day) | Self::During(day, _) | Self::Between(day, _) => {
                Some(day)
            }
            Self::By(_) | Self::Until(_) => None,
        }
    }

    /// The last day that it can concern; `None` when it has no end.
    pub fn last(self) -> Option<Date> {
        match self {
            Self::On(day)
            | Self::By(day)
            | Self::Until(day)
            | Self::During(_, day)
            | Self::Between(_, day) => Some(day),
            Self::From(_) => None,
        }
    }

    /// The day on which what is at that time takes effect: its last, or its first where it has no end.
    pub fn takes_effect(self) -> Option<Date> {
        self.last().or(self.first())
    }

    /// Whether a day lies in it.
    pub fn covers(self, day: Date) -> bool {
        self.first().is_none_or(|first| first <= day) && self.last().is_none_or(|last| day <= last)
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        let starts_after = |a: Self, b: Self| matches!((a.first(), b.last()), (Some(first), Some(last)) if first > last);
        !starts_after(self, other) && !starts_after(other, self)
    }
}

impl fmt::Display for When {
    /// As the language writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(day) => write!(f, "{day}"),
            Self::During(first, last) => write!(f, "{first} .. {last}"),
            Self::Between(first, last) => write!(f, "between {first} and {last}"),
            Self::By(day) => write!(f, "by {day}"),
            Self::From(day) => write!(f, "from {day}"),
            Self::Until(day) => write!(f, "until {day}"),
        }
    }
}

/// A level at which parties talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// The name; an agent or a meeting may name a track that is not declared, which then stands here without a
    /// title and settles everything.
    pub name: String,
    /// What it is.
    pub title: Option<String>,
    /// Which options can be settled at it; `None` for all.
    pub binds: Option<Vec<OptionId>>,
    /// The track whose next meeting takes up what was drafted here, as an index into [`Record::tracks`].
    pub hands_to: Option<usize>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

/// An event of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When it is.
    pub when: When,
    /// The words by which the text gives its day, where it does: `last Friday`.
    pub words: Option<String>,
    /// What kind of event it is.
    pub kind: String,
    /// Whether it is a reference to history, outside the timeline.
    pub precedent: bool,
    /// The name by which claims and other events use it.
    pub name: Option<String>,
    /// What it is.
    pub title: Option<String>,
    /// The track at which parties meet, as an index into [`Record::tracks`].
    pub track: Option<usize>,
    /// The parties that take part; all when the text does not say.
    pub parties: Vec<PartyId>,
    /// The persons that take part, by their names.
    pub persons: Vec<String>,
    /// Since when it is known that it is, or will be; `None` when nothing says so.
    pub known: Option<Date>,
    /// The event that this one became when more was known of it, as an index into [`Record::events`]: then only the
    /// plan is left of this one, and it takes no place itself.
    pub replaced_by: Option<usize>,
    /// How likely it is that it takes place; certain when the text does not say.
    pub chance: Option<Chance>,
    /// What sources say of it.
    pub values: Vec<StatedValue>,
    /// What changes on its last day.
    pub effects: Vec<Effect>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

impl Event {
    /// What it is called: its title, else its name, else its kind.
    pub fn display(&self) -> &str {
        self.title
            .as_deref()
            .or(self.name.as_deref())
            .unwrap_or(&self.kind)
    }

    /// Whether it belongs to the timeline: it is no history, and no later event took its place.
    pub fn is_current(&self) -> bool {
        !self.precedent && self.replaced_by.is_none()
    }

    /// Whether it takes place for certain: where nothing is said, and where its chance is 1.
    pub fn is_certain(&self) -> bool {
        self.chance.is_none_or(Chance::is_certain)
    }

    /// Whether parties meet at it, so that joint steps are possible.
    pub fn is_meeting(&self) -> bool {
        self.track.is_some() && self.is_current()
    }

    /// Whether it is over on a day.
    pub fn is_over(&self, day: Date) -> bool {
        self.when.takes_effect().is_some_and(|last| last <= day)
    }
}

/// One value that a source gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedValue {
    /// Of what: `duration`, `where`.
    pub of: String,
    /// The value, in the source's words.
    pub value: String,
    /// Who says so.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

/// What an event changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// How things stand from then on.
    Sets(Vec<(OptionId, u16)>),
    /// In the graph form: the state, as an index into the model's states.
    SetsState(u32),
    /// Takes effect unless the option's owner has moved the option before.
    Default(Vec<(OptionId, u16)>),
    /// Options that their owners can move from then on, and not before.
    Opens(Vec<OptionId>),
    /// Options that their owners can no longer move.
    Closes(Vec<OptionId>),
    /// What a track can settle from then on; `None` for everything.
    Mandate {
        /// The track, as an index into [`Record::tracks`].
        track: usize,
        /// The options.
        binds: Option<Vec<OptionId>>,
    },
    /// A change of preferences or of the direction of options; [`crate::present::after`] makes the model with it.
    Change(Change),
}

/// What a party has bound itself to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// The short name.
    pub name: String,
    /// What it is about.
    pub title: Option<String>,
    /// Who is bound.
    pub by: Vec<PartyId>,
    /// To whom; all others when the text does not say.
    pub to: Vec<PartyId>,
    /// Since when.
    pub on: Option<Date>,
    /// Its exact words, with the sources that hold them.
    pub texts: Vec<Wording>,
    /// How others quote it.
    pub quoted: Vec<Wording>,
    /// The terms in it, as indices into the model's terms.
    pub terms: Vec<usize>,
    /// What parties take it to bind to.
    pub readings: Vec<Reading>,
    /// The states in which it is honoured.
    pub kept: Option<Condition>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

/// Words with the sources that have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The words.
    pub text: String,
    /// Who has them so.
    pub cites: Vec<Citation>,
    /// Where they stand.
    pub place: Place,
}

/// What a party takes a commitment to bind to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The party.
    pub party: PartyId,
    /// What it takes it to mean.
    pub condition: Condition,
    /// Who says that it does.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

/// What kind of claim it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimKind {
    /// Says what will be.
    Forecast,
    /// Says what will be if something else is so.
    Conditional,
    /// Says what was or is.
    Assertion,
    /// Says that another claim is wrong.
    Denial,
    /// Says what should be done; not scored.
    Advice,
}

/// What somebody says was, is or will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The short name.
    pub name: String,
    /// What is claimed.
    pub title: Option<String>,
    /// What kind of claim it is.
    pub kind: ClaimKind,
    /// Who says so.
    pub by: String,
    /// When it was said; the day of the first dated source when the text does not say.
    pub said: Option<Date>,
    /// How likely it is said to be.
    pub chance: Option<Chance>,
    /// How sources word it.
    pub worded: Vec<Wording>,
    /// When it is to come true.
    pub window: Option<When>,
    /// The condition under which alone it is claimed.
    pub condition: Option<Resolution>,
    /// What makes it true.
    pub resolves: Option<Resolution>,
    /// The claim that it contradicts, as an index into [`Record::claims`].
    pub denies: Option<usize>,
    /// Ordered outcomes with their probabilities as written, which sum to 1.
    pub graded: Vec<(String, String)>,
    /// The reference class, as an index into [`Record::references`].
    pub reference: Option<usize>,
    /// What came of it, as the analyst found.
    pub outcome: Option<ClaimOutcome>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

/// What is to be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// The event takes place; an index into [`Record::events`].
    Event(usize),
    /// The event does not take place.
    NoEvent(usize),
    /// A condition on how things stand at the end of the window.
    State(Condition),
}

/// What came of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimOutcome {
    /// What came of it.
    pub verdict: Came,
    /// When that was known.
    pub on: Option<Date>,
    /// Why, in words.
    pub because: Option<String>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

/// How often the like came true elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The short name.
    pub name: String,
    /// Of what the class consists.
    pub title: Option<String>,
    /// The least that its frequency can be, in millionths.
    pub least: u32,
    /// The most that it can be, in millionths.
    pub most: u32,
    /// The classes of outcomes beside which it is shown, as indices into the model's classes, taken together.
    pub classes: Vec<usize>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}
