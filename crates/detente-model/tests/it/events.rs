//! Tables of coded events as candidates.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use detente_model::events::{Actor, Layout, Request, Sign, calendar, candidates_text, read};
use proptest::prelude::*;

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../detente/tests/cmd/events.in/"
    );
    std::fs::read(format!("{folder}{name}")).unwrap()
}

fn between(actors: &[&str]) -> Request {
    Request {
        actors: actors.iter().map(|a| Actor::read(a).unwrap()).collect(),
        ..Request::default()
    }
}

#[test]
fn icews_rows_of_one_visit_are_one_candidate() {
    let found = read(
        &fixture("icews.tsv"),
        &between(&["United States=US", "North Korea=DPRK"]),
    )
    .unwrap();
    assert_eq!(found.layout, Layout::Icews);
    assert_eq!(found.rows, 9);
    assert_eq!(found.outside, 1, "Sweden is not asked for");
    let lines: Vec<u64> = found.malformed.iter().map(|m| m.line).collect();
    assert_eq!(lines, [8, 9]);
    assert!(found.malformed[0].reason.contains("`2019-02-30` is no day"));
    assert!(found.malformed[1].reason.contains("3 cells instead of 20"));
    let told: Vec<(String, &str, usize, usize)> = found
        .candidates
        .iter()
        .map(|c| (c.date.to_string(), c.kind, c.reports.len(), c.witnesses))
        .collect();
    let expected = [
        ("2019-01-18".to_owned(), "consult", 3, 2),
        ("2019-01-18".to_owned(), "statement", 1, 1),
        ("2019-01-20".to_owned(), "demand", 1, 1),
        ("2019-01-31".to_owned(), "intent", 1, 1),
    ];
    assert_eq!(told, expected);
    assert_eq!(found.candidates[0].words, "receives a visit");
    assert_eq!(found.candidates[0].codes, ["042", "043"]);
    assert_eq!(
        found.candidates[0].source.name, "United States",
        "it receives the visit"
    );
    assert_eq!(found.candidates[3].words, "means to meet or to negotiate");
}

#[test]
fn gdelt_has_its_history_flagged_and_its_reprints_joined() {
    let found = read(&fixture("gdelt2.tsv"), &Request::default()).unwrap();
    assert_eq!(found.layout, Layout::Gdelt2);
    assert_eq!(found.one_sided, 1);
    let [old, visit, recalled] = found.candidates.as_slice() else {
        panic!("{:?}", found.candidates);
    };
    assert_eq!(old.signs, [Sign::ToldLater(365)]);
    assert!(visit.signs.is_empty());
    assert_eq!(
        (visit.reports.len(), visit.witnesses),
        (2, 1),
        "the same story at two addresses"
    );
    assert_eq!(visit.reports[1].publisher.as_deref(), Some("example.com"));
    assert_eq!(recalled.signs, [Sign::EarlierYear(2000)]);
    let first = read(&fixture("gdelt1.tsv"), &Request::default()).unwrap();
    assert_eq!(first.layout, Layout::Gdelt1);
    assert_eq!(
        first.candidates[0].id, visit.id,
        "an id is the same in every table"
    );
}

#[test]
fn polecat_types_become_kinds() {
    let found = read(&fixture("polecat.tsv"), &between(&["USA=US", "PRK=DPRK"])).unwrap();
    assert_eq!(found.layout, Layout::Polecat);
    let kinds: Vec<_> = found
        .candidates
        .iter()
        .map(|c| (c.date.to_string(), c.kind))
        .collect();
    let expected = [
        ("2000-10-10", "consult"),
        ("2019-01-19", "consult"),
        ("2019-01-20", "request"),
    ];
    assert_eq!(kinds, expected.map(|(d, k)| (d.to_owned(), k)));
    assert!(matches!(found.candidates[0].signs[..], [Sign::ToldLater(days)] if days > 6000));
    assert_eq!(found.candidates[1].words, "consult (visit)");
}

