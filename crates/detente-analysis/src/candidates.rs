//! Changes that are thinkable in a negotiation: what an inverse question may choose from.
//!
//! Each function lists the changes of one kind, in a fixed order, without prices. Changes that would
//! exclude the status quo, or change nothing, are left out.

use detente_model::model::{Consequence, Form, Preferences, Prohibition, Rule};
use detente_model::syntax::ast::Direction;
use detente_model::{Condition, Expr, Literal, OptionId, PartyId};

use crate::Game;
use crate::describe::{expression, plain_setting};
use crate::inverse::StructuralChange;

/// Options that can be taken back are made irreversible.
pub fn irreversible(game: &Game<'_>) -> Vec<StructuralChange> {
    directed(game, Direction::OnlyOn, |d| d.is_both())
}

/// Options that go one way only can be moved both ways.
pub fn reversible(game: &Game<'_>) -> Vec<StructuralChange> {
    directed(game, Direction::Both, |d| !d.is_both())
}

fn directed(
    game: &Game<'_>,
    direction: Direction,
    fits: impl Fn(Direction) -> bool,
) -> Vec<StructuralChange> {
    let options = game.model.option_ids();
    options
        .filter(|o| fits(game.model.option(*o).direction))
        .map(|option| StructuralChange::Direction { option, direction })
        .collect()
}

/// Options are taken away: they stay at their first level.
pub fn removals(game: &Game<'_>) -> Vec<StructuralChange> {
    let stands = |o: &OptionId| game.status_quo.is_some_and(|s| game.space.level(s, *o) > 0);
    let options = game.model.option_ids().filter(|o| !stands(o));
    options
        .map(|option| StructuralChange::Remove { option })
        .collect()
}

/// One option, on or off, as a condition: a graded option is on above its first level.
fn literal(game: &Game<'_>, option: OptionId, on: bool) -> Condition {
    let top = game.model.option(option).level_count().saturating_sub(1);
    let (from, to) = if on { (1, top) } else { (0, 0) };
    let expr = Expr::Literal(Literal { option, from, to });
    let text = expression(game.model, &expr);
    Condition::synthetic(expr, text)
}

fn pairs(options: &[OptionId]) -> impl Iterator<Item = (OptionId, OptionId)> + use<> {
    let options: Vec<OptionId> = options.to_vec();
    let others = options.clone();
    options.into_iter().flat_map(move |a| {
        let others = others.clone();
        others
            .into_iter()
            .filter_map(move |b| (a != b).then_some((a, b)))
    })
}

const BOTH: [bool; 2] = [true, false];

/// Forced consequences over two of some options: when one is taken, or given up, the other is too. A graded
/// option goes to its first or its last level.
pub fn links(game: &Game<'_>, options: &[OptionId]) -> Vec<StructuralChange> {
    let mut found = Vec::new();
    for (a, b) in pairs(options) {
        for on in BOTH {
            for then in BOTH {
                let condition = literal(game, a, on);
                let last = game.model.option(b).level_count().saturating_sub(1);
                let level = if then { last } else { 0 };
                let said = |c: &Consequence| {
                    c.condition.expr == condition.expr && c.then.contains(&(b, level))
                };
                if game.model.consequences.iter().any(said) {
                    continue;
                }
                found.push(StructuralChange::Link(Consequence {
                    condition,
                    then: vec![(b, level)],
                    then_text: plain_setting(game.model, b, level),
                    because: None,
                    cites: Vec::new(),
                }));
            }
        }
    }
    found
}

