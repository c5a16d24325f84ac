//! Every check can fail.

use detente_analysis::{Budget, Concept, Game};
use detente_soak::checks::{ALL, ground_difference};
use detente_soak::examiners::GraphEngine;
use detente_soak::literal::Reading;
use detente_soak::{Bits, Case, Examiner, Mixture, Subject, Verdicts, generate};

use crate::case;

fn run(check: &str, case: &Case, verdicts: Verdicts) -> Option<String> {
    let check = ALL.iter().find(|c| c.name == check).unwrap();
    (check.run)(case, &Subject::new(&case.model, 5), &[("graph", verdicts)])
}

fn cases() -> impl Iterator<Item = (Case, Verdicts)> {
    (0..25).map(|number| {
        let case = generate(11, number, &Mixture::default()).unwrap();
        let verdicts = GraphEngine.verdicts(&Subject::new(&case.model, 5)).unwrap();
        (case, verdicts)
    })
}

/// One verdict of one concept the other way round.
fn flipped(mut verdicts: Verdicts, concept: Concept, state: usize) -> Verdicts {
    let states = verdicts.states.len();
    let table = verdicts
        .tables
        .iter_mut()
        .find(|t| t.concept == concept)
        .unwrap();
    let set = &mut table.stable[0];
    *set = Bits::from_states(
        states,
        (0..states).filter(|s| set.contains(*s) != (*s == state)),
    );
    verdicts
}

#[test]
fn right_verdicts_pass_and_wrong_ones_do_not() {
    for check in ["relabelled", "bystander"] {
        for (case, verdicts) in cases() {
            assert_eq!(
                run(check, &case, verdicts.clone()),
                None,
                "{check}:\n{}",
                case.text
            );
            for concept in [Concept::Nash, Concept::Sseq] {
                let last = verdicts.states.len() - 1;
                let wrong = flipped(verdicts.clone(), concept, last);
                let said = run(check, &case, wrong).expect(check);
                assert!(said.contains(&concept.id()), "{said}");
            }
        }
    }
}

#[test]
fn an_inclusion_that_fails_is_found() {
    let mut tried = 0;
    for (case, verdicts) in cases() {
        assert_eq!(run("inclusions", &case, verdicts.clone()), None);
        let nash = verdicts.table(Concept::Nash).unwrap().stable[0].clone();
        let Some(stable) = (0..verdicts.states.len()).find(|s| nash.contains(*s)) else {
            continue;
        };
        tried += 1;
        for concept in [Concept::Gmr, Concept::Smr, Concept::Seq, Concept::Sseq] {
            let wrong = flipped(verdicts.clone(), concept, stable);
            assert!(run("inclusions", &case, wrong).is_some(), "{concept}");
        }
    }
    assert!(tried > 10);
}

const BASE: &str = "
party A { option a
  option c one of x, y, z
  prefers { a } }
party B { option b
  ranks { (b) > rest } }
never a and b and c is z
class \"both\" when a and b
status quo { }
";

#[test]
fn another_reading_of_moves_preferences_or_classes_is_found() {
    let base = case(BASE);
    let game = Game::new(&base.model, &Budget::default()).unwrap();
    let against = |text: &str| {
        let other = case(text);
        let reading = Reading::new(&other.model).unwrap();
        ground_difference(&game, &reading)
    };
    assert_eq!(against(BASE), None);
    for (from, to, said) in [
        ("option a\n", "option a irreversible\n", "moves"),
        (
            "option c one of x, y, z",
            "option c one of x, y, z step by step",
            "moves",
        ),
        (
            "never a and b and c is z",
            "never a and b and c is y",
            "states",
        ),
        ("prefers { a }", "prefers { not a }", "ranks"),
        ("{ (b) > rest }", "{ (b) = rest }", "ranks"),
        ("when a and b", "when a or b", "classes"),
        ("status quo { }", "status quo { A.a }", "status quo"),
        ("status quo { }", "no move from A.a to B.b", "moves"),
        ("status quo { }", "when A.a then B.b", "moves"),
    ] {
        assert!(BASE.contains(from), "{from}");
        let found = against(&BASE.replace(from, to)).expect(to);
        assert!(found.contains(said), "{to}: {found}");
    }
}

#[test]
fn a_document_that_does_not_come_back_is_found() {
    for (mut case, verdicts) in cases() {
        assert_eq!(run("round trip", &case, verdicts.clone()), None);
        // A party whose name is a number can be put together but not written.
        case.document.parties[0].name = detente_syntax::ast::Name::new("5");
        assert!(run("round trip", &case, verdicts).is_some());
    }
    // The text means something else than the model.
    let mut other = case(BASE);
    let verdicts = GraphEngine
        .verdicts(&Subject::new(&other.model, 0))
        .unwrap();
    other.model.rules.clear();
    let said = run("round trip", &other, verdicts).unwrap();
    assert!(said.contains("means something else"), "{said}");
}
