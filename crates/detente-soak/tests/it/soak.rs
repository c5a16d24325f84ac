//! Whole runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use detente_analysis::budget::Progress;
use detente_analysis::{Budget, Outcome};
use detente_soak::{Mixture, Panel, Plan, Summary, run};

pub(crate) fn plan(models: u64, threads: usize) -> Plan {
    Plan {
        seed: 2019,
        from: 0,
        models,
        threads,
        mixture: Mixture::default(),
        keep: 5,
    }
}

pub(crate) fn complete(plan: &Plan, panel: &Panel) -> Summary {
    match run(plan, panel, &Budget::default()) {
        Outcome::Complete(summary) => summary,
        Outcome::Stopped(_, stop) => panic!("{stop}"),
    }
}

#[test]
fn thousands_of_models_without_a_finding() {
    let summary = complete(&plan(2000, 2), &Panel::default());
    assert_eq!(summary.kept, std::collections::BTreeMap::new());
    assert_eq!(summary.models.models, 2000);
    assert_eq!(summary.models.findings, 0);
    assert!(summary.compared > 1_000_000, "{}", summary.compared);
    assert!(summary.largest > 256, "{}", summary.largest);
    let names: Vec<_> = summary.examiners.iter().map(|(name, ..)| *name).collect();
    assert_eq!(
        names,
        ["literal", "graph", "explain", "bulk", "coset", "symbolic"]
    );
    for (name, models, verdicts) in &summary.examiners {
        match *name {
            "coset" => assert!(*models >= 1300, "{name}: {models}"),
            // Every other of these.
            "symbolic" => assert!(*models >= 600, "{name}: {models}"),
            _ => assert_eq!(*models, 2000, "{name}"),
        }
        assert!(*verdicts > 40_000, "{name}: {verdicts}");
    }
    for (name, models, compared) in &summary.checks {
        let least = match *name {
            "inclusions" | "ground" => 2000,
            "relabelled" | "bystander" | "closed form" => 660,
            "round trip" => 500,
            _ => 200,
        };
        assert!(*models >= least, "{name}: {models}");
        assert!(*compared >= *models, "{name}: {compared}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut panel = Panel::default();
    panel.examiners.push(Box::new(detente_soak::faults::Faulty(
        detente_soak::faults::Fault::TieIsNoSanction,
    )));
    let one = complete(&plan(150, 1), &panel);
    assert!(one.models.findings > 10);
    assert_eq!(one.kept.len(), 5);
    for threads in [2, 3, 7] {
        assert_eq!(
            complete(&plan(150, threads), &panel),
            one,
            "{threads} threads"
        );
    }
}

#[test]
fn two_runs_make_one() {
    let panel = Panel::default();
    let whole = complete(&plan(100, 2), &panel);
    let first = complete(&plan(41, 1), &panel);
    let second = complete(
        &Plan {
            from: 41,
            ..plan(59, 1)
        },
        &panel,
    );
    assert_eq!(whole.states, first.states + second.states);
    assert_eq!(whole.compared, first.compared + second.compared);
    for (k, tally) in whole.features.iter().enumerate() {
        assert_eq!(
            tally.models,
            first.features[k].models + second.features[k].models
        );
    }
}

/// Cancels as soon as anything is reported.
struct Impatient(Arc<AtomicBool>);

impl Progress for Impatient {
    fn report(&self, _: &str, _: u64, _: u64) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_run_that_is_cancelled_is_a_run_of_fewer_models() {
    let panel = Panel::default();
    let flag = Arc::new(AtomicBool::new(false));
    let budget = Budget::default()
        .cancelled_by(Arc::clone(&flag))
        .watched_by(Arc::new(Impatient(flag)));
    let Outcome::Stopped(stopped, _) = run(&plan(100_000, 2), &panel, &budget) else {
        panic!("it went on to the end");
    };
    let models = stopped.models.models;
    assert!((1..1000).contains(&models), "{models}");
    assert_eq!(stopped, complete(&plan(models, 1), &panel));
}
