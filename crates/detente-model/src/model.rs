//! The model: a negotiation with every name resolved.

use detente_syntax::Span;
pub use detente_syntax::ast::{Attitude, Strength};
use detente_syntax::ast::{Certainty, Citation, Communicated, Direction, Place, Stated, View};
use indexmap::IndexMap;
use jiff::civil::Date;

use crate::bargain::Bargain;
use crate::expr::Condition;
use crate::ids::{OptionId, PartyId};
use crate::record::{Record, When};

/// A negotiation with every name resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// What the negotiation is called.
    pub title: Option<String>,
    /// The day whose knowledge the model states.
    pub as_of: Option<Date>,
    /// Where claims come from.
    pub sources: Vec<Source>,
    /// The parties, in order of declaration.
    pub parties: Vec<Party>,
    /// The options of all parties, in order of declaration. Empty in the graph form.
    pub options: Vec<Choice>,
    /// What cannot be together.
    pub rules: Vec<Rule>,
    /// What follows of itself from a move.
    pub consequences: Vec<Consequence>,
    /// Which moves are prohibited.
    pub prohibitions: Vec<Prohibition>,
    /// Outcome classes, in order. A state may belong to several; the first is its headline.
    pub classes: Vec<Class>,
    /// States that have a name; in the graph form all states, in order of declaration.
    pub states: Vec<NamedState>,
    /// Words that parties read in their own ways, in order of declaration.
    pub terms: Vec<Term>,
    /// Option form or graph form.
    pub form: Form,
    /// Where things stand, if the text says it.
    pub status_quo: Option<StatusQuo>,
    /// What is negotiated in packages, and what they are worth to whom.
    pub bargain: Bargain,
    /// How parties see the negotiation, where they do not see it as it is; [`crate::view::seen_by`] makes
    /// the document of a view.
    pub views: Vec<View>,
    /// What is known and when: tracks, the calendar, commitments, claims.
    pub record: Record,
}

/// How states are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By options.
    Options,
    /// By a list of states and arcs.
    Graph,
}

/// A source of claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name that citations use.
    pub name: String,
    /// What it is.
    pub title: Option<String>,
    /// Its day: when it was published, or said.
    pub date: Option<Date>,
    /// What kind of source it is: `commentary`, `treaty-text`, `speech`, `report`.
    pub kind: Option<String>,
    /// The file with its text, or with notes on it, as written: relative to the negotiation's own file.
    pub file: Option<String>,
    /// Whether the file holds notes with short quotations instead of the whole text (`holds notes`): then a
    /// quotation that is not found in it is only said not to be in the notes.
    pub notes: bool,
    /// The source that it repeats (`republishes original`), as an index into the sources. It is no second
    /// witness.
    pub republishes: Option<usize>,
    /// How good it is (`grade B2`): reliability of the source and credibility of the content.
    pub grade: Option<Grade>,
    /// All its properties as written, those above included.
    pub properties: IndexMap<String, String>,
}

impl Model {
    /// The chain of republications: a source, the one that it repeats, the one behind that, and so on. Chains that
    /// lead round have been refused.
    pub fn chain(&self, source: usize) -> impl Iterator<Item = usize> {
        let behind = |at: &usize| self.sources.get(*at).and_then(|s| s.republishes);
        std::iter::successors(Some(source), behind).take(self.sources.len().max(1))
    }

    /// The source at the end of the chain: who is the witness behind this one.
    pub fn witness(&self, source: usize) -> usize {
        self.chain(source).last().unwrap_or(source)
    }
}

/// The two-part grade of a source, after the scale that NATO and many services use (AJP-2.1): a letter for the
/// reliability of the source, `A` completely reliable to `E` unreliable, `F` cannot be judged; a digit for the
/// credibility of what it says, `1` confirmed to `5` improbable, `6` cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grade {
    /// `A` to `F`.
    pub reliability: char,
    /// 1 to 6; `None` when only the letter is given.
    pub credibility: Option<u8>,
}

