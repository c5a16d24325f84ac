//! The text of a source as words with their paragraphs, in a form in which quotations can be looked for.
//!
//! What printers and editors change is made alike first: white space of any kind and length, typographic
//! quotation marks and dashes, soft hyphens and other invisible characters, and the ellipsis sign.

use std::collections::HashMap;

/// Characters that are written in one of several ways, or not seen at all, in one way.
pub(super) fn alike(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '`' | '\u{b4}' => {
                out.push('\'');
            }
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' | '\u{ab}'
            | '\u{bb}' => out.push('"'),
            '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}' => out.push('-'),
            '\u{2014}' | '\u{2015}' => out.push_str(" - "),
            '\u{2026}' => out.push_str("..."),
            '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            c => out.push(c),
        }
    }
    if out.contains("--") {
        out = out.replace("--", " - ");
    }
    out
}

/// A word without the punctuation around it, in lower case; empty when there is nothing else.
pub(super) fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The word with its punctuation, made alike.
    pub(super) text: String,
    /// Which word it is, whatever its case and the punctuation around it.
    pub(super) id: u32,
    /// In which paragraph it stands, from 0.
    pub(super) paragraph: usize,
}

/// The text of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceText {
    pub(super) words: Vec<Word>,
    /// How each paragraph is called: `¶6`; empty before the first one that has a number.
    pub(super) labels: Vec<String>,
    ids: HashMap<String, u32>,
}

impl SourceText {
    /// Reads a text. Where lines start with `¶` and a number, these are its paragraphs; otherwise
    /// paragraphs are parted by empty lines and counted from 1.
    pub(super) fn new(text: &str) -> Self {
        let numbered = text.lines().any(|l| label(l).is_some());
        let mut read = Self {
            words: Vec::new(),
            labels: Vec::new(),
            ids: HashMap::new(),
        };
        let mut between = true;
        for line in text.lines() {
            let mut rest = line;
            if numbered {
                if let Some((name, after)) = label(line) {
                    read.labels.push(name);
                    rest = after;
                } else if read.labels.is_empty() {
                    read.labels.push(String::new());
                }
            } else if line.trim().is_empty() {
                between = true;
            } else if between {
                read.labels.push(format!("¶{}", read.labels.len() + 1));
                between = false;
            }
            read.line(rest);
        }
        read
    }

    fn line(&mut self, line: &str) {
        let paragraph = self.labels.len().saturating_sub(1);
        for word in alike(line).split_whitespace() {
            let next = self.ids.len() as u32 + 1;
            let key = bare(word);
            let id = if key.is_empty() {
                0
            } else {
                *self.ids.entry(key).or_insert(next)
            };
            self.words.push(Word {
                text: word.to_owned(),
                id,
                paragraph,
            });
        }
    }

    /// The number by which a bare word is known here; `u32::MAX` when it does not occur.
    pub(super) fn id(&self, bare: &str) -> u32 {
        self.ids.get(bare).copied().unwrap_or(u32::MAX)
    }

    /// The words from one to another, the last excluded, as they stand.
    pub(super) fn passage(&self, from: usize, to: usize) -> String {
        let words = self.words.get(from..to).unwrap_or_default();
        let words: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
        words.join(" ")
    }

    /// What the paragraph of a word is called; `None` when it has no name.
    pub(super) fn label_at(&self, word: usize) -> Option<&str> {
        let paragraph = self.words.get(word)?.paragraph;
        let label = self.labels.get(paragraph)?;
        (!label.is_empty()).then_some(label.as_str())
    }
}

/// `¶6 the rest` as `¶6` and the rest.
fn label(line: &str) -> Option<(String, &str)> {
    let rest = line.trim_start().strip_prefix('¶')?.trim_start();
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    let digits = digits.trim_start_matches('0');
    (end > 0).then(|| {
        let digits = if digits.is_empty() { "0" } else { digits };
        (format!("¶{digits}"), after)
    })
}

/// The paragraphs that a locator names: `¶6`, `¶¶ 10-11`, `para. 4`, `paragraph 4`; `None` when it names
/// something else, such as a page.
pub(super) fn located(locator: &str) -> Option<(u64, u64)> {
    let text = alike(locator).to_lowercase();
    let text = text.trim();
    let words = [
        "paragraphs",
        "paragraph",
        "paras.",
        "paras",
        "para.",
        "para",
    ];
    let rest = if text.starts_with('¶') {
        text.trim_start_matches('¶')
    } else {
        words.iter().find_map(|w| text.strip_prefix(w))?
    };
    let mut numbers = rest
        .split('-')
        .map(|n| n.trim().trim_start_matches('¶').trim());
    let first: u64 = numbers.next()?.parse().ok()?;
    let last = match numbers.next() {
        Some(last) => last.parse().ok()?,
        None => first,
    };
    (numbers.next().is_none() && first <= last).then_some((first, last))
}

/// The number of a paragraph's name.
pub(super) fn number(label: &str) -> Option<u64> {
    label.strip_prefix('¶')?.parse().ok()
}
