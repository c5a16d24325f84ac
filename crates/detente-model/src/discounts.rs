//! Discounts that begin with an event of the calendar.

use detente_syntax::ast::{Date, Document, Event, Name, Start};

use crate::{days, present};

/// The event of that name, or the event that it became.
pub(crate) fn event<'c>(calendar: &'c [Event], name: &Name) -> Option<&'c Event> {
    let named = |e: &&Event| e.name.as_ref() == Some(name);
    let mut event = calendar.iter().find(named)?;
    // As often as there are events: they may replace each other in a ring, which is told elsewhere.
    for _ in calendar {
        let became = |e: &&Event| e.replaces.is_some() && e.replaces == event.name;
        match calendar.iter().find(became) {
            Some(next) => event = next,
            None => break,
        }
    }
    Some(event)
}

/// Writes the days of events into the discounts that begin with them, for a document that will do without its calendar.
pub fn date(document: &mut Document) {
    let as_of = present::day_of(document);
    let calendar = &document.calendar;
    for party in &mut document.parties {
        let own = party.utility.iter_mut();
        let home = party.ratifiers.iter_mut().map(|r| &mut r.utility);
        for discount in own.chain(home).flat_map(|u| &mut u.discounts) {
            let event = discount.from.event().and_then(|e| event(calendar, e));
            let Some(event) = event else { continue };
            let when = days::when(&event.when, as_of).ok();
            let Some(day) = when.and_then(crate::record::When::last) else {
                continue;
            };
            discount.from = Start::Day(Date::from(day.to_string()));
            discount.event = discount.event.take().or_else(|| event.title.clone());
        }
    }
}