impl Grade {
    /// The grade that a text says: `B2`, or `B` alone; `None` when it is none.
    pub fn read(text: &str) -> Option<Self> {
        let mut chars = text.chars();
        let reliability = chars.next().map(|c| c.to_ascii_uppercase());
        let reliability = reliability.filter(|c| ('A'..='F').contains(c))?;
        let credibility = match chars.next() {
            None => None,
            Some(digit) => {
                let digit = digit.to_digit(10).and_then(|d| u8::try_from(d).ok());
                Some(digit.filter(|d| (1..=6).contains(d))?)
            }
        };
        chars.next().is_none().then_some(Self {
            reliability,
            credibility,
        })
    }
}

/// A person who acts for a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// The short name.
    pub name: String,
    /// The full name.
    pub title: Option<String>,
    /// In which role.
    pub role: Option<String>,
    /// At which track, as an index into the record's tracks.
    pub track: Option<usize>,
    /// When; `None` for always.
    pub during: Option<When>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

impl Agent {
    /// Whether the person acts on a day.
    pub fn acts_on(&self, day: Date) -> bool {
        self.during.is_none_or(|during| during.covers(day))
    }
}

/// A party (decision maker).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The short name.
    pub name: String,
    /// The full name.
    pub title: Option<String>,
    /// Persons who act for it.
    pub agents: Vec<Agent>,
    /// How many days pass between two times that it reconsiders its moves, on average, in millionths of a day;
    /// `None` when the text does not say.
    pub pace: Option<u64>,
    /// Where its pace is known from.
    pub pace_cites: Vec<Citation>,
    /// Its options.
    pub options: Vec<OptionId>,
    /// Its arcs, as indices into [`Model::states`], in the graph form.
    pub moves: Vec<(u32, u32)>,
    /// What it wants, in the basic reading: statements in doubt hold and stand as written, the most
    /// probable candidate (the first among equals) is its order, and a weight of which only bounds
    /// are known is their middle.
    pub preferences: Preferences,
    /// The orders one of which it has, if the text gives several.
    pub candidates: Vec<Candidate>,
    /// The weights of which only bounds are known, in the order of their lines.
    pub intervals: Vec<Interval>,
    /// The solution concept by which it judges stability, if the text names one.
    pub concept: Option<String>,
    /// Its attitude toward each party, in their order; itself included. Positive toward itself and
    /// neutral toward the others where the text does not say.
    pub attitudes: Vec<Attitude>,
    /// Where it stands.
    pub place: Place,
}

impl Party {
    /// The full name, or the short one when there is none.
    pub fn display(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }
}

/// Something that a party can do: a binary option, or a graded one with its levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The short name, unique within its party.
    pub name: String,
    /// What it means.
    pub title: Option<String>,
    /// Whose it is.
    pub owner: PartyId,
    /// The names of the levels of a graded option, lowest first; empty for a binary option.
    pub levels: Vec<String>,
    /// In which direction its owner may move it.
    pub direction: Direction,
    /// Whether its owner may only move it to a neighbouring level.
    pub stepwise: bool,
    /// Where it stands.
    pub place: Place,
}

impl Choice {
    /// How many levels it has: 2 for a binary option.
    pub fn level_count(&self) -> u16 {
        if self.levels.is_empty() {
            2
        } else {
            self.levels.len() as u16
        }
    }

    /// How many Y/N positions it takes in the option form: 1 for a binary option; a graded option
    /// takes one for each level above the first.
    pub fn width(&self) -> u32 {
        u32::from(self.level_count()) - 1
    }

    /// Whether its owner may move it from level `from` to level `to`.
    pub fn permits(&self, from: u16, to: u16) -> bool {
        let direction = match self.direction {
            Direction::Both => true,
            Direction::OnlyOn => to >= from,
            Direction::OnlyOff => to <= from,
        };
        direction && (!self.stepwise || from.abs_diff(to) <= 1)
    }
}

