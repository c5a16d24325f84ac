//! Small conflicts for tests: a graph, or options with an enumerator of its own.

use std::collections::BTreeMap;

use detente_analysis::{Conflict, Graph, Moves, Ranking, StateId, Superposition};
use detente_model::PartyId;

/// In which direction an option may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Both,
    On,
    Off,
}

impl Direction {
    pub(crate) fn parse(text: &str) -> Self {
        match text {
            "both" => Self::Both,
            "on" | "fwd" => Self::On,
            "off" | "back" => Self::Off,
            other => panic!("direction {other}"),
        }
    }
}

/// A condition or effect: the option and the value.
pub(crate) type Literal = (usize, bool);

/// A conflict by options: each option's owner and direction, the feasible states as bits (first
/// option least significant), and what else a move switches when a condition holds after it.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) parties: usize,
    pub(crate) switches: Vec<(usize, Direction)>,
    pub(crate) states: Vec<u32>,
    pub(crate) forced: Vec<(Literal, Literal)>,
    index: BTreeMap<u32, u32>,
}

fn has(bits: u32, (option, value): Literal) -> bool {
    (bits >> option & 1 == 1) == value
}

impl Options {
    pub(crate) fn new(
        parties: usize,
        switches: Vec<(usize, Direction)>,
        feasible: impl Fn(u32) -> bool,
        forced: Vec<(Literal, Literal)>,
    ) -> Self {
        let states: Vec<u32> = (0..1u32 << switches.len())
            .filter(|s| feasible(*s))
            .collect();
        let index = (0..).zip(&states).map(|(i, s)| (*s, i)).collect();
        Self {
            parties,
            switches,
            states,
            forced,
            index,
        }
    }

    pub(crate) fn state(&self, bits: u32) -> Option<StateId> {
        self.index.get(&bits).map(|i| StateId(*i))
    }

    fn owned(&self, party: usize) -> u32 {
        (0..self.switches.len())
            .filter(|k| self.switches[*k].0 == party)
            .map(|k| 1 << k)
            .sum()
    }

    fn after(&self, mut bits: u32) -> u32 {
        for &(when, then) in &self.forced {
            if has(bits, when) {
                bits = if then.1 {
                    bits | 1 << then.0
                } else {
                    bits & !(1 << then.0)
                };
            }
        }
        bits
    }

    fn permitted(&self, from: u32, changed: u32) -> bool {
        (0..self.switches.len())
            .filter(|k| changed >> k & 1 == 1)
            .all(|k| match self.switches[k].1 {
                Direction::Both => true,
                Direction::On => from >> k & 1 == 0,
                Direction::Off => from >> k & 1 == 1,
            })
    }

    pub(crate) fn graph(&self) -> Graph {
        let moves = (0..self.parties)
            .map(|party| {
                let own = self.owned(party);
                Moves::from_lists(self.states.iter().map(|&from| {
                    (1..=own)
                        .filter(|changed| changed & !own == 0 && self.permitted(from, *changed))
                        .filter_map(|changed| self.state(self.after(from ^ changed)))
                        .collect()
                }))
            })
            .collect();
        Graph::new(self.states.len(), moves).unwrap()
    }
}

impl Superposition for Options {
    fn combine(&self, from: StateId, choices: &[(PartyId, StateId)]) -> Option<StateId> {
        let start = self.states[from.index()];
        let changed: u32 = choices
            .iter()
            .map(|(p, to)| (start ^ self.states[to.index()]) & self.owned(p.index()))
            .sum();
        self.state(self.after(start ^ changed))
    }
}

/// A conflict that owns its parts.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) graph: Graph,
    pub(crate) rankings: Vec<Ranking>,
    pub(crate) options: Option<Options>,
}

impl Case {
    pub(crate) fn by_options<T: Ord>(options: Options, values: &[Vec<T>]) -> Self {
        let rankings = values.iter().map(|v| Ranking::from_values(v)).collect();
        Self {
            graph: options.graph(),
            rankings,
            options: Some(options),
        }
    }

    /// `moves[party][state]` are targets, `values[party][state]` larger when better.
    pub(crate) fn by_graph<T: Ord>(moves: &[Vec<Vec<u32>>], values: &[Vec<T>]) -> Self {
        let states = values.first().map_or(0, Vec::len);
        let moves = moves
            .iter()
            .map(|lists| {
                Moves::from_lists(
                    lists
                        .iter()
                        .map(|l| l.iter().copied().map(StateId).collect()),
                )
            })
            .collect();
        let rankings = values.iter().map(|v| Ranking::from_values(v)).collect();
        Self {
            graph: Graph::new(states, moves).unwrap(),
            rankings,
            options: None,
        }
    }

    pub(crate) fn conflict(&self) -> Conflict<'_> {
        let conflict = Conflict::new(&self.graph, &self.rankings).unwrap();
        match &self.options {
            Some(options) => conflict.with_superposition(options),
            None => conflict,
        }
    }

    pub(crate) fn parties(&self) -> impl Iterator<Item = PartyId> + use<> {
        self.graph.party_ids()
    }

    pub(crate) fn states(&self) -> impl Iterator<Item = StateId> + use<> {
        self.graph.state_ids()
    }
}

/// Values from an order, best first.
pub(crate) fn values(states: usize, best_first: &[usize]) -> Vec<usize> {
    let mut values = vec![0; states];
    for (place, &state) in best_first.iter().enumerate() {
        values[state] = states - place;
    }
    values
}
