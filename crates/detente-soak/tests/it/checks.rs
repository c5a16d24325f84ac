//! Every check can fail.

use detente_analysis::certificate::{Certificate, MOST_ENTRIES, Request, fingerprint, write};
use detente_analysis::{Budget, Concept, Game, Settings};
use detente_soak::checks::{ALL, certificate_defect, ground_difference};
use detente_soak::examiners::GraphEngine;
use detente_soak::literal::Reading;
use detente_soak::{Bits, Case, Examiner, Mixture, Subject, Verdicts, generate};

use crate::case;

fn run(check: &str, case: &Case, verdicts: Verdicts) -> Option<String> {
    let check = ALL.iter().find(|c| c.name == check).unwrap();
    (check.run)(case, &Subject::new(&case.model, 5), &[("graph", verdicts)]).err()
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

/// The same but for one state: an equilibrium of a concept becomes none, another state becomes one.
fn other_equilibria(mut verdicts: Verdicts, concept: Concept, state: usize) -> Verdicts {
    let joint = |v: &Verdicts| {
        let stable = &v.table(concept).unwrap().stable;
        stable.iter().all(|s| s.contains(state))
    };
    if joint(&verdicts) {
        return flipped(verdicts, concept, state);
    }
    let mut tables = verdicts.tables.iter_mut();
    let table = tables.find(|t| t.concept == concept).unwrap();
    for set in &mut table.stable {
        set.insert(state);
    }
    assert!(joint(&verdicts));
    verdicts
}

#[test]
fn other_equilibria_than_those_listed_are_found() {
    for (name, concepts) in [
        (
            "closed form",
            &[Concept::Nash, Concept::Gmr, Concept::Smr][..],
        ),
        ("sat", &[Concept::Nash]),
        ("security", &[Concept::Gmr, Concept::Smr]),
        ("certificate", &[Concept::Nash, Concept::Seq, Concept::Sseq]),
    ] {
        let check = ALL.iter().find(|c| c.name == name).unwrap();
        let mut tried = 0;
        for (case, verdicts) in cases() {
            let subject = Subject::new(&case.model, 5);
            let made = |v: &Verdicts| (check.run)(&case, &subject, &[("literal", v.clone())]);
            match made(&verdicts) {
                Ok(0) => continue,
                Ok(_) => tried += 1,
                Err(why) => panic!("{name}: {why}\n{}", case.text),
            }
            for concept in concepts {
                let last = verdicts.states.len() - 1;
                let wrong = other_equilibria(verdicts.clone(), *concept, last);
                let said = made(&wrong).unwrap_err();
                assert!(said.contains(&concept.id()), "{name}: {said}");
            }
        }
        assert!(tried >= 8, "{name}: {tried}");
    }
}

#[test]
fn a_wrong_level_or_number_of_stable_states_is_found() {
    let check = ALL.iter().find(|c| c.name == "closed form").unwrap();
    let mut levels = 0;
    for (case, verdicts) in cases() {
        let subject = Subject::new(&case.model, 5);
        let made = |v: Verdicts| (check.run)(&case, &subject, &[("literal", v)]);
        if made(verdicts.clone()) == Ok(0) {
            continue;
        }
        for concept in [Concept::Nash, Concept::Gmr, Concept::Smr] {
            let said = made(flipped(verdicts.clone(), concept, 0)).unwrap_err();
            assert!(said.contains("are stable for party 0"), "{said}");
            // As many states, but not the same.
            let set = &verdicts.table(concept).unwrap().stable[0];
            let first = |held| (0..verdicts.states.len()).find(|s| set.contains(*s) == held);
            let (Some(held), Some(other)) = (first(true), first(false)) else {
                continue;
            };
            let wrong = flipped(flipped(verdicts.clone(), concept, held), concept, other);
            match made(wrong) {
                Err(said) => levels += u32::from(said.contains("the level of party 0")),
                // Nash equilibria may be the same.
                Ok(_) => assert_eq!(concept, Concept::Nash),
            }
        }
    }
    assert!(levels >= 4, "{levels}");
}

fn certified(case: &Case) -> Certificate {
    let budget = Budget::default();
    let game = Game::new(&case.model, &budget).unwrap();
    let request = Request {
        variants: &[],
        fingerprint: fingerprint(&case.document),
        concepts: &[Concept::Nash, Concept::Seq, Concept::Sseq],
        settings: Settings::default(),
        most_entries: MOST_ENTRIES,
    };
    write(&game, &request, &budget).unwrap()
}

#[test]
fn a_certificate_that_is_not_valid_is_found() {
    let mut tried = [0; 5];
    for (case, _) in cases() {
        let right = certified(&case);
        let defect = |c: &Certificate| certificate_defect(&case, c, &Budget::default());
        assert_eq!(defect(&right), None, "{}", case.text);
        let mut spoilt = |place: usize, spoil: &dyn Fn(&mut Certificate) -> Option<()>| {
            let mut certificate = right.clone();
            if spoil(&mut certificate).is_some() {
                tried[place] += 1;
                assert!(defect(&certificate).is_some(), "{place}:\n{}", case.text);
            }
        };
        spoilt(0, &|c| c.verdicts.first_mut().map(|v| v.stable ^= true));
        spoilt(1, &|c| {
            let mut verdicts = c.verdicts.iter_mut();
            let answered = verdicts.find(|v| !v.answers.is_empty())?;
            answered.answers.pop().map(|_| ())
        });
        spoilt(2, &|c| c.states.pop().map(|_| ()));
        spoilt(3, &|c| {
            let mut verdicts = c.verdicts.iter_mut();
            verdicts.find_map(|v| v.closed_set.take()).map(|_| ())
        });
        spoilt(4, &|c| {
            c.fingerprint = fingerprint(&case_of_another(&case).document);
            Some(())
        });
    }
    assert!(tried.iter().all(|t| *t > 10), "{tried:?}");
}

fn case_of_another(case: &Case) -> Case {
    let other = (0..).map(|n| generate(12, n, &Mixture::default()).unwrap());
    let mut other = other.filter(|o| o.document != case.document);
    other.next().unwrap()
}

#[test]
fn checks_are_made_of_a_sample_and_of_everything_when_thorough() {
    let panel = detente_soak::Panel::default();
    let mut made = vec![0; ALL.len()];
    let case = case(
        "party A { option a\n prefers { a } }\nparty B { option b\n prefers { not a\n b } }\n",
    );
    for number in 0..60 {
        let examination = panel.examine(&case, number, false);
        for (count, compared) in made.iter_mut().zip(examination.checked) {
            *count += u64::from(compared > 0);
        }
    }
    for (check, made) in ALL.iter().zip(made) {
        assert_eq!(made, 60 / check.every, "{}", check.name);
    }
    let thorough = panel.examine(&case, 0, true);
    assert!(thorough.checked.iter().all(|compared| *compared > 0));
    assert_eq!(thorough.asked.len(), panel.examiners.len());
}
