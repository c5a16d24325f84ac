//! The definitions written down literally, on assignments, by brute force. Nothing is shared with
//! the program.

use std::collections::BTreeSet;

use crate::written::{Direction, Levels, Written};

pub(crate) struct Literal<'w> {
    written: &'w Written,
    /// The feasible states.
    pub(crate) states: Vec<Levels>,
    /// `worth[party][state]`; more is better.
    worth: Vec<Vec<u8>>,
    /// `moves[party][state]`.
    moves: Vec<Vec<BTreeSet<usize>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Concept {
    Nash,
    Gmr,
    Smr,
    Seq,
    Sseq,
    SimOneSided,
}

pub(crate) const CONCEPTS: [Concept; 6] = [
    Concept::Nash,
    Concept::Gmr,
    Concept::Smr,
    Concept::Seq,
    Concept::Sseq,
    Concept::SimOneSided,
];

impl<'w> Literal<'w> {
    pub(crate) fn new(written: &'w Written) -> Self {
        let feasible = written.feasible();
        let of = |worth: &Vec<u8>| {
            feasible
                .iter()
                .map(|(p, _)| worth[p % worth.len()])
                .collect()
        };
        let mut literal = Self {
            written,
            worth: written.worth.iter().map(of).collect(),
            states: feasible.into_iter().map(|(_, s)| s).collect(),
            moves: Vec::new(),
        };
        literal.moves = (0..written.parties)
            .map(|p| {
                let states = 0..literal.states.len();
                states.map(|s| literal.moves_of(p, s)).collect()
            })
            .collect();
        literal
    }

    fn find(&self, state: &Levels) -> Option<usize> {
        self.states.iter().position(|s| s == state)
    }

    /// What follows of itself from a change.
    fn consequences(&self, before: &[u8], mut now: Levels) -> Levels {
        let mut fired = BTreeSet::new();
        'again: loop {
            for (number, (condition, then)) in self.written.when.iter().enumerate() {
                let becomes_true = !condition.holds(before) && condition.holds(&now);
                if becomes_true && fired.insert(number) {
                    for (option, level) in then {
                        now[*option] = *level;
                    }
                    continue 'again;
                }
            }
            return now;
        }
    }

    fn moves_of(&self, party: usize, from: usize) -> BTreeSet<usize> {
        let before = &self.states[from];
        let permitted = |changed: &Levels| {
            let options = self.written.options.iter().zip(before).zip(changed);
            options.into_iter().all(|((option, old), new)| {
                let own = option.owner == party;
                let direction = match option.direction {
                    Direction::Both => true,
                    Direction::Up => new >= old,
                    Direction::Down => new <= old,
                };
                let step = !option.stepwise || new.abs_diff(*old) <= 1;
                old == new || (own && direction && step)
            })
        };
        let prohibited = |after: &Levels| {
            self.written.no_move.iter().any(|(by, from, to)| {
                by.is_none_or(|by| by == party) && from.holds(before) && to.holds(after)
            })
        };
        let mut targets = BTreeSet::new();
        for changed in self.written.combinations() {
            if !permitted(&changed) {
                continue;
            }
            let after = self.consequences(before, changed);
            if let Some(to) = self.find(&after)
                && to != from
                && !prohibited(&after)
            {
                targets.insert(to);
            }
        }
        targets
    }

    pub(crate) fn moves(&self, party: usize, from: usize) -> &BTreeSet<usize> {
        &self.moves[party][from]
    }

    fn better(&self, party: usize, a: usize, b: usize) -> bool {
        self.worth[party][a] > self.worth[party][b]
    }

    fn improvements(&self, party: usize, from: usize) -> Vec<usize> {
        let moves = self.moves(party, from).iter().copied();
        moves.filter(|t| self.better(party, *t, from)).collect()
    }

    fn steps(&self, party: usize, from: usize, improving: bool) -> Vec<usize> {
        if improving {
            self.improvements(party, from)
        } else {
            self.moves(party, from).iter().copied().collect()
        }
    }

    /// What all parties but one reach by legal sequences of one or more steps: every sequence in
    /// which nobody moves twice in succession, up to repetition of a state and its last mover.
    fn answers(&self, to: usize, from: usize, improving: bool) -> BTreeSet<usize> {
        let others: Vec<usize> = (0..self.written.parties).filter(|p| *p != to).collect();
        let mut ends: BTreeSet<(usize, usize)> = BTreeSet::new();
        for p in &others {
            let steps = self.steps(*p, from, improving);
            ends.extend(steps.into_iter().map(|t| (t, *p)));
        }
        loop {
            let mut longer = ends.clone();
            for (state, last) in &ends {
                for p in others.iter().filter(|p| *p != last) {
                    let steps = self.steps(*p, *state, improving);
                    longer.extend(steps.into_iter().map(|t| (t, *p)));
                }
            }
            if longer == ends {
                return ends.into_iter().map(|(s, _)| s).collect();
            }
            ends = longer;
        }
    }

    fn sanctioned(&self, i: usize, s: usize, s1: usize, improving: bool, symmetric: bool) -> bool {
        self.answers(i, s1, improving).into_iter().any(|s2| {
            let escapes = |s2| self.moves(i, s2).iter().any(|s3| self.better(i, *s3, s));
            !(self.better(i, s2, s) || symmetric && escapes(s2))
        })
    }

    /// Whether others, at least one of them and each by an improvement from `s`, can spoil `s1` at
    /// the same time.
    fn spoiled(&self, i: usize, s: usize, s1: usize) -> bool {
        let mut choices: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
        for j in (0..self.written.parties).filter(|j| *j != i) {
            let shorter = choices.clone();
            for to in self.improvements(j, s) {
                choices.extend(shorter.iter().map(|c| {
                    let mut longer = c.clone();
                    longer.push((j, to));
                    longer
                }));
            }
        }
        choices.iter().filter(|c| !c.is_empty()).any(|choice| {
            let mut together = self.states[s].clone();
            for (party, to) in choice.iter().chain(&[(i, s1)]) {
                for (o, option) in self.written.options.iter().enumerate() {
                    if option.owner == *party {
                        together[o] = self.states[*to][o];
                    }
                }
            }
            let after = self.consequences(&self.states[s], together);
            self.find(&after).is_some_and(|t| !self.better(i, t, s))
        })
    }

    pub(crate) fn stable(&self, concept: Concept, i: usize, s: usize) -> bool {
        self.improvements(i, s).into_iter().all(|s1| match concept {
            Concept::Nash => false,
            Concept::Gmr => self.sanctioned(i, s, s1, false, false),
            Concept::Smr => self.sanctioned(i, s, s1, false, true),
            Concept::Seq => self.sanctioned(i, s, s1, true, false),
            Concept::Sseq => self.sanctioned(i, s, s1, true, true),
            Concept::SimOneSided => self.spoiled(i, s, s1),
        })
    }
}
