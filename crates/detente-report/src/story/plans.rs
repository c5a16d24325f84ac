//! What plans do, as entries of the appendix of witnesses.

use super::proof;
use super::witnesses::{IMPROVEMENTS, one};
use super::words::{self, words as say};
use crate::breakthrough::{Becomes, Effect, Lot, Plan};
use crate::document::{
    Block, Composer, Entry, Ground, Inline, Item, Line, Pointer, Section, Sentence, anchor,
};
use crate::finding::Step;
use crate::words::Tense;

/// The plans of all goals.
pub(super) fn append(c: &Composer<'_>, section: &mut Section) {
    let mut entries = Vec::new();
    for (goal, found) in c.dossier.breakthroughs.iter().enumerate() {
        for (place, plan) in found.plans.iter().enumerate() {
            let at = Pointer::to("breakthroughs")
                .index(goal)
                .key("plans")
                .index(place);
            let mut term = vec![say(ordinal(place)), say(" for ")];
            term.extend(super::movement::wanted(c, goal, found));
            entries.push(Entry {
                id: anchor::plan(goal, place),
                term,
                blocks: self::plan(c, &at, plan),
            });
        }
    }
    if !entries.is_empty() {
        let mut inner = Section::new("witnesses-plans", "What plans do");
        inner.blocks.push(Block::Entries(entries));
        section.sections.push(inner);
    }
}

/// How a plan is called by its place among those of its goal.
pub(super) fn ordinal(place: usize) -> &'static str {
    const ORDINALS: [&str; 8] = [
        "First plan",
        "Second plan",
        "Third plan",
        "Fourth plan",
        "Fifth plan",
        "Sixth plan",
        "Seventh plan",
        "Eighth plan",
    ];
    ORDINALS.get(place).copied().unwrap_or("Another plan")
}

/// The rows of states that a told text mentions.
pub(super) fn rows<'s>(c: &Composer<'_>, states: impl Iterator<Item = &'s u32>) -> Vec<Ground> {
    let known = states.filter(|s| words::find(c, **s).is_some());
    known.map(|s| Ground::See(anchor::state(*s))).collect()
}

/// What the changes do to one improvement, in a clause that follows "then".
pub(super) fn effect(c: &Composer<'_>, effect: &Effect, at: &Pointer) -> Line {
    let Some(Step { party, from, to }) = &effect.improvement else {
        return vec![c.told(&at.key("said"))];
    };
    let mut deed = words::deed(c, party, *from, *to, Tense::Gerund);
    deed.push(say(" ("));
    deed.extend(words::arrow(c, *from, *to));
    deed.push(say(")"));
    let name = || Inline::name(party);
    let of_party = |after: &'static str| {
        let mut line = vec![name(), say("’s ")];
        line.extend(deed.clone());
        line.push(say(after));
        line
    };
    let gaining = |before: &'static str| {
        let mut line = vec![name(), say(before)];
        line.extend(deed.clone());
        line
    };
    match (effect.becomes, &effect.answer) {
        (Becomes::Answered, Some(answer)) => {
            let mut line = of_party(" would be answered: ");
            line.extend(proof::answers(c, &answer.concept, &answer.steps));
            line.push(say(", and "));
            let than = match answer.is {
                Lot::Back => {
                    line.extend([name(), say(" would be back at "), words::number(c, *from)]);
                    return line;
                }
                Lot::Worse => " is worse for ",
                Lot::NoBetter => " is no better for ",
                Lot::Better => " is better for ",
            };
            line.extend([words::number(c, answer.result), say(than), name()]);
            line.extend([say(" than "), words::number(c, *from)]);
            line
        }
        (Becomes::Answered | Becomes::Deterred, _) => of_party(" would be deterred"),
        (Becomes::Open, _) => {
            let mut line = gaining(" would gain by ");
            line.push(say(", and nothing would deter it"));
            line
        }
        (Becomes::Gone, _) => gaining(" could no longer gain by "),
        (Becomes::NoGain, _) => {
            let mut line = deed;
            line.extend([say(" would be no gain for "), name()]);
            line
        }
        (Becomes::Excluded, _) => vec![c.told(&at.key("said"))],
    }
}

/// So many states of a plan are explained.
const EXPLAINED: usize = 3;

fn plan(c: &Composer<'_>, at: &Pointer, plan: &Plan) -> Vec<Block> {
    let stated = Ground::Stated(at.clone());
    let mut first = Vec::new();
    for (place, change) in plan.changes.iter().enumerate() {
        for said in 0..change.said.len() {
            let from = at.key("changes").index(place).key("said").index(said);
            let sentence = Sentence::new("witnesses.change")
                .part(c.told(&from))
                .words(".");
            first.push(sentence.on(stated.clone()));
        }
    }
    let mut blocks = Vec::new();
    if !first.is_empty() {
        blocks.push(Block::Paragraph(first));
    }
    for (place, because) in plan.because.iter().enumerate().take(EXPLAINED) {
        let at = at.key("because").index(place);
        let sentence = Sentence::new("witnesses.then")
            .words("Then ")
            .parts(words::state(c, because.state))
            .words(if because.holds {
                " holds: for each party that left it, this is what becomes of its gains."
            } else {
                " does not hold:"
            })
            .on(stated.clone());
        blocks.push(Block::Paragraph(vec![sentence]));
        let items: Vec<Item> = (0..because.effects.len().min(IMPROVEMENTS))
            .map(|effect| {
                let at = at.key("effects").index(effect);
                let effect = because.effects.get(effect);
                let sentence = Sentence::new("witnesses.effect")
                    .words("Then ")
                    .parts(effect.map_or_else(Vec::new, |e| self::effect(c, e, &at)))
                    .words(".");
                let rows = rows(c, effect.into_iter().flat_map(|e| &e.states));
                one(if rows.is_empty() {
                    sentence.on(Ground::Stated(at))
                } else {
                    sentence.on_all(rows)
                })
            })
            .collect();
        if !items.is_empty() {
            blocks.push(Block::List {
                ordered: false,
                items,
            });
        }
    }
    if !plan.variant.is_empty() {
        blocks.push(Block::Code {
            language: "detente",
            text: c.verbatim(&at.key("variant")),
        });
    }
    blocks
}
