//! How wide texts are, and what to do with those that are too wide.

use unicode_width::UnicodeWidthChar;

/// The widths of the letters from U+0020 to U+007E in Helvetica, in thousandths of the size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// How wide a text of this size is, in the units of the size.
pub(crate) fn width(text: &str, size: u32) -> f64 {
    let thousandths: u32 = text.chars().map(letter).sum();
    f64::from(thousandths) / 1000.0 * f64::from(size)
}

/// Thousandths of the size. Letters outside the table: none for marks upon others, a whole for those that take two
/// columns, and as wide as a broad small letter otherwise.
fn letter(letter: char) -> u32 {
    let Some(letter) = shown(letter) else {
        return 0;
    };
    let place = u32::from(letter).wrapping_sub(0x20) as usize;
    match WIDTHS.get(place) {
        Some(width) => u32::from(*width),
        None if letter == '\u{a0}' => 278,
        None if letter == '\u{2026}' => 1000,
        None => match letter.width() {
            Some(0) | None => 0,
            Some(1) => 640,
            Some(_) => 1050,
        },
    }
}

/// The letter that stands for one: a space for those that break lines, none for those that turn or join what is around
/// them and those that XML cannot carry.
fn shown(letter: char) -> Option<char> {
    match letter {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{fffe}'
        | '\u{ffff}' => None,
        other if other.is_control() => None,
        other => Some(other),
    }
}

/// A text without letters that would break a line, turn what is around it, or could not be in a picture at all.
pub(crate) fn clean(text: &str) -> String {
    text.chars().filter_map(shown).collect()
}

/// How many things of one width fit in a room: at least one.
pub(crate) fn fits(room: f64, each: f64) -> usize {
    let more = (2..10_000_u32).take_while(|n| each * f64::from(*n) <= room);
    1 + more.count()
}

/// As much of a text as there is room for, ending in an ellipsis when it is not all; at least one letter.
pub(crate) fn fit(text: &str, size: u32, room: f64) -> String {
    let text = clean(text);
    if width(&text, size) <= room {
        return text;
    }
    let room = room - width("\u{2026}", size);
    let mut kept = String::new();
    let mut used = 0.0;
    for one in text.chars() {
        used += f64::from(letter(one)) / 1000.0 * f64::from(size);
        if used > room && !kept.is_empty() {
            break;
        }
        kept.push(one);
    }
    format!("{}\u{2026}", kept.trim_end())
}

/// A text in lines that have room, broken between words where there are some; at most so many lines, the last of
/// which ends in an ellipsis when it is not all.
pub(crate) fn lines(text: &str, size: u32, room: f64, most: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let breaks = |c: char| c.is_whitespace() && c != '\u{a0}';
    for word in clean(text).split(breaks).filter(|w| !w.is_empty()) {
        match out.last_mut() {
            Some(last) if width(last, size) + width(" ", size) + width(word, size) <= room => {
                last.push(' ');
                last.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    if out.len() > most {
        let rest = out.split_off(most.saturating_sub(1)).join(" ");
        out.push(rest);
    }
    out.iter().map(|line| fit(line, size, room)).collect()
}

#[cfg(test)]
mod tests {
    use super::{fit, lines, width};

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        assert_eq!(fit("vague text", 12, 500.0), "vague text");
        let cut = fit("vague text with peace", 12, 60.0);
        assert!(
            cut.ends_with('\u{2026}') && width(&cut, 12) <= 60.0,
            "{cut}"
        );
        assert_eq!(fit("wide", 12, 0.0), "w\u{2026}");
    }

    #[test]
    fn lines_have_room() {
        let text =
            "FFVD without relief, and a word thatislongerthananylinecouldpossiblyhold after it";
        let broken = lines(text, 12, 90.0, 20);
        assert!(broken.len() > 4);
        assert!(
            broken.iter().all(|line| width(line, 12) <= 90.0),
            "{broken:?}"
        );
        let short = lines(text, 12, 90.0, 2);
        assert_eq!(short.len(), 2);
        assert!(short[1].ends_with('\u{2026}'));
    }

    #[test]
    fn letters_of_all_scripts_have_a_width() {
        assert!(width("e\u{301}", 10) < width("ee", 10));
        assert!(width("\u{6838}", 10) > width("n", 10));
        assert!(width("\u{5d0}", 10) > 0.0);
    }
}
