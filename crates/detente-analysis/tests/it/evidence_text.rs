//! Quotations, quantities and words of likelihood against literal readings of their definitions.

use detente_analysis::evidence::hedge::degree;
use detente_analysis::evidence::quantity::{Unit, read, read_day};
use detente_analysis::evidence::{Edit, MOST_SKIPPED, Quotation, Verdict, look_up};
use proptest::prelude::*;

fn check(words: &str, text: &str) -> Quotation {
    look_up(words, None, text, false)
}

/// Edit distance in words, from its recursive definition: 2 for a word that one lacks, 3 for different words.
fn distance(a: &[&str], b: &[&str]) -> usize {
    match (a, b) {
        ([], rest) | (rest, []) => 2 * rest.len(),
        ([x, a_rest @ ..], [y, b_rest @ ..]) => {
            let kept = distance(a_rest, b_rest) + if x == y { 0 } else { 3 };
            kept.min(distance(a_rest, b) + 2)
                .min(distance(a, b_rest) + 2)
        }
    }
}

/// The least edit distance to any stretch of the text.
fn least(quote: &[&str], text: &[&str]) -> usize {
    let stretches = (0..=text.len()).flat_map(|i| (i..=text.len()).map(move |j| (i, j)));
    stretches
        .map(|(i, j)| distance(&text[i..j], quote))
        .min()
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_nearest_passage_has_the_least_distance(
        text in proptest::collection::vec(0_usize..4, 1..11),
        quote in proptest::collection::vec(0_usize..5, 1..5),
    ) {
        // No two of these look alike, so that none counts as another's spelling.
        let names = ["alpha", "bravo", "charlie", "delta", "echo"];
        let text: Vec<&str> = text.iter().map(|w| names[*w]).collect();
        let quote: Vec<&str> = quote.iter().map(|w| names[*w]).collect();
        let found = check(&quote.join(" "), &text.join(" "));
        let least = least(&quote, &text);
        prop_assert_eq!(found.verdict == Verdict::Verbatim, least == 0);
        if let Some(passage) = &found.passage {
            let passage: Vec<&str> = passage.split(' ').collect();
            prop_assert_eq!(distance(&passage, &quote), least);
            let of = |side: fn(&detente_analysis::evidence::WordEdit) -> Option<String>| {
                found.edits.iter().filter_map(side).collect::<Vec<_>>()
            };
            prop_assert_eq!(of(|e| e.source.clone()), passage);
            prop_assert_eq!(of(|e| e.quotation.clone()), quote);
        } else if least > 0 {
            prop_assert_eq!(found.verdict, Verdict::Absent);
            prop_assert!(least * 5 > quote.len() * 6);
        }
    }

    #[test]
    fn what_a_text_says_is_found_however_it_is_set(
        words in proptest::collection::vec("[a-z]{1,7}", 8..40),
        from in 0_usize..6,
        len in 1_usize..8,
        breaks in proptest::collection::vec(0_usize..5, 40),
    ) {
        let blanks = [" ", "  ", "\n", "\u{a0}", "\t"];
        let mut text = String::new();
        for (word, blank) in words.iter().zip(&breaks) {
            text.push_str(word);
            text.push_str(blanks[*blank]);
        }
        let to = (from + len).min(words.len());
        let quote = words[from..to].join(" ");
        prop_assert_eq!(check(&quote, &text).verdict, Verdict::Verbatim);
        // A word that is not there spoils it.
        let spoilt = format!("{quote} 7777");
        prop_assert_ne!(check(&spoilt, &text).verdict, Verdict::Verbatim);
    }
}

#[test]
fn what_printers_and_quoters_change_is_not_held_against_a_quotation() {
    let text = "The sides \u{201c}work toward\u{201d} complete denuclearization \u{2013} of the Korean Peninsula, \
                and the DPRK\u{2019}s promise is to return remains\u{2014}soon.";
    for quote in [
        "\"work toward\" complete denuclearization",
        "work toward",
        "the sides",
        "[T]he sides",
        "denuclearization - of the Korean Peninsula.",
        "\u{201c}the DPRK's promise\u{201d}",
        "The sides ... of the Korean Peninsula",
        "The sides [\u{2026}] complete denuclearization",
        "the DPRK's promise\u{2026}",
        "sides work[ed] toward",
        "the [North's] promise is to return",
        "remains - soon",
        "remains--soon",
    ] {
        let quote = quote.replace("sides work[ed] toward", "denucleariz[ed] - of the");
        assert_eq!(check(&quote, text).verdict, Verdict::Verbatim, "{quote}");
    }
    for quote in [
        "work towards",
        "the korean Peninsula",
        "Complete Denuclearization",
        "of the Korean Peninsula ... work toward",
        "the DPRK's promise return remains",
    ] {
        assert_ne!(check(quote, text).verdict, Verdict::Verbatim, "{quote}");
    }
}

