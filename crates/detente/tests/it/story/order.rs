//! What stands where, and how it is put.

use std::collections::BTreeSet;

use detente::report::document::{Ground, plain};
use detente::report::finding::{Analysis, ClassInfo, State};
use detente::report::story::{self, WorthRule};

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

/// The rule that chooses what is worth a plan, written down once more without a thought for time: every state of every
/// outcome that does not hold, beside every other.
fn worth_a_plan(analysis: &Analysis) -> (Vec<String>, bool) {
    let state = |id: u32| analysis.states.iter().find(|s| s.id == id).unwrap();
    let here = state(analysis.status_quo.unwrap());
    let prefer = |a: &State, b: &State| a.ranks.iter().filter(|(p, r)| **r > b.ranks[*p]).count();
    let held: BTreeSet<u32> = analysis.equilibria["seq"].iter().copied().collect();
    let fails = |class: &&ClassInfo| !class.states.iter().any(|s| held.contains(s));
    let failing: Vec<&ClassInfo> = analysis.classes.iter().filter(fails).collect();
    let mut all: Vec<(&ClassInfo, &State)> = Vec::new();
    for class in &failing {
        all.extend(class.states.iter().map(|s| (*class, state(*s))));
    }
    let names = |chosen: &dyn Fn(&ClassInfo) -> bool| {
        let those = failing.iter().filter(|k| chosen(k));
        those.filter_map(|k| k.name.clone()).collect::<Vec<_>>()
    };
    let improves = |s: &State| prefer(here, s) == 0 && prefer(s, here) > 0;
    let pareto = names(&|k| k.states.iter().any(|s| improves(state(*s))));
    if !pareto.is_empty() {
        return (pareto, true);
    }
    let most = all.iter().map(|(_, s)| prefer(s, here)).max().unwrap();
    all.retain(|(_, s)| prefer(s, here) == most);
    let loses = |class: &ClassInfo, s: &State| {
        let mut others = all.iter().filter(|(k, _)| k.name != class.name);
        others.any(|(_, other)| prefer(other, s) > prefer(s, other))
    };
    let unbeaten = |class: &ClassInfo| {
        let mut own = all.iter().filter(|(k, _)| k.name == class.name);
        own.any(|(_, s)| !loses(class, s))
    };
    (names(&unbeaten), false)
}

/// No outcome that does not hold is a Pareto improvement over where things stand in January 2019; of those that two of
/// three parties prefer to it, no majority is against the two deals.
#[test]
fn plans_are_sought_for_what_is_worth_one() {
    let written = of_case(JANUARY, &[]);
    let analysis = written.dossier.analysis.as_ref().unwrap();
    let (wanted, pareto) = worth_a_plan(analysis);
    let worth = story::worth(analysis).unwrap();
    assert_eq!(worth.chosen().collect::<Vec<_>>(), wanted);
    assert_eq!(wanted, ["big deal", "small deal"]);
    assert!(!pareto);
    assert_eq!(
        (worth.rule, worth.most, worth.parties),
        (WorthRule::MostPrefer, 2, 3)
    );
    // What is said against the others is true of the ranks.
    let state = |id: u32| analysis.states.iter().find(|s| s.id == id).unwrap();
    let beaten: Vec<&str> = worth
        .outcomes
        .iter()
        .filter(|o| {
            o.beaten_by.is_some_and(|by| {
                let (own, by) = (state(o.state), state(by));
                let wins = by.ranks.iter().filter(|(p, r)| **r > own.ranks[*p]).count();
                let loses = own.ranks.iter().filter(|(p, r)| **r > by.ranks[*p]).count();
                wins > loses
            })
        })
        .map(|o| o.name.as_str())
        .collect();
    assert_eq!(beaten, ["Yongbyon for nothing", "relief for nothing"]);
    for outcome in worth.outcomes.iter().filter(|o| o.chosen) {
        assert!(!outcome.worse.is_empty(), "{}", outcome.name);
        assert_eq!(outcome.better.len(), 2, "{}", outcome.name);
    }
}

/// Ranks at random: the rule is the same when every state is looked at beside every other.
#[test]
fn what_is_worth_a_plan_is_what_the_rule_says_whatever_the_ranks() {
    let written = of_case(JANUARY, &[]);
    let mut analysis = written.dossier.analysis.clone().unwrap();
    let mut seed = 20_190_120_u64;
    let mut draw = |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((seed >> 33) % below).unwrap()
    };
    let mut rules = BTreeSet::new();
    for round in 0..200 {
        let here = analysis.status_quo.unwrap();
        let top = 4 + round % 9;
        for state in &mut analysis.states {
            let own = state.id == here;
            for rank in state.ranks.values_mut() {
                // The status quo stands high, so that all rules have their turn.
                *rank = if own {
                    u32::try_from(top).unwrap() - 1 - draw(2)
                } else {
                    draw(top)
                };
            }
        }
        let worth = story::worth(&analysis).unwrap();
        rules.insert(format!("{:?}", worth.rule));
        if worth.rule == WorthRule::NonePreferred {
            assert_eq!(worth.chosen().count(), 0);
            continue;
        }
        let (mut wanted, pareto) = worth_a_plan(&analysis);
        assert_eq!(
            pareto,
            worth.rule == WorthRule::WorseForNone,
            "round {round}"
        );
        if wanted.is_empty() {
            // A cycle of majorities: all of them.
            assert!(worth.outcomes.iter().all(|o| o.beaten_by.is_none()));
            assert!(worth.chosen().count() > 1);
            continue;
        }
        wanted.truncate(6);
        assert_eq!(worth.chosen().collect::<Vec<_>>(), wanted, "round {round}");
    }
    assert!(rules.len() > 1, "{rules:?}");
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
