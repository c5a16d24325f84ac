//! Odd and random conflicts: each has a document without a fault.

use detente::analysis::Concept;
use detente::report::build::Witnesses;
use proptest::prelude::*;

use super::complete;
use super::gather::{Depth, WHOLE, dossier};
use super::reading::{assert_says, section, write};
use crate::written::written;

const ODD: [&str; 6] = [
    // One party, one state, no classes, no status quo.
    r#"
negotiation "Alone"
party A {
  ranks { rest }
}
"#,
    r#"
negotiation "Alone with a choice"
party A {
  option x
  prefers { x }
}
status quo { }
"#,
    // All states hold.
    r#"
negotiation "All one"
party A {
  option x
  ranks { rest }
}
party B {
  option y
  ranks { rest }
}
"#,
    // Nothing holds by Nash: each party always wants the other thing; and a class of which there is no state.
    r#"
negotiation "Matching"
party A {
  option x
  prefers { x and B.y or not x and not B.y }
}
party B {
  option y
  prefers { A.x and not y or not A.x and y }
}
class "alike" when A.x and B.y
class "never" when A.x and not A.x
status quo { }
"#,
    // Names that look like words of the report.
    r#"
negotiation "5 < 6 & state 3"
party P1 "Party 1" {
  option o1 "Option 1"
  prefers { o1 }
}
party P2 {
  option o2 one of low, middle, high
  prefers {
    o2 is high
    P1.o1
  }
}
class "state 3" when P1.o1
status quo { }
"#,
    // Seven parties.
    r#"
negotiation "Seven"
party A {
  option x
  prefers { x }
}
party B {
  option x
  prefers { not x }
}
party C {
  option x
  prefers { A.x }
}
party D {
  option x
  prefers { x if A.x }
}
party E {
  ranks { rest }
}
party F {
  option x
  prefers { not A.x }
}
party G {
  option x
  prefers { x and F.x }
}
status quo { }
"#,
];

#[test]
fn odd_conflicts_are_told() {
    for odd in ODD {
        for concept in [Concept::Seq, Concept::Nash, Concept::Gmr, Concept::Sim] {
            let depth = Depth { concept, ..WHOLE };
            let dossier = dossier(odd, &[], &depth);
            if dossier.summary.is_some() {
                complete(&write(dossier));
            } else {
                let written = write(dossier);
                assert_says(&section(&written.document, "answer"), "There is no answer");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_document_of_a_random_conflict_is_at_fault(
        written in written(),
        concept in prop_oneof![
            Just(Concept::Nash),
            Just(Concept::Seq),
            Just(Concept::Sseq),
            Just(Concept::Gmr),
            Just(Concept::BestResponseSeq),
            Just(Concept::SimOneSided),
        ],
        all in any::<bool>(),
    ) {
        let text = written.text();
        prop_assume!(!written.feasible().is_empty());
        let depth = Depth {
            concept,
            witnesses: if all { Witnesses::All } else { Witnesses::Equilibria },
            dear: false,
        };
        let dossier = dossier(&text, &[], &depth);
        if dossier.summary.is_some() {
            complete(&write(dossier));
        } else {
            write(dossier);
        }
    }
}
