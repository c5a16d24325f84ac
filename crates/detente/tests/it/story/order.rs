//! What stands where, and how it is put.

use std::collections::BTreeSet;

use detente::report::document::{Ground, plain};
use detente::report::story;

use super::reading::{assert_says, of_case};
use crate::told::{each_sentence, section};

const JANUARY: &str = "diplomacy/us-dprk-2019/january";

#[test]
fn the_answer_comes_before_who_is_at_the_table() {
    let written = of_case(JANUARY, &[]);
    let ids: Vec<&str> = written
        .document
        .sections
        .iter()
        .map(|s| s.id.as_str())
        .collect();
    assert_eq!(
        ids[..5],
        ["question", "answer", "parties", "holds", "stuck"]
    );
    let question = section(&written.document, "question");
    assert_says(
        &question,
        "The parties are United States (US), North Korea (DPRK) and South Korea (ROK).",
    );
    let parties = section(&written.document, "parties");
    // Titles, not code; of another party's option the party is said.
    assert_says(
        &parties,
        "not “Resume testing” (DPRK); not “Grant partial sanctions relief” unless",
    );
    assert!(!parties.contains("DPRK.test"), "{parties}");
}

/// Preferred to where things stand by two of three parties at least, by the ranks as they are: the deals, and no crisis.
#[test]
fn nobody_asks_for_a_plan_for_what_nobody_wants() {
    let written = of_case(JANUARY, &[]);
    let analysis = written.dossier.analysis.as_ref().unwrap();
    let here = analysis
        .states
        .iter()
        .find(|s| Some(s.id) == analysis.status_quo)
        .unwrap();
    let held: BTreeSet<u32> = analysis.equilibria["seq"].iter().copied().collect();
    let mut wanted = Vec::new();
    for class in &analysis.classes {
        let states = analysis
            .states
            .iter()
            .filter(|s| class.states.contains(&s.id));
        let likes = states.map(|s| {
            ["US", "DPRK", "ROK"]
                .into_iter()
                .filter(|p| s.ranks[*p] > here.ranks[*p])
                .count()
        });
        let most = likes.max().unwrap_or(0);
        if most >= 2 && !class.states.iter().any(|s| held.contains(s)) {
            wanted.extend(class.name.clone());
        }
    }
    assert_eq!(story::goals(analysis), wanted);
    assert!(!wanted.contains(&"crisis".to_owned()));
    assert!(wanted.contains(&"small deal".to_owned()));
}

/// One entry proves for all parties why nobody leaves a state.
#[test]
fn a_state_has_one_proof() {
    let written = of_case(JANUARY, &[]);
    let mut seen = 0;
    each_sentence(&written.document.sections, &mut |sentence| {
        if sentence.rule == "holds.outcome" {
            seen += 1;
            let [Ground::Moves(to)] = sentence.grounds.as_slice() else {
                panic!("{sentence:?}");
            };
            assert!(to.starts_with("verdicts-"), "{to}");
        }
    });
    assert_eq!(seen, 5);
    let witnesses = section(&written.document, "witnesses");
    assert_says(
        &witnesses,
        "Why nobody leaves “no text” (state 6; US: cancel)",
    );
}

/// Marks of a keyboard are set as marks of a book, except in what is to be copied.
#[test]
fn marks_are_of_one_style() {
    let written = of_case(JANUARY, &[]);
    each_sentence(&written.document.sections, &mut |sentence| {
        let says = plain(&sentence.parts);
        assert!(!says.contains("->"), "{says}");
        assert!(
            !says.contains('`') || sentence.rule == "witnesses.unwritten",
            "{says}"
        );
    });
    let witnesses = section(&written.document, "witnesses");
    assert_says(&witnesses, "variant plan_1 \"");
}
