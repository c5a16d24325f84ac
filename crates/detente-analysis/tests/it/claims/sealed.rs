//! The log: what is sealed is read back, and whatever is changed is found.

use detente_analysis::claims::log::{
    Fault, ForecastEntry, GradeEntry, Log, OutcomeEntry, What, append, read,
};
use detente_analysis::claims::register::{Refusal, Register};
use detente_analysis::claims::score::calibration::Bins;
use detente_analysis::claims::score::{Score, score};
use detente_model::syntax::ast::Came;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

fn forecast(name: &str, by: &str, said: Date, probability: &str) -> ForecastEntry {
    ForecastEntry {
        name: name.to_owned(),
        by: by.to_owned(),
        said,
        title: None,
        probability: Some(probability.to_owned()),
        words: None,
        graded: Vec::new(),
        first: None,
        last: None,
        condition: None,
        rule: None,
        reference: None,
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_550_000_000 + second).unwrap()
}

/// A log of so many forecasts, one written after another.
fn written(count: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for i in 0..count {
        add(&mut bytes, i);
    }
    bytes
}

fn add(bytes: &mut Vec<u8>, i: usize) {
    let entry = forecast(
        &format!("ques\u{201c}tion {i}"),
        "author",
        date(2019, 1, 20),
        "0.7",
    );
    let more = append(&read(bytes), at(i as i64), vec![What::Forecast(entry)]).unwrap();
    bytes.extend_from_slice(&more);
}

fn lines(log: &Log) -> Vec<usize> {
    log.defects.iter().map(|d| d.line).collect()
}

#[test]
fn what_is_written_is_read_and_sealed_as_said() {
    let bytes = written(3);
    let log = read(&bytes);
    assert_eq!(
        (log.defects.len(), log.tail.is_none(), log.entries.len()),
        (0, true, 4)
    );
    // The seal is the hash of the bytes of the line before `,"seal":`, and the next line names it.
    let text = String::from_utf8(bytes).unwrap();
    let mut before = "0".repeat(64);
    for line in text.lines() {
        assert!(line.contains(&format!("\"before\":\"{before}\"")), "{line}");
        let (sealed, seal) = line.split_once(",\"seal\":").unwrap();
        let hash: String = Sha256::digest(sealed)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(seal, format!("\"{hash}\"}}"));
        before = hash;
    }
    assert_eq!(log.head(), before);
    assert_eq!(read(b"").entries.len(), 0);
    assert!(append(&read(b""), at(0), Vec::new()).unwrap().is_empty());
}

/// Every byte, changed in some way, is found, and a line at most one away from it is named: a line that loses
/// its end runs together with the next.
#[test]
fn any_changed_byte_is_found_and_its_line_named() {
    let bytes = written(3);
    for at in 0..bytes.len() {
        let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
        for change in [0x01, 0x20, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            let log = read(&changed);
            let torn = log.tail.as_ref().map(|t| t.line);
            let named = log.defects.first().map(|d| d.line).or(torn);
            assert_eq!(named, Some(line), "byte {at} ^ {change}");
            assert!(log.entries.len() < 4);
        }
    }
}

#[test]
fn lines_taken_away_exchanged_or_repeated_are_found() {
    let bytes = written(4);
    let lines_of: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
    let without = [lines_of[0], lines_of[1], lines_of[3], lines_of[4]].concat();
    assert_eq!(read(&without).defects[0].fault, Fault::Chain);
    assert_eq!(lines(&read(&without)), [3]);
    let exchanged = [
        lines_of[0],
        lines_of[2],
        lines_of[1],
        lines_of[3],
        lines_of[4],
    ]
    .concat();
    assert_eq!(lines(&read(&exchanged)), [2, 3, 4]);
    let repeated = [lines_of[0], lines_of[1], lines_of[1], lines_of[2]].concat();
    assert_eq!(lines(&read(&repeated))[0], 3);
    let headless = lines_of[1..].concat();
    assert_eq!(lines(&read(&headless)), [1]);
    let blank = [lines_of[0], b"\n", lines_of[1]].concat();
    assert_eq!(lines(&read(&blank)), [2]);
    // Taken from the end: sealed all the same, with another head.
    let shorter = lines_of[..4].concat();
    assert!(read(&shorter).defects.is_empty() && read(&shorter).head() != read(&bytes).head());
}

