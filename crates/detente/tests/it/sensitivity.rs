//! What single assumptions carry in the founding negotiations, against the independent results of their
//! variants and against variants written for the purpose.

use std::collections::BTreeSet;

use detente::analysis::robustness::{Own, robustness};
use detente::analysis::sensitivity::{
    About, Alteration, Assumption, Change, Effect, Held, Request, Sensitivity, Trial, sensitivity,
};
use detente::analysis::{Budget, Concept, Game, Settings, StateId};
use detente::model::Model;
use detente::model::model::Preferences;
use serde_json::Value;

use crate::harness::{
    On, case, class, equilibria, name, on, party, state_named, state_with, with_game,
};

const HANOI: &str = "diplomacy/us-dprk-2019/hanoi";
const JANUARY: &str = "diplomacy/us-dprk-2019/january";

fn sensitive(game: &Game<'_>, concept: Concept) -> Sensitivity {
    let request = Request::new(game, concept);
    let outcome = sensitivity(game, &request, &Budget::default()).unwrap();
    outcome.complete().unwrap()
}

fn trial(found: &Sensitivity, assumption: Assumption, alteration: Alteration) -> &Trial {
    let change = Change {
        assumption,
        alteration,
    };
    found.trials.iter().find(|t| t.change == change).unwrap()
}

fn effect(found: &Sensitivity, assumption: Assumption, alteration: Alteration) -> &Effect {
    trial(found, assumption, alteration).effect().unwrap()
}

/// The place of a statement, by its label or its words.
fn statement(game: &Game<'_>, who: &str, wanted: &str) -> Assumption {
    let party = party(game, who);
    let Preferences::Statements(list) = &game.model.party(party).preferences else {
        panic!("{who} makes no statements");
    };
    let place = list
        .iter()
        .position(|s| s.label.as_deref() == Some(wanted) || s.condition.text == wanted);
    Assumption::Statement(party, place.unwrap())
}

fn option(game: &Game<'_>, wanted: &str) -> Assumption {
    let mut options = game.model.option_ids();
    let found = options.find(|o| game.model.qualified(*o) == wanted);
    Assumption::Direction(found.unwrap())
}

fn names(game: &Game<'_>, held: &[Held]) -> Vec<String> {
    held.iter().map(|h| name(game, h.state.unwrap())).collect()
}

fn class_names<'m>(model: &'m Model, classes: &[Option<usize>]) -> Vec<&'m str> {
    let name = |c: &Option<usize>| model.classes[c.unwrap()].name.as_str();
    classes.iter().map(name).collect()
}

/// The place of the tier of a state in a party's ranking.
fn tier(game: &Game<'_>, who: &str, above: &str, below: &str) -> Assumption {
    let party = party(game, who);
    let ranking = game.conflict().ranking(party);
    let place =
        |state: &str| (ranking.levels() - 1 - ranking.rank(state_named(game, state))) as usize;
    assert_eq!(place(above) + 1, place(below));
    Assumption::Tiers(party, place(above))
}

/// The table of the founding case: one exchange of neighbours creates each side's own deal.
#[test]
fn hanoi_by_one_exchange() {
    with_game(case(HANOI), &[], |game| {
        let found = sensitive(game, Concept::Seq);
        let small = effect(
            &found,
            tier(game, "US", "none", "small"),
            Alteration::Swapped,
        );
        assert_eq!(names(game, &small.appeared), ["small"]);
        assert!(small.vanished.is_empty());
        assert_eq!(class_names(game.model, &small.gained), ["small deal"]);
        let big = effect(
            &found,
            tier(game, "DPRK", "none", "big"),
            Alteration::Swapped,
        );
        assert_eq!(names(game, &big.appeared), ["big"]);
        assert!(big.vanished.is_empty());
        assert_eq!(class_names(game.model, &big.gained), ["big deal"]);
        // Nothing undoes `none`, and no other exchange changes anything.
        let exchanges = found
            .trials
            .iter()
            .filter(|t| t.change.assumption.is_preference());
        let moving = exchanges.filter(|t| !t.effect().unwrap().is_idle());
        assert_eq!(moving.count(), 2);
        assert!(
            found
                .trials
                .iter()
                .all(|t| t.effect().is_none_or(|e| e.vanished.is_empty()))
        );
        let small_class = game
            .model
            .classes
            .iter()
            .position(|c| c.name == "small deal");
        assert_eq!(found.opening(small_class).count(), 1);
        assert_eq!(found.breaking(state_named(game, "none")).count(), 0);
        // Without the rule two more states are feasible, and the rankings do not say where they stand.
        let Some(Err(reason)) = &trial(&found, Assumption::Rule(0), Alteration::Dropped).result
        else {
            panic!("two states are not ranked");
        };
        assert!(reason.contains("leaves out 2 feasible states"), "{reason}");
    });
}

