//! `detente evolve` on the collection: the founding case and Elmira by name, and for every case the
//! fewest steps to every state by a walk written down literally.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Output};

use detente::analysis::coalition::coalitions;
use detente::analysis::evolution::{Courses, Request, Way, courses};
use detente::analysis::{Budget, Concept, Game, StateId, StateSet};
use detente::model::PartyId;
use serde_json::Value;

use crate::harness::{case, class, equilibria, party, state_named, with_game};

const JANUARY: &str = "diplomacy/us-dprk-2019/january";

fn set(game: &Game<'_>, wanted: impl Fn(StateId) -> bool) -> StateSet {
    let mut set = StateSet::empty(game.space.len());
    for state in game.space.ids().filter(|s| wanted(*s)) {
        set.insert(state);
    }
    set
}

fn follow(
    game: &Game<'_>,
    start: StateId,
    targets: Vec<StateSet>,
    coalitions: Vec<Vec<PartyId>>,
) -> Courses {
    let request = Request {
        start,
        targets,
        coalitions,
        tables: true,
    };
    let outcome = courses(&game.conflict(), &request, &Budget::default());
    outcome.complete().unwrap()
}

/// From a text without substance no party alone gains by going towards the small deal; the two together
/// do, when the United States would take relief for Yongbyon.
#[test]
fn from_vague_text_to_small_deal() {
    for (variants, together) in [(&[][..], false), (&["flex"][..], true)] {
        with_game(case(JANUARY), variants, |game| {
            let of = |wanted: &'static str| set(game, |s| class(game, s) == wanted);
            let seq = equilibria(game, Concept::Seq);
            let vague = of("vague text");
            let start = seq.iter().copied().find(|s| vague.contains(*s)).unwrap();
            let deal = of("small deal");
            let pair = vec![party(game, "US"), party(game, "DPRK")];
            for joint in [vec![pair.clone()], coalitions(3).coalitions] {
                let found = follow(game, start, vec![deal.clone()], joint);
                let reached = |way: Way| found.of(way).unwrap().targets[0].nearest;
                assert_eq!(reached(Way::Improvements), None);
                assert_eq!(reached(Way::Joint).is_some(), together);
                assert!(reached(Way::Moves).is_some());
            }
            let found = follow(game, start, vec![deal.clone()], vec![pair.clone()]);
            let joint = found.of(Way::Joint).unwrap();
            if together {
                let legs = joint
                    .legs_to(&game.conflict(), joint.targets[0].nearest.unwrap())
                    .unwrap();
                assert_eq!((legs.len(), &legs[0].movers), (1, &pair));
            } else {
                // The founding case: it is the hinge of the United States that stands between.
                let obstacle = joint.targets[0].obstacle.as_ref().unwrap();
                assert_eq!(obstacle.objections.len(), 1);
                assert_eq!(obstacle.objections[0].against, [party(game, "US")]);
            }
        });
    }
}

/// Complete disarmament without relief holds only because it cannot be taken back: nobody goes there.
#[test]
fn nobody_goes_to_ffvd_without_relief() {
    with_game(case(JANUARY), &[], |game| {
        let seq = equilibria(game, Concept::Seq);
        let target = set(game, |s| {
            seq.contains(&s) && class(game, s) == "FFVD without relief"
        });
        assert_eq!(target.len(), 2);
        let start = game.status_quo.unwrap();
        let found = follow(game, start, vec![target], coalitions(3).coalitions);
        for way in [Way::Improvements, Way::Joint] {
            let course = found.of(way).unwrap();
            assert_eq!(course.targets[0].nearest, None);
            assert_eq!(course.targets[0].traps, None);
            let obstacle = course.targets[0].obstacle.as_ref().unwrap();
            let route = obstacle.route.as_ref().unwrap();
            // It is North Korea that would have to accept a loss.
            let losers: BTreeSet<usize> = route
                .iter()
                .filter(|l| l.unwanted.is_some())
                .map(|l| l.step.actor)
                .collect();
            assert_eq!(losers, BTreeSet::from([party(game, "DPRK").index()]));
        }
    });
}

#[test]
fn elmira() {
    with_game(case("water/elmira/elmira"), &[], |game| {
        let state = |name: &str| state_named(game, name);
        let pair = vec![party(game, "MoE"), party(game, "UR")];
        let target = set(game, |s| s == state("8"));
        let found = follow(game, state("1"), vec![target], vec![pair.clone()]);
        let names = |states: &StateSet| -> Vec<u32> { states.iter().map(|s| game.id(s)).collect() };
        let improvements = found.of(Way::Improvements).unwrap();
        assert_eq!(names(&improvements.reached), [1, 5]);
        let moves = found.of(Way::Moves).unwrap();
        let at: Vec<Vec<u32>> = (1..=3)
            .map(|k| {
                let here = set(game, |s| moves.distance(s) == Some(k));
                names(&here)
            })
            .collect();
        assert_eq!(at, [vec![2, 3, 5, 9], vec![4, 6, 7], vec![8]]);
        let joint = found.of(Way::Joint).unwrap();
        let legs = joint.legs_to(&game.conflict(), state("8")).unwrap();
        assert_eq!(legs.len(), 2);
        assert_eq!((game.id(legs[1].from), &legs[1].movers), (5, &pair));
    });
}

