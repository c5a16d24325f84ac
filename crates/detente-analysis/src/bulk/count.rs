//! Counting over a range of samples, in parallel.

use std::ops::Range;

use detente_model::PartyId;
use rayon::prelude::*;

use super::{Batch, Detail, LANES, Plan, Verdicts};
use crate::{Budget, Concept, Outcome, StateSet, Stop};

/// Pieces of a round: what one thread does before it looks for more work.
const PIECES: u64 = 64;

/// About how many operations on rows a round has.
const ROUND: u64 = 1 << 25;

/// What is counted besides the equilibria.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Sets of states: in how many samples at least one state of the set is an equilibrium.
    pub classes: Vec<StateSet>,
    /// Whether to count for each party in how many samples a state is stable for it.
    pub parties: bool,
}

/// How often states are equilibria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    samples: u64,
    states: usize,
    parties: usize,
    concepts: Vec<Concept>,
    /// Concept after concept, one number per state.
    equilibria: Vec<u64>,
    /// One number per concept.
    any: Vec<u64>,
    /// Concept after concept, one number per class.
    classes: Vec<u64>,
    /// Concept after concept, party after party, one number per state; empty unless asked for.
    stable: Vec<u64>,
}

impl Counts {
    fn new(plan: &Plan, tally: &Tally) -> Self {
        let (states, parties, concepts) = (plan.states(), plan.parties(), plan.concepts().to_vec());
        let stable = if tally.parties {
            concepts.len() * parties * states
        } else {
            0
        };
        Self {
            samples: 0,
            states,
            parties,
            equilibria: vec![0; concepts.len() * states],
            any: vec![0; concepts.len()],
            classes: vec![0; concepts.len() * tally.classes.len()],
            stable: vec![0; stable],
            concepts,
        }
    }

    /// How many samples were counted.
    pub fn samples(&self) -> u64 {
        self.samples
    }

    /// The concepts, in the order of the plan.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    fn place(&self, concept: Concept) -> Option<usize> {
        self.concepts.iter().position(|c| *c == concept)
    }

    /// For each state in how many samples it is an equilibrium; `None` for a concept that the plan does
    /// not have.
    pub fn equilibria(&self, concept: Concept) -> Option<&[u64]> {
        let start = self.place(concept)? * self.states;
        self.equilibria.get(start..)?.get(..self.states)
    }

    /// In how many samples there is an equilibrium at all.
    pub fn any(&self, concept: Concept) -> Option<u64> {
        self.any.get(self.place(concept)?).copied()
    }

    /// For each class of the tally in how many samples at least one of its states is an equilibrium.
    pub fn classes(&self, concept: Concept) -> Option<&[u64]> {
        let count = self.classes.len() / self.concepts.len().max(1);
        let start = self.place(concept)? * count;
        self.classes.get(start..)?.get(..count)
    }

    /// For each state in how many samples it is stable for a party; `None` also when that was not asked
    /// for.
    pub fn stable(&self, concept: Concept, party: PartyId) -> Option<&[u64]> {
        if party.index() >= self.parties {
            return None;
        }
        let start = (self.place(concept)? * self.parties + party.index()) * self.states;
        self.stable.get(start..)?.get(..self.states)
    }

    /// The counts of both together. They must be counts of the same plan and tally.
    #[must_use]
    pub fn join(mut self, other: &Self) -> Self {
        self.samples += other.samples;
        for (mine, theirs) in [
            (&mut self.equilibria, &other.equilibria),
            (&mut self.any, &other.any),
            (&mut self.classes, &other.classes),
            (&mut self.stable, &other.stable),
        ] {
            for (a, b) in mine.iter_mut().zip(theirs) {
                *a += b;
            }
        }
        self
    }

    /// Adds the lanes of a block whose samples are in the range.
    fn add(&mut self, tally: &Tally, live: u32, verdicts: &Verdicts) {
        // Bits are counted by one instruction where the processor has it.
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || self.add_inline(tally, live, verdicts),
        );
    }

    #[inline(always)]
    fn add_inline(&mut self, tally: &Tally, live: u32, verdicts: &Verdicts) {
        let count = |lanes: u32| u64::from((lanes & live).count_ones());
        self.samples += u64::from(live.count_ones());
        for (sum, lanes) in self.equilibria.iter_mut().zip(&verdicts.equilibria) {
            *sum += count(*lanes);
        }
        for (sum, lanes) in self.stable.iter_mut().zip(&verdicts.stable) {
            *sum += count(*lanes);
        }
        let classes = tally.classes.len();
        for (place, equilibria) in verdicts
            .equilibria
            .chunks_exact(self.states.max(1))
            .enumerate()
        {
            if let Some(sum) = self.any.get_mut(place) {
                *sum += count(equilibria.iter().fold(0, |all, lanes| all | lanes));
            }
            let sums = self.classes.iter_mut().skip(place * classes);
            for (sum, class) in sums.zip(&tally.classes) {
                let held = class.iter().filter_map(|s| equilibria.get(s.index()));
                *sum += count(held.fold(0, |all, lanes| all | lanes));
            }
        }
    }
}

