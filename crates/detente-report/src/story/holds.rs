//! What holds, why nobody leaves it, and how it is reached.

use super::counts;
use super::pieces::figure;
use super::proof;
use super::summary::ease_of;
use super::words::{self, words as say};
use crate::document::{
    Block, Column, Composer, Form, Inline, Line, Pointer, Row, Section, Sentence, Table, anchor,
};
use crate::finding::{Analysis, Leg, Route};
use crate::words::Tense;

/// So many outcomes are told in prose.
const TOLD: usize = 12;

/// Of each class so many at first.
const OF_CLASS: usize = 4;

/// More outcomes than these are not listed.
const LISTED: usize = 2_000;

/// The outcomes that the prose tells, class after class: those reached most easily first.
pub(super) fn told(c: &Composer<'_>) -> Vec<(usize, Vec<u32>)> {
    let Some(summary) = &c.dossier.summary else {
        return Vec::new();
    };
    let ease = |id: &u32| ease_of(words::find(c, *id));
    let mut classes: Vec<usize> = (0..summary.classes.len())
        .filter(|i| !summary.classes[*i].equilibria.is_empty())
        .collect();
    classes.sort_by_key(|i| (summary.classes[*i].equilibria.first().map_or(9, ease), *i));
    let mut left = TOLD;
    let mut out = Vec::new();
    // Every class has one before any has a second.
    let share = (TOLD / classes.len().max(1)).clamp(1, OF_CLASS);
    for class in classes {
        let some: Vec<u32> = summary.classes[class]
            .equilibria
            .iter()
            .copied()
            .take(share.min(left))
            .collect();
        left -= some.len();
        if !some.is_empty() {
            out.push((class, some));
        }
    }
    out
}

/// Writes the section.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    if c.dossier.survey.is_some() && c.dossier.analysis.is_none() {
        return super::survey::holds(c);
    }
    let analysis = c.dossier.analysis.as_ref()?;
    let summary = c.dossier.summary.as_ref()?;
    let mut section = Section::new("holds", "What would hold, and why");
    section.paragraph(vec![overview(c, summary.equilibria.len())]);
    section
        .blocks
        .push(Block::Table(counts::table(c, analysis)));
    section.blocks.extend(counts::legend(analysis));
    let caption = Sentence::new("holds.picture")
        .words("Where things can go from each outcome; those that would hold stand out.")
        .see(anchor::table("states"));
    section.blocks.extend(figure(c, "graph", caption));
    if summary.equilibria.is_empty() {
        return Some(section);
    }
    section.paragraph(legend(c, analysis));
    let told = told(c);
    let named = summary.classes.len() > 1 || summary.classes.iter().any(|k| k.name.is_some());
    for (class, states) in &told {
        let mut blocks = Vec::new();
        let mut before = None;
        for state in states {
            blocks.push(Block::Paragraph(outcome(c, analysis, *state, before)));
            before.get_or_insert(*state);
        }
        let all = summary.classes[*class].equilibria.len();
        if all > states.len() {
            let from = Pointer::to("summary").key("classes").index(*class);
            let sentence = Sentence::new("holds.more")
                .words("In all ")
                .parts(words::count(
                    c,
                    &from.key("equilibria"),
                    all,
                    "state of this kind holds",
                    "states of this kind hold",
                ))
                .words("; the others are in the table below.")
                .see(anchor::table("equilibria"));
            blocks.push(Block::Paragraph(vec![sentence]));
        }
        if named {
            let title = words::class(summary.classes[*class].name.as_deref());
            section.sections.push(Section {
                id: format!("holds-{class}"),
                title: words::begin(title),
                blocks,
                sections: Vec::new(),
            });
        } else {
            section.blocks.extend(blocks);
        }
    }
    let mut all = Section::new("holds-all", "All outcomes that hold");
    if summary.equilibria.len() > LISTED {
        let at = Pointer::to("summary").key("equilibria");
        let sentence = Sentence::new("holds.cut")
            .words("There are ")
            .part(c.number(&at, Form::Length))
            .words(" of them; the table has the first.")
            .see(anchor::table("equilibria"));
        all.paragraph(vec![sentence]);
    }
    all.blocks.push(Block::Table(equilibria(c, analysis)));
    section.sections.push(all);
    Some(section)
}

