//! Sets of states.

use std::fmt;

use crate::StateId;

/// A set of the states of one graph, as one bit per state.
#[derive(Clone, PartialEq, Eq)]
pub struct StateSet {
    words: Vec<u64>,
    states: usize,
}

impl StateSet {
    /// The empty set of a graph with `states` states.
    pub fn empty(states: usize) -> Self {
        Self {
            words: vec![0; states.div_ceil(64)],
            states,
        }
    }

    /// The set of all `states` states.
    pub fn all(states: usize) -> Self {
        let mut set = Self {
            words: vec![u64::MAX; states.div_ceil(64)],
            states,
        };
        let rest = states % 64;
        if let (Some(last), true) = (set.words.last_mut(), rest > 0) {
            *last = (1 << rest) - 1;
        }
        set
    }

    /// The number of states of the graph, in the set or not.
    pub fn states(&self) -> usize {
        self.states
    }

    /// The set as one bit per state.
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    /// The number of states in the set.
    pub fn len(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Whether no state is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|w| *w == 0)
    }

    /// Whether the state is in the set.
    pub fn contains(&self, state: StateId) -> bool {
        self.words
            .get(state.index() / 64)
            .is_some_and(|w| w >> (state.index() % 64) & 1 == 1)
    }

    /// Puts a state into the set and says whether it was new. A state outside the graph is never
    /// put in.
    pub fn insert(&mut self, state: StateId) -> bool {
        if state.index() >= self.states {
            return false;
        }
        self.words.get_mut(state.index() / 64).is_some_and(|word| {
            let bit = 1 << (state.index() % 64);
            let new = *word & bit == 0;
            *word |= bit;
            new
        })
    }

    /// Keeps only the states that are also in `other`.
    pub fn intersect(&mut self, other: &Self) {
        for (i, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(i).copied().unwrap_or(0);
        }
    }

    /// Whether every state of this set is also in `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.iter().all(|s| other.contains(s))
    }

    /// The states of the set, ascending.
    pub fn iter(&self) -> impl Iterator<Item = StateId> + '_ {
        self.words.iter().enumerate().flat_map(|(i, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    StateId((i * 64) as u32 + bit)
                })
            })
        })
    }
}

impl fmt::Debug for StateSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|s| s.0)).finish()
    }
}
