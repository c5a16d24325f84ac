//! Words of likelihood in prose, and what ICD 203 asks of it: every judgement with its degree, likelihood and
//! confidence in sentences of their own, the terms of one row only.

use std::ops::Range;

use super::{BANDS, Band, Row};

/// A term of likelihood in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The band of the term.
    pub band: &'static Band,
    /// The row that the term is taken from.
    pub row: Row,
    /// Where it stands, in bytes of the text.
    pub at: Range<usize>,
}

/// What is wrong with the wording of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worded {
    /// A word such as `may` or `possible` in a sentence that gives no degree.
    Vague,
    /// Likelihood and confidence in one sentence.
    WithConfidence,
    /// A term of the other row than that of the first term.
    OtherRow,
}

impl Worded {
    /// What to write instead.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Vague => "say how likely: a term such as `unlikely`, or a number",
            Self::WithConfidence => {
                "how likely something is and how well it is known are two things: write two sentences"
            }
            Self::OtherRow => "keep to one row: readers take another word for another degree",
        }
    }
}

/// Something wrong with the wording of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub what: Worded,
    /// The words.
    pub words: String,
    /// Where they stand, in bytes of the text.
    pub at: Range<usize>,
}

impl Finding {
    /// What is wrong, in one sentence.
    pub fn message(&self) -> String {
        let words = &self.words;
        match self.what {
            Worded::Vague => format!("`{words}` fits every degree of likelihood"),
            Worded::WithConfidence => {
                format!("`{words}` stands beside a likelihood in one sentence")
            }
            Worded::OtherRow => format!("`{words}` is taken from the other row of terms"),
        }
    }
}

/// Whether a word says that something can be, and not how likely it is.
pub(crate) fn is_vague(word: &str) -> bool {
    const VAGUE: [&str; 8] = [
        "may",
        "might",
        "could",
        "possible",
        "possibly",
        "perhaps",
        "maybe",
        "conceivable",
    ];
    VAGUE.contains(&word)
}

/// A word of a text in small letters, and where it stands.
struct Word {
    lower: String,
    at: Range<usize>,
}

/// The words of a part of a text; numbers are words too.
fn words(text: &str, part: Range<usize>) -> Vec<Word> {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}');
    let mut words = Vec::new();
    let mut start = None;
    let ends = text[part.clone()]
        .char_indices()
        .map(|(i, c)| (part.start + i, Some(c)));
    for (at, c) in ends.chain([(part.end, None)]) {
        match (start, c.is_some_and(joins)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(Word {
                    lower: text[from..at].to_lowercase(),
                    at: from..at,
                });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The sentences of a text. A mark that ends one is followed by a blank or by nothing, so that `0.7` ends none.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, next)| *next);
        let mark = matches!(c, '.' | '!' | '?' | ';') && after.is_none_or(char::is_whitespace);
        if mark || c == '\n' {
            let end = at + c.len_utf8();
            out.push(start..end);
            start = end;
        }
    }
    out.push(start..text.len());
    out
}

/// The terms of likelihood in a text, in their order; a longer term hides those within it. `probably` counts as
/// `probable` and `almost certainly` as `almost certain`. `remote` counts only where it speaks of a chance.
pub fn mentions(text: &str) -> Vec<Mention> {
    terms(text, &words(text, 0..text.len()))
}