fn overview(c: &Composer<'_>, number: usize) -> Sentence {
    let feasible = Pointer::to("analysis").key("size").key("feasible");
    let held = Pointer::to("summary").key("equilibria");
    let sentence = Sentence::new("holds.overview")
        .words("Of ")
        .parts(words::amount(
            c,
            &feasible,
            c.dossier.analysis.as_ref().map_or(0, |a| a.size.feasible),
            "possible state",
            "possible states",
        ));
    let sentence = if number == 0 {
        sentence.words(" none would hold: in each of them some party gains by leaving it, and is not deterred.")
    } else {
        sentence
            .words(", ")
            .part(c.number(&held, Form::Length))
            .words(" would hold; the table counts them by outcome and by rule of judging.")
    };
    sentence.see(anchor::table("classes"))
}

/// What the words of the paragraphs mean.
fn legend(c: &Composer<'_>, analysis: &Analysis) -> Vec<Sentence> {
    let mut out = Vec::new();
    let counted = |own: &crate::firmness::OwnFirmness| own.freedom.is_some();
    if analysis
        .robustness
        .iter()
        .any(|r| r.parties.values().any(counted))
    {
        out.push(
            Sentence::new("holds.spare.meaning")
                .words(
                    "Steps to spare say how many places a state can fall in a party’s own ranking \
                     before that party leaves it; with none to spare the next step breaks it.",
                )
                .see(anchor::table("equilibria")),
        );
    }
    if c.dossier
        .summary
        .as_ref()
        .is_some_and(|s| s.equilibria.len() > 1)
        && analysis.status_quo.is_some()
    {
        out.push(
            Sentence::new("holds.order.meaning")
                .words("What is reached most easily from where things stand comes first.")
                .see(anchor::table("equilibria")),
        );
    }
    out
}

/// What one outcome is, why nobody leaves it, how it is reached, and how firmly it holds; of a state after the `first`
/// of its class only what differs.
fn outcome(c: &Composer<'_>, analysis: &Analysis, state: u32, first: Option<u32>) -> Vec<Sentence> {
    let same = first.is_some_and(|first| proof::reasons(c, first) == proof::reasons(c, state));
    let lead =
        Sentence::new("holds.outcome").part(Inline::Strong(words::begin(words::state(c, state))));
    let mut out = if same {
        let alike = lead.words(" would hold for the same reason.");
        vec![alike.on(proof::ground_of_all(state))]
    } else {
        proof::why_it_holds(c, lead, state)
    };
    out.extend(way(c, analysis, state));
    if first.is_none() {
        out.extend(spare(c, analysis, state));
    }
    out
}

/// The easiest way to a state and its place; the first word says which: `improvements`, `joint` or `moves`.
pub(super) fn easiest<'a>(
    c: &Composer<'a>,
    state: u32,
) -> Option<(&'static str, &'a Route, Pointer)> {
    let (place, found) = c.state(state)?;
    let ways = found.reachability.as_ref()?;
    let at = Pointer::to("analysis")
        .key("states")
        .index(place)
        .key("reachability");
    let each = [
        ("improvements", &ways.improvements),
        ("joint", &ways.joint),
        ("moves", &ways.moves),
    ];
    let (kind, route) = each.into_iter().find_map(|(k, r)| Some((k, r.as_ref()?)))?;
    Some((kind, route, at.key(kind)))
}

/// How a state is reached from where things stand.
pub(super) fn way(c: &Composer<'_>, analysis: &Analysis, state: u32) -> Option<Sentence> {
    let status_quo = analysis.status_quo?;
    if status_quo == state {
        let sentence = Sentence::new("holds.here").words("It is where things stand now.");
        return Some(sentence.moves(anchor::way(state)));
    }
    let sentence = Sentence::new("holds.way");
    let Some((kind, route, at)) = easiest(c, state) else {
        return words::find(c, state)?.reachability.as_ref().map(|_| {
            sentence
                .words("No moves at all lead to it from where things stand.")
                .moves(anchor::way(state))
        });
    };
    let steps = words::count(c, &at.key("steps"), route.steps.len(), "step", "steps");
    let sentence = match kind {
        "improvements" => sentence
            .words("It is reached from where things stand in ")
            .parts(steps)
            .part(words::verb(
                route.steps.len(),
                " that pays who takes it: ",
                ", each of which pays who takes it: ",
            ))
            .parts(legs(c, &route.steps)),
        "joint" => sentence
            .words("It is reached from where things stand only if parties act together: ")
            .parts(legs(c, &route.steps)),
        _ => sentence
            .words("Moves lead to it from where things stand, but on no way does every step pay who takes it; a shortest one: ")
            .parts(legs(c, &route.steps)),
    };
    Some(sentence.words(".").moves(anchor::way(state)))
}

