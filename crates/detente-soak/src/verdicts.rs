//! What an examiner says of a model: which state is stable for whom under which concept.

use detente_analysis::Concept;

/// A set of states of one examination, one bit for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// The empty set of so many states.
    pub fn none(states: usize) -> Self {
        Self {
            words: vec![0; states.div_ceil(64)],
        }
    }

    /// The set of all of so many states.
    pub fn all(states: usize) -> Self {
        Self::from_states(states, 0..states)
    }

    /// The set of the given states.
    pub fn from_states(states: usize, of: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::none(states);
        for state in of {
            set.insert(state);
        }
        set
    }

    /// Puts a state in; a state beyond the last is never put in.
    pub fn insert(&mut self, state: usize) {
        if let Some(word) = self.words.get_mut(state / 64) {
            *word |= 1 << (state % 64);
        }
    }

    /// Whether a state is in the set.
    pub fn contains(&self, state: usize) -> bool {
        self.words
            .get(state / 64)
            .is_some_and(|w| w >> (state % 64) & 1 == 1)
    }

    /// How many states are in the set.
    pub fn len(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Whether no state is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|w| *w == 0)
    }

    /// The first state of `self` that is not in `other`, among those in `within`.
    pub fn first_outside(&self, other: &Self, within: &Self) -> Option<usize> {
        self.words
            .iter()
            .zip(&other.words)
            .zip(&within.words)
            .enumerate()
            .find_map(|(i, ((a, b), w))| {
                let outside = a & !b & w;
                (outside != 0).then(|| 64 * i + outside.trailing_zeros() as usize)
            })
    }

    /// The states that are in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            words: self
                .words
                .iter()
                .zip(&other.words)
                .map(|(a, b)| a & b)
                .collect(),
        }
    }

    /// The set with every state renumbered: state `s` becomes `to[s]`.
    #[must_use]
    pub fn renumbered(&self, to: &[usize]) -> Self {
        let members = (0..to.len()).filter(|s| self.contains(*s));
        Self::from_states(to.len(), members.map(|s| to[s]))
    }
}

/// What one examiner says under one concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The concept.
    pub concept: Concept,
    /// For each party the states that were judged.
    pub judged: Vec<Bits>,
    /// For each party those of them that are stable.
    pub stable: Vec<Bits>,
}

impl Table {
    /// A table in which every state was judged for every party.
    pub fn whole(concept: Concept, states: usize, stable: Vec<Bits>) -> Self {
        Self {
            concept,
            judged: vec![Bits::all(states); stable.len()],
            stable,
        }
    }

    /// The verdict on one state, if it was judged.
    pub fn verdict(&self, party: usize, state: usize) -> Option<bool> {
        let judged = self.judged.get(party)?.contains(state);
        judged.then(|| self.stable.get(party).is_some_and(|s| s.contains(state)))
    }
}

/// What one examiner says of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// The feasible states in the examiner's own order: the level of every option, or in the graph
    /// form the number of the state alone.
    pub states: Vec<Vec<u16>>,
    /// The number of parties.
    pub parties: usize,
    /// One table for each concept that was judged.
    pub tables: Vec<Table>,
}

impl Verdicts {
    /// The table of a concept.
    pub fn table(&self, concept: Concept) -> Option<&Table> {
        self.tables.iter().find(|t| t.concept == concept)
    }

    /// How many verdicts there are.
    pub fn count(&self) -> u64 {
        let judged = |t: &Table| -> usize { t.judged.iter().map(Bits::len).sum() };
        self.tables.iter().map(|t| judged(t) as u64).sum()
    }

    /// The same verdicts with the states in the order of `states`; `None` when those are not the
    /// same states.
    pub fn in_order(&self, states: &[Vec<u16>]) -> Option<Self> {
        if self.states == states {
            return Some(self.clone());
        }
        let mut places: Vec<usize> = (0..states.len()).collect();
        places.sort_by(|a, b| states[*a].cmp(&states[*b]));
        let mut own: Vec<usize> = (0..self.states.len()).collect();
        own.sort_by(|a, b| self.states[*a].cmp(&self.states[*b]));
        let same = own.len() == places.len()
            && (own.iter().zip(&places)).all(|(o, p)| self.states[*o] == states[*p]);
        if !same {
            return None;
        }
        let mut to = vec![0; own.len()];
        for (o, p) in own.iter().zip(&places) {
            to[*o] = *p;
        }
        let renumber = |sets: &[Bits]| sets.iter().map(|b| b.renumbered(&to)).collect();
        Some(Self {
            states: states.to_vec(),
            parties: self.parties,
            tables: self
                .tables
                .iter()
                .map(|t| Table {
                    concept: t.concept,
                    judged: renumber(&t.judged),
                    stable: renumber(&t.stable),
                })
                .collect(),
        })
    }
}
