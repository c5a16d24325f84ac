//! What rules of division pick.

use super::{deal, kept, paragraph, picked, point, ratified, worths};
use crate::document::{
    Block, Composer, Entry, Form, Inline, Line, Pointer, Section, Sentence, Table, anchor,
};
use crate::packages::overview::{Packages, PointFinding};
use crate::story::pieces::{column, item, joined, points, row, stated};
use crate::story::words::quoted;

/// Tied points of one rule that are told.
const TIED: usize = 3;

/// The rules, and what each picks.
pub(super) fn section(c: &Composer<'_>, packages: &Packages, from: &Pointer) -> Option<Section> {
    if packages.solutions.is_empty() {
        return None;
    }
    let mut section = Section::new("agreement-division", "What rules of division pick");
    section.paragraph(lead(c, packages, from));
    section.blocks.push(rules(c, packages));
    let meant = packages.solutions.iter().enumerate().map(|(n, solution)| {
        let at = from.key("solutions").index(n);
        let sentence = Sentence::new("agreement.rule")
            .part(Inline::name(&solution.title))
            .words(" looks for ")
            .part(c.told(&at.key("definition")))
            .words(" (")
            .part(c.told(&at.key("source")))
            .words(").");
        item(sentence.on(stated(&at)))
    });
    points(&mut section.blocks, meant.collect());
    let places = places(packages);
    let entries = places.into_iter().filter_map(|place| {
        let found = packages.frontier.points.get(place)?;
        Some(entry(c, packages, place, found))
    });
    let entries: Vec<Entry> = entries.collect();
    if !entries.is_empty() {
        section.blocks.push(Block::Entries(entries));
    }
    Some(section)
}

/// The points that are told, in the order in which rules pick them first.
fn places(packages: &Packages) -> Vec<usize> {
    let mut places = Vec::new();
    for solution in &packages.solutions {
        for place in solution.points.iter().take(TIED) {
            if !places.contains(place) {
                places.push(*place);
            }
        }
    }
    places
}

/// What most rules agree on, and what gains are counted from.
fn lead(c: &Composer<'_>, packages: &Packages, from: &Pointer) -> Vec<Sentence> {
    let counted = Sentence::new("agreement.counted_from")
        .words("A rule of division says which package is fair or efficient in its own sense; none is the right one. Gains are counted from what having no agreement is taken to be worth: ")
        .words(match packages.disagreement.as_str() {
            "reservation" => "the reservation value.",
            "worst" => "the worst package.",
            _ => "the reservation value, or the worst package where that is better or no value is given.",
        });
    let mut said = vec![counted.on(stated(&from.key("disagreement")))];
    let rules = |place: usize| {
        let picking = packages.solutions.iter();
        picking.filter(move |s| s.points.contains(&place))
    };
    let most = places(packages)
        .into_iter()
        .map(|place| (rules(place).count(), place))
        .fold(None, |best: Option<(usize, usize)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
    if let Some((count, place)) = most
        && count > 1
    {
        let sentence = Sentence::new("agreement.most_rules")
            .parts(joined(
                rules(place).map(|s| quoted(&s.title)).collect(),
                ", ",
                " and ",
            ))
            .words(if count == packages.solutions.len() {
                " all pick one and the same: "
            } else {
                " pick the same: "
            })
            .part(Inline::link(picked(place), worths(c, packages, place)))
            .words(".");
        said.push(sentence.see(picked(place)));
    }
    said
}

/// The table of rules.
fn rules(c: &Composer<'_>, packages: &Packages) -> Block {
    let rows = packages.solutions.iter().enumerate().map(|(n, solution)| {
        let from = Pointer::to("packages").key("solutions").index(n);
        let links = solution.points.iter().take(TIED);
        let links = links.map(|p| vec![Inline::link(picked(*p), worths(c, packages, *p))]);
        let mut picks: Line = joined(links.collect(), "; or ", "; or ");
        if solution.points.is_empty() {
            picks.push(Inline::words("nothing"));
        } else if solution.points.len() > TIED {
            picks.push(Inline::words("; or others"));
        }
        let value = match &solution.value {
            Some(_) => vec![c.number(&from.key("value"), Form::AsIs)],
            None => Vec::new(),
        };
        row(vec![vec![Inline::name(&solution.title)], value, picks])
    });
    Block::Table(Table {
        id: anchor::table("division"),
        caption: vec![Inline::words("Rules of division, and what each picks")],
        columns: vec![
            column("Rule"),
            crate::story::pieces::numeric(vec![Inline::words("Best value")]),
            column("Picks, worth to each"),
        ],
        rows: rows.collect(),
    })
}

/// One picked point with its package, who ratifies it and whether it would hold.
fn entry(c: &Composer<'_>, packages: &Packages, place: usize, found: &PointFinding) -> Entry {
    let at = point(place);
    let mut blocks = Vec::new();
    if let Some(example) = found.examples.first() {
        let package = Sentence::new("agreement.package")
            .parts(deal(packages, example))
            .words(".");
        let mut said = vec![package.on(stated(&at.key("examples")))];
        if found.packages != "1" {
            let others = Sentence::new("agreement.same_worth")
                .part(c.number(&at.key("packages"), Form::Whole))
                .words(" packages are worth just that; this is the first.");
            said.push(others.on(stated(&at.key("packages"))));
        }
        blocks.extend(paragraph(said));
    }
    let mut said = Vec::new();
    for (n, absent) in found.absent.iter().enumerate() {
        let at = at.key("absent").index(n);
        let sentence = Sentence::new("agreement.absent")
            .part(Inline::name(&absent.name))
            .words(if absent.accepts {
                ", not at the table, would accept it ("
            } else {
                ", not at the table, would not accept it ("
            })
            .part(c.number(&at.key("worth"), Form::AsIs))
            .words(").");
        said.push(sentence.on(stated(&at)));
    }
    said.extend(ratified(&found.ratified, &at.key("ratified")));
    if let Some(found) = &found.holds {
        said.extend(kept(c, found, false, &at.key("holds")));
    }
    blocks.extend(paragraph(said));
    Entry {
        id: picked(place),
        term: worths(c, packages, place),
        blocks,
    }
}
