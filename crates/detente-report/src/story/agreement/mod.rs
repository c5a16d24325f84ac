//! What could be agreed: packages, what all could accept, what rules of division pick, what lies on the table.

mod division;
mod home;
mod named;
mod zone;

use super::{proof, words};
use crate::document::{Block, Composer, Form, Inline, Line, Pointer, Section, Sentence, anchor};
use crate::finding::Party;
use crate::packages::overview::{DealFinding, KeptFinding, Packages, RatifiedFinding, SideFinding};
use crate::story::pieces::{elsewhere, figure, joined, noun, stated, titled};

/// The section.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let packages = c.dossier.packages.as_ref()?;
    let from = Pointer::to("packages");
    let mut section = Section::new("agreement", "What could be agreed");
    let mut first: Vec<Sentence> = elsewhere(c, "packages").into_iter().collect();
    first.extend(table(c, packages, &from));
    section.paragraph(first);
    section.paragraph(zone::sentences(c, packages, &from));
    section.paragraph(zone::frontier(c, packages, &from));
    let caption = Sentence::new("agreement.picture")
        .words("What packages are worth to each, and those that nobody can better without somebody losing.")
        .on(stated(&from.key("frontier")));
    section.blocks.extend(figure(c, "frontier", caption));
    zone::in_the_way(c, packages, &from, &mut section.blocks);
    section
        .sections
        .extend(division::section(c, packages, &from));
    section.sections.extend(named::section(c, packages, &from));
    section.sections.extend(home::section(c, packages, &from));
    Some(section)
}

/// What is negotiated, by whom.
fn table(c: &Composer<'_>, packages: &Packages, from: &Pointer) -> Vec<Sentence> {
    let issues = packages.issues.len();
    let what = packages.issues.iter();
    let what = what.map(|i| vec![titled(i.title.as_deref(), &i.name)]);
    let mut sentence = Sentence::new("agreement.issues")
        .part(c.number(&from.key("issues"), Form::Length))
        .words(noun(issues, " issue is", " issues are"))
        .words(" negotiated: ")
        .parts(joined(what.collect(), ", ", " and "))
        .words(".");
    sentence = sentence.on(stated(&from.key("issues")));
    let permitted = &packages.permitted;
    let at = from.key("permitted");
    let count = Sentence::new("agreement.packages");
    let count = if permitted.count.is_some() {
        count
            .words("That makes ")
            .part(c.number(&at.key("count"), Form::Whole))
            .words(if permitted.count.as_deref() == Some("1") {
                " package"
            } else {
                " packages"
            })
            .words(if packages.rules.is_empty() {
                "."
            } else {
                " that the rules permit."
            })
    } else if permitted.not_counted.is_some() {
        count
            .words("How many packages the rules permit was not counted: ")
            .part(c.told(&at.key("not_counted")))
            .words(".")
    } else {
        count.words("How many packages the rules permit is not known.")
    };
    let mut said = vec![sentence, count.on(stated(&at))];
    for (place, side) in packages.table.iter().enumerate() {
        if side.doubtful {
            let doubtful = Sentence::new("agreement.doubtful")
                .words("Some numbers of ")
                .part(Inline::name(&side.name))
                .words(" are in doubt and stand at the middle of their bounds.");
            let at = from.key("table").index(place);
            said.push(doubtful.on(stated(&at.key("doubtful"))));
        }
    }
    said
}

/// A package by what it changes: `Spring drills: ended; Yongbyon: part`.
fn deal(packages: &Packages, deal: &DealFinding) -> Line {
    if deal.is_empty() {
        return vec![Inline::words("nothing changes")];
    }
    let parts = deal
        .iter()
        .map(|(issue, level)| change(packages, issue, std::slice::from_ref(level)));
    joined(parts.collect(), "; ", "; ")
}

/// An issue with the levels that are chosen or may be meant: `Yongbyon: freeze or part`.
fn change(packages: &Packages, issue: &str, levels: &[String]) -> Line {
    let found = packages.issues.iter().find(|i| i.name == *issue);
    let title = found.and_then(|i| i.title.as_deref());
    let mut line = vec![titled(title, issue), Inline::words(": ")];
    let levels = levels.iter().map(|level| {
        let all = found.map_or(&[][..], |i| &i.levels);
        let known = all.iter().find(|l| l.name == *level);
        vec![titled(known.and_then(|l| l.title.as_deref()), level)]
    });
    line.extend(joined(levels.collect(), ", ", " or "));
    line
}

