//! What the commands `breakthrough` and `commitments` say of the founding models, against the results
//! of an independent engine, and the variants that they print.

use std::path::Path;
use std::process::Command;

use detente::analysis::candidates;
use detente::analysis::inverse::{
    Permitted, Plan, PreferenceChange, Prices, Question, StatementChanges, Structural,
    StructuralChange, Want, solve,
};
use detente::analysis::{Budget, Concept, Game, StateId};
use detente::model::OptionId;
use detente::report::breakthrough::block;
use serde_json::Value;

use crate::harness::{case, with_game};

const HANOI: &str = "cases/diplomacy/us-dprk-2019/hanoi.detente";
const JANUARY: &str = "cases/diplomacy/us-dprk-2019/january.detente";

/// Runs a command of which the result is JSON.
fn json(args: &[&str]) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(args)
        .args(["--format", "json"])
        .current_dir(root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{args:?}: {e}\n{said}"))
}

/// Price of the cheapest plans, and for each the parties that change.
fn plans(found: &Value) -> (u64, Vec<Vec<String>>) {
    let who = |p: &Value| {
        let names = p["who"].as_array().unwrap().iter();
        names.map(|n| n.as_str().unwrap().to_owned()).collect()
    };
    let list = found["plans"].as_array().unwrap();
    assert!(list.iter().all(|p| p["price"] == found["least"]));
    assert_eq!(found["all"], true);
    (
        found["least"].as_u64().unwrap(),
        list.iter().map(who).collect(),
    )
}

fn names(list: &[&[&str]]) -> Vec<Vec<String>> {
    let owned = |l: &&[&str]| l.iter().map(|n| (*n).to_owned()).collect();
    list.iter().map(owned).collect()
}

// --- founding case 3.2: "Inverse", "Sequencing" ---

#[test]
fn one_swap_makes_each_deal_hold_and_it_is_the_only_one() {
    for concept in ["seq", "gmr", "smr"] {
        let small = json(&["breakthrough", HANOI, "small", "-c", concept]);
        assert_eq!(plans(&small), (1, names(&[&["US"]])), "{concept}");
        let said = small["plans"][0]["changes"][0]["said"][0].as_str().unwrap();
        assert!(said.contains("4 (Small deal"), "{said}");
        assert!(said.contains("above 1 (No deal)"), "{said}");
        let big = json(&["breakthrough", HANOI, "big", "-c", concept]);
        assert_eq!(plans(&big), (1, names(&[&["DPRK"]])), "{concept}");
        let said = big["plans"][0]["changes"][0]["said"][0].as_str().unwrap();
        assert!(said.contains("6 (Big deal) above 1 (No deal)"), "{said}");
    }
}

