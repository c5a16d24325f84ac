//! What all could accept, the frontier, and who is in the way.

use super::deal;
use crate::document::{Block, Composer, Form, Inline, Item, Pointer, Sentence};
use crate::packages::mediation::ZoneFinding;
use crate::packages::overview::{CountFinding, Packages};
use crate::story::pieces::{item, names, points, stated};
use crate::story::words::list;

/// How many packages all could accept.
pub(super) fn sentences(c: &Composer<'_>, packages: &Packages, from: &Pointer) -> Vec<Sentence> {
    let at = from.key("zone");
    let who = || names(packages.table.iter().map(|s| s.name.as_str()));
    let mut said = Vec::new();
    match packages.zone.exists {
        Some(false) => {
            let none = Sentence::new("agreement.no_zone")
                .words("No package is worth to each of ")
                .parts(who())
                .words(" at least what having no agreement is: there is nothing that all could accept.");
            said.push(none.on(stated(&at.key("exists"))));
            return said;
        }
        None => {
            let unknown = Sentence::new("agreement.zone_unknown")
                .words("Whether some package is acceptable to all was not found out.");
            said.push(unknown.on(stated(&at)));
            return said;
        }
        Some(true) => {}
    }
    let weak = &packages.zone.weak;
    let sentence = Sentence::new("agreement.zone");
    let sentence = if weak.count.is_some() {
        sentence
            .part(c.number(&at.key("weak").key("count"), Form::Whole))
            .words(packages_are(weak))
            .words(" worth to each of ")
            .parts(who())
            .words(" at least what having no agreement is")
    } else {
        sentence
            .words("Some packages are worth to each of ")
            .parts(who())
            .words(" at least what having no agreement is; how many was not counted")
    };
    let strict = &packages.zone.strict;
    let sentence = if strict.count.is_some() {
        sentence
            .words("; ")
            .part(c.number(&at.key("strict").key("count"), Form::Whole))
            .words(if is_one(strict) { " is" } else { " are" })
            .words(" worth more to all.")
    } else {
        sentence.words(".")
    };
    said.push(sentence.on(stated(&at)));
    said
}

fn is_one(count: &CountFinding) -> bool {
    count.count.as_deref() == Some("1")
}

fn packages_are(count: &CountFinding) -> &'static str {
    if is_one(count) {
        " package is"
    } else {
        " packages are"
    }
}

/// The packages that nobody can better without somebody losing.
pub(super) fn frontier(c: &Composer<'_>, packages: &Packages, from: &Pointer) -> Vec<Sentence> {
    let found = &packages.frontier;
    let at = from.key("frontier");
    if found.points.is_empty() {
        return Vec::new();
    }
    let one = found.packages == "1";
    let all = Sentence::new("agreement.frontier")
        .part(c.number(&at.key("packages"), Form::Whole))
        .words(if one {
            " package cannot be bettered for anybody without somebody losing."
        } else {
            " packages cannot be bettered for anybody without somebody losing."
        });
    let acceptable = Sentence::new("agreement.acceptable");
    let acceptable = match found.acceptable_packages.as_str() {
        "0" => acceptable.words("All could accept none of these."),
        "1" => acceptable
            .words("Of these, all could accept ")
            .part(c.number(&at.key("acceptable_packages"), Form::Whole))
            .words(": an efficient agreement that leaves nobody worse off is a narrow thing here."),
        _ => acceptable
            .words("Of these, all could accept ")
            .part(c.number(&at.key("acceptable_packages"), Form::Whole))
            .words("."),
    };
    vec![
        all.on(stated(&at.key("packages"))),
        acceptable.on(stated(&at.key("acceptable_packages"))),
    ]
}

/// Who is in the way where there is nothing that all could accept.
pub(super) fn in_the_way(
    c: &Composer<'_>,
    packages: &Packages,
    from: &Pointer,
    blocks: &mut Vec<Block>,
) {
    let Some(zone) = &packages.in_the_way else {
        return;
    };
    let at = from.key("in_the_way");
    let mut said = Vec::new();
    if !zone.conflicts.is_empty() {
        let sets = zone.conflicts.iter().map(names);
        let conflict = Sentence::new("agreement.conflicts")
            .words("No package satisfies together ")
            .parts(crate::story::pieces::joined(
                sets.collect(),
                ", nor ",
                ", nor ",
            ))
            .words(".");
        said.push(conflict.on(stated(&at.key("conflicts"))));
    }
    said.extend(nearest(c, packages, zone, &at));
    if !said.is_empty() {
        blocks.push(Block::Paragraph(said));
    }
    let alone = zone.alone.iter().enumerate().map(|(place, shift)| {
        let from = at.key("alone").index(place);
        let sentence = Sentence::new("agreement.alone").part(Inline::name(&shift.voice));
        let sentence = if shift.by.is_some() {
            sentence
                .words(" alone would have to ask for ")
                .part(c.number(&from.key("by"), Form::AsIs))
                .words(" less than what having no agreement is worth to it.")
        } else {
            sentence.words(
                " alone could not make an agreement possible: the others conflict without it.",
            )
        };
        item(sentence.on(stated(&from)))
    });
    let alone: Vec<Item> = alone.collect();
    points(blocks, alone);
}

/// The package for which the largest concession is smallest.
fn nearest(
    c: &Composer<'_>,
    packages: &Packages,
    zone: &ZoneFinding,
    at: &Pointer,
) -> Option<Sentence> {
    let nearest = zone.nearest.as_ref()?;
    let from = at.key("nearest");
    let gains = packages.voices.iter().zip(&nearest.gain).enumerate();
    let gains = gains.map(|(n, (voice, _))| {
        vec![
            Inline::name(&voice.name),
            Inline::words(" "),
            c.number(&from.key("gain").index(n), Form::AsIs),
        ]
    });
    let sentence = Sentence::new("agreement.nearest")
        .words("The nearest to an agreement is this package: ")
        .parts(deal(packages, &nearest.package))
        .words("; beside having no agreement it brings ")
        .parts(list(gains.collect()))
        .words(".");
    Some(sentence.on(stated(&from)))
}
