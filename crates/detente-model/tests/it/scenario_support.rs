//! Scenarios for tests, and what they are worth by literal readings.

use std::path::{Path, PathBuf};

use detente_model::bargain::{Bargain, Utility, Weight};
use detente_model::scenario::{Imported, Options, Remark, ScenarioFile, import};
use detente_model::{Model, resolve};
use num_rational::BigRational;

pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/packages")
        .join(name)
}

/// The files of a folder with one of these endings, by name.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Vec<ScenarioFile> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|p| {
            p.extension()
                .is_some_and(|e| endings.iter().any(|x| e == *x))
        })
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|p| ScenarioFile {
            name: p.file_name().unwrap().to_str().unwrap().to_owned(),
            bytes: std::fs::read(p).unwrap(),
        })
        .collect()
}

pub(crate) fn texts(files: &[(&str, &str)]) -> Vec<ScenarioFile> {
    files
        .iter()
        .map(|(name, text)| ScenarioFile {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
        .collect()
}

pub(crate) fn imported(files: &[ScenarioFile], options: &Options) -> Imported {
    import(files, options).unwrap_or_else(|problems| panic!("refused: {}", told(&problems)))
}

/// Remarks, one a line: the code and the message.
pub(crate) fn told(remarks: &[Remark]) -> String {
    let told = remarks
        .iter()
        .map(|r| format!("{} {}", r.diagnostic.code, r.diagnostic.message));
    told.collect::<Vec<_>>().join("\n")
}

/// The model of a scenario, by its text; resolving the document directly must say the same.
pub(crate) fn model(imported: &Imported) -> Model {
    let text = detente_syntax::print(&imported.document);
    let parsed = detente_syntax::parse(&text);
    assert!(!parsed.has_errors(), "{:?}\n{text}", parsed.diagnostics);
    assert_eq!(parsed.document, imported.document, "{text}");
    let direct = resolve(&imported.document);
    let resolved = resolve(&parsed.document);
    let model = resolved
        .model
        .unwrap_or_else(|| panic!("{:?}\n{text}", resolved.diagnostics));
    let direct = direct.model.expect("resolved from text");
    assert_eq!(direct.bargain.sides, model.bargain.sides);
    assert_eq!(direct.bargain.issues, model.bargain.issues);
    let json = detente_model::json::to_json(&imported.document);
    let back = detente_model::json::from_json(&json).expect("the JSON form");
    assert_eq!(back, imported.document);
    model
}

pub(crate) fn read(files: &[ScenarioFile], options: &Options) -> Model {
    model(&imported(files, options))
}

/// Everybody's utilities: each party, followed by its ratifiers.
pub(crate) fn utilities(bargain: &Bargain) -> Vec<&Utility> {
    let sides = bargain.sides.iter();
    sides
        .flat_map(|s| {
            s.utility
                .iter()
                .chain(s.ratifiers.iter().map(|r| &r.utility))
        })
        .collect()
}

/// What a package is worth, as the definition says it.
pub(crate) fn worth(utility: &Utility, levels: &[u16]) -> BigRational {
    let mut sum = whole(0);
    for (table, level) in utility.tables.iter().zip(levels) {
        let Weight::Known(weight) = &table.weight else {
            panic!("a weight is not known");
        };
        assert!(!weight.is_doubtful());
        let value = &table.values[usize::from(*level)];
        assert!(!value.is_doubtful());
        sum += &weight.least * &value.least;
    }
    for term in &utility.terms {
        if term.condition.test.holds(levels) {
            sum += &term.worth.least;
        }
    }
    sum
}

pub(crate) fn whole(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

/// `12.5` as a fraction.
pub(crate) fn number(text: &str) -> BigRational {
    let (digits, places) = match text.split_once('.') {
        Some((before, after)) => (format!("{before}{after}"), after.len()),
        None => (text.to_owned(), 0),
    };
    let places = u32::try_from(places).unwrap();
    BigRational::new(
        digits.parse().unwrap(),
        num_bigint::BigInt::from(10).pow(places),
    )
}

/// All packages, the last issue fastest.
pub(crate) fn packages(bargain: &Bargain) -> Vec<Vec<u16>> {
    let mut all = vec![Vec::new()];
    for issue in &bargain.issues {
        let levels = 0..u16::try_from(issue.levels.len()).unwrap();
        all = all
            .into_iter()
            .flat_map(|package: Vec<u16>| {
                levels.clone().map(move |level| {
                    let mut longer = package.clone();
                    longer.push(level);
                    longer
                })
            })
            .collect();
    }
    all
}

/// So many packages, drawn by a plain generator of pseudo-random numbers.
pub(crate) fn some_packages(bargain: &Bargain, count: usize) -> Vec<Vec<u16>> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut draw = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        u16::try_from(state % below as u64).unwrap()
    };
    (0..count)
        .map(|_| {
            bargain
                .issues
                .iter()
                .map(|i| draw(i.levels.len()))
                .collect()
        })
        .collect()
}
