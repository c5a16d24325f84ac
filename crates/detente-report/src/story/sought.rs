//! Of which outcomes plans were sought, by which rule, and of which none was.

use super::words::{self, words as say};
use super::worth::{Candidate, Worth, WorthRule};
use crate::document::{
    Block, Composer, Form, Ground, Inline, Item, Line, Pointer, Sentence, anchor,
};

/// The rule by which outcomes were chosen, what each of them would be for whom, and which were left out. When goals were
/// named, only of which outcomes that do not hold nothing was asked.
pub(super) fn blocks(c: &Composer<'_>) -> Vec<Block> {
    let summary = c.dossier.summary.as_ref();
    let Some(worth) = summary.and_then(|s| s.worth.as_ref()) else {
        return Vec::new();
    };
    if c.dossier.breakthroughs.is_empty() {
        return Vec::new();
    }
    let by_rule = worth.chosen().all(|name| is_sought(c, name));
    if !by_rule {
        return asked(c, worth).into_iter().collect();
    }
    let mut blocks = vec![Block::Paragraph(vec![rule(c, worth)])];
    let of_rule = |o: &&Candidate| o.chosen && is_sought(c, &o.name);
    if worth.rule != WorthRule::NotHolding {
        let items = worth.outcomes.iter().filter(of_rule);
        let items = items.map(|o| Item {
            sentences: vec![lot(c, o)],
            items: Vec::new(),
        });
        blocks.push(Block::List {
            ordered: false,
            items: items.collect(),
        });
    }
    let left = worth.outcomes.iter().filter(|one| !of_rule(one));
    let left: Vec<&Candidate> = left.collect();
    let sentences = left_out(c, worth, &left);
    if !sentences.is_empty() {
        blocks.push(Block::Paragraph(sentences));
    }
    blocks
}

/// Whether a plan was sought for the outcome of this name.
fn is_sought(c: &Composer<'_>, name: &str) -> bool {
    let quoted = format!("\"{name}\"");
    let mut wanted = c.dossier.breakthroughs.iter().flat_map(|g| &g.wanted);
    wanted.any(|w| w.name == quoted || w.name == name)
}

fn at() -> Pointer {
    Pointer::to("summary").key("worth")
}

/// By which rule the outcomes were chosen.
fn rule(c: &Composer<'_>, worth: &Worth) -> Sentence {
    let sentence = Sentence::new("movement.rule");
    let several = worth.chosen().count() > 1;
    let sentence = match worth.rule {
        WorthRule::NotHolding | WorthRule::NonePreferred => sentence.words(
            "The file does not say where things stand, so that a plan was sought for each outcome that would not hold.",
        ),
        WorthRule::WorseForNone => sentence.words(if several {
            "Plans were sought for the outcomes that would not hold and yet would be better for some party, and worse \
             for none, than where things stand:"
        } else {
            "Plans were sought for the one outcome that would not hold and yet would be better for some party, and \
             worse for none, than where things stand:"
        }),
        WorthRule::MostPrefer => {
            let sentence = sentence
                .words(
                    "None of the outcomes that would not hold is better for some party, and worse for none, than where \
                     things stand. Plans were sought for what the most parties, ",
                )
                .part(c.number(&at().key("most"), Form::Whole))
                .words(" of ")
                .part(c.number(&at().key("parties"), Form::Whole));
            let losing = worth.outcomes.iter().any(|o| o.beaten_by.is_some());
            sentence.words(if losing {
                ", prefer to where things stand, unless a majority prefers another such outcome to it:"
            } else {
                ", prefer to where things stand:"
            })
        }
    };
    sentence.see(anchor::table("states"))
}

/// For whom an outcome would be better, and for whom worse.
fn lot(c: &Composer<'_>, outcome: &Candidate) -> Sentence {
    let mut sentence = Sentence::new("movement.worth")
        .part(Inline::Strong(words::quoted(&outcome.name)))
        .parts(judged_by(c, outcome))
        .words(": better for ")
        .parts(words::names(&outcome.better));
    if !outcome.worse.is_empty() {
        sentence = sentence
            .words(", worse for ")
            .parts(words::names(&outcome.worse));
    }
    sentence.words(".").see(anchor::state(outcome.state))
}

fn judged_by(c: &Composer<'_>, outcome: &Candidate) -> Line {
    vec![say(" (state "), words::number(c, outcome.state), say(")")]
}

/// How sentences about outcomes that were left out begin: the first, and the others.
const NOR: [&str; 2] = ["No plan was sought for ", "Nor was one sought for "];

/// The outcomes that the rule does not choose, and why.
fn left_out(c: &Composer<'_>, worth: &Worth, left: &[&Candidate]) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut groups: Vec<(u32, Vec<&Candidate>)> = Vec::new();
    for outcome in left {
        let Some(by) = outcome.beaten_by else {
            continue;
        };
        match groups.iter_mut().find(|(own, _)| *own == by) {
            Some((_, beaten)) => beaten.push(outcome),
            None => groups.push((by, vec![outcome])),
        }
    }
    for (by, beaten) in groups {
        let each = beaten.iter().map(|o| {
            let mut line = words::quoted(&o.name);
            line.extend(judged_by(c, o));
            line
        });
        let sentence = Sentence::new("movement.beaten")
            .words(NOR[usize::from(!out.is_empty())])
            .parts(words::either(each.collect()))
            .words(": a majority prefers ")
            .parts(words::brief(c, by))
            .words(if beaten.len() == 1 {
                " to it."
            } else {
                " to each."
            });
        let rows = beaten.iter().map(|o| o.state).chain([by]);
        out.push(sentence.on_all(rows.map(|id| Ground::See(anchor::state(id)))));
    }
    let rest = |more: bool| -> Vec<Line> {
        let those = left.iter().filter(|o| o.beaten_by.is_none());
        let those = those.filter(|o| o.chosen == more);
        those.map(|o| words::quoted(&o.name)).collect()
    };
    let (fewer, more) = (rest(false), rest(true));
    if !fewer.is_empty() {
        let sentence = Sentence::new("movement.unwanted")
            .words(NOR[usize::from(!out.is_empty())])
            .parts(words::either(fewer))
            .words(match worth.rule {
                WorthRule::WorseForNone => ", which would leave some party worse off.",
                _ => ", which fewer parties prefer to where things stand.",
            });
        out.push(sentence.see(anchor::table("states")));
    }
    if !more.is_empty() {
        let sentence = Sentence::new("movement.many")
            .words("There are too many of them to seek plans for all: none was sought for ")
            .parts(words::either(more))
            .words(".");
        out.push(sentence.on(Ground::Stated(at())));
    }
    out
}

/// When goals were named: the outcomes that do not hold and that nobody asked about.
fn asked(c: &Composer<'_>, worth: &Worth) -> Option<Block> {
    let others = worth.outcomes.iter().filter(|o| !is_sought(c, &o.name));
    let others: Vec<Line> = others.map(|o| words::quoted(&o.name)).collect();
    if others.is_empty() {
        return None;
    }
    let sentence = Sentence::new("movement.unasked")
        .words("Of those that would not hold, no plan was asked for ")
        .parts(words::either(others))
        .words(".");
    let sentence = sentence.on(Ground::Stated(Pointer::to("breakthroughs")));
    Some(Block::Paragraph(vec![sentence]))
}
