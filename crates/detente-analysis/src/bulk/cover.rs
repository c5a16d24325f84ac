//! Sets of states, one for each state, put together from one another.

use std::collections::BTreeMap;

use super::plan::{Opponent, check};
use crate::graph::Moves;
use crate::{Budget, StateId, Stop};

/// For each of some things a list of others.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists {
    ends: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.items.extend(list);
        self.ends.push(self.items.len() as u32);
    }

    /// The list of one of them.
    #[inline(always)]
    pub(super) fn of(&self, place: usize) -> &[u32] {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.items[start as usize..self.ends[place] as usize]
    }
}

/// How many earlier sets are tried as parts of a set.
const TRIED: usize = 64;

/// For each state a set of states that contains it. Equal sets are one set, and a set is the union of
/// earlier sets and single states, so that the least or the largest value of every set is found in few
/// steps.
#[derive(Debug, Clone, Default)]
pub(super) struct Cover {
    /// The set of each state.
    pub(super) of: Vec<u32>,
    /// For each set where its parts end in `parts` and in `members`.
    ends: Vec<(u32, u32)>,
    /// Earlier sets.
    parts: Vec<u32>,
    /// Single states.
    members: Vec<u32>,
    /// For each set the states whose set it is.
    pub(super) users: Lists,
    /// For each state the sets that it is in; of a party's own sets only.
    pub(super) holders: Lists,
}

impl Cover {
    /// For each state the state itself and what a party can move to from it.
    pub(super) fn of_moves(moves: &Moves, budget: &Budget) -> Result<Self, Stop> {
        let states = moves.states();
        room(states, 1, budget)?;
        let sets = (0..states as u32)
            .map(|s| {
                let mut set = Bits::empty(states);
                set.insert(s);
                for to in moves.from(StateId(s)) {
                    set.insert(to.0);
                }
                set
            })
            .collect();
        let mut cover = Self::new(sets, budget)?;
        let mut holders = vec![Vec::new(); states];
        for set in 0..cover.len() {
            // Every user of a set has the same states in it.
            if let Some(&user) = cover.users.of(set).first() {
                let others = moves.from(StateId(user)).iter().map(|to| to.0);
                for state in others.chain([user]) {
                    holders[state as usize].push(set as u32);
                }
            }
        }
        for list in holders {
            cover.holders.push(list);
        }
        Ok(cover)
    }

    /// For each state the state itself and what some parties can reach from it by legal sequences.
    ///
    /// A table holds for each state the state and what can be reached from it by those who may move next.
    /// In the common table, the first, that is anyone; a mover's own table is without its next move.
    pub(super) fn reached(
        states: usize,
        moves: &[Moves],
        movers: &[Opponent],
        budget: &Budget,
    ) -> Result<Self, Stop> {
        let tables = 1 + movers.iter().map(|m| m.table).max().unwrap_or(0);
        room(states, tables + 1, budget)?;
        let start: Vec<Bits> = (0..states as u32)
            .map(|s| {
                let mut set = Bits::empty(states);
                set.insert(s);
                set
            })
            .collect();
        let mut sets = vec![start; tables];
        let mut quiet = 0;
        for mover in movers.iter().cycle() {
            if quiet >= movers.len() {
                break;
            }
            let mut changed = false;
            for state in 0..states {
                if state % 1024 == 0 && budget.is_cancelled() {
                    return Err(Stop::Cancelled);
                }
                let mut found = Bits::empty(states);
                for to in moves[mover.party].from(StateId(state as u32)) {
                    found.join(&sets[mover.table][to.index()]);
                }
                for (table, sets) in sets.iter_mut().enumerate() {
                    if table == 0 || table != mover.table {
                        changed |= sets[state].join(&found);
                    }
                }
            }
            quiet = if changed { 1 } else { quiet + 1 };
        }
        Self::new(sets.swap_remove(0), budget)
    }

    /// The sets of all states, small ones first.
    fn new(sets: Vec<Bits>, budget: &Budget) -> Result<Self, Stop> {
        let states = sets.len();
        let mut distinct: BTreeMap<(usize, Bits), Vec<u32>> = BTreeMap::new();
        for (state, set) in (0..).zip(sets) {
            distinct.entry((set.len(), set)).or_default().push(state);
        }
        let mut cover = Self {
            of: vec![0; states],
            ..Self::default()
        };
        for (place, users) in (0..).zip(distinct.values()) {
            for state in users {
                cover.of[*state as usize] = place;
            }
            cover.users.push(users.iter().copied());
        }
        let sets: Vec<&Bits> = distinct.keys().map(|(_, set)| set).collect();
        for (place, set) in sets.iter().enumerate() {
            if place % 256 == 0 && budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            cover.compose(place, set, &sets);
            let steps = (cover.parts.len() + cover.members.len()) as u64;
            check("bytes of memory", 4 * steps, budget.max_memory)?;
        }
        Ok(cover)
    }

    /// Puts a set together from those of its states whose sets are parts of it, the largest first.
    fn compose(&mut self, place: usize, set: &Bits, sets: &[&Bits]) {
        let mut earlier: Vec<u32> = set
            .iter()
            .map(|s| self.of[s])
            .filter(|other| (*other as usize) < place)
            .collect();
        earlier.sort_unstable();
        earlier.dedup();
        let mut rest = set.clone();
        for other in earlier.into_iter().rev().take(TRIED) {
            let part = sets[other as usize];
            if part.is_subset(set) && rest.shared(part) > 1 {
                rest.remove(part);
                self.parts.push(other);
            }
        }
        self.members.extend(rest.iter().map(|s| s as u32));
        self.ends
            .push((self.parts.len() as u32, self.members.len() as u32));
    }

    /// How many sets there are.
    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// About how many steps it takes to go through all sets.
    pub(super) fn effort(&self) -> usize {
        self.parts.len() + self.members.len()
    }

    /// For each set, in order, the earlier sets and the states that it is made of.
    #[inline(always)]
    pub(super) fn sets(&self) -> impl Iterator<Item = (&[u32], &[u32])> {
        let mut from = (0, 0);
        self.ends.iter().map(move |&to| {
            let parts = &self.parts[from.0 as usize..to.0 as usize];
            let members = &self.members[from.1 as usize..to.1 as usize];
            from = to;
            (parts, members)
        })
    }
}

/// Whether so many sets for each state fit into memory.
fn room(states: usize, tables: usize, budget: &Budget) -> Result<(), Stop> {
    let words = (states as u64).div_ceil(64) + 3;
    let bytes = words
        .saturating_mul(8 * states as u64)
        .saturating_mul(tables as u64);
    check("bytes of memory", bytes, budget.max_memory)
}

/// A set of states that can be ordered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Bits(Vec<u64>);

impl Bits {
    fn empty(states: usize) -> Self {
        Self(vec![0; states.div_ceil(64)])
    }

    fn insert(&mut self, state: u32) {
        self.0[state as usize / 64] |= 1 << (state % 64);
    }

    fn len(&self) -> usize {
        self.0.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Adds another set and says whether that changed anything.
    fn join(&mut self, other: &Self) -> bool {
        let mut new = 0;
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            new |= theirs & !*mine;
            *mine |= theirs;
        }
        new != 0
    }

    fn remove(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= !theirs;
        }
    }

    fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    fn shared(&self, other: &Self) -> usize {
        let both = self.0.iter().zip(&other.0).map(|(a, b)| a & b);
        both.map(|w| w.count_ones() as usize).sum()
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(i, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    i * 64 + bit
                })
            })
        })
    }
}
