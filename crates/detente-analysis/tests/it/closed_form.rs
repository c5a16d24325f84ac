//! Closed forms against the coset engine, and families with known counts.

use detente_analysis::engine::{Arena, CosetAnalysis, Parts, Unconstrained};
use detente_analysis::{Budget, Concept};
use detente_model::model::Model;
use proptest::prelude::*;

use crate::coset::judge;
use crate::random::{Random, formula};

fn resolved(text: &str) -> Model {
    let parsed = detente_model::syntax::parse(text);
    let resolved = detente_model::resolve(&parsed.document);
    resolved
        .model
        .unwrap_or_else(|| panic!("{text}\n{:?}", resolved.diagnostics))
}

/// Parties with so many binary options, and as many statements each.
fn free_model(random: &mut Random, widths: &[u64]) -> Model {
    let options: Vec<(String, Vec<String>)> = (0..)
        .zip(widths)
        .flat_map(|(p, w)| (0..*w).map(move |o| (format!("P{p}.x{o}"), Vec::new())))
        .collect();
    let mut text = "negotiation \"Free\"\n".to_owned();
    for (p, width) in widths.iter().enumerate() {
        text += &format!("party P{p} \"P{p}\" {{\n");
        for o in 0..*width {
            text += &format!("  option x{o} \"x\"\n");
        }
        text += "  prefers {\n";
        for _ in 0..random.below(17) {
            text += &format!("    {}\n", formula(random, &options, 1));
        }
        text += "  }\n}\n";
    }
    for class in ["one", "two"] {
        text += &format!("class \"{class}\" when {}\n", formula(random, &options, 1));
    }
    resolved(&text)
}

const THREE: [Concept; 3] = [Concept::Nash, Concept::Gmr, Concept::Smr];

