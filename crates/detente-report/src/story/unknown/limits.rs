//! How it was judged, what was cut short, and what was left out.

use crate::document::{Composer, Held, Inline, Item, Pointer, Section, Sentence};
use crate::story::pieces::{capital, item, joined, points, stated};

/// The parts of a dossier that can have notes or stop early, and what they are about.
const PARTS: [(&str, &str); 15] = [
    ("analysis", "what holds"),
    ("survey", "what holds, in too many states to list"),
    ("moves", "the moves"),
    ("evolution", "how outcomes are reached"),
    ("breakthroughs", "what would make an outcome hold"),
    ("sensitivity", "what single assumptions carry"),
    ("doubt", "what doubt makes of it"),
    ("places", "how firm the rankings are"),
    ("perception", "how the parties see the conflict"),
    ("terms", "what words mean"),
    ("packages", "what could be agreed"),
    ("forecast", "how likely by when"),
    ("claims", "what became of claims"),
    ("calendar", "the calendar"),
    ("evidence", "the evidence"),
];

/// The rules of judgement, what the findings note of their limits, and what was cut short.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let mut section = Section::new(
        "unknown-limits",
        "How it was judged, and the limits of that",
    );
    section.paragraph(judged(c));
    let mut told = Vec::new();
    for (part, about) in PARTS {
        let from = Pointer::to(part);
        match c.at(&from) {
            Some(Held::List(size)) => {
                for n in 0..size {
                    told.extend(limits(c, about, &from.index(n)));
                }
            }
            _ => told.extend(limits(c, about, &from)),
        }
    }
    points(&mut section.blocks, told);
    let is_empty = section.blocks.is_empty();
    (!is_empty).then_some(section)
}

/// By which rule it was judged what holds.
fn judged(c: &Composer<'_>) -> Vec<Sentence> {
    let mut said = Vec::new();
    if let Some(analysis) = &c.dossier.analysis {
        let from = Pointer::to("analysis").key("settings");
        let mut sentence = Sentence::new("unknown.judged")
            .words("An outcome is said to hold when no party has reason to leave it, by ")
            .part(Inline::name(&analysis.settings.main))
            .words("; other rules say otherwise of some outcomes");
        if !analysis.settings.by_party.is_empty() {
            let own = analysis.settings.by_party.iter();
            let own = own.map(|(party, concept)| {
                vec![
                    Inline::name(party),
                    Inline::words(" is judged by "),
                    Inline::name(concept),
                ]
            });
            sentence = sentence
                .words(" (")
                .parts(joined(own.collect(), ", ", ", "))
                .words(")");
        }
        said.push(sentence.words(".").on(stated(&from)));
        for (concept, _) in &analysis.not_applicable {
            let at = Pointer::to("analysis").key("not_applicable").key(concept);
            let sentence = Sentence::new("unknown.not_applicable")
                .part(Inline::name(concept))
                .words(" could not be applied: ")
                .part(c.told(&at))
                .words(".");
            said.push(sentence.on(stated(&at)));
        }
    }
    if c.dossier
        .forecast
        .as_ref()
        .is_some_and(|f| !f.assumptions.is_empty())
    {
        let sentence = Sentence::new("unknown.forecast")
            .words("How likely by when rests on assumptions of its own, which ")
            .part(Inline::link(
                "likely-assumptions",
                vec![Inline::words("are listed there")],
            ))
            .words(".");
        said.push(sentence.see("likely-assumptions"));
    }
    if c.dossier
        .packages
        .as_ref()
        .is_some_and(|p| p.table.iter().any(|s| s.doubtful))
    {
        let at = Pointer::to("packages").key("table");
        let sentence = Sentence::new("unknown.worths")
            .words("What packages are worth is in doubt for some; the numbers stand for the middle of the doubt.");
        said.push(sentence.on(stated(&at)));
    }
    for part in c.dossier.supplied.keys() {
        let from = Pointer::to("supplied").key(part);
        let sentence = called(part, Sentence::new("unknown.supplied"))
            .words(" is from another file, ")
            .part(c.told(&from))
            .words("; that it is about the same negotiation is assumed.");
        said.push(capital(sentence).on(stated(&from)));
    }
    said
}

