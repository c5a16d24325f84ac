//! The passage of a text that is nearest to a quotation, and in which words the two differ.
//!
//! The passage is the stretch of words with the least edit distance in words to the quotation (2 for a word that one
//! of them lacks, 3 for different words in one place), where the text before and after it costs nothing (approximate matching after Sellers, "The theory and computation of
//! evolutionary distances: pattern recognition", Journal of Algorithms 1, 1980). Words are compared without
//! case and without punctuation around them.

use schemars::JsonSchema;
use serde::Serialize;

use super::text::{SourceText, bare};

/// Comparisons of words for one quotation at most; a longer search is not made.
const MOST_COMPARED: usize = 100_000_000;

/// What it costs when one of the two lacks a word.
const LACK: usize = 2;

/// What it costs when they have different words: less than to lack both, more than to lack one.
const SWAP: usize = 3;

/// A passage that costs more than to lack this share of the quotation's words is no passage at all.
const TOO_FAR: (usize, usize) = (3, 5);

/// How a word of the source and a word of the quotation stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Both have it.
    Same,
    /// Both have it, with other capitals or other punctuation.
    Form,
    /// The source has it, the quotation has not.
    Missing,
    /// The quotation has it, the source has not.
    Added,
    /// They have different words in its place.
    Changed,
}

/// One word, or what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WordEdit {
    /// How the two stand to each other.
    pub edit: Edit,
    /// The word of the source; `null` when it has none.
    pub source: Option<String>,
    /// The word of the quotation; `null` when it has none.
    pub quotation: Option<String>,
}

/// The passage nearest to a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Nearest {
    /// Its first word.
    pub(super) from: usize,
    /// The one after its last.
    pub(super) to: usize,
    /// Word by word.
    pub(super) edits: Vec<WordEdit>,
}

/// Whether a quotation and a text are too long to look for the nearest passage.
pub(super) fn too_long(words: &[String], text: &SourceText) -> bool {
    words.len().saturating_mul(text.words.len()) > MOST_COMPARED
}

/// The nearest passage; `None` when nothing is near, and when both are [`too_long`].
pub(super) fn nearest(words: &[String], text: &SourceText) -> Option<Nearest> {
    let wanted: Vec<(u32, &String)> = words
        .iter()
        .map(|w| (bare(w), w))
        .filter(|(b, _)| !b.is_empty())
        .map(|(b, w)| (text.id(&b), w))
        .collect();
    // Punctuation that stands alone is no word here.
    let places: Vec<usize> = (0..text.words.len())
        .filter(|at| text.words[*at].id != 0)
        .collect();
    if wanted.is_empty() || places.is_empty() || too_long(words, text) {
        return None;
    }
    let ids: Vec<u32> = wanted.iter().map(|w| w.0).collect();
    let (from, to, cost) = window(&ids, &places, text);
    if cost * TOO_FAR.1 > wanted.len() * TOO_FAR.0 * LACK || from >= to {
        return None;
    }
    let theirs: Vec<&str> = (from..to)
        .map(|i| text.words[places[i]].text.as_str())
        .collect();
    let ours: Vec<&str> = wanted.iter().map(|w| w.1.as_str()).collect();
    let mut edits = align(&theirs, &ours);
    // What only the source has at the two ends does not belong to the passage.
    let head = edits.iter().take_while(|e| e.edit == Edit::Missing).count();
    let tail = edits
        .iter()
        .rev()
        .take_while(|e| e.edit == Edit::Missing)
        .count();
    edits.drain(..head);
    edits.truncate(edits.len().saturating_sub(tail));
    Some(Nearest {
        from: places[from + head],
        to: places[to - 1 - tail] + 1,
        edits,
    })
}

/// The stretch of the text with the least edit distance: its bounds and the distance. Of several one that has most
/// words of the quotation, then the first, then the shortest.
fn window(wanted: &[u32], places: &[usize], text: &SourceText) -> (usize, usize, usize) {
    // Distances are counted in steps so fine that words of the quotation without their like count in between.
    let fine = wanted.len() + 1;
    let (lack, added, swap) = (LACK * fine, LACK * fine + 1, SWAP * fine + 1);
    // For each beginning of the quotation: the least distance to a stretch that ends here, and where that starts.
    let mut row: Vec<(usize, usize)> = (0..=wanted.len()).map(|i| (i * added, 0)).collect();
    let mut best = (0, 0, wanted.len() * added);
    for (at, place) in places.iter().enumerate() {
        let id = text.words[*place].id;
        let mut diagonal = row[0];
        row[0] = (0, at + 1);
        for (i, want) in wanted.iter().enumerate() {
            let here = row[i + 1];
            let both = (diagonal.0 + if *want == id { 0 } else { swap }, diagonal.1);
            let source = (here.0 + lack, here.1);
            let quotation = (row[i].0 + added, row[i].1);
            // The least distance, then the latest start.
            let least = [both, source, quotation]
                .into_iter()
                .min_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
            diagonal = here;
            row[i + 1] = least.unwrap_or(both);
        }
        let (distance, from) = row[wanted.len()];
        if distance < best.2 {
            best = (from, at + 1, distance);
        }
    }
    (best.0, best.1, best.2 / fine)
}

/// Words of the source against words of the quotation. Two different words stand in each other's place only if
/// they look alike.
fn align(source: &[&str], quotation: &[&str]) -> Vec<WordEdit> {
    let theirs: Vec<String> = source.iter().map(|w| bare(w)).collect();
    let ours: Vec<String> = quotation.iter().map(|w| bare(w)).collect();
    let columns = ours.len() + 1;
    let mut cost = vec![0_usize; (theirs.len() + 1) * columns];
    let price = |i: usize, j: usize| {
        if theirs[i] == ours[j] {
            0
        } else if similar(&theirs[i], &ours[j]) {
            SWAP
        } else {
            2 * LACK + 1
        }
    };
    for i in (0..=theirs.len()).rev() {
        for j in (0..=ours.len()).rev() {
            let at = i * columns + j;
            cost[at] = match (i < theirs.len(), j < ours.len()) {
                (false, false) => 0,
                (true, false) => cost[at + columns] + LACK,
                (false, true) => cost[at + 1] + LACK,
                (true, true) => (cost[at + columns + 1] + price(i, j))
                    .min(cost[at + columns] + LACK)
                    .min(cost[at + 1] + LACK),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut edits = Vec::new();
    while i < theirs.len() || j < ours.len() {
        let at = i * columns + j;
        let both = i < theirs.len() && j < ours.len();
        let edit = if both && cost[at] == cost[at + columns + 1] + price(i, j) {
            match price(i, j) {
                0 if marks_off(source[i]) == marks_off(quotation[j]) => Edit::Same,
                0 => Edit::Form,
                _ => Edit::Changed,
            }
        } else if i < theirs.len() && cost[at] == cost[at + columns] + LACK {
            Edit::Missing
        } else {
            Edit::Added
        };
        let source = (edit != Edit::Added).then(|| source[i].to_owned());
        let quotation = (edit != Edit::Missing).then(|| quotation[j].to_owned());
        i += usize::from(source.is_some());
        j += usize::from(quotation.is_some());
        edits.push(WordEdit {
            edit,
            source,
            quotation,
        });
    }
    edits
}

fn marks_off(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether two words begin alike for at least three fifths of the longer one: `toward` and `towards`.
fn similar(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longer = a.chars().count().max(b.chars().count());
    common * 5 >= longer * 3
}
