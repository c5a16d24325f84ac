//! Letters that a page may hold, and places where a word that is too long may be broken.

use std::borrow::Cow;

use maud::{Markup, PreEscaped, Render, html};
use unicode_width::UnicodeWidthChar;

/// A text as a page may hold it: ends of lines as line feeds, and a mark of replacement for each control character and
/// each code point that is no character, which HTML forbids.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c == '\r' || is_forbidden(c)) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(lines.replace(is_forbidden, "\u{fffd}"))
}

fn is_forbidden(letter: char) -> bool {
    let code = u32::from(letter);
    let is_none = code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code);
    is_none || (letter.is_control() && !matches!(letter, '\t' | '\n'))
}

/// How many columns of a word stand together without a place to break it.
const TOGETHER: usize = 30;

/// A text in which words that are too long for narrow screens can be broken.
pub(super) fn breakable(text: &str) -> Markup {
    let text = clean(text);
    let mut pieces = vec![String::new()];
    let (mut run, mut joined) = (0, false);
    for letter in text.chars() {
        let columns = letter.width().unwrap_or(0);
        if letter.is_whitespace() || matches!(letter, '-' | '\u{200b}') {
            run = 0;
        } else if run >= TOGETHER && columns > 0 && !joined {
            pieces.push(String::new());
            run = columns;
        } else {
            run += columns;
        }
        joined = letter == '\u{200d}';
        if let Some(piece) = pieces.last_mut() {
            piece.push(letter);
        }
    }
    html! {
        @for (place, piece) in pieces.iter().enumerate() {
            @if place > 0 { wbr; }
            (piece)
        }
    }
}

/// A name for a link back: `a`, `b` and so on, after `z` comes `aa`.
pub(super) fn nth_letter(place: usize) -> String {
    let mut left = place + 1;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'a' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// A text without markup.
pub(super) struct Plain<'a>(pub(super) &'a str);

impl Render for Plain<'_> {
    fn render(&self) -> Markup {
        PreEscaped(clean(self.0).as_ref().render().into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::{breakable, clean, nth_letter};

    #[test]
    fn what_html_forbids_is_replaced() {
        assert_eq!(
            clean("a\r\nb\rc\u{0}\u{7f}\u{9f}\u{fdd0}\u{1fffe}\t"),
            "a\nb\nc\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\t"
        );
        assert_eq!(clean("\u{202e}\u{e9}\u{feff}"), "\u{202e}\u{e9}\u{feff}");
    }

    #[test]
    fn only_long_words_are_broken() {
        assert_eq!(breakable("a < b").into_string(), "a &lt; b");
        let long = breakable(&"x".repeat(70)).into_string();
        assert_eq!(long.matches("<wbr>").count(), 2);
        assert_eq!(long.replace("<wbr>", ""), "x".repeat(70));
    }

    #[test]
    fn after_z_come_two_letters() {
        let letters: Vec<String> = [0, 25, 26, 27, 701, 702].map(nth_letter).into();
        assert_eq!(letters, ["a", "z", "aa", "ab", "zz", "aaa"]);
    }
}
