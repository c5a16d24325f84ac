//! How likely a sentence says that something is: a small reader of words of estimative probability.
//!
//! The bands are those of ICD 203 ([`mentions`]); with `not` beside the word it is the opposite band. Two things are
//! added: a sentence with `will`, `shall` or `is going to` and no hedge says that it is certain, and `may`, `might`,
//! `could`, `possibly` and `perhaps` say no more than that it is possible (1 to 99 in a hundred).

use detente_model::estimative::{meet, mentions, vague};

use super::text::alike;

/// A degree of likelihood, in hundredths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Degree {
    /// The words that say it.
    pub words: String,
    /// The least.
    pub least: u32,
    /// The most.
    pub most: u32,
}

impl Degree {
    fn new(words: impl Into<String>, least: u32, most: u32) -> Self {
        Self {
            words: words.into(),
            least,
            most,
        }
    }

    /// Whether both can be meant at once: they share more than an end.
    pub fn meets(&self, other: &Self) -> bool {
        meet((self.least, self.most), (other.least, other.most))
    }

    /// In words: `certain`, `55 to 80 in a hundred`.
    pub fn text(&self) -> String {
        match (self.least, self.most) {
            (100, 100) => "certain".to_owned(),
            (0, 0) => "certain not to be".to_owned(),
            (least, most) => format!("{least} to {most} in a hundred"),
        }
    }
}

/// Reads the degree of likelihood; `None` when the sentence has no such word. A term of likelihood counts before
/// `may` and its like, and these before `will`; of several terms the first counts.
pub fn degree(sentence: &str) -> Option<Degree> {
    let text = alike(sentence)
        .replace("won't", "will not")
        .replace("n't", " not");
    if let Some(term) = mentions(&text).into_iter().next() {
        let (least, most) = (term.band.least, term.band.most);
        let words = text.get(term.at.clone()).unwrap_or_default();
        let before = text.get(..term.at.start).unwrap_or_default();
        let after = text.get(term.at.end..).unwrap_or_default();
        let not = |word: Option<&str>| word.is_some_and(|w| w.eq_ignore_ascii_case("not"));
        if not(before.split_whitespace().next_back()) {
            return Some(Degree::new(format!("not {words}"), 100 - most, 100 - least));
        }
        if not(after.split_whitespace().next()) {
            return Some(Degree::new(format!("{words} not"), 100 - most, 100 - least));
        }
        return Some(Degree::new(words, least, most));
    }
    if let Some(word) = vague(&text).into_iter().next() {
        let word = text.get(word).unwrap_or_default();
        return Some(Degree::new(word.to_lowercase(), 1, 99));
    }
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let has = |phrase: &&&str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|w| w == phrase)
    };
    let denied = [
        "will not",
        "shall not",
        "will never",
        "is not going to",
        "are not going to",
    ];
    if let Some(words) = denied.iter().find(has) {
        return Some(Degree::new(*words, 0, 0));
    }
    let flat = ["will", "shall", "is going to", "are going to", "certainly"];
    let words = flat.iter().find(has)?;
    Some(Degree::new(*words, 100, 100))
}
