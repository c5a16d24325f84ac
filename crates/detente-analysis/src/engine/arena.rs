//! A conflict in transitive option form, as bits.

use detente_model::PartyId;

use super::code::Codes;
use super::rank::{LANES, Ranks};

/// Bits of a code at most.
pub const MAX_BITS: u32 = 32;

/// The bits of one party, and in which direction each may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// The first bit of the party in a code.
    pub first: u32,
    /// How many bits it has.
    pub bits: u32,
    /// Its bits that can only be set, counted from its own first bit.
    pub only_on: u64,
    /// Its bits that can only be cleared, counted from its own first bit.
    pub only_off: u64,
}

impl Holding {
    /// The number of patterns of its own bits.
    pub fn patterns(&self) -> usize {
        1 << self.bits
    }

    /// Whether each of its bits may change both ways.
    pub fn is_free(&self) -> bool {
        self.only_on | self.only_off == 0
    }

    /// Whether the party may change its pattern `from` into `to`.
    pub fn permits(&self, from: u64, to: u64) -> bool {
        (from & !to & self.only_on) | (to & !from & self.only_off) == 0
    }

    /// The party's own pattern in a code.
    pub fn pattern(&self, code: u64) -> u64 {
        code >> self.first & ((1 << self.bits) - 1)
    }
}

/// A conflict in *transitive option form*: a state is a code of `bits` bits, every party owns a
/// contiguous range of them, and moves by any feasible change of its own bits in permitted
/// directions. Two moves of a party in a row are then one move, which is what the fast engine rests
/// on. Rankings are numbers per code, larger is better.
#[derive(Debug, Clone)]
pub struct Arena {
    pub(crate) bits: u32,
    pub(crate) holdings: Vec<Holding>,
    pub(crate) all_feasible: bool,
    pub(crate) ranks: Vec<Ranks>,
    pub(crate) codes: Codes,
}

/// The parts of an arena that no model is needed for.
#[derive(Debug, Clone)]
pub struct Parts {
    /// How many bits each party has; the first party has the lowest bits.
    pub widths: Vec<u32>,
    /// The bits of a code that can only be set.
    pub only_on: u64,
    /// The bits of a code that can only be cleared.
    pub only_off: u64,
    /// One bit per code, ascending, set where the state is feasible; `None` when all are.
    pub feasible: Option<Vec<u64>>,
    /// For each party one value per code, larger is better; what stands at codes that are not
    /// feasible does not matter.
    pub values: Vec<Vec<u32>>,
}

/// What is wrong with the parts of an arena.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartsError {
    /// More bits than supported.
    #[error("{0} bits are asked for; an arena has at most {MAX_BITS}")]
    TooWide(u64),
    /// A list has the wrong length.
    #[error("{what} has {given} entries; {expected} are needed")]
    Length {
        /// What the list is about.
        what: &'static str,
        /// Its length.
        given: usize,
        /// The length that it should have.
        expected: usize,
    },
    /// A bit that cannot change at all, or that no party owns.
    #[error("bit {0} is one-way in both directions or belongs to no party")]
    Direction(u32),
    /// No state is feasible.
    #[error("no state is feasible")]
    NoFeasibleState,
}

