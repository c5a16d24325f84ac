//! Charts of made-up findings, held against what must be true of every picture.

mod dice;
mod made;
mod packages;

use self::dice::Dice;
use super::check::{attributes, faults, texts};
use super::{Asked, kind};
use crate::dossier::Dossier;

/// A chart of a dossier, which has no faults and is the same when it is drawn again; `None` when there is none.
fn drawn(name: &str, dossier: &Dossier) -> Option<String> {
    let kind = kind(name).expect("a kind");
    let asked = Asked::default();
    let picture = (kind.draw)(dossier, &asked)?;
    let json = serde_json::to_value(dossier).expect("JSON");
    let faults = faults(&picture.svg, &json);
    assert!(faults.is_empty(), "{name}: {faults:#?}\n{}", picture.svg);
    assert_eq!(picture.kind, name);
    assert!(!picture.says.is_empty());
    assert_eq!((kind.draw)(dossier, &asked).as_ref(), Some(&picture));
    Some(picture.svg)
}

const SEEDS: std::ops::Range<u64> = 0..24;

#[test]
fn a_picture_of_nothing_is_none() {
    for name in [
        "perception",
        "frontier",
        "fan",
        "calendar",
        "tornado",
        "evidence",
    ] {
        assert_eq!(drawn(name, &Dossier::default()), None, "{name}");
    }
    let mut dice = Dice::new(1);
    let nothing = Dossier {
        forecast: Some(made::forecast(&mut dice, 0, 3, 3)),
        calendar: Some(made::calendar(&mut dice, 0)),
        sensitivity: Some(made::sensitivity(&mut dice, 0)),
        evidence: Some(made::ledger(&mut dice, 0, 0)),
        ..Dossier::default()
    };
    for name in ["fan", "calendar", "tornado", "evidence"] {
        assert_eq!(drawn(name, &nothing), None, "{name}");
    }
}

#[test]
fn fans_of_all_sizes_are_legible_and_sum_to_one() {
    for seed in SEEDS {
        let mut dice = Dice::new(seed);
        let (classes, dates) = (1 + dice.below(12), 1 + dice.below(12));
        let events = if dice.often(30) { 60 } else { dice.below(6) };
        let forecast = made::forecast(&mut dice, classes, dates, events);
        let dossier = Dossier {
            negotiation: Some(dice.name()),
            forecast: Some(forecast),
            ..Dossier::default()
        };
        let svg = drawn("fan", &dossier).expect("a picture");
        shares_are_true(&svg, &dossier);
    }
}

/// The areas of classes are as high as their probabilities on every date, and together they are one.
fn shares_are_true(svg: &str, dossier: &Dossier) {
    let forecast = dossier.forecast.as_ref().expect("a forecast");
    let areas: Vec<(String, Vec<(f64, f64)>)> =
        attributes(svg, "polygon", &["data-class", "points"])
            .into_iter()
            .map(|found| {
                let points = found[1].split(' ').map(|point| {
                    let (x, y) = point.split_once(',').expect("a point");
                    (x.parse().expect("a place"), y.parse().expect("a place"))
                });
                (found[0].clone(), points.collect())
            })
            .collect();
    let ys = || {
        areas
            .iter()
            .flat_map(|(_, points)| points.iter().map(|p| p.1))
    };
    let top = ys().fold(f64::INFINITY, f64::min);
    let bottom = ys().fold(f64::NEG_INFINITY, f64::max);
    let dates = forecast.dates.len();
    for date in 0..dates {
        let mut sum = 0.0;
        for (_, points) in &areas {
            // There and back again: the last point lies under the first.
            sum += points[points.len() - 1 - date].1 - points[date].1;
        }
        let sum = sum / (bottom - top);
        assert!((sum - 1.0).abs() < 1e-4, "{sum} on date {date}\n{svg}");
    }
    let shown = forecast
        .targets
        .iter()
        .filter(|t| t.at.iter().any(|p| p.value >= 0.005));
    let mut classes = areas.iter();
    for target in shown {
        let (name, points) = classes.next().expect("an area");
        assert_eq!(*name, target.name);
        for (date, probability) in target.at.iter().enumerate() {
            let high = points[points.len() - 1 - date].1 - points[date].1;
            let share = high / (bottom - top);
            assert!(
                (share - probability.value).abs() < 1e-4,
                "{name} on date {date}"
            );
        }
    }
}

