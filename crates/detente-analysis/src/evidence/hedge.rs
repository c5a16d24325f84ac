//! How likely a sentence says that something is: a small reader of words of estimative probability.
//!
//! The bands are those of ICD 203 (`detente_model::estimative`). Two things are added: a sentence with `will`, `shall`
//! or `is going to` and no hedge says that it is certain, and `may`, `might`, `could`, `possibly` and `perhaps` say no
//! more than that it is possible (1 to 99 in a hundred).

use detente_model::estimative::BANDS;

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
    /// Whether both can be meant at once. Bands that touch in one number alone do not meet.
    pub fn meets(&self, other: &Self) -> bool {
        let (least, most) = (self.least.max(other.least), self.most.min(other.most));
        least < most || (least == most && (self.is_point() || other.is_point()))
    }

    fn is_point(&self) -> bool {
        self.least == self.most
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

/// Words that stand for those of the bands.
const SYNONYMS: &[(&str, &str)] = &[
    ("almost certainly", "almost certain"),
    ("nearly certainly", "almost certain"),
    ("virtually certain", "almost certain"),
    ("highly likely", "very likely"),
    ("most likely", "very likely"),
    ("very probably", "very likely"),
    ("highly unlikely", "very unlikely"),
    ("probably not", "unlikely"),
    ("not likely", "unlikely"),
    ("probably", "probable"),
    ("even chance", "roughly even chance"),
    ("even odds", "roughly even odds"),
    ("as likely as not", "roughly even chance"),
];

const POSSIBLE: [&str; 7] = [
    "may", "might", "could", "possibly", "possible", "perhaps", "maybe",
];

/// Reads the degree of likelihood; `None` when the sentence has no such word. Of several the hedge counts,
/// and of hedges the longest.
pub fn degree(sentence: &str) -> Option<Degree> {
    let text = without_months(&alike(sentence)).to_lowercase();
    let text = text.replace("won't", "will not").replace("n't", " not");
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .collect();
    let has = |phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|w| w == phrase)
    };
    let bands = BANDS.iter().flat_map(|b| {
        [
            (b.likelihood, b.least, b.most),
            (b.probability, b.least, b.most),
        ]
    });
    let bands: Vec<(&str, u32, u32)> = bands.collect();
    let synonyms = SYNONYMS.iter().filter_map(|(words, stands_for)| {
        let band = bands.iter().find(|b| b.0 == *stands_for)?;
        Some((*words, band.1, band.2))
    });
    let hedges = bands.iter().copied().chain(synonyms).filter(|h| has(h.0));
    // The longest, so that `very likely` is not read as `likely`.
    let longest = hedges.max_by_key(|h| (h.0.split(' ').count(), h.0.len()));
    if let Some((words, least, most)) = longest {
        return Some(Degree {
            words: words.to_owned(),
            least,
            most,
        });
    }
    let found = |words: &str, least: u32, most: u32| {
        Some(Degree {
            words: words.to_owned(),
            least,
            most,
        })
    };
    if let Some(word) = POSSIBLE.iter().find(|w| has(w)) {
        return found(word, 1, 99);
    }
    let flat = [
        "will",
        "shall",
        "is going to",
        "are going to",
        "certainly",
        "is certain",
    ];
    let denied = ["will not", "shall not", "will never", "is not going to"];
    if let Some(words) = denied.iter().find(|w| has(w)) {
        return found(words, 0, 0);
    }
    let words = flat.iter().find(|w| has(w))?;
    found(words, 100, 100)
}

/// The sentence without the month of May: a capital inside a sentence.
fn without_months(sentence: &str) -> String {
    let words = sentence.split_whitespace().enumerate();
    let kept = words.filter(|(at, word)| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        *at == 0 || bare != "May"
    });
    kept.map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}
