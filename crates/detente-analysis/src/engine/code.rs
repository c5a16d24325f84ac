//! Codes of an arena and the numbers by which people know its states.

use detente_model::model::Assignment;

use crate::{StateId, StateSet};

use super::formula::Place;

/// Where one option stands: in the arena's codes, and in a state's number as
/// [`Space`](crate::space::Space) has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OptionPlaces {
    arena: Place,
    value: Place,
}

/// How the codes of an arena relate to the states of a [`Space`](crate::space::Space).
///
/// In a state's number every option has its place in order of declaration, and a graded option one
/// bit for each level above its first, of which one at most is set. In a code a party's options stand
/// together, and a level is as many bits as its number, the lowest first. Both orders agree where the
/// options of each party are declared together; where not, the bits are permuted.
#[derive(Debug, Clone)]
pub struct Codes {
    bits: u32,
    options: Vec<OptionPlaces>,
    /// In the order of codes; `None` when all are feasible.
    feasible: Option<Vec<u64>>,
    /// For each bit of a public code the bit of the arena's code; `None` when they are the same.
    permutation: Option<Vec<u32>>,
    /// Feasible states in the order of public codes, when that is another order.
    public: Option<Vec<u64>>,
    /// Feasible states before each word of the public order.
    before: Vec<u32>,
    count: u64,
}

impl Codes {
    /// Codes that are public numbers as they stand.
    pub(crate) fn plain(bits: u32, feasible: Option<Vec<u64>>) -> Self {
        let options = (0..bits).map(|first| {
            let place = Place { first, width: 1 };
            OptionPlaces {
                arena: place,
                value: place,
            }
        });
        Self::build(bits, options.collect(), feasible)
    }

    /// Codes of options with these places in the arena, in order of declaration.
    pub(crate) fn new(bits: u32, places: &[Place], feasible: Option<Vec<u64>>) -> Self {
        let mut first = 0;
        let option = |arena: &Place| {
            let value = Place {
                first,
                width: arena.width,
            };
            first += arena.width;
            OptionPlaces {
                arena: *arena,
                value,
            }
        };
        let options = places.iter().map(option).collect();
        Self::build(bits, options, feasible)
    }

    fn build(bits: u32, options: Vec<OptionPlaces>, feasible: Option<Vec<u64>>) -> Self {
        let mut permutation = vec![0; bits as usize];
        for option in &options {
            for i in 0..option.value.width {
                permutation[(option.value.first + i) as usize] = option.arena.first + i;
            }
        }
        let same = (0..bits).zip(&permutation).all(|(a, b)| a == *b);
        let mut codes = Self {
            bits,
            options,
            feasible,
            permutation: (!same).then_some(permutation),
            public: None,
            before: Vec::new(),
            count: 1 << bits,
        };
        if let Some(words) = codes.feasible.take() {
            if codes.permutation.is_some() {
                codes.public = Some(codes.in_public_order(&words));
            }
            let public = codes.public.as_ref().unwrap_or(&words);
            let mut before = Vec::with_capacity(public.len());
            let mut count = 0_u64;
            for word in public {
                before.push(count as u32);
                count += u64::from(word.count_ones());
            }
            codes.before = before;
            codes.count = count;
            codes.feasible = Some(words);
        }
        codes
    }

    /// The number of feasible states.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Whether a code is a feasible state.
    pub(crate) fn is_feasible(&self, code: u64) -> bool {
        code < 1 << self.bits
            && self
                .feasible
                .as_ref()
                .is_none_or(|f| f[(code / 64) as usize] >> (code % 64) & 1 == 1)
    }

    /// Feasible codes, one bit each; `None` when all are.
    pub(crate) fn feasible(&self) -> Option<&[u64]> {
        self.feasible.as_deref()
    }

    pub(crate) fn bytes(&self) -> u64 {
        let words = |list: &Option<Vec<u64>>| list.as_ref().map_or(0, |l| 8 * l.len() as u64);
        words(&self.feasible) + words(&self.public) + 4 * self.before.len() as u64
    }

    /// The code of a public code: the same bits, in the arena's places.
    fn to_arena(&self, public: u64) -> u64 {
        match &self.permutation {
            None => public,
            Some(places) => (0..)
                .zip(places)
                .fold(0, |code, (from, to)| code | (public >> from & 1) << to),
        }
    }

    fn to_public(&self, code: u64) -> u64 {
        match &self.permutation {
            None => code,
            Some(places) => (0..)
                .zip(places)
                .fold(0, |public, (to, from)| public | (code >> from & 1) << to),
        }
    }

