//! Going through profiles, block by block, in parallel, and adding up what they are judged to be.

use std::ops::{Add, AddAssign};

use num_bigint::BigUint;
use rayon::prelude::*;

use super::panel::{Lanes, Panel, Ranked};
use crate::bulk::LANES;
use crate::{Budget, Stop};

/// Blocks that one thread goes through before it looks for more work.
const BLOCKS: u64 = 64;
/// Chunks of blocks between two looks at the budget.
const ROUND: u64 = 32;

/// The number of the profiles and what each is.
pub(super) trait Worlds: Sync {
    /// How many there are.
    fn count(&self) -> u64;

    /// The rankings of the parties in a profile.
    fn profile(&self, world: u64) -> Vec<Ranked<'_>>;
}

/// A number in which weights are added exactly.
pub(super) trait Sum:
    Clone + Default + Send + Sync + for<'a> AddAssign<&'a Self> + Add<Output = Self>
{
    fn from_big(value: &BigUint) -> Self;
    fn into_big(self) -> BigUint;
    fn times(&self, other: &Self) -> Self;
    /// The quotient of a number that the other one divides.
    fn over(&self, other: &Self) -> Self;
}

impl Sum for u128 {
    fn from_big(value: &BigUint) -> Self {
        let digits = value.to_u64_digits();
        let digit = |n: usize| Self::from(digits.get(n).copied().unwrap_or(0));
        digit(1) << 64 | digit(0)
    }

    fn into_big(self) -> BigUint {
        BigUint::from(self)
    }

    fn times(&self, other: &Self) -> Self {
        self * other
    }

    fn over(&self, other: &Self) -> Self {
        self.checked_div(*other).unwrap_or(0)
    }
}

impl Sum for BigUint {
    fn from_big(value: &BigUint) -> Self {
        value.clone()
    }

    fn into_big(self) -> BigUint {
        self
    }

    fn times(&self, other: &Self) -> Self {
        self * other
    }

    fn over(&self, other: &Self) -> Self {
        if *other == Self::ZERO {
            return Self::ZERO;
        }
        self / other
    }
}

/// What is asked of each profile: for every row the states, then these sets of states (at least one of
/// their states), then whether there is any equilibrium.
pub(super) struct Cells {
    pub(super) rows: usize,
    pub(super) states: usize,
    pub(super) sets: Vec<Vec<usize>>,
}

impl Cells {
    /// The cells of one row.
    pub(super) fn width(&self) -> usize {
        self.states + self.sets.len() + 1
    }

    pub(super) fn count(&self) -> usize {
        self.rows * self.width()
    }

    /// The verdicts on all cells from those on the states of all rows.
    fn fill(&self, masks: &[Lanes], cells: &mut [Lanes]) {
        let rows = masks.chunks_exact(self.states.max(1));
        for (cells, row) in cells.chunks_exact_mut(self.width()).zip(rows) {
            let (of_states, others) = cells.split_at_mut(self.states);
            of_states.copy_from_slice(row);
            let of_sets = self.sets.iter().map(|set| {
                set.iter()
                    .filter_map(|s| row.get(*s))
                    .fold(0, |all, lanes| all | lanes)
            });
            let any = row.iter().fold(0, |all, lanes| all | lanes);
            for (cell, lanes) in others.iter_mut().zip(of_sets.chain([any])) {
                *cell = lanes;
            }
        }
    }
}

/// What was found of a range of profiles.
pub(super) struct Counted<W> {
    /// How many profiles were judged: the first ones.
    pub(super) worlds: u64,
    /// For each cell the sum of both weights of the profiles in which it holds.
    pub(super) sums: Vec<(W, W)>,
    /// For each cell that is recorded in which of the first profiles it holds, one word per block.
    pub(super) records: Vec<Vec<Lanes>>,
    /// Why it ended early.
    pub(super) stop: Option<Stop>,
}

/// Whether the cell with this record holds in a profile.
pub(super) fn holds(record: &[Lanes], world: u64) -> bool {
    let block = record.get((world / LANES as u64) as usize);
    block.is_some_and(|lanes| lanes >> (world % LANES as u64) & 1 == 1)
}

/// Which cells are remembered profile by profile, and of how many profiles: of the first ones.
pub(super) struct Recorded {
    pub(super) cells: Vec<usize>,
    pub(super) worlds: u64,
}