/// A level for every option, in order.
pub type Assignment = Vec<u16>;

/// What cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// States that satisfy it are not feasible.
    pub condition: Condition,
    /// Why, in words.
    pub because: Option<String>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
}

/// A move that makes the condition true also makes these settings, whoever owns the options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequence {
    /// What a move must make true (false before it, true after it).
    pub condition: Condition,
    /// Which options are set to which levels.
    pub then: Vec<(OptionId, u16)>,
    /// The settings as written.
    pub then_text: String,
    /// Why, in words.
    pub because: Option<String>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
}

/// A prohibited transition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prohibition {
    /// Whose; `None` for everybody.
    pub party: Option<PartyId>,
    /// States that may not be left ...
    pub from: Condition,
    /// ... for these.
    pub to: Condition,
    /// Why, in words.
    pub because: Option<String>,
}

/// A named kind of outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// Which states belong to it.
    pub condition: Condition,
    /// Whether it was declared as `otherwise`.
    pub otherwise: bool,
}

/// A state with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedState {
    /// Its name or number.
    pub name: String,
    /// What it is.
    pub title: Option<String>,
    /// Its options in the option form; empty in the graph form.
    pub assignment: Assignment,
    /// Where it stands.
    pub place: Place,
}

/// Where things stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusQuo {
    /// In the option form: the level of every option.
    pub assignment: Assignment,
    /// In the graph form: the index of the state.
    pub node: Option<u32>,
    /// Where it is said.
    pub place: Place,
}

/// What a party wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preferences {
    /// The text does not say: all states are tied.
    Unstated,
    /// Statements, most important first.
    Statements(Vec<Statement>),
    /// Tiers of a ranking, best first.
    Ranks(Vec<RankTier>),
    /// Formulas with weights in millionths.
    Weights(Vec<(i64, Condition)>),
}

/// One of several orders that a party may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The short name.
    pub name: String,
    /// What it means.
    pub title: Option<String>,
    /// The probability that this is the party's order, as written. Either all candidates of a party
    /// have one, and they sum to 1, or none has.
    pub probability: Option<String>,
    /// The order.
    pub preferences: Preferences,
    /// Where this is known from.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

/// Bounds of a weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Which line of [`Preferences::Weights`], from 0.
    pub line: usize,
    /// The least that the weight can be, in millionths.
    pub least: i64,
    /// The most that it can be, in millionths; more than `least`.
    pub most: i64,
}

impl Interval {
    /// The middle, in millionths, rounded down to a whole one.
    pub fn middle(&self) -> i64 {
        self.least + (self.most - self.least) / 2
    }
}

/// A preference statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// A name for it.
    pub label: Option<String>,
    /// What the party wants to be true.
    pub condition: Condition,
    /// Whether it is certain that the party wants this.
    pub certainty: Certainty,
    /// How strong a preference a difference made by it is.
    pub strength: Strength,
    /// Whether it may change places with the statement after it.
    pub either_order: bool,
    /// Where this is known from.
    pub cites: Vec<Citation>,
}

/// Tied items of a ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankTier {
    /// The items; a state is placed by the first item of the whole ranking that it satisfies.
    pub items: Vec<RankItem>,
    /// How strongly it is preferred to the next tier.
    pub strength: Strength,
}

/// An item of a ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RankItem {
    /// The states that satisfy a condition.
    Matching(Condition),
    /// All states that no item of the ranking matches.
    Rest(Place),
}

/// One expression of the negotiation, with what each party takes it to mean.
///
/// Every use of it has been replaced by the sense in which it is read; see
/// [`crate::term`](mod@crate::term).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The name by which formulas use it.
    pub name: String,
    /// The words that the negotiation uses.
    pub title: Option<String>,
    /// Where the words stand, and how.
    pub stated: Vec<Stated>,
    /// The analyst's neutral reading.
    pub means: Option<Meaning>,
    /// What parties take it to mean, in the order written; at most one for each.
    pub readings: Vec<Reading>,
    /// What is said of who knows whose reading, in the order written; at most once for each pair.
    pub communicated: Vec<Communication>,
    /// Where it is used, in the order of the model.
    pub uses: Vec<TermUse>,
    /// Where this is known from.
    pub cites: Vec<Citation>,
    /// Where it stands.
    pub place: Place,
}

