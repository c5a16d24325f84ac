//! What the fuzzer tries with inputs of its own making, tried with the seeds, with every text of the
//! repository, and with these texts cut short and mixed.

use std::path::{Path, PathBuf};

#[path = "../../../../fuzz/src/targets.rs"]
#[expect(
    unreachable_pub,
    reason = "public for the fuzzer, which takes it in as a library"
)]
pub(super) mod targets;

#[path = "../../../../fuzz/src/knowledge.rs"]
#[expect(
    unreachable_pub,
    reason = "public for the fuzzer, which takes it in as a library"
)]
pub(super) mod knowledge;

#[path = "../../../../fuzz/src/dossier.rs"]
#[expect(
    unreachable_pub,
    reason = "public for the fuzzer, which takes it in as a library"
)]
pub(super) mod dossier;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The contents of the files with this ending in the folders.
pub(super) fn texts(folders: &[&str], ending: &str) -> Vec<Vec<u8>> {
    let all = folders.iter().flat_map(|f| files(&root().join(f)));
    let texts: Vec<_> = all
        .filter(|p| p.extension().is_some_and(|e| e == ending))
        .map(|p| std::fs::read(p).unwrap())
        .collect();
    assert!(texts.len() >= 2, "{ending}: {} texts", texts.len());
    texts
}

/// Each text whole, cut at some places, without a part in the middle, and followed by another.
fn tried(texts: &[Vec<u8>], promise: impl Fn(&[u8])) {
    for (i, text) in texts.iter().enumerate() {
        promise(text);
        for part in 1..6 {
            let cut = text.len() * part / 6;
            promise(&text[..cut]);
            let until = (cut + 7 * part).min(text.len());
            promise(&[&text[..cut], &text[until..]].concat());
        }
        promise(&[text.as_slice(), &texts[(i + 1) % texts.len()]].concat());
    }
}

const TEXTS: &[&str] = &["fuzz/seeds", "cases", "crates/detente/tests/cmd"];

#[test]
fn texts_keep_what_is_promised() {
    tried(&texts(TEXTS, "detente"), targets::parse);
}

#[test]
fn negotiations_keep_what_is_promised() {
    tried(&texts(TEXTS, "detente"), targets::analyze);
}

#[test]
fn json_forms_keep_what_is_promised() {
    tried(&texts(TEXTS, "json"), targets::model_json);
}

#[test]
fn gmcr_files_keep_what_is_promised() {
    tried(&texts(TEXTS, "gmcr"), targets::gmcr);
}

#[test]
fn scenarios_keep_what_is_promised() {
    tried(&texts(&["fuzz/seeds/scenario"], "txt"), targets::scenario);
}

#[test]
fn certificates_keep_what_is_promised() {
    tried(
        &texts(&["fuzz/seeds/certificate"], "json"),
        targets::certificate,
    );
}

#[test]
fn tables_of_events_keep_what_is_promised() {
    let seeds = &["fuzz/seeds/events", "crates/detente/tests/cmd/events.in"];
    tried(&texts(seeds, "tsv"), knowledge::events);
    tried(&texts(seeds, "csv"), knowledge::events);
}

#[test]
fn logs_keep_what_is_promised() {
    tried(&texts(&["fuzz/seeds/log"], "log"), knowledge::log);
}

#[test]
fn words_of_days_keep_what_is_promised() {
    tried(&texts(&["fuzz/seeds/days"], "txt"), knowledge::days);
}

#[test]
fn records_keep_what_is_promised() {
    tried(&texts(TEXTS, "detente"), knowledge::known);
}

#[test]
fn back_tests_keep_what_is_promised() {
    let seeds = texts(&["fuzz/seeds/asof"], "txt");
    let others = texts(&["cases"], "detente").into_iter();
    let others = others.map(|text| [b"2018-06-12\n", text.as_slice()].concat());
    tried(
        &seeds.into_iter().chain(others).collect::<Vec<_>>(),
        knowledge::asof,
    );
}

#[test]
fn reports_keep_what_is_promised() {
    for text in texts(TEXTS, "detente") {
        dossier::report(&text);
    }
}
