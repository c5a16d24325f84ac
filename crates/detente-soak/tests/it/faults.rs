//! The soak can fail: wrong examiners are caught, and what shows it is made small.

use detente_analysis::Budget;
use detente_model::Model;
use detente_model::model::Preferences;
use detente_soak::examiners::{Bulk, Coset, Symbolic};
use detente_soak::faults::{FAULTS, Fault, Faulty};
use detente_soak::{Case, Examiner, Finding, Mixture, Panel, Subject, Verdicts, generate, shrink};
use detente_syntax::ast::Direction;

use crate::soak::{complete, plan};

fn panel_with(examiner: Box<dyn Examiner>) -> Panel {
    let mut panel = Panel::default();
    panel.checks.clear();
    panel.examiners.push(examiner);
    panel
}

#[test]
fn every_fault_is_caught_and_shrunk() {
    for (fault, name, _) in FAULTS {
        let panel = panel_with(Box::new(Faulty(fault)));
        let summary = complete(&plan(160, 2), &panel);
        let (number, findings) = summary.kept.first_key_value().expect(name);
        assert!(
            findings
                .iter()
                .all(|f| matches!(f, Finding::Verdict { dissenters, .. }
                if dissenters == &[Faulty(fault).name()])),
            "{name}: {findings:?}"
        );
        let case = generate(2019, *number, &Mixture::default()).unwrap();
        let shrunk = shrink(&case, *number, &panel, &Budget::default()).unwrap();
        assert!(shrunk.findings[0].resembles(&findings[0]), "{name}");
        let small = &shrunk.case;
        assert!(small.text.len() <= case.text.len(), "{name}");
        assert!(small.text.lines().count() <= 32, "{name}:\n{}", small.text);
        assert!(small.model.parties.len() <= 3, "{name}:\n{}", small.text);
        let options = small.model.options.len();
        assert!(
            options <= 5 && small.model.states.len() <= 5,
            "{name}:\n{}",
            small.text
        );

        // What is saved reads back, and shows the same.
        let text = shrunk.text("Found in a test.");
        assert!(text.starts_with("# Found in a test.\n# "), "{text}");
        assert!(text.contains(Faulty(fault).name()), "{text}");
        let again = Case::read(text).unwrap();
        assert_eq!(again.model, small.model, "{name}");
        assert_eq!(
            panel.examine(&again, *number, true).findings,
            shrunk.findings,
            "{name}"
        );
        // Without the wrong examiner there is nothing to be found.
        assert_eq!(
            Panel::default().examine(&again, 0, true).findings,
            [],
            "{name}"
        );
    }
}

#[test]
fn shrinking_is_deterministic_and_can_be_stopped() {
    let panel = panel_with(Box::new(Faulty(Fault::NoEscape)));
    let summary = complete(&plan(60, 2), &panel);
    let number = *summary.kept.first_key_value().unwrap().0;
    let case = generate(2019, number, &Mixture::default()).unwrap();
    let once = shrink(&case, number, &panel, &Budget::default()).unwrap();
    let twice = shrink(&case, number, &panel, &Budget::default()).unwrap();
    assert_eq!(once.case.text, twice.case.text);
    let stopped = Budget::default().cancelled_by(std::sync::Arc::new(
        std::sync::atomic::AtomicBool::new(true),
    ));
    let same = shrink(&case, number, &panel, &stopped).unwrap();
    assert_eq!(same.case.text, case.text);
}

#[test]
fn nothing_is_shrunk_where_nothing_is_found() {
    let case = generate(1, 1, &Mixture::default()).unwrap();
    assert!(shrink(&case, 1, &Panel::default(), &Budget::default()).is_none());
}

/// Tells an examiner of another model than there is.
struct Misled {
    name: &'static str,
    of: Box<dyn Examiner>,
    change: fn(&mut Model),
}

impl Examiner for Misled {
    fn name(&self) -> &'static str {
        self.name
    }

    fn applicable(&self, subject: &Subject<'_>) -> bool {
        self.of.applicable(subject)
    }

    fn verdicts(&self, subject: &Subject<'_>) -> Result<Verdicts, String> {
        let mut model = subject.model.clone();
        (self.change)(&mut model);
        let subject = Subject::new(&model, subject.number).under(subject.concepts());
        self.of.verdicts(&subject)
    }
}

/// Makes an examiner.
type Make = fn() -> Box<dyn Examiner>;

fn forget_directions(model: &mut Model) {
    for option in &mut model.options {
        option.direction = Direction::Both;
    }
}

fn forget_the_last_statement(model: &mut Model) {
    for party in &mut model.parties {
        if let Preferences::Statements(list) = &mut party.preferences {
            list.pop();
        }
    }
}

fn forget_rules(model: &mut Model) {
    model.rules.clear();
}

#[test]
fn engines_that_read_a_model_wrongly_are_caught_and_shrunk() {
    let engines: [(&'static str, Make); 3] = [
        ("misled bulk", || Box::new(Bulk)),
        ("misled coset", || Box::new(Coset)),
        ("misled symbolic", || Box::new(Symbolic::default())),
    ];
    for (name, of) in engines {
        for (change, models, lines) in [
            (forget_directions as fn(&mut Model), 160, 16),
            (forget_the_last_statement, 40, 16),
            (forget_rules, 40, 16),
        ] {
            let of = of();
            let mut panel = panel_with(Box::new(Misled { name, of, change }));
            panel
                .examiners
                .retain(|e| [name, "literal"].contains(&e.name()));
            let summary = complete(&plan(models, 2), &panel);
            let (number, findings) = summary.kept.first_key_value().expect(name);
            let by_it = |f: &Finding| match f {
                Finding::Verdict { dissenters, .. } => dissenters == &[name],
                Finding::States { examiner, .. } => *examiner == name,
                _ => false,
            };
            assert!(findings.iter().all(by_it), "{findings:?}");
            let case = generate(2019, *number, &Mixture::default()).unwrap();
            let shrunk = shrink(&case, *number, &panel, &Budget::default()).unwrap();
            let text = &shrunk.case.text;
            assert!(text.lines().count() <= lines, "{name}:\n{text}");
            assert!(by_it(&shrunk.findings[0]), "{:?}", shrunk.findings);
            assert_eq!(Panel::default().examine(&shrunk.case, 0, true).findings, []);
        }
    }
}

/// Panics on models with three parties.
struct Panics;

impl Examiner for Panics {
    fn name(&self) -> &'static str {
        "panics"
    }

    fn applicable(&self, subject: &Subject<'_>) -> bool {
        subject.model.parties.len() == 3
    }

    fn verdicts(&self, _: &Subject<'_>) -> Result<Verdicts, String> {
        panic!("this panic belongs to a test")
    }
}

#[test]
fn a_panic_is_a_finding() {
    let summary = complete(&plan(20, 2), &panel_with(Box::new(Panics)));
    assert!(summary.models.findings > 3);
    assert!(summary.models.findings < 20);
    for findings in summary.kept.values() {
        assert_eq!(
            *findings,
            [Finding::Failed {
                examiner: "panics",
                why: "it panicked".to_owned()
            }]
        );
    }
}
