//! What `sensitivity` finds, as a serialisable value; text and comma-separated values are views of it.

mod build;
mod csv;
mod text;

use schemars::JsonSchema;
use serde::Serialize;

pub use build::{changed, finding};
pub use csv::csv;
pub use text::text;

use crate::finding::Settings;
use crate::firmness::Firmness;

/// What single assumptions carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sensitivity {
    /// What this is: `detente-sensitivity/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The variants whose changes were made before, in order.
    pub variants: Vec<String>,
    /// The rules by which stability was judged.
    pub settings: Settings,
    /// Which assumptions were doubted: `preferences`, `directions`, `rules`.
    pub about: Vec<String>,
    /// The outcome class that alone was looked at; `null` for all.
    pub class: Option<String>,
    /// Feasible states of the unchanged model.
    pub feasible: usize,
    /// The equilibria of the unchanged model, ascending.
    pub equilibria: Vec<Equilibrium>,
    /// The outcome classes, in order; the states of no class last, if there are any.
    pub classes: Vec<Class>,
    /// The assumptions that were doubted, in the order of the model.
    pub assumptions: Vec<Assumption>,
    /// The assumptions by how much hangs on them, as places in `assumptions`: by the change that moves
    /// the most classes, then the most equilibria, then the ways to the most classes.
    pub ranked: Vec<usize>,
    /// The changes that were tried, in the order of the model.
    pub changes: Vec<Change>,
    /// Limits of the results.
    pub notes: Vec<String>,
    /// Why the computation stopped before its end; `null` when it is complete.
    pub stopped: Option<String>,
}

/// An equilibrium of the unchanged model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Equilibrium {
    /// The state.
    pub state: Outcome,
    /// How firmly it holds, judged by changes of one party's own ranking.
    pub firmness: Option<Firmness>,
    /// The single changes that break it, as places in `changes`.
    pub broken_by: Vec<usize>,
}

/// An outcome class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Class {
    /// Its name; `null` stands for the states of no class.
    pub name: Option<String>,
    /// How many equilibria are counted under it.
    pub equilibria: usize,
    /// The easiest way from the status quo to one of them: `improvements`, `joint_steps`, `moves_only`
    /// or `nowise`; `null` without equilibria or status quo.
    pub way: Option<String>,
    /// The single changes that take its last equilibrium, as places in `changes`.
    pub emptied_by: Vec<usize>,
    /// The single changes that give it its first equilibrium, as places in `changes`.
    pub opened_by: Vec<usize>,
}

/// Something that the model takes for granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Assumption {
    /// It in words.
    pub says: String,
    /// `statement`, `ranks`, `weight`, `doubtful`, `direction`, `never`, `when` or `no_move`.
    pub kind: String,
    /// Whose it is; `null` for rules, and for the doubtful statements of all parties.
    pub party: Option<String>,
    /// The label of a statement.
    pub label: Option<String>,
    /// Whether a statement is marked as not certain.
    pub doubtful: bool,
    /// Its changes, as places in `changes`.
    pub changes: Vec<usize>,
    /// The change that moves the most, as a place in `changes`; `null` when none could be judged.
    pub most: Option<usize>,
    /// Whether no change of it by itself alters an equilibrium or the way to one.
    pub idle: bool,
}

/// One change of one assumption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// The assumption, as a place in `assumptions`.
    pub assumption: usize,
    /// `dropped`, `reversed`, `raised` or `lowered` by one place, `first`, `last`, `swapped`,
    /// `irreversible`, `reversible`.
    pub change: String,
    /// The change in words.
    pub says: String,
    /// What it does; `null` when that could not be computed.
    pub effect: Option<Effect>,
    /// Why it could not be computed.
    pub refused: Option<String>,
}

/// What a change does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Effect {
    /// Feasible states with the change.
    pub feasible: usize,
    /// The equilibria that are none with the change.
    pub vanished: Vec<Outcome>,
    /// The equilibria that only the change makes.
    pub appeared: Vec<Outcome>,
    /// The classes that lose their last equilibrium; `null` stands for the states of no class.
    pub classes_lost: Vec<Option<String>>,
    /// The classes that gain their first equilibrium.
    pub classes_gained: Vec<Option<String>>,
    /// The classes whose equilibria are reached from the status quo in another way.
    pub ways: Vec<WayChange>,
}

/// A state by what is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Outcome {
    /// Its number in the unchanged model; `null` when it is not feasible there.
    pub id: Option<u32>,
    /// Its number with the first option as the least significant bit, as a decimal number.
    pub decimal: String,
    /// The options that are on; empty in the graph form.
    pub on: Vec<String>,
    /// The name that the author gave it.
    pub name: Option<String>,
    /// The class under which it is counted.
    pub class: Option<String>,
}

/// That the equilibria of a class are reached in another way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WayChange {
    /// The class; `null` stands for the states of no class.
    pub class: Option<String>,
    /// The easiest way before, as in `classes`.
    pub before: String,
    /// The easiest way with the change.
    pub after: String,
}
