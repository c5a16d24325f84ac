//! What a check of a certificate found.

use std::cell::Cell;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, Certificate};
use crate::{Budget, Stop};

/// How many defects are told; the others are counted.
pub const MOST_DEFECTS: usize = 100;

/// What was checked of a certificate, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    /// Whether everything that the certificate claims was checked and is so.
    pub valid: bool,
    /// What is wrong, in the order of the checks; no more than [`MOST_DEFECTS`].
    pub defects: Vec<Defect>,
    /// How many more defects there are.
    pub more_defects: u64,
    /// Why the check ended early; null when it did not. Then the certificate is not valid.
    pub stopped: Option<String>,
    /// What was checked.
    pub checked: Counts,
}

/// Something in a certificate that is not so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Defect {
    /// Where it stands, as a JSON Pointer such as `/verdicts/12/answers/0/by/1`.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

/// How much was checked. Concepts, verdicts and closed sets are counted when all of them were.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// Feasible states.
    pub states: u64,
    /// Moves that the model allows.
    pub moves: u64,
    /// Concepts.
    pub concepts: u64,
    /// Verdicts.
    pub verdicts: u64,
    /// Answers to improvements.
    pub answers: u64,
    /// Moves in these answers.
    pub steps: u64,
    /// Closed sets.
    pub closed_sets: u64,
    /// Their members.
    pub members: u64,
    /// Combinations of simultaneous moves.
    pub combinations: u64,
    /// Steps of the check, those of the search for states that the list leaves out among them.
    pub steps_of_check: u64,
}

impl Counts {
    /// Counts what a certificate claims, when all of it was checked.
    pub(crate) fn claims(&mut self, certificate: &Certificate) {
        let count = |n: usize| n as u64;
        let sets = &certificate.closed_sets;
        let answers = certificate.verdicts.iter().flat_map(|v| &v.answers);
        let moves = |a: &Answer| count(a.by.len() + a.together.len());
        self.concepts = count(certificate.equilibria.len());
        self.verdicts = count(certificate.verdicts.len());
        self.answers = count(answers.clone().count());
        self.steps = answers.map(moves).sum();
        self.closed_sets = count(sets.len());
        self.members = sets.iter().map(|s| count(s.members.len())).sum();
    }
}

/// Why a check did not find what it looked for.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Something is wrong with the certificate.
    Defect(String),
    /// The check was stopped.
    Stopped(Stop),
}

/// What was found to be so.
pub(crate) type Checked<T = ()> = Result<T, Fault>;

impl From<&str> for Fault {
    fn from(message: &str) -> Self {
        Self::Defect(message.to_owned())
    }
}

impl From<String> for Fault {
    fn from(message: String) -> Self {
        Self::Defect(message)
    }
}

impl From<Stop> for Fault {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

/// `Ok` when a condition holds.
pub(crate) fn so(holds: bool, otherwise: impl Into<Fault>) -> Checked {
    holds.then_some(()).ok_or_else(|| otherwise.into())
}

/// A check under way: what it found until now, and the budget that bounds it.
pub(crate) struct Examination<'b> {
    pub(crate) budget: &'b Budget,
    steps: Cell<u64>,
    report: Cell<Report>,
}

impl<'b> Examination<'b> {
    pub(crate) fn new(budget: &'b Budget) -> Self {
        Self {
            budget,
            steps: Cell::default(),
            report: Cell::default(),
        }
    }

    fn change(&self, how: impl FnOnce(&mut Report)) {
        let mut report = self.report.take();
        how(&mut report);
        self.report.set(report);
    }

    /// Counts what was checked.
    pub(crate) fn count(&self, how: impl FnOnce(&mut Counts)) {
        self.change(|report| how(&mut report.checked));
    }

    /// Counts steps of work against the limit of the budget.
    pub(crate) fn step(&self, steps: usize) -> Result<(), Stop> {
        let before = self.steps.get();
        let count = before.saturating_add(steps as u64);
        self.steps.set(count);
        let (what, limit) = ("steps", self.budget.max_steps);
        if count > limit {
            return Err(Stop::Limit { what, limit });
        }
        if count >> 12 != before >> 12 {
            if self.budget.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            self.budget.report("steps of the check", count, 0);
        }
        Ok(())
    }

    /// Reports a defect.
    pub(crate) fn defect(&self, place: impl Into<String>, message: impl Into<String>) {
        self.change(|report| {
            if report.defects.len() >= MOST_DEFECTS {
                report.more_defects += 1;
                return;
            }
            let (place, message) = (place.into(), message.into());
            report.defects.push(Defect { place, message });
        });
    }

    /// Keeps what was found to be so, and reports what is wrong at a place.
    pub(crate) fn told<T>(
        &self,
        place: impl Into<String>,
        found: Checked<T>,
    ) -> Result<Option<T>, Stop> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(Fault::Stopped(stop)) => Err(stop),
            Err(Fault::Defect(message)) => {
                self.defect(place, message);
                Ok(None)
            }
        }
    }

    /// The report. The certificate is valid when nothing is wrong and the check came to its end.
    pub(crate) fn finish(self, end: Result<(), Stop>) -> Report {
        let (mut report, stopped) = (self.report.into_inner(), end.err());
        report.checked.steps_of_check = self.steps.get();
        report.valid = report.defects.is_empty() && stopped.is_none();
        report.stopped = stopped.map(|stop| stop.to_string());
        report
    }
}
