//! Who is stable where, by the letter of the definitions.

use detente_analysis::Concept;
use detente_model::model::Form;

use super::{CONCEPTS, Reading, Set};
use crate::verdicts::{Bits, Table, Verdicts};

/// Steps of each party from each state: `steps[j][s]` is where `j` may step from `s`.
pub(crate) type Steps<const W: usize> = Vec<Vec<Set<W>>>;

/// A conflict as sets of states.
pub(crate) struct Judge<'r, const W: usize> {
    reading: &'r Reading<'r>,
    /// R: the moves.
    pub(crate) moves: Steps<W>,
    /// `better[i][s]` holds every state that `i` prefers to `s`.
    pub(crate) better: Steps<W>,
    /// R+: the improvements, moves to a state that the mover prefers to the one that it leaves.
    pub(crate) improvements: Steps<W>,
    pub(crate) all: Set<W>,
}

impl<'r, const W: usize> Judge<'r, W> {
    pub(crate) fn new(reading: &'r Reading<'r>) -> Self {
        let states = 0..reading.states();
        let each = |of: &dyn Fn(usize, usize) -> Set<W>| -> Steps<W> {
            (0..reading.parties())
                .map(|i| states.clone().map(|s| of(i, s)).collect())
                .collect()
        };
        let moves = each(&|i, s| reading.moves(i, s).into_iter().collect());
        let better = each(&|i, s| {
            states
                .clone()
                .filter(|t| reading.prefers(i, *t, s))
                .collect()
        });
        let improvements = each(&|i, s| moves[i][s].and(&better[i][s]));
        Self {
            reading,
            all: states.clone().collect(),
            moves,
            better,
            improvements,
        }
    }

    pub(crate) fn states(&self) -> usize {
        self.reading.states()
    }

    pub(crate) fn parties(&self) -> usize {
        self.reading.parties()
    }

    /// Those improvements to which the mover prefers no other.
    fn best_improvements(&self) -> Steps<W> {
        let best = |j: usize, s: usize| -> Set<W> {
            let improvements = &self.improvements[j][s];
            improvements
                .iter()
                .filter(|t| !improvements.meets(&self.better[j][*t]))
                .collect()
        };
        (0..self.parties())
            .map(|j| (0..self.states()).map(|s| best(j, s)).collect())
            .collect()
    }

    /// The states that are reached from `from` by legal sequences of one or more steps of the parties
    /// other than `i`: no party steps twice in succession.
    pub(crate) fn reached(&self, i: usize, steps: &Steps<W>, from: usize) -> Set<W> {
        let others: Vec<usize> = (0..self.parties()).filter(|j| *j != i).collect();
        // Where sequences end whose last step is j's, and from where j's last steps were all taken.
        let mut by = vec![Set::EMPTY; self.parties()];
        let mut taken = vec![Set::EMPTY; self.parties()];
        for j in &others {
            by[*j] = steps[*j][from];
        }
        loop {
            let mut more = false;
            for j in &others {
                let after_another = others
                    .iter()
                    .filter(|k| *k != j)
                    .fold(Set::EMPTY, |set, k| set.or(&by[*k]));
                let open = after_another.without(&taken[*j]);
                for state in open.iter() {
                    by[*j] = by[*j].or(&steps[*j][state]);
                }
                taken[*j] = taken[*j].or(&open);
                more |= !open.is_empty();
            }
            if !more {
                return others.iter().fold(Set::EMPTY, |set, j| set.or(&by[*j]));
            }
        }
    }

    /// The states that `i`, having left `s`, does not prefer to it.
    fn not_better(&self, i: usize, s: usize) -> Set<W> {
        self.all.without(&self.better[i][s])
    }

    /// Of those, the states from which it cannot move to one that it prefers to `s` either.
    fn inescapable(&self, i: usize, s: usize) -> Set<W> {
        self.not_better(i, s)
            .iter()
            .filter(|s2| !self.moves[i][*s2].meets(&self.better[i][s]))
            .collect()
    }

    /// The states from which every improvement of `i` can be answered by the others, by steps of the
    /// given kind, with a state in `sanctions(s)`.
    fn answered(
        &self,
        i: usize,
        steps: &Steps<W>,
        sanctions: impl Fn(usize) -> Set<W>,
        reach: &mut [Option<Set<W>>],
    ) -> Set<W> {
        (0..self.states())
            .filter(|s| {
                let improvements = &self.improvements[i][*s];
                improvements.is_empty() || {
                    let sanctions = sanctions(*s);
                    improvements.iter().all(|s1| {
                        reach[s1]
                            .get_or_insert_with(|| self.reached(i, steps, s1))
                            .meets(&sanctions)
                    })
                }
            })
            .collect()
    }

