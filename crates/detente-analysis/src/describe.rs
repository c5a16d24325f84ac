//! Options and states in words.

use detente_model::model::Model;
use detente_model::record::Effect;
use detente_model::syntax::ast::Count;
use detente_model::syntax::print_change;
use detente_model::{Expr, Literal, OptionId};

use crate::game::Game;
use crate::graph::StateId;

/// `US.relief`, `not US.relief` or `US.drills is cancel`, in backticks.
pub fn setting(model: &Model, option: OptionId, level: u16) -> String {
    format!("`{}`", plain_setting(model, option, level))
}

/// As [`setting`], without backticks.
pub fn plain_setting(model: &Model, option: OptionId, level: u16) -> String {
    let choice = model.option(option);
    let name = model.qualified(option);
    match (choice.levels.get(usize::from(level)), level) {
        (Some(level), _) => format!("{name} is {level}"),
        (None, 0) => format!("not {name}"),
        (None, _) => name,
    }
}

/// The options that are on in a state, as `US.relief` or `US.drills is cancel`, in order.
pub fn on(game: &Game<'_>, state: StateId) -> Vec<String> {
    game.space
        .on(state)
        .into_iter()
        .map(|(option, level)| plain_setting(game.model, option, level))
        .collect()
}

/// What an event changes, as the language writes it.
pub fn effect(model: &Model, effect: &Effect) -> String {
    let settings = |list: &[(OptionId, u16)]| {
        let each = list.iter().map(|(o, l)| plain_setting(model, *o, *l));
        each.collect::<Vec<_>>().join(", ")
    };
    let options = |list: &[OptionId]| {
        let each = list.iter().map(|o| model.qualified(*o));
        each.collect::<Vec<_>>().join(", ")
    };
    match effect {
        Effect::Sets(list) => format!("sets {}", settings(list)),
        Effect::SetsState(state) => {
            let state = model.states.get(*state as usize).map(|s| s.name.as_str());
            format!("sets state {}", state.unwrap_or_default())
        }
        Effect::Default(list) => format!("default {}", settings(list)),
        Effect::Opens(list) => format!("opens {}", options(list)),
        Effect::Closes(list) => format!("closes {}", options(list)),
        Effect::Mandate { track, binds } => {
            let track = model.record.tracks.get(*track).map(|t| t.name.as_str());
            let binds = match binds.as_deref() {
                None => "all".to_owned(),
                Some([]) => "nothing".to_owned(),
                Some(list) => options(list),
            };
            format!("mandate {} binds {binds}", track.unwrap_or_default())
        }
        Effect::Change(change) => print_change(change),
    }
}

/// An expression in the language, with every option as `PARTY.option`, so that it means the same
/// wherever it stands.
pub fn expression(model: &Model, expr: &Expr) -> String {
    written(model, expr, 0)
}

/// How tightly a construct binds: `not` 3, `and` 2, `or` 1. Brackets where the place asks for more.
fn written(model: &Model, expr: &Expr, asked: u8) -> String {
    let joined = |parts: &[Expr], word: &str, binds: u8| {
        let inner = |p: &Expr| written(model, p, binds + 1);
        let text = parts.iter().map(inner).collect::<Vec<_>>().join(word);
        (text, binds)
    };
    let (text, binds) = match expr {
        Expr::Constant(value) => (value.to_string(), 4),
        Expr::Literal(literal) => range(model, *literal),
        Expr::Node(node) => {
            let name = model.states.get(*node as usize).map(|s| s.name.as_str());
            (format!("state {}", name.unwrap_or_default()), 4)
        }
        Expr::Not(inner) => (format!("not {}", written(model, inner, 3)), 3),
        Expr::And(parts) | Expr::Or(parts) if parts.len() == 1 => {
            return written(model, &parts[0], asked);
        }
        Expr::And(parts) if parts.is_empty() => ("true".to_owned(), 4),
        Expr::Or(parts) if parts.is_empty() => ("false".to_owned(), 4),
        Expr::And(parts) => joined(parts, " and ", 2),
        Expr::Or(parts) => joined(parts, " or ", 1),
        Expr::Count { count, number, of } => {
            let how = match count {
                Count::AtLeast => "at least",
                Count::AtMost => "at most",
                Count::Exactly => "exactly",
            };
            let (list, _) = joined(of, ", ", 0);
            (format!("{how} {number} of ({list})"), 4)
        }
    };
    if binds < asked {
        format!("({text})")
    } else {
        text
    }
}

fn range(model: &Model, literal: Literal) -> (String, u8) {
    let choice = model.option(literal.option);
    let name = model.qualified(literal.option);
    let top = choice.level_count().saturating_sub(1);
    let level = |at: u16| choice.levels.get(usize::from(at)).cloned();
    let (from, to) = (literal.from, literal.to.min(top));
    match (from, to, level(from), level(to)) {
        _ if from > to => ("false".to_owned(), 4),
        _ if from == 0 && to == top => ("true".to_owned(), 4),
        (1, to, ..) if to == top => (name, 4),
        (0, 0, None, _) => (format!("not {name}"), 3),
        (from, to, Some(level), _) if from == to => (format!("{name} is {level}"), 4),
        (0, _, _, Some(level)) => (format!("{name} <= {level}"), 4),
        (_, to, Some(level), _) if to == top => (format!("{name} >= {level}"), 4),
        (_, _, Some(low), Some(high)) => (format!("{name} >= {low} and {name} <= {high}"), 2),
        _ => (name, 4),
    }
}
