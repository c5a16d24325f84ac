//! Pieces of sentences that several sections use.

use detente_analysis::evidence::{Cited, Element};

use crate::document::{
    Block, Column, Composer, Figure, Form, Ground, Inline, Item, Line, Pointer, Row, Sentence,
    anchor,
};
use crate::dossier::Want;
use crate::picture::{self, Asked};
use crate::story::words;

pub(super) use super::words::{joined, names};

/// States of one class that are named one by one; of more only the first are.
const NAMED_STATES: usize = 8;

/// The word for one thing, or for none or several.
pub(super) fn noun(count: usize, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

/// A title, or the short name where there is none.
pub(super) fn titled(title: Option<&str>, name: &str) -> Inline {
    Inline::name(title.unwrap_or(name))
}

/// That the negotiation or a finding itself says so.
pub(super) fn stated(from: &Pointer) -> Ground {
    Ground::Stated(from.clone())
}

/// That a sentence stands on these citations, or, where none leads to a source, on what the findings say.
pub(super) fn cited(
    c: &Composer<'_>,
    sentence: Sentence,
    cites: &[String],
    from: &Pointer,
) -> Sentence {
    let sources = c.cited(cites);
    if sources.is_empty() {
        sentence.on(stated(from))
    } else {
        sentence.on_all(sources)
    }
}

/// Citations as links to their sources: `article ¶5`. Quotations in them are left out.
pub(super) fn sources(c: &Composer<'_>, cites: &[String]) -> Line {
    let short = cites.iter().map(|cite| {
        let end = cite.find('"').unwrap_or(cite.len());
        let shown = cite.get(..end).unwrap_or(cite).trim();
        let shown = vec![Inline::name(shown)];
        match c.cited(std::slice::from_ref(cite)).pop() {
            Some(Ground::Source { anchor, .. }) => vec![Inline::link(anchor, shown)],
            _ => shown,
        }
    });
    joined(short.collect(), ", ", ", ")
}

/// The sources of an element of the ledger.
pub(super) fn behind(c: &Composer<'_>, element: &Element) -> Vec<Ground> {
    let cites = element
        .cites
        .iter()
        .map(|cite: &Cited| match &cite.locator {
            Some(locator) => format!("{} {locator}", cite.source),
            None => cite.source.clone(),
        });
    c.cited(&cites.collect::<Vec<_>>())
}

/// The class under which a state is counted, and its place in the findings, by the part that names it.
fn state<'a>(c: &Composer<'a>, part: &str, id: u32) -> Option<(Pointer, Option<&'a str>)> {
    if is_own(c, part)
        && let Some((place, state)) = c.state(id)
    {
        let from = Pointer::to("analysis").key("states").index(place);
        return Some((from, state.classes.first().map(String::as_str)));
    }
    let from = Pointer::to(part).key("states");
    if part == "perception" {
        let states = &c.dossier.perception.as_ref()?.states;
        let place = states.iter().position(|s| s.id == id)?;
        let class = states.get(place).and_then(|s| s.class.as_deref());
        return Some((from.index(place), class));
    }
    let states = &c.dossier.terms.as_ref()?.states;
    let place = states.iter().position(|s| s.id == id)?;
    let class = states.get(place).and_then(|s| s.classes.first());
    Some((from.index(place), class.map(String::as_str)))
}

/// Whether a part is about the conflict of the report: one from another file numbers its own states.
fn is_own(c: &Composer<'_>, part: &str) -> bool {
    !c.dossier.supplied.contains_key(part)
}

/// The number of a state; a link where the states of the report are meant.
fn state_number(c: &Composer<'_>, part: &str, id: u32) -> Inline {
    if is_own(c, part) && c.state(id).is_some() {
        return c.state_number(id);
    }
    let from = state(c, part, id).map(|(from, _)| from.key("id"));
    c.number(&from.unwrap_or_else(|| Pointer::to(part)), Form::Whole)
}

/// One state of a part: `“small deal” (state 23)`.
pub(super) fn one_state(c: &Composer<'_>, part: &str, id: u32) -> Line {
    states(c, part, &[id])
}

/// The rows of states of a part, where they are those of the report.
pub(super) fn rows(c: &Composer<'_>, part: &str, ids: &[u32]) -> Vec<Ground> {
    let known = ids
        .iter()
        .filter(|id| is_own(c, part) && c.state(**id).is_some());
    known.map(|id| Ground::See(anchor::state(*id))).collect()
}