fn agrees(model: &Model) {
    let budget = Budget::default();
    let arena = Arena::new(model, &budget).unwrap();
    let analysis = judge(&arena, &detente_analysis::engine::Request::default());
    let conflict = Unconstrained::new(model).unwrap();
    let found = conflict.judge(5, &budget).unwrap();
    let space = detente_analysis::space::Space::new(model, &budget).unwrap();
    for (which, concept) in THREE.into_iter().enumerate() {
        let table = analysis.table(concept).unwrap();
        assert_eq!(
            found.equilibria[which],
            table.equilibria.count(),
            "{concept}"
        );
        for (levels, stable) in found.parties.iter().zip(&table.stable) {
            assert_eq!(levels.stable[which], stable.count(), "{concept}");
        }
        let first: Vec<u64> = table.equilibria.iter().take(5).collect();
        assert_eq!(found.first[which], first);
        for (class, counts) in model.classes.iter().zip(&found.by_class) {
            let test = space.test(&class.condition);
            let members = table
                .equilibria
                .iter()
                .filter(|code| test.holds(arena.codes().value(*code)));
            assert_eq!(counts[which], members.count() as u64);
        }
    }
    for code in 0..arena.size().min(40) {
        assert_eq!(found.value(code), arena.codes().value(code));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn closed_forms_equal_the_coset_engine(
        seed in any::<u64>(),
        widths in proptest::collection::vec(0..5_u64, 1..=4)
            .prop_filter("options", |w| w.iter().sum::<u64>() > 0),
    ) {
        agrees(&free_model(&mut Random::new(seed), &widths));
    }
}

#[test]
fn closed_forms_of_more_than_one_block() {
    for (seed, widths) in [
        (1, &[4, 4, 4][..]),
        (2, &[12, 1]),
        (3, &[1, 12]),
        (4, &[2, 11, 1]),
        (5, &[0, 6, 7]),
    ] {
        agrees(&free_model(&mut Random::new(seed), widths));
    }
}

/// The number of equilibria under each of the five concepts.
fn counts(analysis: &CosetAnalysis) -> Vec<u64> {
    analysis
        .tables
        .iter()
        .map(|t| t.equilibria.count())
        .collect()
}

/// Parties with `q` options each, valued by `rank(party, choices)`.
fn family(parties: u32, q: u32, rank: impl Fn(usize, &[u32]) -> u32) -> Vec<u64> {
    let bits = parties * q;
    let values = (0..parties as usize).map(|p| {
        (0..1_u32 << bits)
            .map(|code| {
                let choices: Vec<u32> = (0..parties)
                    .map(|j| code >> (j * q) & ((1 << q) - 1))
                    .collect();
                rank(p, &choices)
            })
            .collect()
    });
    let arena = Arena::from_parts(Parts {
        widths: vec![q; parties as usize],
        only_on: 0,
        only_off: 0,
        feasible: None,
        values: values.collect(),
    })
    .unwrap();
    counts(&judge(
        &arena,
        &detente_analysis::engine::Request::default(),
    ))
}

/// Statements in order of importance, the lowest bit first, as one number.
fn in_order(truths: u32, q: u32) -> u32 {
    (0..q).fold(0, |rank, l| rank << 1 | (truths >> l & 1))
}

#[test]
fn families_with_known_counts() {
    for (parties, most) in [(2, 5), (3, 3)] {
        for q in 1..=most {
            let mask = (1 << q) - 1;
            let dominant = family(parties, q, |p, c| in_order(!c[p] & mask, q));
            assert_eq!(dominant, [1; 5], "dominant {parties} {q}");
            let others = family(parties, q, |p, c| in_order(c[(p + 1) % c.len()], q));
            assert_eq!(others, [1 << (parties * q); 5], "others {parties} {q}");
            let all_alike = family(parties, q, |_, c| {
                let same = c.iter().fold(mask, |same, x| same & !(x ^ c[0]));
                in_order(same & mask, q)
            });
            let (two, four, eight) = (1_u64 << q, 1_u64 << (2 * q), 1_u64 << (3 * q));
            if parties == 2 {
                assert_eq!(all_alike, [two, four, two, two, two], "coordination 2 {q}");
                let pennies = family(2, q, |p, c| {
                    let same = !(c[0] ^ c[1]) & mask;
                    in_order(if p == 0 { same } else { !same & mask }, q)
                });
                assert_eq!(pennies, [0, four, 0, four, 0], "pennies {q}");
            } else {
                assert_eq!(
                    all_alike,
                    [two, eight, eight, two, two],
                    "coordination 3 {q}"
                );
            }
        }
    }
}

/// Means over random rankings, computed elsewhere from many more samples. Ranks of 31 bits are as
/// good as strict.
#[test]
fn mean_numbers_of_equilibria() {
    let expected: [(&[u32], [f64; 5]); 3] = [
        (&[2, 1], [1.00, 2.93, 1.74, 1.81, 1.34]),
        (&[2, 2], [1.00, 6.89, 2.64, 3.26, 1.69]),
        (&[2, 2, 1], [1.00, 19.4, 6.1, 10.5, 3.8]),
    ];
    let mut random = Random::new(2026);
    for (widths, means) in expected {
        let bits: u32 = widths.iter().sum();
        let samples = 500;
        let (mut sums, mut squares) = ([0.0; 5], [0.0; 5]);
        for _ in 0..samples {
            let values = widths
                .iter()
                .map(|_| {
                    (0..1 << bits)
                        .map(|_| (random.next() >> 33) as u32)
                        .collect()
                })
                .collect();
            let arena = Arena::from_parts(Parts {
                widths: widths.to_vec(),
                only_on: 0,
                only_off: 0,
                feasible: None,
                values,
            })
            .unwrap();
            let found = counts(&judge(
                &arena,
                &detente_analysis::engine::Request::default(),
            ));
            for (i, count) in found.iter().enumerate() {
                sums[i] += *count as f64;
                squares[i] += (*count * *count) as f64;
            }
        }
        for (i, mean) in means.iter().enumerate() {
            let found = sums[i] / f64::from(samples);
            let variance = squares[i] / f64::from(samples) - found * found;
            let error = (variance / f64::from(samples)).sqrt();
            // Five standard errors, and the rounding of the published figure.
            let most = 5.0 * error + 0.05;
            assert!(
                (found - mean).abs() < most,
                "{widths:?} {i}: {found} for {mean}, {error}"
            );
        }
    }
}
