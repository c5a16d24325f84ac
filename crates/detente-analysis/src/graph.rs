//! The graph model: states, each party's one-step moves, each party's ranking.

use detente_model::PartyId;

/// A state, numbered from 0 in ascending order of the option form (first option least significant)
/// or in the order of declaration of the graph form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateId(pub u32);

impl StateId {
    /// The number as an index into lists of states.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The one-step moves of one party: for every state, the states that the party can reach from it by
/// itself, ascending, without the state itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moves {
    offsets: Vec<u32>,
    targets: Vec<StateId>,
}

impl Moves {
    /// Builds the moves from one list of targets per state; sorts them, drops duplicates and moves
    /// that stay where they are.
    pub fn from_lists(lists: impl IntoIterator<Item = Vec<StateId>>) -> Self {
        let mut moves = Self {
            offsets: vec![0],
            targets: Vec::new(),
        };
        for list in lists {
            moves.push(list);
        }
        moves
    }

    /// Appends the targets of the next state.
    pub(crate) fn push(&mut self, mut list: Vec<StateId>) {
        let state = StateId((self.offsets.len() - 1) as u32);
        list.sort_unstable();
        list.dedup();
        self.targets
            .extend(list.into_iter().filter(|t| *t != state));
        self.offsets.push(self.targets.len() as u32);
    }

    /// Where the party can move from `state`, ascending.
    pub fn from(&self, state: StateId) -> &[StateId] {
        let i = state.index();
        &self.targets[self.offsets[i] as usize..self.offsets[i + 1] as usize]
    }

    /// The number of states.
    pub fn states(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The number of moves.
    pub fn len(&self) -> usize {
        self.targets.len()
    }

    /// Whether there is no move at all.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The same moves backwards: for every state, the states from which it is reached, ascending.
    pub(crate) fn reversed(&self) -> Self {
        let states = self.states();
        let mut offsets = vec![0_u32; states + 1];
        for target in &self.targets {
            if let Some(count) = offsets.get_mut(target.index() + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        let mut next = offsets.clone();
        let mut targets = vec![StateId(0); self.targets.len()];
        for state in (0..states as u32).map(StateId) {
            for to in self.from(state) {
                if let Some(place) = next.get_mut(to.index()) {
                    if let Some(slot) = targets.get_mut(*place as usize) {
                        *slot = state;
                    }
                    *place += 1;
                }
            }
        }
        Self { offsets, targets }
    }

    /// Whether two moves in a row are always one move or a return: `R(R(s)) ⊆ R(s) ∪ {s}`.
    pub fn is_transitive(&self) -> bool {
        (0..self.states() as u32).map(StateId).all(|s| {
            self.from(s).iter().all(|&t| {
                self.from(t)
                    .iter()
                    .all(|u| *u == s || self.from(s).binary_search(u).is_ok())
            })
        })
    }
}

/// Who can move from where to where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    states: usize,
    moves: Vec<Moves>,
}

impl Graph {
    /// A graph of `states` states and one list of moves per party.
    ///
    /// Returns `None` when a party's moves are not about that many states or lead outside them.
    pub fn new(states: usize, moves: Vec<Moves>) -> Option<Self> {
        let fits = moves
            .iter()
            .all(|m| m.states() == states && m.targets.iter().all(|t| t.index() < states));
        fits.then_some(Self { states, moves })
    }

    /// A graph of so many states in which nobody can move, without parties.
    pub(crate) fn empty(states: usize) -> Self {
        Self {
            states,
            moves: Vec::new(),
        }
    }

    /// The number of states.
    pub fn states(&self) -> usize {
        self.states
    }

    /// All states, ascending.
    pub fn state_ids(&self) -> impl DoubleEndedIterator<Item = StateId> + use<> {
        (0..self.states as u32).map(StateId)
    }

    /// The number of parties.
    pub fn parties(&self) -> usize {
        self.moves.len()
    }

    /// All parties, ascending.
    pub fn party_ids(&self) -> impl DoubleEndedIterator<Item = PartyId> + use<> {
        (0..self.moves.len() as u16).map(PartyId)
    }

    /// The moves of one party.
    pub fn moves(&self, party: PartyId) -> &Moves {
        &self.moves[party.index()]
    }

    /// The moves of all parties together.
    pub fn total_moves(&self) -> usize {
        self.moves.iter().map(Moves::len).sum()
    }
}

/// A party's weak order over the states: a larger rank is better, equal ranks are ties. Ranks run
/// from 0 (worst) without gaps.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ranking {
    ranks: Vec<u32>,
    levels: u32,
}

impl Ranking {
    /// A ranking from any value per state, larger is better.
    pub fn from_values<T: Ord>(values: &[T]) -> Self {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| values[a].cmp(&values[b]));
        let mut ranks = vec![0; values.len()];
        let mut level = 0;
        for pair in order.windows(2) {
            if values[pair[0]] < values[pair[1]] {
                level += 1;
            }
            ranks[pair[1]] = level;
        }
        let levels = if values.is_empty() { 0 } else { level + 1 };
        Self { ranks, levels }
    }

