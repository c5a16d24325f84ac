//! GMCR+ files that are good, and what they become.

use detente_model::gmcr::codes;
use detente_model::syntax::ast::{Change, Direction, FormulaKind, Preferences};
use serde_json::{Value, json};

use crate::gmcr_support::{by_import, codes, imported, of_file};

const PRISONERS: &str = include_str!("../data/gmcr/prisoners.gmcr");
const SYRIA_IRAQ: &str = include_str!("../data/gmcr/syria-iraq.gmcr");
const MISPERCEPTION: &str = include_str!("../data/gmcr/syria-iraq-misperception.gmcr");
const RANKED_OLD: &str = include_str!("../data/gmcr/ranked-old.gmcr");

fn strict(order: &[u32]) -> Vec<Vec<u32>> {
    order.iter().map(|s| vec![*s]).collect()
}

#[test]
fn prisoners_dilemma() {
    let found = imported(PRISONERS);
    assert!(found.notes.is_empty(), "{:#?}", found.notes);
    let [one, two] = found.document.parties.as_slice() else {
        panic!()
    };
    assert_eq!(
        (one.name.as_str(), one.title.as_deref()),
        ("Prisoner_One", Some("Prisoner One"))
    );
    assert_eq!(
        (two.name.as_str(), two.title.as_deref()),
        ("prisoner_2", Some("prisoner 2"))
    );
    assert_eq!(one.options[0].name.as_str(), "Cooperate_with_2");
    let Some(Preferences::Statements(list)) = &one.preferences else {
        panic!()
    };
    let texts: Vec<String> = list.iter().map(|s| s.formula.to_string()).collect();
    assert_eq!(
        texts,
        ["prisoner_2.Cooperate_with_One", "not Cooperate_with_2"]
    );
    // The published ranking and equilibrium.
    let conflict = by_import(PRISONERS);
    assert_eq!(conflict.states, 4);
    assert_eq!(
        conflict.ranks,
        [strict(&[3, 4, 1, 2]), strict(&[2, 4, 1, 3])]
    );
    assert_eq!([conflict.nash(0), conflict.nash(1)], [[1, 3], [1, 2]]);
}

#[test]
fn syria_and_iraq() {
    let conflict = by_import(SYRIA_IRAQ);
    assert_eq!(conflict.states, 6);
    assert_eq!(
        conflict.ranks,
        [strict(&[1, 3, 6, 2, 4, 5]), strict(&[2, 4, 6, 1, 5, 3])]
    );
    assert_eq!(conflict.nash(0), [1, 6]);
    assert_eq!(conflict.nash(1), [2, 4, 6]);
    let document = imported(SYRIA_IRAQ).document;
    assert_eq!(
        document.never[0].formula.to_string(),
        "Syria.Syria_releases_more_water and Syria.Syria_escalates"
    );
    let syria = &document.parties[0];
    assert_eq!(
        (syria.name.as_str(), syria.title.as_deref()),
        ("Syria", None)
    );
}

#[test]
fn misperceptions_become_views_with_a_note() {
    let found = imported(MISPERCEPTION);
    assert_eq!(
        codes(&found.notes),
        [codes::MISPERCEPTIONS, codes::MISPERCEPTIONS]
    );
    let views: Vec<(&str, String)> = found
        .document
        .views
        .iter()
        .map(|v| {
            let [Change::Never(rule)] = v.changes.as_slice() else {
                panic!("{v:?}");
            };
            (v.viewer.as_str(), rule.formula.to_string())
        })
        .collect();
    assert_eq!(
        views[0],
        (
            "Syria",
            "Syria.Syria_releases_more_water and not Syria.Syria_escalates".to_owned()
        )
    );
    assert_eq!(views[1].0, "Iraq");
    assert_eq!(by_import(MISPERCEPTION), by_import(SYRIA_IRAQ));
}