#[test]
fn under_nash_both_have_to_change() {
    let small = json(&["breakthrough", HANOI, "small", "-c", "nash"]);
    let both: &[&str] = &["US", "DPRK"];
    assert_eq!(plans(&small), (3, names(&[both, both])));
    for plan in small["plans"].as_array().unwrap() {
        let prices: Vec<u64> = plan["changes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["price"].as_u64().unwrap())
            .collect();
        assert_eq!(prices, [2, 1]);
    }
    let big = json(&["breakthrough", HANOI, "big", "-c", "nash"]);
    assert_eq!(big["least"], 4);
}

/// The model with variants that the case itself does not have: no change but directions.
fn committed(folder: &Path) -> String {
    let mut text = case("diplomacy/us-dprk-2019/hanoi").to_owned();
    text.push_str("variant yong_stays { irreversible DPRK.yongbyon }\n");
    text.push_str("variant relief_stays { irreversible US.relief }\n");
    text.push_str("variant both_stay extends yong_stays, relief_stays { }\n");
    let path = folder.join("committed.detente");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn what_cannot_be_taken_back_sets_the_price() {
    let folder = tempfile::tempdir().unwrap();
    let file = committed(folder.path());
    let least = |variant: &str, target: &str| {
        let found = json(&["breakthrough", &file, target, "-V", variant]);
        plans(&found)
    };
    let us: &[&str] = &["US"];
    let nobody: &[&str] = &[];
    assert_eq!(least("yong_stays", "small"), (2, names(&[us, us])));
    assert_eq!(least("yong_stays", "big"), (0, names(&[nobody])));
    assert_eq!(least("relief_stays", "small"), (1, names(&[&["DPRK"]])));
    assert_eq!(least("relief_stays", "big").0, 3);
    assert_eq!(least("both_stay", "small"), (0, names(&[nobody])));
    assert_eq!(least("both_stay", "big").0, 2);
}

#[test]
fn dropping_the_hinge_is_among_the_cheapest() {
    let found = json(&["breakthrough", JANUARY, "small deal"]);
    assert_eq!(found["least"], 1);
    let drops = found["plans"].as_array().unwrap().iter().any(|p| {
        p["variant"]
            .as_str()
            .unwrap()
            .contains("US prefers { drop hinge }")
    });
    assert!(drops, "{found:#}");
}

#[test]
fn one_sided_irreversibility_destroys_the_small_deal() {
    // Founding case 3.2, variants B to E.
    let found = json(&["commitments", HANOI, "small deal", "-V", "b"]);
    let rows = found["table"].as_array().unwrap();
    let holds = |one_way: &[&str]| {
        let same = |r: &&Value| r["one_way"] == serde_json::json!(one_way);
        rows.iter().find(same).unwrap()["holds"].as_bool().unwrap()
    };
    assert!(holds(&[]));
    assert!(!holds(&["DPRK.yongbyon"]));
    assert!(!holds(&["US.relief"]));
    assert!(holds(&["US.relief", "DPRK.yongbyon"]));
    let reading = found["reading"][0].as_str().unwrap();
    assert!(reading.contains("or neither can; it is lost when only one"));
    assert_eq!(rows.len(), 8);
}

#[test]
fn every_row_of_the_table_is_what_the_variant_analyses_to() {
    // The equilibria of the table against those of the case's own variants.
    let found = json(&["commitments", HANOI, "small deal", "-V", "b"]);
    for (variant, one_way) in [
        ("b", vec![]),
        ("c", vec!["DPRK.yongbyon"]),
        ("d", vec!["US.relief", "DPRK.yongbyon"]),
        ("e", vec!["US.relief"]),
    ] {
        let analysed = json(&["analyze", HANOI, "-V", variant]);
        let rows = found["table"].as_array().unwrap();
        let same = |r: &&Value| r["one_way"] == serde_json::json!(one_way);
        let row = rows.iter().find(same).unwrap();
        assert_eq!(
            row["equilibria"]["seq"], analysed["equilibria"]["seq"],
            "{variant}"
        );
    }
}

// --- a plan as a variant ---

fn question(game: &Game<'_>, wanted: Vec<StateId>, permitted: Permitted) -> Question {
    Question {
        wants: vec![Want::Some(wanted)],
        judgements: vec![vec![Concept::Seq; game.graph.parties()]],
        reachable: None,
        permitted,
        most_plans: 12,
        up_to: Some(2),
    }
}

fn of_class(game: &Game<'_>, name: &str) -> Vec<StateId> {
    let class = game.model.classes.iter().position(|c| c.name == name);
    let class = class.unwrap();
    game.space
        .ids()
        .filter(|s| game.classes[s.index()].contains(&class))
        .collect()
}

/// States by their numbers, moves and rankings: all that analyses look at.
type Picture = (Vec<u128>, Vec<Vec<Vec<u128>>>, Vec<Vec<u32>>);

fn picture(game: &Game<'_>) -> Picture {
    let value = |s: &StateId| game.space.value(*s);
    let moves = |p| {
        let from = |s| game.graph.moves(p).from(s).iter().map(value).collect();
        game.space.ids().map(from).collect()
    };
    let ranks = |p: detente::model::PartyId| {
        let ranking = &game.rankings[p.index()];
        game.space.ids().map(|s| ranking.rank(s)).collect()
    };
    (
        game.space.ids().map(|s| value(&s)).collect(),
        game.graph.party_ids().map(moves).collect(),
        game.graph.party_ids().map(ranks).collect(),
    )
}

/// Pasting the variant of a plan into the text gives the model of the plan.
fn pastes(text: &str, variants: &[&str], game: &Game<'_>, plan: &Plan) {
    let extends: Vec<String> = variants.iter().map(|v| (*v).to_owned()).collect();
    let variant = block(game, plan, "pasted", "What it does", &extends);
    assert_eq!(detente::syntax::format(&variant), variant);
    let pasted = format!("{text}\n{variant}");
    let changed = plan.apply(game);
    let wanted = Game::new(&changed, &Budget::default()).unwrap_or_else(|e| panic!("{e:?}"));
    with_game(&pasted, &["pasted"], |found| {
        assert_eq!(picture(found), picture(&wanted), "{variant}");
    });
}

fn all_paste(
    text: &str,
    variants: &[&str],
    class: &str,
    permitted: impl Fn(&Game<'_>) -> Permitted,
) {
    with_game(text, variants, |game| {
        let question = question(game, of_class(game, class), permitted(game));
        let answer = solve(game, &question, &Budget::default())
            .unwrap()
            .complete()
            .unwrap();
        assert!(!answer.plans.is_empty(), "{variants:?} {class}");
        for plan in &answer.plans {
            pastes(text, variants, game, plan);
        }
    });
}

fn preferences(game: &Game<'_>, change: &PreferenceChange) -> Permitted {
    Permitted {
        preferences: vec![change.clone(); game.graph.parties()],
        structure: Vec::new(),
    }
}

#[test]
fn swaps_of_ranks_can_be_pasted() {
    let text = case("diplomacy/us-dprk-2019/hanoi");
    let ranks = PreferenceChange::Ranks(Prices::default());
    for variants in [&[][..], &["b"], &["c"], &["e"]] {
        for class in ["small deal", "big deal", "one side gives"] {
            all_paste(text, variants, class, |g| preferences(g, &ranks));
        }
    }
}

#[test]
fn rankings_of_parties_with_statements_are_pasted_whole() {
    let text = case("diplomacy/us-dprk-2019/january");
    let ranks = PreferenceChange::Ranks(Prices::default());
    with_game(text, &[], |game| {
        let wanted = of_class(game, "vague text");
        let mut question = question(game, wanted, preferences(game, &ranks));
        (question.most_plans, question.up_to) = (2, None);
        let answer = solve(game, &question, &Budget::default()).unwrap();
        let plan = answer.value().plans.first().unwrap();
        // The class holds already; a plan by hand reverses two ranks of each party.
        let mut plan = plan.clone();
        for party in game.model.party_ids() {
            let ranking = &game.rankings[party.index()];
            let mut order: Vec<Vec<StateId>> = vec![Vec::new(); ranking.levels() as usize];
            for state in game.space.ids() {
                order[(ranking.levels() - 1 - ranking.rank(state)) as usize].push(state);
            }
            order.swap(0, 1);
            let reversed = vec![(order[0].clone(), order[1].clone())];
            plan.changes
                .push(detente::analysis::inverse::Change::Ranks {
                    party,
                    order,
                    reversed,
                    price: 1,
                });
        }
        pastes(text, &[], game, &plan);
    });
}

#[test]
fn edits_of_statements_can_be_pasted() {
    let text = case("diplomacy/us-dprk-2019/january");
    let edits = |game: &Game<'_>, only: usize| {
        let of = |party| {
            PreferenceChange::Statements(
                Prices::default(),
                StatementChanges {
                    drop: only == 0 || only == 1,
                    reverse: only == 0 || only == 2,
                    pass: only == 0 || only == 3,
                    insert: match only {
                        0 | 4 => candidates::statements(game, party, &[2, 3]),
                        _ => Vec::new(),
                    },
                },
            )
        };
        Permitted {
            preferences: game.model.party_ids().map(of).collect(),
            structure: Vec::new(),
        }
    };
    for only in 0..5 {
        all_paste(text, &[], "small deal", |g| edits(g, only));
    }
    all_paste(text, &["yongbyon_stays"], "small deal", |g| edits(g, 0));
    all_paste(text, &["walk"], "big deal", |g| edits(g, 0));
}

/// Candidates cannot be edited: what is printed replaces all of them, and says so.
#[test]
fn what_is_pasted_replaces_candidates() {
    let ranked = "party US {
  option relief
  candidate firm 0.6 { ranks { all > big > yong > none > small > gift } }
  candidate soft 0.4 { ranks { all > big > yong > small > none > gift } }
}
party DPRK {
  option yongbyon
  option declare
  ranks { gift > small > none > big > yong > all }
}
never DPRK.declare and not DPRK.yongbyon
state none { }
state gift { US.relief }
state yong { DPRK.yongbyon }
state small { US.relief, DPRK.yongbyon }
state all { DPRK.yongbyon, DPRK.declare }
state big { US.relief, DPRK.yongbyon, DPRK.declare }
class \"small\" when state small
";
    let stated = "party US {
  option relief
  candidate firm 0.6 { prefers { not relief; DPRK.yongbyon } }
  candidate soft 0.4 { prefers { DPRK.yongbyon; not relief } }
}
party DPRK { option yongbyon; prefers { US.relief; not yongbyon } }
class \"small\" when US.relief and DPRK.yongbyon
";
    let ranks = PreferenceChange::Ranks(Prices::default());
    let edits = StatementChanges {
        drop: true,
        reverse: true,
        pass: true,
        insert: Vec::new(),
    };
    let statements = PreferenceChange::Statements(Prices::default(), edits);
    for (text, change) in [(ranked, ranks), (stated, statements)] {
        with_game(text, &[], |game| {
            let permitted = preferences(game, &change);
            let question = question(game, of_class(game, "small"), permitted);
            let answer = solve(game, &question, &Budget::default()).unwrap();
            let plans = &answer.value().plans;
            let said = plans.iter().map(|p| block(game, p, "pasted", "", &[]));
            assert!(said.clone().any(|v| v.contains("US ")), "{text}");
            for variant in said.filter(|v| v.contains("US ")) {
                assert!(variant.contains("# in place of all candidates of US"));
                assert!(!variant.contains("swap"), "{variant}");
            }
            for plan in plans {
                pastes(text, &[], game, plan);
            }
        });
    }
}

