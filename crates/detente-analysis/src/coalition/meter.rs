//! Counting the work of an analysis of coalitions against its budget.

use crate::{Budget, Stop};

/// How much work lies between two looks at whether the user asked to stop.
const CHECK_EVERY: u32 = 16;

/// Counts steps: moves looked at, states tested.
pub(super) struct Meter<'a> {
    budget: &'a Budget,
    work: u64,
}

impl<'a> Meter<'a> {
    pub(super) fn new(budget: &'a Budget) -> Self {
        Self { budget, work: 0 }
    }

    pub(super) fn budget(&self) -> &'a Budget {
        self.budget
    }

    /// Adds so many steps.
    pub(super) fn add(&mut self, steps: u64) -> Result<(), Stop> {
        let before = self.work >> CHECK_EVERY;
        self.work = self.work.saturating_add(steps);
        if self.work > self.budget.max_work {
            return Err(Stop::Limit {
                what: "steps of the search over coalitions",
                limit: self.budget.max_work,
            });
        }
        if self.work >> CHECK_EVERY != before {
            return self.check();
        }
        Ok(())
    }

    /// Whether the user asked to stop.
    pub(super) fn check(&self) -> Result<(), Stop> {
        if self.budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }
}
