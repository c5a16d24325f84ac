//! What follows when parties read one word in their own ways.
//!
//! A term has one reading for each party and may have a neutral one ([`detente_model::term`]). For each
//! term there is said
//!
//! - on which feasible states the readings part ([`Split`]), and how any two of them are related
//!   ([`Pair`]), with a state as witness for each case that occurs;
//! - which lines of what the parties want turn on it;
//! - what changes when one party learns how another reads it ([`Toggle`]): the equilibria in its eyes
//!   with and without that knowledge.
//!
//! A party sees the others' preferences through its own reading wherever it does not know theirs
//! ([`detente_model::term::seen_by`]); options, rules and moves are the same for all. What everybody then
//! agrees on, and what not, is the matter of [`islands()`].

mod eyes;
pub mod islands;
mod readings;

use detente_model::PartyId;
use detente_model::syntax::Diagnostic;
use detente_model::syntax::ast::{Communicated, Document};

pub use islands::{Islands, islands};
pub(crate) use readings::holding;
pub use readings::{Compared, Pair, Relation, Sense, Split, compare};

use crate::concept::{Concept, Settings};
use crate::{Budget, Game, Outcome, StateSet, Stop};
use eyes::Eyes;

/// Whose reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reader {
    /// A party that has a reading of its own.
    Party(PartyId),
    /// The analyst, and the parties without a reading of their own.
    Neutral,
}

/// What to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Which terms, as places in the model's terms.
    pub terms: Vec<usize>,
    /// By which concepts equilibria are judged.
    pub concepts: Vec<Concept>,
    /// The rules on which published tools differ.
    pub settings: Settings,
}

/// For each concept of the request the equilibria; `None` where the concept does not apply.
pub type Equilibria = Vec<Option<StateSet>>;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The terms asked for, in order.
    pub terms: Vec<TermFound>,
    /// The equilibria when everybody knows everybody's readings.
    pub common: Equilibria,
    /// What each party sees, as the file says who knows what. What is unclear counts as not known.
    pub eyes: Vec<Seen>,
}

/// The game in the eyes of one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The party.
    pub party: PartyId,
    /// The equilibria that it sees.
    pub equilibria: Equilibria,
    /// The parties that it takes to rank some pair of states otherwise than they do.
    pub mistaken_about: Vec<PartyId>,
}

/// What was found of one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermFound {
    /// The term, as a place in the model's terms.
    pub term: usize,
    /// Its readings: those of parties in the order of the parties, then the neutral one.
    pub senses: Vec<Sense>,
    /// The feasible states by whose reading holds in them: those of all readings first, those of none
    /// last.
    pub splits: Vec<Split>,
    /// How any two readings are related, in the order of `senses`.
    pub pairs: Vec<Pair>,
    /// What changes when one party learns how another reads the term: for each party whose preferences turn
    /// on the term, and each other party to which the term means something.
    pub toggles: Vec<Toggle>,
    /// What each party sees when all readings of this term are known to all; of the other terms, as the
    /// file says.
    pub told: Vec<Seen>,
}

impl TermFound {
    /// Whether some readings part on a feasible state.
    pub fn parts(&self) -> bool {
        self.splits.iter().any(|s| s.parts(self.senses.len()))
    }

    /// How many feasible states the readings part on.
    pub fn parted(&self) -> usize {
        let parted = self.splits.iter().filter(|s| s.parts(self.senses.len()));
        parted.map(|s| s.states.len()).sum()
    }
}

/// What changes when one party learns how another reads a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toggle {
    /// Whose reading.
    pub by: PartyId,
    /// Who learns it, or does not know it.
    pub to: PartyId,
    /// What the file says of it.
    pub said: Communicated,
    /// The equilibria in the eyes of `to` when it does not know the reading.
    pub without: Equilibria,
    /// The equilibria in the eyes of `to` when it knows it.
    pub with: Equilibria,
    /// Whether it makes a difference to how `to` takes `by` to rank the states.
    pub matters: bool,
}

/// Why nothing was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed {
    /// What a party sees is no game: for instance a ranking that leaves states out in its eyes.
    Problems(Vec<Diagnostic>),
    /// The budget ended.
    Stopped(Stop),
}

impl From<Stop> for Failed {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

/// Finds what the readings of terms lead to. `document` is what the game was made from, with the changes of
/// its variants made. When the budget ends first, the terms that were finished are returned with the
/// reason.
///
/// # Errors
///
/// When the game in the eyes of a party cannot be made, with the reasons.
pub fn terms(
    document: &Document,
    game: &Game<'_>,
    request: &Request,
    budget: &Budget,
) -> Result<Outcome<Terms>, Vec<Diagnostic>> {
    let mut found = Terms {
        terms: Vec::new(),
        common: Vec::new(),
        eyes: Vec::new(),
    };
    match fill(&mut found, document, game, request, budget) {
        Ok(()) => Ok(Outcome::Complete(found)),
        Err(Failed::Stopped(stop)) => Ok(Outcome::Stopped(found, stop)),
        Err(Failed::Problems(problems)) => Err(problems),
    }
}

fn fill(
    found: &mut Terms,
    document: &Document,
    game: &Game<'_>,
    request: &Request,
    budget: &Budget,
) -> Result<(), Failed> {
    let mut eyes = Eyes::new(document, game, request, budget);
    found.common = eyes.common()?;
    found.eyes = eyes.all(document)?;
    for (done, &term) in request.terms.iter().enumerate() {
        budget.report("terms", done as u64, request.terms.len() as u64);
        if term >= game.model.terms.len() {
            continue;
        }
        let senses = readings::senses(game, term);
        found.terms.push(TermFound {
            term,
            splits: readings::splits(game, &senses),
            pairs: readings::pairs(&senses),
            toggles: eyes.toggles(term)?,
            told: eyes.told(term)?,
            senses,
        });
    }
    Ok(())
}