#[test]
fn a_plain_table_says_what_is_history_and_what_is_copied() {
    let found = read(
        &fixture("plain.csv"),
        &between(&["North Korea=DPRK", "United States=US"]),
    )
    .unwrap();
    assert_eq!(found.malformed.len(), 1);
    assert!(found.malformed[0].reason.contains("`999`"));
    let (visit, recalled) = (&found.candidates[0], &found.candidates[1]);
    assert_eq!(
        (visit.reports.len(), visit.witnesses),
        (3, 2),
        "the copy is no witness"
    );
    assert!(visit.signs.is_empty());
    assert_eq!((recalled.reports.len(), recalled.date), (1, visit.date));
    assert_eq!(recalled.signs, [Sign::EarlierYear(2000)]);
    assert_ne!(recalled.id, visit.id);
    let text = calendar(&[visit, recalled]);
    assert_eq!(
        detente_model::syntax::parse(&text).diagnostics,
        [],
        "{text}"
    );
    assert!(
        text.contains("perhaps history: the text names the year 2000"),
        "{text}"
    );
    assert!(
        text.contains("source synthetic_wire \"Synthetic Wire\""),
        "{text}"
    );
    let line = "  2019-01-18 consult \"Kim Yong-chol visits the White House\" with DPRK, US [synthetic_wire, example_daily, ";
    assert!(text.contains(line), "{text}");
    let listed = candidates_text(&found);
    assert_eq!(
        detente_model::syntax::parse(&listed).diagnostics,
        [],
        "{listed}"
    );
    let inside = listed
        .lines()
        .filter(|l| !l.starts_with('#') && !l.starts_with("calendar") && *l != "}");
    assert!(
        inside.clone().count() > 3 && inside.clone().all(|l| l.starts_with("  # ")),
        "{listed}"
    );
}

#[test]
fn days_and_actors_restrict() {
    let table = fixture("plain.csv");
    let mut request = between(&["sweden"]);
    let found = read(&table, &request).unwrap();
    assert_eq!(found.candidates.len(), 1);
    assert_eq!(
        found.candidates[0].codes,
        ["046"],
        "a leading zero that a spreadsheet dropped"
    );
    request.actors.clear();
    request.from = "2019-01-20".parse().ok();
    request.to = "2019-01-20".parse().ok();
    let found = read(&table, &request).unwrap();
    assert_eq!(found.candidates.len(), 1);
    assert_eq!(found.candidates[0].kind, "demand");
}

#[test]
fn what_is_no_table_is_said() {
    let said = |bytes: &[u8]| read(bytes, &Request::default()).unwrap_err().to_string();
    assert!(said(b"").contains("it is empty"));
    assert!(said(b"1\t2\t3\n").contains("3 columns"));
    assert!(said(b"date,source,code\n").contains("no column `target name`"));
    assert!(said(b"negotiation \"x\"\n").contains("no column `date`"));
    assert!(Actor::read("=US").is_none());
    assert!(Actor::read("North Korea=not a name").is_none());
    assert!(
        Actor::read("North Korea=party").is_none(),
        "a reserved word"
    );
}

#[test]
fn a_hundred_thousand_rows_are_a_few_candidates() {
    let mut table = b"date,source,target,code,text,publisher\n".to_vec();
    for number in 0..100_000 {
        let row = format!(
            "2019-01-{:02},A,B,{:03},story n{number},P{}\n",
            number % 28 + 1,
            10 + number % 5,
            number % 7
        );
        table.extend_from_slice(row.as_bytes());
    }
    let found = read(&table, &Request::default()).unwrap();
    assert_eq!(found.candidates.len(), 28, "codes 010 to 014 have one root");
    assert_eq!(
        found
            .candidates
            .iter()
            .map(|c| c.reports.len())
            .sum::<usize>(),
        100_000
    );
}

