//! Words for grades, support and verdicts.

use detente_analysis::evidence::{Element, SourceUse, Verdict};

use crate::words::count;

/// A grade in words, after AJP-2.1: `B2: usually reliable; probably true`.
pub(super) fn grade(grade: &str) -> String {
    let (reliability, credibility) = graded(grade);
    format!("{grade}: {reliability}{credibility}")
}

/// What the letter and the digit of a grade mean, after AJP-2.1: `usually reliable`, `; probably true`.
pub(crate) fn graded(grade: &str) -> (&'static str, &'static str) {
    let mut chars = grade.chars();
    let reliability = match chars.next() {
        Some('A') => "completely reliable",
        Some('B') => "usually reliable",
        Some('C') => "fairly reliable",
        Some('D') => "not usually reliable",
        Some('E') => "unreliable",
        _ => "reliability cannot be judged",
    };
    let credibility = match chars.next() {
        Some('1') => "; confirmed by other sources",
        Some('2') => "; probably true",
        Some('3') => "; possibly true",
        Some('4') => "; doubtful",
        Some('5') => "; improbable",
        Some(_) => "; truth cannot be judged",
        None => "",
    };
    (reliability, credibility)
}

/// What supports an element: `2 sources, 1 witness: article, reprint`.
pub(super) fn support(element: &Element) -> String {
    if element.sources.is_empty() {
        return if element.asserts { "nothing" } else { "-" }.to_owned();
    }
    let sources = element.sources.len();
    let witnesses = element.witnesses.len();
    let names = element.sources.join(", ");
    if sources == 1 {
        return names;
    }
    format!(
        "{}, {}: {names}",
        count(sources, "source"),
        many(witnesses, "witness", "witnesses")
    )
}

/// `1 witness`, `2 witnesses`.
pub(super) fn many(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// How a source is called: its title with its name.
pub(super) fn source(source: &SourceUse) -> String {
    match &source.title {
        Some(title) => format!("{}: {title}", source.name),
        None => source.name.clone(),
    }
}

/// A verdict in words.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verbatim => "verbatim",
        Verdict::Elsewhere => "verbatim, in another paragraph",
        Verdict::Differs => "not verbatim",
        Verdict::Absent => "not in the source",
        Verdict::NotInNotes => "not in the notes",
        Verdict::Unchecked => "not checked",
    }
}
