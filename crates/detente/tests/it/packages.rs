//! `detente packages`, held against a literal reading of the founding case's numbers and published counts.
#![expect(
    clippy::disallowed_methods,
    reason = "the test runs the command on files of the repository"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const FOUNDING: &str = "cases/diplomacy/us-dprk-2019/packages.detente";
const RATIFIED: &str = "cases/bargaining/korea-2019-ratified/korea_ratified.detente";

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn packages(line: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .arg("packages")
        .args(line)
        .current_dir(root())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    (output.status.code().unwrap(), out, err)
}

fn json(line: &[&str]) -> Value {
    let (code, out, err) = packages(&[line, &["--format", "json"]].concat());
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

/// The worths of points, as whole numbers.
fn worths(points: &Value) -> Vec<Vec<i64>> {
    let whole = |w: &Value| w.as_str().unwrap().parse().unwrap();
    let points = points.as_array().unwrap().iter();
    points
        .map(|p| p["worth"].as_array().unwrap().iter().map(whole).collect())
        .collect()
}

/// What all 2,304 packages of the founding case are worth to the two, read from its description.
fn all() -> Vec<(i64, i64)> {
    let tables: [(&[i64], &[i64]); 7] = [
        (&[0, -1, -4], &[0, 3, 8]),
        (&[0, -8, -30, -55], &[0, 12, 35, 50]),
        (&[0, -1, -5], &[0, 4, 9]),
        (&[0, 6, 12, 22], &[0, -5, -12, -22]),
        (&[0, 12, 28, 60], &[0, -14, -35, -90]),
        (&[0, 6], &[0, -4]),
        (&[0, 3], &[0, -1]),
    ];
    let mut all = vec![(0, 0)];
    for (us, dprk) in tables {
        let longer = |(a, b): &(i64, i64)| -> Vec<(i64, i64)> {
            us.iter().zip(dprk).map(|(x, y)| (a + x, b + y)).collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

#[test]
fn the_founding_case_is_what_its_numbers_say() {
    let all = all();
    let found = json(&[FOUNDING]);
    let count = |test: fn(&(i64, i64)) -> bool| all.iter().filter(|w| test(w)).count().to_string();
    assert_eq!(found["permitted"]["count"], "2304");
    assert_eq!(
        found["zone"]["weak"]["count"],
        count(|w| w.0 >= 0 && w.1 >= 0)
    );
    assert_eq!(found["zone"]["weak"]["count"], "197");
    assert_eq!(
        found["zone"]["strict"]["count"],
        count(|w| w.0 > 0 && w.1 > 0)
    );
    assert_eq!(found["zone"]["strict"]["count"], "159");

    let better = |a: &(i64, i64), b: &(i64, i64)| a.0 >= b.0 && a.1 >= b.1 && a != b;
    let efficient: Vec<(i64, i64)> = {
        let kept = all.iter().filter(|w| !all.iter().any(|o| better(o, w)));
        kept.copied().collect()
    };
    assert_eq!(efficient.len(), 77);
    assert_eq!(found["frontier"]["packages"], "77");
    assert_eq!(found["frontier"]["acceptable_packages"], "7");
    let expected: BTreeSet<Vec<i64>> = efficient.iter().map(|w| vec![w.0, w.1]).collect();
    let shown = worths(&found["frontier"]["points"]);
    assert_eq!(shown.len(), expected.len());
    assert_eq!(shown.iter().cloned().collect::<BTreeSet<_>>(), expected);

    let picked = |name: &str| -> BTreeSet<Vec<i64>> {
        let solutions = found["solutions"].as_array().unwrap();
        let solution = solutions.iter().find(|s| s["name"] == name).unwrap();
        let places = solution["points"].as_array().unwrap().iter();
        places
            .map(|p| shown[usize::try_from(p.as_u64().unwrap()).unwrap()].clone())
            .collect()
    };
    let best = |score: fn(&(i64, i64)) -> i64| -> BTreeSet<Vec<i64>> {
        let rational = || efficient.iter().filter(|w| w.0 >= 0 && w.1 >= 0);
        let most = rational().map(score).max().unwrap();
        let best = rational().filter(|w| score(w) == most);
        best.map(|w| vec![w.0, w.1]).collect()
    };
    assert_eq!(picked("nash"), best(|w| w.0 * w.1));
    assert_eq!(picked("nash"), BTreeSet::from([vec![8, 7]]));
    assert_eq!(picked("egalitarian"), best(|w| w.0.min(w.1)));
    assert_eq!(picked("utilitarian"), best(|w| w.0 + w.1));
    assert_eq!(picked("utilitarian").len(), 3);
    assert_eq!(picked("kalai-smorodinsky"), BTreeSet::from([vec![8, 7]]));
}

#[test]
fn drafts_of_the_founding_case_are_worth_what_was_computed_for_them() {
    let found = json(&[FOUNDING]);
    let expected = [
        ("ri_offer", ["-2", "9"], true),
        ("big_deal", ["27", "-50"], false),
        ("vox", ["2", "8"], true),
        ("vague", ["0", "0"], true),
        ("march", ["-4", "8"], true),
    ];
    let points = found["frontier"]["points"].as_array().unwrap();
    for (name, worth, beaten_by_acceptable) in expected {
        let named = found["named"].as_array().unwrap();
        let named = named.iter().find(|n| n["name"] == name).unwrap();
        for (bounds, worth) in named["worth"].as_array().unwrap().iter().zip(worth) {
            assert_eq!(bounds, &serde_json::json!([worth, worth]), "{name}");
        }
        assert_eq!(named["dominated"], "yes", "{name}");
        let better = usize::try_from(named["better"].as_u64().unwrap()).unwrap();
        assert_eq!(points[better]["acceptable"], beaten_by_acceptable, "{name}");
    }
    for fact in found["facts"].as_array().unwrap() {
        assert_eq!(fact["verdict"], "agrees", "{fact}");
    }
}

#[test]
fn counts_of_the_ratified_case_are_the_published_ones() {
    let zone = |line: &[&str]| json(&[&[RATIFIED], line].concat())["zone"]["weak"]["count"].clone();
    assert_eq!(zone(&[]), "975");
    assert_eq!(zone(&["--parties", "US"]), "1365");
    assert_eq!(zone(&["--parties", "DPRK"]), "1620");
    assert_eq!(zone(&["--parties", "US.hardliners"]), "888");
    assert_eq!(zone(&["--parties", "DPRK.military"]), "1509");
    let everybody = "US,DPRK,US.hardliners,DPRK.military";
    assert_eq!(zone(&["--parties", everybody]), "414");
}

#[test]
fn the_picture_of_the_documentation_is_what_is_drawn() {
    let (code, drawn, err) = packages(&[FOUNDING, "--format", "svg"]);
    assert_eq!(code, 0, "{err}");
    let kept = std::fs::read_to_string(root().join("docs/pictures/packages.svg")).unwrap();
    assert!(
        drawn == kept,
        "draw it again: detente packages {FOUNDING} --format svg"
    );
    // One mark for each of the 76 worths at least, and every name is there.
    assert!(drawn.matches("<circle").count() >= 76);
    for label in [
        "Nash product",
        "Big deal",
        "worth to United States",
        "<title>",
    ] {
        assert!(drawn.contains(label), "{label}");
    }
}

#[test]
fn what_one_may_fail_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("talks.detente");
    let text = "issues {\n  price: low, high\n}\nparty A {\n  utility {\n    price: 0, 1\n    reservation 1\n  \
                }\n}\nparty B {\n  utility {\n    price: 1, 0\n    reservation 1\n  }\n}\n\
                package dear { price high }\nfact B accepts dear\n";
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let (code, out, _) = packages(&[file]);
    assert_eq!(code, 0);
    assert!(out.contains("there is no zone of"), "{out}");
    let (code, _, err) = packages(&[file, "--fail-no-zone"]);
    assert_eq!(code, 1);
    assert_eq!(err, "there is no package that all could accept\n");
    let (code, _, err) = packages(&[file, "--fail-contradicted"]);
    assert_eq!(code, 1);
    assert_eq!(err, "the numbers contradict `B accepts dear`\n");
    assert_eq!(
        packages(&[FOUNDING, "--fail-no-zone", "--fail-contradicted"]).0,
        0
    );
}
