//! How likely by when: the forecast, its words by the Intelligence Community Directive on analytic standards (ICD 203),
//! and everything that it assumes.

use crate::document::{
    Block, Column, Composer, Form, Inline, Item, Line, Pointer, Section, Sentence, Table, anchor,
};
use crate::forecast::{ChangeEntry, EventEntry, Forecast, ProbabilityEntry, TargetEntry};
use crate::story::pieces::{
    column, elsewhere, figure, item, joined, noun, numeric, points, row, stated,
};
use crate::story::words::{list, quoted};

/// Outcomes of the headline.
const HEADLINE: usize = 3;
/// Events that are told.
const EVENTS: usize = 4;
/// Dates beside each other in the table.
const DATES: usize = 6;
/// What is less probable than this on every date is said to be so, and not in the table.
const HARDLY: f64 = 0.0005;
/// The least change of a probability that is told.
const TELLING: f64 = 0.005;

/// The section.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let forecast = c.dossier.forecast.as_ref()?;
    let from = Pointer::to("forecast");
    let mut section = Section::new("likely", "How likely by when");
    let mut first: Vec<Sentence> = elsewhere(c, "forecast").into_iter().collect();
    first.extend(headline(c, forecast, &from));
    section.paragraph(first);
    section.paragraph(method(c, forecast, &from));
    let caption = Sentence::new("likely.picture")
        .words("How probable it is, day by day, that things stand at each outcome.")
        .see(anchor::table("likely"));
    section.blocks.extend(figure(c, "fan", caption));
    section.blocks.push(table(c, forecast, &from));
    section.paragraph(hardly(forecast));
    passages(c, forecast, &from, &mut section.blocks);
    events(c, forecast, &from, &mut section.blocks);
    references(c, forecast, &from, &mut section.blocks);
    section.sections.extend(assumptions(c, forecast, &from));
    Some(section)
}

/// The probability on the last day.
fn end(target: &TargetEntry) -> f64 {
    target.at.last().map_or(0.0, |p| p.value)
}

/// Whether a target matters on some date.
fn matters(target: &TargetEntry) -> bool {
    target.at.iter().any(|p| p.value >= HARDLY)
}

/// Percent with so many digits that what is neither excluded nor certain does not look so.
fn percent(value: f64) -> Form {
    if value <= 0.0 || value >= 1.0 {
        return Form::Percent(0);
    }
    let away = value.min(1.0 - value) * 100.0;
    let mut digits = 1;
    let mut least = 0.05;
    while away < least && digits < 7 {
        digits += 1;
        least /= 10.0;
    }
    Form::Percent(digits)
}

/// A probability with its error and its word: `64.9 % (likely)`.
fn probability(c: &Composer<'_>, entry: &ProbabilityEntry, from: &Pointer) -> Line {
    let mut line = share(c, entry, from);
    line.push(Inline::words(" ("));
    line.push(c.told(&from.key("word")));
    line.push(Inline::words(")"));
    line
}

/// The same without the word.
fn share(c: &Composer<'_>, entry: &ProbabilityEntry, from: &Pointer) -> Line {
    let mut line = vec![c.number(&from.key("value"), percent(entry.value))];
    if entry.standard_error.is_some_and(|e| e > 0.0) {
        line.push(Inline::words(", give or take "));
        line.push(c.number(&from.key("standard_error"), Form::Percent(2)));
    }
    line
}

