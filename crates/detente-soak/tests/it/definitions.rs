//! The literal definitions on textbook examples, with verdicts from the books and worked by hand.

use detente_analysis::Concept;
use detente_soak::literal::{CONCEPTS, Reading, judge};

use crate::case;

/// For each concept, the states that are stable for a party.
fn stable(text: &str, concept: Concept, party: usize) -> Vec<usize> {
    let case = case(text);
    let verdicts = judge(&Reading::new(&case.model).unwrap(), &CONCEPTS);
    let table = verdicts.table(concept).unwrap();
    (0..verdicts.states.len())
        .filter(|s| table.verdict(party, *s).unwrap())
        .collect()
}

/// Prisoner's dilemma: confess or not. Ranking of each: confess alone, both silent, both confess,
/// silent alone. States: neither, first, second, both.
const DILEMMA: &str = r#"
party A { option confess
  ranks { "YN" > "NN" > "YY" > "NY" } }
party B { option confess
  ranks { "NY" > "NN" > "YY" > "YN" } }
"#;

#[test]
fn prisoners_dilemma() {
    // Fraser & Hipel 1984: mutual defection is the only Nash equilibrium; mutual cooperation is
    // stable by sanctions.
    assert_eq!(stable(DILEMMA, Concept::Nash, 0), [1, 3]);
    assert_eq!(stable(DILEMMA, Concept::Nash, 1), [2, 3]);
    for concept in [Concept::Gmr, Concept::Smr, Concept::Seq, Concept::Sseq] {
        assert_eq!(stable(DILEMMA, concept, 0), [0, 1, 3], "{concept}");
        assert_eq!(stable(DILEMMA, concept, 1), [0, 2, 3], "{concept}");
    }
    // Both would have to be unstable for simultaneous sanctions in the strict sense.
    assert_eq!(stable(DILEMMA, Concept::Sim, 0), [1, 3]);
    assert_eq!(stable(DILEMMA, Concept::SimOneSided, 0), [0, 1, 3]);
}

/// Chicken: swerve or not; states as options "straight".
const CHICKEN: &str = r#"
party A { option straight
  ranks { "YN" > "NN" > "NY" > "YY" } }
party B { option straight
  ranks { "NY" > "NN" > "YN" > "YY" } }
"#;

#[test]
fn chicken() {
    assert_eq!(stable(CHICKEN, Concept::Nash, 0), [1, 2]);
    assert_eq!(stable(CHICKEN, Concept::Nash, 1), [1, 2]);
    // Swerving together is sequentially unstable, and stable when both would go at once.
    assert_eq!(stable(CHICKEN, Concept::Seq, 0), [1, 2]);
    assert_eq!(stable(CHICKEN, Concept::Gmr, 0), [0, 1, 2]);
    assert_eq!(stable(CHICKEN, Concept::Smr, 0), [0, 1, 2]);
    assert_eq!(stable(CHICKEN, Concept::Sim, 0), [0, 1, 2]);
}

#[test]
fn best_responses() {
    // The example of the concept's page.
    let text = "state 0
state 1
state 2
state 3
party A { moves { 0 -> 1 }
  ranks { 3 > 1 > 0 > 2 } }
party B { moves { 1 -> 2, 3 }
  ranks { 3 > 2 > 1 = 0 } }";
    assert_eq!(stable(text, Concept::Seq, 0), [0, 1, 2, 3]);
    assert_eq!(stable(text, Concept::BestResponseSeq, 0), [1, 2, 3]);
}

#[test]
fn no_party_moves_twice_in_succession() {
    // The opponent would need two moves in a row to get to the bad state 3.
    let chain = |middle: &str| {
        format!(
            "state 0
state 1
state 2
state 3
party A {{ moves {{ 0 -> 1 }}
  ranks {{ 1 > 2 > 0 > 3 }} }}
party B {{ moves {{ 1 -> 2
 {middle} }} }}
party C {{ {} }}",
            if middle.is_empty() {
                "moves { 2 -> 3 }"
            } else {
                ""
            }
        )
    };
    assert_eq!(stable(&chain("2 -> 3"), Concept::Gmr, 0), [1, 2, 3]);
    // Another party makes the second move.
    assert_eq!(stable(&chain(""), Concept::Gmr, 0), [0, 1, 2, 3]);
}

#[test]
fn a_tie_and_a_return_are_sanctions() {
    let text = |rank: &str| {
        format!(
            "state 0
state 1
state 2
party A {{ moves {{ 0 -> 1 }}
  ranks {{ 1 > {rank} }} }}
party B {{ moves {{ 1 -> 2 }}
  ranks {{ 2 > 1 > 0 }} }}"
        )
    };
    assert_eq!(stable(&text("0 = 2"), Concept::Seq, 0), [0, 1, 2]);
    assert_eq!(stable(&text("2 > 0"), Concept::Seq, 0), [1, 2]);
    let back = "state 0
state 1
party A { moves { 0 -> 1 }
  ranks { 1 > 0 } }
party B { moves { 1 -> 0 }
  ranks { 0 > 1 } }";
    assert_eq!(stable(back, Concept::Seq, 0), [0, 1]);
}

#[test]
fn the_escape_of_the_symmetric_concepts() {
    // The sanction at 2 does not hold: the party moves on to 3.
    let text = "state 0
state 1
state 2
state 3
party A { moves { 0 -> 1
 2 -> 3 }
  ranks { 3 > 1 > 0 > 2 } }
party B { moves { 1 -> 2 }
  ranks { 2 > 1 > 0 = 3 } }";
    assert_eq!(stable(text, Concept::Gmr, 0), [0, 1, 3]);
    assert_eq!(stable(text, Concept::Smr, 0), [1, 3]);
    assert_eq!(stable(text, Concept::Seq, 0), [0, 1, 3]);
    assert_eq!(stable(text, Concept::Sseq, 0), [1, 3]);
}