/// One outcome with all the probability on every date is one low band with its name and number, without a scale; as
/// soon as another one has a hundredth on some day, there are shares to compare.
#[test]
fn one_certain_outcome_is_one_band() {
    let mut dice = Dice::new(3);
    let mut forecast = made::forecast(&mut dice, 3, 4, 2);
    for (place, target) in forecast.targets.iter_mut().enumerate() {
        for at in &mut target.at {
            at.value = if place == 1 { 1.0 } else { 0.0 };
            at.standard_error = None;
        }
    }
    let mut dossier = Dossier {
        forecast: Some(forecast),
        ..Dossier::default()
    };
    let svg = drawn("fan", &dossier).expect("a picture");
    shares_are_true(&svg, &dossier);
    let shown = texts(&svg).0;
    let values = shown.iter().filter_map(|t| t.from.as_deref());
    let values: Vec<&str> = values.filter(|f| f.contains("targets")).collect();
    assert_eq!(values, ["/forecast/targets/1/at/3/value"]);
    let percent = |svg: &str| {
        texts(svg)
            .0
            .iter()
            .filter(|t| t.says.ends_with('%'))
            .count()
    };
    assert_eq!(percent(&svg), 1, "no scale");
    assert!(svg.contains("One outcome on every date"));
    assert!(!svg.contains("Each by itself"));
    let forecast = dossier.forecast.as_mut().expect("a forecast");
    forecast.targets[1].at[2].value = 0.99;
    forecast.targets[0].at[2].value = 0.01;
    let svg = drawn("fan", &dossier).expect("a picture");
    shares_are_true(&svg, &dossier);
    assert!(percent(&svg) > 4 && svg.contains("Each by itself"));
}

#[test]
fn a_fan_of_one_class_shows_that_class() {
    let mut dice = Dice::new(7);
    let mut forecast = made::forecast(&mut dice, 5, 4, 2);
    forecast.targets[2].name = "the one".to_owned();
    let dossier = Dossier {
        forecast: Some(forecast),
        ..Dossier::default()
    };
    let asked = Asked {
        class: Some("the one".to_owned()),
        ..Asked::default()
    };
    let picture = (kind("fan").expect("a kind").draw)(&dossier, &asked).expect("a picture");
    let values = texts(&picture.svg).0.into_iter().filter_map(|t| t.from);
    let values: Vec<String> = values.filter(|f| f.contains("targets")).collect();
    assert_eq!(values, ["/forecast/targets/2/at/3/value"]);
}

#[test]
fn calendars_of_all_sizes_are_legible() {
    for seed in SEEDS {
        let mut dice = Dice::new(seed);
        let events = 1 + dice.below(70);
        let calendar = made::calendar(&mut dice, events);
        let dated = calendar
            .timeline
            .events
            .iter()
            .filter(|e| e.first.is_some());
        let dated = dated.count();
        let dossier = Dossier {
            calendar: Some(calendar),
            ..Dossier::default()
        };
        let svg = drawn("calendar", &dossier);
        assert_eq!(svg.is_some(), dated > 0);
    }
}

#[test]
fn tornadoes_of_all_sizes_are_legible_and_true() {
    for seed in SEEDS {
        let mut dice = Dice::new(seed);
        let assumptions = 1 + dice.below(40);
        let dossier = Dossier {
            sensitivity: Some(made::sensitivity(&mut dice, assumptions)),
            ..Dossier::default()
        };
        let Some(svg) = drawn("tornado", &dossier) else {
            continue;
        };
        let values = texts(&svg).0.into_iter().filter(|t| t.from.is_some());
        assert!(values.count() >= 2);
    }
}

#[test]
fn evidence_maps_of_all_sizes_are_legible() {
    for seed in SEEDS {
        let mut dice = Dice::new(seed);
        let (elements, sources) = (1 + dice.below(400), dice.below(80));
        let dossier = Dossier {
            evidence: Some(made::ledger(&mut dice, elements, sources)),
            ..Dossier::default()
        };
        drawn("evidence", &dossier);
    }
}

#[test]
fn perceptions_of_all_sizes_are_legible() {
    for seed in SEEDS {
        let mut dice = Dice::new(seed);
        let (parties, states) = (1 + dice.below(7), 1 + dice.below(300));
        let dossier = Dossier {
            perception: Some(made::perception(&mut dice, parties, states)),
            ..Dossier::default()
        };
        drawn("perception", &dossier);
    }
}

#[test]
fn the_check_finds_faults() {
    let json = serde_json::json!({ "a": [1, 2, 3], "b": 7 });
    let found = |body: &str| {
        let head = "<title>title</title><desc>says</desc>";
        let svg = format!("<svg width=\"200\" height=\"100\">{head}{body}</svg>");
        faults(&svg, &json).len()
    };
    let text = |x: u32, more: &str, says: &str| {
        let more = format!("font-size=\"12\" textLength=\"{}\" {more}", 6 * says.len());
        format!("<text x=\"{x}\" y=\"50\" {more}>{says}</text>")
    };
    assert_eq!(found(&text(10, "", "far")), 0);
    assert_eq!(
        found(&format!("{}{}", text(10, "", "over"), text(20, "", "lap"))),
        1
    );
    assert_eq!(found(&text(190, "", "leaves")), 1);
    assert_eq!(found(&text(10, "data-from=\"/a\"", "3")), 0);
    assert_eq!(found(&text(10, "data-from=\"/b\"", "3")), 1);
    assert_eq!(found(&text(10, "data-from=\"/c\"", "3")), 1);
    assert_eq!(
        found("<text x=\"10\" y=\"50\" font-size=\"9\" textLength=\"25\">small</text>"),
        1
    );
    assert_eq!(found("<g id=\"a\"/>"), 1);
}
