//! The serialisable form of a forecast.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::finding::State;

/// What `forecast` finds. All probabilities are in floating point and follow from the model and from what is
/// assumed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Forecast {
    /// What this is: `detente-forecast/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day from which it looks.
    pub as_of: String,
    /// The last day.
    pub until: String,
    /// What decides the last day: `asked`, `calendar`, `claim` or `usual`.
    pub until_because: String,
    /// How many days lie between them.
    pub days: u32,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// How the numbers were found.
    pub method: MethodEntry,
    /// For each party how it moves when it reconsiders: `improving`, `best` or `wary`.
    pub behaviours: IndexMap<String, String>,
    /// For each party how many days pass between two times that it reconsiders, on average.
    pub paces: IndexMap<String, f64>,
    /// With which probability parties who meet agree on a joint step that there is.
    pub meeting: f64,
    /// What is assumed, in sentences.
    pub assumptions: Vec<String>,
    /// The dates of the answers, ascending.
    pub dates: Vec<String>,
    /// What was asked about.
    pub targets: Vec<TargetEntry>,
    /// The events ahead that make a difference, by last day.
    pub events: Vec<EventEntry>,
    /// What each party's pace changes; empty when it was not asked for.
    pub pace_changes: Vec<PaceEntry>,
    /// The most frequent sequences of states among the histories that were drawn, most frequent first.
    pub paths: Vec<PathEntry>,
    /// How many histories were drawn for them.
    pub paths_of: u64,
    /// How often the like came true elsewhere, beside what the model says.
    pub references: Vec<ReferenceEntry>,
    /// The comparison of both engines; `null` unless it was asked for.
    pub check: Option<CheckEntry>,
    /// The states that are referred to, in their order.
    pub states: Vec<State>,
    /// Why the computation stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// How the numbers were found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MethodEntry {
    /// `exact` or `sampled`.
    pub kind: String,
    /// How many things about preferences are in doubt.
    pub doubts: usize,
    /// The distinct games that come of them; `null` when histories were drawn.
    pub games: Option<usize>,
    /// How many situations were told apart in one game; `null` when histories were drawn.
    pub situations: Option<usize>,
    /// By how much an exact probability may be off at most; `null` when histories were drawn.
    pub bound: Option<f64>,
    /// How many histories were drawn; `null` when the numbers are exact.
    pub replicates: Option<u64>,
    /// Where the random numbers started; `null` when the numbers are exact.
    pub seed: Option<u64>,
    /// Why the exact engine was not used; `null` when it was, or when drawing was asked for.
    pub because: Option<String>,
}

/// A probability.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProbabilityEntry {
    /// It, rounded to nine digits after the point.
    pub value: f64,
    /// The standard error of an estimate; `null` when it is exact.
    pub standard_error: Option<f64>,
    /// The word for it by ICD 203.
    pub word: String,
}

/// A target.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TargetEntry {
    /// Its name.
    pub name: String,
    /// `class` for the states of which a class is the headline, `target` for what was named.
    pub kind: String,
    /// How many states it has.
    pub states: usize,
    /// For each date the probability to be in it at the end of that day.
    pub at: Vec<ProbabilityEntry>,
    /// For each date the probability to have been in it by the end of that day.
    pub reached: Vec<ProbabilityEntry>,
    /// The first passage.
    pub passage: PassageEntry,
}

/// When a target is first reached.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PassageEntry {
    /// The probability that it is not reached within the time.
    pub never: ProbabilityEntry,
    /// The mean number of days until it is first reached, among histories that reach it within the time; `null`
    /// when none does.
    pub mean_days: Option<f64>,
    /// The days by which a quarter, half and three quarters of these have reached it.
    pub quartiles: Option<[String; 3]>,
}

/// By how much a probability on the last day changes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ChangeEntry {
    /// By so much, from -1 to 1.
    pub by: f64,
    /// Its standard error, by common random numbers; `null` when it is exact.
    pub standard_error: Option<f64>,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EventEntry {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// What it is called.
    pub title: String,
    /// When it is.
    pub when: String,
    /// The probability that it takes place within the time.
    pub takes_place: ProbabilityEntry,
    /// What came of its parts, with the expected number of times: `set` something was set or a default took effect,
    /// `refused` what was to be set is not feasible, `not_agreed` a joint step was possible and not agreed on,
    /// `joint` it was taken, `drafted` it was agreed on and is for another track to settle, `lapsed` it was agreed on
    /// and there is no such track, `taken` a draft was settled, `void` a draft was no joint improvement any more.
    pub happened: IndexMap<String, f64>,
    /// For each target by how much the event changes its probability on the last day; empty when it was not asked
    /// for.
    pub changes: IndexMap<String, ChangeEntry>,
}

/// What a party's pace changes on the last day.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PaceEntry {
    /// The party.
    pub party: String,
    /// For each target, when it reconsiders half as often.
    pub slower: IndexMap<String, ChangeEntry>,
    /// For each target, when it reconsiders twice as often.
    pub faster: IndexMap<String, ChangeEntry>,
}

/// A sequence of states.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PathEntry {
    /// How often it is gone, among the histories that were drawn.
    pub share: ProbabilityEntry,
    /// Its steps; empty when the negotiation stays where it is.
    pub legs: Vec<LegEntry>,
    /// Whether it goes on after these.
    pub longer: bool,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LegEntry {
    /// The party that moves by itself; `null` when an event leads there.
    pub party: Option<String>,
    /// The event that leads there, by what it sets or by a joint step; `null` when a party moves by itself.
    pub event: Option<String>,
    /// The state that is left.
    pub from: u32,
    /// The state that is reached.
    pub to: u32,
}

/// How often the like came true elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ReferenceEntry {
    /// The reference class.
    pub name: String,
    /// Of what it consists.
    pub title: Option<String>,
    /// The least that its frequency can be.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// The classes of outcomes that are compared with it, together.
    pub classes: Vec<String>,
    /// What the model says of these on the last day.
    pub model: ProbabilityEntry,
}

/// How the two engines compare.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CheckEntry {
    /// How many probabilities were compared.
    pub numbers: usize,
    /// How many histories were drawn.
    pub replicates: u64,
    /// The largest difference.
    pub difference: f64,
    /// The largest difference in standard errors.
    pub standard_errors: f64,
}
