//! Features of negotiations, their distance, and the types of 2x2 games.

use std::collections::{BTreeMap, BTreeSet};

use detente::analysis::likeness::{
    FEATURES, Features, OrdinalType, distance, features, ordinal_type, tau_b,
};
use detente::analysis::{Budget, Game, Outcome};
use detente::report::analogies::{CameOf, Described, finding};
use proptest::prelude::*;

use crate::collection::{CASES, OUTCOMES};
use crate::harness::{case, document, model};

fn described(text: &str) -> Features {
    let document = document(text, &[]);
    let model = model(&document);
    match features(&document, &model, &Budget::default()) {
        Outcome::Complete(found) => found,
        Outcome::Stopped(_, stop) => panic!("{stop}"),
    }
}

fn value(found: &Features, id: &str) -> Option<f64> {
    found.values[FEATURES.iter().position(|f| f.id == id).unwrap()]
}

#[test]
fn every_case_says_what_came_of_it() {
    let folders: BTreeSet<&str> = CASES
        .iter()
        .map(|c| c.name.rsplit_once('/').unwrap().0)
        .collect();
    let told: BTreeSet<&str> = OUTCOMES.iter().map(|o| o.name).collect();
    assert_eq!(folders, told);
    for outcome in OUTCOMES {
        let came: CameOf =
            serde_json::from_str(outcome.text).unwrap_or_else(|e| panic!("{}: {e}", outcome.name));
        let real = came.episode.is_some();
        assert_eq!(real, came.kind != "nothing happened", "{}", outcome.name);
        assert!(
            !real || (came.source.is_some() && came.provenance.is_some()),
            "{}",
            outcome.name
        );
    }
}

/// The example of the documentation of `SciPy`'s `kendalltau`, and the ends of the scale.
#[test]
fn tau_b_of_a_published_example() {
    let tau = tau_b(&[12, 2, 1, 12, 2], &[1, 4, 7, 1, 0]).unwrap();
    assert!((tau + 0.471_404_520_791_031_7).abs() < 1e-12, "{tau}");
    assert_eq!(tau_b(&[1, 2, 3], &[1, 2, 3]), Some(1.0));
    assert_eq!(tau_b(&[1, 2, 3], &[3, 2, 1]), Some(-1.0));
    assert_eq!(tau_b(&[1, 1, 1], &[3, 2, 1]), None);
    assert_eq!(tau_b(&[], &[]), None);
}

fn permutations() -> Vec<[u8; 4]> {
    let mut all = Vec::new();
    for code in 0..256_u32 {
        let p = [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6 & 3].map(|d| d as u8 + 1);
        if p.iter().collect::<BTreeSet<_>>().len() == 4 {
            all.push(p);
        }
    }
    all
}

/// Rapoport and Guyer counted 78 strict games; of the 576 tables 66 types have eight and 12 symmetric ones four.
#[test]
fn there_are_78_strict_games() {
    let mut sizes: BTreeMap<OrdinalType, usize> = BTreeMap::new();
    for row in permutations() {
        for column in permutations() {
            let table = [0, 1, 2, 3].map(|i| (row[i], column[i]));
            *sizes.entry(OrdinalType::of(table)).or_default() += 1;
        }
    }
    assert_eq!(sizes.len(), 78);
    assert_eq!(sizes.values().filter(|n| **n == 4).count(), 12);
    assert_eq!(sizes.values().filter(|n| **n == 8).count(), 66);
    let named: BTreeSet<&str> = sizes.keys().filter_map(|t| t.name()).collect();
    assert_eq!(named.len(), 4, "{named:?}");
}

#[test]
fn the_textbook_games_are_known_by_name() {
    let name = |case_name: &str| {
        described(case(case_name))
            .ordinal
            .and_then(OrdinalType::name)
    };
    assert_eq!(
        name("textbook/prisoners-dilemma/prisoners_dilemma"),
        Some("prisoner's dilemma")
    );
    assert_eq!(name("textbook/chicken/chicken"), Some("chicken"));
    assert_eq!(
        described(case("diplomacy/us-dprk-2019/hanoi")).ordinal,
        None
    );
}

/// Hanoi, from the facts of the case: six states, no equilibrium but the status quo, which holds for Nash and SEQ;
/// no outcome that both prefer; each side misreads the other.
#[test]
fn features_of_hanoi() {
    let hanoi = described(case("diplomacy/us-dprk-2019/hanoi"));
    let near = |id: &str, wanted: f64| {
        let found = value(&hanoi, id).unwrap();
        assert!((found - wanted).abs() < 1e-12, "{id}: {found}");
    };
    near("parties", 1.0 / 3.0);
    near("options", 2.5_f64.log2() / 4.0);
    near("states", 6.0_f64.log2() / 20.0);
    near("one_way", 0.0);
    near("nash", 1.0 / 6.0);
    near("seq", 1.0 / 6.0);
    near("quo_holds", 1.0);
    near("joint_gain", 0.0);
    assert_eq!(value(&hanoi, "joint_alone"), None);
    near("misread", 1.0);
    near("doubt", 0.0);
    near("ratified", 0.0);
    // all_for_nothing, big, yong, none, small, gift: worse for the United States from left to right.
    let us = [5, 4, 3, 2, 1, 0];
    let dprk = [0, 2, 1, 3, 4, 5];
    near("conflict", (1.0 - naive(&us, &dprk).unwrap()) / 2.0);
}