/// The most probable outcomes on the last day.
fn headline(c: &Composer<'_>, forecast: &Forecast, from: &Pointer) -> Vec<Sentence> {
    let mut order: Vec<(usize, &TargetEntry)> = forecast.targets.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| end(b).total_cmp(&end(a)));
    let last = forecast.dates.len().saturating_sub(1);
    let date = |c: &Composer<'_>| c.number(&from.key("dates").index(last), Form::AsIs);
    let shown = order.into_iter().filter(|(_, t)| end(t) >= HARDLY);
    let said = shown.take(HEADLINE).filter_map(|(place, target)| {
        let at = from.key("targets").index(place).key("at").index(last);
        Some((target, probability(c, target.at.last()?, &at)))
    });
    let each = said.enumerate().map(|(place, (target, probability))| {
        let mut line = vec![Inline::words("at ")];
        line.extend(quoted(&target.name));
        line.push(Inline::words(if place == 0 {
            " with a probability of "
        } else {
            " with "
        }));
        line.extend(probability);
        line
    });
    let each: Vec<Line> = each.collect();
    if each.is_empty() {
        return Vec::new();
    }
    let sentence = Sentence::new("likely.headline")
        .words("On ")
        .part(date(c))
        .words(" things stand ")
        .parts(super::words::list(each))
        .words(".");
    vec![sentence.see(anchor::table("likely"))]
}

/// How the numbers were found, and what they are.
fn method(c: &Composer<'_>, forecast: &Forecast, from: &Pointer) -> Vec<Sentence> {
    let at = from.key("method");
    let sentence = Sentence::new("likely.method");
    let how = if forecast.method.replicates.is_some() {
        sentence
            .words("These numbers are estimates from ")
            .part(c.number(&at.key("replicates"), Form::Whole))
            .words(" histories that were drawn at random; beside each stands one standard error.")
    } else {
        sentence.words("These numbers are computed and not drawn: given what is assumed, they have no error of chance.")
    };
    let follow = Sentence::new("likely.follow")
        .words("They follow from the file and from what is assumed, which is listed below; they are no better than these. Words of likelihood are those of the Intelligence Community Directive on analytic standards, each by the number beside it.");
    let mut said = vec![how.on(stated(&at))];
    let mut horizon = Sentence::new("likely.horizon")
        .words("The forecast looks from ")
        .part(c.number(&from.key("as_of"), Form::AsIs))
        .words(" to ")
        .part(c.number(&from.key("until"), Form::AsIs));
    horizon = match forecast.until_because.as_str() {
        "calendar" => horizon.words(", the last day of the calendar."),
        "claim" => horizon.words(", the last day for which something is claimed."),
        "usual" => horizon.words(", as nothing in the file reaches further."),
        _ => horizon.words("."),
    };
    said.push(horizon.see(anchor::table("likely")));
    if forecast.method.doubts > 0 {
        let doubts = Sentence::new("likely.doubts")
            .words("They are averages over ")
            .part(c.number(&at.key("doubts"), Form::Whole))
            .words(noun(
                forecast.method.doubts,
                " doubt about preferences.",
                " doubts about preferences.",
            ));
        said.push(doubts.on(stated(&at.key("doubts"))));
    }
    let below = if forecast.assumptions.is_empty() {
        follow.on(stated(&from.key("assumptions")))
    } else {
        follow.see("likely-assumptions")
    };
    said.push(below);
    said
}

/// The dates of the table, as places: the first and the last, and those between, evenly where there are many.
fn dates(count: usize) -> Vec<usize> {
    if count <= DATES {
        return (0..count).collect();
    }
    (0..DATES).map(|n| n * (count - 1) / (DATES - 1)).collect()
}

/// Where things stand at the end of each day.
fn table(c: &Composer<'_>, forecast: &Forecast, from: &Pointer) -> Block {
    let dates = dates(forecast.dates.len());
    let mut columns: Vec<Column> = vec![column("Outcome")];
    for date in &dates {
        let title = c.number(&from.key("dates").index(*date), Form::AsIs);
        columns.push(numeric(vec![title]));
    }
    let targets = forecast.targets.iter().enumerate();
    let rows = targets.filter(|(_, t)| matters(t)).map(|(place, target)| {
        let at = from.key("targets").index(place).key("at");
        let mut cells = vec![vec![Inline::name(&target.name)]];
        for date in &dates {
            let entry = target.at.get(*date);
            cells.push(entry.map_or_else(Vec::new, |p| {
                vec![c.number(&at.index(*date).key("value"), percent(p.value))]
            }));
        }
        row(cells)
    });
    Block::Table(Table {
        id: anchor::table("likely"),
        caption: vec![Inline::words(
            "The probability that things stand at an outcome at the end of a day",
        )],
        columns,
        rows: rows.collect(),
    })
}

