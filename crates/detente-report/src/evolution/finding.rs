//! The serialisable form of an evolution.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::finding::{State, Step};

/// What `evolve` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Evolution {
    /// What this is: `detente-evolution/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day whose knowledge the model states.
    pub as_of: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// For each party the concept by which equilibria were judged.
    pub concepts: IndexMap<String, String>,
    /// The equilibria, in the order of the states.
    pub equilibria: Vec<u32>,
    /// Where the negotiation starts.
    pub start: u32,
    /// Whether that is the status quo of the file.
    pub from_status_quo: bool,
    /// The coalitions whose joint improvements are followed.
    pub coalitions: Vec<Vec<String>>,
    /// Whether these are all that there are, or those that were asked for; otherwise they are the pairs
    /// and the coalition of everybody.
    pub all_coalitions: bool,
    /// Where it should get, in order.
    pub targets: Vec<TargetFinding>,
    /// For each way, `moves` (any moves), `improvements` (of single parties) and `joint` (with joint
    /// improvements of coalitions), what follows from the start. A way that was not followed is left out.
    pub ways: IndexMap<String, WayFinding>,
    /// The states that are referred to, in their order; all feasible states when there are not very many.
    pub states: Vec<State>,
    /// Why joint steps were not followed; `null` when they were.
    pub joint_skipped: Option<String>,
    /// Why the computation stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// A target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TargetFinding {
    /// Its name: a class, or what the state is.
    pub name: String,
    /// `class` for all states of a class, `state` for one state, `equilibria` for the equilibria that are
    /// counted under one class.
    pub kind: String,
    /// Its states, in their order; it is reached in any of them.
    pub states: Vec<u32>,
}

/// What follows in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WayFinding {
    /// The states that are reached, the start among them, in the order of the states.
    pub reached: Vec<u32>,
    /// Those among them in which nobody has a step of this way.
    pub ends: Vec<u32>,
    /// Whether steps may run in a circle; `null` when they cannot, and for any moves.
    pub cycle: Option<CycleFinding>,
    /// What becomes of each target, in order.
    pub targets: Vec<TargetRoute>,
    /// The status-quo table; `null` unless it was asked for.
    pub table: Option<TableFinding>,
}

/// A step of a party or a coalition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepFinding {
    /// Who takes it.
    pub parties: Vec<String>,
    /// The state that is left.
    pub from: u32,
    /// The state that is reached.
    pub to: u32,
}

/// A circle of steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CycleFinding {
    /// One circle.
    pub steps: Vec<StepFinding>,
    /// All states through which some circle passes.
    pub states: Vec<u32>,
}

/// What becomes of a target in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TargetRoute {
    /// The target, as its place among `targets`, from 0.
    pub target: usize,
    /// How many of its states are reached.
    pub reached: usize,
    /// A shortest way to each of its states that is reached, nearest first; not all when there are very
    /// many.
    pub routes: Vec<RouteFinding>,
    /// Where the target is lost; `null` when it cannot be reached from the start.
    pub traps: Option<TrapsFinding>,
    /// What stands between the start and the target; `null` when it is reached, and for any moves.
    pub obstacle: Option<ObstacleFinding>,
}

/// A shortest way to a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RouteFinding {
    /// The state.
    pub to: u32,
    /// The steps; empty for the start itself.
    pub steps: Vec<LegFinding>,
    /// The parties without whose steps it cannot be reached in this way.
    pub must_move: Vec<String>,
}

/// A step on a way, with the moves that make it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LegFinding {
    /// Who takes it: one party, or a coalition.
    pub parties: Vec<String>,
    /// The state that is left.
    pub from: u32,
    /// The state that is reached.
    pub to: u32,
    /// The class under which that is counted.
    pub class: Option<String>,
    /// The moves of the members of a coalition; one for a single party.
    pub moves: Vec<Step>,
    /// Why the party would not take the step; `null` when it would.
    pub unwanted: Option<UnwantedFinding>,
}

/// Why nobody takes a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnwantedFinding {
    /// `worse` when the mover would lose, `tie` when it would neither gain nor lose, `out_of_turn` when
    /// it would gain but moved last.
    pub why: String,
    /// How many steps of its ranking the mover would lose; 0 unless it is `worse`.
    pub loss: u32,
}

/// Where a target is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TrapsFinding {
    /// From how many of the states that are reached it can no longer be reached, whoever moves next.
    pub count: usize,
    /// These states, in their order; the first of them when there are very many.
    pub traps: Vec<TrapFinding>,
    /// How many steps lose it.
    pub steps: usize,
    /// How many of them each party or coalition has; those that have none are left out.
    pub steps_by: IndexMap<String, usize>,
    /// These steps, those from the nearest states first; the first of them when there are very many.
    pub losing_steps: Vec<StepFinding>,
}

/// A state in which a target is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TrapFinding {
    /// The state.
    pub state: u32,
    /// Whether no moves at all lead from it to the target, wanted or not.
    pub irreversible: bool,
    /// The point of no return: on a shortest way to the state, the step after the last state from which
    /// the target could be reached.
    pub lost_by: StepFinding,
}

/// What stands between the start and a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ObstacleFinding {
    /// For each party, in how many of its moves it would leave the states that are reached.
    pub leaving: IndexMap<String, usize>,
    /// How many moves there are that nobody makes and of which one would be enough.
    pub openings: usize,
    /// These moves, those from the nearest states first; the first of them when there are very many.
    pub opening_moves: Vec<OpeningFinding>,
    /// The way with the fewest unwanted steps, and among these the shortest; `null` when no moves at all
    /// lead to the target.
    pub route: Option<Vec<LegFinding>>,
    /// For each coalition that could go to the target from a state that is reached, to which way the
    /// fewest members object.
    pub objections: Vec<ObjectionFinding>,
}

/// A move that nobody makes, and that would open the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpeningFinding {
    /// Whose it is.
    pub party: String,
    /// The state that it would leave.
    pub from: u32,
    /// The state that it would reach.
    pub to: u32,
    /// Why it is not made.
    pub unwanted: UnwantedFinding,
}

/// A joint move to which members object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ObjectionFinding {
    /// The coalition.
    pub parties: Vec<String>,
    /// The state that it would leave.
    pub from: u32,
    /// The state of the target that it would reach.
    pub to: u32,
    /// The members that would not gain.
    pub against: Vec<String>,
}

/// A status-quo table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TableFinding {
    /// The rows for 1, 2, ... steps, until nothing new is reached.
    pub rows: Vec<TableRow>,
    /// Whether these are all rows.
    pub complete: bool,
}

/// What is reached by one number of steps, by who takes the last one: a party, or a coalition such as
/// `US+DPRK`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TableRow {
    /// How many steps.
    pub steps: usize,
    /// The states in which a legal sequence of exactly so many steps can end.
    pub exactly: IndexMap<String, Vec<u32>>,
    /// Those among them that no shorter sequence with the same last mover ends in.
    pub new: IndexMap<String, Vec<u32>>,
    /// The states in which a legal sequence of at least one and at most so many steps can end.
    pub at_most: IndexMap<String, Vec<u32>>,
}
