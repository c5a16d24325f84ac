//! Scenarios with results from independent implementations: read plainly, one element of XML a line, with nothing
//! of the importer that reads them in earnest.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read the scenarios from their folders"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use detente_analysis::bargain::{DealSpace, Worth};
use detente_analysis::model::IssueId;
use detente_analysis::model::bargain::Test;
use serde_json::Value;

use crate::bargain_naive::voice;

/// A file of a scenario.
fn file(name: &str, file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../detente-model/tests/data/packages")
        .join(name)
        .join(file)
}

/// What the independent implementations found.
pub(crate) fn expected(name: &str) -> Value {
    let text = std::fs::read_to_string(file(name, "expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The scenario of a folder.
pub(crate) fn scenario(name: &str) -> DealSpace {
    let mut space = DealSpace {
        sizes: Vec::new(),
        rules: Vec::new(),
        voices: Vec::new(),
    };
    for number in 0.. {
        let profile = format!("{name}-profile{}.xml", number + 1);
        let Ok(text) = std::fs::read_to_string(file(name, &profile)) else {
            break;
        };
        let (worth, reservation) = profile_of(&text);
        space.sizes = worth.tables.iter().map(|t| t.len() as u32).collect();
        let Worth {
            base,
            tables,
            terms,
        } = worth;
        let voice = voice(number, base, tables, terms, reservation);
        space.voices.push(voice);
    }
    assert!(!space.voices.is_empty(), "there is no scenario {name}");
    space
}

/// What packages are worth by a profile, and the reservation value. Discrete issues are worth their weights in
/// hundredths times their evaluations; boxes over whole numbers are worth what they say.
fn profile_of(text: &str) -> (Worth, Option<i128>) {
    let mut worth = Worth::default();
    let mut weights: BTreeMap<usize, i128> = BTreeMap::new();
    let mut reservation = None;
    let (mut amount, mut includes, mut excludes) = (0, Vec::new(), Vec::new());
    for line in text.lines() {
        if line.starts_with("<issue ") {
            // An issue of whole numbers from 0 has its levels here, a discrete one in its items.
            let levels = match attribute(line, "type") {
                "integer" => number(line, "upperbound") + 1,
                _ => 0,
            };
            worth.tables.push(vec![0; levels.try_into().unwrap()]);
        } else if line.starts_with("<item ") {
            let table = worth.tables.last_mut().unwrap();
            table.push(number(line, "evaluation"));
        } else if line.starts_with("<weight ") {
            weights.insert(place(line), hundredths(attribute(line, "value")));
        } else if line.starts_with("<reservation ") {
            reservation = Some(hundredths(attribute(line, "value")));
        } else if line.starts_with("<hyperRectangle") {
            amount = number(line, "utility");
        } else if line.starts_with("<INCLUDES") {
            includes.push(between(line));
        } else if line.starts_with("<EXCLUDES") {
            excludes.push(Test::Not(Box::new(between(line))));
        } else if line.starts_with("</hyperRectangle") {
            let includes = std::mem::take(&mut includes);
            let test = match std::mem::take(&mut excludes) {
                none if none.is_empty() => Test::And(includes),
                excludes => Test::Or(excludes),
            };
            worth.terms.push((amount, test));
        }
    }
    for (issue, weight) in weights {
        for value in &mut worth.tables[issue] {
            *value *= weight;
        }
    }
    (worth, reservation)
}

/// The value of an attribute on a line of XML.
fn attribute<'a>(line: &'a str, name: &str) -> &'a str {
    let (_, rest) = line.split_once(&format!(" {name}=\"")).unwrap();
    rest.split_once('"').unwrap().0
}

fn number(line: &str, name: &str) -> i128 {
    attribute(line, name).parse().unwrap()
}

/// The issue that a line is about, from 0.
fn place(line: &str) -> usize {
    attribute(line, "index").parse::<usize>().unwrap() - 1
}

/// A side of a box.
fn between(line: &str) -> Test {
    Test::Between {
        issue: IssueId(place(line) as u32),
        from: number(line, "min").try_into().unwrap(),
        to: number(line, "max").try_into().unwrap(),
    }
}

/// Hundredths of a decimal number with up to two places.
fn hundredths(text: &str) -> i128 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<2}").parse().unwrap()
}
