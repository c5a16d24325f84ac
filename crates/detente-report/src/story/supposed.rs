//! A change of one assumption as a condition: `if North Korea wanted the opposite of “…”`.

use super::words::words as say;
use crate::document::{Composer, Inline, Line, Pointer};
use crate::dossier::Want;
use crate::sensitivity::Sensitivity;

/// What is supposed when the change at this place is made: in words where it is about a statement of a party, else as
/// the finding says it.
pub(super) fn change(c: &Composer<'_>, found: &Sensitivity, place: usize) -> Line {
    let as_found = || {
        let at = Pointer::to("sensitivity").key("changes").index(place);
        vec![say("with "), c.told(&at.key("says"))]
    };
    let Some(change) = found.changes.get(place) else {
        return Vec::new();
    };
    let assumption = found.assumptions.get(change.assumption);
    let statement = assumption.filter(|a| a.kind == "statement" || a.kind == "doubtful");
    let party = statement.and_then(|a| a.party.as_ref());
    let (Some(assumption), Some(party)) = (statement, party) else {
        return as_found();
    };
    let Some(what) = self::statement(c, party, &assumption.says) else {
        return as_found();
    };
    let (before, after) = match change.change.as_str() {
        "dropped" => (" no longer asked for ", ""),
        "reversed" => (" wanted the opposite of ", ""),
        "raised" => (" put ", " one place higher among what it wants"),
        "lowered" => (" put ", " one place lower among what it wants"),
        "first" => (" wanted before all else ", ""),
        "last" => (" wanted after all else ", ""),
        _ => return as_found(),
    };
    let mut line = vec![say("if "), Inline::name(party), say(before)];
    line.extend(what);
    line.push(say(after));
    line
}

/// The statement that an assumption names, by its text or its label, with titles for the names of options.
fn statement(c: &Composer<'_>, party: &str, says: &str) -> Option<Line> {
    let text = says.split_once('`')?.1.rsplit_once('`')?.0;
    let mut parties = c.dossier.about.parties.iter().enumerate();
    let known = parties
        .find(|(_, p)| p.name == party)
        .and_then(|(place, p)| {
            let fits = |w: &Want| w.says == text || w.label.as_deref() == Some(text);
            Some((place, p.wants.iter().position(fits)?))
        });
    Some(match known {
        Some((party, want)) => {
            let at = Pointer::to("about").key("parties").index(party);
            vec![c.formula(&at.key("wants").index(want).key("titled"))]
        }
        None => vec![say("“"), Inline::Code(text.to_owned()), say("”")],
    })
}
