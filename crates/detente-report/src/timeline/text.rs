//! The calendar as a person reads it in a terminal.

use detente_analysis::evidence::{EventFound, OfficeFound, OnDay, Reported, Tense};

use super::{Calendar, Found, finding};
use crate::evidence::conflict_text;
use crate::style::{Look, Page};
use crate::words::{self, count};

/// The report on the calendar.
pub fn text(found: &Found<'_>, look: Look) -> String {
    let calendar = finding(found);
    let mut page = Page::new(look);
    page.heading(&words::title(found.model, found.variants));
    if let Some(party) = found.party {
        page.paragraph(&format!("What concerns {party}."));
    }
    match &calendar.on {
        Some(on) => on_day(&mut page, on),
        None => all(&mut page, &calendar),
    }
    page.finish()
}

fn all(page: &mut Page, calendar: &Calendar) {
    let timeline = &calendar.timeline;
    if timeline.events.is_empty() && timeline.precedents.is_empty() {
        page.paragraph("The calendar is empty.");
    }
    let as_of = timeline.as_of.as_deref();
    let parts = [
        (Tense::Unsaid, "The calendar".to_owned()),
        (Tense::Past, "What has happened".to_owned()),
        (Tense::Replaced, "Plans that became other events".to_owned()),
        (
            Tense::Lapsed,
            "Over by its days; whether it took place is not said".to_owned(),
        ),
        (
            Tense::Now,
            format!("Under way on {}", as_of.unwrap_or_default()),
        ),
        (
            Tense::Coming,
            format!("To come after {}", as_of.unwrap_or_default()),
        ),
    ];
    for (tense, heading) in parts {
        let of: Vec<&EventFound> = timeline
            .events
            .iter()
            .filter(|e| e.tense == tense)
            .collect();
        events(page, &heading, &of);
    }
    let reported = |r: Reported| timeline.events.iter().filter(|e| e.reported == r).count();
    let (before, after) = (reported(Reported::Before), reported(Reported::After));
    if before + after > 0 {
        page.gap_once();
        page.paragraph(&format!(
            "{} known before the day itself, {} only later.",
            count(before, "event"),
            after
        ));
    }
    offices(page, "Who acts for whom", &timeline.offices);
    if !timeline.overlaps.is_empty() {
        page.heading("Persons whose roles overlap");
        for conflict in &timeline.overlaps {
            conflict_text(page, conflict);
        }
    }
    let precedents: Vec<&EventFound> = timeline.precedents.iter().collect();
    events(page, "History, not part of the timeline", &precedents);
}

fn on_day(page: &mut Page, on: &OnDay) {
    offices(
        page,
        &format!("Who acted for whom on {}", on.day),
        &on.offices,
    );
    if on.offices.is_empty() {
        page.gap_once();
        page.paragraph("The text names nobody who acted for a party on that day.");
    }
    let lists = [
        ("Under way, or possible on that day", &on.events),
        ("Known by then, and still to come", &on.ahead),
    ];
    for (heading, list) in lists {
        let list: Vec<&EventFound> = list.iter().collect();
        events(page, heading, &list);
    }
    if !on.commitments.is_empty() {
        page.heading("Commitments made by then");
        page.hanging("  ", "  ", &on.commitments.join(", "));
    }
}

fn offices(page: &mut Page, heading: &str, list: &[OfficeFound]) {
    if list.is_empty() {
        return;
    }
    page.heading(heading);
    page.gap();
    let rows: Vec<Vec<String>> = list
        .iter()
        .map(|o| {
            let days = match (&o.from, &o.to) {
                (None, None) => String::new(),
                (from, to) => format!(
                    "{} .. {}",
                    from.clone().unwrap_or_default(),
                    to.clone().unwrap_or_default()
                ),
            };
            vec![
                o.party.clone(),
                o.title.clone().unwrap_or_else(|| o.person.clone()),
                o.track.clone().unwrap_or_default(),
                o.role.clone().unwrap_or_default(),
                days.trim().to_owned(),
            ]
        })
        .collect();
    let header = ["party", "person", "track", "role", "days"].map(str::to_owned);
    page.table(&header, &rows, &[false; 5]);
}

fn events(page: &mut Page, heading: &str, list: &[&EventFound]) {
    if list.is_empty() {
        return;
    }
    page.heading(heading);
    page.gap();
    for event in list {
        self::event(page, event);
    }
}

fn event(page: &mut Page, event: &EventFound) {
    let mut said = event.kind.clone();
    if let Some(title) = event.title.as_ref().or(event.name.as_ref()) {
        said.push_str(&format!(": {title}"));
    }
    if let Some(track) = &event.track {
        said.push_str(&format!(", at {track}"));
    }
    if !event.with.is_empty() {
        said.push_str(&format!(", with {}", words::list(&event.with)));
    }
    if !event.cites.is_empty() {
        said.push_str(&format!(" [{}]", event.cites.join(", ")));
    }
    page.hanging(&format!("{}  ", event.when), "    ", &said);
    let mut more = Vec::new();
    if let Some(became) = &event.became {
        more.push(format!("became: {became}"));
    }
    if let Some(words) = &event.words {
        more.push(format!("its day is given as \"{words}\""));
    }
    if let Some((least, most)) = event.chance {
        more.push(if (most - least).abs() < f64::EPSILON {
            format!("chance {least:.0} in a hundred")
        } else {
            format!("chance {least:.0} to {most:.0} in a hundred")
        });
    }
    if let Some(known) = &event.known
        && event.kind != "precedent"
    {
        let days = event.gap.unwrap_or_default();
        let days = count(usize::try_from(days).unwrap_or_default(), "day");
        match event.reported {
            Reported::Before => more.push(format!("known {known}, {days} before")),
            Reported::After => more.push(format!("known {known}, {days} later")),
            Reported::Meanwhile if event.gap == Some(0) => {}
            Reported::Meanwhile | Reported::Unknown => more.push(format!("known {known}")),
        }
    }
    if !more.is_empty() {
        page.hanging("    ", "    ", &more.join("; "));
    }
    for value in event.values.iter().chain(&event.effects) {
        page.hanging("    ", "      ", value);
    }
}
