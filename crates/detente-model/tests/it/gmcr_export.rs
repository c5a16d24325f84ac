//! Models as GMCR+ files, held against two enumerators and against import.

use detente_model::Model;
use detente_model::gmcr::{RankedStates, codes, export, left_out};
use detente_model::model::Form;
use detente_model::syntax::ast::{
    Certainty, Class, Comparison, Consequence, Count, Direction, Document, Formula, FormulaKind,
    Name, OptionDecl, Party, Place, Preferences, Prohibition, RankGroup, RankItem, Ratification,
    Ref, Rest, Rule, Setting, Statement, Strength, Track, Weight, WeightedFormula,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::gmcr_support::{by_import, codes as codes_of, imported, of_file, of_model, resolved};

fn formula(kind: FormulaKind) -> Formula {
    Formula {
        kind,
        place: Place::default(),
    }
}

fn option_ref(party: usize, option: usize) -> Ref {
    Ref {
        party: Some(Name::new(format!("P{party}"))),
        name: Name::new(format!("o{option}")),
    }
}

fn atom(party: usize, option: usize) -> Formula {
    formula(FormulaKind::Option(option_ref(party, option)))
}

fn statement(formula: Formula) -> Statement {
    Statement {
        label: None,
        formula,
        certainty: Certainty::Certain,
        strength: Strength::PLAIN,
        either_order: false,
        cites: Vec::new(),
        place: Place::default(),
    }
}

fn never(formula: Formula) -> Rule {
    Rule {
        formula,
        because: None,
        cites: Vec::new(),
        place: Place::default(),
    }
}

fn party(number: usize, options: Vec<OptionDecl>, preferences: Option<Preferences>) -> Party {
    Party {
        name: Name::new(format!("P{number}")),
        title: None,
        agents: Vec::new(),
        options,
        moves: Vec::new(),
        preferences,
        candidates: Vec::new(),
        concept: None,
        attitudes: Vec::new(),
        utility: None,
        pace: None,
        ratifiers: Vec::new(),
        ratified: Ratification::All,
        cites: Vec::new(),
        place: Place::default(),
    }
}

fn option(number: usize, levels: usize, direction: Direction) -> OptionDecl {
    OptionDecl {
        name: Name::new(format!("o{number}")),
        title: None,
        levels: (0..levels).map(|l| Name::new(format!("l{l}"))).collect(),
        direction,
        stepwise: false,
        cites: Vec::new(),
        place: Place::default(),
    }
}

/// Two parties with two options each; the last is graded with three levels.
fn example(first: Option<Preferences>, rules: Vec<Rule>) -> Document {
    Document {
        parties: vec![
            party(
                0,
                vec![
                    option(0, 0, Direction::Both),
                    option(1, 0, Direction::OnlyOn),
                ],
                first,
            ),
            party(
                1,
                vec![
                    option(0, 0, Direction::OnlyOff),
                    option(1, 3, Direction::Both),
                ],
                None,
            ),
        ],
        never: rules,
        ..Document::default()
    }
}

fn written(model: &Model) -> String {
    let ranked = of_model(model).ranked();
    match export(model, Some(&ranked)) {
        Ok(text) => text,
        Err(list) => panic!("{list:#?}"),
    }
}

/// The file says what the model says, to both readers.
fn same(model: &Model) -> Value {
    let text = written(model);
    let expected = of_model(model);
    assert_eq!(of_file(&text), expected, "{text}");
    assert_eq!(by_import(&text), expected, "{text}");
    serde_json::from_str(&text).unwrap()
}

fn refused(model: &Model, ranked: Option<&RankedStates>) -> Vec<&'static str> {
    let list = export(model, ranked).expect_err("must be refused");
    assert!(list.iter().all(|d| d.hint.is_some()), "{list:#?}");
    codes_of(&list)
}

