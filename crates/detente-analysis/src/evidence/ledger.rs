//! Every element of a negotiation that can carry citations, with the sources behind it.

use std::collections::BTreeMap;

use detente_model::Model;
use detente_model::syntax::ast::{Citation, Document, Place, citation};
use schemars::JsonSchema;
use serde::Serialize;

use super::walk;

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A party.
    Party,
    /// A person who acts for a party.
    Agent,
    /// How often a party reconsiders its moves.
    Pace,
    /// An option.
    Option,
    /// A line of what a party wants.
    Preference,
    /// One of several orders of a party.
    Candidate,
    /// An attitude of a party.
    Attitude,
    /// What packages are worth.
    Worth,
    /// Who must ratify.
    Ratifier,
    /// What cannot be together.
    Rule,
    /// What follows of itself.
    Consequence,
    /// A prohibited transition.
    Prohibition,
    /// A state with a name.
    State,
    /// A class of outcomes.
    Class,
    /// A term.
    Term,
    /// What somebody takes words to mean.
    Reading,
    /// Who knows whose reading.
    Communication,
    /// An issue.
    Issue,
    /// A package with a name.
    Package,
    /// An offer that was accepted or rejected.
    Fact,
    /// What an agreement makes of an option.
    Agreed,
    /// How a party sees the negotiation.
    View,
    /// A change in a view, a variant or an event.
    Change,
    /// A level at which parties talk.
    Track,
    /// An event of the calendar.
    Event,
    /// What a source says of an event.
    Value,
    /// What a party has bound itself to.
    Commitment,
    /// Words of a source.
    Wording,
    /// What somebody says was, is or will be.
    Claim,
    /// What came of a claim.
    Outcome,
    /// How often the like came true.
    Reference,
}

impl Kind {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Agent => "agent",
            Self::Pace => "pace",
            Self::Option => "option",
            Self::Preference => "preference",
            Self::Candidate => "candidate",
            Self::Attitude => "attitude",
            Self::Worth => "worth",
            Self::Ratifier => "ratifier",
            Self::Rule => "rule",
            Self::Consequence => "consequence",
            Self::Prohibition => "prohibition",
            Self::State => "state",
            Self::Class => "class",
            Self::Term => "term",
            Self::Reading => "reading",
            Self::Communication => "communication",
            Self::Issue => "issue",
            Self::Package => "package",
            Self::Fact => "fact",
            Self::Agreed => "agreed",
            Self::View => "view",
            Self::Change => "change",
            Self::Track => "track",
            Self::Event => "event",
            Self::Value => "value",
            Self::Commitment => "commitment",
            Self::Wording => "wording",
            Self::Claim => "claim",
            Self::Outcome => "outcome",
            Self::Reference => "reference",
        }
    }

    /// Whether it says something that can be so or not. Parties, options, states, classes, terms, issues,
    /// packages, tracks and candidates only give names to things; without a source they are no assumptions.
    pub const fn asserts(self) -> bool {
        !matches!(
            self,
            Self::Party
                | Self::Option
                | Self::State
                | Self::Class
                | Self::Term
                | Self::Issue
                | Self::Package
                | Self::Track
                | Self::Candidate
                | Self::View
        )
    }
}

/// A citation, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cited {
    /// The source.
    pub source: String,
    /// Where in it.
    pub locator: Option<String>,
    /// The words quoted.
    pub quote: Option<String>,
    /// Where the citation stands in the text of the negotiation.
    #[serde(skip)]
    pub place: Place,
}

impl Cited {
    pub(super) fn of(cite: &Citation) -> Self {
        Self {
            source: cite.source.text.clone(),
            locator: cite.locator.clone(),
            quote: cite.quote.clone(),
            place: cite.place,
        }
    }

    /// As it is written, without brackets.
    pub fn text(&self) -> String {
        citation(&self.source, self.locator.as_deref(), self.quote.as_deref())
    }
}

/// One element of the negotiation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Element {
    /// Its number in the ledger, from 1, in the order of the document.
    pub number: usize,
    /// What it is.
    pub kind: Kind,
    /// What it is called: `statement 4 of US`.
    pub name: String,
    /// What it says, if it says more than its name.
    pub says: Option<String>,
    /// Whether it says something that can be so or not, rather than giving a name.
    pub asserts: bool,
    /// Where it is known from.
    pub cites: Vec<Cited>,
    /// The element around it whose citations it has, as it has none of its own; a number of the ledger.
    pub through: Option<usize>,
    /// The sources cited, each once.
    pub sources: Vec<String>,
    /// Who is behind them: sources that repeat others count as these.
    pub witnesses: Vec<String>,
    /// Whether it asserts something for which there is no source, or none but one of the kind `assumption`.
    pub assumed: bool,
    /// The numbers of the contradictions in which it stands.
    pub conflicts: Vec<usize>,
    /// Where it stands.
    #[serde(skip)]
    pub place: Place,
}

