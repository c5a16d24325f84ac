//! The frontier, issue by issue.
//!
//! Of two choices for some issues, the one that is worse for somebody and better for nobody can be no part of
//! an efficient package, if both leave the same open: whatever is agreed on the other issues adds the same to
//! both. So issues are settled one at a time, and only choices that nothing betters are kept. Issues that rules
//! or terms couple are settled together first, choices apart that leave different things open; the groups are
//! independent of each other and are then added up.

use std::collections::HashMap;

use super::order;
use super::prune::prune;
use super::residual::FALSE;
use super::setup::{Setup, State};
use super::vector::{Vector, Whole, plus};
use crate::budget::Stop;
use crate::meter::Meter;

/// Everything that was kept on the way, from which ties are counted and listed.
#[derive(Debug)]
pub(super) struct Solved<N, const M: usize> {
    /// Groups of coupled issues, in the order in which they are added up.
    pub(super) groups: Vec<Group<N, M>>,
    /// What is kept of the groups so far, after each group from the second on; greatest first.
    pub(super) sums: Vec<Vec<Vector<N, M>>>,
}

/// Issues that hang together.
#[derive(Debug)]
pub(super) struct Group<N, const M: usize> {
    /// One issue after the other, at least one.
    pub(super) steps: Vec<Step<N, M>>,
}

/// What is kept after an issue of a group is settled.
#[derive(Debug)]
pub(super) struct Step<N, const M: usize> {
    /// The issue.
    pub(super) issue: usize,
    /// What its levels do, in order of where they lead.
    pub(super) moves: Vec<Move<N, M>>,
    /// For each thing that can be left open, the worths kept, greatest first.
    pub(super) kept: Vec<Vec<Vector<N, M>>>,
}

/// A level after what was open before.
#[derive(Debug)]
pub(super) struct Move<N, const M: usize> {
    /// What was open before, as a place in the step before.
    pub(super) from: usize,
    /// The level.
    pub(super) level: u16,
    /// What is open then, as a place in this step.
    pub(super) to: usize,
    /// What is added.
    pub(super) worth: Vector<N, M>,
}

impl<N: Whole, const M: usize> Group<N, M> {
    /// The worths of all that can be agreed on these issues, as far as nothing betters them.
    pub(super) fn last(&self) -> &[Vector<N, M>] {
        self.steps
            .last()
            .and_then(|s| s.kept.first())
            .map_or(&[], Vec::as_slice)
    }
}

impl<N: Whole, const M: usize> Solved<N, M> {
    /// The worths of all efficient packages, without the base.
    pub(super) fn efficient(&self) -> &[Vector<N, M>] {
        match self.sums.last() {
            Some(sums) => sums,
            None => self.groups.first().map_or(&[], Group::last),
        }
    }
}

/// What is open before the first issue of a group.
pub(super) fn nothing<N: Whole, const M: usize>() -> Vec<Vec<Vector<N, M>>> {
    vec![vec![[N::default(); M]]]
}

/// The frontier of a space.
pub(super) fn solve<N: Whole, const M: usize>(
    setup: &mut Setup<N, M>,
    sizes: &[u32],
    meter: &mut Meter,
) -> Result<Solved<N, M>, Stop> {
    let mut groups = Vec::new();
    if setup.start.rules == FALSE {
        let sums = Vec::new();
        return Ok(Solved { groups, sums });
    }
    for issues in order::groups(sizes, &setup.couplings()) {
        groups.push(group(setup, &issues, meter)?);
    }
    // Long lists first: the last sums are the longest, and are made for each member of the last group.
    groups.sort_by_key(|g| std::cmp::Reverse(g.last().len()));
    let mut sums: Vec<Vec<Vector<N, M>>> = Vec::new();
    let total = groups.len() as u64;
    for (done, group) in groups.iter().enumerate().skip(1) {
        meter.budget().report("issues", done as u64, total);
        let so_far = match sums.last() {
            Some(so_far) => so_far.as_slice(),
            None => groups[0].last(),
        };
        let mut gathered = Gathered::default();
        for worth in group.last() {
            gathered.add(so_far, worth, meter)?;
        }
        sums.push(gathered.finish(meter)?);
    }
    Ok(Solved { groups, sums })
}

/// Settles the issues of a group, one after the other.
fn group<N: Whole, const M: usize>(
    setup: &mut Setup<N, M>,
    issues: &[usize],
    meter: &mut Meter,
) -> Result<Group<N, M>, Stop> {
    let mut states = vec![setup.part(issues)];
    let mut steps: Vec<Step<N, M>> = Vec::new();
    for issue in issues {
        let (mut moves, after) = moves(setup, *issue, &states, meter)?;
        moves.sort_by_key(|m| m.to);
        let first = nothing();
        let before = steps.last().map_or(&first, |s| &s.kept);
        let mut kept = Vec::with_capacity(after.len());
        for there in moves.chunk_by(|a, b| a.to == b.to) {
            let mut gathered = Gathered::default();
            for step in there {
                gathered.add(&before[step.from], &step.worth, meter)?;
            }
            kept.push(gathered.finish(meter)?);
        }
        states = after;
        steps.push(Step {
            issue: *issue,
            moves,
            kept,
        });
    }
    Ok(Group { steps })
}

/// What the levels of an issue make of each state, and the states after it in order of appearance.
pub(super) fn moves<N: Whole, const M: usize>(
    setup: &mut Setup<N, M>,
    issue: usize,
    states: &[State],
    meter: &mut Meter,
) -> Result<(Vec<Move<N, M>>, Vec<State>), Stop> {
    let mut moves = Vec::new();
    let mut after: Vec<State> = Vec::new();
    let mut places: HashMap<State, usize> = HashMap::new();
    for level in 0..setup.tables[issue].len() {
        let level = level as u16;
        let open: usize = states.iter().map(|s| s.terms.len() + 1).sum();
        meter.add(open as u64)?;
        let settled = setup.settle(issue, level, states);
        for (from, reached) in settled.into_iter().enumerate() {
            let Some((state, worth)) = reached else {
                continue;
            };
            let to = *places.entry(state).or_insert_with_key(|state| {
                after.push(state.clone());
                after.len() - 1
            });
            moves.push(Move {
                from,
                level,
                to,
                worth,
            });
        }
    }
    Ok((moves, after))
}

/// How many vectors are gathered before they are pruned for the first time.
const MANY: usize = 1 << 21;

/// Vectors that are pruned when they become many.
struct Gathered<N, const M: usize> {
    vectors: Vec<Vector<N, M>>,
    most: usize,
}

impl<N, const M: usize> Default for Gathered<N, M> {
    fn default() -> Self {
        Self {
            vectors: Vec::new(),
            most: MANY,
        }
    }
}

impl<N: Whole, const M: usize> Gathered<N, M> {
    fn add(
        &mut self,
        vectors: &[Vector<N, M>],
        worth: &Vector<N, M>,
        meter: &mut Meter,
    ) -> Result<(), Stop> {
        self.vectors.extend(vectors.iter().map(|v| plus(v, worth)));
        if self.vectors.len() > self.most {
            prune(&mut self.vectors, meter)?;
            super::fits::<Vector<N, M>>(self.vectors.len(), meter.budget())?;
            self.most = MANY.max(self.vectors.len() * 2);
        }
        Ok(())
    }

    fn finish(mut self, meter: &mut Meter) -> Result<Vec<Vector<N, M>>, Stop> {
        prune(&mut self.vectors, meter)?;
        self.vectors.shrink_to_fit();
        Ok(self.vectors)
    }
}
