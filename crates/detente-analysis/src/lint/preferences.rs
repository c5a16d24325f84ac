//! Statements and ranked items that guide nobody, and preferences without a source.

use std::collections::HashMap;

use detente_model::model::{Preferences, RankItem, Statement};
use detente_model::syntax::Diagnostic;

use crate::codes;
use crate::game::Game;

/// Statements that are never true, always true, or never decide.
pub(super) fn statements(game: &Game<'_>, out: &mut Vec<Diagnostic>) {
    for party in &game.model.parties {
        if let Preferences::Statements(list) = &party.preferences {
            party_statements(game, list, out);
        }
    }
}

fn party_statements(game: &Game<'_>, list: &[Statement], out: &mut Vec<Diagnostic>) {
    let space = &game.space;
    // Which block of equal truth of all earlier statements each state is in. Those that may not hold, or may
    // stand lower down, do not count: others decide where they do not.
    let mut block = vec![0_usize; space.len()];
    for statement in list {
        let test = space.test(&statement.condition);
        let truth: Vec<bool> = space.ids().map(|s| test.holds(space.value(s))).collect();
        let span = statement.condition.span;
        let holding = truth.iter().filter(|t| **t).count();
        if holding == 0 || holding == truth.len() {
            let (code, text) = if holding == 0 {
                (
                    codes::CONTRADICTORY_STATEMENT,
                    "no feasible state satisfies this statement",
                )
            } else {
                (
                    codes::REDUNDANT_STATEMENT,
                    "every feasible state satisfies this statement",
                )
            };
            out.push(
                Diagnostic::warning(code, text)
                    .at(span, "it cannot guide the party")
                    .hint("drop it, or check it against the rules"),
            );
            continue;
        }
        let mut numbers: HashMap<(usize, bool), usize> = HashMap::new();
        let before = block.iter().max().map_or(0, |m| m + 1);
        let finer = block.iter().zip(&truth).map(|(b, t)| {
            let next = numbers.len();
            *numbers.entry((*b, *t)).or_insert(next)
        });
        let finer: Vec<usize> = finer.collect();
        if statement.certainty.is_certain() && !statement.either_order {
            block = finer;
        }
        if numbers.len() == before {
            out.push(
                Diagnostic::warning(
                    codes::IDLE_STATEMENT,
                    "this statement never decides: more important ones always have",
                )
                .at(span, "")
                .hint("move it up, or drop it"),
            );
        }
    }
}

/// Ranked items that place no state.
pub(super) fn ranks(game: &Game<'_>, out: &mut Vec<Diagnostic>) {
    let space = &game.space;
    for party in &game.model.parties {
        let Preferences::Ranks(tiers) = &party.preferences else {
            continue;
        };
        let mut placed = vec![false; space.len()];
        for item in tiers.iter().flat_map(|t| &t.items) {
            let RankItem::Matching(condition) = item else {
                continue;
            };
            let mut places = false;
            for state in space.matching(condition) {
                places |= !placed[state.index()];
                placed[state.index()] = true;
            }
            if !places {
                out.push(
                    Diagnostic::warning(
                        codes::IDLE_RANK_ITEM,
                        format!(
                            "`{}` places no feasible state in this ranking",
                            condition.text
                        ),
                    )
                    .at(condition.span, "")
                    .hint("no state satisfies it, or earlier items have placed them all"),
                );
            }
        }
    }
}

/// One note per party that cites nothing for some of its preferences.
pub(super) fn uncited(game: &Game<'_>, out: &mut Vec<Diagnostic>) {
    for party in &game.model.parties {
        let Preferences::Statements(list) = &party.preferences else {
            continue;
        };
        let bare: Vec<&Statement> = list.iter().filter(|s| s.cites.is_empty()).collect();
        if let Some(first) = bare.first() {
            let (count, all) = (bare.len(), list.len());
            let mut d = Diagnostic::note(
                codes::UNCITED,
                format!(
                    "{count} of {all} statements of `{}` cite no source",
                    party.name
                ),
            )
            .at(first.condition.span, "an assumption");
            for other in bare.iter().skip(1).take(2) {
                d = d.see(other.condition.span, "and this");
            }
            out.push(d);
        }
    }
}
