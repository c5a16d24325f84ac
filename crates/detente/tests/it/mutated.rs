//! Texts of negotiations with lines dropped, days exchanged and names changed: whatever can still be understood is told
//! by everything that tells of a record, without a panic, and what stops says why.

use std::collections::BTreeSet;

use crate::promises::{dossier, knowledge, targets};

/// How many texts are tried, unless the environment asks for more.
const CASES: u64 = 600;

/// Numbers that look random: `SplitMix64` (G. L. Steele and others, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

const DAYS: [&str; 9] = [
    "0001-01-01",
    "9999-12-31",
    "2019-01-20",
    "2019-02-28",
    "2020-02-29",
    "\"last Friday\"",
    "\"near the end of February\"",
    "\"next month\"",
    "\"9999\"",
];

/// Words and numbers of a text, with their places.
fn words(text: &str) -> Vec<(usize, &str)> {
    let sign = |c: char| !(c.is_alphanumeric() || c == '-' || c == '_');
    let all = text.split(sign).filter(|word| !word.is_empty());
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    all.map(|word| (place(word), word)).collect()
}

fn is_day(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    word.len() == 10 && digits == 8 && word.matches('-').count() == 2
}

fn with(text: &str, at: usize, old: &str, new: &str) -> String {
    format!("{}{new}{}", &text[..at], &text[at + old.len()..])
}

/// A text with one thing changed.
fn changed(text: &str, others: &[String], random: &mut Random) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let words = words(text);
    let days: Vec<(usize, &str)> = words.iter().copied().filter(|w| is_day(w.1)).collect();
    let line = random.below(lines.len());
    match random.below(8) {
        0 => [&lines[..line], &lines[(line + 1).min(lines.len())..]]
            .concat()
            .join("\n"),
        1 => [&lines[..line], &lines[line.saturating_sub(1)..]]
            .concat()
            .join("\n"),
        2 => {
            let other = random.one(others).map_or("", String::as_str);
            let other: Vec<&str> = other.lines().collect();
            let strange = random.one(&other).copied().unwrap_or_default();
            [&lines[..line], &[strange], &lines[line..]]
                .concat()
                .join("\n")
        }
        3 | 4 => match (random.one(&days).copied(), random.one(&days)) {
            (Some((at, old)), Some((_, new))) => with(text, at, old, new),
            _ => text.to_owned(),
        },
        5 => match (random.one(&days).copied(), random.one(&DAYS)) {
            (Some((at, old)), Some(new)) => with(text, at, old, new),
            _ => text.to_owned(),
        },
        _ => match (random.one(&words).copied(), random.one(&words)) {
            (Some((at, old)), Some((_, new))) if !is_day(old) => with(text, at, old, new),
            _ => text.to_owned(),
        },
    }
}

#[test]
fn changed_texts_are_told_or_refused() {
    let asked = std::env::var("DETENTE_MUTATED").ok();
    let cases = asked.map_or(CASES, |n| n.parse().unwrap());
    let texts: Vec<String> = crate::promises::texts(&["fuzz/seeds", "cases"], "detente")
        .into_iter()
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .filter(|text| text.len() < 20_000)
        .collect();
    // What has a record is what this is about.
    let known: Vec<String> = texts
        .iter()
        .filter(|t| t.contains("\ncalendar") || t.contains("\nclaim"))
        .cloned()
        .collect();
    assert!(known.len() >= 4, "{} texts with a record", known.len());
    let mut understood = 0;
    let mut codes = BTreeSet::new();
    for case in 0..cases {
        let mut random = Random(case);
        let list = if case % 4 == 0 { &texts } else { &known };
        let mut text = random.one(list).cloned().unwrap_or_default();
        for _ in 0..=random.below(3) {
            text = changed(&text, &texts, &mut random);
        }
        let day = ["2019-01-20", "2018-06-12", "2019-03-01"][random.below(3)];
        let tried = std::panic::catch_unwind(|| {
            targets::parse(text.as_bytes());
            knowledge::known(text.as_bytes());
            knowledge::asof(format!("{day}\n{text}").as_bytes());
        });
        assert!(tried.is_ok(), "case {case}, as of {day}:\n{text}");
        let parsed = detente::syntax::parse(&text);
        if parsed.has_errors() {
            continue;
        }
        let resolved = detente::model::resolve(&parsed.document);
        understood += u64::from(resolved.model.is_some());
        codes.extend(resolved.diagnostics.iter().map(|d| d.code.to_string()));
    }
    println!(
        "{cases} texts, {understood} understood, {} codes",
        codes.len()
    );
    assert!(understood * 4 > cases, "{understood} of {cases} understood");
}

/// Texts that every markup has to be kept from, as the language writes them in quotes.
const HOSTILE: [&str; 6] = [
    "</script></style></svg><b onclick='x'>&amp;<!-- ]]> --><![CDATA[",
    "\\\\end{document} %d $x$ #1 ~^_{} \\\\\\\\ | * ` [a](b) ![c](d) @e",
    "=1+1",
    "\u{202e}\u{2066}\u{feff}\u{301}\u{fffe}\u{200d}",
    "\\\"\\\"\\\\\\\"",
    " ",
];

/// Every text in quotes with something hostile before, within or after it, the same everywhere.
fn hostile(text: &str, with: &str) -> String {
    let mut made = String::new();
    let (mut quoted, mut escaped, mut comment) = (false, false, false);
    for letter in text.chars() {
        match letter {
            '\n' => (quoted, comment) = (false, false),
            '#' if !quoted => comment = true,
            '"' if !escaped && !comment => {
                if quoted {
                    made.push_str(with);
                }
                quoted = !quoted;
            }
            _ => {}
        }
        escaped = letter == '\\' && !escaped;
        made.push(letter);
    }
    made
}

#[test]
fn hostile_words_make_reports() {
    let texts = crate::promises::texts(&["fuzz/seeds", "cases/diplomacy"], "detente");
    let texts = texts.iter().map(|t| std::str::from_utf8(t).unwrap());
    let mut understood = 0;
    for text in texts.filter(|t| t.contains('"')) {
        for with in HOSTILE {
            let made = hostile(text, with);
            let parsed = detente::syntax::parse(&made);
            understood += u32::from(!parsed.has_errors());
            let tried = std::panic::catch_unwind(|| dossier::report(made.as_bytes()));
            assert!(tried.is_ok(), "{made}");
        }
    }
    assert!(understood > 60, "{understood} understood");
}

#[test]
fn changed_texts_make_reports_or_are_refused() {
    let asked = std::env::var("DETENTE_MUTATED").ok();
    let cases = asked.map_or(CASES, |n| n.parse().unwrap());
    let texts: Vec<String> = crate::promises::texts(&["fuzz/seeds"], "detente")
        .into_iter()
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .filter(|text| text.len() < 3_000)
        .collect();
    let mut understood = 0;
    for case in 0..cases {
        let mut random = Random(case);
        let mut text = random.one(&texts).cloned().unwrap_or_default();
        for _ in 0..=random.below(3) {
            text = changed(&text, &texts, &mut random);
        }
        let tried = std::panic::catch_unwind(|| dossier::report(text.as_bytes()));
        assert!(tried.is_ok(), "case {case}:\n{text}");
        understood += u64::from(!detente::syntax::parse(&text).has_errors());
    }
    assert!(understood * 4 > cases, "{understood} of {cases} understood");
}