/// What a part notes of its limits, and why it was cut short.
fn limits(c: &Composer<'_>, about: &'static str, from: &Pointer) -> Vec<Item> {
    let mut told = Vec::new();
    let at = from.key("stopped");
    if matches!(c.at(&at), Some(Held::Text(_))) {
        let sentence = Sentence::new("unknown.stopped")
            .words("Not complete, on ")
            .words(about)
            .words(": ")
            .part(c.told(&at))
            .words(".");
        told.push(item(sentence.on(stated(&at))));
    }
    for key in ["not_compared", "wishes_refused"] {
        let at = from.key(key);
        if matches!(c.at(&at), Some(Held::Text(_))) {
            let sentence = Sentence::new("unknown.not_sought")
                .words("Not sought, on ")
                .words(about)
                .words(": ")
                .part(c.told(&at))
                .words(".");
            told.push(item(sentence.on(stated(&at))));
        }
    }
    let at = from.key("notes");
    if let Some(Held::List(notes)) = c.at(&at) {
        for n in 0..notes {
            let at = at.index(n);
            let Some(Held::Text(text)) = c.at(&at) else {
                continue;
            };
            let sentence = Sentence::new("unknown.note")
                .words("On ")
                .words(about)
                .words(": ")
                .part(c.told(&at))
                .words(if text.trim_end().ends_with('.') {
                    ""
                } else {
                    "."
                });
            told.push(item(sentence.on(stated(&at))));
        }
    }
    told
}

/// What a part is about, in words; the name of its field where nothing is known of it.
fn called(part: &str, sentence: Sentence) -> Sentence {
    match PARTS.iter().find(|(known, _)| *known == part) {
        Some((_, about)) => sentence.words(about),
        None => sentence.part(Inline::name(part)),
    }
}

/// That the report is not complete, at its top: why, and what is missing.
pub(in crate::story) fn incomplete(c: &Composer<'_>) -> Option<Sentence> {
    let stopped = &c.dossier.stopped;
    let first = stopped.first()?;
    let at = Pointer::to("stopped");
    let parts = stopped.iter();
    let parts = parts.map(|s| called(&s.part, Sentence::new("")).parts);
    let sentence = Sentence::new("incomplete.stopped")
        .words("This report is not complete, on ")
        .parts(joined(parts.collect(), ", ", " and "))
        .words(": ")
        .part(c.told(&at.index(0).key("why")));
    let sentence = if first.why.trim_end().ends_with('.') {
        sentence
    } else {
        sentence.words(".")
    };
    let grounds = (0..stopped.len()).map(|n| stated(&at.index(n)));
    Some(sentence.on_all(grounds).see("unknown"))
}

/// The parts that are not there, and why.
pub(super) fn left_out(c: &Composer<'_>) -> Option<Section> {
    let left = &c.dossier.left_out;
    if left.is_empty() {
        return None;
    }
    let from = Pointer::to("left_out");
    let mut section = Section::new("unknown-left-out", "What this report leaves out");
    let mut reasons: Vec<(&str, Vec<usize>)> = Vec::new();
    for (n, out) in left.iter().enumerate() {
        match reasons.iter_mut().find(|(why, _)| *why == out.why) {
            Some((_, parts)) => parts.push(n),
            None => reasons.push((&out.why, vec![n])),
        }
    }
    let each = reasons.into_iter().map(|(why, parts)| {
        let named = parts.iter().filter_map(|n| left.get(*n));
        let named = named.map(|out| called(&out.part, Sentence::new("")).parts);
        let sentence = Sentence::new("unknown.left_out").parts(joined(named.collect(), "; ", "; "));
        let first = parts.first().copied().unwrap_or_default();
        let at = from.index(first).key("why");
        let ends = why.trim_end().ends_with('.');
        let sentence = sentence
            .words(": ")
            .part(c.told(&at))
            .words(if ends { "" } else { "." });
        item(capital(sentence).on(stated(&at)))
    });
    points(&mut section.blocks, each.collect());
    Some(section)
}