/// Rows drawn from few days, names and codes.
#[test]
fn forty_thousand_publishers_of_one_word_have_names_of_their_own() {
    // None of these can be written in the letters of a name, so all share one word.
    let mut table = "date,source,target,code,text,publisher\n".to_owned();
    for n in 0..40_000_u32 {
        let name: String = n
            .to_string()
            .bytes()
            .map(|d| char::from_u32(0x0430 + u32::from(d)).unwrap())
            .collect();
        table += &format!("2019-01-18,A,B,042,text {n},{name}\n");
    }
    let found = read(table.as_bytes(), &Request::default()).unwrap();
    let begun = Instant::now();
    let written = candidates_text(&found);
    let line = written.lines().max_by_key(|l| l.len()).unwrap();
    let cited: Vec<&str> = line
        .split_once('[')
        .unwrap()
        .1
        .trim_end_matches(']')
        .split(", ")
        .collect();
    let each: BTreeSet<&&str> = cited.iter().collect();
    assert_eq!(each.len(), cited.len());
    assert!(cited.len() > 39_000, "{}", cited.len());
    // Comparing all pairs takes minutes here.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

fn rows() -> impl Strategy<Value = Vec<(u8, u8, u8, u8, u8)>> {
    prop::collection::vec((1_u8..4, 0_u8..3, 0_u8..3, 0_u8..6, 0_u8..4), 0..40)
}

const NAMES: [&str; 3] = ["Alpha", "beta", "Gamma"];
const CODES: [&str; 6] = ["040", "042", "043", "100", "10", "112"];

/// Day, both sides and the root of the code.
type Class<'a> = (u8, u8, u8, &'a str);

proptest! {
    /// Candidates are the classes of "same day, same sides, same root", where the sides of root 04 have no order,
    /// and witnesses the classes of "same text", both found by comparing all pairs.
    #[test]
    fn candidates_are_classes_of_rows(rows in rows()) {
        let mut table = "date,source,target,code,text\n".to_owned();
        for (day, source, target, code, text) in &rows {
            table += &format!(
                "2019-01-0{day},{},{},{},text {text}\n",
                NAMES[usize::from(*source)], NAMES[usize::from(*target)], CODES[usize::from(*code)],
            );
        }
        let found = read(table.as_bytes(), &Request::default()).unwrap();
        let root = |code: u8| &CODES[usize::from(code)][..2];
        let mut classes: BTreeMap<Class<'_>, (usize, BTreeSet<u8>)> = BTreeMap::new();
        for (day, source, target, code, text) in &rows {
            let mutual = root(*code) == "04";
            let (a, b) = if mutual { (source.min(target), source.max(target)) } else { (source, target) };
            let class = classes.entry((*day, *a, *b, root(*code))).or_default();
            class.0 += 1;
            class.1.insert(*text);
        }
        let mut expected: Vec<(usize, usize)> = classes.values().map(|(n, texts)| (*n, texts.len())).collect();
        let mut told: Vec<(usize, usize)> =
            found.candidates.iter().map(|c| (c.reports.len(), c.witnesses)).collect();
        expected.sort_unstable();
        told.sort_unstable();
        prop_assert_eq!(told, expected);
        let ids: BTreeSet<&str> = found.candidates.iter().map(|c| c.id.as_str()).collect();
        prop_assert_eq!(ids.len(), found.candidates.len());
    }

    /// Bytes of any kind are read or refused.
    #[test]
    fn no_bytes_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..400), header in any::<bool>()) {
        let mut table = if header { b"date;source;target;type\n".to_vec() } else { Vec::new() };
        table.extend(bytes);
        if let Ok(found) = read(&table, &Request::default()) {
            let _ = candidates_text(&found);
        }
    }

    /// Cells with odd letters make lines that are still one line each.
    #[test]
    fn titles_stay_on_their_lines(text in "[^,\r]{0,60}", name in "[^,\r\n\"]{1,20}") {
        let quoted = text.replace('"', "\"\"");
        let table = format!("date,source,target,code,text,publisher\n2019-01-01,{name},B,040,\"{quoted}\",{name}\n");
        let found = read(table.as_bytes(), &Request::default()).unwrap();
        let accepted: Vec<_> = found.candidates.iter().collect();
        let written = calendar(&accepted);
        let events = written.lines().filter(|l| l.trim_start().starts_with("2019-"));
        prop_assert_eq!(events.count(), accepted.len());
        let parsed = detente_model::syntax::parse(&written);
        prop_assert!(!parsed.has_errors(), "{written}\n{:?}", parsed.diagnostics);
    }
}
