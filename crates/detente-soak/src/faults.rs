//! Examiners that are wrong on purpose, so that the soak is seen to be able to fail.
//!
//! Each makes one mistake that a programmer could make and that published tools have made.

use detente_analysis::Concept;

use crate::examiner::{Examiner, Subject};
use crate::literal::{Judge, Reading, Set, Steps, Unread};
use crate::verdicts::{Bits, Table, Verdicts};

/// A mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A party may move twice in succession.
    LastMover,
    /// Each opponent moves once at most.
    EachOnce,
    /// A state that the party finds as good as the one that it left is no sanction.
    TieIsNoSanction,
    /// Under the symmetric concepts the party may not escape.
    NoEscape,
    /// A sanction that leads back to the very state that the party left does not count.
    NoReturn,
}

/// Every fault with its name and what it gets wrong.
pub const FAULTS: [(Fault, &str, &str); 5] = [
    (
        Fault::LastMover,
        "last-mover",
        "lets a party move twice in succession",
    ),
    (
        Fault::EachOnce,
        "each-once",
        "lets each opponent move once at most",
    ),
    (Fault::TieIsNoSanction, "tie", "takes a tie for no sanction"),
    (
        Fault::NoEscape,
        "escape",
        "forgets the escape of the symmetric concepts",
    ),
    (
        Fault::NoReturn,
        "return",
        "drops sanctions that lead back to the start",
    ),
];

/// An examiner that makes one mistake.
#[derive(Debug, Clone, Copy)]
pub struct Faulty(pub Fault);

impl Examiner for Faulty {
    fn name(&self) -> &'static str {
        match self.0 {
            Fault::LastMover => "faulty last-mover",
            Fault::EachOnce => "faulty each-once",
            Fault::TieIsNoSanction => "faulty tie",
            Fault::NoEscape => "faulty escape",
            Fault::NoReturn => "faulty return",
        }
    }

    fn applicable(&self, subject: &Subject<'_>) -> bool {
        !matches!(subject.reading(), Err(Unread::TooLarge))
    }

    fn verdicts(&self, subject: &Subject<'_>) -> Result<Verdicts, String> {
        let reading = subject.reading().map_err(|e| e.to_string())?;
        Ok(match reading.states() {
            0..=64 => judge::<1>(reading, self.0),
            65..=128 => judge::<2>(reading, self.0),
            129..=256 => judge::<4>(reading, self.0),
            _ => judge::<8>(reading, self.0),
        })
    }
}

fn judge<const W: usize>(reading: &Reading<'_>, fault: Fault) -> Verdicts {
    let judge = Judge::<W>::new(reading);
    let states = judge.states();
    let table = |concept: Concept| {
        let stable = (0..judge.parties())
            .map(|i| Bits::from_states(states, stable(&judge, fault, concept, i).iter()))
            .collect();
        Table::whole(concept, states, stable)
    };
    Verdicts {
        states: (0..states)
            .map(|s| reading.assignment(s).to_vec())
            .collect(),
        parties: judge.parties(),
        tables: [Concept::Gmr, Concept::Smr, Concept::Seq, Concept::Sseq]
            .map(table)
            .into(),
    }
}

fn stable<const W: usize>(
    judge: &Judge<'_, W>,
    fault: Fault,
    concept: Concept,
    i: usize,
) -> Set<W> {
    let steps = match concept {
        Concept::Gmr | Concept::Smr => &judge.moves,
        _ => &judge.improvements,
    };
    let escapes = matches!(concept, Concept::Smr | Concept::Sseq) && fault != Fault::NoEscape;
    let sanctions = |s: usize, s2: usize| {
        let bad = match fault {
            Fault::TieIsNoSanction => judge.better[i][s2].contains(s),
            Fault::NoReturn => s2 != s && !judge.better[i][s].contains(s2),
            _ => !judge.better[i][s].contains(s2),
        };
        bad && !(escapes && judge.moves[i][s2].meets(&judge.better[i][s]))
    };
    let reached: Vec<Set<W>> = (0..judge.states())
        .map(|s1| match fault {
            Fault::LastMover => anybody_after_anybody(judge, i, steps, s1),
            Fault::EachOnce => {
                let others: Vec<usize> = (0..judge.parties()).filter(|j| *j != i).collect();
                each_once(steps, &others, s1)
            }
            _ => judge.reached(i, steps, s1),
        })
        .collect();
    (0..judge.states())
        .filter(|s| {
            let mut improvements = judge.improvements[i][*s].iter();
            improvements.all(|s1| reached[s1].iter().any(|s2| sanctions(*s, s2)))
        })
        .collect()
}

/// What the others reach when anybody may move after anybody.
fn anybody_after_anybody<const W: usize>(
    judge: &Judge<'_, W>,
    i: usize,
    steps: &Steps<W>,
    from: usize,
) -> Set<W> {
    let others = || (0..judge.parties()).filter(|j| *j != i);
    let from_one = |s: usize| others().fold(Set::EMPTY, |set, j| set.or(&steps[j][s]));
    let mut reached: Set<W> = from_one(from);
    loop {
        let next = reached.iter().fold(reached, |set, s| set.or(&from_one(s)));
        if next == reached {
            return reached;
        }
        reached = next;
    }
}

/// What the others reach when each moves once at most.
fn each_once<const W: usize>(steps: &Steps<W>, others: &[usize], from: usize) -> Set<W> {
    let mut reached = Set::EMPTY;
    for j in others {
        let rest: Vec<usize> = others.iter().copied().filter(|k| k != j).collect();
        for to in steps[*j][from].iter() {
            reached.insert(to);
            reached = reached.or(&each_once(steps, &rest, to));
        }
    }
    reached
}