    /// Under each concept of [`CONCEPTS`] from Nash to best-response sequential stability, the states
    /// that are stable for `i`, in that order.
    fn by_sequences(&self, i: usize, best: &Steps<W>) -> [Set<W>; 6] {
        let nash = (0..self.states())
            .filter(|s| self.improvements[i][*s].is_empty())
            .collect();
        let plain = |s: usize| self.not_better(i, s);
        let inescapable: Vec<Set<W>> = (0..self.states())
            .map(|s| {
                if self.improvements[i][s].is_empty() {
                    Set::EMPTY
                } else {
                    self.inescapable(i, s)
                }
            })
            .collect();
        let symmetric = |s: usize| inescapable[s];
        let mut by_moves = vec![None; self.states()];
        let mut by_improvements = vec![None; self.states()];
        let mut by_best = vec![None; self.states()];
        [
            nash,
            self.answered(i, &self.moves, plain, &mut by_moves),
            self.answered(i, &self.moves, symmetric, &mut by_moves),
            self.answered(i, &self.improvements, plain, &mut by_improvements),
            self.answered(i, &self.improvements, symmetric, &mut by_improvements),
            self.answered(i, best, plain, &mut by_best),
        ]
    }

    /// Simultaneous stability, given the states that are sequentially stable for each party; one-sided
    /// when `one_sided`: then the others need not be sequentially unstable, and any may stay.
    fn simultaneous(&self, i: usize, seq: &[Set<W>], one_sided: bool) -> Set<W> {
        (0..self.states())
            .filter(|s| {
                let mut others: Vec<(usize, Vec<usize>)> = Vec::new();
                for j in (0..self.parties()).filter(|j| *j != i) {
                    if one_sided || !seq[j].contains(*s) {
                        others.push((j, self.improvements[j][*s].iter().collect()));
                    }
                }
                let blocked = |s1| self.blocked(i, *s, &others, one_sided, &mut vec![(i, s1)]);
                self.improvements[i][*s].iter().all(blocked)
            })
            .collect()
    }

    /// Whether some combination of improvements of the others, taken from `s` together with what is
    /// chosen already, yields a feasible state that `i` does not prefer to `s`.
    fn blocked(
        &self,
        i: usize,
        s: usize,
        others: &[(usize, Vec<usize>)],
        may_stay: bool,
        chosen: &mut Vec<(usize, usize)>,
    ) -> bool {
        let Some(((j, improvements), rest)) = others.split_first() else {
            // Somebody else must move at the same time.
            return chosen.len() > 1
                && self
                    .reading
                    .together(s, chosen)
                    .is_some_and(|t| !self.better[i][s].contains(t));
        };
        if may_stay && self.blocked(i, s, rest, may_stay, chosen) {
            return true;
        }
        improvements.iter().any(|t| {
            chosen.push((*j, *t));
            let found = self.blocked(i, s, rest, may_stay, chosen);
            chosen.pop();
            found
        })
    }

    /// The verdicts under the concepts asked for, as far as they are written down here and apply.
    pub(crate) fn verdicts(&self, concepts: &[Concept]) -> Verdicts {
        let best = self.best_improvements();
        let parties = 0..self.parties();
        let by_sequences: Vec<[Set<W>; 6]> = parties
            .clone()
            .map(|i| self.by_sequences(i, &best))
            .collect();
        let [_, _, _, seq_place, ..] = [0, 1, 2, 3, 4, 5_usize];
        let seq: Vec<Set<W>> = by_sequences.iter().map(|of| of[seq_place]).collect();
        let options = self.reading.model().form == Form::Options;
        let mut tables = Vec::new();
        for concept in concepts {
            let stable: Vec<Set<W>> = match CONCEPTS.iter().position(|c| c == concept) {
                Some(place @ 0..=5) => by_sequences.iter().map(|of| of[place]).collect(),
                Some(place) if options => parties
                    .clone()
                    .map(|i| self.simultaneous(i, &seq, place == 7))
                    .collect(),
                _ => continue,
            };
            let bits = |set: &Set<W>| Bits::from_states(self.states(), set.iter());
            tables.push(Table::whole(
                *concept,
                self.states(),
                stable.iter().map(bits).collect(),
            ));
        }
        Verdicts {
            states: (0..self.states())
                .map(|s| self.reading.assignment(s).to_vec())
                .collect(),
            parties: self.parties(),
            tables,
        }
    }
}