/// Variants C, D and E of the founding case, by toggling what can be taken back.
#[test]
fn hanoi_by_irreversibility() {
    with_game(case(HANOI), &["b"], |game| {
        let found = sensitive(game, Concept::Seq);
        let c = effect(
            &found,
            option(game, "DPRK.yongbyon"),
            Alteration::Irreversible,
        );
        assert_eq!(names(game, &c.vanished), ["small"]);
        assert_eq!(names(game, &c.appeared), ["yong", "big"]);
        assert_eq!(class_names(game.model, &c.lost), ["small deal"]);
        let e = effect(&found, option(game, "US.relief"), Alteration::Irreversible);
        assert_eq!(names(game, &e.vanished), ["small"]);
        assert_eq!(names(game, &e.appeared), ["gift"]);
    });
    with_game(case(HANOI), &["d"], |game| {
        let found = sensitive(game, Concept::Seq);
        let c = effect(&found, option(game, "US.relief"), Alteration::Reversible);
        assert_eq!(names(game, &c.vanished), ["gift", "small"]);
        assert_eq!(names(game, &c.appeared), ["big"]);
        let e = effect(
            &found,
            option(game, "DPRK.yongbyon"),
            Alteration::Reversible,
        );
        assert_eq!(names(game, &e.vanished), ["yong", "small"]);
        assert!(e.appeared.is_empty());
    });
}

/// By which change a variant of the table differs from the model without it.
#[test]
fn january_changes_are_the_variants_of_the_oracle() {
    let january: Value = serde_json::from_str(include_str!("../data/january.json")).unwrap();
    let rows = january["variants"].as_array().unwrap();
    let full = |short: &str| -> String {
        let (party, option) = short.split_once('_').unwrap();
        let party = match party {
            "u" => "US",
            "d" => "DPRK",
            _ => "ROK",
        };
        let option = match option {
            "yong" => "yongbyon",
            "decl" => "declare",
            same => same,
        };
        format!("{party}.{option}")
    };
    let set = |list: &Value| -> On {
        let list = list.as_array().unwrap().iter();
        list.map(|o| full(o.as_str().unwrap())).collect()
    };
    let wanted = |name: &str, stays: &[&str], concept: &str| -> BTreeSet<On> {
        let stays: On = stays.iter().map(|s| (*s).to_owned()).collect();
        let row = rows
            .iter()
            .find(|r| r["name"] == name && set(&r["irreversible"]) == stays);
        let states = row.unwrap()["equilibria"][concept]
            .as_array()
            .unwrap()
            .iter();
        states.map(set).collect()
    };
    let usual = ["DPRK.declare", "US.peace"];
    with_game(case(JANUARY), &[], |game| {
        for id in ["nash", "gmr", "smr", "seq"] {
            let found = sensitive(game, id.parse().unwrap());
            let before = wanted("hard", &usual, id);
            let held: BTreeSet<On> = found.equilibria.iter().map(|s| on(game, *s)).collect();
            assert_eq!(held, before);
            let hinge = statement(game, "US", "hinge");
            let yongbyon = option(game, "DPRK.yongbyon");
            let cases = [
                ("flex", &usual[..], hinge, Alteration::Dropped),
                (
                    "hard",
                    &["DPRK.declare", "DPRK.yongbyon", "US.peace"][..],
                    yongbyon,
                    Alteration::Irreversible,
                ),
            ];
            for (row, stays, assumption, alteration) in cases {
                let after = wanted(row, stays, id);
                let effect = effect(&found, assumption, alteration);
                let states = |held: &[Held]| -> BTreeSet<On> {
                    held.iter().map(|h| on(game, h.state.unwrap())).collect()
                };
                assert_eq!(states(&effect.vanished), &before - &after, "{id} {row}");
                assert_eq!(states(&effect.appeared), &after - &before, "{id} {row}");
            }
        }
    });
}