fn terms(text: &str, words: &[Word]) -> Vec<Mention> {
    let mut all: Vec<(Vec<&str>, &'static Band, Row)> = Vec::new();
    for band in &BANDS {
        for row in [Row::Likelihood, Row::Probability] {
            all.push((band.term(row).split(' ').collect(), band, row));
        }
    }
    let adverbs = [
        ("probably", 4, Row::Probability),
        ("almost certainly", 6, Row::Likelihood),
    ];
    for (adverb, band, row) in adverbs {
        all.push((adverb.split(' ').collect(), &BANDS[band], row));
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let here = all.iter().filter(|(term, _, _)| {
            let mut rest = words[at..].iter().map(|w| w.lower.as_str());
            term.iter().all(|t| rest.next() == Some(t))
        });
        let Some((term, band, row)) = here.max_by_key(|(term, _, _)| term.len()) else {
            at += 1;
            continue;
        };
        let (first, last) = (&words[at], &words[at + term.len() - 1]);
        let range = first.at.start..last.at.end;
        if &text[range.clone()] != "remote" || speaks_of_chance(words, at) {
            found.push(Mention {
                band,
                row: *row,
                at: range,
            });
        }
        at += term.len();
    }
    found
}

fn speaks_of_chance(words: &[Word], at: usize) -> bool {
    const NOUNS: [&str; 4] = ["chance", "possibility", "prospect", "likelihood"];
    const VERBS: [&str; 6] = ["is", "are", "was", "were", "be", "remains"];
    let word = |place: Option<usize>| place.and_then(|p| words.get(p)).map(|w| w.lower.as_str());
    word(at.checked_add(1)).is_some_and(|w| NOUNS.contains(&w))
        || word(at.checked_sub(1)).is_some_and(|w| VERBS.contains(&w))
}

/// Where a text says that something can be, and not how likely it is. The month of May says no such thing.
pub fn vague(text: &str) -> Vec<Range<usize>> {
    let sentences = sentences(text).into_iter();
    let words = sentences.map(|sentence| words(text, sentence));
    words
        .flat_map(|words| vague_among(text, &words).collect::<Vec<_>>())
        .collect()
}

/// The same among the words of one sentence.
fn vague_among(text: &str, words: &[Word]) -> impl Iterator<Item = Range<usize>> {
    let vague = words.iter().enumerate();
    let vague = vague.filter(move |(i, w)| is_vague(&w.lower) && !is_month(text, words, *i));
    vague.map(|(_, w)| w.at.clone())
}

/// What ICD 203 would object to in a text, in the order of the text.
pub fn lint(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut row: Option<Row> = None;
    let finding = |what, at: Range<usize>| Finding {
        what,
        words: text[at.clone()].to_owned(),
        at,
    };
    for sentence in sentences(text) {
        let words = words(text, sentence.clone());
        let terms = terms(text, &words);
        if terms.is_empty() && !gives_number(&text[sentence]) {
            found.extend(vague_among(text, &words).map(|at| finding(Worded::Vague, at)));
        }
        if !terms.is_empty()
            && let Some(at) = confidence(&words)
        {
            found.push(finding(Worded::WithConfidence, at));
        }
        for term in terms {
            if *row.get_or_insert(term.row) != term.row {
                found.push(finding(Worded::OtherRow, term.at));
            }
        }
    }
    found.sort_by_key(|f| (f.at.start, f.what));
    found
}

/// Whether a sentence gives a probability as a number: per cent, or a decimal below one.
fn gives_number(sentence: &str) -> bool {
    let decimal = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        word.strip_prefix("0.")
            .is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
    };
    let percent =
        sentence.contains('%') || sentence.contains("percent") || sentence.contains("per cent");
    (percent && sentence.bytes().any(|b| b.is_ascii_digit()))
        || sentence.split_whitespace().any(decimal)
}

/// Whether a word is the month of May: with a capital within a sentence, or before a number.
fn is_month(text: &str, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let next = words.get(at + 1);
    &text[word.at.clone()] == "May"
        && (at > 0 || next.is_some_and(|n| n.lower.bytes().all(|b| b.is_ascii_digit())))
}

/// Where a sentence says how well something is known.
fn confidence(words: &[Word]) -> Option<Range<usize>> {
    const DEGREES: [&str; 4] = ["low", "moderate", "medium", "high"];
    if let Some(word) = words.iter().find(|w| w.lower == "confident") {
        return Some(word.at.clone());
    }
    words.windows(2).find_map(|pair| match pair {
        [degree, word]
            if DEGREES.contains(&degree.lower.as_str()) && word.lower == "confidence" =>
        {
            Some(degree.at.start..word.at.end)
        }
        _ => None,
    })
}
