//! Why a concept cannot be applied.

use detente_model::PartyId;

use crate::{Concept, Graph, StateId, Stop};

/// Why a concept cannot be applied to a conflict. Parties and states are numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConceptError {
    /// The concept is about two parties.
    #[error("`{concept}` is for two parties that can move, but {movers} can")]
    NotTwoParties {
        /// The concept.
        concept: Concept,
        /// How many parties have moves.
        movers: usize,
    },
    /// The concept needs rankings without ties.
    #[error(
        "`{concept}` needs rankings without ties, but party {} ranks the states {} and {} alike",
        party.0, first.0, second.0
    )]
    Ties {
        /// The concept.
        concept: Concept,
        /// The party that is indifferent.
        party: PartyId,
        /// A state.
        first: StateId,
        /// Another state of the same rank.
        second: StateId,
    },
    /// The concept is about options that are changed at the same time.
    #[error("`{concept}` needs a conflict given by options, not by a graph")]
    NeedsOptionForm {
        /// The concept.
        concept: Concept,
    },
    /// The concept is defined for rankings, not for preferences of another structure.
    #[error("`{concept}` is about rankings and says nothing about other kinds of preferences")]
    NeedsRankings {
        /// The concept.
        concept: Concept,
    },
    /// A horizon of no moves makes every state stable.
    #[error("a horizon of 0 moves says nothing")]
    NoHorizon,
    /// The conflict has no party of that number.
    #[error("there is no party {} among {parties} parties", party.0)]
    NoSuchParty {
        /// The party asked for.
        party: PartyId,
        /// How many parties there are.
        parties: usize,
    },
    /// The conflict has no state of that number.
    #[error("there is no state {} among {states} states", state.0)]
    NoSuchState {
        /// The state asked for.
        state: StateId,
        /// How many states there are.
        states: usize,
    },
    /// The computation stopped before its end.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

impl ConceptError {
    /// Refuses a party or a state that a graph does not have.
    pub(crate) fn check_place(graph: &Graph, party: PartyId, state: StateId) -> Result<(), Self> {
        let (parties, states) = (graph.parties(), graph.states());
        if party.index() >= parties {
            return Err(Self::NoSuchParty { party, parties });
        }
        if state.index() >= states {
            return Err(Self::NoSuchState { state, states });
        }
        Ok(())
    }

    /// What to do instead, where there is something.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotTwoParties { .. } => {
                Some("use `seq` or `sseq`, which look ahead with any number of parties")
            }
            Self::Ties { .. } => Some("rank the two states apart, or use `seq` or `sseq`"),
            Self::NeedsOptionForm { .. } => Some("use `seq`, where the others answer one by one"),
            Self::NeedsRankings { .. } => Some("use `nash`, `gmr`, `smr`, `seq` or `sseq`"),
            Self::NoHorizon => Some("use a horizon of 1 or more, such as `l2`"),
            Self::NoSuchParty { .. } | Self::NoSuchState { .. } => Some("numbers start from 0"),
            Self::Stopped(_) => None,
        }
    }
}
