//! Many models, on several threads, with one summary.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use detente_analysis::{Budget, Outcome, Stop};

use crate::compare::{Finding, Panel};
use crate::features::{FEATURES, features};
use crate::generate::{Mixture, generate};

/// Threads take so many models at a time.
const SHARE: u64 = 32;

/// What to examine.
#[derive(Debug, Clone)]
pub struct Plan {
    /// From which everything is drawn.
    pub seed: u64,
    /// The number of the first model.
    pub from: u64,
    /// How many models.
    pub models: u64,
    /// On how many threads; at least one is used.
    pub threads: usize,
    /// How often each feature is drawn.
    pub mixture: Mixture,
    /// The findings of at most so many models are kept, those of the lowest numbers.
    pub keep: usize,
}

/// How often something was examined, and in how many models there was a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Models.
    pub models: u64,
    /// Models with a finding.
    pub findings: u64,
}

/// What a run found. It does not depend on the number of threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Models examined and models with a finding.
    pub models: Tally,
    /// Feasible states of all models.
    pub states: u64,
    /// The most states of one model.
    pub largest: u64,
    /// Verdicts that were compared with a verdict of the first examiner.
    pub compared: u64,
    /// For each examiner the models that it judged, and its verdicts.
    pub examiners: Vec<(&'static str, u64, u64)>,
    /// For each check the models to which it applies, and how much it compared.
    pub checks: Vec<(&'static str, u64, u64)>,
    /// For each feature of [`FEATURES`] the models that have it.
    pub features: Vec<Tally>,
    /// The findings of the models of the lowest numbers.
    pub kept: BTreeMap<u64, Vec<Finding>>,
}

impl Summary {
    fn new(panel: &Panel) -> Self {
        Self {
            models: Tally::default(),
            states: 0,
            largest: 0,
            compared: 0,
            examiners: panel.examiners.iter().map(|e| (e.name(), 0, 0)).collect(),
            checks: panel.checks.iter().map(|c| (c.name, 0, 0)).collect(),
            features: vec![Tally::default(); FEATURES.len()],
            kept: BTreeMap::new(),
        }
    }

    fn add(&mut self, other: Self, keep: usize) {
        let add = |tally: &mut Tally, more: Tally| {
            tally.models += more.models;
            tally.findings += more.findings;
        };
        add(&mut self.models, other.models);
        self.states += other.states;
        self.largest = self.largest.max(other.largest);
        self.compared += other.compared;
        for (mine, more) in self.examiners.iter_mut().zip(other.examiners) {
            mine.1 += more.1;
            mine.2 += more.2;
        }
        for (mine, more) in self.checks.iter_mut().zip(other.checks) {
            mine.1 += more.1;
            mine.2 += more.2;
        }
        for (mine, more) in self.features.iter_mut().zip(other.features) {
            add(mine, more);
        }
        self.kept.extend(other.kept);
        self.trim(keep);
    }

    fn trim(&mut self, keep: usize) {
        while self.kept.len() > keep {
            self.kept.pop_last();
        }
    }

    /// Draws a model, has it examined, and takes down what comes out.
    fn take(&mut self, plan: &Plan, panel: &Panel, number: u64) {
        let (found, has) = match generate(plan.seed, number, &plan.mixture) {
            Err(refused) => (
                vec![Finding::Refused {
                    why: refused.why.to_string(),
                }],
                Vec::new(),
            ),
            Ok(case) => {
                let examination = panel.examine(&case, number, false);
                let states = examination.states as u64;
                self.states += states;
                self.largest = self.largest.max(states);
                self.compared += examination.compared;
                for (place, verdicts) in examination.asked {
                    if let Some((_, models, all)) = self.examiners.get_mut(place) {
                        *models += 1;
                        *all += verdicts;
                    }
                }
                for (check, compared) in self.checks.iter_mut().zip(examination.checked) {
                    check.1 += u64::from(compared > 0);
                    check.2 += compared;
                }
                (examination.findings, features(&case, examination.states))
            }
        };
        let findings = u64::from(!found.is_empty());
        let one = |tally: &mut Tally| {
            tally.models += 1;
            tally.findings += findings;
        };
        one(&mut self.models);
        for feature in has {
            if let Some(tally) = self.features.get_mut(feature) {
                one(tally);
            }
        }
        if !found.is_empty() {
            self.kept.insert(number, found);
            self.trim(plan.keep);
        }
    }
}

/// Does some work in a pool of one thread, so that engines do not hand out pieces of small models.
fn alone(work: impl FnOnce() + Send) {
    match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Examines the models of a plan.
///
/// When it is cancelled, the models examined are those from the first on without a gap, so that a
/// later run can go on where this one ended. Of the budget only cancellation and progress count.
pub fn run(plan: &Plan, panel: &Panel, budget: &Budget) -> Outcome<Summary> {
    let next = AtomicU64::new(0);
    let done = AtomicU64::new(0);
    let total = Mutex::new(Summary::new(panel));
    std::thread::scope(|scope| {
        for _ in 0..plan.threads.max(1) {
            scope.spawn(|| {
                alone(|| {
                    let mut own = Summary::new(panel);
                    while !budget.is_cancelled() {
                        let first = next.fetch_add(SHARE, Ordering::Relaxed);
                        if first >= plan.models {
                            break;
                        }
                        let end = plan.models.min(first.saturating_add(SHARE));
                        for offset in first..end {
                            own.take(plan, panel, plan.from.wrapping_add(offset));
                        }
                        let before = done.fetch_add(end - first, Ordering::Relaxed);
                        budget.report("models", before + end - first, plan.models);
                    }
                    let mut total = total
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner);
                    total.add(own, plan.keep);
                });
            });
        }
    });
    let summary = total
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if summary.models.models < plan.models {
        Outcome::Stopped(summary, Stop::Cancelled)
    } else {
        Outcome::Complete(summary)
    }
}