/// Judges all profiles. The sums are exact and do not depend on the number of threads.
pub(super) fn count<W: Sum>(
    worlds: &dyn Worlds,
    panel: &dyn Panel,
    cells: &Cells,
    recorded: &Recorded,
    weights: &(dyn Fn(u64) -> (W, W) + Sync),
    budget: &Budget,
) -> Counted<W> {
    let mut all = Counted {
        worlds: 0,
        sums: vec![Default::default(); cells.count()],
        records: vec![Vec::new(); recorded.cells.len()],
        stop: None,
    };
    let total = worlds.count();
    let per_chunk = BLOCKS * LANES as u64;
    let chunks = total.div_ceil(per_chunk);
    let mut next = 0;
    while next < chunks {
        if budget.is_cancelled() {
            all.stop = Some(Stop::Cancelled);
            return all;
        }
        budget.report("profiles of preferences", all.worlds, total);
        let until = (next + ROUND).min(chunks);
        let parts: Vec<Result<Counted<W>, Stop>> = (next..until)
            .into_par_iter()
            .map(|chunk| {
                let from = chunk * per_chunk;
                let range = from..(from + per_chunk).min(total);
                of_range(worlds, panel, cells, recorded, weights, range)
            })
            .collect();
        for part in parts {
            match part {
                Ok(part) => all.join(part),
                Err(stop) => {
                    all.stop = Some(stop);
                    return all;
                }
            }
        }
        next = until;
    }
    all
}

impl<W: Sum> Counted<W> {
    fn join(&mut self, part: Self) {
        self.worlds += part.worlds;
        for (sum, more) in self.sums.iter_mut().zip(&part.sums) {
            sum.0 += &more.0;
            sum.1 += &more.1;
        }
        for (record, more) in self.records.iter_mut().zip(part.records) {
            record.extend(more);
        }
    }
}

fn of_range<W: Sum>(
    worlds: &dyn Worlds,
    panel: &dyn Panel,
    cells: &Cells,
    recorded: &Recorded,
    weights: &(dyn Fn(u64) -> (W, W) + Sync),
    range: std::ops::Range<u64>,
) -> Result<Counted<W>, Stop> {
    let mut part = Counted {
        worlds: range.end - range.start,
        sums: vec![<(W, W)>::default(); cells.count()],
        records: vec![Vec::new(); recorded.cells.len()],
        stop: None,
    };
    let mut masks = vec![0; cells.rows * cells.states];
    let mut verdicts = vec![0; cells.count()];
    let mut from = range.start;
    while from < range.end {
        let until = (from + LANES as u64).min(range.end);
        let profiles: Vec<Vec<Ranked<'_>>> = (from..until).map(|w| worlds.profile(w)).collect();
        panel.judge(&profiles, &mut masks)?;
        cells.fill(&masks, &mut verdicts);
        let live = Lanes::MAX >> (LANES as u64 - (until - from));
        let each: Vec<(W, W)> = (from..until).map(weights).collect();
        let mut whole = <(W, W)>::default();
        for weight in &each {
            whole.0 += &weight.0;
            whole.1 += &weight.1;
        }
        for (sum, lanes) in part.sums.iter_mut().zip(&verdicts) {
            let lanes = lanes & live;
            if lanes == live {
                sum.0 += &whole.0;
                sum.1 += &whole.1;
                continue;
            }
            for (lane, weight) in each.iter().enumerate() {
                if lanes >> lane & 1 == 1 {
                    sum.0 += &weight.0;
                    sum.1 += &weight.1;
                }
            }
        }
        if from < recorded.worlds {
            for (record, cell) in part.records.iter_mut().zip(&recorded.cells) {
                record.push(verdicts.get(*cell).copied().unwrap_or(0) & live);
            }
        }
        from = until;
    }
    Ok(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many profiles of nobody.
    struct Many(u64);

    impl Worlds for Many {
        fn count(&self) -> u64 {
            self.0
        }

        fn profile(&self, _: u64) -> Vec<Ranked<'_>> {
            Vec::new()
        }
    }

    /// Every state is an equilibrium.
    struct Content;

    impl Panel for Content {
        fn judge(&self, _: &[Vec<Ranked<'_>>], masks: &mut [Lanes]) -> Result<(), Stop> {
            masks.fill(Lanes::MAX);
            Ok(())
        }
    }

    #[test]
    fn only_the_first_profiles_are_remembered_and_all_are_counted() {
        let cells = Cells {
            rows: 1,
            states: 1,
            sets: Vec::new(),
        };
        for (worlds, blocks) in [(64, 2), (65, 3), (1 << 40, 158)] {
            let recorded = Recorded {
                cells: vec![0],
                worlds,
            };
            let one = |_| (1_u128, 0);
            let budget = Budget::default();
            let counted = count(&Many(5_033), &Content, &cells, &recorded, &one, &budget);
            assert_eq!(counted.worlds, 5_033);
            assert_eq!(counted.sums, [(5_033, 0), (5_033, 0)]);
            assert_eq!(
                counted.records.iter().map(Vec::len).collect::<Vec<_>>(),
                [blocks]
            );
        }
    }
}
