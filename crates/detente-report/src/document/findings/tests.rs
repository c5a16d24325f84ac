//! Every place of the JSON form of values of all shapes, as `serde_json` finds it in the whole form.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Findings, Held};

#[derive(Debug, Serialize)]
struct Shapes {
    unit: (),
    nothing: Option<u8>,
    some: Option<Meters>,
    letter: char,
    whole: (i64, u64, i128, u128),
    floats: [f64; 3],
    single: f32,
    newtype: Meters,
    pair: Pair,
    variants: Vec<Variant>,
    tagged: Vec<Tagged>,
    untagged: Vec<Untagged>,
    numbered: BTreeMap<u32, &'static str>,
    is: BTreeMap<bool, Vec<u8>>,
    #[serde(flatten)]
    more: BTreeMap<String, Vec<Meters>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<u8>,
    #[serde(rename = "a/b~c")]
    renamed: &'static str,
}

#[derive(Debug, Serialize)]
struct Meters(u32);

#[derive(Debug, Serialize)]
struct Pair(u8, &'static str);

#[derive(Debug, Serialize)]
enum Variant {
    Unit,
    New(Pair),
    Tuple(u8, Vec<u8>),
    Struct { a: u8, b: Option<Meters> },
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind")]
enum Tagged {
    Unit,
    Struct { a: u8 },
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Untagged {
    Number(u8),
    List(Vec<u8>),
}

fn shapes() -> Shapes {
    Shapes {
        unit: (),
        nothing: None,
        some: Some(Meters(3)),
        letter: '\u{5d0}',
        whole: (-5, u64::MAX, -7, 7),
        floats: [0.1, f64::NAN, 1e300],
        single: 0.1,
        newtype: Meters(4),
        pair: Pair(1, "two"),
        variants: vec![
            Variant::Unit,
            Variant::New(Pair(3, "four")),
            Variant::Tuple(5, vec![6, 7]),
            Variant::Struct {
                a: 8,
                b: Some(Meters(9)),
            },
        ],
        tagged: vec![Tagged::Unit, Tagged::Struct { a: 1 }],
        untagged: vec![Untagged::Number(1), Untagged::List(vec![2, 3])],
        numbered: [(1, "one"), (10, "ten")].into(),
        is: [(true, vec![1]), (false, Vec::new())].into(),
        more: [
            ("more".to_owned(), vec![Meters(1)]),
            (String::new(), Vec::new()),
            ("x/~1".to_owned(), vec![Meters(2), Meters(3)]),
        ]
        .into(),
        skipped: None,
        renamed: "renamed",
    }
}

/// All places of a value.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Array(list) => {
            for (place, inner) in list.iter().enumerate() {
                places(inner, &format!("{at}/{place}"), into);
            }
        }
        Value::Object(map) => {
            for (key, inner) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                places(inner, &format!("{at}/{key}"), into);
            }
        }
        _ => {}
    }
}

/// Every place holds what the whole form has there, and what is no place holds nothing.
fn agrees(findings: &dyn Findings, whole: &Value) {
    let mut all = Vec::new();
    places(whole, "", &mut all);
    for place in &all {
        for asked in [
            place.clone(),
            format!("{place}/"),
            format!("{place}/0"),
            format!("{place}/00"),
            format!("{place}/+0"),
            format!("{place}/-"),
            format!("{place}/7"),
            format!("{place}/no"),
            format!("no{place}"),
        ] {
            let expected = whole.pointer(&asked).map(Held::from);
            assert_eq!(findings.at(&asked), expected, "{asked}");
        }
    }
}

#[test]
fn values_of_all_shapes_are_found() {
    let shapes = shapes();
    let whole = serde_json::to_value(&shapes).unwrap();
    assert_eq!(whole["variants"][2]["Tuple"][1][1], json!(7));
    agrees(&shapes, &whole);
    assert_eq!(shapes.at("/numbered/10"), Some(Held::Text("ten".into())));
    assert_eq!(shapes.at("/a~1b~0c").unwrap().as_str(), Some("renamed"));
    assert_eq!(shapes.at("/x~1~01"), Some(Held::List(2)));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a~/0-2]{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a~/0-2]{0,3}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_json_value_is_read_as_it_is(value in any_json()) {
        agrees(&value, &value);
    }
}
