//! The table of states: what each number stands for.

use std::collections::BTreeSet;

use super::holds::column;
use super::words::{self, words as say};
use crate::document::{
    Block, Composer, Form, Inline, Line, Pointer, Row, Section, Sentence, Table, anchor,
};
use crate::finding::Analysis;

/// At most so many states are all listed; of more only those that are mentioned.
const ALL: usize = 80;

/// Writes the appendix: all states, or those to whose rows the document links.
pub(super) fn section(c: &Composer<'_>, linked: &BTreeSet<String>) -> Option<Section> {
    let analysis = c.dossier.analysis.as_ref()?;
    if analysis.states.is_empty() {
        return None;
    }
    let mut section = Section::new("states", "The states and how the parties rank them");
    let all = analysis.states.len() <= ALL;
    let mut paragraph = vec![about(c, analysis, all)];
    if !analysis.options.is_empty() {
        paragraph.push(order(c, analysis));
    }
    paragraph.push(
        Sentence::new("states.ranks")
            .words("Ranks begin at nought, and a larger one is better for the party; equal ranks are equally good.")
            .see(anchor::table("states")),
    );
    section.paragraph(paragraph);
    let rows = analysis
        .states
        .iter()
        .enumerate()
        .filter(|(_, state)| all || linked.contains(&anchor::state(state.id)));
    let rows: Vec<Row> = rows.map(|(place, _)| row(c, analysis, place)).collect();
    let mut columns = vec![
        column(vec![say("state")], true),
        column(vec![say("outcome")], false),
    ];
    if !analysis.options.is_empty() {
        columns.push(column(vec![say("options")], false));
        columns.push(column(vec![say("what is on")], false));
    }
    for party in &analysis.parties {
        columns.push(column(
            vec![say("rank for "), Inline::name(&party.name)],
            true,
        ));
    }
    section.blocks.push(Block::Table(Table {
        id: anchor::table("states"),
        caption: vec![say(if all {
            "All possible states"
        } else {
            "The states that are mentioned"
        })],
        columns,
        rows,
    }));
    Some(section)
}

fn about(c: &Composer<'_>, analysis: &Analysis, all: bool) -> Sentence {
    let at = Pointer::to("analysis").key("states");
    let number = analysis.states.len();
    let sentence = Sentence::new("states.which").words("There ");
    let sentence = sentence
        .part(words::verb(number, "is ", "are "))
        .parts(words::count(
            c,
            &at,
            number,
            "possible state",
            "possible states",
        ));
    let sentence = if all {
        sentence.words(".")
    } else {
        sentence.words("; the table has those that are mentioned.")
    };
    sentence.see(anchor::table("states"))
}

/// In which order the letters of a state stand.
fn order(c: &Composer<'_>, analysis: &Analysis) -> Sentence {
    let _ = c;
    let each = analysis
        .options
        .iter()
        .map(|o| vec![Inline::Code(o.name.clone())]);
    Sentence::new("states.order")
        .words("The letters say for one option after the other whether it is on (Y) or not (N): ")
        .parts(words::list(each.collect()))
        .words(if analysis.options.iter().any(|o| o.positions > 1) {
            "; an option with levels has a letter for every level above the lowest."
        } else {
            "."
        })
        .see(anchor::table("states"))
}

fn row(c: &Composer<'_>, analysis: &Analysis, place: usize) -> Row {
    let at = Pointer::to("analysis").key("states").index(place);
    let Some(state) = analysis.states.get(place) else {
        return Row {
            id: None,
            cells: Vec::new(),
        };
    };
    let called = state
        .title
        .as_deref()
        .or(state.classes.first().map(String::as_str))
        .or(state.name.as_deref());
    let mut cells: Vec<Line> = vec![
        vec![c.number(&at.key("id"), Form::Whole)],
        called.map_or_else(Vec::new, |name| vec![Inline::name(name)]),
    ];
    if !analysis.options.is_empty() {
        cells.push(vec![c.number(&at.key("yn"), Form::AsIs)]);
        let on = words::on(c, state);
        cells.push(if on.is_empty() {
            vec![say("nothing")]
        } else {
            on
        });
    }
    for party in &analysis.parties {
        cells.push(vec![words::rank(c, state.id, &party.name)]);
    }
    Row {
        id: Some(anchor::state(state.id)),
        cells,
    }
}
