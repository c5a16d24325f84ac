//! M0, the published model of 2017: nine analyses, and the one that was published wrong.

use std::collections::BTreeMap;

use detente::analysis::stability::{Fate, Sanction};
use detente::analysis::{Budget, Concept, Game, Settings, Step, explain};
use serde::Deserialize;

use crate::harness::{
    case, equilibria, name, named_equilibria, party, state_named, tables, under_any, with_game,
};

const CASE: &str = "diplomacy/us-dprk-2017-jacobi/jacobi";

/// The nine analyses: the variants, whether symmetric metarationality is asked for (else sequential
/// stability with simultaneous sanctions), and the published equilibria.
const NINE: [(&[&str], bool, &[u8]); 9] = [
    (&[], false, &[0, 4, 5, 10]),
    (&[], true, &[0, 4, 5, 10, 12]),
    (&["invasion_stays"], false, &[0, 5, 10]),
    (&["bloodthirsty", "invasion_stays"], false, &[5, 12]),
    (&["bloodthirsty", "invasion_stays"], true, &[5, 12]),
    (&["deterrence", "invasion_stays"], false, &[0, 5, 10, 12]),
    (&["deterrence", "invasion_stays"], true, &[0, 5, 10, 12]),
    (&["pacifist", "invasion_stays"], false, &[0, 4, 5]),
    (
        &["pacifist", "invasion_stays"],
        true,
        &[0, 2, 4, 5, 8, 10, 12],
    ),
];

/// The one of them whose published list lacks state 12.
const WRONG: usize = 2;

fn found(game: &Game<'_>, symmetric: bool) -> Vec<u8> {
    let concepts: &[Concept] = if symmetric {
        &[Concept::Smr]
    } else {
        &[Concept::Seq, Concept::Sim]
    };
    let found = under_any(game, concepts).into_iter();
    found.map(|s| name(game, s).parse().unwrap()).collect()
}

#[test]
fn twelve_states_numbered_as_published() {
    with_game(case(CASE), &[], |game| {
        let names: Vec<String> = game.space.ids().map(|s| name(game, s)).collect();
        let published = [
            "0", "1", "2", "4", "5", "6", "8", "9", "10", "12", "13", "14",
        ];
        assert_eq!(names, published);
        // The number is the sum of 1, 2, 4 and 8 for the four options.
        for state in game.space.ids() {
            assert_eq!(game.space.value(state).to_string(), name(game, state));
        }
        assert_eq!(game.status_quo.map(|s| name(game, s)), Some("0".to_owned()));
    });
}

#[test]
fn eight_of_nine_published_analyses_agree() {
    for (number, (variants, symmetric, published)) in NINE.into_iter().enumerate() {
        with_game(case(CASE), variants, |game| {
            let found = found(game, symmetric);
            if number == WRONG {
                assert_eq!(found, [0, 5, 10, 12], "published without 12");
            } else {
                assert_eq!(found, published, "{variants:?} symmetric: {symmetric}");
            }
        });
    }
}

/// 0: 7, 2: 1, 4: 4, 5: 9, 8: 1, 10: 6, 12: 6 over nine runs; 12 comes once more when the wrong run
/// is put right.
#[test]
fn the_frequency_table_of_the_nine_analyses() {
    let mut tally: BTreeMap<u8, u8> = BTreeMap::new();
    for (variants, symmetric, _) in NINE {
        with_game(case(CASE), variants, |game| {
            for state in found(game, symmetric) {
                *tally.entry(state).or_default() += 1;
            }
        });
    }
    let published = [(0, 7), (2, 1), (4, 4), (5, 9), (8, 1), (10, 6), (12, 6)];
    let mut right = BTreeMap::from(published);
    *right.get_mut(&12).unwrap() += 1;
    assert_eq!(tally, right);
}

#[test]
fn base_nash_gmr_and_seq() {
    with_game(case(CASE), &[], |game| {
        assert_eq!(named_equilibria(game, Concept::Nash), ["0", "5"]);
        let gmr = named_equilibria(game, Concept::Gmr);
        assert_eq!(gmr, ["0", "4", "5", "10", "12"]);
        assert_eq!(named_equilibria(game, Concept::Seq), ["0", "5", "10"]);
    });
}

/// From 4 the US would go to 5 and North Korea to 0; together that is 1, worse than 4 for both.
#[test]
fn base_state_4_holds_by_simultaneous_sanctions_only() {
    with_game(case(CASE), &[], |game| {
        let four = state_named(game, "4");
        for (own, target, other, answer) in [("US", "5", "NK", "0"), ("NK", "0", "US", "5")] {
            let own = party(game, own);
            let judge = |concept| {
                let (settings, budget) = (Settings::default(), Budget::default());
                explain(&game.conflict(), concept, &settings, own, four, &budget).unwrap()
            };
            assert!(!judge(Concept::Seq).stable);
            let verdict = judge(Concept::Sim);
            assert!(verdict.stable);
            let [improvement] = verdict.improvements.as_slice() else {
                panic!("one improvement, not {:?}", verdict.improvements);
            };
            assert_eq!(name(game, improvement.to), target);
            let Fate::Sanctioned { by, result, .. } = &improvement.fate else {
                panic!("sanctioned, not {:?}", improvement.fate);
            };
            let together = vec![(party(game, other), state_named(game, answer))];
            assert_eq!(*by, Sanction::Together(together));
            assert_eq!(name(game, *result), "1");
        }
    });
}