/// What is hardly ever so.
fn hardly(forecast: &Forecast) -> Vec<Sentence> {
    let never = forecast.targets.iter().filter(|t| !matters(t));
    let never: Vec<&str> = never.map(|t| t.name.as_str()).collect();
    if never.is_empty() {
        return Vec::new();
    }
    let sentence = Sentence::new("likely.hardly")
        .words("With less than one chance in two thousand on each of these days, or none: ")
        .parts(list(never.into_iter().map(quoted).collect()))
        .words(".");
    vec![sentence.see(anchor::table("likely"))]
}

/// By when what is reached is reached.
fn passages(c: &Composer<'_>, forecast: &Forecast, from: &Pointer, blocks: &mut Vec<Block>) {
    let last = forecast.dates.len().saturating_sub(1);
    let told = forecast
        .targets
        .iter()
        .enumerate()
        .filter_map(|(n, target)| {
            let entry = target.reached.last()?;
            let first = target.reached.first()?;
            target.passage.quartiles.as_ref()?;
            if entry.value < HARDLY || first.value >= 1.0 {
                return None;
            }
            let at = from.key("targets").index(n);
            let quartile = |n| c.number(&at.key("passage").key("quartiles").index(n), Form::AsIs);
            let sentence = Sentence::new("likely.reached")
                .parts(quoted(&target.name))
                .words(" is reached by ")
                .part(c.number(&from.key("dates").index(last), Form::AsIs))
                .words(" with a probability of ")
                .parts(probability(c, entry, &at.key("reached").index(last)))
                .words("; where it is, in a quarter of the cases it is by ")
                .part(quartile(0))
                .words(", in half by ")
                .part(quartile(1))
                .words(", in three quarters by ")
                .part(quartile(2))
                .words(".");
            Some(item(sentence.on(stated(&at.key("passage")))))
        });
    let told: Vec<Item> = told.collect();
    if told.is_empty() {
        return;
    }
    let lead = Sentence::new("likely.passages")
        .words("What is reached need not stay. By when each outcome is first reached:");
    blocks.push(Block::Paragraph(vec![
        lead.on(stated(&from.key("targets"))),
    ]));
    points(blocks, told);
}

/// Whether a change is more than nothing and more than chance would make.
fn telling(change: &ChangeEntry) -> bool {
    let by = change.by.abs();
    by >= TELLING && by > 3.0 * change.standard_error.unwrap_or(0.0)
}

/// The largest change that an event makes.
fn largest(event: &EventEntry) -> f64 {
    let changes = event.changes.values().filter(|k| telling(k));
    changes.map(|k| k.by.abs()).fold(0.0, f64::max)
}

/// Which event changes most.
fn events(c: &Composer<'_>, forecast: &Forecast, from: &Pointer, blocks: &mut Vec<Block>) {
    let mut order: Vec<(usize, &EventEntry)> = forecast.events.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| largest(b).total_cmp(&largest(a)));
    let at = from.key("events");
    let compared = order.iter().any(|(_, e)| !e.changes.is_empty());
    let Some((first, most)) = order.first().filter(|_| compared) else {
        return;
    };
    let sentence = Sentence::new("likely.most");
    if largest(most) <= 0.0 {
        let none = sentence.words("No event ahead changes these probabilities to speak of.");
        blocks.push(Block::Paragraph(vec![none.on(stated(&at))]));
        return;
    }
    let sentence = sentence
        .words("The event that changes most is ")
        .part(Inline::name(&most.title))
        .words(". In points of percent on ")
        .part(c.number(&from.key("until"), Form::AsIs))
        .words(", against the same without it:");
    blocks.push(Block::Paragraph(vec![
        sentence.on(stated(&at.index(*first))),
    ]));
    let told = order.iter().filter(|(_, e)| largest(e) > 0.0).take(EVENTS);
    let told = told.map(|(n, event)| item(self::event(c, event, &at.index(*n))));
    points(blocks, told.collect());
}

