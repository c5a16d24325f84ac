//! Games of two parties with two choices each.

use std::fmt;

use crate::{Conflict, StateId};
use detente_model::PartyId;

/// The type of a strict 2x2 game, up to the names of the parties and of their choices. There are 78 of them (A.
/// Rapoport and M. Guyer, A Taxonomy of 2x2 Games, General Systems 11, 1966).
///
/// It is written as the two parties' payoffs, 4 for the best, in the four outcomes row by row:
/// `33 14 41 22` is the prisoner's dilemma. Of the at most eight ways to write a game, it is the one that comes last
/// in the order of their digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrdinalType {
    /// For each outcome, row by row, what it is worth to the row and to the column party: 1 to 4.
    pub payoffs: [(u8, u8); 4],
}

/// Names that games of a type go by, where they are used everywhere.
const NAMES: [(&str, [(u8, u8); 4]); 4] = [
    ("prisoner's dilemma", [(3, 3), (1, 4), (4, 1), (2, 2)]),
    ("chicken", [(3, 3), (2, 4), (4, 2), (1, 1)]),
    ("stag hunt", [(4, 4), (1, 3), (3, 1), (2, 2)]),
    ("battle of the sexes", [(4, 3), (2, 2), (1, 1), (3, 4)]),
];

impl OrdinalType {
    /// The type of a game by its payoffs, outcomes row by row, each party's four being 1 to 4 in some order.
    pub fn of(payoffs: [(u8, u8); 4]) -> Self {
        let [a, b, c, d] = payoffs;
        let flip = |[a, b, c, d]: [(u8, u8); 4]| {
            let other = |(row, column): (u8, u8)| (column, row);
            // The column party becomes the row party: the table is transposed.
            [other(a), other(c), other(b), other(d)]
        };
        let ways = [[a, b, c, d], [c, d, a, b], [b, a, d, c], [d, c, b, a]];
        let all = ways.into_iter().chain(ways.map(flip));
        Self {
            payoffs: all.max().unwrap_or(payoffs),
        }
    }

    /// The name that it is known by, if it is one of the few that everybody knows.
    pub fn name(self) -> Option<&'static str> {
        let known = NAMES.iter().find(|(_, payoffs)| Self::of(*payoffs) == self);
        known.map(|(name, _)| *name)
    }
}

impl fmt::Display for OrdinalType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let each: Vec<String> = self
            .payoffs
            .iter()
            .map(|(r, c)| format!("{r}{c}"))
            .collect();
        f.write_str(&each.join(" "))
    }
}

/// The type of a conflict; `None` unless it has two parties and four states in which each party can always and only
/// change its own choice, and both orders are strict.
pub fn ordinal_type(conflict: &Conflict<'_>) -> Option<OrdinalType> {
    let graph = conflict.graph();
    if graph.parties() != 2 || graph.states() != 4 {
        return None;
    }
    let (row, column) = (PartyId(0), PartyId(1));
    let ranks = [conflict.ranking(row), conflict.ranking(column)];
    if !ranks.iter().all(|r| r.is_strict()) {
        return None;
    }
    let only = |party: PartyId, from: StateId| match graph.moves(party).from(from) {
        [to] => Some(*to),
        _ => None,
    };
    let a = StateId(0);
    let (b, c) = (only(column, a)?, only(row, a)?);
    let d = only(row, b)?;
    let table = [a, b, c, d];
    let mut distinct = table.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let closed = distinct.len() == 4
        && only(column, c) == Some(d)
        && only(row, c) == Some(a)
        && only(column, b) == Some(a)
        && only(row, d) == Some(b)
        && only(column, d) == Some(c);
    if !closed {
        return None;
    }
    let place = |party: usize, state: StateId| {
        let below = table.iter().filter(|s| ranks[party].prefers(state, **s));
        below.count() as u8 + 1
    };
    Some(OrdinalType::of(table.map(|s| (place(0, s), place(1, s)))))
}
