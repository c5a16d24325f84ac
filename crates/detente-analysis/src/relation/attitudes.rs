#![doc = include_str!("attitudes.md")]

use detente_model::PartyId;

use super::Structure;
use super::pairs::RelationError;
use crate::{Conflict, StateId};

/// The page that explains the structure.
pub const PAGE: &str = include_str!("attitudes.md");

pub use detente_model::model::Attitude;

/// For each ordered pair of parties, the attitude of the first toward the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttitudeMatrix {
    parties: usize,
    cells: Vec<Attitude>,
}

impl AttitudeMatrix {
    /// Everybody cares for itself alone: positive toward itself, neutral toward all others.
    pub fn ordinary(parties: usize) -> Self {
        let ids = 0..parties;
        let cells = ids.clone().flat_map(|i| {
            ids.clone().map(move |j| {
                if i == j {
                    Attitude::Positive
                } else {
                    Attitude::Neutral
                }
            })
        });
        Self {
            parties,
            cells: cells.collect(),
        }
    }

    /// The same with one attitude changed. Nothing changes for a party that does not exist.
    #[must_use]
    pub fn with(mut self, of: PartyId, toward: PartyId, attitude: Attitude) -> Self {
        let cell = self
            .place(of, toward)
            .and_then(|place| self.cells.get_mut(place));
        if let Some(cell) = cell {
            *cell = attitude;
        }
        self
    }

    /// The attitude of a party toward another or itself; neutral for parties that do not exist.
    pub fn of(&self, party: PartyId, toward: PartyId) -> Attitude {
        let place = self.place(party, toward);
        let cell = place.and_then(|place| self.cells.get(place));
        cell.copied().unwrap_or(Attitude::Neutral)
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// Whether everybody cares for itself alone.
    pub fn is_ordinary(&self) -> bool {
        *self == Self::ordinary(self.parties)
    }

    fn place(&self, of: PartyId, toward: PartyId) -> Option<usize> {
        let inside = of.index() < self.parties && toward.index() < self.parties;
        inside.then(|| of.index() * self.parties + toward.index())
    }
}

/// The rankings of a conflict, seen through the attitudes of the parties toward each other.
#[derive(Clone)]
pub struct Attitudes<'a> {
    conflict: &'a Conflict<'a>,
    matrix: AttitudeMatrix,
}

impl<'a> Attitudes<'a> {
    /// The rankings and the attitudes of the same parties.
    ///
    /// # Errors
    ///
    /// Refuses a matrix of more or fewer parties.
    pub fn new(conflict: &'a Conflict<'a>, matrix: AttitudeMatrix) -> Result<Self, RelationError> {
        let expected = conflict.graph().parties();
        if matrix.parties() != expected {
            return Err(RelationError::Length {
                what: "parties with attitudes",
                given: matrix.parties(),
                expected,
            });
        }
        Ok(Self { conflict, matrix })
    }

    /// Whether the party accepts to come from one state to another, on account of every party.
    pub fn accepts(&self, party: PartyId, from: StateId, to: StateId) -> bool {
        let mut parties = self.conflict.graph().party_ids();
        parties.all(|other| self.accepts_for(party, other, from, to))
    }

    /// Whether the party accepts to come from one state to another, on account of one party.
    pub fn accepts_for(&self, party: PartyId, other: PartyId, from: StateId, to: StateId) -> bool {
        let ranking = self.conflict.ranking(other);
        match self.matrix.of(party, other) {
            Attitude::Positive => !ranking.prefers(from, to),
            Attitude::Negative => !ranking.prefers(to, from),
            Attitude::Neutral => true,
        }
    }

    /// The attitudes.
    pub fn matrix(&self) -> &AttitudeMatrix {
        &self.matrix
    }
}

impl Structure for Attitudes<'_> {
    fn leaves(&self, party: PartyId, from: StateId, to: StateId) -> bool {
        self.accepts(party, from, to)
    }

    fn sanctions(&self, party: PartyId, left: StateId, result: StateId) -> bool {
        left == result || !self.accepts(party, left, result)
    }

    fn takes(&self, mover: PartyId, from: StateId, to: StateId) -> bool {
        self.accepts(mover, from, to)
    }
}