/// Tau-b from its definition, pair by pair.
fn naive(one: &[u32], other: &[u32]) -> Option<f64> {
    let (mut sum, mut a, mut b) = (0.0, 0.0, 0.0);
    for i in 0..one.len() {
        for j in 0..i {
            let x = f64::from(i8::from(one[i] > one[j]) - i8::from(one[i] < one[j]));
            let y = f64::from(i8::from(other[i] > other[j]) - i8::from(other[i] < other[j]));
            sum += x * y;
            a += x * x;
            b += y * y;
        }
    }
    (a > 0.0 && b > 0.0).then(|| sum / (a * b).sqrt())
}

fn drawn() -> impl Strategy<Value = Features> {
    let one = prop::option::weighted(0.8, 0.0..=1.0_f64);
    prop::collection::vec(one, FEATURES.len()).prop_map(|values| Features {
        values: values.try_into().unwrap(),
        ordinal: None,
    })
}

proptest! {
    #[test]
    fn tau_b_is_its_definition(pairs in prop::collection::vec((0_u32..6, 0_u32..6), 0..40)) {
        let (one, other): (Vec<u32>, Vec<u32>) = pairs.into_iter().unzip();
        match (tau_b(&one, &other), naive(&one, &other)) {
            (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-9, "{a} {b}"),
            (a, b) => prop_assert_eq!(a, b),
        }
    }

    /// From 0 to 1, the same both ways, 0 to itself, and the sum of its parts.
    #[test]
    fn distances_are_distances(one in drawn(), other in drawn()) {
        let there = distance(&one, &other);
        let back = distance(&other, &one);
        prop_assert_eq!(there.value, back.value);
        prop_assert!(there.compared >= 0.0 && there.compared <= 1.0);
        if let Some(value) = there.value {
            prop_assert!((0.0..=1.0).contains(&value));
            let sum: f64 = there.parts.iter().map(|p| p.1).sum();
            prop_assert!((sum - value).abs() < 1e-9);
            let (mut sum, mut weights) = (0.0, 0.0);
            for (place, feature) in FEATURES.iter().enumerate() {
                if let (Some(a), Some(b)) = (one.values[place], other.values[place]) {
                    sum += feature.weight * (a - b).abs();
                    weights += feature.weight;
                }
            }
            prop_assert!((value - sum / weights).abs() < 1e-9);
        }
        prop_assert!(distance(&one, &one).value.unwrap_or(0.0).abs() < f64::EPSILON);
    }

    /// A 2x2 game keeps its type when parties, choices and their order are named otherwise.
    #[test]
    fn a_type_outlives_names(
        row in prop::sample::select(permutations()), column in prop::sample::select(permutations()),
        swap in any::<bool>(), flips in 0_u8..4,
    ) {
        let table = [0, 1, 2, 3].map(|i| (row[i], column[i]));
        let state = |i: usize| ((i / 2) ^ usize::from(flips & 1), (i % 2) ^ usize::from(flips >> 1));
        let rank = |of: &dyn Fn((u8, u8)) -> u8| {
            let mut order: Vec<usize> = (0..4).collect();
            order.sort_by_key(|i| std::cmp::Reverse(of(table[*i])));
            let said = order.iter().map(|i| {
                let (r, c) = state(*i);
                let sign = |on: usize, name: &str| format!("{}{name}", if on == 1 { "" } else { "not " });
                format!("({} and {})", sign(r, "R.r"), sign(c, "C.c"))
            });
            said.collect::<Vec<_>>().join(" > ")
        };
        let r = format!("party R {{\n  option r\n  ranks {{ {} }}\n}}\n", rank(&|p: (u8, u8)| p.0));
        let c = format!("party C {{\n  option c\n  ranks {{ {} }}\n}}\n", rank(&|p: (u8, u8)| p.1));
        let text = if swap { format!("{c}{r}") } else { format!("{r}{c}") };
        let document = detente::syntax::parse(&text).document;
        let model = model(&document);
        let game = Game::new(&model, &Budget::default()).unwrap();
        prop_assert_eq!(ordinal_type(&game.conflict()), Some(OrdinalType::of(table)));
    }

    /// Cases stand in the order of their distances, and none is lost.
    #[test]
    fn rankings_are_complete(own in drawn(), others in prop::collection::vec(drawn(), 0..8)) {
        let cases: Vec<Described> = others.iter().enumerate().map(|(n, features)| Described {
            case: format!("case {n}"),
            title: String::new(),
            features: Ok(features.clone()),
            came_of: None,
        }).collect();
        let found = finding("own", &own, None, cases);
        prop_assert_eq!(found.cases.len() + found.not_ranked.len(), others.len());
        prop_assert!(found.cases.windows(2).all(|w| w[0].distance <= w[1].distance));
        for case in &found.cases {
            prop_assert!(!case.near.iter().any(|n| case.apart.iter().any(|a| a.feature == n.feature)));
        }
    }
}
