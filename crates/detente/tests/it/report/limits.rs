//! Reports that a limit cut short.

use serde_json::Value;

use super::walk::walk;
use super::{founding, run, written_out};
use crate::markup::parse;

/// What is written of January under a limit; the command has to end with 2 and to say why.
fn limited(limit: [&str; 2], format: &str) -> String {
    let words = [&["report", "--format", format][..], &limit].concat();
    let output = run(&words, &founding("january"));
    let says = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{says}");
    assert!(says.contains("is incomplete: "), "{says}");
    assert!(!output.stdout.is_empty(), "{says}");
    String::from_utf8(output.stdout).unwrap()
}

/// The report says at its top that it is not complete, and its numbers are those of its findings.
fn is_said(limit: [&str; 2]) -> Value {
    let json: Value = serde_json::from_str(&limited(limit, "json")).unwrap();
    let page = parse(&limited(limit, "html"));
    assert_eq!(walk(&page, &json).faults, Vec::<String>::new());
    let text = limited(limit, "text");
    let top: Vec<&str> = text.lines().take(8).collect();
    assert!(top.join(" ").contains("This report is not complete, on "));
    json
}

#[test]
fn too_many_states_leave_what_does_not_hang_on_them() {
    let json = is_said(["--max-states", "5"]);
    let why = "the states were not all enumerated: stopped at the limit of 5 states (raw combinations: 512)";
    assert_eq!(
        json["stopped"],
        serde_json::json!([{ "part": "analysis", "why": why }])
    );
    assert!(json["analysis"].is_null() && json["forecast"].is_null());
    assert!(json["evidence"].is_object());
    let left_out = json["left_out"].as_array().unwrap();
    let forecast = left_out.iter().find(|l| l["part"] == "forecast").unwrap();
    assert_eq!(forecast["why"], why);
}

#[test]
fn parts_that_stop_are_named() {
    let json = is_said(["--max-work", "1000"]);
    let stopped = json["stopped"].as_array().unwrap();
    let parts: Vec<&str> = stopped.iter().filter_map(|s| s["part"].as_str()).collect();
    assert!(parts.contains(&"breakthroughs") && parts.contains(&"sensitivity"));
    for part in parts.iter().filter(|p| **p != "breakthroughs") {
        assert!(json[part]["stopped"].is_string(), "{part}");
    }
    assert!(json["analysis"].is_object());
}

/// A report that came to its end has no word of it.
#[test]
fn a_whole_report_is_not_said_to_be_cut_short() {
    let january = founding("january");
    let json = written_out(&["report", "--format", "json"], &january);
    let json: Value = serde_json::from_slice(&json).unwrap();
    assert!(json.get("stopped").is_none());
    let text = written_out(&["report", "--format", "text"], &january);
    assert!(!String::from_utf8(text).unwrap().contains("not complete"));
}