/// Judges a range of samples and counts in how many of them each state is an equilibrium.
///
/// Sample `n` is lane `n % LANES` of block `n / LANES`. `draw` fills the batch of a block: every lane,
/// also where the range begins or ends within the block; those are judged and not counted. It finds in
/// the batch what some other block left there.
///
/// The counts are whole numbers and do not depend on the number of threads. Memory does not grow with the
/// number of samples. When the budget is cancelled, the counts are those of the first
/// [`Counts::samples`] samples of the range.
pub fn count(
    plan: &Plan,
    tally: &Tally,
    samples: Range<u64>,
    draw: impl Fn(u64, &mut Batch) + Sync,
    budget: &Budget,
) -> Outcome<Counts> {
    let detail = if tally.parties {
        Detail::Parties
    } else {
        Detail::Equilibria
    };
    fold(
        plan,
        detail,
        samples,
        draw,
        || Counts::new(plan, tally),
        |counts, _, live, verdicts| counts.add(tally, live, verdicts),
        |a, b| a.join(&b),
        budget,
    )
}

/// Judges a range of samples and gathers what the caller makes of the verdicts.
///
/// For each block `add` gets the number of the block, the lanes whose samples are in the range, and the
/// verdicts. A result is gathered from neighbouring blocks, starting from `empty`, and results are joined
/// in the order of the samples, always divided in the same way: so it is the same for every number of
/// threads, whatever `join` does. For the rest see [`count`].
#[expect(
    clippy::too_many_arguments,
    reason = "what is drawn, and a fold with its three parts"
)]
pub fn fold<T: Send>(
    plan: &Plan,
    detail: Detail,
    samples: Range<u64>,
    draw: impl Fn(u64, &mut Batch) + Sync,
    empty: impl Fn() -> T + Sync,
    add: impl Fn(&mut T, u64, u32, &Verdicts) + Sync,
    join: impl Fn(T, T) -> T,
    budget: &Budget,
) -> Outcome<T> {
    let mut sum = empty();
    if samples.is_empty() {
        return Outcome::Complete(sum);
    }
    let lanes = LANES as u64;
    let (first, last) = (samples.start / lanes, (samples.end - 1) / lanes);
    let piece = (ROUND / plan.effort().max(1) / PIECES).clamp(1, 1 << 8);
    let total = samples.end - samples.start;
    let mut next = first;
    while next <= last {
        let done = next.saturating_mul(lanes).saturating_sub(samples.start);
        budget.report("samples", done, total);
        let end = (next + piece * PIECES - 1).min(last);
        let pieces = (end - next) / piece + 1;
        let gathered: Option<Vec<T>> = (0..pieces)
            .into_par_iter()
            .map_init(
                || (plan.batch(), Verdicts::new(plan, detail)),
                |(batch, verdicts), number| {
                    let mut part = empty();
                    let from = next + number * piece;
                    for block in from..=(from + piece - 1).min(end) {
                        if budget.is_cancelled() {
                            return None;
                        }
                        draw(block, batch);
                        plan.judge(batch, verdicts).ok()?;
                        add(&mut part, block, live(block, &samples), verdicts);
                    }
                    Some(part)
                },
            )
            .collect();
        match gathered {
            Some(parts) => sum = parts.into_iter().fold(sum, &join),
            None => return Outcome::Stopped(sum, Stop::Cancelled),
        }
        next = end + 1;
    }
    budget.report("samples", total, total);
    Outcome::Complete(sum)
}

/// The lanes of a block whose samples are in the range.
fn live(block: u64, samples: &Range<u64>) -> u32 {
    let start = block * LANES as u64;
    let before = samples.start.saturating_sub(start).min(LANES as u64);
    let within = (samples.end - start).min(LANES as u64);
    let below = |lanes: u64| ((1_u64 << lanes) - 1) as u32;
    below(within) & !below(before)
}