#[test]
fn old_fields_ties_and_equal_names() {
    let found = imported(RANKED_OLD);
    let names: Vec<&str> = found
        .document
        .parties
        .iter()
        .map(|p| p.name.as_str())
        .collect();
    assert_eq!(names, ["Support", "Support_2"]);
    let options = &found.document.parties[0].options;
    assert_eq!(options[0].direction, Direction::OnlyOn);
    assert_eq!(options[1].direction, Direction::Both);
    assert_eq!(
        found.document.parties[1].options[0].direction,
        Direction::OnlyOff
    );
    assert_eq!(found.document.parties[1].options[0].name.as_str(), "Full");
    let Some(Preferences::Ranks(groups)) = &found.document.parties[0].preferences else {
        panic!()
    };
    let texts: Vec<Vec<String>> = groups
        .iter()
        .map(|g| {
            g.items
                .iter()
                .map(|i| match i {
                    detente_model::syntax::ast::RankItem::Formula(f) => f.to_string(),
                    other => panic!("{other:?}"),
                })
                .collect()
        })
        .collect();
    // Feasible, ascending: NNN, YNN, NYN, NNY, YNY, NYY.
    assert_eq!(
        texts,
        [
            vec!["\"NNY\""],
            vec!["\"NNN\"", "\"YNN\""],
            vec!["\"NYN\""],
            vec!["\"YNY\""],
            vec!["\"NYY\""]
        ]
    );
    assert_eq!(by_import(RANKED_OLD), of_file(RANKED_OLD));
}

fn file(options: usize, parties: &Value, infeasibles: &Value) -> String {
    let options: Vec<Value> = (0..options)
        .map(|i| json!({"name": format!("o{i}"), "permittedDirection": "both"}))
        .collect();
    json!({
        "options": options, "decisionMakers": parties, "infeasibles": infeasibles,
        "useManualPreferenceRanking": false,
    })
    .to_string()
}

fn party(options: &[usize], preferences: &Value) -> Value {
    json!({"name": "P", "options": options, "preferences": preferences})
}

fn first_statement(preference: &Value) -> detente_model::syntax::ast::Formula {
    let text = file(
        3,
        &json!([party(&[0, 1, 2], &json!([preference]))]),
        &json!([]),
    );
    match imported(&text).document.parties.swap_remove(0).preferences {
        Some(Preferences::Statements(mut list)) => list.swap_remove(0).formula,
        other => panic!("{other:?}"),
    }
}

#[test]
fn conditionals_are_recognised_with_the_same_truth() {
    let mut conditionals = 0;
    for (p, q) in [("Y", "Y"), ("Y", "N"), ("N", "Y"), ("N", "N")] {
        let not = |l: &str| if l == "Y" { "N" } else { "Y" };
        let both = |a: &str, b: &str| json!([[0, a], [2, b]]);
        let condition = json!({"compound": true,
            "members": [both(p, q), both(not(p), q), both(not(p), not(q))]});
        let formula = first_statement(&condition);
        assert!(matches!(formula.kind, FormulaKind::If(..)), "{formula}");
        conditionals += 1;
        let text = file(
            3,
            &json!([party(&[0, 1, 2], &json!([condition]))]),
            &json!([]),
        );
        assert_eq!(by_import(&text), of_file(&text));
        let condition = json!({"compound": true, "members": [both(p, q), both(not(p), not(q))]});
        let formula = first_statement(&condition);
        assert!(matches!(formula.kind, FormulaKind::Iff(..)), "{formula}");
        let text = file(
            3,
            &json!([party(&[0, 1, 2], &json!([condition]))]),
            &json!([]),
        );
        assert_eq!(by_import(&text), of_file(&text));
    }
    assert_eq!(conditionals, 4);
    let implied = json!({"compound": true,
        "members": [[[0, "Y"], [1, "N"]], [[1, "N"], [0, "N"]], [[0, "N"], [1, "Y"]]]});
    assert_eq!(first_statement(&implied).to_string(), "not o1 if o0");
    let iff = json!({"members": [[[0, "Y"], [1, "N"]], [[1, "Y"], [0, "N"]]]});
    assert_eq!(first_statement(&iff).to_string(), "o0 iff not o1");
    let other = json!({"compound": true, "members": [[[0, "Y"], [1, "N"]], [[2, "Y"]]]});
    assert_eq!(first_statement(&other).to_string(), "o0 and not o1 or o2");
}

