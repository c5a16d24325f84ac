//! Drafts and offers on the table, and what is known of them.

use super::{change, deal, everybody, kept, paragraph, point, ratified, worths};
use crate::document::{
    Block, Composer, Entry, Form, Inline, Item, Line, Pointer, Section, Sentence, anchor,
};
use crate::packages::overview::{FactFinding, NamedFinding, Packages};
use crate::story::pieces::{item, joined, names, points, stated, titled};
use crate::story::words::quoted;

/// The packages with a name, and the facts about offers.
pub(super) fn section(c: &Composer<'_>, packages: &Packages, from: &Pointer) -> Option<Section> {
    if packages.named.is_empty() && packages.facts.is_empty() {
        return None;
    }
    let mut section = Section::new("agreement-named", "What lies on the table");
    let entries = packages.named.iter().enumerate().map(|(place, named)| {
        let at = from.key("named").index(place);
        let mut blocks = Vec::new();
        blocks.extend(paragraph(content(packages, named, &at)));
        blocks.extend(paragraph(judged(c, packages, named, &at)));
        Entry {
            id: anchor::table(&format!("package-{place}")),
            term: term(c, packages, named, &at),
            blocks,
        }
    });
    let entries: Vec<Entry> = entries.collect();
    if !entries.is_empty() {
        section.blocks.push(Block::Entries(entries));
    }
    facts(c, packages, from, &mut section.blocks);
    Some(section)
}

/// `Ri's offer: US -2, DPRK 9`.
fn term(c: &Composer<'_>, packages: &Packages, named: &NamedFinding, at: &Pointer) -> Line {
    let mut term = vec![titled(named.title.as_deref(), &named.name)];
    let worths = everybody(packages).zip(&named.worth).enumerate();
    let worths = worths.map(|(n, (side, [least, most]))| {
        let at = at.key("worth").index(n);
        let mut line = vec![
            Inline::name(&side.name),
            Inline::words(" "),
            c.number(&at.index(0), Form::AsIs),
        ];
        if least != most {
            line.push(Inline::words(" to "));
            line.push(c.number(&at.index(1), Form::AsIs));
        }
        line
    });
    let worths: Vec<Line> = worths.collect();
    if !worths.is_empty() {
        term.push(Inline::words(": "));
        term.extend(joined(worths, ", ", ", "));
    }
    term
}

fn content(packages: &Packages, named: &NamedFinding, at: &Pointer) -> Vec<Sentence> {
    let sentence = Sentence::new("agreement.picks");
    let sentence = if named.picks.is_empty() {
        sentence.words("It changes nothing.")
    } else {
        let changes = named.picks.iter();
        let changes = changes.map(|(issue, levels)| change(packages, issue, levels));
        sentence
            .parts(joined(changes.collect(), "; ", "; "))
            .words(".")
    };
    vec![sentence.on(stated(&at.key("picks")))]
}

/// Who would accept it, whether something is better, who ratifies it, and whether it would hold.
fn judged(
    c: &Composer<'_>,
    packages: &Packages,
    named: &NamedFinding,
    at: &Pointer,
) -> Vec<Sentence> {
    let mut said = accepted(packages, named, at);
    match (named.dominated.as_deref(), named.better) {
        (Some("no"), _) => {
            let efficient = Sentence::new("agreement.efficient")
                .words("Nobody could gain by another package without somebody losing.");
            said.push(efficient.on(stated(&at.key("dominated"))));
        }
        (Some(_), Some(place)) => said.push(better(c, packages, place)),
        (Some("yes"), None) => {
            let some = Sentence::new("agreement.dominated").words(
                "Whatever it means, another package is better for somebody and worse for nobody.",
            );
            said.push(some.on(stated(&at.key("dominated"))));
        }
        (Some(_), None) => {
            let some = Sentence::new("agreement.dominated")
                .words("Whether another package is better for somebody and worse for nobody depends on what it means.");
            said.push(some.on(stated(&at.key("dominated"))));
        }
        (None, _) => {}
    }
    said.extend(ratified(&named.ratified, &at.key("ratified")));
    let several = named.holds.len() > 1;
    for (n, found) in named.holds.iter().enumerate() {
        said.extend(kept(c, found, several, &at.key("holds").index(n)));
    }
    said
}

