//! What the sections say when there are too many states to list.

use super::counts;
use super::holds::column;
use super::words::{self, words as say};
use crate::document::{
    Block, Composer, Form, Ground, Inline, Line, Pointer, Row, Section, Sentence, Table, anchor,
};
use crate::survey::{Equilibrium, Survey};

/// So many equilibria are told.
const TOLD: usize = 6;

fn stated(at: Pointer) -> Ground {
    Ground::Stated(at)
}

/// How large the conflict is.
pub(super) fn size(c: &Composer<'_>) -> Vec<Sentence> {
    if c.dossier.survey.is_none() {
        return Vec::new();
    }
    let at = Pointer::to("survey").key("feasible");
    let sentence = Sentence::new("survey.size")
        .words("The parties’ options make ")
        .part(c.number(&at, Form::Whole))
        .words(" possible states: too many to list, so that they are counted and searched without a list.");
    vec![sentence.on(stated(at))]
}

/// The concept by which the survey judged first.
fn main(survey: &Survey) -> Option<&str> {
    let portrait = survey.portrait.as_ref().map(|p| p.concept.as_str());
    portrait.or_else(|| survey.concepts.keys().next().map(String::as_str))
}

/// By which rule outcomes are judged.
pub(super) fn judging(c: &Composer<'_>) -> Vec<Sentence> {
    let main = c.dossier.survey.as_ref().and_then(main);
    let Some(main) = main else {
        return Vec::new();
    };
    let at = Pointer::to("survey").key("concepts");
    vec![super::judging::by_rule(main, stated(at))]
}

/// The answer in a paragraph.
pub(super) fn answer(c: &Composer<'_>) -> Vec<Sentence> {
    let Some(survey) = &c.dossier.survey else {
        return Vec::new();
    };
    let at = Pointer::to("survey");
    let mut out = Vec::new();
    if let Some((name, found)) = main(survey).and_then(|m| Some((m, survey.concepts.get(m)?))) {
        let from = at.key("concepts").key(name).key("equilibria");
        let sentence = Sentence::new("survey.count");
        let sentence = if found.equilibria == "0" {
            sentence
                .words("None of the ")
                .part(c.number(&at.key("feasible"), Form::Whole))
                .words(" possible states would hold: out of each of them some party would move on")
        } else {
            sentence
                .words("Of ")
                .part(c.number(&at.key("feasible"), Form::Whole))
                .words(" possible states, ")
                .part(c.number(&from, Form::Whole))
                .words(" would hold")
        };
        out.push(sentence.words(".").see(anchor::table("classes")));
    } else {
        let sentence = Sentence::new("survey.none")
            .words("There are too many states for any rule that was asked for.")
            .on(stated(at.key("not_computed")));
        out.push(sentence);
    }
    if let Some(portrait) = &survey.portrait {
        let at = at.key("portrait");
        if !portrait.fixed.is_empty() {
            let each = portrait.fixed.iter().take(TOLD);
            let mut each: Vec<Line> = each.map(|f| vec![Inline::Code(f.clone())]).collect();
            if portrait.fixed.len() > TOLD {
                each.push(vec![say("more")]);
            }
            let sentence = Sentence::new("survey.fixed")
                .words("All that hold have in common: ")
                .parts(words::list(each))
                .words(".");
            out.push(sentence.on(stated(at.key("fixed"))));
        }
        if let Some(nearest) = &portrait.nearest {
            let from = at.key("nearest").key("distance");
            let sentence = Sentence::new("survey.nearest");
            let sentence = if nearest.distance == 0 {
                sentence.words("Where things stand now holds.")
            } else {
                sentence
                    .words("The one nearest to where things stand differs from it in ")
                    .parts(words::amount(
                        c,
                        &from,
                        nearest.distance,
                        "option",
                        "options",
                    ))
                    .words(": ")
                    .parts(outcome(&nearest.equilibrium))
                    .words(".")
            };
            out.push(sentence.on(stated(at.key("nearest"))));
        }
    }
    out.extend(stopped(c, survey));
    out
}

