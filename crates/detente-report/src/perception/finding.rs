//! The serialisable form of what parties perceive.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::finding::Step;

/// What `perceive` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Perception {
    /// What this is: `detente-perception/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// `hypergame`, or `moves-deleted` for the rule of GMCR+.
    pub semantics: String,
    /// For each party the concept by which it judges in the true game.
    pub concepts: IndexMap<String, String>,
    /// How many states the true game has.
    pub feasible: usize,
    /// The status quo.
    pub status_quo: Option<u32>,
    /// The equilibria of the true game.
    pub truth: Vec<u32>,
    /// What each party sees and expects, in order.
    pub parties: Vec<Viewer>,
    /// What holds: the equilibria of the hypergame, and how each stands.
    pub hypergame: Vec<Standing>,
    /// The equilibria under `moves-deleted`.
    pub moves_deleted: Vec<u32>,
    /// For each usual concept, judged by all parties, what holds.
    pub by_concept: IndexMap<String, ByConcept>,
    /// Where expectations fail, by viewer and state.
    pub surprises: Vec<SurpriseFinding>,
    /// Sanctions that a party counts on and that are none.
    pub empty_sanctions: Vec<EmptySanctionFinding>,
    /// What follows when one belief is corrected, and when the view of a party is, in the order of the text.
    pub corrections: Vec<CorrectionFinding>,
    /// What would have to be true for an expectation to hold.
    pub wishes: Vec<WishFinding>,
    /// Why that was not sought; `null` when it was.
    pub wishes_refused: Option<String>,
    /// The states that are referred to, in their order.
    pub states: Vec<SeenState>,
    /// Why the computation stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// What one party sees and expects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Viewer {
    /// The party.
    pub name: String,
    /// Whether it sees another game than the true one.
    pub mistaken: bool,
    /// The parties of whom it thinks that they see something else than it sees itself.
    pub minded: Vec<String>,
    /// How many states its game has.
    pub states: usize,
    /// States of the true game that it does not see; the first of them when there are very many.
    pub unseen: Vec<u32>,
    /// How many states of the true game it does not see.
    pub unseen_count: usize,
    /// How many states of its game do not exist.
    pub unreal_count: usize,
    /// Options of the true game that are never above their first level in its game, but in the true one.
    pub hidden: Vec<String>,
    /// Options that exist in its game only.
    pub invented: Vec<String>,
    /// The equilibria of its game.
    pub equilibria: Vec<u32>,
    /// The states that it expects to hold; the same at the first level.
    pub expected: Vec<u32>,
    /// For each party, how far what it is believed to want is from what it wants.
    pub distances: IndexMap<String, DistanceFinding>,
}

/// How far a believed ranking is from the true one, over the states that both games have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DistanceFinding {
    /// Pairs of states in opposite order; without ties, the least number of swaps of neighbours.
    pub opposite: u64,
    /// Pairs of states that are tied in one ranking only.
    pub tied_in_one: u64,
}

/// An equilibrium of the hypergame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Standing {
    /// The state.
    pub state: u32,
    /// The parties that expect it to hold.
    pub expected_by: Vec<String>,
    /// Whether every party does; else it is unsteady.
    pub steady: bool,
    /// Whether somebody is mistaken, and everybody who is expects it.
    pub stealthy: bool,
}

/// What holds by one concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ByConcept {
    /// In the true game.
    pub truth: Vec<u32>,
    /// What each party expects.
    pub expected: IndexMap<String, Vec<u32>>,
    /// In the hypergame.
    pub hypergame: Vec<u32>,
}

/// A move, with what is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Departure {
    /// The state that is reached.
    pub to: u32,
    /// What the party does: `withdraws relief`.
    pub says: String,
}

/// A place where an expectation fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SurpriseFinding {
    /// Who is surprised.
    pub viewer: String,
    /// By whom.
    pub by: String,
    /// Where.
    pub state: u32,
    /// `leaves` when it was expected to stay, `stays` when it was expected to leave, `otherwise` when it
    /// moves elsewhere, `unaware` when it does not think of the state.
    pub kind: String,
    /// The moves that were expected; none when it was expected to stay.
    pub expected: Vec<Departure>,
    /// The moves that it makes by its own lights; none when it stays or does not think of the state.
    pub happens: Vec<Departure>,
}

/// A sanction that deters a party and that nobody would carry out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EmptySanctionFinding {
    /// Who stays for fear of it.
    pub viewer: String,
    /// Where.
    pub state: u32,
    /// The improvement that is not made.
    pub improvement: Departure,
    /// The moves that are feared.
    pub steps: Vec<Step>,
    /// The first of them that its mover would not make, counted from 0; `null` when all would be made.
    pub unwilling: Option<usize>,
    /// `unseen` when that mover does not think of the states, `no_move` when it has no such move, `no_gain`
    /// when it would gain nothing.
    pub why: Option<String>,
}

/// One belief corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CorrectionFinding {
    /// In whose eyes, outermost first.
    pub eyes: Vec<String>,
    /// The belief, in the language; `null` for a reading that is told, and for everything that the party
    /// is wrong about together.
    pub belief: Option<String>,
    /// The reading of a term that the party does not know, and that is told to it.
    pub reading: Option<UnknownReading>,
    /// What holds then; `null` when what is left of the view makes no sense without the belief.
    pub result: Option<CorrectedFinding>,
}

/// A reading of a term that a party does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnknownReading {
    /// The term.
    pub term: String,
    /// Whose reading it is.
    pub by: String,
    /// What it means to that party.
    pub meant: String,
    /// What the party that does not know it hears: its own meaning.
    pub heard: String,
    /// Whether it is unclear whether it is known; else it is not.
    pub unclear: bool,
}

/// What holds after a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CorrectedFinding {
    /// Whether it changes anything: what holds, or what somebody expects.
    pub changes: bool,
    /// The equilibria of the hypergame.
    pub hypergame: Vec<u32>,
    /// What each party expects to hold, of the states of the true game.
    pub expected: IndexMap<String, Vec<u32>>,
}

/// An expectation that does not hold, and what would make it hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WishFinding {
    /// Whose.
    pub viewer: String,
    /// The class; `null` for a state of no class.
    pub class: Option<String>,
    /// The states that are expected and do not hold.
    pub states: Vec<u32>,
    /// The cheapest changes of what parties want in truth after which one of them holds: by edits of
    /// statements where a party has some, else by swaps of neighbouring ranks.
    pub plans: Vec<WishPlan>,
    /// Whether these are all of the cheapest.
    pub all: bool,
}

/// A change of what parties want in truth that would make an expectation hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WishPlan {
    /// How many edits and swaps it takes.
    pub price: u64,
    /// What changes, in words.
    pub says: Vec<String>,
    /// `same` when it is exactly what the party believes, `part` when the party believes this and more,
    /// `other` when it believes something else.
    pub likeness: String,
}

/// A state, real or in somebody's eyes only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SeenState {
    /// The number by which it is referred to.
    pub id: u32,
    /// Whether it exists in the true game.
    pub real: bool,
    /// What it is.
    pub says: String,
    /// The options that are on.
    pub on: Vec<String>,
    /// The class under which it is counted.
    pub class: Option<String>,
    /// The parties that do not see it.
    pub unseen_by: Vec<String>,
}