/// The hinge carries the absence of the small deal: dropped, it adds eight of them and nothing else.
#[test]
fn the_hinge() {
    with_game(case(JANUARY), &[], |game| {
        let found = sensitive(game, Concept::Seq);
        let hinge = effect(&found, statement(game, "US", "hinge"), Alteration::Dropped);
        assert!(hinge.vanished.is_empty());
        assert_eq!(hinge.appeared.len(), 8);
        for held in &hinge.appeared {
            assert_eq!(class(game, held.state.unwrap()), "small deal");
        }
        assert_eq!(class_names(game.model, &hinge.gained), ["small deal"]);
        assert!(hinge.lost.is_empty());
        // Dropping the consequence is the veto of the founding case: nine equilibria instead of five,
        // two with relief for nothing and two big deals among them.
        let veto = effect(&found, Assumption::Consequence(0), Alteration::Dropped);
        let mut gained = class_names(game.model, &veto.gained);
        gained.sort_unstable();
        assert_eq!(gained, ["big deal", "relief for nothing"]);
        assert_eq!(
            found.equilibria.len() + veto.appeared.len() - veto.vanished.len(),
            9
        );
    });
    // With everything reversible, and the hinge: two equilibria; dropping it adds eight.
    with_game(case(JANUARY), &["reversible"], |game| {
        let found = sensitive(game, Concept::Seq);
        assert_eq!(found.equilibria.len(), 2);
        let hinge = effect(&found, statement(game, "US", "hinge"), Alteration::Dropped);
        assert_eq!((hinge.vanished.len(), hinge.appeared.len()), (0, 8));
    });
    // Yongbyon irreversible and the hinge dropped: the small deal is gone; both irreversible: back.
    with_game(case(JANUARY), &["flex"], |game| {
        let found = sensitive(game, Concept::Seq);
        let yong = effect(
            &found,
            option(game, "DPRK.yongbyon"),
            Alteration::Irreversible,
        );
        assert_eq!(class_names(game.model, &yong.lost), ["small deal"]);
    });
    with_game(case(JANUARY), &["flex", "yongbyon_stays"], |game| {
        let found = sensitive(game, Concept::Seq);
        let relief = effect(&found, option(game, "US.relief"), Alteration::Irreversible);
        assert!(class_names(game.model, &relief.gained).contains(&"small deal"));
    });
}

/// Every change of a statement, direction and rule of the case, written as a variant of the text.
#[test]
fn every_change_of_january_is_what_its_variant_says() {
    with_game(case(JANUARY), &[], |game| {
        let found = sensitive(game, Concept::Seq);
        let before: BTreeSet<On> = found.equilibria.iter().map(|s| on(game, *s)).collect();
        let mut checked = 0;
        for trial in &found.trials {
            let edit = edit_of(game.model, trial.change);
            let text = format!("{}\nvariant trial {{ {edit} }}\n", case(JANUARY));
            let effect = trial.effect().unwrap();
            let mut after = before.clone();
            for held in &effect.vanished {
                assert!(after.remove(&on(game, held.state.unwrap())));
            }
            let full = |held: &Held| -> On {
                let levels = game.model.option_ids().zip(&held.levels);
                let on = levels.filter(|(_, level)| **level > 0);
                on.map(|(o, _)| game.model.qualified(o)).collect()
            };
            after.extend(effect.appeared.iter().map(full));
            with_game(&text, &["trial"], |changed| {
                let found = equilibria(changed, Concept::Seq).into_iter();
                let found: BTreeSet<On> = found.map(|s| on(changed, s)).collect();
                assert_eq!(found, after, "{edit}");
                assert_eq!(changed.space.len(), effect.states, "{edit}");
            });
            checked += 1;
        }
        assert_eq!(checked, found.trials.len());
        assert!(checked > 100);
    });
}