impl Term {
    /// The reading of the party's own, if it has one.
    pub fn own(&self, party: PartyId) -> Option<&Reading> {
        self.readings.iter().find(|r| r.party == party)
    }

    /// What the party takes the term to mean: its own reading, else the neutral one.
    pub fn sense(&self, party: PartyId) -> Option<&Condition> {
        let own = self.own(party).map(|r| &r.condition);
        own.or(self.means.as_ref().map(|m| &m.condition))
    }

    /// Whether the reading of `by` is known to `to`. A party knows its own; of what nothing is said
    /// is not known.
    pub fn known(&self, by: PartyId, to: PartyId) -> Communicated {
        if by == to {
            return Communicated::Yes;
        }
        let said = self.communicated.iter();
        let mut said = said.filter(|c| c.by == by && c.to == to);
        said.next().map_or(Communicated::No, |c| c.known)
    }
}

/// A neutral reading of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// What it means.
    pub condition: Condition,
    /// Where this is known from.
    pub cites: Vec<Citation>,
}

/// A party's reading of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Whose.
    pub party: PartyId,
    /// What it takes the term to mean.
    pub condition: Condition,
    /// Where this is known from.
    pub cites: Vec<Citation>,
}

/// Whether one party knows another's reading of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Communication {
    /// Whose reading.
    pub by: PartyId,
    /// Who knows it, or does not.
    pub to: PartyId,
    /// Whether that is so.
    pub known: Communicated,
    /// Where this is known from.
    pub cites: Vec<Citation>,
}

/// A place where a term is used, directly or through other terms and classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermUse {
    /// What uses it.
    pub user: TermUser,
    /// The formula as written.
    pub text: String,
    /// Whether the formula itself names the term.
    pub directly: bool,
    /// Where the formula stands.
    pub span: Span,
}

/// What uses a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermUser {
    /// A line of what a party wants: its place among the statements, among the elements of the ranking,
    /// or among the weights.
    Preference(PartyId, usize),
    /// A `never` rule.
    Rule(usize),
    /// A forced consequence.
    Consequence(usize),
    /// A prohibited transition.
    Prohibition(usize),
    /// A class.
    Class(usize),
}

impl Model {
    /// A party by its number.
    pub fn party(&self, party: PartyId) -> &Party {
        &self.parties[party.index()]
    }

    /// An option by its number.
    pub fn option(&self, option: OptionId) -> &Choice {
        &self.options[option.index()]
    }

    /// All parties, ascending.
    pub fn party_ids(&self) -> impl DoubleEndedIterator<Item = PartyId> + use<> {
        (0..self.parties.len() as u16).map(PartyId)
    }

    /// All options, ascending.
    pub fn option_ids(&self) -> impl DoubleEndedIterator<Item = OptionId> + use<> {
        (0..self.options.len() as u32).map(OptionId)
    }

    /// `US.relief`.
    pub fn qualified(&self, option: OptionId) -> String {
        let choice = self.option(option);
        format!("{}.{}", self.party(choice.owner).name, choice.name)
    }

    /// How many Y/N positions a state has in the option form.
    pub fn width(&self) -> u64 {
        self.options.iter().map(|o| u64::from(o.width())).sum()
    }

    /// What the negotiation is called, or a stand-in.
    pub fn display_title(&self) -> &str {
        self.title.as_deref().unwrap_or("Untitled negotiation")
    }
}

impl Condition {
    /// A condition that the author did not write.
    pub fn synthetic(expr: crate::expr::Expr, text: impl Into<String>) -> Self {
        Self {
            expr,
            text: text.into(),
            span: Span::default(),
        }
    }
}
