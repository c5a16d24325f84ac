//! What is held of every document: words of likelihood fit their numbers, and one thing is not told as several.

use detente::report::document::{Form, Inline, Line, Number, plain};

use super::Written;
use crate::told::each_sentence;

/// The bands of ICD 203, in hundredths, as the directive prints them.
const BANDS: [(&str, f64, f64); 7] = [
    ("almost no chance", 0.0, 5.0),
    ("very unlikely", 5.0, 20.0),
    ("unlikely", 20.0, 45.0),
    ("roughly even chance", 45.0, 55.0),
    ("likely", 55.0, 80.0),
    ("very likely", 80.0, 95.0),
    ("almost certain", 95.0, 100.0),
];

fn numbers<'a>(line: &'a Line, into: &mut Vec<&'a Number>) {
    for part in line {
        match part {
            Inline::Number(number) => into.push(number),
            Inline::Strong(parts) | Inline::Link { parts, .. } | Inline::Away { parts, .. } => {
                numbers(parts, into);
            }
            _ => {}
        }
    }
}

/// Every word of likelihood of the forecast is that of ICD 203 for the number that stands in the same sentence, with a
/// date; and no probability of the forecast stands in a sentence without its word.
pub(super) fn likelihoods_fit(written: &Written) -> usize {
    let mut seen = 0;
    each_sentence(&written.document.sections, &mut |sentence| {
        let says = plain(&sentence.parts);
        let mut own = Vec::new();
        numbers(&sentence.parts, &mut own);
        let mut words = Vec::new();
        for part in &sentence.parts {
            if let Inline::Told { text, from } = part
                && let Some(entry) = from.as_str().strip_suffix("/word")
            {
                words.push((entry.to_owned(), text.clone()));
            }
        }
        for (entry, word) in &words {
            seen += 1;
            let place = format!("{entry}/value");
            assert!(own.iter().any(|n| n.from.as_str() == place), "{says}");
            let dated = |n: &&&Number| n.form == Form::AsIs && n.shown.starts_with("20");
            assert!(own.iter().any(|n| dated(&n)), "no date: {says}");
            let value = written.json.pointer(&place).unwrap().as_f64().unwrap() * 100.0;
            let fits = match word.as_str() {
                "excluded" => value < 1e-9,
                "certain" => value > 100.0 - 1e-9,
                _ => BANDS
                    .iter()
                    .any(|(term, least, most)| term == word && (*least..=*most).contains(&value)),
            };
            assert!(fits, "{value} is not {word}: {says}");
        }
        for number in own {
            let from = number.from.as_str();
            if from.starts_with("/forecast") && from.ends_with("/value") {
                let entry = from.strip_suffix("/value").unwrap();
                assert!(words.iter().any(|(e, _)| e == entry), "no word: {says}");
            }
        }
    });
    seen
}

/// One thing is not told as several.
pub(super) fn agrees_in_number(text: &str) {
    let several = [
        "packages",
        "changes",
        "pairs",
        "days",
        "elements",
        "sources",
        "contradictions",
        "issues",
        "doubts",
        "things",
        "quotations",
        "ways",
        "fears",
    ];
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        for pair in words.windows(2) {
            if pair[0] == "1" {
                let word = pair[1].trim_end_matches(['.', ',', ';', ':']);
                assert!(!several.contains(&word), "{line}");
            }
        }
        let is_row = line.contains(" | ");
        assert!(is_row || !line.contains("  "), "two spaces: {line}");
        let spans = line.replace(" .. ", " to ");
        assert!(!spans.contains(".."), "two full stops: {line}");
    }
}