#[test]
fn the_fields_that_gmcr_plus_needs() {
    let wanted = statement(formula(FormulaKind::Unless(
        Box::new(atom(0, 0)),
        Box::new(formula(FormulaKind::Level {
            option: option_ref(1, 1),
            comparison: Comparison::Less,
            level: Name::new("l2"),
        })),
    )));
    let mut document = example(
        Some(Preferences::Statements(vec![wanted])),
        vec![never(formula(FormulaKind::And(vec![
            atom(0, 0),
            atom(1, 0),
        ])))],
    );
    document.parties[1].title = Some("Second".to_owned());
    document.parties[1].options[1].title = Some("Drills".to_owned());
    let file = same(&resolved(&document));
    let names: Vec<&str> = file["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| o["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["o0", "o1", "o0", "Drills: l1", "Drills: l2"]);
    assert_eq!(file["options"][1]["permittedDirection"], "fwd");
    assert_eq!(file["options"][2]["permittedDirection"], "back");
    assert_eq!(file["decisionMakers"][1]["name"], "Second");
    assert_eq!(
        file["decisionMakers"][1]["options"],
        serde_json::json!([2, 3, 4])
    );
    assert_eq!(
        file["decisionMakers"][1]["preferences"],
        serde_json::json!([])
    );
    assert_eq!(
        file["decisionMakers"][0]["preferences"],
        serde_json::json!([{"compound": true, "members": [[[0, "Y"]], [[4, "N"]]]}])
    );
    assert_eq!(
        file["infeasibles"],
        serde_json::json!([[[3, "Y"], [4, "Y"]], [[0, "Y"], [2, "Y"]]])
    );
    assert_eq!(file["useManualPreferenceRanking"], false);
    assert_eq!(file["coalitions"], serde_json::json!([0, 1]));
}

#[test]
fn the_examples_come_back_unchanged() {
    for text in [
        include_str!("../data/gmcr/prisoners.gmcr"),
        include_str!("../data/gmcr/syria-iraq.gmcr"),
    ] {
        let first = imported(text).document;
        let again = written(&resolved(&first));
        assert_eq!(imported(&again).document, first);
    }
    let ranked = include_str!("../data/gmcr/ranked-old.gmcr");
    same(&resolved(&imported(ranked).document));
}

#[test]
fn one_ranking_makes_all_rank() {
    let ranks = Preferences::Ranks(vec![
        RankGroup {
            items: vec![RankItem::Formula(atom(0, 0))],
            strength: Strength::PLAIN,
        },
        RankGroup {
            items: vec![RankItem::Rest(Rest::default())],
            strength: Strength::PLAIN,
        },
    ]);
    let model = resolved(&example(Some(ranks), Vec::new()));
    assert_eq!(refused(&model, None), [codes::NEEDS_RANKING]);
    let file = same(&model);
    assert_eq!(file["useManualPreferenceRanking"], true);
    for party in file["decisionMakers"].as_array().unwrap() {
        assert!(party["preferenceRanking"].is_array());
    }
    // Sixty-four statements are one too many for GMCR+.
    let many = |count| {
        let list = vec![statement(atom(0, 0)); count];
        resolved(&example(Some(Preferences::Statements(list)), Vec::new()))
    };
    assert!(export(&many(63), None).is_ok());
    assert_eq!(refused(&many(64), None), [codes::NEEDS_RANKING]);
    assert_eq!(
        same(&many(64))["decisionMakers"][0]["preferences"],
        serde_json::json!([])
    );
}

#[test]
fn rankings_that_do_not_fit_are_refused() {
    let weights = Preferences::Weights(vec![WeightedFormula {
        weight: Weight {
            text: "-2.5".to_owned(),
        },
        up_to: None,
        formula: atom(0, 0),
        cites: Vec::new(),
        place: Place::default(),
    }]);
    let model = resolved(&example(Some(weights), Vec::new()));
    same(&model);
    let good = of_model(&model).ranked();
    let mut bad = good.clone();
    bad.parties.pop();
    assert_eq!(refused(&model, Some(&bad)), [codes::BAD_RANKING]);
    let changes: [fn(&mut Vec<u32>); 4] = [
        |g| g.push(1),
        |g| g[0] = 0,
        |g| g[0] = u32::MAX,
        |g| {
            g.pop();
        },
    ];
    for change in changes {
        let mut bad = good.clone();
        change(&mut bad.parties[1][0]);
        assert_eq!(refused(&model, Some(&bad)), [codes::BAD_RANKING]);
    }
    let none = RankedStates {
        parties: vec![Vec::new(), Vec::new()],
    };
    assert_eq!(refused(&model, Some(&none)), [codes::NOTHING_FEASIBLE]);
}