/// The steps of a way: `US chooses “Sign” (1 → 2), then US and DPRK together go on (2 → 5)`.
pub(super) fn legs(c: &Composer<'_>, legs: &[Leg]) -> Line {
    let mut line = Vec::new();
    for (place, leg) in legs.iter().enumerate() {
        if place > 0 {
            line.push(say(", then "));
        }
        line.extend(self::leg(c, leg));
    }
    line
}

/// One step of a way.
pub(super) fn leg(c: &Composer<'_>, leg: &Leg) -> Line {
    let mut line = words::names(&leg.parties);
    if let [party] = leg.parties.as_slice() {
        line.push(say(" "));
        line.extend(words::deed(c, party, leg.from, leg.to, Tense::Present));
    } else {
        line.push(say(" together go to "));
        let found = words::find(c, leg.to);
        line.extend(found.map_or_else(Vec::new, |s| words::content(c, s)));
    }
    line.push(say(" ("));
    line.extend(words::arrow(c, leg.from, leg.to));
    line.push(say(")"));
    line
}

/// How far a state may fall before somebody leaves it.
fn spare(c: &Composer<'_>, analysis: &Analysis, state: u32) -> Option<Sentence> {
    let place = analysis.robustness.iter().position(|r| r.state == state)?;
    let firm = analysis.robustness.get(place)?;
    let at = Pointer::to("analysis")
        .key("robustness")
        .index(place)
        .key("parties");
    let (mut able, mut never) = (Vec::new(), Vec::new());
    for (party, own) in &firm.parties {
        match own.kind.as_str() {
            "breaks" if own.freedom.is_some() => able.push(vec![
                Inline::name(party),
                say(" "),
                c.number(&at.key(party).key("freedom"), Form::Whole),
            ]),
            "unbreakable" => never.push(party.as_str()),
            _ => {}
        }
    }
    let sentence = Sentence::new("holds.spare");
    let sentence = match (able.is_empty(), never.is_empty()) {
        (true, true) => return None,
        (false, true) => sentence.words("Steps to spare: ").parts(words::list(able)),
        (true, false) => sentence
            .part(words::verb(
                never.len(),
                "However far it falls in its ranking, it holds for ",
                "However far it falls in their rankings, it holds for ",
            ))
            .parts(words::names(&never)),
        (false, false) => sentence
            .words("Steps to spare: ")
            .parts(words::list(able))
            .words("; however far it falls, it holds for ")
            .parts(words::names(&never)),
    };
    Some(sentence.words(".").see(anchor::table("equilibria")))
}

pub(super) fn column(title: Line, numeric: bool) -> Column {
    Column { title, numeric }
}

/// All outcomes that hold.
fn equilibria(c: &Composer<'_>, analysis: &Analysis) -> Table {
    let found = c.dossier.summary.iter().flat_map(|s| &s.equilibria);
    let listed: Vec<u32> = found.copied().take(LISTED).collect();
    let from_here = analysis.status_quo.is_some();
    let mut columns = vec![
        column(vec![say("state")], true),
        column(vec![say("outcome")], false),
    ];
    if from_here {
        columns.push(column(vec![say("from where things stand")], false));
    }
    let spared = !analysis.robustness.is_empty();
    if spared {
        for party in &analysis.parties {
            let title = vec![say("to spare for "), Inline::name(&party.name)];
            columns.push(column(title, true));
        }
    }
    let mut rows = Vec::new();
    for id in listed {
        let Some(state) = words::find(c, id) else {
            continue;
        };
        let mut cells = vec![vec![words::number(c, id)], words::content(c, state)];
        if from_here {
            cells.push(counts::reached(ease_of(Some(state))));
        }
        if spared {
            let place = analysis.robustness.iter().position(|r| r.state == id);
            for party in &analysis.parties {
                cells.push(spare_cell(c, analysis, place, &party.name));
            }
        }
        rows.push(Row { id: None, cells });
    }
    Table {
        id: anchor::table("equilibria"),
        caption: vec![say("All states that would hold")],
        columns,
        rows,
    }
}

fn spare_cell(c: &Composer<'_>, analysis: &Analysis, place: Option<usize>, party: &str) -> Line {
    let found = place.and_then(|p| Some((p, analysis.robustness.get(p)?.parties.get(party)?)));
    match found {
        Some((place, own)) if own.freedom.is_some() => {
            let at = Pointer::to("analysis").key("robustness").index(place);
            vec![c.number(&at.key("parties").key(party).key("freedom"), Form::Whole)]
        }
        Some((_, own)) if own.kind == "no_move" => vec![say("cannot leave")],
        Some((_, own)) if own.kind == "unbreakable" => vec![say("always")],
        _ => Vec::new(),
    }
}
