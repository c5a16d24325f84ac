//! What must be ratified at home, and by which rule agreements are judged to hold.

use crate::document::{Composer, Form, Inline, Pointer, Section, Sentence};
use crate::packages::mediation::SettlementFinding;
use crate::packages::overview::Packages;
use crate::story::pieces::{item, points, stated};
use crate::story::words::list;

use super::deal;

/// Ratification, and what becomes of agreements; `None` when there is nothing to say of either.
pub(super) fn section(c: &Composer<'_>, packages: &Packages, from: &Pointer) -> Option<Section> {
    let mut section = Section::new("agreement-kept", "Whether it would be ratified and kept");
    ratification(c, packages, from, &mut section);
    let mut said = Vec::new();
    let defined = c.dossier.analysis.as_ref();
    let own = !c.dossier.supplied.contains_key("packages");
    let defined = defined.filter(|a| own && a.settings.by_party.is_empty());
    let defined = defined.map(|a| &a.settings.main);
    // What holds by the rule of the report is defined in the answer.
    let concept = packages.holds_by.as_ref();
    if let Some(concept) = concept.filter(|own| Some(*own) != defined) {
        let sentence = Sentence::new("agreement.holds_by")
            .words("An agreement is said to hold when the state of the conflict that it makes is stable for every party, by ")
            .part(Inline::name(concept))
            .words(".");
        said.push(sentence.on(stated(&from.key("holds_by"))));
    }
    if packages.holds_unknown.is_some() {
        let at = from.key("holds_unknown");
        let sentence = Sentence::new("agreement.holds_unknown")
            .words("Whether agreements would hold is not known: ")
            .part(c.told(&at))
            .words(".");
        said.push(sentence.on(stated(&at)));
    }
    if packages.holds_by.is_none() && packages.holds_unknown.is_none() {
        let sentence = Sentence::new("agreement.holds_unsaid")
            .words("Nothing says what an agreement would make of a conflict, so that it is not judged whether it would be kept.");
        said.push(sentence.on(stated(&from.key("holds_by"))));
    }
    section.paragraph(said);
    (!section.blocks.is_empty()).then_some(section)
}

fn ratification(c: &Composer<'_>, packages: &Packages, from: &Pointer, section: &mut Section) {
    let Some(found) = &packages.ratification else {
        return;
    };
    let at = from.key("ratification");
    let leaders = Sentence::new("agreement.leaders")
        .words("The leaders would accept ")
        .part(c.number(&at.key("leaders"), Form::Whole))
        .words(if found.leaders == "1" {
            " package; "
        } else {
            " packages; "
        })
        .part(c.number(&at.key("ratified"), Form::Whole))
        .words(" of these would also be ratified at home.");
    section.paragraph(vec![leaders.on(stated(&at))]);
    let sides = found.sides.iter().enumerate();
    let sides = sides.filter(|(_, side)| !side.ratifiers.is_empty());
    let sides = sides.map(|(n, side)| {
        let at = at.key("sides").index(n);
        let who = side.ratifiers.iter().map(|r| vec![Inline::name(&r.name)]);
        let sentence = Sentence::new("agreement.win_set")
            .part(Inline::name(&side.party))
            .words(" needs ")
            .parts(list(who.collect()))
            .words(" (")
            .part(c.told(&at.key("rule")))
            .words("): it would accept and ratify ")
            .part(c.number(&at.key("win_set"), Form::Whole))
            .words(if side.win_set == "1" {
                " package."
            } else {
                " packages."
            });
        item(sentence.on(stated(&at)))
    });
    let sides = sides.collect();
    points(&mut section.blocks, sides);
    let mut said = Vec::new();
    for (rule, words, key, settlement) in [
        (
            "agreement.free",
            "If nobody had to ratify, the largest product of the leaders' gains would be at this package: ",
            "free",
            &found.free,
        ),
        (
            "agreement.bound",
            "As they must, it is at this one: ",
            "bound",
            &found.bound,
        ),
    ] {
        if let Some(settlement) = settlement {
            let at = at.key(key);
            let free = found.free.as_ref();
            if key == "bound" && free.is_some_and(|f| f.valued.package == settlement.valued.package)
            {
                let same = Sentence::new(rule).words("That they must does not change it.");
                said.push(same.on(stated(&at)));
                continue;
            }
            said.push(self::settlement(c, packages, rule, words, settlement, &at));
        }
    }
    section.paragraph(said);
}

fn settlement(
    c: &Composer<'_>,
    packages: &Packages,
    rule: &'static str,
    words: &'static str,
    settlement: &SettlementFinding,
    at: &Pointer,
) -> Sentence {
    let worths = packages.voices.iter().zip(&settlement.valued.worth);
    let worths = worths.enumerate().map(|(n, (voice, _))| {
        vec![
            Inline::name(&voice.name),
            Inline::words(" "),
            c.number(&at.key("worth").index(n), Form::AsIs),
        ]
    });
    Sentence::new(rule)
        .words(words)
        .parts(deal(packages, &settlement.valued.package))
        .words(", worth ")
        .parts(list(worths.collect()))
        .words(".")
        .on(stated(at))
}