fn stopped(c: &Composer<'_>, survey: &Survey) -> Option<Sentence> {
    survey.stopped.as_ref()?;
    let at = Pointer::to("survey").key("stopped");
    let sentence = Sentence::new("survey.stopped")
        .words("The computation stopped before its end: ")
        .part(c.told(&at))
        .words(".");
    Some(sentence.on(stated(at)))
}

/// A state by its class and what is on.
fn outcome(state: &Equilibrium) -> Line {
    let mut line = state.class.as_deref().map_or_else(Vec::new, words::quoted);
    if !line.is_empty() {
        line.push(say(", with "));
    }
    if state.on.is_empty() {
        line.push(say("nothing chosen"));
    } else {
        let each = state.on.iter().map(|o| vec![Inline::Code(o.clone())]);
        line.extend(words::list(each.collect()));
    }
    line
}

/// What holds.
pub(super) fn holds(c: &Composer<'_>) -> Option<Section> {
    let survey = c.dossier.survey.as_ref()?;
    let at = Pointer::to("survey");
    let mut section = Section::new("holds", "What would hold");
    section.paragraph(vec![
        Sentence::new("survey.table")
            .words("The table counts the states of each outcome, and how many of them hold by each rule of judging.")
            .see(anchor::table("classes")),
    ]);
    section.blocks.push(Block::Table(classes(c, survey, &at)));
    let not: Vec<Sentence> = survey
        .not_computed
        .keys()
        .map(|name| {
            let from = at.key("not_computed").key(name);
            Sentence::new("survey.not_computed")
                .part(Inline::Code(name.clone()))
                .words(" was not computed: ")
                .part(c.told(&from))
                .words(".")
                .on(stated(from))
        })
        .collect();
    section.paragraph(not);
    let Some(portrait) = &survey.portrait else {
        return Some(section);
    };
    let at = at.key("portrait");
    let mut sentences = Vec::new();
    let only = main(survey).and_then(|m| survey.concepts.get(m));
    if let (Some(first), true) = (
        portrait.first.first(),
        only.is_some_and(|o| o.equilibria == "1"),
    ) {
        let sentence = Sentence::new("survey.only")
            .words("The one that holds is ")
            .parts(outcome(first))
            .words(".");
        section.paragraph(vec![sentence.on(stated(at.key("first").index(0)))]);
        return Some(section);
    }
    for (key, list, words) in [
        (
            "best",
            &portrait.best,
            " would like best of those that hold: ",
        ),
        (
            "worst",
            &portrait.worst,
            " would like least of those that hold: ",
        ),
    ] {
        for (party, state) in list {
            let sentence = Sentence::new("survey.liked")
                .part(Inline::name(party))
                .words(words)
                .parts(outcome(state))
                .words(".");
            sentences.push(sentence.on(stated(at.key(key).key(party))));
        }
    }
    section.paragraph(sentences);
    Some(section)
}

fn classes(c: &Composer<'_>, survey: &Survey, at: &Pointer) -> Table {
    let mut columns = vec![
        column(vec![say("outcome")], false),
        column(vec![say("states")], true),
    ];
    let names = survey.concepts.keys();
    columns.extend(names.map(|name| column(vec![Inline::name(name)], true)));
    let mut rows: Vec<Row> = survey
        .classes
        .iter()
        .enumerate()
        .map(|(place, class)| {
            let from = at.key("classes").index(place).key("states");
            let name = class.name.as_deref();
            let mut cells = vec![
                name.map_or_else(|| vec![say("none of these")], |n| vec![Inline::name(n)]),
                vec![c.number(&from, Form::Whole)],
            ];
            for (concept, counts) in &survey.concepts {
                let from = at.key("concepts").key(concept).key("by_class").index(place);
                cells.push(if counts.by_class.len() > place {
                    vec![c.number(&from, Form::Whole)]
                } else {
                    Vec::new()
                });
            }
            Row { id: None, cells }
        })
        .collect();
    let mut total = vec![
        vec![say("all")],
        vec![c.number(&at.key("feasible"), Form::Whole)],
    ];
    for concept in survey.concepts.keys() {
        let from = at.key("concepts").key(concept).key("equilibria");
        total.push(vec![c.number(&from, Form::Whole)]);
    }
    rows.push(Row {
        id: None,
        cells: total,
    });
    counts::of_classes(columns, rows)
}