fn edit_of(model: &Model, change: Change) -> String {
    match change.assumption {
        Assumption::Statement(party, place) => {
            let Preferences::Statements(list) = &model.party(party).preferences else {
                panic!("no statements");
            };
            let text = |place: usize| format!("\"{}\"", list[place].condition.text);
            let this = text(place);
            let edit = match change.alteration {
                Alteration::Dropped => format!("drop {this}"),
                Alteration::Reversed => format!(
                    "insert not ({}) before {this}\n drop {this}",
                    list[place].condition.text
                ),
                Alteration::Raised => format!("swap {} and {this}", text(place - 1)),
                Alteration::Lowered => format!("swap {this} and {}", text(place + 1)),
                Alteration::First => format!("move {this} first"),
                Alteration::Last => format!("move {this} last"),
                other => panic!("{other:?}"),
            };
            format!("{} prefers {{ {edit}\n }}", model.party(party).name)
        }
        Assumption::Direction(option) => {
            let word = match change.alteration {
                Alteration::Irreversible => "irreversible",
                _ => "reversible",
            };
            format!("{word} {}", model.qualified(option))
        }
        Assumption::Rule(place) => {
            format!("without never {}", model.rules[place].condition.text)
        }
        Assumption::Consequence(place) => {
            format!("without when {}", model.consequences[place].condition.text)
        }
        other => panic!("{other:?}"),
    }
}

/// One exchange of the US ranks makes the small deal of variant B unstable, and only of those.
#[test]
fn robustness_of_hanoi() {
    with_game(case(HANOI), &["b"], |game| {
        let small = state_named(game, "small");
        let judges = [Concept::Seq; 2];
        let budget = Budget::default();
        let settings = Settings::default();
        let found = robustness(&game.conflict(), &judges, &settings, &[small], &budget).unwrap();
        let us = party(game, "US");
        let Own::Breaks(fall) = &found[0].own[us.index()] else {
            panic!("{found:?}");
        };
        // SMALL stands just above none (B); below it, as in the revealed order (A), it does not hold.
        assert_eq!(fall.swaps, 1);
        assert_eq!(name(game, fall.below), "none");
        assert_eq!(found[0].weakest().unwrap().0, us);
    });
}

#[test]
fn one_kind_or_class_at_a_time() {
    with_game(case(JANUARY), &[], |game| {
        let all = sensitive(game, Concept::Seq);
        let part = |about: About, class: Option<usize>| {
            let mut request = Request::new(game, Concept::Seq);
            request.about = about;
            request.class = class;
            let outcome = sensitivity(game, &request, &Budget::default()).unwrap();
            outcome.complete().unwrap()
        };
        let none = About {
            preferences: false,
            directions: false,
            rules: false,
        };
        let kinds = [
            About {
                preferences: true,
                ..none
            },
            About {
                directions: true,
                ..none
            },
            About {
                rules: true,
                ..none
            },
        ];
        let trials: Vec<Trial> = kinds.iter().flat_map(|k| part(*k, None).trials).collect();
        assert_eq!(trials, all.trials);
        let vague = game
            .model
            .classes
            .iter()
            .position(|c| c.name == "vague text")
            .unwrap();
        let of_class = part(About::ALL, Some(vague));
        assert_eq!(of_class.classes.len(), 1);
        assert_eq!(of_class.trials.len(), all.trials.len());
        let state: On = ["US.sign", "US.cancel", "DPRK.sign"]
            .iter()
            .map(|o| (*o).to_owned())
            .collect();
        let state: StateId = state_with(game, &state);
        assert_eq!(of_class.equilibria, [state]);
        for (one, all) in of_class.trials.iter().zip(&all.trials) {
            let (one, all) = (one.effect().unwrap(), all.effect().unwrap());
            let of = |held: &[Held]| -> Vec<Held> {
                held.iter()
                    .filter(|h| h.class == Some(vague))
                    .cloned()
                    .collect()
            };
            assert_eq!(one.vanished, of(&all.vanished));
            assert_eq!(one.appeared, of(&all.appeared));
        }
    });
}
