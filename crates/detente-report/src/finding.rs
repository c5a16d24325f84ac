//! The serialisable findings of an analysis: the lossless form of which every other form is a view.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::firmness::Firmness;

/// Everything that `analyze` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Analysis {
    /// What this is: `detente-analysis/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day whose knowledge the model states.
    pub as_of: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// The rules by which stability was judged.
    pub settings: Settings,
    /// How large the conflict is.
    pub size: Size,
    /// The parties, in order.
    pub parties: Vec<Party>,
    /// The options, in order; each takes `positions` characters of a state's `yn`. Empty in the
    /// graph form.
    pub options: Vec<OptionInfo>,
    /// The number of the status quo, if the model has one.
    pub status_quo: Option<u32>,
    /// All feasible states, ascending.
    pub states: Vec<State>,
    /// The outcome classes, in order.
    pub classes: Vec<ClassInfo>,
    /// For each concept and party the numbers of the states that are stable, ascending.
    pub stability: IndexMap<String, IndexMap<String, Vec<u32>>>,
    /// For each concept and party the stability margins of the states, in the order of `states`: the
    /// state's rank minus the best that the party is sure of by leaving it, in steps of its ranking.
    /// Stable states have 0 or more, 0 meaning that one step less breaks them; `null` where the party
    /// cannot leave the state. Concepts without margins, and with very many states all but the main
    /// one, are left out.
    pub margins: IndexMap<String, IndexMap<String, Vec<Option<i64>>>>,
    /// For each concept the numbers of the states that are stable for every party, ascending.
    pub equilibria: IndexMap<String, Vec<u32>>,
    /// How firmly the equilibria of the main concept, or of the parties' own concepts, hold.
    pub robustness: Vec<Firmness>,
    /// The equilibria when each party judges by its own concept; `null` when all judge by the same.
    pub mixed_equilibria: Option<Vec<u32>>,
    /// Concepts that could not be applied, and why.
    pub not_applicable: IndexMap<String, String>,
    /// States that all members of a coalition prefer to a start and can reach together.
    pub joint_improvements: Vec<JointImprovements>,
    /// For every class without an equilibrium under the main concept, what undoes its most stable
    /// state.
    pub obstacles: Vec<Obstacle>,
    /// For each concept and party the verdicts with their proofs; which states are covered is said
    /// by `witnessed`.
    pub witnesses: IndexMap<String, IndexMap<String, Vec<Verdict>>>,
    /// `all` states, only those of `equilibria` and the status quo, those that a report has `told` of, or `none`.
    pub witnessed: String,
    /// Constructs that were read but did not enter the results, and other limits of the results.
    pub notes: Vec<String>,
    /// Why the computation stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// The rules by which stability was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Settings {
    /// The concept by which equilibria are listed and explained.
    pub main: String,
    /// `legal` sequences of opponents, or `each_once` as in GMCR+.
    pub sequences: String,
    /// Whether a sanction that returns to the start counts.
    pub diagonal: bool,
    /// Each party's own concept; empty when all judge by the main one.
    pub by_party: IndexMap<String, String>,
}

/// How large a conflict is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Size {
    /// All combinations of options, as a decimal number; `null` beyond 2^128.
    pub raw: Option<String>,
    /// Feasible states.
    pub feasible: usize,
    /// Y/N positions of a state.
    pub positions: u64,
    /// Moves of all parties together.
    pub moves: usize,
}

/// A party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Party {
    /// The short name, by which it is referred to.
    pub name: String,
    /// The full name.
    pub title: Option<String>,
    /// The combinations of its own options, as a decimal number.
    pub raw: Option<String>,
    /// Its moves over all states.
    pub moves: usize,
    /// How many different ranks its preferences give to the states.
    pub ranks: u32,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OptionInfo {
    /// `US.relief`.
    pub name: String,
    /// What it means.
    pub title: Option<String>,
    /// Its levels, lowest first; empty for a binary option.
    pub levels: Vec<String>,
    /// How many characters of a state's `yn` it takes.
    pub positions: u32,
}

/// A feasible state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct State {
    /// The number by which it is referred to: the author's, if every state has one; else its place
    /// in the list, 1 for the first.
    pub id: u32,
    /// Its number with the first option as the least significant bit, as a decimal number.
    pub decimal: String,
    /// `Y` and `N`, first option first; empty in the graph form.
    pub yn: String,
    /// The options that are on: `US.relief`, `US.drills is cancel`.
    pub on: Vec<String>,
    /// The name that the author gave it.
    pub name: Option<String>,
    /// What the author says it is.
    pub title: Option<String>,
    /// The outcome classes that it belongs to; it is counted under the first.
    pub classes: Vec<String>,
    /// Each party's rank of it: larger is better, from 0.
    pub ranks: IndexMap<String, u32>,
    /// Whether and how it is reached from the status quo; `null` without a status quo.
    pub reachability: Option<Reachability>,
}

