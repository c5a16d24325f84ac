//! Preference profiles side by side.

use detente_model::PartyId;

use super::LANES;
use crate::{Graph, Ranking};

/// One number for each of the [`LANES`] profiles of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C, align(64))]
pub struct Row(pub [u16; LANES]);

impl Row {
    /// The same number in every lane.
    pub const fn splat(value: u16) -> Self {
        Self([value; LANES])
    }
}

impl Default for Row {
    fn default() -> Self {
        Self::splat(0)
    }
}

/// What is put into a batch does not fit it, or a batch does not fit a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// There is no party of that number.
    #[error("there is no party {} among {parties} parties", party.0)]
    Party {
        /// The party asked for, numbered from 0.
        party: PartyId,
        /// How many parties there are.
        parties: usize,
    },
    /// There is no lane of that number.
    #[error("there is no lane {lane} among {LANES} lanes")]
    Lane {
        /// The lane asked for, numbered from 0.
        lane: usize,
    },
    /// The ranks are those of another number of states.
    #[error("ranks of {found} states were given, but there are {states} states")]
    States {
        /// How many ranks were given.
        found: usize,
        /// How many states there are.
        states: usize,
    },
    /// There are more different ranks than 16 bits can tell apart.
    #[error("a ranking with {levels} levels was given, but there is room for {}", 1_u32 << 16)]
    Levels {
        /// How many levels the ranking has.
        levels: u32,
    },
    /// The batch or the verdicts were made for a conflict or for concepts other than the plan's.
    #[error("the batch or the verdicts were made for another plan")]
    Plan,
}

/// [`LANES`] preference profiles of one conflict: for each party and state a [`Row`] of ranks. A larger
/// rank is better, equal ranks are ties, and any 16-bit numbers will do: only their order counts.
///
/// In a new batch every party is indifferent between all states in every lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    states: usize,
    parties: usize,
    /// Party after party, a row per state.
    rows: Vec<Row>,
}

impl Batch {
    /// A batch for a graph.
    pub fn new(graph: &Graph) -> Self {
        Self::sized(graph.states(), graph.parties())
    }

    pub(super) fn sized(states: usize, parties: usize) -> Self {
        Self {
            states,
            parties,
            rows: vec![Row::default(); states * parties],
        }
    }

    /// The number of states.
    pub fn states(&self) -> usize {
        self.states
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// The rows of one party, one per state; empty for a party that does not exist.
    pub fn rows(&self, party: PartyId) -> &[Row] {
        let start = party.index().saturating_mul(self.states);
        self.rows
            .get(start..)
            .and_then(|rows| rows.get(..self.states))
            .unwrap_or_default()
    }

    /// The rows of one party, to be filled, one per state; empty for a party that does not exist.
    pub fn rows_mut(&mut self, party: PartyId) -> &mut [Row] {
        let start = party.index().saturating_mul(self.states);
        self.rows
            .get_mut(start..)
            .and_then(|rows| rows.get_mut(..self.states))
            .unwrap_or_default()
    }

    /// Sets what one party prefers in one lane: one rank per state, larger is better.
    ///
    /// # Errors
    ///
    /// When there is no such party or lane, or another number of states.
    pub fn set(&mut self, party: PartyId, lane: usize, ranks: &[u16]) -> Result<(), Mismatch> {
        self.fill(party, lane, ranks.len(), ranks.iter().copied())
    }

    /// Sets what one party prefers in one lane to a ranking.
    ///
    /// # Errors
    ///
    /// When there is no such party or lane, another number of states, or more levels than 16 bits hold.
    pub fn set_ranking(
        &mut self,
        party: PartyId,
        lane: usize,
        ranking: &Ranking,
    ) -> Result<(), Mismatch> {
        let levels = ranking.levels();
        if levels > 1 << 16 {
            return Err(Mismatch::Levels { levels });
        }
        let states = (0..ranking.states() as u32).map(crate::StateId);
        let ranks = states.map(|s| ranking.rank(s) as u16);
        self.fill(party, lane, ranking.states(), ranks)
    }

    /// Sets what one party prefers in every lane to the same ranking.
    ///
    /// # Errors
    ///
    /// As [`Batch::set_ranking`].
    pub fn set_ranking_everywhere(
        &mut self,
        party: PartyId,
        ranking: &Ranking,
    ) -> Result<(), Mismatch> {
        self.set_ranking(party, 0, ranking)?;
        for row in self.rows_mut(party) {
            *row = Row::splat(row.0[0]);
        }
        Ok(())
    }

    fn fill(
        &mut self,
        party: PartyId,
        lane: usize,
        found: usize,
        ranks: impl Iterator<Item = u16>,
    ) -> Result<(), Mismatch> {
        let (states, parties) = (self.states, self.parties);
        if party.index() >= parties {
            return Err(Mismatch::Party { party, parties });
        }
        if lane >= LANES {
            return Err(Mismatch::Lane { lane });
        }
        if found != states {
            return Err(Mismatch::States { found, states });
        }
        for (row, rank) in self.rows_mut(party).iter_mut().zip(ranks) {
            row.0[lane] = rank;
        }
        Ok(())
    }
}