#[test]
fn options_follow_their_owners_as_on_load() {
    let text = file(
        4,
        &json!([
            {"name": "A", "options": [3, 1], "preferences": [[[3, "Y"]]]},
            {"name": "B", "options": [2, 0], "preferences": [[[1, "N"]]]}
        ]),
        &json!([[[0, "Y"], [3, "Y"]]]),
    );
    let found = imported(&text);
    assert_eq!(codes(&found.notes), [codes::REORDERED]);
    assert_eq!(
        found.notes[0].hint.as_deref(),
        Some("the order is now `o3`, `o1`, `o2`, `o0`")
    );
    let names: Vec<String> = found
        .document
        .parties
        .iter()
        .flat_map(|p| p.options.iter().map(|o| o.name.to_string()))
        .collect();
    assert_eq!(names, ["o3", "o1", "o2", "o0"]);
    assert_eq!(found.document.never[0].formula.to_string(), "B.o0 and A.o3");
}

#[test]
fn an_option_of_nobody_may_be_fixed() {
    let parties = json!([
        party(&[0], &json!([[[1, "Y"], [0, "N"]], [[1, "N"]]])),
        party(
            &[2],
            &json!([{"compound": true, "members": [[[1, "N"], [2, "Y"]], [[0, "Y"]]]}])
        ),
    ]);
    let text = file(
        3,
        &parties,
        &json!([[[1, "N"]], [[1, "Y"], [0, "N"], [2, "N"]]]),
    );
    let found = imported(&text);
    assert_eq!(codes(&found.notes), [codes::FIXED_OPTION]);
    assert_eq!(found.document.never.len(), 1);
    assert_eq!(
        found.document.never[0].formula.to_string(),
        "not P.o0 and not P_2.o2"
    );
    assert_eq!(by_import(&text), of_file(&text));
}

#[test]
fn states_that_are_not_perceived_need_no_rank() {
    let file = json!({
        "options": [{"name": "a", "permittedDirection": "both"}, {"name": "b", "permittedDirection": "both"}],
        "decisionMakers": [
            {"name": "A", "options": [0], "preferences": [[[0, "Y"]]], "preferenceRanking": [4, 3],
             "misperceptions": [[[1, "N"]]]},
            {"name": "B", "options": [1], "preferences": [], "preferenceRanking": [1, 2, [4, 3]]}],
        "infeasibles": [], "useManualPreferenceRanking": true, "coalitions": [[0, 1]],
    });
    let found = imported(&file.to_string());
    let mut noted = codes(&found.notes);
    noted.sort_unstable();
    assert_eq!(
        noted,
        [
            codes::MISPERCEPTIONS,
            codes::COALITIONS,
            codes::STATEMENTS_UNUSED,
            codes::UNPERCEIVED_LAST
        ]
    );
    let conflict = by_import(&file.to_string());
    assert_eq!(conflict.ranks[0], [vec![4], vec![3], vec![1, 2]]);
    assert_eq!(conflict.ranks[1], [vec![1], vec![2], vec![3, 4]]);
}

#[test]
fn a_condition_without_parts_holds_always() {
    let text = file(
        1,
        &json!([party(&[0], &json!([[], [[0, "Y"]]]))]),
        &json!([]),
    );
    assert_eq!(by_import(&text), of_file(&text));
    let text = file(1, &json!([party(&[0], &json!([]))]), &json!([[]]));
    assert_eq!(by_import(&text).states, 0);
    let document = imported(&text).document;
    assert_eq!(document.never[0].formula.to_string(), "true");
    assert_eq!(document.parties[0].preferences, None);
}

#[test]
fn more_statements_than_gmcr_plus_can_weigh() {
    // The statements that decide come last.
    let mut wanted = vec![json!([]); 100];
    wanted.extend([json!([[1, "Y"]]), json!([[0, "N"]])]);
    let text = file(
        2,
        &json!([party(&[0, 1], &Value::Array(wanted))]),
        &json!([]),
    );
    assert_eq!(by_import(&text).ranks, [strict(&[3, 4, 1, 2])]);
}

#[test]
fn full_exports_and_unknown_fields_are_read() {
    let mut value: Value = serde_json::from_str(PRISONERS).unwrap();
    value["nodes"] = json!([{"id": 0, "state": "NN", "reachable": [{"target": 1, "dm": "dm0",
        "payoffChange": -1.5e300}]}]);
    value["anything"] = json!({"a": [null, 1e-7]});
    assert_eq!(
        imported(&value.to_string()).document,
        imported(PRISONERS).document
    );
}
