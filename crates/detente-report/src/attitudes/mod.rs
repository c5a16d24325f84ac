//! What changes when parties care for each other: the serialisable finding. Its text is in
//! [`text`](text()).

mod build;
mod text;

use detente_analysis::model::PartyId;
use detente_analysis::relation::{Attitude, AttitudeMatrix};
use detente_analysis::{Analysis, Concept, Game, StateId, Verdict};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

pub use build::finding;
pub use text::text;

use crate::finding::{OptionInfo, Party, Size, State};

/// Everything that `attitudes` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Attitudes {
    /// What this is: `detente-attitudes/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day whose knowledge the model states.
    pub as_of: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// How large the conflict is.
    pub size: Size,
    /// The parties, in order.
    pub parties: Vec<Party>,
    /// The options, in order. Empty in the graph form.
    pub options: Vec<OptionInfo>,
    /// The number of the status quo, if the model has one.
    pub status_quo: Option<u32>,
    /// All feasible states, ascending.
    pub states: Vec<State>,
    /// For each party its attitude toward each party, itself included: `positive`, `neutral` or
    /// `negative`.
    pub attitudes: IndexMap<String, IndexMap<String, String>>,
    /// The attitudes that were tried instead of those that the model states.
    pub tried: Vec<Tried>,
    /// The equilibria with and without the attitudes, by concept.
    pub concepts: Vec<ByConcept>,
    /// The concept by which `changes` are explained.
    pub concept: String,
    /// The states that are an equilibrium with the attitudes only, or without them only, under that
    /// concept; the first of them when there are very many.
    pub changes: Vec<Change>,
}

/// An attitude that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tried {
    /// Whose.
    pub of: String,
    /// Toward whom.
    pub toward: String,
    /// `positive`, `neutral` or `negative`.
    pub attitude: String,
}

/// The equilibria under one concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ByConcept {
    /// `nash`, `gmr`, `smr`, `seq` or `sseq`.
    pub concept: String,
    /// The states that are stable for every party that cares for itself alone, ascending.
    pub ordinary: Vec<u32>,
    /// The states that are stable for every party with its attitudes, ascending.
    pub relational: Vec<u32>,
    /// For each party the states that are stable for it with its attitudes, ascending.
    pub stable: IndexMap<String, Vec<u32>>,
}

/// A state that becomes an equilibrium through the attitudes, or ceases to be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// The state.
    pub state: u32,
    /// Whether it becomes an equilibrium; otherwise it ceases to be one.
    pub gained: bool,
    /// For each party whose verdict changes, what changes it, a sentence each.
    pub reasons: Vec<Reason>,
}

/// What changes one party's verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reason {
    /// The party.
    pub party: String,
    /// What becomes of its moves, a sentence each.
    pub said: Vec<String>,
}

/// A change as the analysis finds it: the verdicts of the parties whose verdict changes, without the
/// attitudes and with them.
pub struct Changed {
    /// The state.
    pub state: StateId,
    /// Whether it becomes an equilibrium.
    pub gained: bool,
    /// For each such party both verdicts, ordinary first.
    pub verdicts: Vec<(Verdict, Verdict)>,
}

/// What was computed, as the finding and the text take it.
pub struct Found<'r, 'm> {
    /// The game.
    pub game: &'r Game<'m>,
    /// The variants whose changes were made.
    pub variants: &'r [String],
    /// The attitudes.
    pub matrix: &'r AttitudeMatrix,
    /// The attitudes that were tried: whose, toward whom.
    pub tried: &'r [(PartyId, PartyId, Attitude)],
    /// The tables without the attitudes.
    pub ordinary: &'r Analysis,
    /// The tables with them.
    pub relational: &'r Analysis,
    /// The concept by which changes are explained.
    pub concept: Concept,
    /// The changes under it, the first of them.
    pub changed: &'r [Changed],
    /// How many changes there are.
    pub changes: usize,
}

/// The changes that are explained at most.
pub const MOST_CHANGES: usize = 24;
