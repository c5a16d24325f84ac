//! M2, January 2019: three parties, nine options, seventy states.

use std::collections::{BTreeMap, BTreeSet};

use detente::analysis::coalition::{coalition_improvements, joint_improvements};
use detente::analysis::lint::lint;
use detente::analysis::space::Size;
use detente::analysis::status_quo::{EvolutionRule, evolve};
use detente::analysis::{Budget, Concept, Game, StateId, codes};
use serde::Deserialize;

use crate::harness::{
    On, case, class, document, equilibria, model, on, party, state_with, with_game,
};

const CASE: &str = "diplomacy/us-dprk-2019/january";

/// The rows of irreversibility: what stays, and the variants that say so. The case itself has `peace`
/// and `declare` irreversible.
const ROWS: [(&[&str], &[&str]); 4] = [
    (&[], &["reversible"]),
    (&["DPRK.declare", "US.peace"], &[]),
    (
        &["DPRK.declare", "DPRK.yongbyon", "US.peace"],
        &["yongbyon_stays"],
    ),
    (
        &["DPRK.declare", "DPRK.yongbyon", "US.peace", "US.relief"],
        &["both_stay"],
    ),
];

fn with_row<R>(row: usize, more: &[&str], use_it: impl FnOnce(&Game<'_>) -> R) -> R {
    let variants = [more, ROWS[row].1].concat();
    with_game(case(CASE), &variants, use_it)
}

/// The expected results call options by shorter names.
fn full(short: &str) -> String {
    let (party, option) = short.split_once('_').unwrap();
    let party = match party {
        "u" => "US",
        "d" => "DPRK",
        "r" => "ROK",
        other => panic!("party {other}"),
    };
    let option = match option {
        "yong" => "yongbyon",
        "decl" => "declare",
        same => same,
    };
    format!("{party}.{option}")
}

fn set(state: &[String]) -> On {
    state.iter().map(|o| full(o)).collect()
}

fn find_all(game: &Game<'_>, states: &[Vec<String>]) -> Vec<StateId> {
    let mut found: Vec<StateId> = states.iter().map(|s| state_with(game, &set(s))).collect();
    found.sort_unstable();
    found
}

fn classes(game: &Game<'_>, states: &[StateId]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for state in states {
        *counts.entry(class(game, *state).to_owned()).or_default() += 1;
    }
    counts
}

fn of_class(game: &Game<'_>, wanted: &str) -> Vec<StateId> {
    let states = game.space.ids().filter(|s| class(game, *s) == wanted);
    let found: Vec<StateId> = states.collect();
    assert!(!found.is_empty(), "{wanted}");
    found
}

fn on_list(list: &[&str]) -> On {
    list.iter().map(|o| (*o).to_owned()).collect()
}

#[derive(Deserialize)]
struct January {
    feasible_states: usize,
    variants: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    irreversible: Vec<String>,
    equilibria: BTreeMap<String, Vec<Vec<String>>>,
    us_dprk_joint_improvements_from_seq_equilibria: Vec<Joint>,
}

#[derive(Deserialize)]
struct Joint {
    from: Vec<String>,
    to: Vec<Vec<String>>,
}

fn january() -> January {
    serde_json::from_str(include_str!("../data/january.json")).unwrap()
}

#[test]
fn all_sixteen_variants() {
    let january = january();
    assert_eq!(january.variants.len(), 16);
    let mut seen = BTreeSet::new();
    for row in &january.variants {
        let mut more: Vec<&str> = row.name.split('-').collect();
        more.retain(|v| *v != "hard");
        let stays = set(&row.irreversible);
        let place = ROWS.iter().position(|(s, _)| on_list(s) == stays).unwrap();
        assert!(seen.insert((row.name.clone(), place)));
        let label = format!("{} {:?}", row.name, row.irreversible);
        with_row(place, &more, |game| {
            assert_eq!(game.space.len(), january.feasible_states);
            assert_eq!(row.equilibria.len(), 4);
            for (concept, states) in &row.equilibria {
                let found = equilibria(game, concept.parse().unwrap());
                assert_eq!(found, find_all(game, states), "{label}: {concept}");
            }
            let joint = &row.us_dprk_joint_improvements_from_seq_equilibria;
            assert_eq!(joint.len(), row.equilibria["seq"].len(), "{label}");
            let pair = [party(game, "US"), party(game, "DPRK")];
            for joint in joint {
                let from = state_with(game, &set(&joint.from));
                let found = coalition_improvements(&game.conflict(), &pair, from);
                let found: Vec<StateId> = found.iter().map(|i| i.to).collect();
                assert_eq!(
                    found,
                    find_all(game, &joint.to),
                    "{label}: {:?}",
                    joint.from
                );
            }
        });
    }
}

