//! What plans do, as entries of the appendix of witnesses.

use super::witnesses::{IMPROVEMENTS, one};
use super::words::{self, words as say};
use crate::breakthrough::Plan;
use crate::document::{Block, Composer, Entry, Ground, Item, Pointer, Section, Sentence, anchor};

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
                let from = at.key("effects").index(effect);
                let sentence = Sentence::new("witnesses.effect")
                    .words("Then ")
                    .part(c.told(&from.key("said")))
                    .words(".");
                let sentence = sentence.on(Ground::Stated(from));
                let states = because.effects.get(effect).map(|e| &e.states);
                one(sentence.on_all(rows(c, states.into_iter().flatten())))
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