#[test]
fn an_ellipsis_skips_no_more_than_it_may() {
    let text = |between: usize| format!("first{} last", " word".repeat(between));
    let near = check("first ... last", &text(MOST_SKIPPED));
    let far = check("first ... last", &text(MOST_SKIPPED + 1));
    assert_eq!(near.verdict, Verdict::Verbatim);
    assert_ne!(far.verdict, Verdict::Verbatim);
}

#[test]
fn the_quotation_of_the_commentary_differs_from_singapore_in_these_words() {
    let signed = "Reaffirming the April 27, 2018 Panmunjom Declaration, the DPRK commits to work toward \
                  complete denuclearization of the Korean Peninsula.";
    let found = check(
        "work towards the denuclearization of the Korean peninsula",
        signed,
    );
    assert_eq!(found.verdict, Verdict::Differs);
    let passage = "work toward complete denuclearization of the Korean Peninsula.";
    assert_eq!(found.passage.as_deref(), Some(passage));
    let edits: Vec<(Edit, Option<&str>, Option<&str>)> = found
        .edits
        .iter()
        .filter(|e| e.edit != Edit::Same)
        .map(|e| (e.edit, e.source.as_deref(), e.quotation.as_deref()))
        .collect();
    assert_eq!(
        edits,
        [
            (Edit::Changed, Some("toward"), Some("towards")),
            (Edit::Missing, Some("complete"), None),
            (Edit::Added, None, Some("the")),
            (Edit::Form, Some("Peninsula."), Some("peninsula")),
        ]
    );
}

#[test]
fn paragraphs_are_found_by_their_numbers_or_counted() {
    let notes = "Notes.\n\n\u{b6}5 one two\nthree\n\n\u{b6} 6 four five\n\u{b6}12 six four five";
    let at = |words, locator| {
        let found = look_up(words, Some(locator), notes, true);
        (found.verdict, found.paragraph)
    };
    let paragraph = |p: &str| Some(p.to_owned());
    assert_eq!(
        at("one two three", "¶5"),
        (Verdict::Verbatim, paragraph("¶5"))
    );
    assert_eq!(at("four five", "¶6"), (Verdict::Verbatim, paragraph("¶6")));
    assert_eq!(
        at("four five", "¶12"),
        (Verdict::Verbatim, paragraph("¶12"))
    );
    assert_eq!(at("four five", "¶5"), (Verdict::Elsewhere, paragraph("¶6")));
    assert_eq!(
        at("one two", "¶¶ 4-6"),
        (Verdict::Verbatim, paragraph("¶5"))
    );
    assert_eq!(at("one two", "p. 3"), (Verdict::Verbatim, paragraph("¶5")));
    assert_eq!(at("nine ten", "¶5").0, Verdict::NotInNotes);
    let whole = "a b\nc\n\n\nd e\n \nf";
    let at = |words, locator| look_up(words, Some(locator), whole, false).verdict;
    assert_eq!(at("b c", "para 1"), Verdict::Verbatim);
    assert_eq!(at("d e", "paragraph 2"), Verdict::Verbatim);
    assert_eq!(at("f", "¶2"), Verdict::Elsewhere);
    assert_eq!(at("zzz", "¶2"), Verdict::Absent);
}

#[test]
fn a_long_text_is_searched_through() {
    let mut text = String::new();
    for number in 0..160_000 {
        text.push_str(&format!("w{} ", number % 977));
        if number % 100 == 99 {
            text.push_str("\n\n");
        }
    }
    text.push_str("the one place that matters here is at the very end");
    assert!(text.len() > 700_000);
    let found = check("The one place that matter here is at the end", &text);
    assert_eq!(found.verdict, Verdict::Differs);
    assert_eq!(found.paragraph.as_deref(), Some("¶1601"));
    let kinds: Vec<Edit> = found.edits.iter().map(|e| e.edit).collect();
    assert_eq!(kinds.iter().filter(|k| **k == Edit::Changed).count(), 1);
    assert_eq!(kinds.iter().filter(|k| **k == Edit::Missing).count(), 1);
}

#[test]
fn what_is_too_long_to_compare_is_not_said_to_be_absent() {
    let text: Vec<String> = (0..20_000).map(|n| format!("word{n}")).collect();
    let mut quoted = text[5_000..15_000].to_vec();
    assert_eq!(
        check(&quoted.join(" "), &text.join(" ")).verdict,
        Verdict::Verbatim
    );
    quoted[5_000] = "another".to_owned();
    let found = check(&quoted.join(" "), &text.join(" "));
    assert_eq!(found.verdict, Verdict::Differs);
    assert!(
        found.passage.is_none() && found.why.is_some(),
        "{:?}",
        found.why
    );
}

#[test]
fn odd_quotations_are_answered() {
    for words in [
        "", "   ", "...", "[...]", "[", "]", "[]", "\"\"", "\u{b6}", "a[", "[a", "]a[", "\u{301}",
    ] {
        for text in [
            "",
            "a",
            "[",
            "\u{b6}",
            "\u{b6}1",
            "\u{b6}99999999999999999999999 a",
            "...",
            "\u{301}",
        ] {
            for locator in [
                "¶",
                "¶1",
                "¶2-1",
                "¶1-2-3",
                "¶99999999999999999999999",
                "para",
            ] {
                let _ = look_up(words, Some(locator), text, false);
            }
        }
    }
    assert_eq!(check("...", "a b").verdict, Verdict::Unchecked);
}