/// Everybody, in the order of worths that hold also for those who are not at the table.
fn everybody(packages: &Packages) -> impl Iterator<Item = &SideFinding> {
    packages.table.iter().chain(&packages.absent)
}

/// The place of a point of the frontier.
fn point(place: usize) -> Pointer {
    Pointer::to("packages")
        .key("frontier")
        .key("points")
        .index(place)
}

/// What a point of the frontier is worth to each at the table: `US 8, DPRK 7`.
fn worths(c: &Composer<'_>, packages: &Packages, place: usize) -> Line {
    let at = point(place).key("worth");
    let sides = packages.table.iter().enumerate().map(|(n, side)| {
        vec![
            Inline::name(&side.name),
            Inline::words(" "),
            c.number(&at.index(n), Form::AsIs),
        ]
    });
    joined(sides.collect(), ", ", ", ")
}

/// The name by which links lead to what a rule of division picks.
fn picked(place: usize) -> String {
    anchor::table(&format!("picked-{place}"))
}

/// Whether it would be ratified at home.
fn ratified(list: &[RatifiedFinding], from: &Pointer) -> Vec<Sentence> {
    let each = list.iter().enumerate().map(|(n, home)| {
        let sentence = Sentence::new("agreement.ratified").words("At home ");
        let party = Inline::name(&home.party);
        let sentence = match home.ratified.as_deref() {
            Some("yes") => sentence.part(party).words(" would ratify it."),
            Some("no") => sentence.part(party).words(" would not ratify it."),
            Some(_) => sentence
                .words("it depends on what it means whether ")
                .part(party)
                .words(" would ratify it."),
            None => sentence
                .words("it was not looked at whether ")
                .part(party)
                .words(" would ratify it, since it may mean too much."),
        };
        sentence.on(stated(&from.index(n)))
    });
    each.collect()
}

/// What it makes of the conflict, and whether that would hold.
fn kept(c: &Composer<'_>, kept: &KeptFinding, one_of_many: bool, from: &Pointer) -> Vec<Sentence> {
    let mut sentence = Sentence::new("agreement.kept");
    sentence = if one_of_many {
        sentence.words("In one of its meanings ")
    } else {
        sentence.words("In the conflict ")
    };
    let Some(state) = &kept.state else {
        let excluded = sentence.words("it would make a state that the rules exclude.");
        return vec![excluded.on(stated(from))];
    };
    if let Some(said) = kept_here(c, kept, state.id, &sentence) {
        return vec![said];
    }
    sentence = sentence.words("it would make state ");
    let at = from.key("state");
    sentence = sentence.part(c.number(&at.key("id"), Form::Whole));
    let headline = state
        .title
        .as_deref()
        .or(state.classes.first().map(String::as_str));
    if let Some(headline) = headline {
        sentence = sentence.words(" (").part(Inline::name(headline)).words(")");
    }
    if kept.holds {
        return vec![sentence.words(", which would hold.").on(stated(from))];
    }
    let mut said = vec![sentence.words(", which would not hold.").on(stated(from))];
    if kept.undone_by.is_some() {
        let at = from.key("undone_by");
        let undone = Sentence::new("agreement.undone").part(c.told(&at));
        said.push(undone.on(stated(&at)));
    }
    said
}

/// The same where the conflict is that of the report and judged by the same rule: why it would not hold is told where
/// outcomes are.
fn kept_here(
    c: &Composer<'_>,
    kept: &KeptFinding,
    state: u32,
    sentence: &Sentence,
) -> Option<Sentence> {
    let analysis = c.dossier.analysis.as_ref()?;
    let own = !c.dossier.supplied.contains_key("packages") && words::find(c, state).is_some();
    let by = c.dossier.packages.as_ref()?.holds_by.as_ref()?;
    let alike = *by == analysis.settings.main && analysis.settings.by_party.is_empty();
    let leaves = |p: &&Party| proof::is_stable(c, &p.name, state) == Some(false);
    let leaver = analysis.parties.iter().find(leaves);
    if !own || !alike || kept.holds != leaver.is_none() {
        return None;
    }
    let said = sentence.clone().words("it would make ");
    let said = said.parts(words::brief(c, state)).words(if kept.holds {
        ", which would hold."
    } else {
        ", which would not hold."
    });
    Some(match leaver {
        Some(party) => said.on(proof::ground(c, &party.name, state)),
        None => said.on(proof::ground_of_all(state)),
    })
}

/// A block of sentences, if there are some.
fn paragraph(sentences: Vec<Sentence>) -> Option<Block> {
    (!sentences.is_empty()).then_some(Block::Paragraph(sentences))
}