#[test]
fn what_cannot_be_said_is_refused() {
    let setting = |text: &str| Setting {
        option: Ref::try_from(text.to_owned()).unwrap(),
        value: detente_model::syntax::ast::SettingValue::On,
        place: Place::default(),
    };
    let mut document = example(None, Vec::new());
    document.when.push(Consequence {
        condition: atom(0, 0),
        then: vec![setting("P1.o0")],
        because: None,
        cites: Vec::new(),
        place: Place::default(),
    });
    document.no_move.push(Prohibition {
        party: None,
        from: atom(0, 0),
        to: atom(0, 1),
        because: None,
        cites: Vec::new(),
        place: Place::default(),
    });
    document.parties[1].options[1].stepwise = true;
    let found = refused(&resolved(&document), None);
    assert_eq!(
        found,
        [codes::CONSEQUENCES, codes::PROHIBITIONS, codes::GRADED]
    );
    for direction in [Direction::OnlyOn, Direction::OnlyOff] {
        let mut document = example(None, Vec::new());
        document.parties[1].options[1].direction = direction;
        assert_eq!(refused(&resolved(&document), None), [codes::GRADED]);
    }
    let always = formula(FormulaKind::Or(vec![
        atom(0, 0),
        formula(FormulaKind::Not(Box::new(atom(0, 0)))),
        formula(FormulaKind::Constant(true)),
    ]));
    let model = resolved(&example(None, vec![never(always)]));
    assert_eq!(refused(&model, None), [codes::NOTHING_FEASIBLE]);
    let mut graph = resolved(&example(None, Vec::new()));
    graph.form = Form::Graph;
    assert_eq!(refused(&graph, None), [codes::GRAPH_FORM]);
}

#[test]
fn two_levels_may_have_a_direction() {
    let mut document = example(None, Vec::new());
    document.parties[0].options.push(OptionDecl {
        stepwise: true,
        ..option(2, 2, Direction::OnlyOn)
    });
    let file = same(&resolved(&document));
    assert_eq!(
        file["options"][2],
        serde_json::json!({"name": "o2: l1", "permittedDirection": "fwd"})
    );
}

#[test]
fn formulas_that_grow_too_large_are_refused() {
    let wide = |count: usize, kind: fn(Vec<Formula>) -> FormulaKind| {
        let own: Vec<OptionDecl> = (0..count).map(|i| option(i, 0, Direction::Both)).collect();
        let all = (0..count).map(|i| atom(0, i)).collect();
        resolved(&Document {
            parties: vec![party(0, own, None)],
            never: vec![never(formula(kind(all)))],
            ..Document::default()
        })
    };
    let half = |of: Vec<Formula>| FormulaKind::Count {
        count: Count::AtLeast,
        number: of.len() as u32 / 2,
        of,
    };
    // 14 over 7 = 3432 alternatives, 16 over 8 = 12870.
    let text = export(&wide(14, half), None).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["infeasibles"].as_array().unwrap().len(), 3432);
    assert_eq!(refused(&wide(16, half), None), [codes::FORMULA_TOO_LARGE]);
    // The product of so many sums would have 2 to the power of 200 alternatives.
    let sums = |of: Vec<Formula>| {
        FormulaKind::And(
            of.chunks(2)
                .map(|c| formula(FormulaKind::Or(c.to_vec())))
                .collect(),
        )
    };
    assert_eq!(refused(&wide(400, sums), None), [codes::FORMULA_TOO_LARGE]);
    let mut document = example(None, Vec::new());
    document.parties[1].options[1] = option(1, 200, Direction::Both);
    assert_eq!(
        refused(&resolved(&document), None),
        [codes::FORMULA_TOO_LARGE]
    );
}

#[test]
fn what_is_left_out_is_said() {
    let mut document = example(
        None,
        vec![Rule {
            because: Some("it is so".to_owned()),
            ..never(atom(0, 1))
        }],
    );
    assert_eq!(left_out(&resolved(&document)).len(), 1);
    document.negotiation = Some("Talks".to_owned());
    document.parties[0].title = Some("The first".to_owned());
    document.parties[0].concept = Some(Name::new("smr"));
    document.classes.push(Class {
        name: "deal".to_owned(),
        when: Some(atom(0, 0)),
        cites: Vec::new(),
        place: Place::default(),
    });
    document.tracks.push(Track {
        name: Name::new("leaders"),
        title: None,
        binds: None,
        hands_to: None,
        cites: Vec::new(),
        place: Place::default(),
    });
    let notes = left_out(&resolved(&document));
    let mut expected = vec![codes::NOT_WRITTEN; 5];
    expected.push(codes::TITLES_AS_NAMES);
    assert_eq!(codes_of(&notes), expected);
    assert!(notes.iter().any(|n| n.message.contains("the calendar")));
}

