//! Which rungs may swap in January 2019: the uncertain demand, written out as the two rankings that it comes to.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

const JANUARY: &str = "diplomacy/us-dprk-2019/january.detente";

fn printed(line: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(line)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(line: &[&str]) -> Value {
    serde_json::from_str(&printed(line)).unwrap()
}

/// How the United States ranks each state, by its number.
fn ranks(more: &[&str]) -> BTreeMap<u64, u64> {
    let found = json(&[&["analyze", JANUARY, "--format", "json"], more].concat());
    let states = found["states"].as_array().unwrap().iter();
    states
        .map(|s| {
            (
                s["id"].as_u64().unwrap(),
                s["ranks"]["US"].as_u64().unwrap(),
            )
        })
        .collect()
}

/// The first and the last of the places that a state shares with its equals.
fn place(ranks: &BTreeMap<u64, u64>, state: u64) -> (usize, usize) {
    let own = ranks[&state];
    let better = ranks.values().filter(|r| **r > own).count();
    let alike = ranks.values().filter(|r| **r == own).count();
    (better + 1, better + alike)
}

/// The variant `flex` drops the demand by which the basic reading is `hard`.
#[test]
fn places_are_those_of_the_demand_and_of_none() {
    let (hard, flex) = (ranks(&[]), ranks(&["-V", "flex"]));
    let report = json(&["report", JANUARY, "--format", "json"]);
    let places = report["places"]["parties"].as_array().unwrap();
    assert_eq!(places.len(), 1);
    let us = &places[0];
    assert_eq!(
        (&us["party"], &us["found"]),
        (&"US".into(), &"every".into())
    );
    assert_eq!((&us["completions"], &us["orders"]), (&2.into(), &2.into()));
    let found = us["states"].as_array().unwrap().iter();
    let found: BTreeMap<u64, (u64, u64)> = found
        .map(|s| {
            let number = |name: &str| s[name].as_u64().unwrap();
            (number("state"), (number("best"), number("worst")))
        })
        .collect();
    let mut expected = BTreeMap::new();
    for state in hard.keys() {
        let (basic, other) = (place(&hard, *state), place(&flex, *state));
        let all = (basic.0.min(other.0), basic.1.max(other.1));
        if all != basic {
            expected.insert(*state, (all.0 as u64, all.1 as u64));
        }
    }
    assert!(!expected.is_empty());
    assert_eq!(found, expected);
    // What two states do to each other stays within one run.
    let runs = us["runs"].as_array().unwrap();
    let runs: Vec<BTreeSet<u64>> = runs
        .iter()
        .map(|run| {
            let states = run["states"].as_array().unwrap().iter();
            states.map(|s| s.as_u64().unwrap()).collect()
        })
        .collect();
    for a in hard.keys() {
        for b in hard.keys() {
            let as_before = hard[a].cmp(&hard[b]) == flex[a].cmp(&flex[b]);
            let together = runs.iter().any(|r| r.contains(a) && r.contains(b));
            assert!(as_before || together, "{a} {b}");
        }
    }
}

/// The whiskers of the picture end where the places lie in the basic reading; its words and the caption tell of them.
#[test]
fn the_picture_says_what_may_swap() {
    let (hard, flex) = (ranks(&[]), ranks(&["-V", "flex"]));
    let svg = printed(&["draw", "preferences", JANUARY]);
    let reaches = svg.split("data-reach=\"").skip(1);
    let reaches: Vec<&str> = reaches.map(|r| r.split('"').next().unwrap()).collect();
    let rank_at = |place: usize| {
        let mut ranks: Vec<u64> = hard.values().copied().collect();
        ranks.sort_by_key(|r| std::cmp::Reverse(*r));
        ranks[place - 1]
    };
    let mut expected: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    for (state, rank) in &hard {
        let (basic, other) = (place(&hard, *state), place(&flex, *state));
        let (best, worst) = (basic.0.min(other.0), basic.1.max(other.1));
        if (best, worst) != basic {
            let whole = expected.entry(*rank).or_insert((*rank, *rank));
            whole.0 = whole.0.max(rank_at(best));
            whole.1 = whole.1.min(rank_at(worst));
        }
    }
    for (top, bottom) in expected.values() {
        let reach = format!("{top} {bottom}");
        assert!(reaches.contains(&reach.as_str()), "{reach}: {reaches:?}");
    }
    let says = svg.split("<desc>").nth(1).unwrap();
    let says = says.split("</desc>").next().unwrap();
    let told = "What is in doubt about US gives 2 orders: the order may be another among";
    assert!(says.contains(told), "{says}");
    let report = printed(&["report", JANUARY, "-o", "-", "--format", "markdown"]);
    let caption = "What is in doubt about US may change the order of";
    assert!(report.contains(caption), "{report}");
}

/// Nothing is in doubt in the six states of Hanoi: the picture has no marks of it.
#[test]
fn without_doubt_nothing_is_marked() {
    let svg = printed(&[
        "draw",
        "preferences",
        "diplomacy/us-dprk-2019/hanoi.detente",
    ]);
    assert!(!svg.contains("data-reach") && !svg.contains("oubt"));
}

/// In the season of 2019 the summit settles the demand: before it the ladder is in doubt, afterwards it is not, though
/// the text still marks the statement.
#[test]
fn what_happened_since_settles_doubt() {
    const SEASON: &str = "diplomacy/us-dprk-2019/season.detente";
    let after = printed(&["draw", "preferences", SEASON]);
    assert!(!after.contains("data-reach") && !after.contains("(in doubt)"));
    assert!(after.contains("(doubt settled)"));
    let before = printed(&["draw", "preferences", SEASON, "--as-of", "2019-01-20"]);
    assert!(before.contains("data-reach") && before.contains("(in doubt)"));
    let says = before.split("<desc>").nth(1).unwrap();
    assert!(
        says.contains("What is in doubt about US gives 2 orders"),
        "{says}"
    );
}