fn event(c: &Composer<'_>, event: &EventEntry, from: &Pointer) -> Sentence {
    let mut changes: Vec<(&String, &ChangeEntry)> =
        event.changes.iter().filter(|(_, k)| telling(k)).collect();
    changes.sort_by(|(_, a), (_, b)| b.by.abs().total_cmp(&a.by.abs()));
    let changes = changes.into_iter().map(|(target, change)| {
        let at = from.key("changes").key(target);
        let mut line = quoted(target);
        line.push(Inline::words(" "));
        line.push(c.number(&at.key("by"), Form::Points(1)));
        if change.standard_error.is_some_and(|e| e > 0.0) {
            line.push(Inline::words(", give or take "));
            line.push(c.number(&at.key("standard_error"), Form::Percent(2)));
        }
        line
    });
    let mut sentence = Sentence::new("likely.event")
        .part(Inline::name(&event.title))
        .words(" (")
        .part(c.number(&from.key("when"), Form::AsIs))
        .words(")");
    if event.takes_place.value < 1.0 {
        sentence = sentence
            .words(", which takes place with a probability of ")
            .parts(probability(c, &event.takes_place, &from.key("takes_place")));
    }
    sentence
        .words(": ")
        .parts(joined(changes.collect(), ", ", ", "))
        .words(".")
        .on(stated(from))
}

/// How often the like came true elsewhere.
fn references(c: &Composer<'_>, forecast: &Forecast, from: &Pointer, blocks: &mut Vec<Block>) {
    let told = forecast
        .references
        .iter()
        .enumerate()
        .map(|(n, reference)| {
            let at = from.key("references").index(n);
            let title = reference.title.as_deref().unwrap_or(&reference.name);
            let mut sentence = Sentence::new("likely.reference")
                .part(Inline::name(title))
                .words(": elsewhere this came true in ")
                .part(c.number(&at.key("least"), percent(reference.least)));
            if (reference.most - reference.least).abs() > f64::EPSILON {
                sentence = sentence
                    .words(" to ")
                    .part(c.number(&at.key("most"), percent(reference.most)));
            }
            let sentence = sentence
                .words(" of the cases; for ")
                .parts(list(reference.classes.iter().map(|k| quoted(k)).collect()))
                .words(" together the model says ")
                .parts(probability(c, &reference.model, &at.key("model")))
                .words(" on ")
                .part(c.number(&from.key("until"), Form::AsIs))
                .words(".");
            item(sentence.on(stated(&at)))
        });
    let told: Vec<Item> = told.collect();
    if told.is_empty() {
        return;
    }
    let lead = Sentence::new("likely.references")
        .words("Beside the model, how often the like came true elsewhere:");
    let lead = lead.on(stated(&from.key("references")));
    blocks.push(Block::Paragraph(vec![lead]));
    points(blocks, told);
}

/// Everything that is assumed.
fn assumptions(c: &Composer<'_>, forecast: &Forecast, from: &Pointer) -> Option<Section> {
    if forecast.assumptions.is_empty() {
        return None;
    }
    let at = from.key("assumptions");
    let mut section = Section::new("likely-assumptions", "What these numbers assume");
    let each = (0..forecast.assumptions.len()).map(|n| {
        let at = at.index(n);
        item(
            Sentence::new("likely.assumption")
                .part(c.told(&at))
                .on(stated(&at)),
        )
    });
    points(&mut section.blocks, each.collect());
    Some(section)
}
