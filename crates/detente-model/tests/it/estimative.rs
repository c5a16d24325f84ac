//! Words of likelihood: the bands of ICD 203, and prose.

use detente_model::estimative::{
    BANDS, Band, Chance, Row, Worded, lint, mentions, term, vague as vague_words,
};
use proptest::prelude::*;

/// The table of ICD 203 as published: both rows of terms and the bounds in per cent.
const PUBLISHED: [(&str, &str, u32, u32); 7] = [
    ("almost no chance", "remote", 1, 5),
    ("very unlikely", "highly improbable", 5, 20),
    ("unlikely", "improbable", 20, 45),
    ("roughly even chance", "roughly even odds", 45, 55),
    ("likely", "probable", 55, 80),
    ("very likely", "highly probable", 80, 95),
    ("almost certain", "nearly certain", 95, 99),
];

#[test]
fn the_bands_are_those_that_were_published() {
    for (band, (one, other, least, most)) in BANDS.iter().zip(PUBLISHED) {
        assert_eq!(
            (band.likelihood, band.probability, band.least, band.most),
            (one, other, least, most)
        );
        assert_eq!(term(one), Some((band, Row::Likelihood)));
        assert_eq!(term(other), Some((band, Row::Probability)));
        assert!(band.admits(band.middle()));
    }
    assert_eq!(term("possible"), None);
}

#[test]
fn numbers_at_the_ends_of_bands_claim_less() {
    let word = |hundredths: u32| Band::of(hundredths * 10_000).likelihood;
    assert_eq!(
        [0, 4, 5, 19, 20].map(word),
        [
            "almost no chance",
            "almost no chance",
            "very unlikely",
            "very unlikely",
            "unlikely"
        ]
    );
    assert_eq!(
        [45, 50, 55, 56].map(word),
        [
            "roughly even chance",
            "roughly even chance",
            "roughly even chance",
            "likely"
        ]
    );
    assert_eq!(
        [80, 81, 95, 96, 100].map(word),
        [
            "likely",
            "very likely",
            "very likely",
            "almost certain",
            "almost certain"
        ]
    );
}

#[test]
fn chances_read_as_word_and_number() {
    let said = |words: Option<&str>, number| Chance {
        band: words.and_then(term).map(|t| t.0),
        number,
    };
    let text = |words, number| said(words, number).to_string();
    assert_eq!(text(Some("likely"), None), "likely (55-80 %)");
    assert_eq!(
        text(Some("probable"), Some(700_000)),
        "0.7, likely (55-80 %)"
    );
    assert_eq!(text(None, Some(150_000)), "0.15, very unlikely (5-20 %)");
    assert_eq!(text(None, Some(1_000_000)), "1 (certain)");
    assert!(said(Some("likely"), None).agrees(said(None, Some(700_000))));
    assert!(
        !said(Some("likely"), None).agrees(said(Some("very likely"), None)),
        "they share an end alone"
    );
    assert!(!said(Some("likely"), None).agrees(said(None, Some(1_000_000))));
}

fn findings(text: &str) -> Vec<(Worded, String)> {
    lint(text).into_iter().map(|f| (f.what, f.words)).collect()
}

#[test]
fn prose_is_held_to_the_standard() {
    use Worded as W;
    let of = |what, words: &str| vec![(what, words.to_owned())];
    assert_eq!(findings("A summit may take place."), of(W::Vague, "may"));
    assert_eq!(findings("It is possible, and likely."), []);
    assert_eq!(findings("It might hold, with a chance of 0.7."), []);
    assert_eq!(
        findings("It could hold (about 30 per cent). It might not."),
        of(W::Vague, "might")
    );
    assert_eq!(findings("They met in May 2019. May 3 was a Friday."), []);
    assert_eq!(findings("May they meet?"), of(W::Vague, "May"));
    assert_eq!(
        findings("We judge with high confidence that a deal is unlikely."),
        of(W::WithConfidence, "high confidence")
    );
    assert_eq!(
        findings("A deal is unlikely. We have high confidence in this judgement."),
        []
    );
    assert_eq!(findings("Confidence-building is likely."), []);
    assert_eq!(
        findings("A summit is likely. A deal is highly improbable."),
        of(W::OtherRow, "highly improbable")
    );
    assert_eq!(findings("It is very likely, and unlikely to last."), []);
    assert_eq!(findings("A remote island is likely to be named."), []);
    assert_eq!(
        findings("Likely. The chance is remote."),
        of(W::OtherRow, "remote")
    );
    assert_eq!(findings(""), []);
}

#[test]
fn a_longer_term_hides_those_within_it() {
    let found = mentions("Very likely, unlikely, almost certainly, will probably take place.");
    let terms: Vec<&str> = found.iter().map(|m| m.band.likelihood).collect();
    assert_eq!(
        terms,
        ["very likely", "unlikely", "almost certain", "likely"]
    );
}

proptest! {
    /// The literal definition: the bands that hold the number, and of two the one that is nearer to a half.
    #[test]
    fn a_number_lies_in_its_band(number in 0_u32..=1_000_000) {
        let near = |b: &Band| (i64::from(b.middle()) - 500_000).abs();
        let inside = |b: &&Band| b.least * 10_000 <= number && number <= b.most * 10_000;
        let expected = BANDS.iter().filter(inside).min_by_key(|b| near(b));
        let expected = expected.unwrap_or(if number < 500_000 { &BANDS[0] } else { &BANDS[6] });
        prop_assert_eq!(Band::of(number), expected);
        prop_assert!(expected.admits(number));
        let opposite = BANDS.iter().rev().nth(BANDS.iter().position(|b| b == expected).unwrap());
        prop_assert_eq!(Some(Band::of(1_000_000 - number)), opposite);
    }

    #[test]
    fn any_text_can_be_looked_at(text in "\\PC{0,60}", words in prop::collection::vec(prop::sample::select(vec!["may", "May", "likely", "remote", ".", "0.7", "é", "high", "confidence", "%"]), 0..12)) {
        for text in [text, words.join(" ")] {
            for found in lint(&text) {
                prop_assert_eq!(&text[found.at.clone()], found.words.as_str());
            }
        }
    }
}

#[test]
fn the_month_of_may_says_nothing_vague() {
    let vague = |text: &str| -> Vec<String> {
        let found = vague_words(text).into_iter();
        found.map(|at| text[at].to_owned()).collect()
    };
    assert_eq!(vague("They may meet; perhaps in May."), ["may", "perhaps"]);
    assert_eq!(vague("May 5 is the day. May it be so."), ["May"]);
    assert!(vague("They will meet in late May.").is_empty());
}
