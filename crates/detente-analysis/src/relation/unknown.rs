#![doc = include_str!("unknown.md")]

use detente_model::PartyId;

use super::{Known, Structure, Tri};
use crate::StateId;

/// The page that explains the structure.
pub const PAGE: &str = include_str!("unknown.md");

/// What is made of preferences that are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extension {
    /// The party leaves for what it may prefer, and only what it certainly does not prefer sanctions.
    A,
    /// The party leaves only for what it certainly prefers, and only what it certainly does not prefer
    /// sanctions.
    B,
    /// The party leaves for what it may prefer, and whatever it does not certainly prefer sanctions.
    C,
    /// The party leaves only for what it certainly prefers, and whatever it does not certainly prefer
    /// sanctions.
    D,
}

impl Extension {
    /// All four, in their order.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// Its letter.
    pub const fn id(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::C => "c",
            Self::D => "d",
        }
    }

    /// What it assumes, in a few words.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::A => {
                "leaves for what may be better, held back only by what is certainly no better"
            }
            Self::B => {
                "leaves for what is certainly better, held back only by what is certainly no better"
            }
            Self::C => "leaves for what may be better, held back by what may be no better",
            Self::D => "leaves for what is certainly better, held back by what may be no better",
        }
    }

    /// Whether the party leaves for what it may prefer.
    pub(super) fn ventures(self) -> bool {
        matches!(self, Self::A | Self::C)
    }

    /// Whether what may be no better sanctions.
    pub(super) fn fears(self) -> bool {
        matches!(self, Self::C | Self::D)
    }
}

/// Preferences of which some are not known, under one of the four extensions.
#[derive(Debug, Clone, Copy)]
pub struct Unknown<'a> {
    tri: &'a Tri,
    extension: Extension,
}

impl<'a> Unknown<'a> {
    /// The knowledge, and what is made of what is not known.
    pub fn new(tri: &'a Tri, extension: Extension) -> Self {
        Self { tri, extension }
    }
}

impl Structure for Unknown<'_> {
    fn leaves(&self, party: PartyId, from: StateId, to: StateId) -> bool {
        match self.tri.known(party, to, from) {
            Known::Preferred => true,
            Known::NotPreferred => false,
            Known::Unknown => self.extension.ventures(),
        }
    }

    fn sanctions(&self, party: PartyId, left: StateId, result: StateId) -> bool {
        match self.tri.known(party, result, left) {
            Known::Preferred => false,
            Known::NotPreferred => true,
            Known::Unknown => self.extension.fears(),
        }
    }

    fn takes(&self, mover: PartyId, from: StateId, to: StateId) -> bool {
        self.tri.known(mover, to, from) != Known::NotPreferred
    }
}