fn accepted(packages: &Packages, named: &NamedFinding, at: &Pointer) -> Vec<Sentence> {
    let from = at.key("accepted");
    let who = |answer: &str| {
        let answers = packages.table.iter().zip(&named.accepted);
        let own = answers.filter(|(_, a)| *a == answer);
        own.map(|(s, _)| s.name.as_str()).collect::<Vec<_>>()
    };
    let (no, depends) = (who("no"), who("depends"));
    if named.accepted.is_empty() {
        return Vec::new();
    }
    let mut said = Vec::new();
    if no.is_empty() && depends.is_empty() {
        let all = Sentence::new("agreement.accepted").words("All at the table could accept it.");
        said.push(all.on(stated(&from)));
    }
    if !no.is_empty() {
        let refused = Sentence::new("agreement.refused")
            .parts(names(&no))
            .words(" would rather have no agreement.");
        said.push(refused.on(stated(&from)));
    }
    if !depends.is_empty() {
        let unsure = Sentence::new("agreement.depends")
            .words("Whether ")
            .parts(names(&depends))
            .words(" could accept it depends on what it means.");
        said.push(unsure.on(stated(&from)));
    }
    said
}

fn better(c: &Composer<'_>, packages: &Packages, place: usize) -> Sentence {
    let found = packages.frontier.points.get(place);
    let acceptable = found.is_some_and(|p| p.acceptable);
    let mut sentence = Sentence::new("agreement.better")
        .words(if acceptable {
            "Better for somebody, worse for nobody and acceptable to all is "
        } else {
            "Better for somebody and worse for nobody is "
        })
        .parts(worths(c, packages, place));
    if let Some(example) = found.and_then(|p| p.examples.first()) {
        sentence = sentence.words(", by ").parts(deal(packages, example));
    }
    sentence.words(".").on(stated(&point(place)))
}

/// What is known of offers, and whether the numbers agree.
fn facts(c: &Composer<'_>, packages: &Packages, from: &Pointer, blocks: &mut Vec<Block>) {
    if packages.facts.is_empty() {
        return;
    }
    let at = from.key("facts");
    let all_agree = packages.facts.iter().all(|f| f.verdict == "agrees");
    let lead = Sentence::new("agreement.facts").words(if all_agree {
        "What is known of offers that were made and refused agrees with these numbers:"
    } else {
        "What is known of offers that were made and refused, and what these numbers say of it:"
    });
    blocks.push(Block::Paragraph(vec![lead.on(stated(&at))]));
    let each = packages.facts.iter().enumerate();
    let each = each.map(|(n, fact)| item(self::fact(c, packages, fact, &at.index(n), all_agree)));
    let each: Vec<Item> = each.collect();
    points(blocks, each);
}

/// One answer to an offer; whether the numbers agree is said unless `all_agree`.
fn fact(
    c: &Composer<'_>,
    packages: &Packages,
    fact: &FactFinding,
    at: &Pointer,
    all_agree: bool,
) -> Sentence {
    let package = |name: &str| {
        let found = packages.named.iter().find(|p| p.name == name);
        quoted(found.and_then(|p| p.title.as_deref()).unwrap_or(name))
    };
    let mut sentence = Sentence::new("agreement.fact")
        .part(Inline::name(&fact.who))
        .words(match fact.answer.as_str() {
            "accepts" => " accepts ",
            "rejects" => " rejects ",
            _ => " prefers ",
        })
        .parts(package(&fact.package));
    if let Some(to) = &fact.to {
        sentence = sentence.words(" to ").parts(package(to));
    }
    sentence = sentence.words(match fact.verdict.as_str() {
        "agrees" if all_agree => "",
        "agrees" => ": the numbers agree",
        "contradicts" => ": the numbers contradict it",
        "depends" => ": it depends on what the package means",
        _ => ": the numbers say nothing about it",
    });
    if fact.compared.len() == 2 {
        let worth = |n: usize| c.short(&at.key("compared").index(n));
        sentence = sentence
            .words(if all_agree {
                ": to it that is worth "
            } else {
                "; to it that is worth "
            })
            .part(worth(0))
            .words(if fact.to.is_some() {
                ", and the other "
            } else {
                ", and no agreement "
            })
            .part(worth(1));
    }
    sentence.words(".").on(stated(at))
}