/// Rules over two of some options: they cannot be together, or one not without the other, or not neither.
/// Those that exclude nothing or the status quo are left out.
pub fn bars(game: &Game<'_>, options: &[OptionId]) -> Vec<StructuralChange> {
    let mut found = Vec::new();
    for (a, b) in pairs(options).filter(|(a, b)| a < b) {
        for on in BOTH {
            for with in BOTH {
                let expr = Expr::And(vec![literal(game, a, on).expr, literal(game, b, with).expr]);
                let text = expression(game.model, &expr);
                let condition = Condition::synthetic(expr, text);
                let excluded = game.space.matching(&condition);
                let stands = game.status_quo.is_some_and(|s| excluded.contains(&s));
                if stands || excluded.is_empty() || excluded.len() == game.space.len() {
                    continue;
                }
                found.push(StructuralChange::Bar(Rule {
                    condition,
                    because: None,
                    cites: Vec::new(),
                }));
            }
        }
    }
    found
}

/// Prohibitions over two of some options: the owner of the first may not move to states with it from states
/// with neither. So it comes after the second.
pub fn sequences(game: &Game<'_>, options: &[OptionId]) -> Vec<StructuralChange> {
    let mut found = Vec::new();
    for (a, b) in pairs(options) {
        let neither = Expr::And(vec![
            literal(game, a, false).expr,
            literal(game, b, false).expr,
        ]);
        let text = expression(game.model, &neither);
        found.push(StructuralChange::Sequence(Prohibition {
            party: Some(game.model.option(a).owner),
            from: Condition::synthetic(neither, text),
            to: literal(game, a, true),
            because: None,
        }));
    }
    found
}

/// Who would have to make a structural change: the owner of the option, of the option that a link
/// switches, of the option that a sequence puts second. A rule is made by the owners of all options in
/// it.
pub fn makers(game: &Game<'_>, change: &StructuralChange) -> Vec<PartyId> {
    let owner = |o: &OptionId| game.model.option(*o).owner;
    let mut parties: Vec<PartyId> = match change {
        StructuralChange::Direction { option, .. } | StructuralChange::Remove { option } => {
            vec![owner(option)]
        }
        StructuralChange::Link(link) => link.then.iter().map(|(o, _)| owner(o)).collect(),
        StructuralChange::Bar(rule) => rule.condition.expr.options().iter().map(owner).collect(),
        StructuralChange::Sequence(prohibition) => match prohibition.party {
            Some(party) => vec![party],
            None => game.model.party_ids().collect(),
        },
    };
    parties.sort_unstable();
    parties.dedup();
    parties
}

/// Statements that a party might come to hold: every option of any party, on or off; each of the given
/// classes and its opposite; and the statements of the other parties. Those that the party holds
/// already, and those that are true in all feasible states or in none, are left out.
pub fn statements(game: &Game<'_>, party: PartyId, classes: &[usize]) -> Vec<Condition> {
    let model = game.model;
    let mut pool: Vec<Condition> = Vec::new();
    if model.form == Form::Options {
        for option in model.option_ids() {
            pool.extend(BOTH.map(|on| literal(game, option, on)));
        }
    }
    for class in classes.iter().filter_map(|c| model.classes.get(*c)) {
        let name = detente_model::syntax::quote(&class.name);
        let expr = class.condition.expr.clone();
        pool.push(Condition::synthetic(expr.clone(), format!("class {name}")));
        pool.push(Condition::synthetic(
            expr.negated(),
            format!("not class {name}"),
        ));
    }
    for other in model.party_ids().filter(|p| *p != party) {
        if let Preferences::Statements(list) = &model.party(other).preferences {
            pool.extend(list.iter().map(|s| {
                let expr = s.condition.expr.clone();
                let text = expression(model, &expr);
                Condition::synthetic(expr, text)
            }));
        }
    }
    let mut said: Vec<Vec<crate::StateId>> = match &model.party(party).preferences {
        Preferences::Statements(list) => list
            .iter()
            .map(|s| game.space.matching(&s.condition))
            .collect(),
        _ => Vec::new(),
    };
    pool.retain(|condition| {
        let states = game.space.matching(condition);
        if states.is_empty() || states.len() == game.space.len() || said.contains(&states) {
            return false;
        }
        said.push(states);
        true
    });
    pool
}
