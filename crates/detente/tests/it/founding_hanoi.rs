//! M1, the summit of Hanoi in six states.

use std::collections::BTreeMap;

use detente::analysis::coalition::joint_improvements;
use detente::analysis::{Budget, Concept};
use serde::Deserialize;

use crate::harness::{
    On, case, equilibria, name, named_equilibria, on, party, state_named, state_with, with_game,
};

const CASE: &str = "diplomacy/us-dprk-2019/hanoi";

/// The variants by the names of the expected results.
const VARIANTS: [(&str, &[&str]); 8] = [
    ("A", &[]),
    ("B", &["b"]),
    ("C", &["c"]),
    ("D", &["d"]),
    ("E", &["e"]),
    ("H1_US_view", &["h1"]),
    ("H2_DPRK_view", &["h2"]),
    ("both_beliefs_true", &["both"]),
];

#[derive(Deserialize)]
struct Hanoi {
    options: Vec<(String, String)>,
    variants: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    /// Best first, each state as the options that are on.
    order: BTreeMap<String, Vec<Vec<String>>>,
    irreversible: Vec<String>,
    equilibria: BTreeMap<String, Vec<Vec<String>>>,
}

#[test]
fn orders_and_equilibria_of_every_variant() {
    let hanoi: Hanoi = serde_json::from_str(include_str!("../data/hanoi.json")).unwrap();
    let full = |short: &String| -> String {
        let (party, option) = hanoi.options.iter().find(|(_, o)| o == short).unwrap();
        format!("{party}.{option}")
    };
    let set = |state: &Vec<String>| -> On { state.iter().map(full).collect() };
    assert_eq!(hanoi.variants.len(), VARIANTS.len());
    for (row, (label, variants)) in hanoi.variants.iter().zip(VARIANTS) {
        assert_eq!(row.name, label);
        with_game(case(CASE), variants, |game| {
            assert_eq!(game.space.len(), 6, "{label}: feasible states");
            for (who, order) in &row.order {
                let ranking = game.conflict().ranking(party(game, who));
                let mut states: Vec<_> = game.space.ids().collect();
                states.sort_by_key(|s| std::cmp::Reverse(ranking.rank(*s)));
                let found: Vec<On> = states.iter().map(|s| on(game, *s)).collect();
                let wanted: Vec<On> = order.iter().map(set).collect();
                assert_eq!(found, wanted, "{label}: order of {who}");
            }
            let fixed = game.model.option_ids().filter(|o| {
                let option = game.model.option(*o);
                !option.direction.is_both()
            });
            let fixed: On = fixed.map(|o| game.model.qualified(o)).collect();
            assert_eq!(
                fixed,
                row.irreversible.iter().map(full).collect(),
                "{label}"
            );
            assert_eq!(row.equilibria.len(), 4);
            for (concept, states) in &row.equilibria {
                let found = equilibria(game, concept.parse().unwrap());
                let mut wanted: Vec<_> = states.iter().map(|s| state_with(game, &set(s))).collect();
                wanted.sort_unstable();
                assert_eq!(found, wanted, "{label}: {concept}");
            }
        });
    }
}

/// The table of the founding case, by the names of the states; SEQ, GMR and SMR are the same here.
#[test]
fn the_table_by_name() {
    let table: [(&[&str], &[&str], &[&str]); 8] = [
        (&[], &["none"], &["none"]),
        (&["b"], &["none"], &["none", "small"]),
        (&["c"], &["none", "yong"], &["none", "yong", "big"]),
        (&["e"], &["none", "gift"], &["none", "gift"]),
        (
            &["d"],
            &["none", "gift", "yong", "small"],
            &["none", "gift", "yong", "small"],
        ),
        (&["h1"], &["none"], &["none", "big"]),
        (&["h2"], &["none"], &["none", "small"]),
        (&["both"], &["none"], &["none", "small", "big"]),
    ];
    for (variants, nash, others) in table {
        with_game(case(CASE), variants, |game| {
            assert_eq!(named_equilibria(game, Concept::Nash), nash, "{variants:?}");
            for concept in [Concept::Seq, Concept::Gmr, Concept::Smr] {
                assert_eq!(
                    named_equilibria(game, concept),
                    others,
                    "{variants:?} {concept}"
                );
            }
        });
    }
}

/// Joint improvements from `none` exist exactly when the US wants the small deal (then it is
/// `small`) or North Korea wants the big one (then it is `big`).
#[test]
fn joint_improvements_from_no_deal() {
    let rows: [(&[&str], &[&str]); 4] = [
        (&[], &[]),
        (&["b"], &["small"]),
        (&["h1"], &["big"]),
        (&["both"], &["small", "big"]),
    ];
    for (variants, wanted) in rows {
        with_game(case(CASE), variants, |game| {
            let none = state_named(game, "none");
            let found =
                joint_improvements(&game.conflict(), none, None, &Budget::default()).unwrap();
            let to = found.coalitions.iter().flat_map(|c| &c.improvements);
            let to: Vec<String> = to.map(|i| name(game, i.improvement.to)).collect();
            assert_eq!(to, wanted, "{variants:?}");
        });
    }
}