/// A place in the document by which an element is found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    Agent(usize, usize),
    Event(usize),
    Value(usize, usize),
    Commitment(usize),
    Text(usize, usize),
    Quoted(usize, usize),
    CommitmentReading(usize, usize),
    Stated(usize, usize),
    TermReading(usize, usize),
    Claim(usize),
    Worded(usize, usize),
}

/// All elements, and where those stand that are asked for by their place in the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ledger {
    pub(super) elements: Vec<Element>,
    marks: BTreeMap<Mark, usize>,
}

/// What is written into the ledger.
pub(super) struct Entry<'d> {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) says: Option<String>,
    pub(super) cites: &'d [Citation],
    pub(super) place: Place,
}

impl Ledger {
    pub(super) fn of(document: &Document, model: &Model) -> Self {
        let mut ledger = Self::default();
        walk::document(&mut ledger, document);
        ledger.support(model);
        ledger
    }

    /// Adds an element; says its number.
    pub(super) fn add(&mut self, entry: Entry<'_>) -> usize {
        let number = self.elements.len() + 1;
        self.elements.push(Element {
            number,
            kind: entry.kind,
            name: entry.name,
            says: entry.says,
            asserts: entry.kind.asserts(),
            cites: entry.cites.iter().map(Cited::of).collect(),
            through: None,
            sources: Vec::new(),
            witnesses: Vec::new(),
            assumed: false,
            conflicts: Vec::new(),
            place: entry.place,
        });
        number
    }

    /// Adds an element that has the citations of the one around it when it has none.
    pub(super) fn add_within(&mut self, around: usize, entry: Entry<'_>) -> usize {
        let bare = entry.cites.is_empty();
        let number = self.add(entry);
        if bare && let Some(element) = self.elements.get_mut(number - 1) {
            element.through = Some(around);
        }
        number
    }

    pub(super) fn mark(&mut self, mark: Mark, number: usize) {
        self.marks.insert(mark, number);
    }

    /// The number of an element by its place in the document; 0 when there is none.
    pub(super) fn at(&self, mark: Mark) -> usize {
        self.marks.get(&mark).copied().unwrap_or_default()
    }

    /// An element by its number.
    pub(super) fn element(&self, number: usize) -> Option<&Element> {
        self.elements.get(number.checked_sub(1)?)
    }

    pub(super) fn element_mut(&mut self, number: usize) -> Option<&mut Element> {
        self.elements.get_mut(number.checked_sub(1)?)
    }

    /// Fills in sources and witnesses.
    fn support(&mut self, model: &Model) {
        for at in 0..self.elements.len() {
            // An element around is written before what is in it, and so is filled in already.
            let around = self.elements[at].through.and_then(|n| self.element(n));
            let (sources, witnesses) = match around {
                Some(around) => (around.sources.clone(), around.witnesses.clone()),
                None => supporters(&self.elements[at].cites, model),
            };
            if sources.is_empty() {
                self.elements[at].through = None;
            }
            let supposed = |name: &String| {
                let source = model.sources.iter().find(|s| s.name == *name);
                source.is_some_and(|s| s.kind.as_deref() == Some("assumption"))
            };
            self.elements[at].assumed = self.elements[at].asserts && sources.iter().all(supposed);
            self.elements[at].sources = sources;
            self.elements[at].witnesses = witnesses;
        }
    }
}

/// The sources of citations and the witnesses behind them, each once, in the order of the citations.
pub(super) fn supporters(cites: &[Cited], model: &Model) -> (Vec<String>, Vec<String>) {
    let mut sources: Vec<String> = Vec::new();
    let mut witnesses: Vec<String> = Vec::new();
    for cite in cites {
        if !sources.contains(&cite.source) {
            sources.push(cite.source.clone());
        }
        let witness = witness(&cite.source, model);
        if !witnesses.contains(&witness) {
            witnesses.push(witness);
        }
    }
    (sources, witnesses)
}

/// The witness behind a source; a source that is not declared is its own.
pub(super) fn witness(source: &str, model: &Model) -> String {
    let at = model.sources.iter().position(|s| s.name == source);
    let witness = at.and_then(|at| model.sources.get(model.witness(at)));
    witness.map_or(source, |s| s.name.as_str()).to_owned()
}
