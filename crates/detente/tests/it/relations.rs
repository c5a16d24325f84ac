//! `strength` and `attitudes` over the cases: facts from outside, schemas, width, exit codes.

use std::collections::BTreeSet;
use std::process::{Command, Output};

use serde_json::Value;

const ELMIRA: &str = "water/elmira/elmira.detente";

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

fn json(line: &[&str]) -> Value {
    let mut line = line.to_vec();
    line.extend(["--format", "json"]);
    let (code, out, err) = detente(&line);
    assert_eq!((code, err.as_str()), (0, ""), "{line:?}");
    assert_eq!(detente(&line).1, out);
    serde_json::from_str(&out).unwrap()
}

fn numbers(list: &Value) -> Vec<u64> {
    let list = list.as_array().unwrap().iter();
    list.map(|n| n.as_u64().unwrap()).collect()
}

/// The gaps are recalled, the equilibria computed by an independent implementation: strong under SEQ
/// are 5, 8 and 9; 1 and 4 hold under GMR and SMR only, where they are strong too.
#[test]
fn elmira_holds_as_strongly_as_published() {
    let found = json(&["strength", "-V", "gaps", ELMIRA]);
    assert_eq!(numbers(&found["degrees"]), [1, 2]);
    for by_concept in found["concepts"].as_array().unwrap() {
        let concept = by_concept["concept"].as_str().unwrap();
        let equilibria = by_concept["equilibria"].as_array().unwrap();
        let states: Vec<u64> = equilibria
            .iter()
            .map(|e| e["state"].as_u64().unwrap())
            .collect();
        let expected: &[u64] = match concept {
            "gmr" | "smr" => &[1, 4, 5, 8, 9],
            _ => &[5, 8, 9],
        };
        assert_eq!(states, expected, "{concept}");
        for equilibrium in equilibria {
            let nash = [5, 8, 9].contains(&equilibrium["state"].as_u64().unwrap());
            let standing = if nash { "nash" } else { "strong" };
            assert_eq!(equilibrium["standing"], standing, "{concept}");
        }
    }
    // Without the gaps the same states hold, those two weakly.
    let plain = json(&["strength", ELMIRA]);
    let gmr = &plain["concepts"][0];
    let weak = gmr["equilibria"].as_array().unwrap().iter();
    let weak: Vec<u64> = weak
        .filter(|e| e["standing"] == "weak")
        .map(|e| e["state"].as_u64().unwrap())
        .collect();
    assert_eq!(weak, [1, 4]);
}

#[test]
fn the_witness_of_a_state_is_in_the_finding() {
    let found = json(&[
        "strength", "-V", "gaps", "-c", "gmr", "--state", "1", ELMIRA,
    ]);
    let reasons = found["reasons"].as_array().unwrap();
    assert_eq!(reasons.len(), 3);
    let local = &reasons[2];
    assert_eq!(local["party"], "LG");
    assert_eq!(local["stands"]["standing"], "strong");
    assert_eq!(local["stands"]["level"], 2);
    let only = &local["moves"][0];
    assert_eq!(only["degree"], 2);
    assert_eq!(only["improvement"]["to"], 5);
}

/// That the local governments wish the company well keeps them from insisting: its order decides.
#[test]
fn elmira_with_an_attitude() {
    let found = json(&["attitudes", "--attitude", "LG:UR=positive", ELMIRA]);
    assert_eq!(found["attitudes"]["LG"]["UR"], "positive");
    assert_eq!(found["tried"][0]["of"], "LG");
    let seq = &found["concepts"][3];
    assert_eq!(seq["concept"], "seq");
    assert_eq!(numbers(&seq["ordinary"]), [5, 8, 9]);
    assert_eq!(numbers(&seq["relational"]), [1, 4, 5, 8, 9]);
    let changes = found["changes"].as_array().unwrap();
    let gained: Vec<u64> = changes
        .iter()
        .filter(|c| c["gained"] == true)
        .map(|c| c["state"].as_u64().unwrap())
        .collect();
    assert_eq!(gained, [1, 4]);
    let plain = json(&["attitudes", ELMIRA]);
    for by_concept in plain["concepts"].as_array().unwrap() {
        assert_eq!(by_concept["ordinary"], by_concept["relational"]);
    }
}

/// An extension joins what the text leaves in doubt; where nothing is, it changes nothing.
#[test]
fn an_extension_without_doubt_is_the_plain_reading() {
    let mut plain = json(&["strength", "-V", "gaps", "--state", "1", ELMIRA]);
    for extension in ["a", "b", "c", "d"] {
        let line = [
            "strength",
            "-V",
            "gaps",
            "--state",
            "1",
            "--extension",
            extension,
            ELMIRA,
        ];
        let mut found = json(&line);
        assert_eq!(found["extension"], extension);
        assert!(
            found["unknown_pairs"]
                .as_object()
                .unwrap()
                .values()
                .all(|n| n == 0)
        );
        for changed in ["extension", "unknown_pairs"] {
            found[changed] = Value::Null;
            plain[changed] = Value::Null;
        }
        assert_eq!(found, plain);
    }
    assert_eq!(plain["doubt_set_aside"], serde_json::json!([]));
}

