//! The readings of a term as sets of states, and how they are related.

use super::Reader;
use crate::{Game, StateId, StateSet};

/// One reading of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sense {
    /// Whose.
    pub reader: Reader,
    /// The feasible states in which it holds.
    pub states: StateSet,
}

/// The feasible states in which the same readings hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The readings that hold, as places among the senses of the term, ascending.
    pub holding: Vec<usize>,
    /// The states.
    pub states: StateSet,
}

impl Split {
    /// Whether some of so many readings hold in these states, and others do not.
    pub fn parts(&self, senses: usize) -> bool {
        !self.holding.is_empty() && self.holding.len() < senses
    }
}

/// How two readings are related over the feasible states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// They hold in the same states.
    Equivalent,
    /// They hold in no state together.
    Disjoint,
    /// The first holds only where the second does.
    Implies,
    /// The second holds only where the first does.
    ImpliedBy,
    /// None of these: each holds with and without the other.
    Overlapping,
}

/// Two readings compared. The states prove the relation: the first of each kind, if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The first reading, as a place among the senses of the term.
    pub first: usize,
    /// The second.
    pub second: usize,
    /// How they are related.
    pub relation: Relation,
    /// A state in which both hold.
    pub both: Option<StateId>,
    /// A state in which only the first holds.
    pub only_first: Option<StateId>,
    /// A state in which only the second holds.
    pub only_second: Option<StateId>,
}

/// The readings of a term: parties with one of their own in order, then the neutral one.
pub(super) fn senses(game: &Game<'_>, term: usize) -> Vec<Sense> {
    let term = &game.model.terms[term];
    let mut out = Vec::new();
    for party in game.model.party_ids() {
        if let Some(own) = term.own(party) {
            out.push(Sense {
                reader: Reader::Party(party),
                states: holding(game, &own.condition),
            });
        }
    }
    if let Some(means) = &term.means {
        out.push(Sense {
            reader: Reader::Neutral,
            states: holding(game, &means.condition),
        });
    }
    out
}

/// The feasible states in which a condition holds.
pub(crate) fn holding(game: &Game<'_>, condition: &detente_model::Condition) -> StateSet {
    let mut set = StateSet::empty(game.space.len());
    for state in game.space.matching(condition) {
        set.insert(state);
    }
    set
}

/// The feasible states by whose reading holds: more readings before fewer, then in the order of the
/// readings.
pub(super) fn splits(game: &Game<'_>, senses: &[Sense]) -> Vec<Split> {
    let mut out: Vec<Split> = Vec::new();
    if senses.is_empty() {
        return out;
    }
    for state in game.space.ids() {
        let holds = |i: &usize| senses[*i].states.contains(state);
        let holding: Vec<usize> = (0..senses.len()).filter(holds).collect();
        let at = out.iter().position(|s| s.holding == holding);
        let at = at.unwrap_or_else(|| {
            out.push(Split {
                holding,
                states: StateSet::empty(game.space.len()),
            });
            out.len() - 1
        });
        out[at].states.insert(state);
    }
    out.sort_by(|a, b| {
        let more = b.holding.len().cmp(&a.holding.len());
        more.then_with(|| a.holding.cmp(&b.holding))
    });
    out
}

/// Two sets of states compared, with the first state of each kind as a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// How they are related.
    pub relation: Relation,
    /// A state in both.
    pub both: Option<StateId>,
    /// A state in the first alone.
    pub only_first: Option<StateId>,
    /// A state in the second alone.
    pub only_second: Option<StateId>,
}

/// Compares the states in which two readings hold.
pub fn compare(first: &StateSet, second: &StateSet) -> Compared {
    let both = first.iter().find(|s| second.contains(*s));
    let only_first = first.iter().find(|s| !second.contains(*s));
    let only_second = second.iter().find(|s| !first.contains(*s));
    let relation = match (both, only_first, only_second) {
        (_, None, None) => Relation::Equivalent,
        (None, ..) => Relation::Disjoint,
        (_, None, Some(_)) => Relation::Implies,
        (_, Some(_), None) => Relation::ImpliedBy,
        (Some(_), Some(_), Some(_)) => Relation::Overlapping,
    };
    Compared {
        relation,
        both,
        only_first,
        only_second,
    }
}

/// Every pair of readings, compared.
pub(super) fn pairs(senses: &[Sense]) -> Vec<Pair> {
    let mut out = Vec::new();
    for (first, a) in senses.iter().enumerate() {
        for (second, b) in senses.iter().enumerate().skip(first + 1) {
            let Compared {
                relation,
                both,
                only_first,
                only_second,
            } = compare(&a.states, &b.states);
            out.push(Pair {
                first,
                second,
                relation,
                both,
                only_first,
                only_second,
            });
        }
    }
    out
}