    /// One bit per code put into the order of public codes.
    fn in_public_order(&self, words: &[u64]) -> Vec<u64> {
        let mut out = vec![0; words.len()];
        for (at, word) in words.iter().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let code = (at * 64) as u64 + u64::from(rest.trailing_zeros());
                rest &= rest - 1;
                let public = self.to_public(code);
                out[(public / 64) as usize] |= 1 << (public % 64);
            }
        }
        out
    }

    /// The state's number as [`Space::value`](crate::space::Space::value) has it.
    pub fn value(&self, code: u64) -> u128 {
        self.options.iter().fold(0, |value, option| {
            let own = code >> option.arena.first & ((1 << option.arena.width) - 1);
            match u64::BITS - own.leading_zeros() {
                0 => value,
                level => value | 1_u128 << (option.value.first + level - 1),
            }
        })
    }

    /// The level of every option.
    pub fn levels(&self, code: u64) -> Assignment {
        let level = |option: &OptionPlaces| {
            let own = code >> option.arena.first & ((1 << option.arena.width) - 1);
            (u64::BITS - own.leading_zeros()) as u16
        };
        self.options.iter().map(level).collect()
    }

    /// The places of the options in a code, in order of declaration.
    pub(crate) fn places(&self) -> Vec<Place> {
        self.options.iter().map(|o| o.arena).collect()
    }

    /// The code of the state with this number, if it is feasible.
    pub fn find(&self, value: u128) -> Option<u64> {
        if value >> self.bits != 0 {
            return None;
        }
        let mut code = 0_u64;
        for option in &self.options {
            let own = (value >> option.value.first) as u64 & ((1 << option.value.width) - 1);
            if own.count_ones() > 1 {
                return None;
            }
            let level = u64::BITS - own.leading_zeros();
            code |= ((1 << level) - 1) << option.arena.first;
        }
        self.is_feasible(code).then_some(code)
    }

    /// The number of a state among the feasible states, ascending as in a
    /// [`Space`](crate::space::Space); `None` when it is not feasible.
    pub fn state(&self, code: u64) -> Option<StateId> {
        if !self.is_feasible(code) {
            return None;
        }
        let public = self.to_public(code);
        let Some(order) = self.public.as_ref().or(self.feasible.as_ref()) else {
            return Some(StateId(public as u32));
        };
        let at = (public / 64) as usize;
        let below = order[at] & ((1 << (public % 64)) - 1);
        Some(StateId(self.before[at] + below.count_ones()))
    }

    /// The code of a state; `None` when there is no such state.
    pub fn code(&self, state: StateId) -> Option<u64> {
        if u64::from(state.0) >= self.count {
            return None;
        }
        let Some(order) = self.public.as_ref().or(self.feasible.as_ref()) else {
            return Some(self.to_arena(u64::from(state.0)));
        };
        let at = self.before.partition_point(|b| *b <= state.0) - 1;
        let mut word = order[at];
        for _ in self.before[at]..state.0 {
            word &= word - 1;
        }
        Some(self.to_arena((at * 64) as u64 + u64::from(word.trailing_zeros())))
    }

    /// The codes of all feasible states, in the order of their states.
    pub fn in_order(&self) -> impl Iterator<Item = u64> + '_ {
        let order = self.public.as_ref().or(self.feasible.as_ref());
        (0..1_u64 << self.bits)
            .filter(move |p| order.is_none_or(|o| o[(p / 64) as usize] >> (p % 64) & 1 == 1))
            .map(|p| self.to_arena(p))
    }

    /// A set of codes as a set of states.
    pub(crate) fn states(&self, words: &[u64]) -> StateSet {
        let reordered;
        let words = if self.permutation.is_some() {
            reordered = self.in_public_order(words);
            &reordered[..]
        } else {
            words
        };
        let mut set = StateSet::empty(self.count as usize);
        let order = self.public.as_ref().or(self.feasible.as_ref());
        for (at, word) in words.iter().enumerate() {
            let (below, holds) = match order {
                None => ((at * 64) as u32, u64::MAX),
                Some(order) => (self.before[at], order[at]),
            };
            let mut rest = word & holds;
            while rest != 0 {
                let bit = rest & rest.wrapping_neg();
                rest ^= bit;
                set.insert(StateId(below + (holds & (bit - 1)).count_ones()));
            }
        }
        set
    }
}
