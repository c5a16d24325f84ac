//! Hidden vetoes and rules that exclude nothing.

use std::collections::BTreeMap;

use detente_model::model::Form;
use detente_model::syntax::Diagnostic;
use detente_model::{OptionId, PartyId};

use crate::budget::Budget;
use crate::codes;
use crate::game::Game;
use crate::space::{Consequences, Space, Test};

/// A change of one option by its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Blocked {
    option: OptionId,
    /// Whether the blocked change lowers the option's level: a withdrawal.
    withdrawal: bool,
}

/// For every rule over options of several parties: whose single change it alone makes impossible.
pub(super) fn hidden_vetoes(game: &Game<'_>, out: &mut Vec<Diagnostic>) {
    let (model, space) = (game.model, &game.space);
    if model.form == Form::Graph {
        return;
    }
    let layout = space.layout();
    let tests: Vec<Test> = model
        .rules
        .iter()
        .map(|r| space.test(&r.condition))
        .collect();
    let consequences = Consequences::new(model, space);
    // For each rule over several parties the blocked changes, each with a state where it happens.
    let mut found: Vec<BTreeMap<Blocked, u128>> = vec![BTreeMap::new(); model.rules.len()];
    let candidates: Vec<usize> = (0..model.rules.len())
        .filter(|r| {
            let options = model.rules[*r].condition.expr.options();
            let mut owners: Vec<PartyId> = options.iter().map(|o| model.option(*o).owner).collect();
            owners.dedup();
            owners.len() > 1
        })
        .collect();
    for rule in candidates {
        let options = model.rules[rule].condition.expr.options();
        for state in space.ids() {
            let from = space.value(state);
            for option in &options {
                let choice = model.option(*option);
                let level = layout.level(from, *option);
                for other in (0..choice.level_count()).filter(|l| choice.permits(level, *l)) {
                    let changed = from & !layout.mask(*option) | layout.bits(*option, other);
                    let to = consequences.apply(from, changed);
                    let mut broken = tests
                        .iter()
                        .enumerate()
                        .filter(|(_, t)| t.holds(to))
                        .map(|(i, _)| i);
                    if broken.next() == Some(rule) && broken.next().is_none() {
                        let blocked = Blocked {
                            option: *option,
                            withdrawal: other < level,
                        };
                        found[rule].entry(blocked).or_insert(from);
                    }
                }
            }
        }
    }
    for (rule, blocked) in model.rules.iter().zip(&found) {
        for (change, from) in blocked {
            // The others' options of the rule, as they stand in a state where it happens.
            let owner = model.option(change.option).owner;
            let others: Vec<String> = rule
                .condition
                .expr
                .options()
                .into_iter()
                .filter(|o| model.option(*o).owner != owner)
                .map(|o| crate::describe::setting(model, o, layout.level(*from, o)))
                .collect();
            if others.is_empty() {
                continue;
            }
            let name = model.qualified(change.option);
            let party = &model.party(owner).name;
            let while_ = others.join(" and ");
            out.push(if change.withdrawal {
                Diagnostic::warning(
                    codes::HIDDEN_VETO,
                    format!("this rule keeps `{party}` from withdrawing `{name}` while {while_}"),
                )
                .at(rule.condition.span, "a hidden veto")
                .hint(
                    "if the other option falls away by itself in truth, say so with \
                     `when ... then ...`; if it is a real veto, leave it",
                )
            } else {
                Diagnostic::note(
                    codes::NEEDS_OTHER,
                    format!("by this rule `{party}` cannot take `{name}` while {while_}"),
                )
                .at(rule.condition.span, "")
            });
        }
    }
}

/// Rules without which the same states would be feasible.
pub(super) fn idle_rules(game: &Game<'_>, budget: &Budget, out: &mut Vec<Diagnostic>) {
    // Each rule costs one enumeration.
    const MOST_WORK: usize = 4_000_000;
    let (model, space) = (game.model, &game.space);
    if model.rules.len().saturating_mul(space.len()) > MOST_WORK {
        return;
    }
    let mut limited = budget.clone();
    limited.max_states = space.len() as u64 + 1;
    limited.max_steps = budget.max_steps.min(2_000_000);
    for (index, rule) in model.rules.iter().enumerate() {
        let mut without = model.clone();
        without.rules.remove(index);
        if matches!(Space::new(&without, &limited), Ok(s) if s.len() == space.len()) {
            out.push(
                Diagnostic::warning(codes::IDLE_RULE, "this rule excludes nothing")
                    .at(
                        rule.condition.span,
                        "the other rules exclude it already, or nothing does it",
                    )
                    .hint("drop it, or check that it says what is meant"),
            );
        }
    }
}