    /// The rank of a state; larger is better.
    pub fn rank(&self, state: StateId) -> u32 {
        self.ranks[state.index()]
    }

    /// Whether the party prefers `a` to `b`.
    pub fn prefers(&self, a: StateId, b: StateId) -> bool {
        self.rank(a) > self.rank(b)
    }

    /// The number of different ranks.
    pub fn levels(&self) -> u32 {
        self.levels
    }

    /// The number of states.
    pub fn states(&self) -> usize {
        self.ranks.len()
    }

    /// Whether no two states are tied.
    pub fn is_strict(&self) -> bool {
        self.levels as usize == self.ranks.len()
    }
}

/// What comes out when several parties change their own options at the same time. Exists in the
/// option form only.
pub trait Superposition: Send + Sync {
    /// The state that results when, from `from`, each listed party makes the changes of its own
    /// options that its move to the given state makes; `None` when that state is not feasible.
    fn combine(&self, from: StateId, choices: &[(PartyId, StateId)]) -> Option<StateId>;
}

/// A conflict ready to be analysed: a graph, one ranking per party, and in the option form what
/// simultaneous moves lead to.
pub struct Conflict<'a> {
    graph: &'a Graph,
    rankings: &'a [Ranking],
    superposition: Option<&'a dyn Superposition>,
}

impl<'a> Conflict<'a> {
    /// Puts a graph and its rankings together; `None` when they are not about the same parties and
    /// states.
    pub fn new(graph: &'a Graph, rankings: &'a [Ranking]) -> Option<Self> {
        let fits = rankings.len() == graph.parties()
            && rankings.iter().all(|r| r.states() == graph.states());
        fits.then_some(Self {
            graph,
            rankings,
            superposition: None,
        })
    }

    /// As [`Conflict::new`], for a graph and rankings that were built together.
    pub(crate) fn matched(graph: &'a Graph, rankings: &'a [Ranking]) -> Self {
        Self {
            graph,
            rankings,
            superposition: None,
        }
    }

    /// Adds what simultaneous moves lead to.
    #[must_use]
    pub fn with_superposition(mut self, superposition: &'a dyn Superposition) -> Self {
        self.superposition = Some(superposition);
        self
    }

    /// The graph.
    pub fn graph(&self) -> &'a Graph {
        self.graph
    }

    /// The ranking of one party.
    pub fn ranking(&self, party: PartyId) -> &'a Ranking {
        &self.rankings[party.index()]
    }

    /// What simultaneous moves lead to, in the option form.
    pub fn superposition(&self) -> Option<&'a dyn Superposition> {
        self.superposition
    }

    /// Whether `to` is better than `from` for the party.
    pub fn improves(&self, party: PartyId, from: StateId, to: StateId) -> bool {
        self.ranking(party).prefers(to, from)
    }

    /// The unilateral improvements of a party from a state: its moves to states that it prefers.
    pub fn improvements(
        &self,
        party: PartyId,
        from: StateId,
    ) -> impl Iterator<Item = StateId> + use<'a> {
        let ranking = self.ranking(party);
        self.graph
            .moves(party)
            .from(from)
            .iter()
            .copied()
            .filter(move |&t| ranking.prefers(t, from))
    }
}