#[test]
fn other_files_are_no_logs() {
    for other in [
        "hello",
        "hello\n",
        "{\"a\":1}\n",
        "party US { option a }\n",
        "\n",
        "\u{feff}",
    ] {
        assert!(read(other.as_bytes()).is_foreign(), "{other:?}");
    }
    assert!(read(&[0xff, 0xfe, 0, 0]).is_foreign());
    assert!(append(&read(b"hello"), at(0), vec![What::Begin(String::new())]).is_err());
}

/// Cut anywhere, only whole lines are read; the next entry marks what is torn, and the log is sound again. Cut in the
/// middle of that too, and again.
#[test]
fn torn_ends_are_never_read_and_never_lost() {
    let bytes = written(3);
    let starts = bytes.iter().position(|b| *b == b'\n').unwrap();
    // Every place of the first line and of the ends of lines, and some of the others.
    let ends =
        |cut: &usize| *cut < starts || bytes[cut.saturating_sub(4)..*cut + 1].contains(&b'\n');
    for cut in (0..bytes.len()).filter(|c| ends(c) || c % 11 == 0) {
        let whole = bytes[..cut].iter().filter(|b| **b == b'\n').count();
        let mut torn = bytes[..cut].to_vec();
        let log = read(&torn);
        assert_eq!((log.entries.len(), log.defects.len()), (whole, 0), "{cut}");
        assert_eq!(
            log.tail.is_some(),
            cut > 0 && bytes[cut - 1] != b'\n',
            "{cut}"
        );
        let kept = torn.clone();
        add(&mut torn, 9);
        assert!(torn.starts_with(&kept));
        let log = read(&torn);
        assert_eq!((log.defects.len(), log.tail.is_none()), (0, true), "{cut}");
        assert_eq!(
            log.entries.len(),
            whole + 1 + usize::from(whole == 0),
            "{cut}"
        );
        for again in (kept.len()..torn.len()).step_by(61) {
            let mut twice = torn[..again].to_vec();
            let before = read(&twice).entries.len();
            assert!(read(&twice).defects.is_empty(), "{cut} {again}");
            add(&mut twice, 8);
            let log = read(&twice);
            assert_eq!(
                (log.defects.len(), log.tail.is_none()),
                (0, true),
                "{cut} {again}"
            );
            assert_eq!(log.entries.len(), before + 1 + usize::from(before == 0));
        }
    }
}

#[test]
fn torn_bytes_are_sealed_too() {
    let mut bytes = written(2);
    bytes.extend_from_slice(b"{\"n\":4,\"at\":\"20");
    let from = bytes.len() - 4;
    add(&mut bytes, 7);
    assert!(read(&bytes).defects.is_empty());
    bytes[from] ^= 1;
    assert_eq!(read(&bytes).defects[0].fault, Fault::Torn);
    assert_eq!(lines(&read(&bytes))[0], 4);
}

/// 0.5 for ten days and 0.8 for five: (10 · 0.25 + 5 · 0.04) / 15 = 0.18.
#[test]
fn updates_of_a_log_are_weighted_by_days() {
    let mut register = Register::default();
    let mut first = forecast("summit", "author", date(2019, 1, 1), "0.5");
    first.last = Some(date(2019, 3, 5));
    let second = forecast("summit", "author", date(2019, 1, 11), "0.8");
    let other = forecast("summit", "analyst", date(2019, 1, 11), "0.4");
    for entry in [&first, &second, &other] {
        assert_eq!(register.check(entry), Ok(true));
        register.add(entry);
        assert_eq!(register.check(entry), Ok(false));
    }
    let outcome = OutcomeEntry {
        name: "summit".to_owned(),
        came: Came::Yes,
        on: date(2019, 1, 16),
        because: None,
    };
    assert_eq!(register.check_outcome(&outcome), Ok(true));
    register.resolve(&outcome);
    assert_eq!(register.check_outcome(&outcome), Ok(false));
    let scores = score(&register.questions(), Bins::Bands);
    let Score::Binary(author) = &scores.questions[0].score else {
        panic!("{scores:?}");
    };
    assert!((author.brier - 0.04).abs() < 1e-12);
    assert!((author.time_weighted.unwrap() - 0.18).abs() < 1e-12);
    assert_eq!(scores.speakers.len(), 2);
    let late = forecast("summit", "author", date(2019, 1, 17), "0.99");
    assert_eq!(register.check(&late), Err(Refusal::Resolved(Came::Yes)));
}

