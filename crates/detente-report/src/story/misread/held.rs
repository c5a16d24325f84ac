//! What the parties hold in common in spite of it.

use crate::document::{Composer, Form, Inline, Pointer, Section, Sentence};
use crate::story::pieces::{item, points, stated, want};
use crate::story::words::list;
use crate::terms::{DirectionFinding, IslandsFinding, SharedFinding, Terms};

/// Shared wishes that are told.
const TOLD: usize = 6;

/// What parties want in common; `None` when it was not asked or there is nothing.
pub(super) fn section(c: &Composer<'_>, terms: &Terms) -> Option<Section> {
    let islands = terms.islands.as_ref()?;
    let from = Pointer::to("terms").key("islands");
    let mut section = Section::new("misread-common", "What they hold in common");
    if islands.shared.is_empty() {
        let none =
            Sentence::new("misread.nothing_shared").words("No two parties state the same want.");
        section.paragraph(vec![none.on(stated(&from.key("shared")))]);
    } else {
        let lead = Sentence::new("misread.shared")
            .words("Two or more parties want the same, each in its own words:");
        section.paragraph(vec![lead.on(stated(&from.key("shared")))]);
        let shown = islands.shared.iter().enumerate().take(TOLD);
        let shown = shown.map(|(n, s)| item(shared(c, s, &from.key("shared").index(n))));
        points(&mut section.blocks, shown.collect());
    }
    section.paragraph(direction(c, islands, &from));
    Some(section)
}

fn shared(c: &Composer<'_>, shared: &SharedFinding, from: &Pointer) -> Sentence {
    let who = shared.wishes.iter().map(|w| {
        let mut line = vec![Inline::name(&w.party), Inline::words(" in ")];
        if c.dossier.supplied.contains_key("terms") {
            line.push(Inline::Code(w.text.clone()));
        } else {
            line.extend(want(c, &w.party, &w.text));
        }
        line
    });
    let sentence = Sentence::new("misread.want")
        .parts(list(who.collect()))
        .words("; it is so in ")
        .part(c.number(&from.key("states"), Form::Whole))
        .words(" of the ")
        .part(c.number(&Pointer::to("terms").key("feasible"), Form::Whole))
        .words(" possible states.");
    let cites = shared.wishes.iter().flat_map(|w| c.cited(&w.cites));
    sentence.on_all(cites).on(stated(from))
}

/// How far all parties rank states in the same direction.
fn direction(c: &Composer<'_>, islands: &IslandsFinding, from: &Pointer) -> Vec<Sentence> {
    let Some(DirectionFinding {
        pairs: Some(_),
        same: Some(_),
        opposite: Some(_),
        ..
    }) = islands.directions.first()
    else {
        return Vec::new();
    };
    let at = from.key("directions").index(0);
    let sentence = Sentence::new("misread.direction")
        .words("Of ")
        .part(c.number(&at.key("pairs"), Form::Whole))
        .words(" pairs of states, all parties prefer the same one in ")
        .part(c.number(&at.key("same"), Form::Whole))
        .words(", and in ")
        .part(c.number(&at.key("opposite"), Form::Whole))
        .words(" what one prefers another does not.");
    vec![sentence.on(stated(&at))]
}
