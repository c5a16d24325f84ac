//! Of which outcomes no plan was sought, and why.

use super::summary;
use super::words;
use crate::document::{Composer, Ground, Pointer, Sentence, anchor};

/// The outcomes that do not hold and of which no plan was sought, and why.
pub(super) fn sentences(c: &Composer<'_>) -> Vec<Sentence> {
    let goals = &c.dossier.breakthroughs;
    let found = (c.dossier.analysis.as_ref(), c.dossier.summary.as_ref());
    let (Some(analysis), Some(summary), false) = (found.0, found.1, goals.is_empty()) else {
        return Vec::new();
    };
    let sought = |name: &str| {
        let quoted = format!("\"{name}\"");
        let mut wanted = goals.iter().flat_map(|g| &g.wanted);
        wanted.any(|w| w.name == quoted || w.name == name)
    };
    let by_rule = summary::goals(analysis).iter().all(|name| sought(name));
    let parties = analysis.parties.len();
    let (mut disliked, mut others) = (Vec::new(), Vec::new());
    for class in &summary.classes {
        let Some(name) = class.name.as_deref() else {
            continue;
        };
        if class.states == 0 || !class.equilibria.is_empty() || sought(name) {
            continue;
        }
        let liked = |number| summary::is_wanted(number, parties);
        if by_rule && !class.liked_by.is_none_or(liked) {
            disliked.push(words::class(Some(name)));
        } else {
            others.push(words::class(Some(name)));
        }
    }
    let mut out = Vec::new();
    if !disliked.is_empty() {
        let one = disliked.len() == 1;
        let sentence = Sentence::new("movement.unwanted")
            .words("No plan was sought for ")
            .parts(words::either(disliked))
            .words(if one {
                ": fewer than half of the parties prefer any state of it to where things stand."
            } else {
                ": fewer than half of the parties prefer any state of these to where things stand."
            });
        out.push(sentence.see(anchor::table("states")));
    }
    if !others.is_empty() {
        let sentence = Sentence::new("movement.unasked")
            .words(if out.is_empty() {
                "Of those that would not hold, no plan was asked for "
            } else {
                "Nor was one asked for "
            })
            .parts(words::either(others))
            .words(".");
        out.push(sentence.on(Ground::Stated(Pointer::to("breakthroughs"))));
    }
    out
}
