//! The calendar in short, and its table of events.

use detente_analysis::evidence::{EventFound, Reported, Tense, Timeline};

use crate::document::{Block, Composer, Form, Inline, Line, Pointer, Row, Sentence, Table, anchor};
use crate::story::pieces::{column, joined, names, noun, sources, stated};

/// Events known only later that are told.
const LATER: usize = 4;

fn from() -> Pointer {
    Pointer::to("calendar").key("events")
}

/// What an event is called: its title, its name, or what kind of event it is.
fn called(event: &EventFound) -> Inline {
    let title = event.title.as_deref().or(event.name.as_deref());
    Inline::name(title.unwrap_or(&event.kind))
}

/// It with its days, as a link to its row.
fn told(c: &Composer<'_>, place: usize, event: &EventFound) -> Line {
    vec![
        Inline::link(anchor::event(place), vec![called(event)]),
        Inline::words(" ("),
        c.number(&from().index(place).key("when"), Form::AsIs),
        Inline::words(")"),
    ]
}

/// The last that happened, what is under way, and what comes next.
pub(super) fn sentences(c: &Composer<'_>, timeline: &Timeline) -> Vec<Sentence> {
    let of = |tense: Tense| {
        let events = timeline.events.iter().enumerate();
        events.filter(move |(_, e)| e.tense == tense)
    };
    let mut said = Vec::new();
    for (rule, words, event) in [
        (
            "record.last",
            "The last that happened is ",
            of(Tense::Past).next_back(),
        ),
        (
            "record.next",
            "The next that is to come is ",
            of(Tense::Coming).next(),
        ),
    ] {
        if let Some((place, event)) = event {
            let sentence = Sentence::new(rule)
                .words(words)
                .parts(told(c, place, event))
                .words(".");
            said.push(sentence.see(anchor::event(place)));
        }
    }
    let now: Vec<Line> = of(Tense::Now).map(|(n, e)| told(c, n, e)).collect();
    if !now.is_empty() {
        let sentence = Sentence::new("record.now")
            .words("Under way, or possible any day: ")
            .parts(joined(now, ", ", " and "))
            .words(".");
        said.insert(said.len().min(1), sentence.see(anchor::table("events")));
    }
    for (place, event) in of(Tense::Replaced) {
        let Some(became) = &event.became else {
            continue;
        };
        let sentence = Sentence::new("record.became")
            .parts(told(c, place, event))
            .words(" was a plan; it became ")
            .part(Inline::name(became))
            .words(".");
        said.push(sentence.see(anchor::event(place)));
    }
    let lapsed: Vec<Line> = of(Tense::Lapsed).map(|(n, e)| told(c, n, e)).collect();
    if !lapsed.is_empty() {
        let sentence = Sentence::new("record.lapsed")
            .words("Nothing says whether this took place, though its days are over: ")
            .parts(joined(lapsed, ", ", " and "))
            .words(".");
        said.push(sentence.see(anchor::table("events")));
    }
    said
}

/// All events.
pub(super) fn table(c: &Composer<'_>, timeline: &Timeline) -> Option<Block> {
    if timeline.events.is_empty() {
        return None;
    }
    let rows = timeline.events.iter().enumerate().map(|(place, event)| {
        let at = from().index(place);
        let mut with: Line = names(&event.with);
        if let Some(track) = &event.track {
            if !with.is_empty() {
                with.push(Inline::words(", "));
            }
            with.push(Inline::words("at "));
            with.push(Inline::name(track));
        }
        Row {
            id: Some(anchor::event(place)),
            cells: vec![
                vec![called(event)],
                vec![c.number(&at.key("when"), Form::AsIs)],
                standing(c, event, &at),
                with,
                sources(c, &event.cites),
            ],
        }
    });
    Some(Block::Table(Table {
        id: anchor::table("events"),
        caption: vec![Inline::words("The calendar, by day")],
        columns: vec![
            column("Event"),
            column("When"),
            column("Stands"),
            column("With, at"),
            column("Sources"),
        ],
        rows: rows.collect(),
    }))
}

/// Where it stands to the day of the report, and how likely it is if it is not certain.
fn standing(c: &Composer<'_>, event: &EventFound, at: &Pointer) -> Line {
    let words = match event.tense {
        Tense::Past => "over",
        Tense::Lapsed => "its days are over, not certain",
        Tense::Replaced => "was a plan",
        Tense::Now => "under way or possible",
        Tense::Coming => "to come",
        Tense::Unsaid => "not said",
    };
    let mut line = vec![Inline::words(words)];
    if let Some((least, most)) = event.chance {
        let at = at.key("chance");
        line.push(Inline::words(", chance "));
        line.push(c.number(&at.index(0), Form::Decimals(0)));
        if (most - least).abs() > f64::EPSILON {
            line.push(Inline::words(" to "));
            line.push(c.number(&at.index(1), Form::Decimals(0)));
        }
        line.push(Inline::words(" in a hundred"));
    }
    line
}

/// What was known only later, and history that the file recalls.
pub(super) fn later(c: &Composer<'_>, timeline: &Timeline) -> Option<Block> {
    let mut said = Vec::new();
    let events = timeline.events.iter().enumerate();
    let late = events.filter(|(_, e)| matches!(e.reported, Reported::After) && e.gap.is_some());
    for (place, event) in late.take(LATER) {
        let at = from().index(place);
        let gap = usize::try_from(event.gap.unwrap_or_default()).unwrap_or(usize::MAX);
        let sentence = Sentence::new("record.later")
            .parts(told(c, place, event))
            .words(" became known only ")
            .part(c.number(&at.key("gap"), Form::Whole))
            .words(noun(gap, " day", " days"))
            .words(" later.");
        said.push(sentence.see(anchor::event(place)));
    }
    let at = Pointer::to("calendar").key("precedents");
    let recalled = timeline.precedents.iter().enumerate().map(|(n, event)| {
        vec![
            called(event),
            Inline::words(" ("),
            c.number(&at.index(n).key("when"), Form::AsIs),
            Inline::words(")"),
        ]
    });
    let recalled: Vec<Line> = recalled.collect();
    if !recalled.is_empty() {
        let sentence = Sentence::new("record.precedents")
            .words("History that is recalled, and is no part of this calendar: ")
            .parts(joined(recalled, ", ", " and "))
            .words(".");
        said.push(sentence.on(stated(&at)));
    }
    (!said.is_empty()).then_some(Block::Paragraph(said))
}
