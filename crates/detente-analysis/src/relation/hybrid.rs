#![doc = include_str!("hybrid.md")]

use detente_model::PartyId;

use super::strength::STRONG;
use super::{Degree, Degrees, Extension, Known, Structure, Tri, Unknown};
use crate::StateId;

/// The page that explains the structure.
pub const PAGE: &str = include_str!("hybrid.md");

/// Preferences with degrees of which some are not known, under one of the four extensions, and how
/// severe a sanction must be.
///
/// Whether a state is preferred is said by the knowledge alone. The degrees say how strongly it is,
/// where it certainly is; a preference that they do not have is a plain one.
#[derive(Debug, Clone, Copy)]
pub struct Hybrid<'a> {
    tri: &'a Tri,
    degrees: &'a Degrees,
    extension: Extension,
    least: Degree,
}

impl<'a> Hybrid<'a> {
    /// General stability: as with unknown preferences alone.
    pub fn general(tri: &'a Tri, degrees: &'a Degrees, extension: Extension) -> Self {
        Self::at_least(tri, degrees, extension, 0)
    }

    /// Strong stability: a sanction is worse by `>>` or more; in the extensions c and d it may also be
    /// that it is not known whether the state that was left is preferred to it.
    pub fn strong(tri: &'a Tri, degrees: &'a Degrees, extension: Extension) -> Self {
        Self::at_least(tri, degrees, extension, STRONG)
    }

    /// A sanction is worse by at least the given degree, with the same addition in c and d; for degree
    /// 0 as in general stability.
    pub fn at_least(
        tri: &'a Tri,
        degrees: &'a Degrees,
        extension: Extension,
        least: Degree,
    ) -> Self {
        Self {
            tri,
            degrees,
            extension,
            least,
        }
    }

    fn unknown(&self) -> Unknown<'a> {
        Unknown::new(self.tri, self.extension)
    }
}

impl Structure for Hybrid<'_> {
    fn leaves(&self, party: PartyId, from: StateId, to: StateId) -> bool {
        self.unknown().leaves(party, from, to)
    }

    fn sanctions(&self, party: PartyId, left: StateId, result: StateId) -> bool {
        if self.least == 0 {
            return self.unknown().sanctions(party, left, result);
        }
        match self.tri.known(party, left, result) {
            Known::Preferred => self.degrees.degree(party, left, result).max(1) >= self.least,
            Known::NotPreferred => false,
            Known::Unknown => self.extension.fears(),
        }
    }

    fn takes(&self, mover: PartyId, from: StateId, to: StateId) -> bool {
        self.unknown().takes(mover, from, to)
    }
}