/// An atom over the options of a document: party, option, and a level where it is graded.
fn any_atom(levels: &[Vec<usize>]) -> impl Strategy<Value = Formula> + use<> {
    let all: Vec<(usize, usize, usize)> = levels
        .iter()
        .enumerate()
        .flat_map(|(p, own)| own.iter().enumerate().map(move |(o, l)| (p, o, *l)))
        .collect();
    (prop::sample::select(all), 0_usize..6, 0_usize..6).prop_map(|((p, o, levels), how, level)| {
        const HOW: [Comparison; 6] = [
            Comparison::Is,
            Comparison::IsNot,
            Comparison::Less,
            Comparison::AtMost,
            Comparison::Greater,
            Comparison::AtLeast,
        ];
        if levels == 0 || how == 5 && level == 5 {
            return atom(p, o);
        }
        formula(FormulaKind::Level {
            option: option_ref(p, o),
            comparison: HOW[how],
            level: Name::new(format!("l{}", level % levels)),
        })
    })
}

fn any_formula(levels: &[Vec<usize>]) -> impl Strategy<Value = Formula> + use<> {
    let leaf = prop_oneof![
        9 => any_atom(levels),
        1 => any::<bool>().prop_map(|b| formula(FormulaKind::Constant(b))),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            inner
                .clone()
                .prop_map(|f| formula(FormulaKind::Not(Box::new(f)))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|l| formula(FormulaKind::And(l))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|l| formula(FormulaKind::Or(l))),
            two.clone()
                .prop_map(|(a, b)| formula(FormulaKind::If(Box::new(a), Box::new(b)))),
            two.prop_map(|(a, b)| formula(FormulaKind::Iff(Box::new(a), Box::new(b)))),
            (prop::collection::vec(inner, 1..5), 0_u32..6, 0_usize..3).prop_map(
                |(of, number, how)| {
                    let count = [Count::AtLeast, Count::AtMost, Count::Exactly][how];
                    formula(FormulaKind::Count { count, number, of })
                }
            ),
        ]
    })
}

fn any_preferences(levels: &[Vec<usize>]) -> impl Strategy<Value = Option<Preferences>> + use<> {
    let list = || prop::collection::vec(any_formula(levels), 0..5);
    prop_oneof![
           1 => Just(None),
           6 => list().prop_map(|l| {
               Some(Preferences::Statements(l.into_iter().map(statement).collect()))
           }),
           1 => list().prop_map(|l| {
               let group = |f| RankGroup { items: vec![RankItem::Formula(f)], strength: Strength::PLAIN };
               Some(Preferences::Ranks(l.into_iter().map(group).collect()))
           }),
           1 => list().prop_map(|l| {
               let weighted = |(weight, formula): (i8, Formula)| WeightedFormula {
    weight: Weight { text: weight.to_string() },
                   up_to: None,
                   formula,
                   cites: Vec::new(),
                   place: Place::default(),
               };
               Some(Preferences::Weights((-2..).zip(l).map(weighted).collect()))
           }),
       ]
}

fn any_document() -> impl Strategy<Value = Document> {
    let own = prop::collection::vec(prop::sample::select(vec![0_usize, 0, 0, 2, 3, 4]), 1..3);
    prop::collection::vec((own, prop::sample::select(vec![0_usize, 1, 2])), 1..4).prop_flat_map(
        |parties| {
            let levels: Vec<Vec<usize>> = parties.iter().map(|(own, _)| own.clone()).collect();
            let rules = prop::collection::vec(any_formula(&levels), 0..3);
            let wanted = prop::collection::vec(any_preferences(&levels), parties.len());
            (Just(parties), rules, wanted).prop_map(|(parties, rules, wanted)| Document {
                parties: parties
                    .into_iter()
                    .zip(wanted)
                    .enumerate()
                    .map(|(number, ((own, way), wanted))| {
                        let ways = [Direction::Both, Direction::OnlyOn, Direction::OnlyOff];
                        let options = own.into_iter().enumerate().map(|(o, levels)| {
                            let free = levels > 2 || o > 0;
                            option(o, levels, if free { Direction::Both } else { ways[way] })
                        });
                        party(number, options.collect(), wanted)
                    })
                    .collect(),
                never: rules.into_iter().map(never).collect(),
                ..Document::default()
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn random_models_keep_states_moves_and_preferences(document in any_document()) {
        let model = resolved(&document);
        let expected = of_model(&model);
        match export(&model, Some(&expected.ranked())) {
            Ok(text) => {
                prop_assert_eq!(&of_file(&text), &expected);
                prop_assert_eq!(&by_import(&text), &expected);
            }
            // Only where nothing is feasible.
            Err(list) => {
                prop_assert_eq!(expected.states, 0);
                prop_assert!(list.iter().all(|d| d.code == codes::NOTHING_FEASIBLE));
            }
        }
    }
}