#[test]
fn what_is_in_doubt_is_set_aside_or_joined() {
    const JANUARY: &str = "diplomacy/us-dprk-2019/january.detente";
    let plain = json(&["strength", JANUARY]);
    assert_eq!(plain["doubt_set_aside"], serde_json::json!(["US"]));
    assert_eq!(plain["extension"], Value::Null);
    let joined = json(&["strength", "--extension", "b", JANUARY]);
    assert_eq!(joined["doubt_set_aside"], serde_json::json!([]));
    let doubt = json(&["doubt", "--by", "unknown", JANUARY]);
    assert_eq!(joined["unknown_pairs"], doubt["unknown_pairs"]);
    assert!(joined["unknown_pairs"]["US"].as_u64().unwrap() > 0);
    // Degrees are plain here, so that what holds is what holds with unknown preferences alone.
    for table in doubt["tables"].as_array().unwrap() {
        let extension = table["extension"].as_str().unwrap();
        let joined = json(&["strength", "--extension", extension, JANUARY]);
        let seq = &joined["concepts"][2];
        assert_eq!(
            (&seq["concept"], &table["concept"]),
            (&"seq".into(), &"seq".into())
        );
        let states = seq["equilibria"].as_array().unwrap().iter();
        let states: Vec<&Value> = states.map(|e| &e["state"]).collect();
        let wanted: Vec<&Value> = table["equilibria"].as_array().unwrap().iter().collect();
        assert_eq!(states, wanted, "{extension}");
    }
}

/// The founding case 3.3: the uncertain demand is the difference between the table's rows `hard` and
/// `flex`, so that its two completions have their numbers of equilibria.
#[test]
fn the_two_completions_of_january_are_hard_and_flex() {
    const JANUARY: &str = "diplomacy/us-dprk-2019/january.detente";
    for (variants, nash, hard, flex) in [(&["-V", "reversible"][..], 2, 2, 10), (&[], 5, 5, 13)] {
        let found = json(&[&["doubt", JANUARY][..], variants].concat());
        assert_eq!(found["method"]["kind"], "counted");
        assert_eq!(found["method"]["completions"], "2");
        let doubts = found["doubts"].as_array().unwrap();
        assert_eq!(doubts.len(), 1);
        assert_eq!(doubts[0]["party"], "US");
        let count = |concept: &str| {
            let mut all = found["concepts"].as_array().unwrap().iter();
            let row = all.find(|r| r["concept"] == concept).unwrap();
            let always = row["always"].as_array().unwrap().len();
            (always, row["sometimes"].as_array().unwrap().len())
        };
        assert_eq!(count("nash"), (nash, 0));
        // Every equilibrium of `hard` is one of `flex`; the others hang on the demand alone.
        assert_eq!(count("seq"), (hard, flex - hard));
        let hinges = found["hinges"].as_array().unwrap();
        assert_eq!(hinges.len(), flex - hard);
        for hinge in hinges {
            assert_eq!(hinge["witness"]["basic"], false);
            assert_eq!(hinge["witness"]["fails"], serde_json::json!([0]));
            assert_eq!(hinge["witness"]["holds"], serde_json::json!([1]));
        }
    }
}

#[test]
fn every_case_prints_in_eighty_columns_and_by_its_schema() {
    for command in ["strength", "attitudes"] {
        let (code, schema, _) = detente(&["schema", command]);
        assert_eq!(code, 0);
        let schema: Value = serde_json::from_str(&schema).unwrap();
        let required = schema["required"].as_array().unwrap().iter();
        let required: BTreeSet<&str> = required.map(|k| k.as_str().unwrap()).collect();
        let described = schema["properties"].as_object().unwrap().keys();
        let described: BTreeSet<&str> = described.map(String::as_str).collect();
        for case in crate::conflicts() {
            let file = format!("{}.detente", case.name);
            let (code, out, err) = detente(&[command, &file]);
            assert_eq!((code, err.as_str()), (0, ""), "{command} {file}");
            assert!(out.lines().all(|l| l.chars().count() <= 80), "{out}");
            let found = json(&[command, &file]);
            assert_eq!(found["format"], format!("detente-{command}/1"));
            let keys = found.as_object().unwrap().keys();
            let keys: BTreeSet<&str> = keys.map(String::as_str).collect();
            assert!(required.is_subset(&keys) && keys.is_subset(&described));
        }
    }
}

#[test]
fn what_cannot_be_asked_ends_with_two() {
    for line in [
        &["strength", "--concept", "sim", ELMIRA][..],
        &["strength", "--concept", "seqq", ELMIRA],
        &["strength", "--state", "10", ELMIRA],
        &["strength", "--max-work", "10", ELMIRA],
        &["attitudes", "--concept", "l2", ELMIRA],
        &["attitudes", "--attitude", "UR", ELMIRA],
        &["attitudes", "--attitude", "UR:LG=", ELMIRA],
        &["attitudes", "--attitude", "UR:XX=positive", ELMIRA],
        &["attitudes", "--max-work", "10", ELMIRA],
    ] {
        let (code, out, err) = detente(line);
        assert_eq!((code, out.as_str()), (2, ""), "{line:?}");
        assert!(err.starts_with("error: "), "{err}");
    }
    let twice = [
        "--attitude",
        "UR:LG=positive",
        "--attitude",
        "UR:LG=negative",
    ];
    let (code, _, _) = detente(&[&["attitudes", ELMIRA][..], &twice].concat());
    assert_eq!(code, 2);
}
