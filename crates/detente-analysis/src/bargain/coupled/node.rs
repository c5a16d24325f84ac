//! A part of all packages: which classes are open, and what is decided of the blocks.

use super::compile::{Classes, Effect, Problem, Side};
use super::relax::Direction;

/// What is decided of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Nothing.
    Open,
    /// All open packages are in it.
    Holds,
    /// No open package is in it.
    Dead,
    /// What it pays is not counted, what it costs is, whether packages are in it or not.
    Waived,
    /// Packages in it are left out.
    Barred,
}

/// A part of all packages.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// The open classes of all issues.
    pub domain: Vec<u64>,
    /// What is decided of each block.
    pub status: Vec<Status>,
    /// For each direction, for each side, its share of the block's value.
    pub shares: Vec<Vec<f64>>,
}

impl Node {
    /// All packages.
    pub(super) fn root(problem: &Problem, directions: usize) -> Self {
        let status = problem.blocks.iter().map(|b| match b.effect {
            Effect::Pays(..) => Status::Open,
            Effect::Forbids => Status::Barred,
        });
        Self {
            domain: problem.everything(),
            status: status.collect(),
            shares: vec![vec![0.0; problem.sides]; directions],
        }
    }

    /// What a block adds to all packages in a direction by what is decided of it.
    pub(super) fn settled(&self, direction: &Direction, block: usize) -> f64 {
        let value = direction.blocks[block];
        match self.status[block] {
            Status::Holds => value,
            Status::Waived => value.min(0.0),
            Status::Open | Status::Dead | Status::Barred => 0.0,
        }
    }

    /// Whether some open class of the side's issue is in the side's set, and whether some is not.
    #[inline]
    pub(super) fn reach(&self, problem: &Problem, side: Side) -> (bool, bool) {
        let issue = &problem.issues[side.issue];
        let (mut inside, mut outside) = (0, 0);
        for word in 0..issue.words {
            let set = problem.masks[side.mask + word];
            let open = self.domain[issue.word + word];
            inside |= open & set;
            outside |= open & !set;
        }
        (inside != 0, outside != 0)
    }

    /// Whether all open classes of the side's issue are in its set.
    pub(super) fn decided(&self, problem: &Problem, side: Side) -> bool {
        !self.reach(problem, side).1
    }

    /// Leaves open only the classes in the side's set, or only those outside.
    pub(super) fn restrict(&mut self, problem: &Problem, side: Side, within: bool) {
        let issue = &problem.issues[side.issue];
        for word in 0..issue.words {
            let set = problem.masks[side.mask + word];
            self.domain[issue.word + word] &= if within { set } else { !set };
        }
    }

    /// Whether a class of an issue is open.
    pub(super) fn is_open(&self, issue: &Classes, class: usize) -> bool {
        self.domain[issue.word + class / 64] >> (class % 64) & 1 == 1
    }

    /// Leaves open only one class of an issue.
    pub(super) fn choose(&mut self, issue: &Classes, class: usize) {
        self.domain[issue.word..issue.word + issue.words].fill(0);
        self.domain[issue.word + class / 64] = 1 << (class % 64);
    }

    /// Leaves open only the packages in a block.
    pub(super) fn enter(&mut self, problem: &Problem, block: usize) {
        for side in &problem.blocks[block].sides {
            self.restrict(problem, *side, true);
        }
    }

    /// Draws the conclusions of what is decided; false when no package is left, or all that are left are
    /// looked at elsewhere.
    pub(super) fn propagate(&mut self, problem: &Problem) -> bool {
        if !self.inhabited(problem) {
            return false;
        }
        loop {
            let mut changed = false;
            for (number, block) in problem.blocks.iter().enumerate() {
                let status = self.status[number];
                if matches!(status, Status::Holds | Status::Dead) {
                    continue;
                }
                let (mut open, mut last, mut dead) = (0, None, false);
                for side in &block.sides {
                    let (inside, outside) = self.reach(problem, *side);
                    dead |= !inside;
                    if outside {
                        open += 1;
                        last = Some(*side);
                    }
                }
                let costs = matches!(block.effect, Effect::Pays(_, units) if units < 0);
                match (status, dead, open) {
                    // It costs, but no package is in it: those count among the barred.
                    (Status::Waived, true, _) if costs => return false,
                    (_, true, _) => self.status[number] = Status::Dead,
                    (Status::Open, false, 0) => self.status[number] = Status::Holds,
                    (Status::Waived, false, 0) if costs => self.status[number] = Status::Holds,
                    // All packages are in it: those count among those that enter.
                    (Status::Waived | Status::Barred, false, 0) => return false,
                    (Status::Barred, false, 1) => {
                        if let Some(side) = last {
                            self.restrict(problem, side, false);
                        }
                        self.status[number] = Status::Dead;
                        changed = true;
                    }
                    _ => {}
                }
            }
            if !changed {
                return true;
            }
            if !self.inhabited(problem) {
                return false;
            }
        }
    }

    /// Whether every issue has an open class.
    fn inhabited(&self, problem: &Problem) -> bool {
        problem.issues.iter().all(|issue| {
            let words = &self.domain[issue.word..issue.word + issue.words];
            words.iter().any(|w| *w != 0)
        })
    }
}
