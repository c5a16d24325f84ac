//! What happened and what is to come, and what became of what was said.

mod claims;
mod course;

use crate::document::{Composer, Pointer, Section, Sentence};
use crate::story::pieces::{elsewhere, figure, stated};

/// The section.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let mut section = Section::new("record", "What happened, and what is to come");
    if let Some(calendar) = &c.dossier.calendar
        && !(calendar.timeline.events.is_empty() && calendar.timeline.precedents.is_empty())
    {
        let mut first: Vec<Sentence> = elsewhere(c, "calendar").into_iter().collect();
        first.extend(course::sentences(c, &calendar.timeline));
        section.paragraph(first);
        let caption = Sentence::new("record.picture")
            .words("The calendar, and the track at which each event is.")
            .on(stated(&Pointer::to("calendar").key("events")));
        section.blocks.extend(figure(c, "calendar", caption));
        section.blocks.extend(course::table(c, &calendar.timeline));
        section.blocks.extend(course::later(c, &calendar.timeline));
    }
    if let Some(claims) = &c.dossier.claims
        && !claims.claims.is_empty()
    {
        section.sections.push(claims::section(c, claims));
    }
    let is_empty = section.blocks.is_empty() && section.sections.is_empty();
    (!is_empty).then_some(section)
}
