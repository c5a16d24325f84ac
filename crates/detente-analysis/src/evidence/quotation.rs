//! Whether a text has the words of a quotation, in the manner in which quotations are written.
//!
//! Apart from what [`super::text`] makes alike, these are not held against a quotation: the case of its
//! first letter, and punctuation at its two ends; `...` and `[...]`, for which the text may have up to
//! [`MOST_SKIPPED`] words; words in square brackets, `[the north]`, which the quoter put in the place of up to
//! [`MOST_REPLACED`] words; a letter in brackets at the start of a word, `[T]he`, whose case is the quoter's;
//! and letters in brackets at its end, `promise[d]`, before which the word must be that of the text.

use super::text::{SourceText, Word, alike};

/// So many words at most may be left out by one ellipsis.
pub const MOST_SKIPPED: usize = 200;

/// So many words at most may stand in the text where the quotation has words in brackets.
pub const MOST_REPLACED: usize = 8;

/// One word of a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    text: String,
    /// The case of its first letter does not count.
    any_case: bool,
    /// Only its beginning is quoted.
    prefix: bool,
}

/// Words that stand side by side, and how many the text may have before them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Stretch {
    skip: usize,
    words: Vec<Wanted>,
}

/// A quotation, ready to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quotation {
    stretches: Vec<Stretch>,
}

/// Where a quotation stands in a text: its first word, and the one after its last.
pub(super) type Found = (usize, usize);

impl Quotation {
    pub(super) fn new(words: &str) -> Self {
        let text = alike(words)
            .replace("[...]", " ... ")
            .replace(". . .", " ... ");
        let text = text.replace("...", " ... ");
        let mut stretches = vec![Stretch::default()];
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (token, after) = token(rest);
            rest = after;
            let skip = if token == "..." {
                MOST_SKIPPED
            } else if token.starts_with('[') && in_brackets(token) {
                MOST_REPLACED
            } else {
                let first = stretches.len() == 1 && stretches[0].words.is_empty();
                if let Some(last) = stretches.last_mut() {
                    last.words.push(wanted(token, first));
                }
                continue;
            };
            match stretches.last_mut() {
                // Of two signs in a row the more generous counts; before the first word none is needed.
                Some(last) if last.words.is_empty() => last.skip = last.skip.max(skip),
                _ => stretches.push(Stretch {
                    skip,
                    words: Vec::new(),
                }),
            }
        }
        stretches.retain(|s| !s.words.is_empty());
        for stretch in &mut stretches {
            if let Some(first) = stretch.words.first_mut() {
                first.text = first.text.trim_start_matches(is_mark).to_owned();
            }
            if let Some(last) = stretch.words.last_mut() {
                last.text = last.text.trim_end_matches(is_mark).to_owned();
            }
            stretch.words.retain(|w| !w.text.is_empty());
        }
        stretches.retain(|s| !s.words.is_empty());
        Self { stretches }
    }

    /// Whether there is no word to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// The words that are the source's, without what the quoter put in.
    pub(super) fn words(&self) -> Vec<String> {
        let words = self.stretches.iter().flat_map(|s| &s.words);
        words.map(|w| w.text.clone()).collect()
    }

    /// Everywhere it stands, in order.
    pub(super) fn find(&self, text: &SourceText) -> Vec<Found> {
        let mut stretches = self.stretches.iter();
        let Some(first) = stretches.next() else {
            return Vec::new();
        };
        let len = first.words.len();
        let mut found: Vec<Found> = first.starts(text).map(|s| (s, s + len)).collect();
        for stretch in stretches {
            let mut before = found.iter().peekable();
            let mut nearest: Option<Found> = None;
            let mut next = Vec::new();
            for start in stretch.starts(text) {
                while let Some(one) = before.next_if(|f| f.1 <= start) {
                    nearest = Some(*one);
                }
                if let Some((from, to)) = nearest
                    && start - to <= stretch.skip
                {
                    next.push((from, start + stretch.words.len()));
                }
            }
            found = next;
        }
        found
    }
}

impl Stretch {
    fn starts<'t>(&'t self, text: &'t SourceText) -> impl Iterator<Item = usize> + 't {
        let windows = text.words.windows(self.words.len().max(1)).enumerate();
        windows
            .filter(|(_, window)| self.is(window))
            .map(|(at, _)| at)
    }

    fn is(&self, window: &[Word]) -> bool {
        let last = self.words.len().saturating_sub(1);
        let mut pairs = self.words.iter().zip(window).enumerate();
        pairs.all(|(at, (wanted, word))| {
            let mut text = word.text.as_str();
            if at == 0 {
                text = text.trim_start_matches(is_mark);
            }
            if at == last {
                text = text.trim_end_matches(is_mark);
            }
            wanted.is(text)
        })
    }
}

impl Wanted {
    fn is(&self, text: &str) -> bool {
        let mut wanted = self.text.as_str();
        let mut text = text;
        if self.any_case {
            let (mut a, mut b) = (wanted.chars(), text.chars());
            let alike = match (a.next(), b.next()) {
                (Some(a), Some(b)) => a == b || a.to_lowercase().eq(b.to_lowercase()),
                (None, None) => true,
                _ => false,
            };
            if !alike {
                return false;
            }
            (wanted, text) = (a.as_str(), b.as_str());
        }
        if self.prefix {
            text.starts_with(wanted)
        } else {
            text == wanted
        }
    }
}

/// Punctuation that may stand around quoted words.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '%' | '¶' | '§' | '#')
}

/// The next word, with brackets kept whole, and what follows.
fn token(text: &str) -> (&str, &str) {
    let mut open = false;
    let closes = text.contains(']');
    let end = text.char_indices().find_map(|(at, c)| {
        match c {
            '[' => open = closes,
            ']' => open = false,
            c if c.is_whitespace() && !open => return Some(at),
            _ => {}
        }
        None
    });
    let (token, rest) = text.split_at(end.unwrap_or(text.len()));
    (token, rest.trim_start())
}

/// Whether a word is nothing but brackets with what is in them, punctuation after them aside; a single letter
/// in brackets begins a word.
fn in_brackets(token: &str) -> bool {
    let trimmed = token.trim_end_matches(|c: char| c.is_ascii_punctuation() && c != ']');
    trimmed.ends_with(']') && trimmed.matches(['[', ']']).count() == 2
}

fn wanted(token: &str, first: bool) -> Wanted {
    let bracketed = token.starts_with('[');
    let prefix = !bracketed
        && token.find('[').is_some_and(|at| at > 0)
        && token
            .trim_end_matches(|c: char| c.is_ascii_punctuation() && c != ']')
            .ends_with(']');
    let text = if prefix {
        token.split('[').next().unwrap_or_default().to_owned()
    } else {
        token.replace(['[', ']'], "")
    };
    Wanted {
        text,
        any_case: first || bracketed,
        prefix,
    }
}
