//! Forged certificates that only one rule of the checker stands against.

use detente::analysis::Settings;
use detente::analysis::certificate::{Answer, Defect, Move, Verdict};

use crate::certificates::certify;

/// B can undo what A gains by two steps of its own, but nobody moves twice in succession: A's
/// improvement is open. A certificate that lets B do it is rejected for that alone.
#[test]
fn an_answer_in_which_a_party_moves_twice_in_succession_is_rejected() {
    const TEXT: &str = r#"negotiation "One opponent, two steps"

party A {
  ranks { 2 > 3 > 1 > 4 }
  moves {
    1 -> 2
  }
}

party B {
  ranks { 4 > 3 > 2 > 1 }
  moves {
    2 -> 3
    3 -> 4
  }
}

party C {
  ranks { 1 = 2 = 3 = 4 }
  moves {
    4 -> 1
  }
}

state 1
state 2
state 3
state 4

status quo state 1
"#;
    let certified = certify(TEXT, &[], &Settings::default());
    for concept in ["seq", "gmr"] {
        let mut forged = certified.certificate.clone();
        let judged = |v: &&mut Verdict| v.concept == concept && v.party == "A" && v.state == 1;
        let verdict = forged.verdicts.iter_mut().find(judged).unwrap();
        assert!(!verdict.stable);
        let step = |to| Move {
            party: "B".to_owned(),
            to,
        };
        verdict.stable = true;
        verdict.improvement = None;
        verdict.closed_set = None;
        verdict.answers = vec![Answer {
            to: 2,
            by: vec![step(3), step(4)],
            together: Vec::new(),
            result: None,
        }];
        let report = certified.check(&forged);
        let told = |d: &Defect| d.place.contains("answers") && d.message.contains("turn of `B`");
        assert!(report.defects.iter().any(told), "{:?}", report.defects);
    }
}