#[test]
fn entries_that_make_no_sense_are_refused() {
    let mut register = Register::default();
    let day = date(2019, 1, 1);
    let base = forecast("q", "author", day, "0.7");
    let mut entry = base.clone();
    entry.probability = Some("1.2".to_owned());
    assert_eq!(
        register.check(&entry),
        Err(Refusal::NoProbability("1.2".to_owned()))
    );
    entry.probability = None;
    assert_eq!(register.check(&entry), Err(Refusal::NoLikelihood));
    entry.words = Some("possible".to_owned());
    assert_eq!(
        register.check(&entry),
        Err(Refusal::NoWord("possible".to_owned()))
    );
    entry.words = Some("probable".to_owned());
    assert_eq!(register.check(&entry), Ok(true));
    entry.probability = Some("0.9".to_owned());
    assert!(matches!(
        register.check(&entry),
        Err(Refusal::OutsideBand(..))
    ));
    entry = base.clone();
    entry.name = "a\nb".to_owned();
    assert!(matches!(register.check(&entry), Err(Refusal::Name(_))));
    entry = base.clone();
    (entry.first, entry.last) = (Some(date(2019, 2, 1)), Some(day));
    assert_eq!(register.check(&entry), Err(Refusal::Window));
    let mut graded = base.clone();
    let grade = |outcome: &str, p: &str| GradeEntry {
        outcome: outcome.to_owned(),
        probability: p.to_owned(),
    };
    graded.graded = vec![grade("a", "0.5"), grade("b", "0.5")];
    assert_eq!(register.check(&graded), Err(Refusal::NoLikelihood));
    graded.probability = None;
    assert_eq!(register.check(&graded), Ok(true));
    graded.graded[1].probability = "0.4".to_owned();
    assert_eq!(register.check(&graded), Err(Refusal::Sum(900_000)));
    register.add(&base);
    entry = base.clone();
    entry.title = Some("Another".to_owned());
    assert_eq!(register.check(&entry), Err(Refusal::Changed("title")));
    graded.graded[1].probability = "0.5".to_owned();
    assert_eq!(register.check(&graded), Err(Refusal::Changed("outcomes")));
    let mut outcome = OutcomeEntry {
        name: "q".to_owned(),
        came: Came::Grade("a".to_owned()),
        on: day,
        because: None,
    };
    assert_eq!(
        register.check_outcome(&outcome),
        Err(Refusal::Unfit(Vec::new()))
    );
    outcome.name = "nobody".to_owned();
    assert_eq!(register.check_outcome(&outcome), Err(Refusal::Unknown));
}

proptest! {
    /// No bytes make the reader stumble, and no random change of a log passes.
    #[test]
    fn damage_is_found(splices in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0..3), 1..4)) {
        let bytes = written(3);
        let mut changed = bytes.clone();
        for (place, byte, how) in splices {
            let at = place.index(changed.len());
            match how {
                0 => changed[at] = byte,
                1 => changed.insert(at, byte),
                _ => { changed.remove(at); }
            }
        }
        let log = read(&changed);
        if changed != bytes {
            prop_assert!(!log.defects.is_empty() || log.tail.is_some());
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let log = read(&bytes);
        prop_assert!(bytes.is_empty() || log.tail.is_some() || !log.defects.is_empty());
    }
}
