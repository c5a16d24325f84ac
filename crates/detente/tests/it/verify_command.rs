//! `detente analyze --certificate` and `detente verify`: what is printed, and the exit codes.
#![expect(
    clippy::disallowed_methods,
    reason = "the test runs the command on files of its own"
)]

use std::path::Path;
use std::process::{Command, Output};

use detente::analysis::certificate::{Certificate, from_json};

use crate::collection::CASES;

fn detente(folder: &Path, line: &[&str]) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(line)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn a_certificate_is_written_checked_and_rejected_by_command() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for case in crate::conflicts() {
        std::fs::write(folder.join("talks.detente"), case.text).unwrap();
        let written = detente(
            folder,
            &["analyze", "talks.detente", "--certificate", "c.json"],
        );
        assert_eq!(written.0, 0, "{}: {}", case.name, written.2);
        assert!(written.2.starts_with("wrote c.json: "), "{}", written.2);
        let (code, out, err) = detente(folder, &["verify", "talks.detente", "c.json"]);
        assert_eq!((code, err.as_str()), (0, ""), "{}", case.name);
        assert!(out.contains("The certificate is valid: "), "{out}");
        assert!(out.lines().all(|l| l.chars().count() <= 80), "{out}");
        // The same negotiation in its JSON form has the same fingerprint.
        detente(
            folder,
            &[
                "export",
                "--to",
                "json",
                "-o",
                "talks.json",
                "talks.detente",
            ],
        );
        let again = detente(folder, &["verify", "talks.json", "c.json"]);
        assert_eq!((again.0, again.1), (0, out), "{}", case.name);
    }
}

#[test]
fn exit_codes_tell_valid_rejected_and_unusable() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let january = CASES.iter().find(|c| c.name.ends_with("january")).unwrap();
    std::fs::write(folder.join("m.detente"), january.text).unwrap();
    let flex = "analyze m.detente --certificate c.json -V flex --concepts seq,gmr";
    let flex: Vec<&str> = flex.split(' ').collect();
    assert_eq!(detente(folder, &flex).0, 0);
    let read = || from_json(&std::fs::read_to_string(folder.join("c.json")).unwrap());
    let certificate: Certificate = read().unwrap();
    assert_eq!(certificate.variants, ["flex"]);
    let concepts: Vec<&str> = certificate
        .equilibria
        .iter()
        .map(|e| e.concept.as_str())
        .collect();
    assert_eq!(concepts, ["seq", "gmr"]);
    let verify =
        |more: &[&str]| detente(folder, &[&["verify", "m.detente", "c.json"], more].concat());
    let (code, out, _) = verify(&[]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("January 2019 [flex]"), "{out}");
    assert_eq!(verify(&["--variant", "flex"]).0, 0);
    // Another variant of the same file is another negotiation.
    let other = january.text.split("\nvariant ").nth(2).unwrap();
    let other = other.split(' ').next().unwrap();
    assert_ne!(other, "flex");
    let (code, out, _) = verify(&["--variant", other]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("- /variants: "), "{out}");
    assert!(out.contains("- /fingerprint: "), "{out}");
    // One cell is enough.
    let text = std::fs::read_to_string(folder.join("c.json")).unwrap();
    let changed = text.replacen("\"stable\":true", "\"stable\":false", 1);
    std::fs::write(folder.join("c.json"), &changed).unwrap();
    let (code, out, _) = verify(&["--format", "json"]);
    assert_eq!(code, 1);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["report"]["valid"], false);
    assert_eq!(found["concepts"][0], "seq");
    assert!(
        found["report"]["defects"][0]["place"]
            .as_str()
            .unwrap()
            .starts_with("/verdicts/")
    );
    // A certificate of a file that has no such variant.
    let hanoi = CASES.iter().find(|c| c.name.ends_with("chicken")).unwrap();
    std::fs::write(folder.join("other.detente"), hanoi.text).unwrap();
    let foreign = detente(folder, &["verify", "other.detente", "c.json"]);
    assert_eq!(foreign.0, 1, "{}", foreign.2);
    // Not checked to the end, not readable, not there.
    std::fs::write(folder.join("c.json"), &text).unwrap();
    let (code, out, err) = verify(&["--max-steps", "100"]);
    assert_eq!(code, 2);
    assert!(
        out.contains("The check is incomplete: stopped at the limit of 100 steps."),
        "{out}"
    );
    assert!(err.contains("raise the limits"), "{err}");
    // The check has no limit on moves.
    assert_eq!(verify(&["--max-moves", "100"]).0, 2);
    assert!(!verify(&["--help"]).1.contains("--max-moves"));
    std::fs::write(folder.join("c.json"), &text[..1000]).unwrap();
    let (code, _, err) = verify(&[]);
    assert_eq!(code, 2);
    assert!(err.contains("this is no certificate: "), "{err}");
    assert_eq!(detente(folder, &["verify", "m.detente", "none.json"]).0, 2);
    // Concepts without proofs are named, and no work begun leaves a file behind.
    let ahead = [
        "analyze",
        "other.detente",
        "--certificate",
        "l.json",
        "--concepts",
        "seq,l2",
    ];
    let (code, _, err) = detente(folder, &ahead);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("`l2` is not in it"), "{err}");
    let stopped = [
        "analyze",
        "m.detente",
        "--certificate",
        "n.json",
        "--max-states",
        "9",
    ];
    assert_eq!(detente(folder, &stopped).0, 2);
    assert!(!folder.join("n.json").exists());
}
