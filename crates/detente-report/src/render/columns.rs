//! Tables in lines of text: columns side by side, as long as each has room for its longest word.

use unicode_width::UnicodeWidthStr;

/// What stands between columns.
const APART: usize = 2;

/// A word of more columns than these may be broken where a column is narrow.
const LONGEST: usize = 24;

/// A table as lines of at most this width, or none when a column would have less room than its longest word. Headings
/// may break after `_`, `-`, `.` and `/`; `right` says which columns are aligned to the right.
pub(super) fn lines(
    header: &[String],
    rows: &[Vec<String>],
    right: &[bool],
    width: usize,
) -> Option<Vec<String>> {
    let widths = widths(header, rows, width)?;
    let mut out = Vec::new();
    let headings: Vec<Vec<String>> = header
        .iter()
        .zip(&widths)
        .map(|(heading, width)| wrapped(&parts(heading), *width))
        .collect();
    // Headings stand on the line of the shortest one's foot.
    let high = headings.iter().map(Vec::len).max().unwrap_or(0);
    let headings: Vec<Vec<String>> = headings
        .into_iter()
        .map(|lines| {
            let above = vec![String::new(); high - lines.len()];
            [above, lines].concat()
        })
        .collect();
    beside(&headings, &widths, right, &mut out);
    for row in rows {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| wrapped(&words(cell), *width))
            .collect();
        beside(&cells, &widths, right, &mut out);
    }
    Some(out)
}

/// How wide each column is: as it needs, or where there is no room for all as much as its longest word, and what is
/// left goes to those that need it most.
fn widths(header: &[String], rows: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
    let mut widths = Vec::new();
    let mut wishes = Vec::new();
    for (place, heading) in header.iter().enumerate() {
        let cells = || rows.iter().filter_map(move |row| row.get(place));
        let wish = cells().map(|c| c.width()).max().unwrap_or(0);
        let pieces = cells().flat_map(|c| words(c));
        let pieces = pieces.chain(parts(heading));
        let least = pieces.map(|(_, piece)| piece.width()).max().unwrap_or(0);
        widths.push(least.clamp(1, LONGEST));
        wishes.push(wish.max(heading.width()).max(1));
    }
    let gaps = APART * header.len().saturating_sub(1);
    let mut left = width.checked_sub(widths.iter().sum::<usize>() + gaps)?;
    while left > 0 {
        // The lines that a column's longest text takes, in thousandths.
        let lines = |place: &usize| wishes[*place] * 1000 / widths[*place];
        let open = (0..widths.len()).filter(|p| widths[*p] < wishes[*p]);
        let Some(next) = open.max_by_key(|p| (lines(p), std::cmp::Reverse(*p))) else {
            break;
        };
        widths[next] += 1;
        left -= 1;
    }
    Some(widths)
}

/// The words of a text, each with whether a space stands before it.
fn words(text: &str) -> Vec<(bool, String)> {
    let words = text.split_whitespace().enumerate();
    words.map(|(n, word)| (n > 0, word.to_owned())).collect()
}

/// The same of a heading, whose names may break after the marks that join them.
fn parts(heading: &str) -> Vec<(bool, String)> {
    let mut out = Vec::new();
    for (spaced, word) in words(heading) {
        let pieces = word.split_inclusive(['_', '-', '.', '/']).enumerate();
        out.extend(pieces.map(|(n, piece)| (spaced && n == 0, piece.to_owned())));
    }
    out
}

/// Words in lines of a width.
fn wrapped(words: &[(bool, String)], width: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (spaced, word) in words {
        let gap = if *spaced { " " } else { "" };
        match out.last_mut() {
            Some(last) if last.width() + gap.len() + word.width() <= width => {
                last.push_str(gap);
                last.push_str(word);
            }
            _ => out.push(String::new()),
        }
        let Some(last) = out.last_mut().filter(|l| l.is_empty()) else {
            continue;
        };
        // The first word of a line, or as much of it as a line holds.
        let word = textwrap::core::Word::from(word.as_str());
        let pieces = word.break_apart(width.max(2));
        let mut pieces = pieces.map(|piece| piece.word.to_owned());
        *last = pieces.next().unwrap_or_default();
        out.extend(pieces);
    }
    out
}

/// Cells side by side, as many lines as the highest has.
fn beside(cells: &[Vec<String>], widths: &[usize], right: &[bool], out: &mut Vec<String>) {
    let high = cells.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..high {
        let mut text = String::new();
        for (place, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let says = cell.get(line).map_or("", String::as_str);
            let room = " ".repeat(width.saturating_sub(says.width()));
            if place > 0 {
                text.push_str(&" ".repeat(APART));
            }
            if right.get(place) == Some(&true) {
                text.push_str(&room);
                text.push_str(says);
            } else {
                text.push_str(says);
                text.push_str(&room);
            }
        }
        out.push(text.trim_end().to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|t| (*t).to_owned()).collect()
    }

    #[test]
    fn headings_break_where_names_are_joined() {
        let header = owned(&["outcome", "best_response_seq", "n"]);
        let rows = [owned(&["vague text with peace", "3", "12"])];
        let right = [false, true, true];
        assert_eq!(
            lines(&header, &rows, &right, 44).unwrap(),
            [
                "outcome                best_response_seq   n",
                "vague text with peace                  3  12",
            ]
        );
        assert_eq!(
            lines(&header, &rows, &right, 28).unwrap(),
            [
                "                   best_",
                "               response_",
                "outcome              seq   n",
                "vague text             3  12",
                "with peace",
            ]
        );
        assert_eq!(lines(&header, &rows, &right, 20), None);
    }

    #[test]
    fn every_word_is_there_once() {
        let header = owned(&["a", "b"]);
        let long = "x".repeat(60);
        let rows = [owned(&[&format!("one {long} two three"), "four"])];
        let found = lines(&header, &rows, &[false, false], 40).unwrap();
        let text: String = found.concat().split_whitespace().collect();
        assert_eq!(text.matches('x').count(), 60);
        for word in ["one", "two", "three", "four"] {
            assert_eq!(text.matches(word).count(), 1, "{found:?}");
        }
        assert!(found.iter().all(|line| line.len() <= 40), "{found:?}");
    }
}
