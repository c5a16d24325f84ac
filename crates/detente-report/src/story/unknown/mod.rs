//! What we do not know: what is in doubt, assumed, contradicted, misquoted, cut short or left out.

pub(super) mod doubt;
mod evidence;
mod limits;

pub(super) use self::limits::incomplete;
use crate::document::{Composer, Section, Sentence};
use crate::story::pieces::stated;

/// The section. It is always there: a report that has nothing to say here would not be honest.
#[expect(
    clippy::unnecessary_wraps,
    reason = "every section is written by a rule of this form"
)]
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let mut section = Section::new("unknown", "What we do not know");
    section.sections.extend(doubt::section(c));
    section.sections.extend(evidence::assumed(c));
    section.sections.extend(evidence::contradictions(c));
    section.sections.extend(evidence::quotations(c));
    section.sections.extend(limits::section(c));
    section.sections.extend(limits::left_out(c));
    let about = crate::document::Pointer::to("about");
    let lead = Sentence::new("unknown.lead").words(
        "Everything in this report follows from what the file says and from what is assumed below; what is not in the file is not in the report, and what is wrong in the file is wrong in the report.",
    );
    section.paragraph(vec![lead.on(stated(&about))]);
    Some(section)
}
