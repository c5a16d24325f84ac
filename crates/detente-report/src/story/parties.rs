//! Who is at the table: the parties, what each can do and what it wants first, and what cannot be together.

use super::holds::column;
use super::words::{self, words as say};
use crate::document::{
    Block, Composer, Form, Inline, Line, Pointer, Row, Section, Sentence, Table, anchor,
};
use crate::dossier::PartyAbout;
use crate::finding::State;

/// So many wants of one party are told.
const WANTS: usize = 3;

/// Of an order of states so many are told.
const FIRST: usize = 3;

/// Writes the section.
pub(super) fn section(c: &Composer<'_>) -> Option<Section> {
    let dossier = c.dossier;
    let about = &dossier.about;
    if about.parties.is_empty() || (dossier.analysis.is_none() && dossier.survey.is_none()) {
        return None;
    }
    let mut section = Section::new("parties", "Who is at the table");
    section.blocks.push(Block::Table(table(c)));
    let mut said = vec![in_full(c)];
    said.extend(rules(c));
    section.paragraph(said);
    Some(section)
}

fn table(c: &Composer<'_>) -> Table {
    let about = &c.dossier.about.parties;
    let speaks = about.iter().any(|p| !p.agents.is_empty());
    let mut columns = vec![column(vec![say("party")], false)];
    if speaks {
        columns.push(column(vec![say("speaks through")], false));
    }
    columns.push(column(vec![say("can do")], false));
    columns.push(column(vec![say("wants first")], false));
    let rows = about.iter().enumerate().map(|(place, party)| {
        let mut cells = vec![called(party)];
        if speaks {
            cells.push(row_of(party.agents.iter().map(|a| vec![Inline::name(a)])));
        }
        cells.push(can(c, party));
        cells.push(wants(c, party, place));
        Row { id: None, cells }
    });
    Table {
        id: anchor::table("parties"),
        caption: vec![say(
            "The parties, what each can do, and what it wants, most important first",
        )],
        columns,
        rows: rows.collect(),
    }
}

/// Things in a cell, parted by semicolons: titles may hold commas.
fn row_of(things: impl Iterator<Item = Line>) -> Line {
    super::pieces::joined(things.collect(), "; ", "; ")
}

fn called(party: &PartyAbout) -> Line {
    match party.title.as_deref().filter(|t| *t != party.name) {
        Some(title) => vec![
            Inline::name(title),
            say(" ("),
            Inline::name(&party.name),
            say(")"),
        ],
        None => vec![Inline::name(&party.name)],
    }
}

/// What a party can do, by the titles of its options.
fn can(c: &Composer<'_>, about: &PartyAbout) -> Line {
    let own = |name: &str| {
        let rest = name.strip_prefix(&about.name)?.strip_prefix('.')?;
        Some(rest.to_owned())
    };
    if let Some(analysis) = &c.dossier.analysis {
        if analysis.options.is_empty() {
            let place = analysis.parties.iter().position(|p| p.name == about.name);
            let Some(place) = place else {
                return Vec::new();
            };
            let from = Pointer::to("analysis").key("parties").index(place);
            let number = analysis.parties.get(place).map_or(0, |p| p.moves);
            return words::amount(c, &from.key("moves"), number, "move", "moves");
        }
        let options = analysis.options.iter().filter_map(|option| {
            let name = own(&option.name)?;
            let mut line = vec![Inline::name(option.title.as_deref().unwrap_or(&name))];
            if !option.levels.is_empty() {
                line.push(say(" ("));
                let levels = option.levels.iter().map(|l| vec![Inline::name(l)]);
                line.extend(super::pieces::joined(levels.collect(), ", ", ", "));
                line.push(say(")"));
            }
            Some(line)
        });
        return nothing(row_of(options));
    }
    let options = c.dossier.survey.iter().flat_map(|s| &s.options);
    let names = options.filter_map(|o| own(o));
    nothing(row_of(names.map(|n| vec![Inline::name(&n)])))
}

fn nothing(line: Line) -> Line {
    if line.is_empty() {
        vec![say("nothing")]
    } else {
        line
    }
}

/// What a party wants first: its statements, or the states that it ranks highest.
fn wants(c: &Composer<'_>, about: &PartyAbout, place: usize) -> Line {
    if about.wants.is_empty() || ranks_states(c, about) {
        return ranked(c, &about.name).unwrap_or_default();
    }
    let at = Pointer::to("about")
        .key("parties")
        .index(place)
        .key("wants");
    let told = (0..about.wants.len().min(WANTS)).map(|i| {
        let mut line = vec![c.told(&at.index(i).key("titled"))];
        if about.wants.get(i).is_some_and(|w| w.doubtful) {
            line.push(say(" (in doubt)"));
        }
        line
    });
    row_of(told)
}

/// Whether a party says in which order it ranks the states, rather than what it wants of them.
fn ranks_states(c: &Composer<'_>, about: &PartyAbout) -> bool {
    let Some(analysis) = &c.dossier.analysis else {
        return false;
    };
    let is_state = |word: &str| {
        let named = |s: &State| s.name.as_deref() == Some(word) || s.id.to_string() == word;
        word == "rest" || analysis.states.iter().any(named)
    };
    let mut said = about.wants.iter().flat_map(|w| w.says.split(['=', '~']));
    said.all(|word| is_state(word.trim()))
}

/// The states that a party ranks highest, as long as each is ranked by itself.
fn ranked(c: &Composer<'_>, party: &str) -> Option<Line> {
    let states = &c.dossier.analysis.as_ref()?.states;
    let mut order: Vec<(u32, u32)> = states
        .iter()
        .filter_map(|s| Some((*s.ranks.get(party)?, s.id)))
        .collect();
    order.sort_by_key(|(rank, id)| (std::cmp::Reverse(*rank), *id));
    let (best, worst) = (*order.first()?, *order.last()?);
    if best.0 == worst.0 {
        return Some(vec![say("all states are equally good to it")]);
    }
    let distinct = order.windows(2).take(FIRST);
    let distinct = distinct.take_while(|w| w[0].0 != w[1].0);
    let first: Vec<u32> = distinct.map(|w| w[0].1).collect();
    if first.is_empty() {
        let number = order.iter().filter(|(rank, _)| *rank == best.0).count();
        let mut line = words::brief(c, best.1);
        line.push(say(if number > 1 { " and others alike" } else { "" }));
        return Some(line);
    }
    Some(row_of(first.into_iter().map(|id| words::brief(c, id))))
}

/// Where the rest of it stands.
fn in_full(c: &Composer<'_>) -> Sentence {
    let stated = c.dossier.about.parties.iter().any(|p| !p.wants.is_empty());
    let sentence = Sentence::new("parties.full").words(if stated {
        "All that each wants, with the sources of it, is in the appendix."
    } else {
        "How each ranks the states is in the appendix."
    });
    sentence.see(if stated {
        "preferences".to_owned()
    } else {
        super::states_anchor(c)
    })
}

/// How many rules say what cannot be.
fn rules(c: &Composer<'_>) -> Option<Sentence> {
    let rules = &c.dossier.about.rules;
    if rules.is_empty() {
        return None;
    }
    let at = Pointer::to("about").key("rules");
    let sentence = Sentence::new("parties.rules")
        .part(c.number(&at, Form::Length))
        .words(if rules.len() == 1 {
            " rule says what cannot be together, what follows of itself or what cannot be undone."
        } else {
            " rules say what cannot be together, what follows of itself and what cannot be undone."
        });
    Some(sentence.see(anchor::table("rules")))
}
