//! What holds when preferences are in doubt.
//!
//! A [`Family`] holds all completions of what the text leaves open: which statements hold, which of two
//! comes first, which candidate is a party's order, which value a weight has. [`doubt`] judges them all
//! where their different orders can be listed and combined within the limit, and says exactly in how
//! many completions, and with which probability, each state is an equilibrium and each class holds one;
//! otherwise it draws completions at random and says how far off its estimates may be. For every target
//! it also finds which doubt is worth resolving first ([`Question`]), and the fewest doubts on which the
//! verdict hangs ([`Witness`]). [`relations`] makes of the same family what the analyses of unknown, fuzzy
//! and probabilistic preferences start from.

mod count;
mod family;
mod information;
mod judge;
mod orders;
mod panel;
pub mod places;
mod ratio;
pub mod relations;
mod share;
mod witness;
mod worlds;

use num_bigint::BigUint;

pub use family::{About, Answer, Doubt, Family, Possible, Says, in_doubt};
pub use information::{Question, Questions, Told};
pub use judge::doubt;
pub use orders::{Listed, Order};
pub use ratio::Ratio;
pub use share::{Chance, Share};
pub use witness::Witness;

use crate::stability::Refusal;
use crate::{Concept, Settings, StateId, Stop};
use detente_model::PartyId;

/// Of how many draws, at most, it is remembered which target holds in which. What an answer would tell, and
/// on which doubt a verdict hangs, is taken from these first ones, so that memory does not grow with the
/// number of draws.
pub const MOST_TOLD: u64 = 1 << 22;

/// How many combinations of orders are judged at most, unless the request says otherwise.
pub const MOST_PROFILES: u64 = 10_000_000;
/// How many completions of one party are gone through at most to list its orders.
pub const MOST_COMPLETIONS: u64 = 1 << 16;
/// How many completions are drawn, unless the request says otherwise.
pub const SAMPLES: u64 = 100_000;

/// What is asked whether it is an equilibrium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// At least one state of this class, as a place among the model's classes.
    Class(usize),
    /// This state.
    State(StateId),
}

/// Which completions are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// All of them if there are not too many, else some that are drawn.
    #[default]
    Auto,
    /// All of them, or none.
    Counted,
    /// Some that are drawn.
    Sampled,
}

/// What is asked about a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The concepts by which everybody is judged, each in turn.
    pub concepts: Vec<Concept>,
    /// For each party the concept by which targets are judged.
    pub judges: Vec<Concept>,
    /// The rules of stability.
    pub settings: Settings,
    /// What is asked about in particular; `None` for every class or, when there are none, for every state
    /// that is an equilibrium in some completions only.
    pub targets: Option<Vec<Target>>,
    /// Which completions are judged.
    pub method: Method,
    /// How many combinations of orders are judged at most when all are.
    pub max_profiles: u64,
    /// How many completions are drawn.
    pub samples: u64,
    /// Where the random numbers start.
    pub seed: u64,
}

impl Request {
    /// The five usual concepts; targets under this one.
    pub fn usual(parties: usize, concept: Concept) -> Self {
        Self {
            concepts: crate::bulk::CONCEPTS.to_vec(),
            judges: vec![concept; parties],
            settings: Settings::default(),
            targets: None,
            method: Method::Auto,
            max_profiles: MOST_PROFILES,
            samples: SAMPLES,
            seed: 1,
        }
    }
}

/// Why completions were drawn instead of counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It was asked for.
    Asked,
    /// There are more combinations of orders than the limit.
    TooMany,
    /// The orders of this party are not listed: it has too many completions, or several weights in doubt.
    Unlisted(PartyId),
}

/// How the numbers were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// All completions were judged: so many, which come to so many different combinations of orders.
    Counted {
        /// The completions.
        completions: BigUint,
        /// The combinations of different orders.
        profiles: u64,
    },
    /// Completions were drawn independently of each other.
    Sampled {
        /// How many.
        samples: u64,
        /// Where the random numbers started.
        seed: u64,
        /// Why.
        because: Because,
    },
}

/// What is found under one concept, or under one for each party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The concept; `None` when the parties are judged by different ones.
    pub concept: Option<Concept>,
    /// For each state how often it is an equilibrium.
    pub states: Vec<Share>,
    /// For each class how often at least one of its states is.
    pub classes: Vec<Share>,
    /// How often there is an equilibrium at all.
    pub any: Share,
}

/// What is found about one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// The target.
    pub target: Target,
    /// How often it is an equilibrium.
    pub share: Share,
    /// What each doubt would tell about it.
    pub questions: Questions,
    /// On which doubts it hangs; `None` when the verdict is the same in all completions that were judged.
    pub witness: Option<Witness>,
}

/// Everything that is found about a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubts {
    /// How.
    pub found: Found,
    /// Under each concept of the request, and last under the parties' own when they differ.
    pub rows: Vec<Row>,
    /// The row by which targets are judged.
    pub main: usize,
    /// The targets, in order.
    pub aims: Vec<Aim>,
    /// For each state that is an equilibrium in some completions only, on which doubts that hangs. Empty
    /// when there are too many states and completions to remember.
    pub hinges: Vec<(StateId, Witness)>,
}

/// Why a family was not judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unjudged {
    /// A concept does not apply.
    Refused(Refusal),
    /// All completions were to be counted, but they cannot be, for this reason.
    NotCounted(Because),
    /// The budget was too small, or the user asked to stop.
    Stopped(Stop),
}

impl From<Refusal> for Unjudged {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