#[test]
fn seventy_of_512_states_are_feasible() {
    with_game(case(CASE), &[], |game| {
        assert_eq!(Size::of(game.model).raw, Some(512));
        assert_eq!(game.space.len(), 70);
        assert_eq!(game.graph.parties(), 3);
        assert_eq!(game.model.options.len(), 9);
    });
}

/// Counts of Nash and sequential equilibria, without and with the hinge dropped.
#[test]
fn the_table_of_counts() {
    let table = [
        (0, [(2, 2), (2, 10)]),
        (1, [(5, 5), (5, 13)]),
        (2, [(7, 7), (7, 7)]),
        (3, [(13, 13), (13, 13)]),
    ];
    for (row, counts) in table {
        for (variants, (nash, seq)) in [&[][..], &["flex"]].into_iter().zip(counts) {
            with_row(row, variants, |game| {
                let count = |concept| equilibria(game, concept).len();
                assert_eq!(count(Concept::Nash), nash, "row {row} {variants:?}: Nash");
                assert_eq!(count(Concept::Seq), seq, "row {row} {variants:?}: SEQ");
                for concept in [Concept::Gmr, Concept::Smr] {
                    let found = count(concept);
                    assert!(
                        (31..=37).contains(&found),
                        "row {row} {variants:?}: {found}"
                    );
                }
            });
        }
    }
}

#[test]
fn the_classes_of_the_sequential_equilibria() {
    let base = [("no text", 1), ("vague text", 1)];
    let stays = [("vague text with peace", 1), ("FFVD without relief", 2)];
    let small = [("small deal", 8)];
    let expected = [
        (0, &[][..], [&base[..], &[]].concat()),
        (0, &["flex"], [&base[..], &small].concat()),
        (1, &[], [&base[..], &stays].concat()),
        (1, &["flex"], [&base[..], &stays, &small].concat()),
    ];
    for (row, variants, counts) in expected {
        with_row(row, variants, |game| {
            let counts = counts.iter().map(|(c, n)| ((*c).to_owned(), *n)).collect();
            let found = equilibria(game, Concept::Seq);
            assert_eq!(classes(game, &found), counts, "row {row} {variants:?}");
            if row == 0 && variants.is_empty() {
                let cancelled = |s: &StateId| on(game, *s).contains("US.cancel");
                assert!(found.iter().all(cancelled), "both with drills cancelled");
            }
        });
    }
    for variants in [&[][..], &["flex"]] {
        with_row(2, variants, |game| {
            let found = classes(game, &equilibria(game, Concept::Seq));
            assert_eq!(found.get("small deal"), None, "gone: {variants:?}");
        });
        with_row(3, variants, |game| {
            for concept in [Concept::Seq, Concept::Nash] {
                let found = classes(game, &equilibria(game, concept));
                assert_eq!(
                    found.get("small deal"),
                    Some(&2),
                    "back: {variants:?} {concept}"
                );
            }
        });
    }
}

/// FFVD without relief is stable only because it cannot be taken back: no improvements lead there,
/// not even joint ones.
#[test]
fn ffvd_without_relief_cannot_be_reached() {
    with_game(case(CASE), &[], |game| {
        let start = game.status_quo.unwrap();
        assert_eq!(on(game, start), On::new());
        let all = detente::analysis::coalition::coalitions(3).coalitions;
        let rule = EvolutionRule::Joint(all);
        let joint = evolve(&game.conflict(), start, &rule, &Budget::default()).unwrap();
        let stable = equilibria(game, Concept::Seq);
        let far: Vec<StateId> = stable
            .iter()
            .copied()
            .filter(|s| joint.distance(*s).is_none())
            .collect();
        let ffvd: Vec<StateId> = of_class(game, "FFVD without relief")
            .into_iter()
            .filter(|s| stable.contains(s))
            .collect();
        assert_eq!(ffvd.len(), 2);
        assert_eq!(far, ffvd);
    });
    with_row(0, &[], |game| {
        let found = classes(game, &equilibria(game, Concept::Seq));
        assert_eq!(
            found.get("FFVD without relief"),
            None,
            "nothing irreversible"
        );
    });
}

/// Lesson 1: with the projects as a veto on withdrawing relief, `hard` rises from 5 to 9 by two
/// spurious gifts and two big deals; `flex` has 13 either way, but not the same.
#[test]
fn a_hidden_veto_makes_spurious_equilibria() {
    let states = |variants: &[&str]| -> (BTreeSet<On>, BTreeMap<String, usize>) {
        with_game(case(CASE), variants, |game| {
            let found = equilibria(game, Concept::Seq);
            let sets = found.iter().map(|s| on(game, *s)).collect();
            (sets, classes(game, &found))
        })
    };
    let (hard, with) = states(&["veto"]);
    let (without_veto, without) = states(&[]);
    assert_eq!((without_veto.len(), hard.len()), (5, 9));
    let mut expected = without;
    expected.insert("relief for nothing".to_owned(), 2);
    expected.insert("big deal".to_owned(), 2);
    assert_eq!(with, expected);
    let ((flex, _), (flex_veto, _)) = (states(&["flex"]), states(&["flex", "veto"]));
    assert_eq!((flex.len(), flex_veto.len()), (13, 13));
    assert_ne!(flex, flex_veto);
}

