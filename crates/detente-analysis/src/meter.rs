//! Counting the work of an analysis against its budget.

use crate::{Budget, Stop};

/// How much work lies between two looks at whether the user asked to stop.
const CHECK_EVERY: u32 = 16;

/// Counts steps: moves looked at, states tested.
pub(crate) struct Meter<'a> {
    budget: &'a Budget,
    what: &'static str,
    work: u64,
}

impl<'a> Meter<'a> {
    /// Counts what is named, such as `steps of the search over coalitions`.
    pub(crate) fn new(budget: &'a Budget, what: &'static str) -> Self {
        Self {
            budget,
            what,
            work: 0,
        }
    }

    pub(crate) fn budget(&self) -> &'a Budget {
        self.budget
    }

    /// Adds so many steps.
    pub(crate) fn add(&mut self, steps: u64) -> Result<(), Stop> {
        let before = self.work >> CHECK_EVERY;
        self.work = self.work.saturating_add(steps);
        if self.work > self.budget.max_work {
            return Err(Stop::Limit {
                what: self.what,
                limit: self.budget.max_work,
            });
        }
        if self.work >> CHECK_EVERY != before {
            return self.check();
        }
        Ok(())
    }

    /// Whether the user asked to stop.
    pub(crate) fn check(&self) -> Result<(), Stop> {
        if self.budget.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }
}
