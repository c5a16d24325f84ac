//! A change of one assumption as a condition: `if North Korea wanted the opposite of “…”`.

use super::words::{self, words as say};
use crate::document::{Composer, Inline, Line, Pointer};
use crate::sensitivity::Sensitivity;

/// What is supposed when the change at this place is made: a condition where there are words for it, else as the finding
/// says it.
pub(super) fn change(c: &Composer<'_>, found: &Sensitivity, place: usize) -> Line {
    let at = Pointer::to("sensitivity");
    let Some(change) = found.changes.get(place) else {
        return Vec::new();
    };
    let assumption = found.assumptions.get(change.assumption);
    let from = at.key("assumptions").index(change.assumption).key("says");
    let known = assumption.and_then(|a| match (a.kind.as_str(), &a.party) {
        ("statement" | "doubtful", Some(party)) => statement(c, party, &change.change, &from),
        ("ranks", Some(party)) => ranked(c, party, &change.change, &a.says),
        (kind, _) => rule(c, kind, &change.change, &from),
    });
    known.unwrap_or_else(|| {
        let says = at.key("changes").index(place).key("says");
        vec![say("with "), c.told(&says)]
    })
}

/// A change of a statement of a party.
fn statement(c: &Composer<'_>, party: &str, change: &str, from: &Pointer) -> Option<Line> {
    let (before, after) = match change {
        "dropped" => (" no longer asked for ", ""),
        "reversed" => (" wanted the opposite of ", ""),
        "raised" => (" put ", " one place higher among what it wants"),
        "lowered" => (" put ", " one place lower among what it wants"),
        "first" => (" wanted before all else ", ""),
        "last" => (" wanted after all else ", ""),
        _ => return None,
    };
    let what = c.formula_in(from)?;
    Some(vec![
        say("if "),
        Inline::name(party),
        say(before),
        what,
        say(after),
    ])
}

/// Two neighbours in a ranking that change places, when each is one state.
fn ranked(c: &Composer<'_>, party: &str, change: &str, says: &str) -> Option<Line> {
    let pieces: Vec<&str> = says.split('`').collect();
    let [_, upper, " > ", lower, ""] = pieces.as_slice() else {
        return None;
    };
    let called = |name: &str| {
        let states = &c.dossier.analysis.as_ref()?.states;
        let named = states.iter().find(|s| s.name.as_deref() == Some(name))?;
        words::headline(c, named)
    };
    let mut line = vec![say("if "), Inline::name(party), say(" ranked ")];
    line.extend(called(lower)?);
    line.push(say(" above "));
    line.extend(called(upper)?);
    (change == "swapped").then_some(line)
}

/// A change of what is feasible, follows of itself, or cannot be undone.
fn rule(c: &Composer<'_>, kind: &str, change: &str, from: &Pointer) -> Option<Line> {
    Some(match (kind, change) {
        ("direction", "irreversible") => {
            vec![say("if "), c.told(from), say(" could not be taken back")]
        }
        ("direction", "reversible") => {
            vec![say("if "), c.told(from), say(" could be taken back")]
        }
        ("never", "dropped") => vec![say("if "), c.formula_in(from)?, say(" were not ruled out")],
        ("when" | "no_move", "dropped") => vec![say("if it were no rule that "), c.told(from)],
        _ => return None,
    })
}
