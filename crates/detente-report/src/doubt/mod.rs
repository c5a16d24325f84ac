//! What holds when preferences are in doubt, as serialisable values and as text.

mod build;
mod pairs;
mod text;
mod words;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

pub use build::{Asked, finding};
pub(crate) use pairs::unknown_pairs;
pub use pairs::{PairsAsked, pairs, pairs_text};
pub use text::text;
pub(crate) use words::rounded;

use crate::finding::{Settings, State};

/// What `doubt` finds by completions.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Doubt {
    /// What this is: `detente-doubt/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made before, in order.
    pub variants: Vec<String>,
    /// The rules by which stability was judged; targets under the main concept.
    pub settings: Settings,
    /// How the numbers were found.
    pub method: Method,
    /// What is in doubt, party by party.
    pub doubts: Vec<DoubtEntry>,
    /// What is assumed where the text does not say.
    pub assumptions: Vec<String>,
    /// Under each concept how often what is an equilibrium.
    pub concepts: Vec<ConceptShares>,
    /// What was asked about in particular.
    pub targets: Vec<TargetEntry>,
    /// For each state that is an equilibrium under the main concept in some completions only, on which
    /// doubts that hangs.
    pub hinges: Vec<Hinge>,
    /// The states that are an equilibrium under some concept in some completion, in their order.
    pub states: Vec<State>,
    /// Why the computation stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// How the numbers were found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Method {
    /// `counted`: all completions were judged, and all numbers are exact. `sampled`: completions were drawn,
    /// and probabilities are estimates.
    pub kind: String,
    /// How many completions there are, as a decimal number; `null` when they were drawn.
    pub completions: Option<String>,
    /// How many different combinations of orders they come to; `null` when they were drawn.
    pub profiles: Option<u64>,
    /// How many completions were drawn; `null` when all were counted.
    pub samples: Option<u64>,
    /// Where the random numbers started; `null` when all were counted.
    pub seed: Option<u64>,
    /// Why completions were drawn; `null` when all were counted.
    pub because: Option<String>,
}

/// Something in doubt.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DoubtEntry {
    /// Whose preferences.
    pub party: String,
    /// `statement`, `order`, `candidates` or `weight`.
    pub kind: String,
    /// It in words.
    pub says: String,
    /// Its answers.
    pub answers: Vec<AnswerEntry>,
    /// The answer of the basic reading, as a place among the answers.
    pub basic: usize,
    /// Whether the text gives no probabilities, so that they are assumed.
    pub assumed: bool,
}

/// An answer to a doubt.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AnswerEntry {
    /// It in words.
    pub says: String,
    /// Its probability.
    pub probability: Probability,
}

/// A probability.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Probability {
    /// It exactly, as a fraction in lowest terms such as `27/50`; `null` for an estimate.
    pub exact: Option<String>,
    /// It, or the estimate, rounded to nine digits after the point.
    pub value: f64,
    /// The standard error of an estimate; `null` when it is exact.
    pub standard_error: Option<f64>,
    /// The bounds of an estimate with a confidence of 95 %; `null` when it is exact.
    pub interval: Option<[f64; 2]>,
}

/// How often something is an equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ShareEntry {
    /// In how many completions, as a decimal number; `null` when they were drawn.
    pub completions: Option<String>,
    /// With which probability.
    pub probability: Probability,
    /// Whether in every completion that was judged.
    pub always: bool,
    /// Whether in none.
    pub never: bool,
}

/// What is found under one concept.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ConceptShares {
    /// The concept; `null` when parties are judged by different ones.
    pub concept: Option<String>,
    /// How often there is an equilibrium at all.
    pub any: ShareEntry,
    /// For each class how often at least one of its states is an equilibrium.
    pub classes: IndexMap<String, ShareEntry>,
    /// The states that are an equilibrium in every completion.
    pub always: Vec<u32>,
    /// How often other states are an equilibrium; those that never are one are left out.
    pub sometimes: Vec<StateShare>,
}

/// How often a state is an equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StateShare {
    /// The state.
    pub state: u32,
    /// How often.
    pub share: ShareEntry,
}

/// A class or state that was asked about.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TargetEntry {
    /// Its name: a class, or what the state is.
    pub name: String,
    /// `class` or `state`.
    pub kind: String,
    /// How often it is an equilibrium under the main concept.
    pub share: ShareEntry,
    /// What the answer to each doubt would tell, most first.
    pub questions: Vec<QuestionEntry>,
    /// Pairs of doubts that tell something together, when no doubt does by itself.
    pub pairs: Vec<QuestionEntry>,
    /// On which doubts it hangs; `null` when it is the same in all completions, or was not found.
    pub witness: Option<WitnessEntry>,
}

/// What one or two answers would tell about a target.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct QuestionEntry {
    /// The doubts, as places in `doubts`.
    pub doubts: Vec<usize>,
    /// How many bits of uncertainty the answers take away on average.
    pub bits: f64,
    /// By how much they reduce the variance of the target on average.
    pub variance: f64,
    /// Whether they tell anything; of an estimate, more than chance would.
    pub telling: bool,
    /// What each answer would mean.
    pub told: Vec<ToldEntry>,
}

/// What an answer would mean.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ToldEntry {
    /// The answers, as places among those of the doubts.
    pub answers: Vec<usize>,
    /// How probable they are.
    pub probability: Probability,
    /// How probable the target is then.
    pub target: Probability,
}

/// Two completions that differ in one doubt alone and give different verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WitnessEntry {
    /// Whether it is an equilibrium in the basic reading.
    pub basic: bool,
    /// The answers that change that together, as places of the doubt and of the answer.
    pub changed: Vec<[usize; 2]>,
    /// Whether fewer changes never do.
    pub fewest: bool,
    /// The answers to all doubts in a completion in which it is an equilibrium.
    pub holds: Vec<usize>,
    /// The answers to all doubts in one in which it is not.
    pub fails: Vec<usize>,
}

/// On which doubts it hangs whether a state is an equilibrium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Hinge {
    /// The state.
    pub state: u32,
    /// The doubts.
    pub witness: WitnessEntry,
}

/// What `doubt` finds by pairs of states: `--by unknown`, `fuzzy` or `probabilistic`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DoubtPairs {
    /// What this is: `detente-doubt-pairs/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made before, in order.
    pub variants: Vec<String>,
    /// `unknown`, `fuzzy` or `probabilistic`.
    pub by: String,
    /// What each party acts on: thresholds, or the probabilities alpha, beta and gamma, in millionths.
    pub limits: IndexMap<String, u32>,
    /// Whether all probabilities are exact, up to a millionth; otherwise some were found by drawing.
    pub exact: bool,
    /// For each party the pairs of states of which it is not known whether the first is preferred; only
    /// by `unknown`.
    pub unknown_pairs: IndexMap<String, usize>,
    /// What is assumed where the text does not say.
    pub assumptions: Vec<String>,
    /// The tables: one for each concept, by `unknown` one for each extension and concept.
    pub tables: Vec<PairsTable>,
    /// The states that are an equilibrium in some table, in their order.
    pub states: Vec<State>,
}

/// The equilibria of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PairsTable {
    /// `a`, `b`, `c` or `d`; `null` except by `unknown`.
    pub extension: Option<String>,
    /// The concept.
    pub concept: String,
    /// The states that are stable for every party.
    pub equilibria: Vec<u32>,
}
