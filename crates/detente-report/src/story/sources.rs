//! Appendix: the sources, and what rests on each.

use detente_analysis::evidence::SourceUse;

use crate::document::{
    Block, Composer, Entry, Form, Inline, Line, Pointer, Section, Sentence, anchor,
};
use crate::evidence::{Ledger, graded};
use crate::story::pieces::{figure, joined, noun, stated, titled};

/// Elements that fall with a source that are named.
const NAMED: usize = 6;

/// The section; `None` when nothing is cited or declared.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let ledger = c.dossier.evidence.as_ref()?;
    if ledger.sources.is_empty() {
        return None;
    }
    let from = Pointer::to("evidence");
    let mut section = Section::new("sources", "Sources");
    let at = from.key("counts");
    let all_witnesses = ledger.counts.sources == ledger.counts.witnesses;
    let counts = Sentence::new("sources.count")
        .part(c.number(&at.key("sources"), Form::Whole))
        .words(noun(
            ledger.counts.sources,
            " source is declared or cited",
            " sources are declared or cited",
        ));
    let counts = if all_witnesses {
        counts.words(noun(
            ledger.counts.sources,
            ", and it is a witness of its own.",
            ", and each is a witness of its own.",
        ))
    } else {
        counts
            .words("; ")
            .part(c.number(&at.key("witnesses"), Form::Whole))
            .words(noun(
                ledger.counts.witnesses,
                " of them repeats no other and is a witness of its own.",
                " of them repeat no other and are witnesses of their own.",
            ))
    };
    section.paragraph(vec![counts.on(stated(&at))]);
    let caption = Sentence::new("sources.picture")
        .words("Which sources stand behind which elements, and which elements have none.")
        .on(stated(&from.key("sources")));
    section.blocks.extend(figure(c, "evidence", caption));
    let entries = ledger.sources.iter().enumerate().map(|(place, source)| {
        let at = from.key("sources").index(place);
        Entry {
            id: anchor::source(place),
            term: term(source),
            blocks: vec![Block::Paragraph(said(c, ledger, source, &at))],
        }
    });
    section.blocks.push(Block::Entries(entries.collect()));
    Some(section)
}

fn term(source: &SourceUse) -> Line {
    let mut term = vec![Inline::Strong(vec![Inline::name(&source.name)])];
    if let Some(title) = &source.title {
        term.push(Inline::words(": "));
        term.push(Inline::name(title));
    }
    term
}

fn said(c: &Composer<'_>, ledger: &Ledger, source: &SourceUse, at: &Pointer) -> Vec<Sentence> {
    let mut said = Vec::new();
    if !source.declared {
        let sentence = Sentence::new("sources.undeclared")
            .words("It is cited and not declared: the file does not say what it is.");
        said.push(sentence.on(stated(&at.key("declared"))));
    }
    said.extend(kind(c, source, at));
    if let Some(grade) = &source.grade {
        let sentence = Sentence::new("sources.grade")
            .words("It is graded ")
            .part(c.number(&at.key("grade"), Form::AsIs))
            .words(": ")
            .words(graded(grade).0)
            .words(graded(grade).1)
            .words(".");
        said.push(sentence.on(stated(&at.key("grade"))));
    }
    if !source.chain.is_empty() {
        let chain = source.chain.iter().map(|name| vec![other(ledger, name)]);
        let sentence = Sentence::new("sources.repeats")
            .words("It repeats ")
            .parts(joined(
                chain.collect(),
                ", which repeats ",
                ", which repeats ",
            ))
            .words(", and is no witness of its own.");
        said.push(sentence.on(stated(&at.key("chain"))));
    }
    said.extend(away(source, at));
    said.extend(rests(c, ledger, source, at));
    said
}

/// What kind of source it is, and of which day.
fn kind(c: &Composer<'_>, source: &SourceUse, at: &Pointer) -> Option<Sentence> {
    let mut sentence = Sentence::new("sources.kind");
    match (&source.kind, &source.date) {
        (Some(kind), _) => {
            sentence = sentence.words("Its kind: ").part(Inline::name(kind));
            if source.date.is_some() {
                sentence = sentence
                    .words("; its day: ")
                    .part(c.number(&at.key("date"), Form::AsIs));
            }
        }
        (None, Some(_)) => {
            sentence = sentence
                .words("Its day: ")
                .part(c.number(&at.key("date"), Form::AsIs));
        }
        (None, None) => return None,
    }
    if source.notes {
        sentence = sentence.words("; what was read of it are notes");
    }
    Some(sentence.words(".").on(stated(at)))
}

/// Where it can be read; only addresses of the web become links.
fn away(source: &SourceUse, at: &Pointer) -> Option<Sentence> {
    let url = source.url.as_ref()?;
    let shown = Inline::name(url);
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let shown = if is_web {
        Inline::Away {
            url: url.clone(),
            parts: vec![shown],
        }
    } else {
        shown
    };
    let sentence = Sentence::new("sources.url")
        .words("It can be read at ")
        .part(shown)
        .words(".");
    Some(sentence.on(stated(&at.key("url"))))
}

/// Another source, as a link to its entry.
fn other(ledger: &Ledger, name: &str) -> Inline {
    let place = ledger.sources.iter().position(|s| s.name == name);
    match place {
        Some(place) => Inline::link(anchor::source(place), vec![Inline::name(name)]),
        None => titled(None, name),
    }
}

/// How much rests on it, and what falls with it.
fn rests(c: &Composer<'_>, ledger: &Ledger, source: &SourceUse, at: &Pointer) -> Vec<Sentence> {
    let mut said = Vec::new();
    let cited = source.elements.len();
    let sentence = Sentence::new("sources.rests");
    let sentence = if cited == 0 {
        sentence.words("Nothing cites it.")
    } else {
        sentence
            .part(c.number(&at.key("elements"), Form::Length))
            .words(noun(
                cited,
                " element of the file cites it.",
                " elements of the file cite it.",
            ))
    };
    said.push(sentence.on(stated(&at.key("elements"))));
    let alone = source.alone.len();
    if alone > 0 {
        let fall = source.alone.iter().take(NAMED).filter_map(|number| {
            let place = ledger.elements.iter().position(|e| e.number == *number)?;
            let from = Pointer::to("evidence").key("elements").index(place);
            Some(vec![c.told(&from.key("name"))])
        });
        let fall: Vec<Line> = fall.collect();
        let mut sentence = Sentence::new("sources.falls")
            .words("If it is wrong, ")
            .part(c.number(&at.key("alone"), Form::Length))
            .words(noun(alone, " element falls", " elements fall"));
        if !fall.is_empty() {
            sentence = sentence
                .words(if alone > fall.len() {
                    ", among them "
                } else {
                    ": "
                })
                .parts(joined(fall, ", ", " and "));
        }
        said.push(sentence.words(".").on(stated(&at.key("alone"))));
    }
    said
}
