//! Many boxes of many issues, set against frontiers that an integer program found elsewhere: the most for the first
//! party, then again with one unit more for the second (with `HiGHS`).

use detente_analysis::Budget;
use detente_analysis::bargain::{DealSpace, Worth, coupled};
use detente_model::bargain::Test;
use serde::Deserialize;

use super::scenario::{bound, voice};

/// A scenario: issues of ten levels, the boxes, and the worths of all efficient packages.
#[derive(Deserialize)]
struct Dense {
    issues: usize,
    boxes: Vec<Rectangle>,
    pareto: Vec<[i64; 2]>,
}

/// The party, what it gains, whether inside or outside, and the bounds: an issue, the least and the greatest level.
#[derive(Deserialize)]
struct Rectangle(usize, i64, bool, Vec<(usize, u16, u16)>);

fn space(dense: &Dense) -> DealSpace {
    let voices = (0..2).map(|party| {
        let own = dense.boxes.iter().filter(|b| b.0 == party);
        let terms = own.map(|Rectangle(_, gain, inside, bounds)| {
            let bounds = bounds
                .iter()
                .map(|(issue, from, to)| bound(*issue, *from, *to));
            let test = if *inside {
                Test::And(bounds.collect())
            } else {
                Test::Or(bounds.map(|b| Test::Not(Box::new(b))).collect())
            };
            (i128::from(*gain), test)
        });
        let worth = Worth {
            base: 0,
            tables: vec![vec![0; 10]; dense.issues],
            terms: terms.collect(),
        };
        voice(party, worth)
    });
    DealSpace {
        sizes: vec![10; dense.issues],
        rules: Vec::new(),
        voices: voices.collect(),
    }
}

fn agrees(text: &str) {
    let dense: Dense = serde_json::from_str(text).unwrap();
    let space = space(&dense);
    let wanted: Vec<Vec<i128>> = dense
        .pareto
        .iter()
        .map(|p| p.map(i128::from).to_vec())
        .collect();
    let found = coupled::frontier(&space, &[0, 1], &Budget::default());
    let found = found.complete().unwrap();
    let worths: Vec<Vec<i128>> = found.points.iter().map(|p| p.worth.clone()).collect();
    assert_eq!(worths, wanted);
    for (place, worth) in wanted.iter().enumerate() {
        let packages = found.packages(place, 2);
        assert!(!packages.is_empty(), "no package of {worth:?}");
        for package in packages {
            let reached: Vec<i128> = space.voices.iter().map(|v| v.worth.of(&package)).collect();
            assert_eq!(&reached, worth);
        }
    }
}

#[test]
fn boxes_of_ten_issues() {
    agrees(include_str!("../../data/boxes/dense-1e10.json"));
}

#[test]
fn boxes_of_twenty_issues() {
    agrees(include_str!("../../data/boxes/dense-1e20.json"));
}

#[test]
fn eighty_boxes_of_forty_issues() {
    agrees(include_str!("../../data/boxes/dense-1e40-40.json"));
}

#[test]
fn a_hundred_and_twenty_boxes_of_forty_issues() {
    agrees(include_str!("../../data/boxes/dense-1e40-60.json"));
}

#[test]
#[ignore = "takes half a minute"]
fn boxes_of_neighbouring_issues() {
    agrees(include_str!("../../data/boxes/dense-1e40-local.json"));
}

#[test]
fn two_hundred_and_forty_boxes_of_forty_issues() {
    agrees(include_str!("../../data/boxes/dense-1e40.json"));
}
