//! How many states of each outcome would hold, and by which rules of judging.

use super::holds::column;
use super::judging;
use super::pieces::item;
use super::summary::ease_of;
use super::words::{self, words as say};
use crate::document::{
    Block, Column, Composer, Form, Inline, Item, Line, Pointer, Row, Sentence, Table, anchor,
};
use crate::finding::Analysis;

/// The rules that are usual in the literature, from the least to the most that deters; others are in the findings.
const USUAL: [&str; 5] = ["nash", "sseq", "seq", "smr", "gmr"];

/// The rules beside each other in the table: the usual ones that were asked for, and that of the report.
fn rules(analysis: &Analysis) -> Vec<&String> {
    let all = analysis.equilibria.keys();
    let main = &analysis.settings.main;
    let own = analysis.settings.by_party.values();
    let shown = |name: &&String| USUAL.contains(&name.as_str()) || *name == main;
    let own: Vec<&String> = own.collect();
    all.filter(|name| shown(name) || own.contains(name))
        .collect()
}

/// How a class or a state is reached, in a cell.
pub(super) fn reached(ease: u8) -> Line {
    vec![say(match ease {
        0 => "by improvements",
        1 => "only together",
        2 => "by moves only",
        3 => "not at all",
        _ => "",
    })]
}

/// How many states of each class there are, and how many hold by which rule.
pub(super) fn table(c: &Composer<'_>, analysis: &Analysis) -> Table {
    let concepts = rules(analysis);
    let own = analysis.mixed_equilibria.is_some();
    let mut columns = vec![
        column(vec![say("outcome")], false),
        column(vec![say("states")], true),
    ];
    if own {
        columns.push(column(vec![say("by their own rules")], true));
    }
    columns.extend(
        concepts
            .iter()
            .map(|name| column(vec![Inline::name(name)], true)),
    );
    let from_here = analysis.status_quo.is_some();
    if from_here {
        columns.push(column(vec![say("from where things stand")], false));
    }
    let mut rows = Vec::new();
    for (place, class) in analysis.classes.iter().enumerate() {
        let at = Pointer::to("analysis").key("classes").index(place);
        let name = class.name.as_ref();
        let mut cells = vec![
            name.map_or_else(|| vec![say("none of these")], |n| vec![Inline::name(n)]),
            vec![c.number(&at.key("states"), Form::Length)],
        ];
        if own {
            let at = Pointer::to("summary").key("classes").index(place);
            cells.push(vec![c.number(&at.key("equilibria"), Form::Length)]);
        }
        for concept in &concepts {
            let at = at.key("equilibria").key(concept);
            cells.push(vec![c.number(&at, Form::Length)]);
        }
        if from_here {
            let summary = c
                .dossier
                .summary
                .as_ref()
                .and_then(|s| s.classes.get(place));
            let holding = summary.map(|k| &k.equilibria).filter(|e| !e.is_empty());
            let members = holding.unwrap_or(&class.states).iter();
            let best = members.map(|s| ease_of(words::find(c, *s))).min();
            cells.push(best.map_or_else(Vec::new, reached));
        }
        rows.push(Row { id: None, cells });
    }
    of_classes(columns, rows)
}

/// The table of classes, however its counts were found.
pub(super) fn of_classes(columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table {
        id: anchor::table("classes"),
        caption: vec![say(
            "How many states of each outcome would hold, by rule of judging",
        )],
        columns,
        rows,
    }
}

/// What the rules of the table mean, in a few words each.
pub(super) fn legend(analysis: &Analysis) -> Vec<Block> {
    let shown = rules(analysis);
    let items: Vec<Item> = shown
        .iter()
        .filter_map(|name| judging::in_short(name))
        .map(|sentence| item(sentence.see(anchor::table("classes"))))
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    let lead = Sentence::new("counts.rules").words(
        "The rules differ in what keeps a party from a move that makes it better off. A state holds by a rule if for \
         every party:",
    );
    let mut blocks = vec![
        Block::Paragraph(vec![lead.see(anchor::table("classes"))]),
        Block::List {
            ordered: false,
            items,
        },
    ];
    let others = analysis
        .equilibria
        .keys()
        .filter(|name| !shown.contains(name));
    let others: Vec<&String> = others.collect();
    if !others.is_empty() {
        let more = Sentence::new("counts.more")
            .words("Beside these, the findings count what holds by ")
            .parts(words::names(others))
            .words(".");
        let at = Pointer::to("analysis").key("equilibria");
        blocks.push(Block::Paragraph(vec![more.on(super::pieces::stated(&at))]));
    }
    blocks
}
