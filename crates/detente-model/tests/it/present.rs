//! What past events have changed: against a naive fold over the days.

use detente_model::model::Preferences;
use detente_model::present::{after, present};
use detente_model::syntax::ast::Direction;
use detente_model::{resolve, variant, view};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::record_support::{dated, model};

fn on(day: &str, effects: &Value) -> Value {
    json!({ "when": { "on": day }, "kind": "change", "effects": effects })
}

fn levels(document: &detente_model::syntax::ast::Document) -> Option<Vec<u16>> {
    model(document).status_quo.map(|s| s.assignment)
}

#[test]
fn past_events_set_and_future_ones_do_not() {
    let document = dated(&json!([
        on("2019-01-20", &json!([{ "sets": ["US.relief"] }])),
        on("2019-01-21", &json!([{ "sets": ["US.peace"] }])),
    ]));
    assert_eq!(
        levels(&document),
        Some(vec![1, 0, 0, 0, 0]),
        "the day of `as of` is past"
    );
    assert_eq!(
        levels(&dated(&json!([on(
            "2019-01-21",
            &json!([{ "sets": ["US.peace"] }])
        )]))),
        None
    );
    let record = model(&document).record;
    assert_eq!(
        record.events[0].effects.len(),
        1,
        "the record keeps what was made"
    );
}

#[test]
fn doubt_is_settled_by_a_past_event_and_by_the_model_after_a_coming_one() {
    let hinge = json!([{ "change": { "preferences": { "party": "US", "edit": { "edit": [{ "settle": { "name": "hinge" } }] } } } },
        { "change": { "direction": { "direction": "only-on", "options": ["US.peace"] } } }]);
    let certain = |model: &detente_model::Model| match &model.parties[0].preferences {
        Preferences::Statements(list) => list[0].certainty.is_certain(),
        _ => panic!("statements"),
    };
    let past = dated(&json!([on("2019-01-18", &hinge)]));
    assert!(certain(&model(&past)));
    assert_eq!(model(&past).options[1].direction, Direction::OnlyOn);
    let coming = dated(&json!([on("2019-02-28", &hinge)]));
    assert!(!certain(&model(&coming)));
    let then = after(&coming, &[0]).unwrap();
    assert!(certain(&then));
    assert_eq!(then.options[1].direction, Direction::OnlyOn);
    assert!(!certain(&after(&coming, &[]).unwrap()));
}

#[test]
fn variants_and_views_build_on_the_present_and_nothing_is_made_twice() {
    let drop = json!([{ "change": { "preferences": { "party": "US", "edit": { "edit": [{ "drop": { "name": "hinge" } }] } } } },
        { "sets": ["US.relief"] }]);
    let mut document = dated(&json!([on("2019-01-18", &drop)]));
    let parsed = detente_model::syntax::parse("variant v { status quo { US.peace } }");
    document.variants = parsed.document.variants;
    assert!(resolve(&document).model.is_some());
    let now = present(&document).unwrap();
    assert_eq!(present(&now).unwrap(), now);
    let changed = variant::apply(&document, &["v"]).unwrap();
    assert_eq!(
        levels(&changed),
        Some(vec![0, 1, 0, 0, 0]),
        "a variant has the last word"
    );
    let seen = view::seen_by(&document, &["DPRK"]).unwrap();
    let count = |d| match &model(d).parties[0].preferences {
        Preferences::Statements(list) => list.len(),
        _ => 0,
    };
    assert_eq!((count(&seen), count(&changed), count(&document)), (2, 2, 2));
}

#[test]
fn likely_events_and_precedents_change_nothing() {
    for (key, value) in [
        ("chance", json!({ "number": "0.9" })),
        ("kind", json!("precedent")),
    ] {
        let mut event = on("2019-01-18", &json!([{ "sets": ["US.relief"] }]));
        event[key] = value;
        assert_eq!(levels(&dated(&json!([event]))), None, "{key}");
    }
}

#[test]
fn a_mandate_that_was_given_is_in_force() {
    let document = dated(&json!([
        on(
            "2019-01-18",
            &json!([{ "mandate": { "track": "working", "binds": { "options": ["US.relief"] } } }])
        ),
        on(
            "2019-02-18",
            &json!([{ "mandate": { "track": "leaders", "binds": "nothing" } }])
        ),
    ]));
    let tracks = model(&document).record.tracks;
    let of = |name: &str| {
        tracks
            .iter()
            .find(|t| t.name == name)
            .unwrap()
            .binds
            .as_ref()
            .map(Vec::len)
    };
    assert_eq!((of("working"), of("leaders")), (Some(1), None));
}

/// Options in the order of the model, with how each level is written.
const LEVELS: [&[&str]; 5] = [
    &["not US.relief", "US.relief"],
    &["not peace", "peace"],
    &[
        "US.drills is hold",
        "US.drills is calibrate",
        "US.drills is cancel",
    ],
    &["not DPRK.yongbyon", "DPRK.yongbyon"],
    &["not declare", "DPRK.declare"],
];

proptest! {
    /// Day by day, then in the order of the text: what is set holds, a default only what was not set before.
    #[test]
    fn the_status_quo_is_what_the_days_have_made_of_it(
        start in prop::option::of(prop::collection::vec(0_usize..6, 5)),
        events in prop::collection::vec((1_i8..=28, 0_i8..6, prop::collection::btree_map(0_usize..5, 0_usize..6, 1..4), any::<bool>()), 0..8),
    ) {
        let level = |option: usize, level: usize| level % LEVELS[option].len();
        let mut calendar = Vec::new();
        for (day, long, settings, default) in &events {
            let written: Vec<&str> = settings.iter().map(|(o, l)| LEVELS[*o][level(*o, *l)]).collect();
            let last = (day + long).min(28);
            let kind = if *default { "default" } else { "sets" };
            calendar.push(json!({
                "when": { "during": [format!("2019-01-{day:02}"), format!("2019-01-{last:02}")] },
                "kind": "change", "effects": [{ kind: written }] }));
        }
        let mut document = dated(&Value::Array(calendar));
        let mut expected = vec![0; 5];
        if let Some(start) = &start {
            expected = (0..5).map(|o| level(o, start[o])).collect();
            let settings: Vec<&str> = (0..5).map(|o| LEVELS[o][expected[o]]).collect();
            document.status_quo = serde_json::from_value(json!({ "settings": { "settings": settings } })).unwrap();
        }
        let mut moved = [false; 5];
        for today in 1..=20 {
            for (day, long, settings, default) in &events {
                if (day + long).min(28) != today {
                    continue;
                }
                let before = moved;
                for (option, to) in settings {
                    if *default && before[*option] {
                        continue;
                    }
                    expected[*option] = level(*option, *to);
                    moved[*option] |= !default;
                }
            }
        }
        let happened = events.iter().any(|(day, long, ..)| (day + long).min(28) <= 20);
        let found = levels(&document).map(|l| l.into_iter().map(usize::from).collect::<Vec<_>>());
        prop_assert_eq!(found, (happened || start.is_some()).then_some(expected));
    }
}
