#![doc = include_str!("strength.md")]

use detente_model::PartyId;

use super::{Degree, Degrees, Structure};
use crate::StateId;

/// The page that explains the structure.
pub const PAGE: &str = include_str!("strength.md");

/// The degree from which a sanction is a strong one: `>>`.
pub const STRONG: Degree = 2;

/// Preferences with degrees, and how severe a sanction must be.
#[derive(Debug, Clone, Copy)]
pub struct Strength<'a> {
    degrees: &'a Degrees,
    least: Degree,
}

impl<'a> Strength<'a> {
    /// General stability: anything that is not preferred is a sanction.
    pub fn general(degrees: &'a Degrees) -> Self {
        Self::at_least(degrees, 0)
    }

    /// Strong stability: a sanction is worse by `>>` or more.
    pub fn strong(degrees: &'a Degrees) -> Self {
        Self::at_least(degrees, STRONG)
    }

    /// A sanction is worse by at least the given degree; for degree 0 it is not preferred.
    pub fn at_least(degrees: &'a Degrees, least: Degree) -> Self {
        Self { degrees, least }
    }

    fn prefers(&self, party: PartyId, first: StateId, second: StateId) -> bool {
        self.degrees.degree(party, first, second) > 0
    }
}

impl Structure for Strength<'_> {
    fn leaves(&self, party: PartyId, from: StateId, to: StateId) -> bool {
        self.prefers(party, to, from)
    }

    fn sanctions(&self, party: PartyId, left: StateId, result: StateId) -> bool {
        match self.least {
            0 => !self.prefers(party, result, left),
            least => self.degrees.degree(party, left, result) >= least,
        }
    }

    fn takes(&self, mover: PartyId, from: StateId, to: StateId) -> bool {
        self.prefers(mover, to, from)
    }
}
