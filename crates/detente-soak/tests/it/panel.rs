//! How verdicts of several examiners are compared.

use detente_analysis::Budget;
use detente_soak::examiners::Literal;
use detente_soak::{Bits, Examiner, Finding, Mixture, Panel, Subject, Verdicts, generate};

/// The literal examiner with its verdicts changed.
struct Changed(&'static str, fn(&mut Verdicts));

impl Examiner for Changed {
    fn name(&self) -> &'static str {
        self.0
    }

    fn applicable(&self, _: &Subject<'_>) -> bool {
        true
    }

    fn verdicts(&self, subject: &Subject<'_>) -> Result<Verdicts, String> {
        let mut verdicts = Literal.verdicts(subject)?;
        (self.1)(&mut verdicts);
        Ok(verdicts)
    }
}

fn findings(change: fn(&mut Verdicts)) -> Vec<Vec<Finding>> {
    let panel = Panel {
        examiners: vec![Box::new(Literal), Box::new(Changed("changed", change))],
        checks: Vec::new(),
        budget: Budget::default(),
    };
    (0..30)
        .map(|number| {
            let case = generate(3, number, &Mixture::default()).unwrap();
            panel.examine(&case, number, false).findings
        })
        .collect()
}

fn reversed(verdicts: &mut Verdicts) {
    let last = verdicts.states.len() - 1;
    let to: Vec<usize> = (0..=last).map(|s| last - s).collect();
    verdicts.states.reverse();
    for table in &mut verdicts.tables {
        for set in table.stable.iter_mut().chain(&mut table.judged) {
            *set = set.renumbered(&to);
        }
    }
}

#[test]
fn the_order_of_states_does_not_matter() {
    assert!(findings(reversed).iter().all(Vec::is_empty));
}

#[test]
fn one_flipped_verdict_is_found_where_it_is() {
    let found = findings(|verdicts| {
        reversed(verdicts);
        let state = verdicts.states.len() / 2;
        let states = verdicts.states.len();
        let set = &mut verdicts.tables[3].stable[1];
        *set = Bits::from_states(
            states,
            (0..states).filter(|s| set.contains(*s) != (*s == state)),
        );
    });
    for (number, findings) in (0u64..).zip(found) {
        let case = generate(3, number, &Mixture::default()).unwrap();
        let [
            Finding::Verdict {
                concept,
                party,
                state,
                dissenters,
                stable,
                unstable,
            },
        ] = findings.as_slice()
        else {
            panic!("model {number}: {findings:?}");
        };
        assert_eq!(concept.id(), "seq");
        assert_eq!(*party, 1);
        assert_eq!(dissenters, &["changed"]);
        assert_eq!(stable.len() + unstable.len(), 2);
        let mut states = Literal
            .verdicts(&Subject::new(&case.model, 0))
            .unwrap()
            .states;
        states.reverse();
        assert_eq!(*state, states[states.len() / 2]);
    }
}

#[test]
fn what_was_not_judged_is_not_compared() {
    let found = findings(|verdicts| {
        for table in &mut verdicts.tables {
            for (judged, stable) in table.judged.iter_mut().zip(&mut table.stable) {
                *judged = Bits::none(verdicts.states.len());
                *stable = Bits::all(verdicts.states.len());
            }
        }
    });
    assert!(found.iter().all(Vec::is_empty));
}

#[test]
fn other_states_are_found() {
    let found = findings(|verdicts| {
        verdicts.states.pop();
    });
    for findings in found {
        assert!(
            matches!(findings.as_slice(), [Finding::States { examiner: "changed", seen: (a, b) }]
                if *a == b + 1),
            "{findings:?}"
        );
    }
    let found = findings(|verdicts| verdicts.states[0][0] = 77);
    assert!(
        found
            .iter()
            .all(|f| matches!(f.as_slice(), [Finding::States { .. }]))
    );
}
