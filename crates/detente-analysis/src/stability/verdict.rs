//! A verdict on one state and party, with what proves it.

use detente_model::PartyId;

use crate::reach::Step;
use crate::{Concept, StateId};

/// Whether a state is stable for a party under a concept, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The party.
    pub party: PartyId,
    /// The state.
    pub state: StateId,
    /// The concept.
    pub concept: Concept,
    /// Whether the state is stable for the party.
    pub stable: bool,
    /// Every unilateral improvement of the party from the state, by ascending state, and what
    /// becomes of it.
    ///
    /// Except under the concepts that look ahead ([`Verdict::anticipation`]), the state is stable
    /// exactly when none of them is open.
    pub improvements: Vec<ImprovementFate>,
    /// What the party expects to happen, under limited-move and non-myopic stability and for the
    /// leader under Stackelberg stability. The state is stable exactly when nothing happens.
    pub anticipation: Option<Anticipation>,
}

/// A unilateral improvement, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImprovementFate {
    /// The state that the party would move to.
    pub to: StateId,
    /// Whether something stops it.
    pub fate: Fate,
}

/// What becomes of an improvement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The others can answer it with a state that the party does not prefer to the state it left.
    Sanctioned {
        /// How they answer.
        by: Sanction,
        /// Where the answer ends.
        result: StateId,
        /// The best state that the party can move to from there, when the concept lets it try and
        /// it can move at all. It does not prefer that one to the state it left either.
        best_escape: Option<StateId>,
    },
    /// Nothing stops it.
    Open {
        /// When the concept lets the party escape from a sanction: the nearest answer that would be
        /// a sanction but for the escape, and the escape.
        undone: Option<Undone>,
    },
}

/// How the others answer an improvement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sanction {
    /// By moves after it: a shortest sequence that does it. Under the concepts that look ahead, the
    /// moves that both sides are expected to make, possibly none.
    Sequence(Vec<Step>),
    /// By moves at the same time: who takes which of its own improvements.
    Together(Vec<(PartyId, StateId)>),
}

/// An answer to an improvement that the party can escape from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The answer.
    pub by: Vec<Step>,
    /// Where it ends.
    pub result: StateId,
    /// Where the party moves from there: its best move, which it prefers to the state it left.
    pub escape: StateId,
}

/// What a party expects when it looks ahead from a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anticipation {
    /// How many moves ahead it looks.
    pub horizon: u64,
    /// The moves that it expects, its own first; none when it stays.
    pub steps: Vec<Step>,
    /// Where they end.
    pub end: StateId,
}
