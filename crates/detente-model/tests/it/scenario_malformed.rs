//! Whatever bytes are read, the answer is a document that can be written and read, or problems.

use detente_model::scenario::{Evaluations, Options, ScenarioFile, export, import, part, text};
use proptest::prelude::*;

use crate::scenario_support::{files, folder};

/// Reads files and holds the result against what every result must be.
fn look(files: &[ScenarioFile]) {
    for (evaluations, named) in [(Evaluations::Raw, true), (Evaluations::Genius, false)] {
        let options = Options {
            evaluations,
            named,
            steps: 3,
            ..Options::default()
        };
        let remarks = match import(files, &options) {
            Err(problems) => {
                assert!(!problems.is_empty(), "refused without a reason");
                assert!(problems.iter().all(|p| p.diagnostic.is_error()));
                problems
            }
            Ok(imported) => {
                assert!(imported.notes.iter().all(|n| !n.diagnostic.is_error()));
                let printed = detente_syntax::print(&imported.document);
                let parsed = detente_syntax::parse(&printed);
                assert!(!parsed.has_errors(), "{:?}\n{printed}", parsed.diagnostics);
                assert_eq!(parsed.document, imported.document);
                if let Some(model) = detente_model::resolve(&parsed.document).model {
                    let _ = export(&model, "x");
                }
                imported.notes
            }
        };
        for remark in remarks {
            if let (Some(file), Some(label)) = (remark.file, remark.diagnostic.primary) {
                let text = text(&files[file].bytes);
                assert!(
                    text.get(label.span.start..label.span.end).is_some(),
                    "{label:?}"
                );
            }
        }
    }
    for file in files {
        let _ = part(&file.bytes);
    }
}

fn seeds() -> Vec<Vec<ScenarioFile>> {
    [
        ("own-tiny-9", "xml"),
        ("own-tiny-9/geniusweb", "json"),
        ("own-tiny-9/negmas-yaml", "yml"),
        ("own-tiny-9/negolog", "json"),
        ("own-box-1e4", "xml"),
        ("dirt/names", "xml"),
        ("dirt/price", "xml"),
        ("dirt/python", "yml"),
    ]
    .map(|(name, ending)| files(&folder(name), &[ending]))
    .to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        look(&[ScenarioFile { name: "a.xml".to_owned(), bytes }]);
    }

    #[test]
    fn damaged_scenarios_are_answered(
        seed in 0usize..8,
        file in any::<prop::sample::Index>(),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..30, "[<>\"'&=0-9a-z.:{}\\[\\], -]{0,6}"), 1..4),
    ) {
        let mut all = seeds()[seed].clone();
        let place = file.index(all.len());
        for (at, length, insert) in cuts {
            let bytes = &mut all[place].bytes;
            if bytes.is_empty() {
                continue;
            }
            let start = at.index(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, insert.into_bytes());
        }
        look(&all);
    }
}

#[test]
fn all_kinds_of_dirt_are_answered() {
    for entry in std::fs::read_dir(folder("dirt")).unwrap() {
        look(&files(&entry.unwrap().path(), &["xml", "yml", "json"]));
    }
    look(&[]);
}