#[test]
fn changes_of_what_can_be_done_can_be_pasted() {
    for (name, class) in [("hanoi", "small deal"), ("january", "small deal")] {
        let text = case(&format!("diplomacy/us-dprk-2019/{name}"));
        with_game(text, &[], |game| {
            let all: Vec<OptionId> = game.model.option_ids().collect();
            let mut changes: Vec<StructuralChange> = candidates::irreversible(game);
            changes.extend(candidates::reversible(game));
            changes.extend(candidates::removals(game));
            changes.extend(candidates::links(game, &all));
            changes.extend(candidates::bars(game, &all));
            changes.extend(candidates::sequences(game, &all));
            assert!(!of_class(game, class).is_empty());
            // Each by itself: a block of each kind says what the change does.
            for (i, change) in changes.into_iter().enumerate() {
                if name == "january" && i % 7 != 0 {
                    continue;
                }
                let structural = Structural { change, price: 1 };
                let plan = Plan {
                    changes: vec![detente::analysis::inverse::Change::Structural(structural)],
                    price: 1,
                    holds: Vec::new(),
                };
                pastes(text, &[], game, &plan);
            }
        });
    }
}

#[test]
fn a_state_that_is_wanted_and_unwanted_is_a_mistake() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["breakthrough", HANOI, "small", "--not", "small deal"])
        .current_dir(root)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("is to hold and not to hold at once"),
        "{said}"
    );
}

#[test]
fn statements_that_may_be_inserted_say_what_they_mean() {
    let text = case("diplomacy/us-dprk-2019/january");
    let document = crate::harness::document(text, &[]);
    with_game(text, &[], |game| {
        let mut read = 0;
        for party in game.model.party_ids() {
            let all: Vec<usize> = (0..game.model.classes.len()).collect();
            for condition in candidates::statements(game, party, &all) {
                let formula = detente::syntax::parse_formula(&condition.text).unwrap();
                let again = detente::model::condition(&document, &formula).unwrap();
                let (wanted, found) =
                    (game.space.matching(&condition), game.space.matching(&again));
                assert_eq!(found, wanted, "{}", condition.text);
                read += 1;
            }
        }
        assert!(read > 60, "{read}");
    });
}
