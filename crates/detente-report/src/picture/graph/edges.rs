//! The moves that are drawn, each pair of moves there and back once.

use std::collections::{BTreeMap, BTreeSet};

use super::super::conflict::View;
use crate::moves::MoveFinding;

/// Up to so many states all moves are drawn; with more, those that improve the mover's lot, and the ways.
pub(super) const ALL_MOVES: usize = 16;

/// A line between two states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge<'a> {
    pub(super) party: &'a str,
    /// The places of the states.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether the mover prefers where it leads.
    pub(super) improves: bool,
    /// Whether the mover can go back.
    pub(super) reversible: bool,
}

/// What is drawn between states.
pub(super) struct Edges<'a> {
    pub(super) lines: Vec<Edge<'a>>,
    /// The steps of the shortest ways from the status quo to the equilibria: from, to.
    pub(super) ways: BTreeSet<(usize, usize)>,
    /// Whether moves are left out.
    pub(super) thinned: bool,
}

impl<'a> Edges<'a> {
    /// The lines that are drawn, in the order of the findings.
    pub(super) fn new(view: &View<'a>, each: &'a [MoveFinding]) -> Self {
        let mut ways = BTreeSet::new();
        let mut by_whom = BTreeSet::new();
        for held in &view.held {
            let reached = view.state(*held).reachability.as_ref();
            for leg in reached
                .and_then(|r| r.moves.as_ref())
                .map_or(&[][..], |w| &w.steps)
            {
                if let (Some(from), Some(to)) = (view.place(leg.from), view.place(leg.to)) {
                    ways.insert((from, to));
                    by_whom.extend(leg.parties.iter().map(|p| (p.as_str(), from, to)));
                }
            }
        }
        let known: BTreeMap<(&str, u32, u32), bool> = each
            .iter()
            .map(|m| ((m.party.as_str(), m.from, m.to), m.improves))
            .collect();
        let all = view.analysis.states.len() <= ALL_MOVES;
        let mut out = Self {
            lines: Vec::new(),
            ways,
            thinned: false,
        };
        for one in each {
            let (Some(from), Some(to)) = (view.place(one.from), view.place(one.to)) else {
                continue;
            };
            let party = one.party.as_str();
            // Of a move there and back the improvement is drawn; else that of the lower number.
            let back = known.get(&(party, one.to, one.from));
            let drawn_by_other = !one.improves && back.is_some_and(|gains| *gains || from > to);
            if drawn_by_other {
                continue;
            }
            let on_way =
                by_whom.contains(&(party, from, to)) || by_whom.contains(&(party, to, from));
            if !(all || one.improves || on_way) {
                out.thinned = true;
                continue;
            }
            out.lines.push(Edge {
                party,
                from,
                to,
                improves: one.improves,
                reversible: one.reversible,
            });
        }
        out
    }
}
