//! Scenarios solved elsewhere, by enumeration and by integer programming.

use detente_analysis::Budget;
use detente_analysis::bargain::{Frontier, coupled};
use serde_json::Value;

use crate::genius::{expected, scenario};

fn pairs(value: &Value) -> Vec<Vec<i128>> {
    serde_json::from_value::<Vec<Vec<i64>>>(value.clone())
        .unwrap()
        .into_iter()
        .map(|pair| pair.into_iter().map(i128::from).collect())
        .collect()
}

/// The points where this is greatest.
fn where_most(found: &Frontier, value: impl Fn(&[i128]) -> i128) -> Vec<Vec<i128>> {
    let most = found.points.iter().map(|p| value(&p.worth)).max();
    let points = found.points.iter().map(|p| p.worth.clone());
    points.filter(|p| Some(value(p)) == most).collect()
}

fn agrees(name: &str, issues: usize) {
    let space = scenario(name);
    assert_eq!(space.sizes, vec![10; issues]);
    let expected = expected(name);
    let found = coupled::frontier(&space, &[0, 1], &Budget::default());
    let found = found.complete().unwrap();
    let points: Vec<Vec<i128>> = found.points.iter().map(|p| p.worth.clone()).collect();
    assert_eq!(points, pairs(&expected["pareto_integer"]));
    assert_eq!(
        where_most(&found, |p| p[0] * p[1]),
        pairs(&expected["nash"])
    );
    assert_eq!(
        where_most(&found, |p| p[0].min(p[1])),
        pairs(&expected["max_min"])
    );
    assert_eq!(
        where_most(&found, |p| p[0] + p[1]),
        pairs(&expected["max_sum"])
    );
    let most = [points[0][0], points[points.len() - 1][1]];
    let wanted: Vec<i64> = serde_json::from_value(expected["max_utility"].clone()).unwrap();
    assert_eq!(
        most.to_vec(),
        wanted.into_iter().map(i128::from).collect::<Vec<_>>()
    );
    let examples: Vec<Vec<u16>> =
        serde_json::from_value(expected["example_outcomes"].clone()).unwrap();
    for (example, point) in examples.iter().zip(&points) {
        let worth: Vec<i128> = space.voices.iter().map(|v| v.worth.of(example)).collect();
        assert_eq!(&worth, point);
    }
    assert_eq!(examples.len(), points.len());
}

#[test]
fn ten_thousand_packages_of_boxes() {
    agrees("own-box-1e4", 4);
}

#[test]
fn ten_billion_packages_of_boxes() {
    agrees("own-box-1e10", 10);
}
