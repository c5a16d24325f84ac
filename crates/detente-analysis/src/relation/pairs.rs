//! Tables with one entry for each party and ordered pair of states.

use detente_model::PartyId;

use crate::{Budget, StateId, Stop};

/// Why a table of preferences is refused. Parties and states are numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RelationError {
    /// A party prefers each of two states to the other.
    #[error(
        "party {} prefers state {} to state {} and the other way round",
        party.0, first.0, second.0
    )]
    Contradiction {
        /// The party.
        party: PartyId,
        /// One state.
        first: StateId,
        /// The other; the same when a state is preferred to itself.
        second: StateId,
    },
    /// The two entries of a pair do not add up.
    #[error(
        "the entries of party {} for the states {} and {} add up to {sum} millionths, not to {}",
        party.0, first.0, second.0, crate::relation::ONE
    )]
    Sum {
        /// The party.
        party: PartyId,
        /// One state.
        first: StateId,
        /// The other.
        second: StateId,
        /// What they add up to, in millionths.
        sum: u64,
    },
    /// A threshold outside its bounds.
    #[error(
        "the threshold `{name}` is {given} millionths, not from 1 to {}",
        crate::relation::ONE
    )]
    Threshold {
        /// Which one.
        name: &'static str,
        /// What was given, in millionths.
        given: u32,
    },
    /// A list that has not one entry for each party, tier or state.
    #[error("there are {given} {what}, not {expected}")]
    Length {
        /// What the list holds.
        what: &'static str,
        /// How many entries it has.
        given: usize,
        /// How many there should be.
        expected: usize,
    },
    /// The table would be too large, or the user asked to stop.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

/// One value for each party and ordered pair of states. States that share a place are not told apart,
/// so that a table over the tiers of a ranking stays small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pairs<T> {
    tables: Vec<Table<T>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Table<T> {
    /// The place of each state; `None` when every state has its own.
    places: Option<Vec<u32>>,
    width: usize,
    cells: Vec<T>,
}

impl<T: Copy> Pairs<T> {
    /// No party yet.
    pub(super) fn new() -> Self {
        Self { tables: Vec::new() }
    }

    /// Fills the tables of so many parties over so many states.
    pub(super) fn from_fn(
        parties: usize,
        states: usize,
        budget: &Budget,
        mut of: impl FnMut(PartyId, StateId, StateId) -> T,
    ) -> Result<Self, Stop> {
        let mut pairs = Self::new();
        for party in (0..=u16::MAX).take(parties).map(PartyId) {
            pairs.push(None, states, budget, |a, b| {
                of(party, StateId(a as u32), StateId(b as u32))
            })?;
        }
        Ok(pairs)
    }

    /// Adds the table of the next party, over so many places.
    pub(super) fn push(
        &mut self,
        places: Option<Vec<u32>>,
        width: usize,
        budget: &Budget,
        mut of: impl FnMut(usize, usize) -> T,
    ) -> Result<(), Stop> {
        let held: usize = self.tables.iter().map(|t| t.cells.len()).sum();
        let cells = width
            .checked_mul(width)
            .and_then(|n| n.checked_add(held))
            .and_then(|n| n.checked_mul(size_of::<T>()));
        if cells.is_none_or(|bytes| bytes as u64 > budget.max_memory) {
            return Err(Stop::Limit {
                what: "bytes for a table of pairs of states",
                limit: budget.max_memory,
            });
        }
        let mut cells = Vec::with_capacity(width * width);
        for row in 0..width {
            if budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            cells.extend((0..width).map(|column| of(row, column)));
        }
        self.tables.push(Table {
            places,
            width,
            cells,
        });
        Ok(())
    }

    /// The entry of a party for an ordered pair of states.
    pub(super) fn get(&self, party: PartyId, first: StateId, second: StateId) -> Option<T> {
        let table = self.tables.get(party.index())?;
        let place = |state: StateId| match &table.places {
            Some(places) => places.get(state.index()).map(|p| *p as usize),
            None => Some(state.index()).filter(|s| *s < table.width),
        };
        let cell = place(first)? * table.width + place(second)?;
        table.cells.get(cell).copied()
    }

    /// The number of parties.
    pub(super) fn parties(&self) -> usize {
        self.tables.len()
    }

    /// All entries of all parties, place by place.
    pub(super) fn values(&self) -> impl Iterator<Item = T> + '_ {
        self.tables.iter().flat_map(|t| t.cells.iter().copied())
    }

    /// Looks at both entries of every pair of states once, and at every state with itself.
    pub(super) fn check(
        &self,
        mut allowed: impl FnMut(PartyId, StateId, StateId, T, T) -> Result<(), RelationError>,
    ) -> Result<(), RelationError> {
        for (party, table) in (0..=u16::MAX).map(PartyId).zip(&self.tables) {
            for a in 0..table.width {
                for b in a..table.width {
                    let (first, second) = (StateId(a as u32), StateId(b as u32));
                    let forth = table.cells.get(a * table.width + b);
                    let back = table.cells.get(b * table.width + a);
                    if let (Some(forth), Some(back)) = (forth, back) {
                        allowed(party, first, second, *forth, *back)?;
                    }
                }
            }
        }
        Ok(())
    }
}