/// Whether the lint says that a rule keeps the US from withdrawing relief.
fn warns_of_the_veto(variants: &[&str]) -> bool {
    let document = document(case(CASE), variants);
    let model = model(&document);
    let game = Game::new(&model, &Budget::default()).unwrap();
    let found = lint(&game, &Budget::default());
    let rule = case(CASE).find("ROK.bridge and not US.relief").unwrap();
    found.iter().any(|d| {
        let place = d.primary.as_ref().map(|l| l.span.start);
        d.code == codes::HIDDEN_VETO
            && place == Some(rule)
            && d.message.contains("US.relief")
            && d.message.contains("withdrawing")
    })
}

#[test]
fn the_lint_finds_the_hidden_veto() {
    assert_eq!(codes::HIDDEN_VETO, "W0201");
    assert!(warns_of_the_veto(&["veto"]));
    assert!(!warns_of_the_veto(&[]));
}

/// The article: a vague text, unless a breakthrough is created jointly.
#[test]
fn from_vague_text_to_small_deal_only_together_and_only_in_flex() {
    for (variants, joint_route) in [(&[][..], false), (&["flex"], true)] {
        with_row(0, variants, |game| {
            let small = of_class(game, "small deal");
            let vague = of_class(game, "vague text");
            assert_eq!(vague.len(), 2);
            for from in &vague {
                let alone = EvolutionRule::Improvements;
                let alone = evolve(&game.conflict(), *from, &alone, &Budget::default()).unwrap();
                let reached = alone.reachable();
                let found = small.iter().find(|s| reached.contains(**s));
                assert_eq!(found, None, "{variants:?}: nobody goes there alone");
            }
            let text = state_with(game, &on_list(&["US.sign", "US.cancel", "DPRK.sign"]));
            assert!(vague.contains(&text));
            let pair = [party(game, "US"), party(game, "DPRK")];
            let joint = coalition_improvements(&game.conflict(), &pair, text);
            let found = joint.iter().any(|i| small.contains(&i.to));
            assert_eq!(found, joint_route, "{variants:?}: together");
        });
    }
}

#[test]
fn from_no_text_to_vague_text_together_in_hard() {
    with_row(0, &[], |game| {
        let none = state_with(game, &on_list(&["US.cancel"]));
        assert_eq!(class(game, none), "no text");
        let pair = [party(game, "US"), party(game, "DPRK")];
        let joint = coalition_improvements(&game.conflict(), &pair, none);
        let found: Vec<&str> = joint.iter().map(|i| class(game, i.to)).collect();
        assert!(found.contains(&"vague text"), "{found:?}");
    });
}

/// When a text is wanted only with Yongbyon, nobody improves jointly on the outcome of March 2019: no
/// text, drills cancelled.
#[test]
fn walking_away_makes_the_actual_outcome_hold() {
    for (row, variants) in [(0, &["walk"]), (1, &["walk"])] {
        with_row(row, variants, |game| {
            let none = state_with(game, &on_list(&["US.cancel"]));
            assert_eq!(class(game, none), "no text");
            assert!(equilibria(game, Concept::Seq).contains(&none), "row {row}");
            let pair = [party(game, "US"), party(game, "DPRK")];
            assert_eq!(coalition_improvements(&game.conflict(), &pair, none), []);
            let all = joint_improvements(&game.conflict(), none, None, &Budget::default()).unwrap();
            assert!(all.all);
            assert_eq!(all.coalitions, [], "row {row}: no coalition at all");
        });
    }
}

/// Lesson 6: without a clock the US would cancel the drills at once.
#[test]
fn from_the_status_quo_the_us_cancels_the_drills() {
    with_game(case(CASE), &[], |game| {
        let (us, start) = (party(game, "US"), game.status_quo.unwrap());
        let conflict = game.conflict();
        let cancelled = state_with(game, &on_list(&["US.cancel"]));
        let improvements: Vec<StateId> = conflict.improvements(us, start).collect();
        assert!(improvements.contains(&cancelled));
        let best = improvements
            .iter()
            .map(|s| conflict.ranking(us).rank(*s))
            .max();
        let best_only = improvements
            .iter()
            .filter(|s| Some(conflict.ranking(us).rank(**s)) == best)
            .all(|s| on(game, *s).contains("US.cancel"));
        assert!(best_only);
    });
}
