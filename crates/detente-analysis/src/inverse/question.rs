//! Inverse questions and their answers.

use detente_model::{OptionId, PartyId};

use super::change::{Plan, PreferenceChange, Structural};
use crate::concept::Concept;
use crate::{StateId, Stop};

/// What is wanted of the equilibria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// At least one of these states is an equilibrium. A single state: that one is.
    Some(Vec<StateId>),
    /// None of these states is an equilibrium.
    None(Vec<StateId>),
}

/// By what stability is judged: one concept per party, in order.
pub type Judgement = Vec<Concept>;

/// In which way a wanted state has to be reachable from the status quo, after the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reachable {
    /// By any moves.
    Moves,
    /// By unilateral improvements.
    Improvements,
    /// By unilateral improvements and joint improvements of coalitions.
    Joint,
}

/// Which changes may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permitted {
    /// How the preferences of each party may change, in order of the parties.
    pub preferences: Vec<PreferenceChange>,
    /// The changes of moves that may be made. At most one direction per option is chosen, and one link.
    pub structure: Vec<Structural>,
}

/// An inverse question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is wanted, all of it at once.
    pub wants: Vec<Want>,
    /// By what stability is judged; with several, a wanted state is an equilibrium of each, and an
    /// unwanted one of none.
    pub judgements: Vec<Judgement>,
    /// In which way each wanted equilibrium has to be reachable from the status quo, if at all.
    pub reachable: Option<Reachable>,
    /// Which changes may be made.
    pub permitted: Permitted,
    /// How many plans are listed at most.
    pub most_plans: usize,
    /// Plans that are dearer than the cheapest are listed too, up to this price. No listed plan
    /// contains all changes of another.
    pub up_to: Option<u64>,
}

/// A fact that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// One of the wants, by its place in the question.
    Wanted(usize),
    /// A party whose preferences are fixed prefers one state to another, and so for all states that
    /// are tied with either.
    Prefers {
        /// The party.
        party: PartyId,
        /// What it prefers ...
        better: StateId,
        /// ... to this.
        worse: StateId,
    },
    /// A statement that may not be edited.
    Statement {
        /// Whose.
        party: PartyId,
        /// Its place in the model.
        statement: usize,
    },
    /// The order of a party's statements, which may not be changed.
    Order {
        /// Whose.
        party: PartyId,
    },
    /// An option that can be moved in one direction only.
    OneWay {
        /// The option.
        option: OptionId,
    },
}

impl Fact {
    /// Where the fact stands in a list: wants first, then by party.
    pub(super) fn place(&self) -> (u8, u32, usize, usize) {
        match self {
            Self::Wanted(want) => (0, 0, *want, 0),
            Self::Prefers {
                party,
                better,
                worse,
            } => (1, u32::from(party.0), better.index(), worse.index()),
            Self::Statement { party, statement } => (2, u32::from(party.0), *statement, 0),
            Self::Order { party } => (3, u32::from(party.0), 0, 0),
            Self::OneWay { option } => (4, option.0, 0, 0),
        }
    }
}

/// The answer to an inverse question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The plans, cheapest first. A single plan without changes when everything is so already.
    pub plans: Vec<Plan>,
    /// No plan costs less than this. When the search stopped early the cheapest plan may be dearer;
    /// the difference is the gap.
    pub least: u64,
    /// Whether the plans are all of those asked for; otherwise there may be more.
    pub all: bool,
    /// When no permitted change does it: facts that forbid it together, each of which is needed.
    pub forbidden: Option<Vec<Fact>>,
    /// Whether no smaller set of facts forbids it.
    pub smallest: bool,
    /// How many candidates were examined.
    pub candidates: u64,
}

/// Why an inverse question cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsuited {
    /// The concept has no inverse here.
    #[error("the inverse question is answered for nash, gmr, smr, seq, sseq and best_response_seq")]
    Concept(Concept),
    /// The question does not fit the game.
    #[error("{0}")]
    Question(&'static str),
    /// The budget ended before anything was found.
    #[error(transparent)]
    Stopped(#[from] Stop),
    /// The solver failed.
    #[error("the solver failed: {0}")]
    Solver(String),
    /// A plan did not pass the analysis that follows every search.
    #[error("a plan failed when it was carried out and analysed again; please report this")]
    Failed,
}