/// The fewest steps to each state, over pairs of a state and who moved last.
fn walk(game: &Game<'_>, start: StateId, improvements: bool) -> BTreeMap<StateId, usize> {
    let mut fewest = BTreeMap::from([(start, 0)]);
    let mut seen = BTreeSet::new();
    let mut now: BTreeSet<(StateId, Option<PartyId>)> = BTreeSet::from([(start, None)]);
    for steps in 1.. {
        let mut next = BTreeSet::new();
        for (from, last) in now {
            for p in game.graph.party_ids().filter(|p| Some(*p) != last) {
                let rank = |s| game.rankings[p.index()].rank(s);
                for &to in game.graph.moves(p).from(from) {
                    if (!improvements || rank(to) > rank(from)) && seen.insert((to, Some(p))) {
                        next.insert((to, Some(p)));
                        fewest.entry(to).or_insert(steps);
                    }
                }
            }
        }
        if next.is_empty() {
            return fewest;
        }
        now = next;
    }
    fewest
}

#[test]
fn every_case_by_a_literal_walk() {
    let mut followed = 0;
    for case in crate::conflicts() {
        with_game(case.text, &[], |game| {
            let Some(start) = game.status_quo else {
                return;
            };
            let parties = game.graph.parties();
            let found = follow(game, start, Vec::new(), coalitions(parties).coalitions);
            for (way, improvements) in [(Way::Moves, false), (Way::Improvements, true)] {
                let course = found.of(way).unwrap();
                let expected = walk(game, start, improvements);
                for state in game.space.ids() {
                    assert_eq!(course.distance(state), expected.get(&state).copied());
                }
                let table = course.table.as_ref().unwrap();
                for (k, row) in (1..).zip(&table.rows) {
                    for state in row.new.iter().flatten() {
                        assert!(expected[state] <= k);
                    }
                }
            }
            followed += 1;
        });
    }
    assert!(followed >= 4, "{followed}");
}

fn detente(line: &[&str]) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(line)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases"))
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn every_case_prints_in_eighty_columns_and_by_its_schema() {
    let (code, schema, _) = detente(&["schema", "evolution"]);
    assert_eq!(code, 0);
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let required: BTreeSet<&str> = schema["required"]
        .as_array()
        .unwrap()
        .iter()
        .map(|k| k.as_str().unwrap())
        .collect();
    let described: BTreeSet<&str> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    for case in crate::conflicts() {
        let file = format!("{}.detente", case.name);
        let start = if case.text.contains("\nstatus quo") {
            &[][..]
        } else {
            &["--from", "1"][..]
        };
        let line = |more: &[&'static str]| {
            let mut line = vec!["evolve", file.as_str()];
            line.extend(start);
            line.extend(more);
            detente(&line)
        };
        let (code, out, err) = line(&["--table"]);
        assert_eq!((code, err.as_str()), (0, ""), "{file}");
        assert!(out.lines().all(|l| l.chars().count() <= 80), "{out}");
        let (code, out, _) = line(&["--table", "--format", "json"]);
        assert_eq!(code, 0);
        let found: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(found["format"], "detente-evolution/1");
        let keys: BTreeSet<&str> = found
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert!(required.is_subset(&keys) && keys.is_subset(&described));
        assert_eq!(line(&["--table", "--format", "json"]).1, out);
    }
}

#[test]
fn exit_codes() {
    let january = format!("{JANUARY}.detente");
    let evolve = |more: &[&'static str]| {
        let mut line = vec!["evolve", january.as_str(), "--fail-unreachable"];
        line.extend(more);
        detente(&line).0
    };
    assert_eq!(evolve(&[]), 0);
    assert_eq!(evolve(&["--to", "small deal"]), 1);
    assert_eq!(evolve(&["--to", "small deal", "-V", "flex"]), 0);
    assert_eq!(
        evolve(&["--to", "small deal", "-V", "flex", "--coalition", "US+ROK"]),
        1
    );
    assert_eq!(evolve(&["--to", "small deal", "--to", "no text"]), 0);
    // Whether joint steps would lead there is not known.
    assert_eq!(
        evolve(&["--to", "small deal", "-V", "flex", "--max-work", "3"]),
        2
    );
    assert_eq!(evolve(&["--coalition", "US"]), 2);
    assert_eq!(evolve(&["--from", "nowhere"]), 2);
    assert_eq!(evolve(&["--concept", "sec"]), 2);
    assert_eq!(evolve(&["--concept", "l2"]), 2);
}
