//! Scenarios with results from outside: all forms say the same, and what the results say.

use std::collections::BTreeSet;

use detente_model::Model;
use detente_model::scenario::{Evaluations, Options};
use num_rational::BigRational;
use serde_json::Value;

use crate::scenario_support::{
    files, folder, imported, number, packages, read, some_packages, utilities, whole, worth,
};

const ADDITIVE: [&str; 10] = [
    "own-2p-1e20",
    "own-2p-1e5",
    "own-3p-1e4",
    "own-empty-zopa",
    "own-korea-2019-2p",
    "own-korea-2019-4p",
    "own-ks-differs",
    "own-logroll-binary",
    "own-ties",
    "own-tiny-9",
];

fn expected(name: &str) -> Value {
    let text = std::fs::read_to_string(folder(name).join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn genius(name: &str) -> Model {
    read(&files(&folder(name), &["xml"]), &Options::default())
}

fn hundredths(value: &Value) -> BigRational {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    number(&text) / whole(100)
}

/// The values that no other package beats, of integers that are hundredths.
fn pareto(model: &Model) -> BTreeSet<Vec<BigRational>> {
    let bargain = &model.bargain;
    let utilities = utilities(bargain);
    let points: BTreeSet<Vec<BigRational>> = packages(bargain)
        .iter()
        .map(|p| utilities.iter().map(|u| worth(u, p)).collect())
        .collect();
    let beats =
        |a: &Vec<BigRational>, b: &Vec<BigRational>| a != b && a.iter().zip(b).all(|(x, y)| x >= y);
    let unbeaten = points
        .iter()
        .filter(|p| !points.iter().any(|q| beats(q, p)));
    unbeaten.cloned().collect()
}

#[test]
fn bounds_and_reservations_are_those_of_the_results() {
    for name in ADDITIVE {
        let (model, expected) = (genius(name), expected(name));
        let sizes: Vec<usize> = model
            .bargain
            .issues
            .iter()
            .map(|i| i.levels.len())
            .collect();
        let given: Vec<usize> = serde_json::from_value(expected["issue_sizes"].clone()).unwrap();
        assert_eq!(sizes, given, "{name}");
        for (voice, utility) in utilities(&model.bargain).into_iter().enumerate() {
            let ends = |least: bool| -> BigRational {
                let tables = 0..utility.tables.len();
                tables
                    .map(|issue| {
                        let levels = 0..u16::try_from(sizes[issue]).unwrap();
                        let alone = |level| {
                            let mut package = vec![0; sizes.len()];
                            let base = worth(utility, &package);
                            package[issue] = level;
                            worth(utility, &package) - base
                        };
                        let values = levels.map(alone);
                        if least { values.min() } else { values.max() }.unwrap()
                    })
                    .sum::<BigRational>()
                    + worth(utility, &vec![0; sizes.len()])
            };
            assert_eq!(ends(true), hundredths(&expected["min"][voice]), "{name}");
            assert_eq!(ends(false), hundredths(&expected["max"][voice]), "{name}");
            let reservation = utility.reservation.as_ref().unwrap();
            assert_eq!(
                reservation.least,
                hundredths(&expected["reservation"][voice]),
                "{name}"
            );
        }
    }
}

#[test]
fn frontiers_of_small_scenarios_are_those_of_the_results() {
    for name in [
        "own-korea-2019-2p",
        "own-ks-differs",
        "own-logroll-binary",
        "own-ties",
        "own-tiny-9",
        "own-empty-zopa",
    ] {
        let expected = expected(name);
        let given = expected["pareto_ignoring_reservation"].as_array().unwrap();
        let point = |p: &Value| p.as_array().unwrap().iter().map(hundredths).collect();
        let given: BTreeSet<Vec<BigRational>> = given.iter().map(point).collect();
        assert_eq!(pareto(&genius(name)), given, "{name}");
    }
}

#[test]
fn boxes_are_worth_what_the_results_say() {
    let (model, expected) = (genius("own-box-1e4"), expected("own-box-1e4"));
    let point = |p: &Value| {
        let values = p.as_array().unwrap().iter();
        values
            .map(|v| whole(v.as_i64().unwrap()))
            .collect::<Vec<_>>()
    };
    let given: Vec<_> = expected["pareto_integer"]
        .as_array()
        .unwrap()
        .iter()
        .map(point)
        .collect();
    let utilities = utilities(&model.bargain);
    for (outcome, values) in expected["example_outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&given)
    {
        let outcome: Vec<u16> = serde_json::from_value(outcome.clone()).unwrap();
        let found: Vec<_> = utilities.iter().map(|u| worth(u, &outcome)).collect();
        assert_eq!(&found, values);
    }
    assert_eq!(pareto(&model), given.into_iter().collect());
    // The greatest sum of boxes is given too, and GENIUS divides by the file's own.
    let options = Options {
        evaluations: Evaluations::Genius,
        ..Options::default()
    };
    let scaled = read(&files(&folder("own-box-1e4"), &["xml"]), &options);
    let most = [706, 679];
    for package in some_packages(&model.bargain, 200) {
        for (voice, utility) in utilities.iter().enumerate() {
            let own = crate::scenario_support::utilities(&scaled.bargain)[voice];
            assert_eq!(
                worth(own, &package) * whole(most[voice]),
                worth(utility, &package)
            );
        }
    }
}

#[test]
fn large_boxes_are_worth_what_the_results_say() {
    let (model, expected) = (genius("own-box-1e10"), expected("own-box-1e10"));
    let utilities = utilities(&model.bargain);
    let outcomes = expected["example_outcomes"].as_array().unwrap();
    assert!(!outcomes.is_empty());
    for (outcome, values) in outcomes
        .iter()
        .zip(expected["pareto_integer"].as_array().unwrap())
    {
        let outcome: Vec<u16> = serde_json::from_value(outcome.clone()).unwrap();
        let found: Vec<String> = utilities
            .iter()
            .map(|u| worth(u, &outcome).to_string())
            .collect();
        let values: Vec<String> = values
            .as_array()
            .unwrap()
            .iter()
            .map(Value::to_string)
            .collect();
        assert_eq!(found, values);
    }
}

#[test]
fn all_forms_of_a_scenario_say_the_same() {
    let mut compared = 0;
    for name in [
        "own-korea-2019-2p",
        "own-logroll-binary",
        "own-ties",
        "own-tiny-9",
    ] {
        let raw = genius(name);
        // GeniusWeb's files have evaluations from 0 to 1, as GENIUS itself computes with.
        let divided = Options {
            evaluations: Evaluations::Genius,
            ..Options::default()
        };
        let divided = read(&files(&folder(name), &["xml"]), &divided);
        let names = |m: &Model| -> Vec<String> {
            let issues = m.bargain.issues.iter();
            issues
                .flat_map(|i| {
                    i.levels
                        .iter()
                        .map(|l| l.display().to_owned())
                        .chain([i.display().to_owned()])
                })
                .collect()
        };
        let forms = [
            ("geniusweb", "json", 1, &divided),
            ("negmas-yaml", "yml", 1, &raw),
            ("negolog", "json", 100, &raw),
        ];
        for (form, ending, factor, model) in forms {
            let folder = folder(name).join(form);
            if !folder.exists() {
                continue;
            }
            let other = read(&files(&folder, &[ending]), &Options::default());
            assert_eq!(names(&other), names(model), "{name} {form}");
            let voices = utilities(&model.bargain).len();
            assert_eq!(utilities(&other.bargain).len(), voices);
            for package in packages(&model.bargain) {
                for voice in 0..voices {
                    let here = worth(utilities(&model.bargain)[voice], &package);
                    let there = worth(utilities(&other.bargain)[voice], &package);
                    let there = there * whole(factor);
                    if name == "own-ties" {
                        // That file holds thirds as floats, with 16 digits.
                        let apart = &there - &here;
                        let least = BigRational::new(1.into(), 1_000_000_000_000_000_i64.into());
                        assert!(
                            apart.clone().max(-apart) < least,
                            "{name} {form} {package:?}"
                        );
                    } else {
                        assert_eq!(there, here, "{name} {form} {package:?}");
                    }
                }
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 10);
}

/// What a profile says, by looking at its lines: the evaluations of each issue, its weights.
fn literal(text: &str) -> (Vec<Vec<BigRational>>, Vec<BigRational>) {
    let attribute = |line: &str, name: &str| {
        let after = line.split_once(&format!(" {name}=\"")).unwrap().1;
        number(after.split_once('"').unwrap().0)
    };
    let (mut issues, mut weights): (Vec<Vec<BigRational>>, Vec<BigRational>) =
        (Vec::new(), Vec::new());
    for line in text.lines() {
        if line.starts_with("<issue") {
            issues.push(Vec::new());
        } else if line.starts_with("<item") {
            issues
                .last_mut()
                .unwrap()
                .push(attribute(line, "evaluation"));
        } else if line.starts_with("<weight") {
            weights.push(attribute(line, "value"));
        }
    }
    (issues, weights)
}

#[test]
fn packages_are_worth_what_a_literal_reading_of_the_lines_says() {
    for name in ADDITIVE {
        let all = files(&folder(name), &["xml"]);
        let model = genius(name);
        let profiles: Vec<_> = all.iter().filter(|f| f.name.contains("profile")).collect();
        let utilities = utilities(&model.bargain);
        assert_eq!(utilities.len(), profiles.len());
        for (utility, profile) in utilities.iter().zip(profiles) {
            let (issues, weights) = literal(std::str::from_utf8(&profile.bytes).unwrap());
            for package in some_packages(&model.bargain, 300) {
                let mut sum = whole(0);
                for (issue, level) in package.iter().enumerate() {
                    sum += &weights[issue] * &issues[issue][usize::from(*level)];
                }
                assert_eq!(worth(utility, &package), sum, "{name} {package:?}");
            }
        }
    }
}

#[test]
fn evaluations_are_divided_by_the_greatest_of_their_issue_as_genius_does() {
    let name = "own-korea-2019-2p";
    let options = Options {
        evaluations: Evaluations::Genius,
        ..Options::default()
    };
    let all = files(&folder(name), &["xml"]);
    let model = read(&all, &options);
    let profiles = all.iter().filter(|f| f.name.contains("profile"));
    for (utility, profile) in utilities(&model.bargain).iter().zip(profiles) {
        let (issues, weights) = literal(std::str::from_utf8(&profile.bytes).unwrap());
        for package in some_packages(&model.bargain, 300) {
            let mut sum = whole(0);
            for (issue, level) in package.iter().enumerate() {
                let greatest = issues[issue].iter().max().unwrap();
                sum += &weights[issue] * &issues[issue][usize::from(*level)] / greatest;
            }
            assert_eq!(worth(utility, &package), sum);
        }
    }
}

#[test]
fn profiles_become_ratifiers_of_a_two_level_game() {
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let options = Options {
        ratifiers: vec![
            pair("profile3", "profile1"),
            pair("own-korea-2019-4p-profile4", "profile2"),
        ],
        ..Options::default()
    };
    let all = files(&folder("own-korea-2019-4p"), &["xml"]);
    let model = read(&all, &options);
    let told: Vec<(String, Vec<String>)> = model
        .bargain
        .sides
        .iter()
        .zip(&model.parties)
        .map(|(side, party)| {
            let home = side.ratifiers.iter().map(|r| r.name.clone()).collect();
            (party.name.clone(), home)
        })
        .collect();
    let home = |name: &str| vec![name.to_owned()];
    assert_eq!(
        told,
        [
            ("profile1".to_owned(), home("profile3")),
            ("profile2".to_owned(), home("profile4")),
        ]
    );
    let flat = read(&all, &Options::default());
    let (there, here) = (utilities(&flat.bargain), utilities(&model.bargain));
    for package in some_packages(&flat.bargain, 100) {
        for (a, b) in [(0, 0), (2, 1), (1, 2), (3, 3)] {
            assert_eq!(worth(there[a], &package), worth(here[b], &package));
        }
    }
    for wrong in [pair("profile9", "profile1"), pair("profile1", "profile1")] {
        let options = Options {
            ratifiers: vec![wrong],
            ..Options::default()
        };
        assert!(detente_model::scenario::import(&all, &options).is_err());
    }
}

#[test]
fn imported_text_keeps_weight_and_evaluation_apart() {
    let imported = imported(&files(&folder("own-tiny-9"), &["xml"]), &Options::default());
    assert!(imported.notes.is_empty(), "{:?}", imported.notes);
    let text = detente_syntax::print(&imported.document);
    assert!(
        text.contains("price weight 0.7: low 100, mid 60, high 10\n"),
        "{text}"
    );
    assert!(
        text.contains("date: early, on_time \"on time\", late\n"),
        "{text}"
    );
    assert!(text.contains("negotiation \"own-tiny-9\""), "{text}");
}