/// What a party states that it wants, by its text or its label, in quotation marks and with titles for options.
pub(super) fn want(c: &Composer<'_>, party: &str, says: &str) -> Line {
    let mut parties = c.dossier.about.parties.iter().enumerate();
    let known = parties.find(|(_, p)| p.name == party);
    let known = known.and_then(|(place, p)| {
        let fits = |w: &Want| w.says == says || w.label.as_deref() == Some(says);
        Some((place, p.wants.iter().position(fits)?))
    });
    match known {
        Some((party, want)) => {
            let at = Pointer::to("about").key("parties").index(party);
            vec![c.formula(&at.key("wants").index(want).key("titled"))]
        }
        None => vec![Inline::Code(says.to_owned())],
    }
}

/// States of a part by their classes: `“small deal” (states 23 and 25) and “no text” (state 6)`.
pub(super) fn states(c: &Composer<'_>, part: &str, ids: &[u32]) -> Line {
    let mut classes: Vec<(Option<&str>, Vec<u32>)> = Vec::new();
    for id in ids {
        let class = state(c, part, *id).and_then(|(_, class)| class);
        match classes.iter_mut().find(|(own, _)| *own == class) {
            Some((_, members)) => members.push(*id),
            None => classes.push((class, vec![*id])),
        }
    }
    let groups = classes.into_iter().map(|(class, members)| {
        if let [one] = members.as_slice()
            && is_own(c, part)
            && c.state(*one).is_some()
        {
            return words::brief(c, *one);
        }
        let mut numbers = vec![Inline::words(noun(members.len(), "state ", "states "))];
        let number = |id: &u32| vec![state_number(c, part, *id)];
        if members.len() > NAMED_STATES {
            let first = members.iter().take(NAMED_STATES - 2).map(number);
            numbers.extend(joined(first.collect(), ", ", ", "));
            numbers.push(Inline::words(" and others"));
        } else {
            numbers.extend(words::list(members.iter().map(number).collect()));
        }
        let Some(class) = class else {
            return numbers;
        };
        let mut group = words::quoted(class);
        group.push(Inline::words(" ("));
        group.extend(numbers);
        group.push(Inline::words(")"));
        group
    });
    words::list(groups.collect())
}

/// The members of the first list that are not in the second.
pub(super) fn minus(all: &[u32], without: &[u32]) -> Vec<u32> {
    let kept = all.iter().filter(|id| !without.contains(id));
    kept.copied().collect()
}

/// A point of a list with one sentence.
pub(super) fn item(sentence: Sentence) -> Item {
    items(vec![sentence])
}

/// A point of a list.
pub(super) fn items(sentences: Vec<Sentence>) -> Item {
    Item {
        sentences,
        items: Vec::new(),
    }
}

/// Adds a list whose order does not matter, unless it has no point.
pub(super) fn points(blocks: &mut Vec<Block>, items: Vec<Item>) {
    if !items.is_empty() {
        blocks.push(Block::List {
            ordered: false,
            items,
        });
    }
}

/// A column of words.
pub(super) fn column(title: &'static str) -> Column {
    Column {
        title: vec![Inline::words(title)],
        numeric: false,
    }
}

/// A column of numbers.
pub(super) fn numeric(title: Line) -> Column {
    Column {
        title,
        numeric: true,
    }
}

/// A row without a name.
pub(super) fn row(cells: Vec<Line>) -> Row {
    Row { id: None, cells }
}

/// That a part comes from another file, if it does.
pub(super) fn elsewhere(c: &Composer<'_>, part: &str) -> Option<Sentence> {
    c.dossier.supplied.get(part)?;
    let from = Pointer::to("supplied").key(part);
    let sentence = Sentence::new("supplied")
        .words("This part is from another file: ")
        .part(c.told(&from))
        .words(".");
    Some(sentence.on(stated(&from)))
}

/// A picture with what it shows; `None` when there is nothing to draw.
pub(super) fn figure(c: &Composer<'_>, kind: &str, caption: Sentence) -> Option<Block> {
    let kind = picture::kind(kind)?;
    let picture = (kind.draw)(c.dossier, &Asked::default())?.captioned();
    let id = anchor::picture(kind.name);
    Some(Block::Figure(Figure {
        id,
        picture,
        caption: vec![caption],
    }))
}

/// A sentence whose first words begin with a small letter, as a sentence begins.
pub(super) fn capital(mut sentence: Sentence) -> Sentence {
    sentence.parts = words::begin(sentence.parts);
    sentence
}