/// The proof in the README: North Korea's only improvement from 12 is 4, and the US answers by 5.
#[test]
fn state_12_holds_when_the_invasion_stays() {
    with_game(case(CASE), &["invasion_stays"], |game| {
        let sequential = named_equilibria(game, Concept::Seq);
        assert_eq!(sequential, ["0", "5", "10", "12"]);
        let state = |n| state_named(game, n);
        let (us, nk) = (party(game, "US"), party(game, "NK"));
        let twelve = state("12");
        let nash = &tables(game, &[Concept::Nash]).tables[0];
        assert!(nash.is_stable(us, twelve));
        let verdict = explain(
            &game.conflict(),
            Concept::Seq,
            &Settings::default(),
            nk,
            twelve,
            &Budget::default(),
        )
        .unwrap();
        let [improvement] = verdict.improvements.as_slice() else {
            panic!("one improvement, not {:?}", verdict.improvements);
        };
        assert_eq!(improvement.to, state("4"));
        let strike = Step {
            party: us,
            from: state("4"),
            to: state("5"),
        };
        let sanctioned = Fate::Sanctioned {
            by: Sanction::Sequence(vec![strike]),
            result: state("5"),
            best_escape: None,
        };
        assert_eq!(improvement.fate, sanctioned);
        let ranking = game.conflict().ranking(nk);
        assert!(ranking.prefers(state("4"), twelve) && ranking.prefers(twelve, state("5")));
    });
    // Reversible, the improvement to 0 is open.
    with_game(case(CASE), &[], |game| {
        assert!(!named_equilibria(game, Concept::Seq).contains(&"12".to_owned()));
    });
}

/// The published list follows when irreversibility is applied to 4, 5 and 6 and forgotten for 12, 13
/// and 14.
#[test]
fn where_the_published_error_comes_from() {
    let slip = "no move by NK from NK.invade and not NK.abandon to not NK.invade";
    with_game(&format!("{}\n{slip}\n", case(CASE)), &[], |game| {
        assert_eq!(found(game, false), [0, 5, 10]);
        assert_eq!(named_equilibria(game, Concept::Seq), ["0", "5", "10"]);
    });
}

#[test]
fn pacifist_seq_needs_the_irreversible_invasion() {
    with_game(case(CASE), &["pacifist"], |game| {
        assert_eq!(named_equilibria(game, Concept::Seq), ["0", "5"]);
    });
}

#[derive(Deserialize)]
struct Second {
    variants: Vec<SecondRow>,
}

#[derive(Deserialize)]
#[expect(non_snake_case, reason = "the names of the file")]
struct SecondRow {
    preferences: String,
    invasion: String,
    order_US: Vec<u8>,
    order_NK: Vec<u8>,
    reference: BTreeMap<String, Vec<u8>>,
}

/// Orders and equilibria of all eight combinations, from a second implementation.
#[test]
fn all_preferences_with_either_invasion() {
    let text = include_str!("../data/us-north-korea-2017.json");
    let second: Second = serde_json::from_str(text).unwrap();
    assert_eq!(second.variants.len(), 8);
    for row in second.variants {
        let mut variants = vec![row.preferences.as_str(), "invasion_stays"];
        variants.retain(|v| {
            *v != "original" && (*v != "invasion_stays" || row.invasion == "irreversible")
        });
        with_game(case(CASE), &variants, |game| {
            for (who, order) in [("US", &row.order_US), ("NK", &row.order_NK)] {
                let ranking = game.conflict().ranking(party(game, who));
                let mut states: Vec<_> = game.space.ids().collect();
                states.sort_by_key(|s| std::cmp::Reverse(ranking.rank(*s)));
                let found: Vec<u8> = states
                    .iter()
                    .map(|s| name(game, *s).parse().unwrap())
                    .collect();
                assert_eq!(found, *order, "{variants:?}: order of {who}");
                assert!(ranking.is_strict());
            }
            for (concept, wanted) in &row.reference {
                let found = match concept.as_str() {
                    "SIM" => equilibria(game, Concept::SimOneSided),
                    "Nash+SEQ+SIM" => {
                        under_any(game, &[Concept::Nash, Concept::Seq, Concept::SimOneSided])
                    }
                    one => equilibria(game, one.to_lowercase().parse().unwrap()),
                };
                let found: Vec<u8> = found
                    .iter()
                    .map(|s| name(game, *s).parse().unwrap())
                    .collect();
                assert_eq!(found, *wanted, "{variants:?}: {concept}");
            }
        });
    }
}