impl Arena {
    /// Puts an arena together from its parts. A code is the state's public number too.
    pub fn from_parts(parts: Parts) -> Result<Self, PartsError> {
        let bits: u64 = parts.widths.iter().map(|w| u64::from(*w)).sum();
        if bits > u64::from(MAX_BITS) {
            return Err(PartsError::TooWide(bits));
        }
        let bits = bits as u32;
        let states = 1_usize << bits;
        let wrong = (parts.only_on & parts.only_off)
            | ((parts.only_on | parts.only_off) & !((1_u64 << bits) - 1));
        if wrong != 0 {
            return Err(PartsError::Direction(wrong.trailing_zeros()));
        }
        let length = |what, given, expected| {
            let error = PartsError::Length {
                what,
                given,
                expected,
            };
            if given == expected {
                Ok(())
            } else {
                Err(error)
            }
        };
        length(
            "the list of rankings",
            parts.values.len(),
            parts.widths.len(),
        )?;
        for values in &parts.values {
            length("a ranking", values.len(), states)?;
        }
        let feasible = match parts.feasible {
            None => None,
            Some(mut words) => {
                length(
                    "the list of feasible states",
                    words.len(),
                    states.div_ceil(64),
                )?;
                if let (Some(last), true) = (words.last_mut(), states < 64) {
                    *last &= (1 << states) - 1;
                }
                let count: u64 = words.iter().map(|w| u64::from(w.count_ones())).sum();
                match count {
                    0 => return Err(PartsError::NoFeasibleState),
                    n if n == states as u64 => None,
                    _ => Some(words),
                }
            }
        };
        let holds = |code: usize| {
            feasible
                .as_ref()
                .is_none_or(|f: &Vec<u64>| f[code / 64] >> (code % 64) & 1 == 1)
        };
        let padded = states.max(LANES);
        let ranks = parts.values.iter().map(|values| {
            let most = (0..states).filter(|c| holds(*c)).map(|c| values[c]).max();
            if most.is_some_and(|most| most < u32::from(u16::MAX) - 1) {
                let value = |(code, value): (usize, &u32)| {
                    if holds(code) { *value as u16 + 1 } else { 0 }
                };
                let mut ranks: Vec<u16> = values.iter().enumerate().map(value).collect();
                ranks.resize(padded, 0);
                Ranks::U16(ranks)
            } else {
                let key = |(code, value): (usize, &u32)| holds(code).then_some(*value);
                let keys: Vec<_> = values.iter().enumerate().map(key).collect();
                Ranks::from_keys(&keys, padded)
            }
        });
        let mut ranks: Vec<Ranks> = ranks.collect();
        Ranks::unify(&mut ranks);
        Ok(Self {
            bits,
            holdings: holdings(&parts.widths, parts.only_on, parts.only_off),
            all_feasible: feasible.is_none(),
            ranks,
            codes: Codes::plain(bits, feasible),
        })
    }

    /// Bits of a code.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// The number of codes, feasible or not.
    pub fn size(&self) -> u64 {
        1 << self.bits
    }

    /// The number of feasible states.
    pub fn states(&self) -> u64 {
        self.codes.count()
    }

    /// Whether every code is a feasible state.
    pub fn all_feasible(&self) -> bool {
        self.all_feasible
    }

    /// Whether a code is a feasible state.
    pub fn is_feasible(&self, code: u64) -> bool {
        self.codes.is_feasible(code)
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.holdings.len()
    }

    /// The bits of a party, `None` when there is no such party.
    pub fn holding(&self, party: PartyId) -> Option<&Holding> {
        self.holdings.get(party.index())
    }

    /// The place of a state in the ranking of a party, as a number that is larger when the state is
    /// better; numbers may leave gaps. `None` when the state is not feasible.
    pub fn rank(&self, party: PartyId, code: u64) -> Option<u32> {
        let number = self.ranks.get(party.index())?.number(code as usize);
        number.checked_sub(1)
    }

    /// How codes relate to the numbers by which people know the states.
    pub fn codes(&self) -> &Codes {
        &self.codes
    }

    /// Whether nothing is infeasible and nothing is one-way, so that the closed forms hold.
    pub fn is_unconstrained(&self) -> bool {
        self.all_feasible && self.holdings.iter().all(Holding::is_free)
    }

    /// Bytes that the arena takes.
    pub fn bytes(&self) -> u64 {
        let padded = self.size().max(LANES as u64);
        let ranks: u64 = self.ranks.iter().map(Ranks::width).sum();
        padded * ranks + self.codes.bytes()
    }

    /// Chunks of thirty-two codes.
    pub(crate) fn chunks(&self) -> usize {
        (1_usize << self.bits).div_ceil(LANES)
    }
}

/// The holdings of parties with so many bits each, the first party lowest.
pub(crate) fn holdings(widths: &[u32], only_on: u64, only_off: u64) -> Vec<Holding> {
    let mut first = 0;
    let holding = |&bits: &u32| {
        let own = |mask: u64| mask >> first & ((1 << bits) - 1);
        let holding = Holding {
            first,
            bits,
            only_on: own(only_on),
            only_off: own(only_off),
        };
        first += bits;
        holding
    };
    widths.iter().map(holding).collect()
}