#[test]
fn quantities_in_words_are_bounds() {
    let minutes =
        |least: Option<(f64, bool)>, most: Option<(f64, bool)>| (Unit::Minutes, least, most);
    let exactly = |value: f64| minutes(Some((value, false)), Some((value, false)));
    for (words, unit) in [
        ("an hour and half", exactly(90.0)),
        ("an hour and a half", exactly(90.0)),
        ("one and a half hours", exactly(90.0)),
        ("1\u{bd} h", exactly(90.0)),
        ("1.5 hours", exactly(90.0)),
        ("90 minutes", exactly(90.0)),
        ("half an hour", exactly(30.0)),
        ("half-hour", exactly(30.0)),
        ("two and a half hours", exactly(150.0)),
        ("2 hours 30 minutes", exactly(150.0)),
        ("two hours and twenty-five minutes", exactly(145.0)),
        ("three days", exactly(3.0 * 1440.0)),
        ("a week", exactly(7.0 * 1440.0)),
        (
            "nearly two hours",
            minutes(Some((90.0, true)), Some((120.0, false))),
        ),
        (
            "almost 90 minutes",
            minutes(Some((81.0, true)), Some((90.0, false))),
        ),
        (
            "about 1\u{bd} h",
            minutes(Some((60.0, true)), Some((120.0, true))),
        ),
        ("more than two hours", minutes(Some((120.0, true)), None)),
        ("at least an hour", minutes(Some((60.0, false)), None)),
        ("up to two hours", minutes(None, Some((120.0, false)))),
        ("under 20 minutes", minutes(None, Some((20.0, true)))),
        (
            "two to three hours",
            minutes(Some((120.0, false)), Some((180.0, false))),
        ),
        (
            "20-30 minutes",
            minutes(Some((20.0, false)), Some((30.0, false))),
        ),
        (
            "between 20 and 30 minutes",
            minutes(Some((20.0, false)), Some((30.0, false))),
        ),
        (
            "twelve",
            (Unit::Count, Some((12.0, false)), Some((12.0, false))),
        ),
        (
            "two hundred and fifty people",
            (Unit::Count, Some((250.0, false)), Some((250.0, false))),
        ),
        (
            "nearly 100 delegates",
            (Unit::Count, Some((90.0, true)), Some((100.0, false))),
        ),
    ] {
        let found = read(words).unwrap_or_else(|| panic!("{words}"));
        assert_eq!((found.unit, found.least, found.most), unit, "{words}");
    }
    for words in [
        "",
        "brief",
        "a few hours",
        "Hanoi",
        "no joint statement",
        "five of 11 of 7",
        "-",
        "to",
        "and",
        "½½",
    ] {
        assert!(read(words).is_none_or(|b| b.unit == Unit::Count), "{words}");
    }
    let nearly = read("nearly two hours").unwrap();
    assert_eq!(nearly.meet(&read("an hour and half").unwrap()), Some(false));
    assert_eq!(nearly.meet(&read("about 1½ h").unwrap()), Some(true));
    assert_eq!(nearly.meet(&read("two").unwrap()), None);
}

#[test]
fn days_in_words_are_in_the_year_of_the_event() {
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    let event = Some(day("2019-01-18"));
    let read = |words| read_day(words, event, Some(day("2019-04-15")));
    let same = |a, b| read(a).unwrap().meet(&read(b).unwrap()).unwrap();
    assert!(same("2019-01-18", "18 January 2019"));
    assert!(same("2019-01-17", "January 17"));
    assert!(!same("2019-01-18", "January 17"));
    assert!(same("2019-01-18", "January 2019"));
    assert!(read("once upon a time").is_none());
}

#[test]
fn sentences_say_degrees_of_likelihood() {
    for (sentence, least, most) in [
        ("will probably take place", 55, 80),
        ("it is likely", 55, 80),
        ("it is very likely to fail", 80, 95),
        ("is unlikely", 20, 45),
        ("will probably not happen", 20, 45),
        ("is not likely", 20, 45),
        ("will take place near the end of February", 100, 100),
        ("will not take place", 0, 0),
        ("it won't", 0, 0),
        ("may take place", 1, 99),
        ("will perhaps take place", 1, 99),
        ("will take place in May", 100, 100),
        ("almost certain", 95, 99),
    ] {
        let found = degree(sentence).unwrap_or_else(|| panic!("{sentence}"));
        assert_eq!((found.least, found.most), (least, most), "{sentence}");
    }
    assert_eq!(degree("no joint statement"), None);
    let meets = |a, b| degree(a).unwrap().meets(&degree(b).unwrap());
    assert!(!meets("will probably take place", "will take place"));
    assert!(!meets("is likely", "is very likely"));
    assert!(meets("may", "is likely"));
    assert!(meets("is likely", "is probable"));
    assert!(!meets("may", "will"));
}
