//! The serialisable form of what is found of terms and of islands of agreement.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::finding::State;

/// For each concept the equilibria; `null` where the concept does not apply.
pub type Equilibria = IndexMap<String, Option<Vec<u32>>>;

/// What `terms` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Terms {
    /// What this is: `detente-terms/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day whose knowledge the model states.
    pub as_of: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// How many states are feasible.
    pub feasible: usize,
    /// The equilibria when everybody knows everybody's readings.
    pub common: Equilibria,
    /// For each party what it sees, as the file says who knows what; what is unclear counts as not known.
    pub eyes: IndexMap<String, SeenFinding>,
    /// The terms asked for.
    pub terms: Vec<TermFinding>,
    /// Islands of agreement; `null` unless they were asked for.
    pub islands: Option<IslandsFinding>,
    /// The states that are referred to, in their order; all feasible states when there are not very many.
    pub states: Vec<State>,
    /// Why the computation stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// The game in the eyes of one party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SeenFinding {
    /// The equilibria that it sees.
    pub equilibria: Equilibria,
    /// The parties that it takes to rank some pair of states otherwise than they do.
    pub mistaken_about: Vec<String>,
}

/// What is found of one term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TermFinding {
    /// Its name.
    pub name: String,
    /// The words that the negotiation uses.
    pub title: Option<String>,
    /// Where this is known from.
    pub cites: Vec<String>,
    /// Where the words stand, and how.
    pub stated: Vec<StatedFinding>,
    /// Its readings: those of parties in the order of the parties, then the neutral one.
    pub readings: Vec<ReadingFinding>,
    /// What the file says of who knows whose reading.
    pub communicated: Vec<CommunicatedFinding>,
    /// Where it is used.
    pub uses: Vec<UseFinding>,
    /// On how many feasible states the readings part.
    pub parted: usize,
    /// The feasible states by whose reading holds in them.
    pub splits: Vec<SplitFinding>,
    /// How any two readings are related.
    pub pairs: Vec<PairFinding>,
    /// What changes when one party learns how another reads the term.
    pub toggles: Vec<ToggleFinding>,
    /// For each party what it sees when all readings of this term are known to all.
    pub told: IndexMap<String, SeenFinding>,
}

/// Words of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatedFinding {
    /// The source's name.
    pub source: String,
    /// What the source is.
    pub title: Option<String>,
    /// Its words.
    pub quote: String,
}

/// A reading of a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReadingFinding {
    /// Whose; `null` for the neutral one.
    pub reader: Option<String>,
    /// As written.
    pub text: String,
    /// In how many feasible states it holds.
    pub states: usize,
    /// Where this is known from.
    pub cites: Vec<String>,
}

/// Whether a reading is known to another party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CommunicatedFinding {
    /// Whose reading.
    pub by: String,
    /// Who knows it, or does not.
    pub to: String,
    /// `yes`, `no` or `unclear`.
    pub known: String,
    /// Where this is known from.
    pub cites: Vec<String>,
}

/// A place where a term is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UseFinding {
    /// `preference`, `never`, `when`, `no_move` or `class`.
    pub what: String,
    /// Whose preference; `null` for anything else.
    pub party: Option<String>,
    /// Its place among the lines of its sort, from 1.
    pub place: usize,
    /// The formula as written.
    pub text: String,
    /// Whether the formula itself names the term; else it leads to it through other terms and classes.
    pub directly: bool,
}

/// The feasible states in which the same readings hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SplitFinding {
    /// Whose readings hold; `null` stands for the neutral one.
    pub holding: Vec<Option<String>>,
    /// Whether the readings part here: some hold and others do not.
    pub parted: bool,
    /// How many states.
    pub count: usize,
    /// How many of them each class has; a state is counted under the first of its classes, and under the
    /// empty name when it has none.
    pub classes: IndexMap<String, usize>,
    /// The states, in their order.
    pub states: Vec<u32>,
}

/// Two readings compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PairFinding {
    /// Whose the first is; `null` for the neutral one.
    pub first: Option<String>,
    /// Whose the second is.
    pub second: Option<String>,
    /// `equivalent`, `disjoint`, `implies`, `implied_by` or `overlapping`.
    pub relation: String,
    /// The first state in which both hold.
    pub both: Option<u32>,
    /// The first state in which only the first holds.
    pub only_first: Option<u32>,
    /// The first state in which only the second holds.
    pub only_second: Option<u32>,
}

/// What changes when one party learns how another reads a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ToggleFinding {
    /// Whose reading.
    pub by: String,
    /// Who learns it.
    pub to: String,
    /// What the file says of it: `yes`, `no` or `unclear`.
    pub said: String,
    /// Whether it makes a difference to how `to` takes `by` to rank the states.
    pub matters: bool,
    /// The equilibria in the eyes of `to` when it does not know the reading.
    pub without: Equilibria,
    /// The equilibria in the eyes of `to` when it knows it.
    pub with: Equilibria,
}

/// Islands of agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IslandsFinding {
    /// Facts that nobody in the model disputes.
    pub agreed: Vec<FactFinding>,
    /// Facts on which the parties part.
    pub contested: Vec<FactFinding>,
    /// What two or more parties want.
    pub shared: Vec<SharedFinding>,
    /// What one party wants and another wants not.
    pub opposed: Vec<OpposedFinding>,
    /// How many pairs of states parties rank in the same direction: all parties first, then, if there are
    /// more than two, each two of them.
    pub directions: Vec<DirectionFinding>,
}

/// A fact, agreed or contested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FactFinding {
    /// Agreed: `never`, `when`, `no_move`, `stated`, `term`, `known` or `options`. Contested: `reading` or
    /// `unclear`.
    pub kind: String,
    /// What it says.
    pub text: String,
    /// Why, in the author's words.
    pub because: Option<String>,
    /// In how many feasible states two readings part; `null` for anything else.
    pub states: Option<usize>,
    /// The first of these states.
    pub example: Option<u32>,
    /// Where this is known from.
    pub cites: Vec<String>,
}

/// A statement of a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WishFinding {
    /// The party.
    pub party: String,
    /// Its place in the list, 1 for the most important.
    pub place: usize,
    /// As written.
    pub text: String,
    /// Where this is known from.
    pub cites: Vec<String>,
}

/// What two or more parties want: statements that hold in the same feasible states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SharedFinding {
    /// The statements.
    pub wishes: Vec<WishFinding>,
    /// In how many feasible states it holds.
    pub states: usize,
}

/// What one party wants and another wants not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpposedFinding {
    /// The statements that want it.
    pub wanted: Vec<WishFinding>,
    /// The statements that want its contrary.
    pub unwanted: Vec<WishFinding>,
    /// In how many feasible states it holds.
    pub states: usize,
}

/// How many pairs of states parties rank in the same direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DirectionFinding {
    /// The parties.
    pub parties: Vec<String>,
    /// Pairs of different states, as a decimal number; `null` when they were not counted.
    pub pairs: Option<String>,
    /// Those of which all of the parties strictly prefer the same state.
    pub same: Option<String>,
    /// Those of which some of the parties strictly prefers the one, and some the other.
    pub opposite: Option<String>,
    /// Why they were not counted.
    pub stopped: Option<String>,
}
