//! How strongly states are held: the serialisable finding. Its text is in [`text`](text()).

mod build;
mod text;

use detente_analysis::relation::{self, GradedFate, Standings};
use detente_analysis::{Concept, Game, StateId};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

pub use build::finding;
pub use text::text;

use crate::finding::{Improvement, OptionInfo, Party, Size, State};

/// Everything that `strength` finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Strength {
    /// What this is: `detente-strength/1`.
    pub format: String,
    /// What the negotiation is called.
    pub negotiation: Option<String>,
    /// The day whose knowledge the model states.
    pub as_of: Option<String>,
    /// The variants whose changes were made, in order.
    pub variants: Vec<String>,
    /// The extension by which unknown preferences are read: `a`, `b`, `c` or `d`; `null` when none are.
    pub extension: Option<String>,
    /// The parties of whose preferences something is in doubt that was set aside: they are taken as in
    /// the basic reading. Empty with an extension.
    pub doubt_set_aside: Vec<String>,
    /// For each party the number of ordered pairs of states of which it is not known whether the first
    /// is preferred. Empty without an extension.
    pub unknown_pairs: IndexMap<String, usize>,
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
    /// The degrees by which some party prefers some state to another, ascending: 1 is `>`, 2 is `>>`.
    pub degrees: Vec<u8>,
    /// How the states stand, by concept.
    pub concepts: Vec<ByConcept>,
    /// What holds one state for each party; empty when that was not asked.
    pub reasons: Vec<Reason>,
}

/// How the states stand under one concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ByConcept {
    /// `gmr`, `smr`, `seq` or `sseq`.
    pub concept: String,
    /// The states that are stable for every party, each as it stands for the party for which it stands
    /// least firmly.
    pub equilibria: Vec<Stands>,
    /// How every state stands for each party, in order.
    pub parties: Vec<ByParty>,
}

/// How the states stand for one party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ByParty {
    /// The party.
    pub party: String,
    /// One entry for each state, ascending.
    pub states: Vec<Stands>,
}

/// How a state stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stands {
    /// The state.
    pub state: u32,
    /// `nash`, `strong`, `weak` or `unstable`.
    pub standing: String,
    /// The least degree of the sanctions that hold it, 0 for a tie; `null` when it is unstable or Nash
    /// stable.
    pub level: Option<u8>,
}

/// What holds one state for one party under one concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reason {
    /// The party.
    pub party: String,
    /// The concept.
    pub concept: String,
    /// How the state stands.
    pub stands: Stands,
    /// The standing in a sentence.
    pub claim: String,
    /// The moves by which the party would leave, and what becomes of each.
    pub moves: Vec<Move>,
}

/// A move by which a party would leave, and the severest answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Move {
    /// The greatest degree by which an answer is worse; `null` when nothing stops the move.
    pub degree: Option<u8>,
    /// The move and that answer.
    pub improvement: Improvement,
    /// The same in words.
    pub text: String,
}

/// What was computed, as the finding and the text take it.
pub struct Found<'r, 'm> {
    /// The game.
    pub game: &'r Game<'m>,
    /// The variants whose changes were made.
    pub variants: &'r [String],
    /// The degrees, and what is unknown.
    pub graded: relation::Graded<'r>,
    /// How the states stand, by concept.
    pub standings: &'r [Standings],
    /// The concept of which most is said.
    pub concept: Concept,
    /// The state that was asked about.
    pub state: Option<StateId>,
    /// What becomes of each party's moves from some states, under the main concept: the state that was
    /// asked about, else the weak equilibria.
    pub fates: &'r [(StateId, Vec<Vec<GradedFate>>)],
}

/// The weak equilibria of which the text says what weakens them, at most.
pub const MOST_WEAK: usize = 6;