/// How a state is reached from the status quo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reachability {
    /// By legal sequences of any moves; `null` when it cannot be.
    pub moves: Option<Route>,
    /// By moves that each improve the mover's lot; `null` when it cannot be.
    pub improvements: Option<Route>,
    /// By improvements of parties and of coalitions acting together; `null` when it cannot be.
    pub joint: Option<Route>,
}

/// A shortest way to a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Route {
    /// The steps; empty for the status quo itself.
    pub steps: Vec<Leg>,
    /// The parties without whose moves it cannot be reached in this way.
    pub must_move: Vec<String>,
}

/// One step of a party or coalition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Leg {
    /// Who moves.
    pub parties: Vec<String>,
    /// The state that is left.
    pub from: u32,
    /// The state that is reached.
    pub to: u32,
}

/// One move of one party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Step {
    /// Who moves.
    pub party: String,
    /// The state that is left.
    pub from: u32,
    /// The state that is reached.
    pub to: u32,
}

/// An outcome class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClassInfo {
    /// Its name; `null` stands for the states of no class.
    pub name: Option<String>,
    /// The states counted under it.
    pub states: Vec<u32>,
    /// For each concept the equilibria among them.
    pub equilibria: IndexMap<String, Vec<u32>>,
}

/// The joint improvements out of one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct JointImprovements {
    /// The state that is left.
    pub from: u32,
    /// The coalitions that can improve on it, smaller ones first.
    pub coalitions: Vec<CoalitionImprovements>,
    /// Whether all coalitions were looked at, or only the pairs and that of everybody.
    pub all_coalitions: bool,
}

/// What one coalition can improve to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CoalitionImprovements {
    /// Its members.
    pub members: Vec<String>,
    /// Where it can go.
    pub to: Vec<JointImprovement>,
}

/// A state that every member prefers and that they can reach together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct JointImprovement {
    /// The state.
    pub state: u32,
    /// A shortest legal sequence of the members' moves.
    pub steps: Vec<Step>,
    /// Whether it is an equilibrium under the main concept.
    pub equilibrium: Option<bool>,
    /// Whether no other joint improvement of the coalition is better for one member and no worse
    /// for the others.
    pub best: bool,
}

/// Why no state of a class holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Obstacle {
    /// The class.
    pub class: String,
    /// Its state that is stable for the most parties.
    pub state: u32,
    /// The verdicts of the parties for which it is not stable.
    pub verdicts: Vec<Verdict>,
}

/// Whether a state is stable for a party, and the moves that prove it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verdict {
    /// The party.
    pub party: String,
    /// The state.
    pub state: u32,
    /// The concept.
    pub concept: String,
    /// Whether it is stable.
    pub stable: bool,
    /// Every improvement of the party and what becomes of it.
    pub improvements: Vec<Improvement>,
    /// What the party expects, under concepts that look ahead.
    pub anticipation: Option<Anticipation>,
}

/// An improvement and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Improvement {
    /// The state that the party would move to.
    pub to: u32,
    /// The answer that deters it; `null` when nothing does.
    pub sanction: Option<Sanction>,
    /// The nearest answer that would deter but for an escape; `null` when there is none.
    pub undone: Option<Undone>,
}

/// An answer that leaves the party no better off than where it started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sanction {
    /// The moves one after the other; empty when they are made at the same time.
    pub sequence: Vec<Step>,
    /// The moves made at the same time as the improvement; empty when they follow it.
    pub together: Vec<Step>,
    /// Where it ends.
    pub result: u32,
    /// The party's best way out of it, which does not help it.
    pub best_escape: Option<u32>,
}

/// An answer that the party can escape from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Undone {
    /// The answer.
    pub sequence: Vec<Step>,
    /// Where it ends.
    pub result: u32,
    /// Where the party goes from there.
    pub escape: u32,
}

/// What a party expects when it looks ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Anticipation {
    /// How many moves ahead.
    pub horizon: u64,
    /// The moves, its own first.
    pub steps: Vec<Step>,
    /// Where they end.
    pub end: u32,
}
