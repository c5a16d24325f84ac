//! Sixty random conflicts with results that were computed elsewhere.

use serde_json::{Value, json};

use crate::gmcr_support::{by_import, codes, imported};

/// A conflict of the list as a GMCR+ file, its options in the order `order`.
fn as_file(model: &Value, order: &[usize]) -> String {
    let dms = model["dms"].as_array().unwrap();
    let options = model["options"].as_array().unwrap();
    // Where option i of the list stands in the file.
    let place = |i: usize| order.iter().position(|o| *o == i).unwrap();
    let owned_by = |dm: &Value| -> Vec<usize> {
        (0..options.len())
            .filter(|i| options[*i]["dm"] == *dm)
            .map(place)
            .collect()
    };
    let condition = |pattern: &Value| -> Value {
        let marks = pattern.as_str().unwrap().chars().enumerate();
        marks
            .filter(|(_, c)| *c != '-')
            .map(|(i, c)| json!([place(i), c.to_string()]))
            .collect()
    };
    let ranking = |ranks: &Value| -> Value {
        let ranks: Vec<u64> = ranks
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r.as_u64().unwrap())
            .collect();
        let mut values = ranks.clone();
        values.sort_unstable();
        values.dedup();
        let tied = |v: &u64| -> Vec<usize> {
            (0..ranks.len())
                .filter(|s| ranks[*s] == *v)
                .map(|s| s + 1)
                .collect()
        };
        values
            .iter()
            .map(|v| match tied(v).as_slice() {
                [one] => json!(one),
                many => json!(many),
            })
            .collect()
    };
    let parties: Vec<Value> = dms
        .iter()
        .map(|dm| {
            json!({
                "name": dm, "options": owned_by(dm), "preferences": [],
                "preferenceRanking": ranking(&model["ranks"][dm.as_str().unwrap()]),
            })
        })
        .collect();
    let listed: Vec<Value> = order
        .iter()
        .map(|i| json!({"name": options[*i]["name"], "permittedDirection": options[*i]["direction"]}))
        .collect();
    let infeasibles: Vec<Value> = model["infeasible"]
        .as_array()
        .unwrap()
        .iter()
        .map(condition)
        .collect();
    json!({
        "options": listed, "decisionMakers": parties, "infeasibles": infeasibles,
        "useManualPreferenceRanking": true,
    })
    .to_string()
}

#[test]
fn sixty_random_conflicts_keep_their_results() {
    let mut conflicts = 0;
    for line in include_str!("../data/gmcr/random-60.jsonl").lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let model = &record["model"];
        let count = model["options"].as_array().unwrap().len();
        let straight: Vec<usize> = (0..count).collect();
        let turned: Vec<usize> = (0..count).rev().collect();
        let text = as_file(model, &straight);
        let conflict = by_import(&text);
        for (party, dm) in model["dms"].as_array().unwrap().iter().enumerate() {
            let dm = dm.as_str().unwrap();
            let expected: Vec<u32> = record["nash"][dm]
                .as_str()
                .unwrap()
                .bytes()
                .zip(1..)
                .filter(|(b, _)| *b == b'1')
                .map(|(_, s)| s)
                .collect();
            assert_eq!(conflict.nash(party), expected, "{line}");
            let ranks = model["ranks"][dm].as_array().unwrap();
            assert_eq!(conflict.states as usize, ranks.len());
            let mut listed: Vec<(u64, u32)> =
                ranks.iter().map(|r| r.as_u64().unwrap()).zip(1..).collect();
            listed.sort_unstable();
            let groups: Vec<Vec<u32>> = listed
                .chunk_by(|a, b| a.0 == b.0)
                .map(|g| g.iter().map(|(_, s)| *s).collect())
                .collect();
            assert_eq!(conflict.ranks[party], groups);
        }
        // With the options of the file in another order, everything is as before.
        let found = imported(&as_file(model, &turned));
        assert_eq!(found.document, imported(&text).document);
        assert_eq!(codes(&found.notes), ["N0302"]);
        conflicts += 1;
    }
    assert_eq!(conflicts, 60);
}
