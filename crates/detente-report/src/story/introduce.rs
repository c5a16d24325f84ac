//! Parties are introduced: where a section mentions one first, its full name stands before the short one.

use crate::document::{Block, Composer, Inline, Item, Line, Section, Sentence};

/// Writes the full names of parties where the section mentions them first: `United States (US)`. Lists of what is on,
/// tables and headings keep the short names.
pub(super) fn parties(c: &Composer<'_>, section: &mut Section) {
    let about = c.dossier.about.parties.iter();
    let titled = about.filter_map(|p| Some((p.name.as_str(), p.title.as_deref()?)));
    let mut left: Vec<(&str, &str)> = titled.filter(|(name, title)| name != title).collect();
    self::section(&mut left, section);
}

fn section(left: &mut Vec<(&str, &str)>, section_: &mut Section) {
    for block in &mut section_.blocks {
        match block {
            Block::Paragraph(all) => sentences(left, all),
            Block::List { items: all, .. } => items(left, all),
            Block::Figure(figure) => sentences(left, &mut figure.caption),
            Block::Entries(_) | Block::Table(_) | Block::Code { .. } => {}
        }
    }
    for inner in &mut section_.sections {
        section(left, inner);
    }
}

fn items(left: &mut Vec<(&str, &str)>, all: &mut [Item]) {
    for item in all {
        sentences(left, &mut item.sentences);
        items(left, &mut item.items);
    }
}

fn sentences(left: &mut Vec<(&str, &str)>, all: &mut [Sentence]) {
    for sentence in all {
        if !left.is_empty() {
            let parts = std::mem::take(&mut sentence.parts);
            sentence.parts = line(left, parts);
        }
    }
}

fn line(left: &mut Vec<(&str, &str)>, parts: Line) -> Line {
    let mut out: Line = Vec::with_capacity(parts.len());
    let mut rest = parts.into_iter().peekable();
    while let Some(part) = rest.next() {
        match part {
            Inline::Name(name) => {
                let place = left.iter().position(|(short, _)| *short == name);
                let alone = !quoted(out.last()) && !listed(rest.peek());
                match place.filter(|_| alone) {
                    Some(place) => {
                        let (_, title) = left.remove(place);
                        out.push(Inline::name(title));
                        out.push(Inline::words(" ("));
                        out.push(Inline::Name(name));
                        out.push(Inline::words(")"));
                    }
                    None => out.push(Inline::Name(name)),
                }
            }
            Inline::Strong(inner) => out.push(Inline::Strong(line(left, inner))),
            other => out.push(other),
        }
    }
    out
}

/// Whether what follows stands in quotation marks.
fn quoted(before: Option<&Inline>) -> bool {
    matches!(before, Some(Inline::Words(words)) if words.ends_with('“'))
}

/// Whether what is before is the head of a list, `US: sign`, or has its full name already.
fn listed(after: Option<&Inline>) -> bool {
    matches!(after, Some(Inline::Words(words)) if words.starts_with(": ") || words.starts_with(')'))
}
